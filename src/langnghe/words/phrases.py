"""Phrases mined from a corpus by association, with the form in which people write them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from langnghe.words.syllables import place_tone
from langnghe.words.vocabulary import BREAK_KEY, Vocabulary, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from langnghe.words.lookup import Hits

MOST_KEYS = 4
MARKED = 0.3
"""Folded keys of the longest phrase that is mined; share of a text's words that have diacritics where it is written with them."""


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
    joined = _frequent_pairs(words, len(vocabulary.keys), least)
    hashes, texts, positions, widths = _sequences(words, vocabulary, usable, joined)
    order = np.argsort(hashes, kind="stable")  # within a hash they stay in the order of their texts
    hashes, texts, positions, widths = hashes[order], texts[order], positions[order], widths[order]
    fresh = np.ones(len(hashes), dtype=np.bool_)
    fresh[1:] = (hashes[1:] != hashes[:-1]) | (texts[1:] != texts[:-1])
    first = np.flatnonzero(fresh)
    values, start, counts = np.unique(hashes[first], return_index=True, return_counts=True)
    enough = counts >= least
    where = first[start[enough]]
    return values[enough], counts[enough], positions[where], widths[where]


def _frequent_pairs(words: Words, keys: int, least: int) -> NDArray[np.bool_]:
    """For each position whether its key and the next one stand so in at least `least` places: no phrase reaches over another."""
    code = words.keys[:-1].astype(np.int64) * (keys + 1) + np.minimum(words.keys[1:], keys)
    _, which, counts = np.unique(code, return_inverse=True, return_counts=True)
    return np.append(counts[which] >= least, False)


def _sequences(
    words: Words, vocabulary: Vocabulary, usable: NDArray[np.bool_], joined: NDArray[np.bool_]
) -> tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """All runs of usable keys that frequent pairs join, by length: hash, number of the text, position, number of keys."""
    texts = np.repeat(np.arange(len(words.offsets) - 1), np.diff(words.offsets))
    used = words.keys != BREAK_KEY
    used[used] = usable[words.keys[used]]
    values = np.zeros(len(used), dtype=np.uint64)
    values[used] = vocabulary.hashes[words.keys[used]]
    begins, found = np.flatnonzero(used), []
    totals = np.zeros(len(begins), dtype=np.uint64)
    for width in range(1, MOST_KEYS + 1):
        last = begins + width - 1
        totals = totals * np.uint64(0x9E3779B97F4A7C15) + values[last]
        totals ^= totals >> np.uint64(29)
        found.append((totals, texts[begins], begins, np.full(len(begins), width)))
        further = np.minimum(last + 1, len(used) - 1)
        goes_on = joined[last] & used[further] & (texts[further] == texts[begins]) & (further > last)
        begins, totals = begins[goes_on], totals[goes_on]
    hashes, of, positions, widths = (np.concatenate(each) for each in zip(*found, strict=True))
    return hashes, of, positions, widths


def shown_forms(
    phrases: Sequence[tuple[str, ...]], hits: Hits, words: Words, vocabulary: Vocabulary
) -> tuple[list[str], NDArray[np.float64]]:
    """How most people wrote each phrase, judged by the texts that are written with diacritics.

    One folded key may stand for several words: 'trong' (in) and 'trọng' are one. In a text with diacritics a syllable without
    them is meant so; in one without, it says nothing. Where a tenth of a phrase's occurrences stand in texts with diacritics,
    those alone are counted.

    Parameters
    ----------
    phrases : folded phrases; their positions are the numbers in `hits`.
    hits, words, vocabulary : where the phrases were found, and in what.

    Returns
    -------
    list of str, one per phrase: the most frequent writing, the folded keys where it was not found.
    float64 array (phrases): the share of the counted writings that are this one, wherever its tones are put.
    """
    widths = np.fromiter(map(len, phrases), np.int64, len(phrases))
    counted = _judged(hits, words, vocabulary, len(phrases))
    numbers, starts = hits.phrase[counted], hits.start[counted]
    fresh, counts = _writings(numbers, starts, widths, words.surfaces)
    forms: list[dict[str, int]] = [{} for _ in phrases]
    for number, start, count in zip(numbers[fresh].tolist(), starts[fresh].tolist(), counts.tolist(), strict=True):
        keys = phrases[number]
        ids = _surfaces_once(words.surfaces[start : start + len(keys)].tolist(), keys)
        text = " ".join(vocabulary.surfaces[i] for i in ids)
        forms[number][text] = forms[number].get(text, 0) + count
    chosen = [_shown(keys, texts) for keys, texts in zip(phrases, forms, strict=True)]
    return [shown for shown, _ in chosen], np.array([share for _, share in chosen], dtype=np.float64)


def _judged(hits: Hits, words: Words, vocabulary: Vocabulary, phrases: int) -> NDArray[np.bool_]:
    """Which occurrences count: those in texts with diacritics, for phrases that have a tenth of theirs there; else all."""
    marked = np.fromiter((not s.isascii() for s in vocabulary.surfaces), np.bool_, len(vocabulary.surfaces))
    sums = np.concatenate(([0], np.cumsum(marked[words.surfaces])))
    share = np.diff(sums[words.offsets]) / np.maximum(np.diff(words.offsets), 1)
    inside = (share >= MARKED)[hits.text]
    enough = np.bincount(hits.phrase[inside], minlength=phrases) >= 0.1 * np.bincount(hits.phrase, minlength=phrases)
    return inside | ~enough[hits.phrase]


def _writings(
    numbers: NDArray[np.uint32], starts: NDArray[np.int64], widths: NDArray[np.int64], surfaces: NDArray[np.uint32]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The first occurrence of every writing of every phrase, and how often it was written so."""
    code = numbers.astype(np.uint64)
    width = widths[numbers]
    for step in range(int(width.max(initial=0))):
        at = np.minimum(starts + step, len(surfaces) - 1)
        grown = code * np.uint64(0x9E3779B97F4A7C15) + surfaces[at] + np.uint64(1)
        grown ^= grown >> np.uint64(29)
        code = np.where(step < width, grown, code)
    _, fresh, counts = np.unique(code, return_index=True, return_counts=True)
    return fresh, counts


def _surfaces_once(surfaces: Sequence[int], keys: tuple[str, ...]) -> tuple[int, ...]:
    """The surfaces of a phrase, one that stands for several keys ('cty') once, one that was written twice ('dần dần') twice."""
    return tuple(v for i, v in enumerate(surfaces) if i == 0 or v != surfaces[i - 1] or keys[i] == keys[i - 1])


def _shown(keys: tuple[str, ...], texts: dict[str, int]) -> tuple[str, float]:
    if not texts:
        return " ".join(keys), 0.0
    words: dict[str, int] = {}  # hoà and hòa are one word: its writings count together
    for text, count in texts.items():
        word = _one_tone_place(text)
        words[word] = words.get(word, 0) + count
    whole = [text for text in texts if text.count(" ") + 1 == len(keys)] or list(texts)
    best = min(whole, key=lambda t: (-words[_one_tone_place(t)], -texts[t], t))
    shortened = sum(count for text, count in texts.items() if text.count(" ") + 1 < len(keys) and text != best)
    return best, (words[_one_tone_place(best)] + shortened) / sum(texts.values())


def _one_tone_place(text: str) -> str:
    return " ".join(map(place_tone, text.split(" ")))
