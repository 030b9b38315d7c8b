"""What a classifier is taught: phrases of the code-book, the starter set, hand-coded texts, and texts that phrases speak for."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from langnghe.issues.classifier import FOLDS, NEVER
from langnghe.issues.features import Hashed, hashed, joined
from langnghe.issues.guided import count_seeds, seeds, without_seeds
from langnghe.words.find import find_words
from langnghe.words.fold import fold
from langnghe.words.vocabulary import Vocabulary, VocabularyBuilder, Words, subset, unfold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.resources.abc import Traversable

    from numpy.typing import NDArray

    from langnghe.issues.codebook import Issue

PHRASE, FEELING, SPOKEN_FOR, CODED = 0.5, 1.0, 0.1, 4.0
"""How much a phrase of an issue, one of a reaction ('bực mình' says all by itself), a text that a phrase speaks for (with it, and without it), and a hand-coded text count; a text of the starter set counts 1."""

BESIDE = 0.5
"""What the phrases of a code must be, beside those of the code that most phrases of a text speak for, for the text to be a lesson on it."""

MOST_SPOKEN_FOR = 10_000
"""Texts that phrases speak for are learnt from up to this number."""


@dataclass(frozen=True)
class Lessons:
    """Labelled texts as `TextClassifier.fit` takes them."""

    texts: Hashed
    labels: NDArray[np.bool_]
    weight: NDArray[np.float64]
    fold: NDArray[np.int64]


@dataclass(frozen=True)
class Coded:
    """Hand-coded texts of a study.

    Attributes
    ----------
    text_ids : uint32 array (texts).
    texts : their features.
    issues, reactions : what a person gave each text: ids of issues, id of a reaction.
    groups : int64 array (texts): the text that each is a copy of.
    drawn : bool array (texts): whether it was drawn at random; texts that were chosen to learn from measure nothing.
    """

    text_ids: NDArray[np.uint32]
    texts: Hashed
    issues: tuple[tuple[str, ...], ...]
    reactions: tuple[str, ...]
    groups: NDArray[np.int64]
    drawn: NDArray[np.bool_]


@dataclass(frozen=True)
class Starter:
    """The starter set: its texts, their issues and reactions, and the number of the part each stands in, from 1."""

    texts: tuple[str, ...]
    issues: tuple[tuple[str, ...], ...]
    reactions: tuple[str, ...]
    part: NDArray[np.int64]

    def ids(self) -> frozenset[str]:
        """Issues that any of its texts speaks of."""
        return frozenset(issue for issues in self.issues for issue in issues)


def words_of(texts: Sequence[str]) -> tuple[Words, Vocabulary]:
    """The words of some texts (NFC) and a vocabulary of their own."""
    builder = VocabularyBuilder()
    frame = pl.DataFrame({"text_id": np.arange(len(texts), dtype=np.uint32), "text": pl.Series(texts, dtype=pl.String)})
    (found,) = find_words([frame], builder)
    vocabulary = Vocabulary.from_frame(builder.frame())
    return unfold(found["surfaces"], vocabulary), vocabulary


def starter_files() -> list[Traversable]:
    """The parts of the starter set in their order."""
    folder = files("langnghe.vi").joinpath("starter")
    return sorted((one for one in folder.iterdir() if one.name.startswith("part-")), key=lambda one: _number(one.name))


@cache
def starter() -> Starter:
    """Read the starter set."""
    parts = [(_number(file.name), file.read_text(encoding="utf-8")) for file in starter_files()]
    rows = [(part, json.loads(line)) for part, lines in parts for line in lines.splitlines()]
    return Starter(
        tuple(row["text"] for _, row in rows),
        tuple(tuple(row["issues"]) for _, row in rows),
        tuple(row["reaction"] for _, row in rows),
        np.array([part for part, _ in rows], dtype=np.int64),
    )


@cache
def _starter_features() -> Hashed:
    return hashed(*words_of(starter().texts))


def _number(name: str) -> int:
    """'part-3.jsonl' → 3."""
    return int(name.removeprefix("part-").removesuffix(".jsonl"))


def table(given: Sequence[Sequence[str]], codes: Sequence[Issue]) -> NDArray[np.bool_]:
    """Ids given to each text → bool array (texts × codes); what went into a code counts for it."""
    column = {old: k for k, code in enumerate(codes) for old in (*code.merged, code.id)}
    labels = np.zeros((len(given), len(codes)), dtype=np.bool_)
    for row, ids in enumerate(given):
        labels[row, [column[one] for one in ids if one in column]] = True
    return labels


def from_phrases(codes: Sequence[Issue], *, reactions: bool = False) -> Lessons:
    """Each phrase as a text of its own, without diacritics: else its syllables as typed would only ever speak for issues."""
    phrases = [(fold(phrase), k) for k, code in enumerate(codes) for phrase in code.seeds]
    labels = np.zeros((len(phrases), len(codes)), dtype=np.bool_)
    labels[np.arange(len(phrases)), [k for _, k in phrases]] = True
    weight = FEELING if reactions else PHRASE
    return _lessons(hashed(*words_of([phrase for phrase, _ in phrases])), labels, weight, np.full(len(phrases), NEVER))


def from_starter(codes: Sequence[Issue], *, reactions: bool = False) -> Lessons:
    """The starter set; the texts of a part are judged together."""
    known = starter()
    given = [(reaction,) for reaction in known.reactions] if reactions else known.issues
    return _lessons(_starter_features(), table(given, codes), 1.0, (known.part - 1) % FOLDS)


def from_coded(coded: Coded, codes: Sequence[Issue], *, reactions: bool = False) -> Lessons:
    """Hand-coded texts; copies are judged together."""
    given = [(reaction,) for reaction in coded.reactions] if reactions else coded.issues
    return _lessons(coded.texts, table(given, codes), CODED, coded.groups % FOLDS)


def from_sample(sample: Words, vocabulary: Vocabulary, codes: Sequence[Issue]) -> Lessons:
    """Texts that phrases of the codes speak for, as they are and with the phrases left out: what else such texts say.

    Of several codes a text is a lesson on those of which it has at least `BESIDE` times as many phrases as of the one that it has most of.
    """
    book = seeds(codes)
    counts = count_seeds(sample, vocabulary, book)
    found = (counts > 0) & (counts >= BESIDE * counts.max(axis=1, keepdims=True))
    rows = np.flatnonzero(found.any(axis=1))
    rows = rows[:: max(1, -(-len(rows) // MOST_SPOKEN_FOR))]
    spoken = subset(sample, rows)
    texts = joined([hashed(words, vocabulary) for words in (spoken, without_seeds(spoken, vocabulary, book))])
    return _lessons(texts, np.tile(found[rows], (2, 1)), SPOKEN_FOR, np.full(2 * len(rows), NEVER))


def together(lessons: Sequence[Lessons]) -> Lessons:
    """Several lessons in a row."""
    return Lessons(
        joined([one.texts for one in lessons]),
        np.concatenate([one.labels for one in lessons]),
        np.concatenate([one.weight for one in lessons]),
        np.concatenate([one.fold for one in lessons]),
    )


def _lessons(texts: Hashed, labels: NDArray[np.bool_], weight: float, fold: NDArray[np.int64]) -> Lessons:
    return Lessons(texts, labels, np.full(len(labels), weight), fold)
