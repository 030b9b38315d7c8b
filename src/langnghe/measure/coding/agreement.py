"""How far two coders agree: Krippendorff's alpha and per cent, per issue and for the reaction, with an interval."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from langnghe.nouns import AGREEMENT

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

REACTION = "reaction"
RESAMPLES = 2_000
"""Row of the reaction; draws of the bootstrap."""


def alpha(pairs: Sequence[tuple[Hashable, Hashable]]) -> float:
    """Krippendorff's alpha for nominal data, two coders, nothing missing (Krippendorff 2011, 'Computing Krippendorff's alpha').

    Examples
    --------
    >>> round(alpha([("a", "a"), ("a", "b"), ("b", "b"), ("b", "b")]), 3)
    0.533
    """
    values = Counter(value for pair in pairs for value in pair)
    total = 2 * len(pairs)
    if total < 2:
        return 1.0
    observed = sum(a != b for a, b in pairs) / len(pairs)
    expected = 1 - sum(n * (n - 1) for n in values.values()) / (total * (total - 1))
    return 1 - observed / expected if expected else 1.0


def agreement(first: pl.DataFrame, second: pl.DataFrame, issues: Sequence[str]) -> pl.DataFrame:
    """How far two codings of the same texts agree.

    Parameters
    ----------
    first, second : code, issues (list), reaction; only texts in both count.
    issues : ids of the code-book, in its order.

    Returns
    -------
    DataFrame of schema `nouns.AGREEMENT`.
    """
    both = first.join(second, on="code", suffix="_2", maintain_order="left")
    rows = [_row(issue, *_spoken(both, issue)) for issue in issues]
    codes = {name: number for number, name in enumerate(sorted({*both["reaction"], *both["reaction_2"]}))}
    reactions = [
        np.array([codes[name] for name in both[column]], dtype=np.int64) for column in ("reaction", "reaction_2")
    ]
    return pl.DataFrame([*rows, _row(REACTION, *reactions)], schema=AGREEMENT, orient="row")


def disagreements(first: pl.DataFrame, second: pl.DataFrame) -> pl.DataFrame:
    """The texts that two coders coded differently: code, issues, reaction, issues_2, reaction_2."""
    both = first.join(second, on="code", suffix="_2", maintain_order="left")
    alike = (pl.col("issues").list.sort() == pl.col("issues_2").list.sort()) & (
        pl.col("reaction") == pl.col("reaction_2")
    )
    return both.filter(~alike)


def _spoken(both: pl.DataFrame, issue: str) -> tuple[np.ndarray, np.ndarray]:
    return tuple(both[column].list.contains(issue).to_numpy().astype(np.int64) for column in ("issues", "issues_2"))  # type: ignore[return-value]


def _row(what: str, first: np.ndarray, second: np.ndarray) -> tuple[object, ...]:
    used = len(first) if what == REACTION else int((first | second).sum())
    if not len(first) or not used:
        return what, len(first), used, 1.0 if len(first) else None, None, None, None
    value = alpha(list(zip(first.tolist(), second.tolist(), strict=True)))
    low, high = _interval(first, second)
    return what, len(first), used, float((first == second).mean()), value, low, high


def _interval(first: np.ndarray, second: np.ndarray) -> tuple[float, float]:
    """Percentile bootstrap over texts, all draws at once: alpha from the counts of values and of unequal pairs."""
    n, kinds = len(first), int(max(first.max(), second.max())) + 1
    drawn = np.random.default_rng(0).multinomial(n, np.full(n, 1 / n), size=RESAMPLES)
    observed = drawn @ (first != second) / n
    counts = np.stack([drawn @ ((first == k).astype(np.int64) + (second == k)) for k in range(kinds)])
    expected = 1 - (counts * (counts - 1)).sum(axis=0) / (2 * n * (2 * n - 1))
    values = np.where(expected > 0, 1 - observed / np.where(expected > 0, expected, 1), 1.0)
    low, high = np.quantile(values, [0.025, 0.975])
    return float(low), float(high)
