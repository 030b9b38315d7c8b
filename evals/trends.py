"""Bursts in simulated weekly counts: false alarms and power, beside an oracle that knows every mean and dispersion.

20 issues with means of 5 to 20 messages a week over 13 weeks; beside them messages without an issue, so that totals vary too. Power is
that of finding one week of one issue at three times its mean. The oracle tests against the true negative binomial under the same
rule; who is told all but the means knows dispersions and how much was collected each week, and learns the means from the other weeks, as
anybody has to; 'Poisson' knows as little as we do and takes counts for Poisson ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import gammaincinv, ndtr

from evals.results import Result
from langnghe.measure.counts import upper_tail
from langnghe.measure.trends import Judged, Within, is_burst, judge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Yes = NDArray[np.bool_]

REPETITIONS = 400
ISSUES, WEEKS, TIMES = 20, 13, 3.0
NO_DISPERSION = 1e-6


@dataclass(frozen=True)
class World:
    """A way in which counts come about.

    Attributes
    ----------
    name : of the world.
    dispersion : of all issues, or one per issue drawn from these.
    correlated : of one week's ups and downs with the next one's.
    volume : spread (of the logarithm) of what is collected from week to week.
    missing : whether one week has a tenth of its texts.
    tet : whether Tết is in the window: fewer texts for four weeks, three issues threefold; the calendar withholds these weeks.
    """

    name: str
    dispersion: tuple[float, ...]
    correlated: float = 0.0
    volume: float = 0.0
    missing: bool = False
    tet: bool = False


WORLDS = (
    World("Poisson", (NO_DISPERSION,)),
    World("moderate", (0.2,)),
    World("heavy", (0.5,)),
    World("autocorrelated", (0.2,), correlated=0.5),
    World("a missing week", (0.2,), missing=True),
    World("Tết", (0.2,), tet=True),
    World("dispersions of .05 to .5", (0.05, 0.2, 0.5)),
    World("uneven weeks", (0.2,), volume=0.3),
)


@dataclass(frozen=True)
class Drawn:
    """Counts, what they were drawn from, and which weeks are judged."""

    counts: Floats
    totals: Floats
    means: Floats
    latent: Floats
    dispersion: Floats
    judged: Yes


FAMILIES: tuple[Within, ...] = ("week", "report")
TOLD = "told all but the means"
METHODS = ("ours", "oracle", TOLD, "Poisson")


def results() -> Iterator[Result]:
    """False alarms and power for every world, and for both families of tests."""
    for world in WORLDS:
        yield from _told(world)


def _told(world: World) -> Iterator[Result]:
    rng = np.random.default_rng(11)
    weeks, reports, found = (dict.fromkeys(product(FAMILIES, METHODS), 0) for _ in range(3))
    judged_weeks = 0
    for _ in range(REPETITIONS):
        quiet = _draw(world, rng)
        loud, at = _with_burst(quiet, rng)
        judged_weeks += int(quiet.judged.sum())
        for method in METHODS:
            without, with_burst = _judged(quiet, method), _judged(loud, method)
            for within in FAMILIES:
                false = is_burst(quiet.counts, without, quiet.judged, within)
                weeks[within, method] += int(false.any(axis=0).sum())
                reports[within, method] += bool(false.any())
                found[within, method] += bool(is_burst(loud.counts, with_burst, loud.judged, within)[at])
    for within, method in weeks:
        data, key = f"{world.name}, within the {within}", (within, method)
        yield Result("trends", data, method, "weeks with a false alarm", weeks[key] / judged_weeks)
        yield Result("trends", data, method, "reports with a false alarm", reports[key] / REPETITIONS)
        yield Result("trends", data, method, "power at three times", found[key] / REPETITIONS)
        if method == "ours":
            yield Result(
                "trends", data, method, "power over the oracle's", found[key] / max(found[within, "oracle"], 1)
            )
            learnt = found[key] / max(found[within, TOLD], 1)
            yield Result("trends", data, method, f"power over that of one who is {TOLD}", learnt)


def _draw(world: World, rng: np.random.Generator) -> Drawn:
    shape = (ISSUES, WEEKS)
    volume = np.exp(rng.normal(0, 1, WEEKS) * world.volume)
    volume[rng.integers(WEEKS)] *= 0.1 if world.missing else 1.0
    judged = np.ones(WEEKS, dtype=np.bool_)
    means = rng.uniform(5, 20, (ISSUES, 1)) * np.ones(WEEKS)
    if world.tet:
        judged[4:8] = False
        volume[4:8] = 0.5, 0.15, 0.3, 0.7
        means[:3, 4:8] *= 3
    dispersion = rng.choice(world.dispersion, (ISSUES, 1))
    latent = _latent(rng, shape, dispersion, world.correlated)
    counts = rng.poisson(means * volume * latent).astype(float)
    rest = rng.poisson(80 * volume * rng.gamma(10, 0.1, WEEKS))
    return Drawn(counts, np.tile(counts.sum(axis=0) + rest, (ISSUES, 1)), means * volume, latent, dispersion, judged)


def _latent(rng: np.random.Generator, shape: tuple[int, int], dispersion: Floats, correlated: float) -> Floats:
    """Gamma ups and downs with mean 1, of which each week remembers the one before (a normal copula)."""
    z = rng.normal(size=shape)
    for week in range(1, shape[1]):
        z[:, week] = correlated * z[:, week - 1] + np.sqrt(1 - correlated**2) * z[:, week]
    return (
        np.asarray(gammaincinv(1 / dispersion, ndtr(z)) * dispersion) if dispersion.max() > NO_DISPERSION else z * 0 + 1
    )


def _with_burst(quiet: Drawn, rng: np.random.Generator) -> tuple[Drawn, tuple[int, int]]:
    place = (
        int(rng.integers(ISSUES)),
        int(rng.choice(np.flatnonzero(quiet.judged & (quiet.means[0] > 0.3 * quiet.means[0].max())))),
    )
    counts = quiet.counts.copy()
    counts[place] = rng.poisson(TIMES * quiet.means[place] * quiet.latent[place])
    totals = quiet.totals + (counts - quiet.counts).sum(axis=0)
    return Drawn(counts, totals, quiet.means, quiet.latent, quiet.dispersion, quiet.judged), place


def _judged(drawn: Drawn, method: str) -> Judged:
    if method == "ours":
        return judge(drawn.counts, drawn.totals, drawn.judged)
    if method == TOLD:
        return _told_all_but_means(drawn)
    expected, dispersion = drawn.means, drawn.dispersion
    if method == "Poisson":
        kept = np.where(drawn.judged, 1.0, 0.0)
        share = (drawn.counts * kept).sum(axis=1) / (drawn.totals * kept).sum(axis=1)
        expected, dispersion = share[:, None] * drawn.totals, np.full_like(dispersion, NO_DISPERSION)
    p = upper_tail(drawn.counts, np.maximum(expected, 1e-9), dispersion)
    return Judged(np.zeros_like(expected), p, dispersion[:, 0])  # nothing expected: no least ratio


def _told_all_but_means(drawn: Drawn) -> Judged:
    """The true dispersions and how much was collected each week; the rate from the issue's other weeks, and how unsure that is."""
    volume = drawn.means / drawn.means.max(axis=1, keepdims=True)
    said, room, square = (_of_others(values, drawn.judged) for values in (drawn.counts, volume, volume**2))
    unsure = 1 / np.maximum(said, 0.5) + drawn.dispersion * square / room**2
    spread = drawn.dispersion + unsure * (1 + drawn.dispersion)
    p = upper_tail(drawn.counts, np.maximum(said / room * volume, 1e-9), spread)
    return Judged(np.zeros_like(p), p, drawn.dispersion[:, 0])


def _of_others(values: Floats, judged: Yes) -> Floats:
    kept = np.where(judged, values, 0.0)
    return np.asarray(kept.sum(axis=1, keepdims=True) - kept)
