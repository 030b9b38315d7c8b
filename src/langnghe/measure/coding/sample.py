"""The sample: which texts people code, drawn at random before anything that a machine says of them is looked at.

A period is the texts of the input files that no earlier period has. Its sample is drawn without replacement, stratified by source
in proportion to the number of texts (largest remainders); sources too small for two texts are one stratum together.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

SIZE = 300
SECOND_SHARE = 0.2
ESTIMATE, LEARNING = "estimate", "learning"
UNSURE, AT_RANDOM = "unsure", "random"
"""Texts in a sample by default; share of them that a second coder gets; purposes of rounds; why a text is in a round for learning."""

MOST_MONTHS = 6
"""Months up to which a period is called by its first and last one."""

SAMPLE = pl.Schema(
    {
        "code": pl.String(),  # of the text on the sheets: the same for texts with the same words, so that they are coded once
        "period": pl.String(),
        "round": pl.UInt16(),
        "purpose": pl.String(),
        "file": pl.String(),  # the first digits of the input file's SHA-256
        "place": pl.UInt32(),  # of the text among those kept of its file, from 0
        "stratum": pl.String(),  # the source, or '' for the small ones together
        "weight": pl.Float64(),  # texts of the stratum per text drawn from it
        "first": pl.UInt8(),  # the coder
        "second": pl.UInt8(),  # the second coder, null for most
        "strata": pl.List(
            pl.String()
        ),  # by scores that were there before coding: 'issue.wages=2'; what is not named is 0
    }
)
"""One row per text drawn."""

_LETTERS = "ACDFGHJKLMNPQRTUVWXY34679"
_OTHERS = ""


@dataclass(frozen=True)
class Plan:
    """How a sample is drawn.

    Attributes
    ----------
    period : its name.
    size : texts.
    coders : people who share the first coding; a second coder there is always.
    second_share : share of the texts that are coded twice.
    seed : of the draw.
    """

    period: str
    size: int = SIZE
    coders: int = 1
    second_share: float = SECOND_SHARE
    seed: int = 0


def period_name(first: dt.date | None, last: dt.date | None, taken: Collection[str]) -> str:
    """A name for the texts between two dates, one that is not taken.

    '2026-07', '2026-Q3', '2026-M06-08' (June to August), '2026' (more than half a year), '2024-2026', or 'all'.
    """
    name = "all"
    if first is not None and last is not None:
        same_year, quarters = first.year == last.year, ((first.month - 1) // 3, (last.month - 1) // 3)
        name = f"{first.year}" if same_year else f"{first.year}-{last.year}"
        if same_year and last.month - first.month < MOST_MONTHS:
            name = f"{first.year}-M{first:%m}-{last:%m}"
        if same_year and quarters[0] == quarters[1]:
            name = f"{first:%Y-%m}" if first.month == last.month else f"{first.year}-Q{quarters[0] + 1}"
    names = [name, *(f"{name}-{number}" for number in range(2, len(taken) + 3))]
    return next(one for one in names if one not in taken)


def draw_sample(texts: pl.DataFrame, plan: Plan) -> pl.DataFrame:
    """Draw the sample of a period.

    Parameters
    ----------
    texts : the texts of the period: text, source, file, place.
    plan : how.

    Returns
    -------
    DataFrame of schema `SAMPLE`, in random order. All texts where there are no more than `plan.size`.
    """
    generator = np.random.default_rng([plan.seed, *blake2b(plan.period.encode(), digest_size=8).digest()])
    strata = _strata(texts["source"], plan.size)
    chosen, weights = _drawn(strata, plan.size, generator)
    order = generator.permutation(len(chosen))
    rows = texts[chosen[order]].with_columns(
        code=pl.Series(codes_of(texts["text"].gather(chosen[order]), plan.period), dtype=pl.String),
        stratum=strata.gather(chosen[order]),
        weight=pl.Series(weights[order], dtype=pl.Float64),
        strata=pl.lit([], dtype=pl.List(pl.String)),
    )
    return assign(rows, plan, generator, number=1, purpose=ESTIMATE)


def draw_learning(texts: pl.DataFrame, doubt: NDArray[np.float64], plan: Plan, number: int) -> pl.DataFrame:
    """Draw a round of texts that a classifier learns from: half of them those it is least sure of, the others at random.

    Parameters
    ----------
    texts : one text of each message that nobody was given: text, file, place.
    doubt : how unsure the classifier is of each of them.
    plan : how.
    number : of the round.

    Returns
    -------
    DataFrame of schema `SAMPLE`, in random order, of the purpose 'learning'; all texts where there are no more than `plan.size`. The
    stratum says why a text was chosen; none stands for other texts, so that weights are 0.
    """
    seed = [plan.seed, number, *blake2b(plan.period.encode(), digest_size=8).digest()]
    generator = np.random.default_rng(seed)
    size = min(plan.size, len(texts))
    unsure = np.argsort(-doubt, kind="stable")[: size // 2]
    others = generator.permutation(np.setdiff1d(np.arange(len(texts)), unsure))[: size - len(unsure)]
    order = generator.permutation(size)
    chosen = np.concatenate([unsure, others])[order]
    why = np.array([UNSURE] * len(unsure) + [AT_RANDOM] * len(others), dtype=object)[order]
    rows = texts[chosen].with_columns(
        code=pl.Series(codes_of(texts["text"].gather(chosen), f"{plan.period} {number}"), dtype=pl.String),
        stratum=pl.Series(why, dtype=pl.String),
        weight=pl.lit(0.0),
        strata=pl.lit([], dtype=pl.List(pl.String)),
    )
    return assign(rows, plan, generator, number=number, purpose=LEARNING)


def assign(
    rows: pl.DataFrame, plan: Plan, generator: np.random.Generator, *, number: int, purpose: str
) -> pl.DataFrame:
    """Give the texts to coders: each distinct text to one, and a share of them to a second one.

    Parameters
    ----------
    rows : code, file, place, stratum, weight, strata.
    plan, generator : how.
    number, purpose : of the round.
    """
    codes = rows["code"].unique(maintain_order=True)
    people = max(2, plan.coders)
    first = np.arange(len(codes)) % plan.coders
    second = (first + 1) % people
    twice = np.zeros(len(codes), dtype=np.bool_)
    twice[generator.permutation(len(codes))[: round(plan.second_share * len(codes))]] = True
    coders = pl.DataFrame(
        {"code": codes, "first": (first + 1).astype(np.uint8), "second": (second + 1).astype(np.uint8), "twice": twice}
    ).with_columns(second=pl.when("twice").then("second"))
    about = {"period": pl.lit(plan.period), "round": pl.lit(number), "purpose": pl.lit(purpose)}
    joined = rows.join(coders, on="code", maintain_order="left").with_columns(**about)
    return joined.select(SAMPLE.names()).cast(SAMPLE)


def codes_of(texts: pl.Series, period: str) -> list[str]:
    """A code for each text, the same for equal texts: five letters and digits that are not mistaken for each other.

    Examples
    --------
    >>> codes_of(pl.Series(["a", "b", "a"]), "2026-Q3")
    ['VLWKC', 'VAJTK', 'VLWKC']
    """
    known: dict[str, str] = {}
    taken: set[str] = set()
    for text in texts.unique(maintain_order=True):
        value = int.from_bytes(blake2b(f"{period}\n{text}".encode(), digest_size=8).digest())
        while (code := _letters(value)) in taken:
            value += 1
        known[text] = code
        taken.add(code)
    return [known[text] for text in texts]


def _letters(value: int, length: int = 5) -> str:
    letters = []
    for _ in range(length):
        value, digit = divmod(value, len(_LETTERS))
        letters.append(_LETTERS[digit])
    return "".join(letters)


def _strata(sources: pl.Series, size: int) -> pl.Series:
    """The stratum of each text: its source, or one for all sources that would get fewer than two texts."""
    counts = pl.DataFrame({"source": sources}).group_by("source").len()
    large = counts.filter(pl.col("len") * size >= 2 * len(sources))["source"]
    kept = pl.when(pl.col("source").is_in(large.implode())).then("source").otherwise(pl.lit(_OTHERS))
    return pl.DataFrame({"source": sources}).select(kept)["source"]


def _drawn(
    strata: pl.Series, size: int, generator: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    names = strata.unique().sort()
    members = [np.flatnonzero((strata == name).to_numpy()) for name in names]
    shares = _allocation([len(one) for one in members], min(size, len(strata)))
    picked = [np.sort(generator.choice(one, n, replace=False)) for one, n in zip(members, shares, strict=True)]
    weights = [np.full(n, len(one) / n) if n else np.zeros(0) for one, n in zip(members, shares, strict=True)]
    return np.concatenate(picked).astype(np.int64), np.concatenate(weights)


def _allocation(sizes: Sequence[int], total: int) -> list[int]:
    """Texts per stratum in proportion to its size, at least one each where there is room; largest remainders get the rest."""
    exact = np.array(sizes) * total / max(sum(sizes), 1)
    whole = np.floor(exact).astype(np.int64)
    if total >= len(sizes):
        whole = np.maximum(whole, 1)
    order = np.argsort(-(exact - whole), kind="stable")
    for stratum in order[: max(0, total - int(whole.sum()))]:
        whole[stratum] += 1
    while whole.sum() > total:
        whole[int(np.argmax(whole))] -= 1
    return [int(n) for n in np.minimum(whole, sizes)]
