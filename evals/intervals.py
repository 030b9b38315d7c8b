"""Intervals of shares: how often they hold the truth, how wide they are, and what peers say of the same samples.

From periods whose truth is known (`evals.periods`) thousands of samples are drawn, with copies and unequal voices in them. Scores come
from a classifier that learnt elsewhere (from other texts of the set, both answers weighed alike, so that the mix of the period is
another one), from one that learnt on the other set ('negative' alone is a label of both), or from the coded texts alone, by
cross-fitting. The estimator is chosen before coding: from the scores at the first time, else from an earlier sample.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from evals.periods import Period, Pool, period, pools
from evals.results import Result
from langnghe.measure.intervals import Estimate, Tally, estimate, tally
from langnghe.measure.planning import expected_rates, expected_widths, promises
from langnghe.measure.shares import weights_of
from langnghe.measure.strata import MOST_STRATA, cut_points
from langnghe.wilson import wilson

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Whole = NDArray[np.int64]
    Yes = NDArray[np.bool_]

REPETITIONS = 2_000
PEER_REPETITIONS = 400
SIZES = (100, 300, 1_000)
FOLDS = 5
ERR = 0.05
ISSUES: tuple[tuple[str, str, tuple[float, ...]], ...] = (
    ("feedback", "negative", (0.1, 0.2, 0.4, 0.6)),
    ("feedback", "neutral", (0.01, 0.05)),
    ("feedback", "facility", (0.01, 0.02, 0.05)),
    ("feedback", "training_program", (0.05, 0.1, 0.2)),
    ("feedback", "lecturer", (0.4, 0.6)),
    ("aspects", "negative", (0.2, 0.4, 0.6)),
    ("aspects", "camera", (0.01, 0.05, 0.2)),
    ("aspects", "battery", (0.1, 0.4)),
    ("aspects", "price", (0.02, 0.05)),
    ("aspects", "ser&acc", (0.05, 0.1)),
)
BOTH_SETS = "negative"
BASES = ("texts", "messages", "voices")
"""Samples per cell, and of them those that ppi-python is asked about; sizes; share of answers that an erring coder turns round;
issues and their shares of the messages; the label that both sets have."""


@dataclass(frozen=True)
class Cell:
    """What was seen in all samples of one kind: share that held the truth, mean width, mean distance from the truth."""

    scores: str
    basis: str
    coded: int
    method: str
    covered: float
    width: float
    error: float


@dataclass(frozen=True)
class Scored:
    """Strata of each sample: of its coded texts; shares in the period by basis; mean scores; what counting would say."""

    coded: Whole  # samples × coded
    shares: dict[str, Floats]  # basis → samples × strata
    means: Floats  # samples × strata
    counting: Floats  # samples


def results() -> Iterator[Result]:
    """Coverage, width and error by size and by what scores come from, with peers."""
    if not importlib.util.find_spec("sklearn"):
        print("intervals: skipped, scikit-learn is not installed (requirements/evals.txt)")
        return
    cells = [cell for data, label, shares in ISSUES for share in shares for cell in _period(data, label, share)]
    yield from _told(cells)


def _period(data: str, label: str, share: float) -> Iterator[Cell]:
    pool = pools()[data]
    texts = period(pool, label, share, seed=7)
    weights = {basis: weights_of(basis, texts.copy_of, texts.voice) for basis in BASES}  # type: ignore[arg-type]
    drawn = draw(np.random.default_rng(3), len(texts.rows), max(SIZES))
    elsewhere = {"learnt elsewhere": learnt(pool, label)}
    if label == BOTH_SETS:
        other = pools()["aspects" if data == "feedback" else "feedback"]
        elsewhere["learnt on the other set"] = learnt(other, label)
    for coded in SIZES:
        sample = drawn[:, :coded]
        yield from _wilson(texts, sample, weights)
        for name, ask in elsewhere.items():
            scores = ask(pool.vectors[texts.rows])
            yield from _ours(name, texts, sample, weights, scored_elsewhere(scores, sample, weights), first=True)
            yield from _peer(name, texts, sample, scores)
        found = scored_by_coded(pool.dense[texts.rows], texts.positive, sample, weights)
        yield from _ours("learnt from the coded texts", texts, sample, weights, found, first=False)


def learnt(pool: Pool, label: str) -> Callable[[Any], Floats]:
    """The scores of a classifier that learnt from the rows of a pool that are in no period."""
    linear: Any = importlib.import_module("sklearn.linear_model")
    model = linear.LogisticRegression(C=10.0, class_weight="balanced", max_iter=300)
    model.fit(pool.vectors[pool.elsewhere], pool.labels[label][pool.elsewhere])
    return lambda vectors: np.asarray(model.predict_proba(vectors)[:, 1])


def draw(rng: np.random.Generator, texts: int, most: int) -> Whole:
    """Positions of texts drawn without replacement, one sample per row; the first n of a row are a sample of n."""
    keys = rng.random((REPETITIONS, texts), dtype=np.float32)
    first = np.argpartition(keys, most, axis=1)[:, :most]
    order = np.argsort(np.take_along_axis(keys, first, axis=1), axis=1)
    return np.asarray(np.take_along_axis(first, order, axis=1))


def _by_stratum(of: Whole, values: Floats) -> Floats:
    return np.bincount(of, values, minlength=MOST_STRATA)


def scored_elsewhere(scores: Floats, sample: Whole, weights: dict[str, Floats]) -> Scored:
    """One division for all samples."""
    of = np.searchsorted(cut_points(scores, sample.shape[1]), scores, side="right")
    alike = (len(sample), 1)
    shares = {basis: np.tile(_by_stratum(of, w) / w.sum(), alike) for basis, w in weights.items()}
    means = _by_stratum(of, scores) / np.maximum(_by_stratum(of, np.ones(len(of))), 1)
    return Scored(of[sample], shares, np.tile(means, alike), np.full(len(sample), (scores > 0.5).mean()))


def scored_by_coded(dense: Floats, positive: Yes, sample: Whole, weights: dict[str, Floats]) -> Scored:
    """A ridge regression per sample and fold, learnt from the coded texts of the other folds."""
    fold = np.arange(len(dense)) % FOLDS
    features = np.column_stack([dense, np.ones(len(dense))])
    rows: dict[str, list[Floats]] = defaultdict(list)
    coded, means, counting = [], [], []
    for chosen in sample:
        scores = _cross_fitted(features, positive, chosen, fold)
        of = np.searchsorted(cut_points(scores, len(chosen)), scores, side="right")
        coded.append(of[chosen])
        counting.append((scores > 0.5).mean())
        means.append(_by_stratum(of, scores) / np.maximum(_by_stratum(of, np.ones(len(of))), 1))
        for basis, w in weights.items():
            rows[basis].append(_by_stratum(of, w) / w.sum())
    return Scored(np.array(coded), {b: np.array(r) for b, r in rows.items()}, np.array(means), np.array(counting))


def _cross_fitted(features: Floats, positive: Yes, chosen: Whole, fold: Whole) -> Floats:
    x, y, f = features[chosen], positive[chosen].astype(float), fold[chosen]
    grams = np.stack([x[f == k].T @ x[f == k] for k in range(FOLDS)])
    moments = np.stack([x[f == k].T @ y[f == k] for k in range(FOLDS)])
    left = np.eye(x.shape[1]) + grams.sum(axis=0) - grams
    slopes = np.linalg.solve(left, (moments.sum(axis=0) - moments)[..., None])[..., 0]
    scores = np.empty(len(features))
    for k in range(FOLDS):
        scores[k::FOLDS] = features[k::FOLDS] @ slopes[k]
    return scores


def _plain(positive: Yes, weight: Floats, population: int) -> Estimate:
    return estimate(tally(positive, weight, np.zeros(positive.shape, dtype=np.int64), 1), np.ones(1), population)


def _ours(
    name: str, texts: Period, sample: Whole, weights: dict[str, Floats], scored: Scored, *, first: bool
) -> Iterator[Cell]:
    """Our intervals where coders do not err, and in the basis of texts where they do."""
    population, coded = len(texts.rows), sample.shape[1]
    said = texts.positive[sample]
    turned = np.random.default_rng(9).random(said.shape) < ERR
    counted = tally(said, np.ones(said.shape), scored.coded, MOST_STRATA)
    chosen = _chosen(counted, scored, coded, population, first=first)
    for basis, answers, label in [(b, said, "") for b in BASES] + [("texts", said ^ turned, ", 5 % coded wrongly")]:
        w = weights[basis][sample]
        divided = estimate(tally(answers, w, scored.coded, MOST_STRATA), scored.shares[basis], population)
        plain = _plain(answers, w, population)
        mixed = [np.where(chosen, a, b) for a, b in zip(divided[:3], plain[:3], strict=True)]
        yield _cell(name + label, basis, coded, "ours", _truth(texts, weights[basis]), *mixed)
        yield _cell(name + label, basis, coded, "undivided", _truth(texts, weights[basis]), *plain[:3])


def _chosen(counted: Tally, scored: Scored, coded: int, population: int, *, first: bool) -> Yes:
    """Which samples are divided by score: by the scores at the first time, else by what the sample before it showed."""
    rates = expected_rates(scored.means) if first else expected_rates(scored.means, counted.texts, counted.positives)
    shares = scored.shares["texts"]
    before = (lambda part: part) if first else (lambda part: np.roll(part, 1, axis=0))
    rates, shares = before(rates), before(shares)
    return promises(*expected_widths(shares, rates, coded, population), coded * (shares * rates).sum(axis=-1))


def _truth(texts: Period, weights: Floats) -> float:
    return float((weights * texts.positive).sum() / weights.sum())


def _cell(
    scores: str, basis: str, coded: int, method: str, truth: float, share: Floats, low: Floats, high: Floats
) -> Cell:
    covered = float(((low <= truth) & (truth <= high)).mean())
    return Cell(scores, basis, coded, method, covered, float((high - low).mean()), float(np.abs(share - truth).mean()))


def _wilson(texts: Period, sample: Whole, weights: dict[str, Floats]) -> Iterator[Cell]:
    """Wilson's interval as books have it: weights and the size of the period left out."""
    rate = texts.positive[sample].mean(axis=1)
    low, high = wilson(rate, np.full(len(rate), float(sample.shape[1])), 1.959964)
    for basis in BASES:
        yield _cell("", basis, sample.shape[1], "Wilson", _truth(texts, weights[basis]), rate, low, high)


def _peer(name: str, texts: Period, sample: Whole, scores: Floats) -> Iterator[Cell]:
    """Counting what the classifier says, and prediction-powered inference (ppi-python), which ask about texts."""
    truth, coded = float(texts.positive.mean()), sample.shape[1]
    count = np.array([(scores > 0.5).mean()])
    yield _cell(
        name, "texts", coded, "counting", truth, count, *wilson(count, np.array([float(len(scores))]), 1.959964)
    )
    if not importlib.util.find_spec("ppi_py"):
        return
    ppi: Any = importlib.import_module("ppi_py")
    limits = []
    for chosen in sample[:PEER_REPETITIONS]:
        left = np.delete(scores, chosen)
        limits.append(ppi.ppi_mean_ci(texts.positive[chosen].astype(float), scores[chosen], left, alpha=0.05))
    low, high = (np.array([float(one[side][0]) for one in limits]) for side in (0, 1))
    yield _cell(name, "texts", coded, "ppi-python", truth, (low + high) / 2, low, high)


def _told(cells: Sequence[Cell]) -> Iterator[Result]:
    plain = [cell for cell in cells if "wrongly" not in cell.scores]
    yield from _summary("all", plain)
    for coded in SIZES:
        yield from _summary(f"n = {coded}", [cell for cell in plain if cell.coded == coded])
    for scores in dict.fromkeys(cell.scores for cell in plain if cell.scores):
        yield from _summary(scores, [cell for cell in plain if cell.scores == scores])
    for basis in BASES:
        yield from _summary(f"share of {basis}", [cell for cell in plain if cell.basis == basis])
    wrong = [cell for cell in cells if "wrongly" in cell.scores]
    yield from _summary("5 % coded wrongly, n = 300", [cell for cell in wrong if cell.coded == 300])


def _summary(data: str, cells: Sequence[Cell]) -> Iterator[Result]:
    of = {
        method: [cell for cell in cells if cell.method == method] for method in dict.fromkeys(c.method for c in cells)
    }
    undivided = of.pop("undivided", [])
    for method, chosen in of.items():
        covered = [cell.covered for cell in chosen]
        yield Result("intervals", data, method, "mean coverage", float(np.mean(covered)))
        yield Result("intervals", data, method, "lowest coverage", float(np.min(covered)))
        yield Result("intervals", data, method, "error in points", 100 * float(np.mean([c.error for c in chosen])))
        if method == "ours":
            yield Result(
                "intervals", data, method, "mean coverage beyond 0.97", max(0.0, float(np.mean(covered)) - 0.97)
            )
            ratio = np.array([a.width / b.width for a, b in zip(chosen, undivided, strict=True)])
            yield Result(
                "intervals", data, method, "texts saved at equal width, median times", float(np.median(ratio**-2))
            )
            yield Result("intervals", data, method, "width over the undivided sample's, largest", float(ratio.max()))
