"""How alike a message and a check are, as a row of numbers that a re-ranker weighs; each is something that can be pointed at."""

from __future__ import annotations

import math
from itertools import permutations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from langnghe.check.codes import AMOUNT, DATE, GROUP_BITS, KIND_BITS, MEMBER, THING, TURN, named_code
from langnghe.words.compiled import kernel, part

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from langnghe.check.table import CodeTable

    Codes = NDArray[np.uint32]
    Numbers = NDArray[np.float64]
    Places = NDArray[np.int64]
    Int = int | np.int64

FEATURES = (
    "behind",  # how far its BM25 is behind the best candidate's
    "cover",  # share of the message's weight in the nearest text of the check
    "covered",  # share of a text's weight in the message, at most
    "dice",  # both, in the nearest text
    "whole",  # share of the message's weight in all the check's texts
    "claimed",  # share of the message's weight in the texts that put the claim
    "matched",  # log of the number of codes that both have
    "rarest",  # weight of the rarest code that both have
    "rarest_missing",  # weight of the rarest code that the check lacks
    "claim_missing",  # weight of the rarest code of the nearest text that the message lacks
    "amount_agrees",
    "amount_differs",
    "amount_answered",  # it stands in the answer, not in the claim: what is true, not what is said
    "amount_missing",
    "amount_extra",
    "date_agrees",
    "date_differs",
    "date_answered",
    "date_missing",
    "date_extra",
    "named_agrees",
    "named_differs",
    "named_answered",
    "named_missing",
    "named_extra",
    "thing_agrees",
    "thing_missing",
    "thing_extra",
    "negation_differs",
    "turn_differs",
    "length",  # log of the number of codes of the message
    "ahead",  # how far its cover is ahead of the best other candidate's
)
"""The numbers, in their order."""

BEHIND, COVER, AHEAD = (FEATURES.index(name) for name in ("behind", "cover", "ahead"))
_MOST_THINGS = 3.0
_NEGATION = named_code(TURN, "negation")
_OPPOSITES = np.array(
    [
        [named_code(TURN, one), named_code(TURN, other)]
        for pair in (("more", "less"), ("least", "most"), ("before", "after"))
        for one, other in permutations(pair)
    ],
    dtype=np.int64,
)


class Known(NamedTuple):
    """Every code, ascending, in how many checks it is, and how many checks there are."""

    codes: Codes
    spread: Codes
    number: int


class Asked(NamedTuple):
    """The codes of a message, ascending, and what they weigh."""

    codes: Codes
    weights: Numbers


class Texts(NamedTuple):
    """The texts of a check: text t has codes[starts[t]:starts[t + 1]]; from `first` they put the claim, from `claims` they answer it."""

    codes: Codes
    starts: Places
    first: int
    claims: int
    last: int


def features(asked: Codes, table: CodeTable, chosen: Places, scores: Numbers) -> Numbers:
    """The rows of `FEATURES` of a message and some checks.

    Parameters
    ----------
    asked : codes of the message, as `codes.codes_of` gives them.
    table : the codes of all checks.
    chosen : c numbers of checks.
    scores : their BM25, c.

    Returns
    -------
    float64 array of c × m.
    """
    known = Known(table.known, table.spread, len(table))
    rows = np.zeros((len(chosen), len(FEATURES)))
    _fill(
        rows, Asked(asked, _weights(asked, known)), known, table.codes, table.texts, table.checks, table.short, chosen
    )
    rows[:, BEHIND] = 1 - scores / max(float(scores.max()), 1e-9)
    return among(rows)


def among(rows: Numbers) -> Numbers:
    """The rows of candidates with what depends on the others among them."""
    told = rows.copy()
    if len(rows):
        told[:, BEHIND] = 1 - (1 - rows[:, BEHIND]) / max(float((1 - rows[:, BEHIND]).max()), 1e-9)
        *_, second, first = [0.0, *np.sort(rows[:, COVER])]
        told[:, AHEAD] = rows[:, COVER] - np.where(rows[:, COVER] == first, second, first)
    return told


@part
def _at(codes: Codes, start: Int, end: Int, code: Int) -> Int:
    """The first place from which codes are not below a code."""
    while start < end:
        middle = (start + end) // 2
        if codes[middle] < code:
            start = middle + 1
        else:
            end = middle
    return start


@part
def _has(codes: Codes, start: Int, end: Int, code: Int) -> bool:
    place = _at(codes, start, end, code)
    return bool(place < end and codes[place] == code)


@kernel
def _weights(codes: Codes, known: Known) -> Numbers:
    """The weight of each code, by how rare it is; none for what only agrees or differs."""
    weights = np.zeros(codes.shape[0])
    for i in range(codes.shape[0]):
        if codes[i] < MEMBER:
            place = _at(known.codes, 0, known.codes.shape[0], np.int64(codes[i]))
            many = 1.0
            if place < known.codes.shape[0] and known.codes[place] == codes[i]:
                many = float(known.spread[place])
            weights[i] = math.log1p((known.number - many + 0.5) / (many + 0.5))
    return weights


@part
def _any(texts: Texts, first: Int, last: Int, low: Int, high: Int) -> bool:
    """Whether one of some texts has a code from `low` up to, not with, `high`."""
    for text in range(first, last):
        end = texts.starts[text + 1]
        place = _at(texts.codes, texts.starts[text], end, low)
        if place < end and texts.codes[place] < high:
            return True
    return False


@part
def _nearest(asked: Asked, texts: Texts, known: Known, row: Numbers) -> int:
    """The text that shares most with the message; fills in what is said of it."""
    nearest, total = texts.first, max(asked.weights.sum(), 1e-9)
    most = math.log1p((known.number - 0.5) / 1.5)
    for text in range(texts.first, texts.claims):
        theirs = texts.codes[texts.starts[text] : texts.starts[text + 1]]
        weights = _weights(theirs, known)
        shared, lacking = 0.0, 0.0
        for i in range(theirs.shape[0]):
            if _has(asked.codes, 0, asked.codes.shape[0], np.int64(theirs[i])):
                shared += weights[i]
            else:
                lacking = max(lacking, weights[i])
        mass = max(weights.sum(), 1e-9)
        row[2] = max(row[2], shared / mass)
        dice = 2 * shared / (total + mass)
        if text == texts.first or dice > row[3]:
            nearest, row[1], row[3], row[9] = text, shared / total, dice, lacking / most
    return nearest


@part
def _shared(asked: Asked, texts: Texts, number: int, row: Numbers) -> None:
    """Fill in what of the message the check has in any of its texts."""
    total, most = max(asked.weights.sum(), 1e-9), math.log1p((number - 0.5) / 1.5)
    matched = 0
    for i in range(_at(asked.codes, 0, asked.codes.shape[0], MEMBER)):
        code, weight = np.int64(asked.codes[i]), asked.weights[i]
        if _any(texts, texts.first, texts.last, code, code + 1):
            matched += 1
            row[4] += weight / total
            row[7] = max(row[7], weight / most)
            if _any(texts, texts.first, texts.claims, code, code + 1):
                row[5] += weight / total
        else:
            row[8] = max(row[8], weight / most)
    row[6] = math.log1p(matched)


@part
def _grouped(asked: Asked, texts: Texts, kind: int, row: Numbers, at: int) -> None:
    """Fill in how many groups of a kind agree, differ, are answered, are missing, and are in the claim alone; two at most."""
    codes, size = asked.codes, asked.codes.shape[0]
    place, end = _at(codes, 0, size, kind), _at(codes, 0, size, kind + (1 << KIND_BITS))
    while place < end:
        low = np.int64(codes[place]) >> GROUP_BITS << GROUP_BITS
        high = low + (1 << GROUP_BITS)
        agrees, answered = False, False
        while place < end and codes[place] < high:
            code = np.int64(codes[place])
            agrees = agrees or _any(texts, texts.first, texts.claims, code, code + 1)
            answered = answered or _any(texts, texts.claims, texts.last, code, code + 1)
            place += 1
        inside = _any(texts, texts.first, texts.claims, low, high)
        row[at] += agrees
        row[at + 1] += inside and not agrees
        row[at + 2] += answered and not agrees
        row[at + 3] += not inside and not answered
    row[at + 4] = _extra(asked, texts, kind)
    for j in range(at, at + 5):
        row[j] = min(row[j], 2.0)


@part
def _extra(asked: Asked, texts: Texts, kind: int) -> int:
    """How many groups of a kind the claim has that the message lacks."""
    extra = 0
    for text in range(texts.first, texts.claims):
        place, high = _at(texts.codes, texts.starts[text], texts.starts[text + 1], kind), kind + (1 << KIND_BITS)
        while place < texts.starts[text + 1] and texts.codes[place] < high:
            low = np.int64(texts.codes[place]) >> GROUP_BITS << GROUP_BITS
            after = low + (1 << GROUP_BITS)
            in_message = _at(asked.codes, 0, asked.codes.shape[0], low) < _at(
                asked.codes, 0, asked.codes.shape[0], after
            )
            extra += not in_message and not _any(texts, texts.first, text, low, after)
            place = _at(texts.codes, place, texts.starts[text + 1], after)
    return extra


@part
def _things(asked: Asked, texts: Texts, row: Numbers, at: int) -> None:
    """Fill in how many things agree, are missing, and are in the claim alone; three at most."""
    codes, size = asked.codes, asked.codes.shape[0]
    for place in range(_at(codes, 0, size, THING), _at(codes, 0, size, AMOUNT)):
        code = np.int64(codes[place])
        row[at] += _any(texts, texts.first, texts.claims, code, code + 1)
        row[at + 1] += not _any(texts, texts.first, texts.last, code, code + 1)
    start, end = texts.starts[texts.first], texts.starts[texts.first + 1]
    for place in range(_at(texts.codes, start, end, THING), _at(texts.codes, start, end, AMOUNT)):
        row[at + 2] += not _has(codes, 0, size, np.int64(texts.codes[place]))
    for j in range(at, at + 3):
        row[j] = min(row[j], _MOST_THINGS)


@part
def _turned(asked: Asked, texts: Texts, near: int, row: Numbers, at: int) -> None:
    """Fill in whether one of message and nearest text denies, and how many turns of meaning are opposite."""
    start, end, size = texts.starts[near], texts.starts[near + 1], asked.codes.shape[0]
    row[at] = _has(asked.codes, 0, size, _NEGATION) != _has(texts.codes, start, end, _NEGATION)
    for pair in range(_OPPOSITES.shape[0]):
        one, other = _OPPOSITES[pair, 0], _OPPOSITES[pair, 1]
        turned = _has(texts.codes, start, end, other) and not _has(texts.codes, start, end, one)
        row[at + 1] += turned and _has(asked.codes, 0, size, one)


@kernel
def _fill(rows: Numbers, asked: Asked, known: Known, codes: Codes, starts: Places, checks: Places, short: NDArray[np.uint8], chosen: Places) -> None:  # fmt: skip
    for c in range(chosen.shape[0]):
        row, first = rows[c], checks[chosen[c]]
        texts = Texts(codes, starts, first, first + short[chosen[c]], checks[chosen[c] + 1])
        near = _nearest(asked, texts, known, row)
        _shared(asked, texts, known.number, row)
        _grouped(asked, texts, AMOUNT, row, 10)
        _grouped(asked, texts, DATE, row, 15)
        _grouped(asked, texts, MEMBER, row, 20)
        _things(asked, texts, row, 25)
        _turned(asked, texts, near, row, 28)
        row[30] = math.log1p(_at(asked.codes, 0, asked.codes.shape[0], MEMBER))
