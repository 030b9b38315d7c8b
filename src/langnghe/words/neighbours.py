"""How phrases stand among their neighbours: whether they are whole, and whether they are used like names of things.

A syllable such as 'trọng' stands nearly always in 'quan trọng' or 'sang trọng': it is a piece of words. 'pin' has many
neighbours and is a word. Which it is shows in the corpus itself (branching of a word's neighbours: Harris 1955; Jin and
Tanaka-Ishii 2006), and so does whether it names something: 'pin rất yếu' and 'cái pin' against 'rất yếu' and 'đã yếu'.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from langnghe.words.vocabulary import BREAK_KEY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from langnghe.words.lookup import Hits
    from langnghe.words.vocabulary import Vocabulary, Words

TIED = 0.3
"""Normalised pointwise mutual information from which two neighbouring keys belong together (as in `words.phrases`)."""

_NOBODY = -1


@dataclass(frozen=True)
class Neighbours:
    """How phrases stand among their neighbours, one value per phrase.

    Attributes
    ----------
    tied : float64 array: share of the occurrences tied to the word before, or after, whichever is more (0–1).
    dominated : float64 array: share of the occurrences that have the one most frequent word before, or after, function words aside.
    noun : float64 array: share of the cues beside the phrase that go with names of things, drawn to one half where few are.
    counted : float64 array: share of the occurrences after a number: units, such as 'tiếng' in '12 tiếng'.
    place : float64 array: share of the occurrences after what begins the name of a place, such as 'kcn' or 'huyện'.
    """

    tied: NDArray[np.float64]
    dominated: NDArray[np.float64]
    noun: NDArray[np.float64]
    counted: NDArray[np.float64]
    place: NDArray[np.float64]


@lru_cache(maxsize=1)
def cues() -> dict[str, frozenset[str]]:
    """Words beside names of things (thing_before, thing_after) and beside verbs and adjectives (act_before, act_after)."""
    found: dict[str, set[str]] = {}
    current: set[str] = set()
    for line in files("langnghe.vi").joinpath("cues.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            current = found.setdefault(line.strip("[]"), set())
        elif line and not line.startswith("#"):
            current.update(line.split())
    return {name: frozenset(words) for name, words in found.items()}


def neighbours(
    phrases: Sequence[tuple[str, ...]], hits: Hits, words: Words, vocabulary: Vocabulary, function: frozenset[str]
) -> Neighbours:
    """Look at the words beside every occurrence of some phrases.

    Parameters
    ----------
    phrases : folded phrases; their positions are the numbers in `hits`.
    hits, words, vocabulary : where the phrases were found, and in what.
    function : written function words, with which no phrase is a longer one: 'tầm giá' is whole though 'trong' stands before it.
    """
    widths = np.fromiter(map(len, phrases), np.int64, len(phrases))
    joins = _joins(words)  # joins[i]: words i - 1 and i stand beside each other
    tied = _tied(words, joins, len(vocabulary.keys))
    start, end = hits.start, hits.start + widths[hits.phrase]
    before = np.where(joins[start], start - 1, _NOBODY)
    after = np.where(joins[end], end, _NOBODY)
    total = np.maximum(np.bincount(hits.phrase, minlength=len(phrases)), 1)

    def share(occurrences: NDArray[np.bool_]) -> NDArray[np.float64]:
        return np.bincount(hits.phrase, occurrences, minlength=len(phrases)) / total

    def beside(listed: frozenset[str], at: NDArray[np.int64]) -> NDArray[np.bool_]:
        cue = np.fromiter((s in listed for s in vocabulary.surfaces), np.bool_, len(vocabulary.surfaces))
        return np.asarray((at != _NOBODY) & cue[words.surfaces[at]])

    listed = cues()
    thing = share(beside(listed["thing_before"], before)) + share(beside(listed["thing_after"], after))
    act = share(beside(listed["act_before"], before)) + share(beside(listed["act_after"], after))
    digits = (before != _NOBODY) & vocabulary.readings.number[words.surfaces[before]]
    telling = [np.where(beside(function, at), _NOBODY, at) for at in (before, after)]
    dominant = [_dominant(hits.phrase, _keys(at, words), len(phrases)) / total for at in telling]
    return Neighbours(
        tied=np.maximum(share(tied[start]), share(tied[end])),
        dominated=np.maximum(*dominant),
        noun=(thing * total + 2) / ((thing + act) * total + 4),
        counted=share(digits | beside(listed["number"], before)),
        place=share(beside(listed["place_before"], before)),
    )


def _joins(words: Words) -> NDArray[np.bool_]:
    spoken = np.concatenate(([False], words.keys != BREAK_KEY, [False]))
    joins = spoken[:-1] & spoken[1:]
    joins[words.offsets] = False
    return np.asarray(joins)


def _tied(words: Words, joins: NDArray[np.bool_], keys: int) -> NDArray[np.bool_]:
    """For each place between two words whether they belong together: in at least three places, far more than by chance."""
    tied = np.zeros(len(joins), dtype=np.bool_)
    places = np.flatnonzero(joins)
    spoken = words.keys[words.keys != BREAK_KEY]
    total = max(len(spoken), 1)
    single = np.bincount(spoken, minlength=keys)
    code = words.keys[places - 1].astype(np.int64) * keys + words.keys[places]
    pairs, which, count = np.unique(code, return_inverse=True, return_counts=True)
    expected = single[pairs // keys] * single[pairs % keys] / total
    mutual = np.log(count / expected) / np.maximum(-np.log(count / total), 1e-9)
    tied[places] = ((count >= 3) & (mutual >= TIED))[which]
    return tied


def _keys(at: NDArray[np.int64], words: Words) -> NDArray[np.int64]:
    return np.where(at == _NOBODY, _NOBODY, words.keys[at].astype(np.int64))


def _dominant(phrase: NDArray[np.uint32], beside: NDArray[np.int64], phrases: int) -> NDArray[np.float64]:
    """How often the most frequent neighbour stands beside each phrase."""
    known = beside != _NOBODY
    size = int(beside.max(initial=0)) + 1
    codes, counts = np.unique(phrase[known].astype(np.int64) * size + beside[known], return_counts=True)
    most = np.zeros(phrases)
    np.maximum.at(most, codes // size, counts)
    return most
