"""Teencode and abbreviations: from a written form to the folded keys of what is meant."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from langnghe.words.fold import fold


@dataclass(frozen=True)
class Teencode:
    """The hand-written table of `vi/teencode.toml`.

    Attributes
    ----------
    typed : written form, matched as typed → folded keys.
    folded : folded written form → folded keys.
    """

    typed: dict[str, tuple[str, ...]]
    folded: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def table() -> Teencode:
    """Read the table."""
    data = tomllib.loads(files("langnghe.vi").joinpath("teencode.toml").read_text(encoding="utf-8"))
    alone = {row["key"]: row["otherwise"] for row in data["context"] if "otherwise" in row}
    typed = {**alone, **data["typed"]}
    folded = {**data["words"], **data["abbreviations"]}
    return Teencode(
        {written: tuple(fold(meant).split()) for written, meant in typed.items()},
        {fold(written): tuple(fold(meant).split()) for written, meant in folded.items()},
    )


def keys_of(surface: str) -> list[str]:
    """The folded keys that one written form stands for.

    Breaks ('.', '?', '!') have none; a mask has itself; 'cty' has two (cong, ty).

    Examples
    --------
    >>> keys_of("Mệttt")
    ['met']
    >>> keys_of("?")
    []
    """
    if surface in {".", "?", "!"}:
        return []
    if surface.startswith("‹"):
        return [surface]
    known = table()
    if surface in known.typed:
        return list(known.typed[surface])
    key = fold(surface)
    return list(known.folded.get(key, (key,)))
