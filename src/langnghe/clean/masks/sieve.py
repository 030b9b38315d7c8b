"""Between the glance and the closer look: which of the suspected texts hold at least what a detector needs to find anything.

A detector that takes its time names patterns of which one must match before it can find something: its own without what looks around them,
so that Polars runs them over all suspected texts at once. They let through too much, never too little.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from langnghe.clean.masks.marks import Draft

_BEGINNINGS = (
    (r"(?<![^\W_])", r"(?:^|[^\p{L}\p{N}])"),
    (r"(?<![^\W\d_])", r"(?:^|\P{L})"),
    (r"(?<!\w)", r"(?:^|[^\p{L}\p{N}_])"),
)
"""What stands before a word, as Python looks back at it and as a character of its own."""

_LOOK = re.compile(r"\(\?<?[=!]")
_NAMED = re.compile(r"\(\?P<\w+>")
_TOKEN = re.compile(r"\\.|\[(?:\\.|[^\]\\])+\]|[()]|[^\\\[()]+")


@dataclass(frozen=True)
class Needed:
    """Patterns of which one must match, in the folded text or in the text as typed, before a detector can find something."""

    folded: tuple[str, ...]
    typed: tuple[str, ...] = ()


def worth(drafts: Sequence[Draft], suspected: NDArray[np.uint8], needed_by: Mapping[int, Needed]) -> NDArray[np.uint8]:
    """What is worth a closer look: the suspicions, less those of which a text does not hold what is needed.

    Parameters
    ----------
    drafts : the texts as they are before anything of them is masked.
    suspected : what each is suspected of, as bits.
    needed_by : bit → what is needed. Bits that are not among them stay.
    """
    found = suspected.copy()
    for bit, needed_here in needed_by.items():
        rows = np.flatnonzero(suspected & bit)
        chosen = [drafts[row] for row in rows.tolist()]
        holds = _holds([draft.plain for draft in chosen], needed_here.folded)
        if needed_here.typed:
            holds |= _holds([draft.text for draft in chosen], needed_here.typed)
        found[rows[~holds]] &= 255 - bit
    return found


def _holds(texts: list[str], patterns: Sequence[str]) -> NDArray[np.bool_]:
    return pl.Series(texts, dtype=pl.String).str.contains("|".join(patterns)).to_numpy()


def needed(pattern: str) -> str:
    r"""A pattern that matches wherever another one does: without what it looks at before and behind it, but for the word's beginning.

    Examples
    --------
    >>> needed(r"(?<!\d)[1-9]\d(?=[a-z](?!x))[a-z]")
    '(?:[1-9]\\d[a-z])'
    """
    for looked_back, begun in _BEGINNINGS:
        if pattern.startswith(looked_back):
            return f"(?:{begun}{_without_looks(pattern[len(looked_back) :])})"
    return f"(?:{_without_looks(pattern)})"


def _without_looks(pattern: str) -> str:
    kept: list[str] = []
    position = 0
    while position < len(pattern):
        if _LOOK.match(pattern, position):
            position = _closed(pattern, position)
            continue
        token = _TOKEN.match(pattern, position)
        if token is None:
            msg = f"this pattern can't be read: {pattern}"
            raise ValueError(msg)
        kept.append(token[0])
        position = token.end()
    return _NAMED.sub("(?:", "".join(kept))


def _closed(pattern: str, opened: int) -> int:
    """The position behind the group that opens at another."""
    depth, position = 0, opened
    while True:
        token = _TOKEN.match(pattern, position)
        if token is None:
            msg = f"a group does not end: {pattern[opened:]}"
            raise ValueError(msg)
        depth += (token[0] == "(") - (token[0] == ")")
        position = token.end()
        if depth == 0:
            return position
