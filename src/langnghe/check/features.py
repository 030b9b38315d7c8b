"""How alike a message and a check are, as a row of numbers that a re-ranker weighs; each is something that can be pointed at."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from langnghe.check.facts import Facts, read_facts
from langnghe.check.keys import content, keys, pairs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from langnghe.check.checks import Check

    Weigh = Callable[[Sequence[str]], Sequence[float] | NDArray[np.float64]]
    """Gives the idf of keys and pairs."""

FEATURES = (
    "cover",  # share of the message's weight in the best text of the check
    "covered",  # share of that text's weight in the message
    "dice",  # both, in the best of claim, title and wordings
    "pair_cover",  # share of the message's pairs in the check
    "pair_dice",
    "whole",  # share of the message's weight in all the check's texts
    "score",  # BM25, as a share of the most it could be
    "behind",  # how far its BM25 is behind the best candidate's
    "letters",  # Dice of letter trigrams, for typing errors
    "rarest_missing",  # weight of the rarest key that the check lacks
    "claim_missing",  # weight of the rarest key of the check's best text that the message lacks
    "amount_agrees",
    "amount_differs",
    "amount_missing",
    "date_agrees",
    "date_differs",
    "date_missing",
    "named_agrees",
    "named_differs",
    "named_missing",
    "named_extra",
    "negation_differs",
    "turn_differs",
    "length",  # log of the number of keys
)
"""The numbers, in their order."""

_OPPOSITES = (("more", "less"), ("least", "most"), ("before", "after"))


@dataclass(frozen=True)
class Said:
    """A text ready to be compared.

    Attributes
    ----------
    keys, pairs : key or pair → weight; without words around the matter.
    total, pair_total : sums of these weights.
    letters : trigrams of letters.
    """

    keys: Mapping[str, float]
    pairs: Mapping[str, float]
    total: float
    pair_total: float
    letters: frozenset[str]


@dataclass(frozen=True)
class Prepared:
    """A message or a check ready to be compared.

    Attributes
    ----------
    texts : each text by itself; the first `short` are whole claims.
    facts : of all short texts together.
    every : facts of all texts.
    """

    texts: tuple[Said, ...]
    short: int
    facts: Facts
    every: Facts
    all_keys: frozenset[str]
    all_pairs: frozenset[str]


def said(found: Sequence[str], facts: Facts, weigh: Weigh) -> Said:
    """Prepare one text from its keys and facts."""
    kept = content(found)
    single = list(dict.fromkeys([*(key for key in kept if key), *facts.tokens]))
    adjacent = list(dict.fromkeys(pairs(kept)))
    weights = dict(zip(single, weigh(single), strict=True))
    pair_weights = dict(zip(adjacent, weigh(adjacent), strict=True))
    spelled = " ".join(key for key in kept if key)
    grams = frozenset(spelled[i : i + 3] for i in range(len(spelled) - 2))
    return Said(weights, pair_weights, math.fsum(weights.values()), math.fsum(pair_weights.values()), grams)


def prepared(texts: Sequence[str], short: int, weigh: Weigh) -> Prepared:
    """Prepare texts, the first `short` of which are whole claims."""
    split = [keys(text) for text in texts]
    facts = [read_facts(text, found) for text, found in zip(texts, split, strict=True)]
    ready = tuple(said(found, read, weigh) for found, read in zip(split, facts, strict=True))
    return Prepared(
        texts=ready,
        short=short,
        facts=joined(facts[:short]),
        every=joined(facts),
        all_keys=frozenset().union(*(one.keys for one in ready)),
        all_pairs=frozenset().union(*(one.pairs for one in ready)),
    )


def prepared_check(check: Check, weigh: Weigh) -> Prepared:
    """Prepare a check."""
    return prepared(check.texts, len(check.short_texts), weigh)


def joined(facts: Sequence[Facts]) -> Facts:
    """The facts of several texts together."""
    members: dict[str, frozenset[str]] = {}
    for one in facts:
        for family, named in one.members.items():
            members[family] = members.get(family, frozenset()) | named
    return Facts(
        amounts=frozenset().union(*(one.amounts for one in facts)),
        days=frozenset().union(*(one.days for one in facts)),
        months=frozenset().union(*(one.months for one in facts)),
        years=frozenset().union(*(one.years for one in facts)),
        members=members,
        turns=frozenset().union(*(one.turns for one in facts)),
        things=frozenset().union(*(one.things for one in facts)),
    )


def features(message: Prepared, check: Prepared, score: float, best: float, most: float) -> NDArray[np.float64]:
    """The row of `FEATURES` of a message (one text) and a check.

    Parameters
    ----------
    message, check : as `prepared` gives them.
    score, best, most : BM25 of this check, of the best candidate, and the most that the message could get.
    """
    asked = message.texts[0]
    overlaps = [_overlap(asked.keys, text.keys) for text in check.texts]
    short = overlaps[: check.short]
    dice = [2 * o / (asked.total + t.total or 1) for o, t in zip(short, check.texts, strict=False)]
    nearest = check.texts[int(np.argmax(dice))] if dice else check.texts[0]
    missing = [weight for key, weight in asked.keys.items() if key not in check.all_keys]
    lacking = [weight for key, weight in nearest.keys.items() if key not in asked.keys]
    heaviest = max([*asked.keys.values(), *nearest.keys.values(), 1e-9])
    row = (
        max(overlaps) / (asked.total or 1),
        max((o / (t.total or 1) for o, t in zip(short, check.texts, strict=False)), default=0.0),
        max(dice, default=0.0),
        _share(asked.pairs, check.all_pairs, asked.pair_total),
        max(2 * _overlap(asked.pairs, t.pairs) / (asked.pair_total + t.pair_total or 1) for t in check.texts),
        _share(asked.keys, check.all_keys, asked.total),
        score / (most or 1),
        1 - score / (best or 1),
        max(_dice(asked.letters, text.letters) for text in check.texts[: check.short]),
        max(missing, default=0.0) / heaviest,
        max(lacking, default=0.0) / heaviest,
        *_facts(message.facts, check.facts, check.every),
        math.log1p(len(asked.keys)),
    )
    return np.array(row, dtype=np.float64)


def _facts(message: Facts, short: Facts, every: Facts) -> tuple[float, ...]:
    units = {unit for unit, _ in message.amounts if unit}
    with_unit = {amount for amount in message.amounts if amount[0]}
    agrees = len(with_unit & short.amounts)
    differs = sum(
        unit in short.units and not any(a in every.amounts for a in with_unit if a[0] == unit) for unit in units
    )
    missing = len(with_unit - every.amounts)
    dates = (message.days, message.months, message.years)
    theirs = (every.days, every.months, every.years)
    shared = set(message.members) & set(every.members)
    apart = [family for family in shared if not message.members[family] & every.members[family]]
    turned = sum(
        (a in message.turns and b in short.turns and a not in short.turns)
        or (b in message.turns and a in short.turns and b not in short.turns)
        for a, b in _OPPOSITES
    )
    return (
        float(min(agrees, 2)),
        float(min(differs, 2)),
        float(min(missing, 2)),
        float(any(a & b for a, b in zip(dates, theirs, strict=True))),
        float(any(a and b and not a & b for a, b in zip(dates, theirs, strict=True))),
        float(any(a and not b for a, b in zip(dates, theirs, strict=True))),
        float(min(len(shared) - len(apart), 2)),
        float(min(len(apart), 2)),
        float(min(len(set(message.members) - set(every.members)), 2)),
        float(min(len(set(short.members) - set(message.members)), 2)),
        float(("negation" in message.turns) != ("negation" in short.turns)),
        float(turned),
    )


def _overlap(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    return math.fsum(weight for key, weight in one.items() if key in other)


def _share(weights: Mapping[str, float], known: frozenset[str], total: float) -> float:
    return math.fsum(weight for key, weight in weights.items() if key in known) / (total or 1)


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other) or 1)
