"""Phrases of a code-book: where they stand in texts, and which texts they speak for.

A phrase counts where it is not inside a longer phrase of the code-book: 'bảo hiểm thất nghiệp' does not count as 'bảo hiểm', and a
counter phrase such as 'bình thường' hides the seed 'thưởng' that folds alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from langnghe.words.lookup import Hits, PhraseTable, find_phrases, phrase_table
from langnghe.words.vocabulary import BREAK_KEY, Vocabulary, Words, fold_phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from langnghe.issues.codebook import Issue


@dataclass(frozen=True)
class Seeds:
    """The phrases of a list of issues, ready for lookups.

    Attributes
    ----------
    table : the phrases.
    member : bool array (phrases × issues): which issues a phrase speaks for; none for counter phrases.
    length : int64 array (phrases), in folded keys.
    """

    table: PhraseTable
    member: NDArray[np.bool_]
    length: NDArray[np.int64]


def seeds(issues: Sequence[Issue]) -> Seeds:
    """Fold and index the seeds and counter phrases of issues."""
    phrases: dict[tuple[str, ...], set[int]] = {}
    for number, issue in enumerate(issues):
        for phrase in issue.seeds:
            phrases.setdefault(fold_phrase(phrase), set()).add(number)
        for phrase in issue.counter:
            phrases.setdefault(fold_phrase(phrase), set())
    phrases.pop((), None)
    member = np.zeros((len(phrases), len(issues)), dtype=np.bool_)
    for row, numbers in enumerate(phrases.values()):
        member[row, list(numbers)] = True
    return Seeds(phrase_table(list(phrases)), member, np.fromiter(map(len, phrases), np.int64, len(phrases)))


def find_seeds(words: Words, vocabulary: Vocabulary, book: Seeds) -> Hits:
    """Where phrases of the code-book stand that are inside no longer one; counter phrases too."""
    hits = find_phrases(words, vocabulary, book.table)
    end = hits.start + book.length[hits.phrase]
    reach = np.maximum.accumulate(np.concatenate(([0], end[:-1])))  # of those that stand before
    longest = np.diff(hits.start, append=-1) != 0  # of those that begin at the same place: they come by length
    kept = longest & (end > reach)
    return Hits(hits.text[kept], hits.phrase[kept], hits.start[kept])


def count_seeds(words: Words, vocabulary: Vocabulary, book: Seeds) -> NDArray[np.int32]:
    """How often each issue's phrases stand in each text: int32 array (texts × issues)."""
    hits = find_seeds(words, vocabulary, book)
    counts = np.zeros((len(words.offsets) - 1, book.member.shape[1]), dtype=np.int32)
    np.add.at(counts, hits.text, book.member[hits.phrase])
    return counts


def without_seeds(words: Words, vocabulary: Vocabulary, book: Seeds) -> Words:
    """The same texts with a break in place of every syllable of a phrase of the code-book."""
    hits = find_phrases(words, vocabulary, book.table)
    length = book.length[hits.phrase]
    where = np.repeat(hits.start - np.concatenate(([0], np.cumsum(length)[:-1])), length) + np.arange(length.sum())
    keys = words.keys.copy()
    keys[where] = BREAK_KEY
    return Words(keys, words.offsets, words.surfaces)
