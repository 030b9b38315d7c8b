"""Why a text is given an issue: the words as typed that spoke for it and against it, and where that is known from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from langnghe.issues.features import Hashed, hashed, written_hashes
from langnghe.issues.guided import find_seeds, seeds
from langnghe.issues.knowledge import from_coded, from_starter, words_of
from langnghe.words.tokens import EXCLAMATION, QUESTION
from langnghe.words.vocabulary import BREAK_KEY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from langnghe.issues.codebook import Issue
    from langnghe.issues.codes import Codes
    from langnghe.issues.knowledge import Coded, Lessons
    from langnghe.words.vocabulary import Vocabulary, Words

MOST_REASONS = 6
LEAST_WEIGHT = 0.25
"""Reasons told per issue; log-odds below which a word says nothing."""


@dataclass(frozen=True)
class Reason:
    """Words that spoke for an issue, or against it.

    Attributes
    ----------
    words : as typed, in lower case.
    weight : log-odds that they added; negative where they spoke against.
    starter, coded : texts of the starter set, and hand-coded texts of the study, with the word that told most: those that have the
        issue, and all.
    """

    words: str
    weight: float
    starter: tuple[int, int]
    coded: tuple[int, int]


@dataclass(frozen=True)
class Explanation:
    """Why a text is given an issue, or why not.

    Attributes
    ----------
    issue : its id.
    probability : by the classifier, for a hand-coded text too.
    given : whether the text is given the issue.
    seeds : phrases of the code-book for this issue that stand in the text, as typed.
    reasons : the strongest first.
    """

    issue: str
    probability: float
    given: bool
    seeds: tuple[str, ...]
    reasons: tuple[Reason, ...]


def explain(text: str, issues: Sequence[Issue], codes: Codes, coded: Coded | None = None) -> tuple[Explanation, ...]:
    """Explain the issues that a text is given; where it is given none, the most probable one.

    Parameters
    ----------
    text : normalised and masked.
    issues : the code-book's, as `codes` were learnt from.
    codes : their classifier.
    coded : the hand-coded texts that it has learnt from.
    """
    words, vocabulary = words_of([text])
    features, places = placed_features(words, vocabulary)
    likely = codes.probabilities(features)[0]
    given = likely >= codes.stated.sure
    chosen = np.flatnonzero(given) if given.any() else likely.argmax(keepdims=True)
    added = codes.spoken(features)
    taught = from_starter(issues), from_coded(coded, issues) if coded else None
    found = []
    for k in chosen[np.argsort(-likely[chosen], kind="stable")].tolist():
        reasons = tuple(
            Reason(
                _typed(words, vocabulary, begin, end),
                weight,
                *(_seen(one, k, _telling(features, places, added[:, k], begin, end, weight)) for one in taught),
            )
            for begin, end, weight in _runs(_credit(words, places, added[:, k]))
        )
        phrases = tuple(
            dict.fromkeys(
                _typed(words, vocabulary, begin, begin + length)
                for begin, length in _standing(words, vocabulary, issues, k)
            )
        )
        found.append(Explanation(issues[k].id, float(likely[k]), bool(given[k]), phrases, reasons))
    return tuple(found)


def placed_features(words: Words, vocabulary: Vocabulary) -> tuple[Hashed, NDArray[np.int64]]:
    """The features of one text, as `features.hashed` gives them, and the first and the last word of each (features × 2)."""
    features = hashed(words, vocabulary)
    typed = written_hashes(vocabulary)
    keys, surfaces = words.keys.tolist(), words.surfaces.tolist()
    where: list[tuple[int, int]] = []
    for position, key in enumerate(keys):
        if key == BREAK_KEY:
            where += [(position, position)] * int(surfaces[position] in {QUESTION, EXCLAMATION})
            continue
        where += [(position, position)] * (2 if typed[surfaces[position]] else 1)
        if position + 1 < len(keys) and keys[position + 1] != BREAK_KEY:
            where.append((position, position + 1))
    spoken = [position for position, key in enumerate(keys) if key != BREAK_KEY]
    where += [(ends[0], ends[0]) for ends in (spoken[:1], spoken[1:2], spoken[-1:], spoken[-2:-1]) if ends]
    return features, np.array(where, dtype=np.int64).reshape(-1, 2)


def _credit(words: Words, places: NDArray[np.int64], added: NDArray[np.float64]) -> NDArray[np.float64]:
    """What each word adds: all of what it says alone, and half of what it says with a neighbour."""
    return sum(np.bincount(side, added / 2, minlength=len(words.keys)) for side in places.T) + np.zeros(len(words.keys))


def _runs(credit: NDArray[np.float64]) -> list[tuple[int, int, float]]:
    """Runs of adjacent words that speak the same way, the strongest first: begin, end, what they add."""
    ways = np.where(np.abs(credit) >= LEAST_WEIGHT, np.sign(credit), 0)
    edges = np.flatnonzero(np.diff(ways, prepend=0, append=0))
    runs = [
        (b, e, float(credit[b:e].sum()))
        for b, e in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)
        if ways[b]
    ]
    return sorted(runs, key=lambda run: -abs(run[2]))[:MOST_REASONS]


def _typed(words: Words, vocabulary: Vocabulary, begin: int, end: int) -> str:
    """Some words of a text as typed; an abbreviation of several syllables stands for once."""
    kept: list[int] = []
    for surface in words.surfaces[begin:end].tolist():
        if not kept or surface != kept[-1] or vocabulary.length[surface] < 2:
            kept.append(surface)
    return " ".join(vocabulary.surfaces[surface] for surface in kept)


def _telling(
    features: Hashed, places: NDArray[np.int64], added: NDArray[np.float64], begin: int, end: int, weight: float
) -> np.uint64:
    """The feature within a run that says most in its way."""
    inside = (places[:, 0] >= begin) & (places[:, 1] < end)
    return np.uint64(features.hashes[np.argmax(np.where(inside, added * np.sign(weight), -np.inf))])


def _seen(lessons: Lessons | None, code: int, feature: np.uint64) -> tuple[int, int]:
    """How many lessons with a feature have a code, and how many there are."""
    if lessons is None:
        return 0, 0
    rows = np.unique(
        np.searchsorted(lessons.texts.offsets, np.flatnonzero(lessons.texts.hashes == feature), side="right") - 1
    )
    return int(lessons.labels[rows, code].sum()), len(rows)


def _standing(words: Words, vocabulary: Vocabulary, issues: Sequence[Issue], code: int) -> list[tuple[int, int]]:
    """Where phrases of a code stand: first word, number of words."""
    book = seeds(issues)
    hits = find_seeds(words, vocabulary, book)
    ours = book.member[hits.phrase, code]
    return list(zip(hits.start[ours].tolist(), book.length[hits.phrase[ours]].tolist(), strict=True))
