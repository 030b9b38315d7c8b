"""Phrases mined from a corpus by association, with the form in which people write them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numba as nb
import numpy as np

from langnghe.words.syllables import place_tone
from langnghe.words.vocabulary import BREAK_KEY, Vocabulary, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from langnghe.words.lookup import Hits

MOST_KEYS = 4


@dataclass(frozen=True)
class Phrase:
    """A sequence of 1 to 4 folded keys that belong together, and the number of texts of the sample that have it."""

    keys: tuple[str, ...]
    texts: int


def mine_phrases(words: Words, vocabulary: Vocabulary, *, least: int, most: int = 4000) -> list[Phrase]:
    """Find the phrases of a sample of texts.

    A sequence of two to four keys is a phrase when its parts occur together far more often than by chance: the normalised
    pointwise mutual information (Bouma 2009) of its weakest split is at least 0.3. A single key is a candidate by itself. A
    phrase that stands almost only (≥ 70 %) inside a longer one is dropped for the longer one.

    Parameters
    ----------
    words, vocabulary : the sample.
    least : texts that a phrase must have.
    most : phrases given back at most, the most frequent ones.

    Returns
    -------
    list of Phrase, by falling number of texts, then by keys.
    """
    usable = np.fromiter((len(k) > 1 and k.isalpha() for k in vocabulary.keys), np.bool_, len(vocabulary.keys))
    hashes, counts, positions, widths = _count_sequences(words, vocabulary, usable, least)
    by_hash = dict(zip(hashes.tolist(), counts.tolist(), strict=True))
    total = max(len(words.offsets) - 1, 1)
    found: dict[tuple[str, ...], int] = {}
    for count, position, width in zip(counts.tolist(), positions.tolist(), widths.tolist(), strict=True):
        ids = words.keys[position : position + width]
        if width == 1 or _association(ids, vocabulary, by_hash, count, total) >= 0.3:
            found[tuple(vocabulary.keys[i] for i in ids)] = count
    kept = _without_parts(found)
    return sorted((Phrase(k, n) for k, n in kept.items()), key=lambda p: (-p.texts, p.keys))[:most]


def _without_parts(found: dict[tuple[str, ...], int]) -> dict[tuple[str, ...], int]:
    inside: dict[tuple[str, ...], int] = {}
    for keys, count in found.items():
        for width in range(1, len(keys)):
            for start in range(len(keys) - width + 1):
                part = keys[start : start + width]
                inside[part] = max(inside.get(part, 0), count)
    return {keys: count for keys, count in found.items() if inside.get(keys, 0) < 0.7 * count}


def _association(
    ids: NDArray[np.uint32], vocabulary: Vocabulary, counts: dict[int, int], together: int, total: int
) -> float:
    weakest = 1.0
    for split in range(1, len(ids)):
        left = counts.get(_hash(ids[:split], vocabulary), 0)
        right = counts.get(_hash(ids[split:], vocabulary), 0)
        if not left or not right:
            return 0.0
        mutual = np.log(together * total / (left * right))
        weakest = min(weakest, float(mutual / -np.log(together / total)) if together < total else 1.0)
    return weakest


def _hash(ids: NDArray[np.uint32], vocabulary: Vocabulary) -> int:
    total = 0
    for value in vocabulary.hashes[ids].tolist():
        total = (total * 0x9E3779B97F4A7C15 + value) & 0xFFFFFFFFFFFFFFFF
        total ^= total >> 29
    return total


def _count_sequences(
    words: Words, vocabulary: Vocabulary, usable: NDArray[np.bool_], least: int
) -> tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    hashes, texts, positions, widths = _sequences(words.keys, words.offsets, vocabulary.hashes, usable, MOST_KEYS)
    order = np.lexsort((texts, hashes))
    hashes, texts, positions, widths = hashes[order], texts[order], positions[order], widths[order]
    fresh = np.ones(len(hashes), dtype=np.bool_)
    fresh[1:] = (hashes[1:] != hashes[:-1]) | (texts[1:] != texts[:-1])
    first = np.flatnonzero(fresh)
    values, start, counts = np.unique(hashes[first], return_index=True, return_counts=True)
    enough = counts >= least
    where = first[start[enough]]
    return values[enough], counts[enough], positions[where], widths[where]


@nb.njit(cache=True, nogil=True)
def _sequences(
    keys: NDArray[np.uint32],
    offsets: NDArray[np.int64],
    key_hashes: NDArray[np.uint64],
    usable: NDArray[np.bool_],
    most: int,
) -> tuple[NDArray[np.uint64], NDArray[np.uint32], NDArray[np.int64], NDArray[np.int64]]:
    capacity = keys.shape[0] * most
    hashes = np.empty(capacity, dtype=np.uint64)
    texts = np.empty(capacity, dtype=np.uint32)
    positions = np.empty(capacity, dtype=np.int64)
    widths = np.empty(capacity, dtype=np.int64)
    filled = 0
    for text in range(offsets.shape[0] - 1):
        for begin in range(offsets[text], offsets[text + 1]):
            total = np.uint64(0)
            for position in range(begin, min(begin + most, offsets[text + 1])):
                key = keys[position]
                if key == BREAK_KEY or not usable[key]:
                    break
                total = total * np.uint64(0x9E3779B97F4A7C15) + key_hashes[key]
                total ^= total >> np.uint64(29)
                hashes[filled] = total
                texts[filled] = text
                positions[filled] = begin
                widths[filled] = position - begin + 1
                filled += 1
    return hashes[:filled], texts[:filled], positions[:filled], widths[:filled]


def shown_forms(phrases: Sequence[tuple[str, ...]], hits: Hits, words: Words, vocabulary: Vocabulary) -> list[str]:
    """How most people wrote each phrase, preferring writings with diacritics.

    Parameters
    ----------
    phrases : folded phrases; their positions are the numbers in `hits`.
    hits, words, vocabulary : where the phrases were found, and in what.

    Returns
    -------
    list of str, one per phrase: the most frequent writing that has diacritics where one tenth of the writings have them, else
    the most frequent one; the folded keys where it was not found.
    """
    written: list[dict[tuple[int, ...], int]] = [{} for _ in phrases]
    for number, start in zip(hits.phrase.tolist(), hits.start.tolist(), strict=True):
        key = _surfaces_once(words.surfaces[start : start + len(phrases[number])].tolist(), phrases[number])
        written[number][key] = written[number].get(key, 0) + 1
    return [_shown(keys, forms, vocabulary) for keys, forms in zip(phrases, written, strict=True)]


def _surfaces_once(surfaces: Sequence[int], keys: tuple[str, ...]) -> tuple[int, ...]:
    """The surfaces of a phrase, one that stands for several keys ('cty') once, one that was written twice ('dần dần') twice."""
    return tuple(v for i, v in enumerate(surfaces) if i == 0 or v != surfaces[i - 1] or keys[i] == keys[i - 1])


def _shown(keys: tuple[str, ...], forms: dict[tuple[int, ...], int], vocabulary: Vocabulary) -> str:
    if not forms:
        return " ".join(keys)
    texts: dict[str, int] = {}
    for ids, count in forms.items():
        text = " ".join(vocabulary.surfaces[i] for i in ids)
        texts[text] = texts.get(text, 0) + count
    whole = {t: n for t, n in texts.items() if t.count(" ") + 1 == len(keys)}
    marked = {t: n for t, n in whole.items() if not t.isascii()}
    if sum(marked.values()) >= 0.1 * sum(texts.values()):
        texts = marked
    words: dict[str, int] = {}  # hoà and hòa are one word: its writings count together
    for text, count in texts.items():
        word = _one_tone_place(text)
        words[word] = words.get(word, 0) + count
    return min(texts, key=lambda t: (-words[_one_tone_place(t)], -texts[t], t))


def _one_tone_place(text: str) -> str:
    return " ".join(map(place_tone, text.split(" ")))
