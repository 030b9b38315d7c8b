"""The hand-written table `vi/teencode.toml` applied as its header says: written form → proper form with diacritics.

What the table can do when its contexts are used; the product's `keys_of` looks words up one by one.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

from langnghe.words.fold import fold

_NUMBER = re.compile(r"\d[\d.,]*")
_GLUED = re.compile(r"(\d[\d.,]*)([^\W\d_]+)")


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, str], dict[str, str], dict[str, dict[str, Any]]]:
    data = tomllib.loads(files("langnghe.vi").joinpath("teencode.toml").read_text(encoding="utf-8"))
    words = {**data.get("abbreviations", {}), **data.get("words", {})}
    folded = {fold(written): meaning for written, meaning in words.items()}
    context = {row["key"]: row for row in data.get("context", [])}
    return folded, {**words, **data.get("typed", {})}, context


def repair(text: str) -> str:
    """The text in lower case, each token replaced by what the table says it means."""
    tokens = text.lower().split()
    return " ".join(_meaning(tokens, place) for place in range(len(tokens)))


def _meaning(tokens: list[str], place: int) -> str:
    folded, typed, context = _table()
    token = tokens[place]
    if token in context:
        return _by_context(context[token], tokens, place) or token
    glued = _GLUED.fullmatch(token)
    if glued and glued[2] in context:
        meaning = context[glued[2]].get("after_number")
        return f"{glued[1]} {meaning}" if meaning else token
    if token in typed:
        return typed[token]
    return folded.get(fold(token), token)


def _by_context(row: dict[str, Any], tokens: list[str], place: int) -> str | None:
    before = tokens[place - 1] if place else ""
    after = tokens[place + 1] if place + 1 < len(tokens) else ""
    tests = (
        row.get("after_number") if _NUMBER.fullmatch(before) else None,
        row.get("before_number") if _NUMBER.fullmatch(after) else None,
        _neighbour(row.get("after"), before),
        _neighbour(row.get("before"), after),
        row.get("otherwise"),
    )
    return next((meaning for meaning in tests if meaning), None)


def _neighbour(meanings: dict[str, str] | None, word: str) -> str | None:
    return next((meaning for key, meaning in (meanings or {}).items() if fold(key) == fold(word)), None)
