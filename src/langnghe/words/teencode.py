"""Teencode and abbreviations: from a written form to the folded keys of what is meant."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files

from langnghe.words.fold import fold


@lru_cache(maxsize=1)
def table() -> dict[str, tuple[str, ...]]:
    """Folded written form → folded keys, from the hand-written `vi/teencode.toml`."""
    source = files("langnghe.vi").joinpath("teencode.toml")
    if not source.is_file():
        return {}
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    rows = {**data.get("words", {}), **data.get("abbreviations", {})}
    return {fold(written): tuple(fold(meant).split()) for written, meant in rows.items()}


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
    key = fold(surface)
    return list(table().get(key, (key,)))
