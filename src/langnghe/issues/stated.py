"""Bounds for decisions, and how often decisions are wrong: expected for the study at hand, measured where people coded it.

Expected is what the probabilities say, after they were fitted to how common things are in the study. That holds where its
texts are otherwise like those learnt from; only hand-coding of the study itself tells whether they are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.special import expit, logit

from langnghe.issues.prior import LEARNT
from langnghe.wilson import wilson

if TYPE_CHECKING:
    from numpy.typing import NDArray

WRONG, MISSED = 0.25, 0.2
"""Share of the issues given that may be wrong; share of the texts said to speak of no issue that may speak of one."""

LEAST_CODED, LEAST_TOLD = 100, 20
"""Hand-coded texts of the random sample from which errors are measured; texts or codes that an error has to rest on."""

FARTHEST = 1.1
"""How far above what is expected the log-odds of an error may lie: three standard deviations over the mean of trial studies in which texts were
judged by what others had written, and counted by what somebody else would give (`python -m evals expected`)."""

LEAST_CONFUSED, MOST_CONFUSED = 10, 6
"""Texts in which a code was taken for another, for the two to be named; pairs that are named."""


_NORMAL = 1.96


@dataclass(frozen=True)
class Stated:
    """How good decisions are (nan where nothing is known).

    Attributes
    ----------
    sure, unsure : bounds on the probability.
    wrong : share of the codes given that people would not give.
    missed : share of the texts decided to have no code that have one.
    undecided : share of the texts that are undecided.
    coded : hand-coded texts of the study on which the errors were measured; 0 where they are what is expected.
    wrong_most, missed_most : what the two errors may well reach: `FARTHEST` above what is expected, or the upper end of the 95 % interval
        of what was measured (Wilson 1927).
    """

    sure: float
    unsure: float
    wrong: float
    missed: float
    undecided: float
    coded: int = 0
    wrong_most: float = float("nan")
    missed_most: float = float("nan")


NOTHING_STATED = Stated(0.25, 0.1, float("nan"), float("nan"), float("nan"))
"""Where nobody has labelled a text: bounds from experience, and no claim."""


@dataclass(frozen=True)
class Judged:
    """Probabilities of texts (texts × codes), and of each text that it has no code."""

    codes: NDArray[np.float64]
    nothing: NDArray[np.float64]


def state(here: Judged, learnt: Judged) -> Stated:
    """Choose `sure` for the best expected F1 with at most `WRONG` of the codes given expected to be wrong, and `unsure` by `MISSED`.

    Parameters
    ----------
    here : texts of the study.
    learnt : texts learnt from, judged unseen; together they count for `LEARNT` texts.
    """
    codes, nothing = np.concatenate([here.codes, learnt.codes]), np.concatenate([here.nothing, learnt.nothing])
    weight = np.concatenate([np.ones(len(here.codes)), np.full(len(learnt.codes), LEARNT / max(len(learnt.codes), 1))])
    mass, best = np.broadcast_to(weight[:, None], codes.shape), codes.max(axis=1)
    bounds = np.arange(0.1, 0.9, 0.02)
    errors = np.array([_mean(1 - codes, mass, codes >= bound) for bound in bounds])
    balance = [_expected_f1(codes, mass, codes >= bound) for bound in bounds]
    allowed = np.flatnonzero(errors <= WRONG)
    first = int(allowed[0]) if len(allowed) else len(bounds) - 1
    sure = float(bounds[max(first, int(np.argmax(balance)))])
    low = np.arange(0.02, sure, 0.01)[::-1]
    kept = [bound for bound in low.tolist() if _mean(1 - nothing, weight, best < bound) <= MISSED]
    unsure = kept[0] if kept else float(low[-1])
    open_ = (best < sure) & (best >= unsure)
    wrong, missed = _mean(1 - codes, mass, codes >= sure), _mean(1 - nothing, weight, best < unsure)
    return Stated(
        sure=round(sure, 4),
        unsure=round(unsure, 4),
        wrong=wrong,
        missed=missed,
        undecided=float(np.average(open_, weights=weight)),
        wrong_most=_farthest(wrong),
        missed_most=_farthest(missed),
    )


def measured(stated: Stated, codes: NDArray[np.float64], true: NDArray[np.bool_]) -> Stated:
    """The same bounds with errors as hand-coded texts show them, where there are enough of them.

    Parameters
    ----------
    stated : bounds.
    codes : probabilities of the coded texts, by classifiers that did not see them (texts × codes).
    true : what people gave them.
    """
    if len(true) < LEAST_CODED:
        return stated
    given, best = codes >= stated.sure, codes.max(axis=1)
    none = best < stated.unsure
    return replace(
        stated,
        wrong=_told((given & ~true).sum(), given.sum()),
        missed=_told(true[none].any(axis=1).sum(), none.sum()),
        wrong_most=_told_most((given & ~true).sum(), given.sum()),
        missed_most=_told_most(true[none].any(axis=1).sum(), none.sum()),
        undecided=float(((best < stated.sure) & ~none).mean()),
        coded=len(true),
    )


def confused(given: NDArray[np.bool_], true: NDArray[np.bool_]) -> tuple[tuple[int, int], ...]:
    """Pairs of codes of which the first is taken for the second: texts that have the first, were given the second and not the first.

    Parameters
    ----------
    given, true : texts × codes.

    Returns
    -------
    The most frequent pairs first, each of at least `LEAST_CONFUSED` texts.
    """
    missed, wrong = (true & ~given).astype(np.int64), (given & ~true).astype(np.int64)
    often = (missed.T @ wrong).ravel()
    order = np.argsort(-often, kind="stable")[:MOST_CONFUSED]
    pairs = (divmod(int(at), true.shape[1]) for at in order if often[at] >= LEAST_CONFUSED)
    return tuple(pairs)


def _told(wrong: np.integer[Any], of: np.integer[Any]) -> float:
    return float(wrong / of) if of >= LEAST_TOLD else float("nan")


def _told_most(wrong: np.integer[Any], of: np.integer[Any]) -> float:
    """Upper end of Wilson's interval."""
    share = _told(wrong, of)
    return share if np.isnan(share) else float(wilson(np.array([share]), np.array([float(of)]), _NORMAL)[1][0])


def _farthest(expected: float) -> float:
    return float(expit(logit(expected) + FARTHEST))


def _expected_f1(codes: NDArray[np.float64], weight: NDArray[np.float64], given: NDArray[np.bool_]) -> float:
    """F1 over all texts and codes if the probabilities are right."""
    mass = codes * weight
    return float(2 * mass[given].sum() / (weight[given].sum() + mass.sum()))


def _mean(of: NDArray[np.float64], weight: NDArray[np.float64], inside: NDArray[np.bool_]) -> float:
    whole = weight[inside].sum()
    return float((of * weight)[inside].sum() / whole) if whole else 0.0
