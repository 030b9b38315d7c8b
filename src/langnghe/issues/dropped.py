"""Candidates that people dropped are known again by their phrases, not by their number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from langnghe.words.fold import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from langnghe.issues.codebook import Codebook
    from langnghe.nouns import IssueLabel

ALIKE = 0.5
"""Share of the phrases of the shorter list that must stand in the other."""


def dropped_candidates(labels: Sequence[IssueLabel], book: Codebook) -> list[int]:
    """Numbers of the candidates that people dropped in an earlier run."""
    return [number for number, label in enumerate(labels) if label.found and is_dropped(label.phrases, book)]


def is_dropped(phrases: Sequence[str], book: Codebook) -> bool:
    """Whether a candidate with these typical phrases was dropped before.

    A phrase stands in the other list when it, or one that holds it or stands in it, is there: names of issues vary by a syllable.
    """
    mine = [f" {fold(phrase)} " for phrase in phrases]
    return any(_alike(mine, [f" {fold(phrase)} " for phrase in one.phrases]) for one in book.dropped)


def _alike(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    few, many = sorted((mine, theirs), key=len)
    shared = sum(any(one in other or other in one for other in many) for one in few)
    return bool(few) and shared >= ALIKE * len(few)
