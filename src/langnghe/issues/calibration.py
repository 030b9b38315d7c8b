"""From scores of a linear classifier to probabilities that mean what they say, fitted on scores of texts that it did not see.

Two steps. First Platt's sigmoid of each label (Lin, Lin and Weng 2007) or, where a text has exactly one label, a softmax. Then a second
look at the whole text: what other labels are probable speaks against a label, each with a strength of its own; and a long text,
whose score is shared among more words, has more labels at the same score.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import expit, log_expit, log_softmax, softmax

from langnghe.issues.minimum import least

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    _Loss = Callable[[Floats, Floats], tuple[Floats, Floats]]

_FIRST = (2.0, 0.0)  # slope and shift before any text is seen where a text has one label
_PULL = 2.0  # strength with which what is fitted for a label is pulled to that of all labels together
_STEPS = (
    0.02,
    0.05,
    0.1,
    0.2,
    0.15,
)  # how far what is fitted in the second step moves at once: a quarter of the looks at the texts


@dataclass(frozen=True)
class Calibration:
    """The two steps: z = slope · score + shift; log-odds = again · z + moved + (steeper · z + longer) · l − Σ rivals · P(z) of the others.

    Attributes
    ----------
    slope, shift : of the first step (labels).
    again, steeper : of the second step, for all labels (1).
    moved, longer, rivals : of the second step (labels).
    usual : log-length of a text where l is 0 (1).
    """

    slope: Floats
    shift: Floats
    again: Floats
    steeper: Floats
    moved: Floats
    longer: Floats
    rivals: Floats
    usual: Floats

    def log_odds(self, scores: Floats, lengths: Floats) -> Floats:
        """Log-odds of each label, or logs of probabilities but for a summand of each text, from scores (texts × labels) and lengths (texts)."""
        first, beside = self.slope * scores + self.shift, (_log(lengths) - self.usual)[:, None]
        raised = (self.again + self.steeper * beside) * first
        raised += self.moved + self.longer * beside
        if self.rivals.any():
            raised -= _against(expit(first, out=first), self.rivals)
        return np.asarray(raised)

    def rate(self, lengths: Floats) -> Floats:
        """What a score of 1 adds to the log-odds of each label (texts × labels), other labels apart."""
        return (self.again + self.steeper * (_log(lengths) - self.usual)[:, None]) * self.slope


def probability(log_odds: Floats, *, exclusive: bool) -> Floats:
    """Probabilities; those of labels that exclude each other add up to 1."""
    return np.asarray(softmax(log_odds, axis=1) if exclusive else expit(log_odds))


def calibrate(
    scores: Floats, lengths: Floats, labels: NDArray[np.bool_], mass: Floats, *, exclusive: bool
) -> Calibration:
    """Fit both steps.

    Parameters
    ----------
    scores : n × labels, of texts that were not learnt from.
    lengths : n.
    labels : n × labels.
    mass : n, how much a text counts.
    """
    true, count = labels.astype(np.float64), labels.shape[1]
    slope, shift = (_softmax if exclusive else _sigmoids)(scores, true, mass)
    log_lengths = _log(lengths)
    usual = np.average(log_lengths, weights=mass) if len(scores) else 0.0
    one, none = np.ones(1), np.zeros(count)
    first = Calibration(slope, shift, one, 0 * one, none, none, none, usual * one)
    return _second(first, scores, log_lengths - usual, true, mass, exclusive=exclusive) if len(scores) else first


def _log(lengths: Floats) -> Floats:
    return np.asarray(np.log(np.maximum(lengths, 1.0)))


def _against(likely: Floats, rivals: Floats) -> Floats:
    weighed = likely * rivals
    return np.asarray(weighed.sum(axis=1, keepdims=True) - weighed)


def _sigmoids(scores: Floats, true: Floats, mass: Floats) -> tuple[Floats, Floats]:
    count = scores.shape[1]
    together = np.array([3.0, 0.0])
    whole = (scores.ravel(), true.ravel(), np.repeat(mass, count), together, 1e-3)
    together = least(_sigmoid_loss, together, whole)
    each = [(scores[:, k], true[:, k], mass, together, _PULL) for k in range(count)]
    found = np.stack([least(_sigmoid_loss, together, one) for one in each])
    return found[:, 0], found[:, 1]


def _sigmoid_loss(
    at: Floats, scores: Floats, true: Floats, mass: Floats, pulled_to: Floats, pull: float
) -> tuple[float, Floats]:
    raised = at[0] * scores + at[1]
    away = at - pulled_to
    loss = -(mass * (true * log_expit(raised) + (1 - true) * log_expit(-raised))).sum() + pull * (away**2).sum()
    wrong = mass * (expit(raised) - true)
    return float(loss), np.array([(wrong * scores).sum(), wrong.sum()]) + 2 * pull * away


def _softmax(scores: Floats, true: Floats, mass: Floats) -> tuple[Floats, Floats]:
    start = np.repeat(_FIRST, scores.shape[1])
    slope, shift = np.split(least(_softmax_loss, start, (scores, true, mass)), 2)
    return slope, shift


def _softmax_loss(at: Floats, scores: Floats, true: Floats, mass: Floats) -> tuple[float, Floats]:
    """Loss of a slope and a shift per label; slopes are pulled to their mean, shifts to 0."""
    slope, shift = np.split(at, 2)
    away = slope - slope.mean()
    logs = log_softmax(slope * scores + shift, axis=1)
    wrong = mass[:, None] * (np.exp(logs) - true)
    loss = -(mass[:, None] * true * logs).sum() + _PULL * (away**2).sum() + 0.1 * (shift**2).sum()
    return float(loss), np.r_[(wrong * scores).sum(axis=0) + 2 * _PULL * away, wrong.sum(axis=0) + 0.2 * shift]


def _second(
    first: Calibration, scores: Floats, beside: Floats, true: Floats, mass: Floats, *, exclusive: bool
) -> Calibration:
    """Fit the second step; labels that exclude each other are rivals by the softmax already."""
    count = scores.shape[1]
    raised = first.slope * scores + first.shift
    given = (raised, np.zeros_like(raised) if exclusive else expit(raised), beside[:, None], true, mass[:, None])
    steps = np.repeat(_STEPS, (1, 1, count, count, count))
    start = np.r_[1.0, np.zeros(1 + 3 * count)] / steps
    args = (steps, *given, _of_one if exclusive else _of_each)
    found = steps * least(_second_loss, start, args, ftol=1e-5)
    moved, longer, rivals = found[2:].reshape(3, count)
    return replace(first, again=found[:1], steeper=found[1:2], moved=moved, longer=longer, rivals=rivals)


def _second_loss(
    at: Floats, steps: Floats, first: Floats, likely: Floats, beside: Floats, true: Floats, mass: Floats, loss: _Loss
) -> tuple[float, Floats]:
    """Loss of `again`, `steeper`, `moved`, `longer` and `rivals` in a row; the last three are pulled to their means over labels."""
    at = at * steps
    moved, longer, rivals = at[2:].reshape(3, -1)
    raised = (at[0] + at[1] * beside) * first + moved + longer * beside - _against(likely, rivals)
    each, wrong = loss(raised, true)
    wrong = mass * wrong
    away = at - np.r_[1.0, 0.0, np.repeat([moved.mean(), longer.mean(), rivals.mean()], len(moved))]
    speaks, against = wrong * first, (wrong * likely).sum(axis=0) - likely.T @ wrong.sum(axis=1)
    longs = (beside.T @ wrong)[0]
    slope = np.r_[speaks.sum(), (speaks * beside).sum(), wrong.sum(axis=0), longs, against]
    return float((mass * each).sum() + _PULL * (away**2).sum()), (slope + 2 * _PULL * away) * steps


def _of_each(raised: Floats, true: Floats) -> tuple[Floats, Floats]:
    """Loss of each label of each text, and its slope in `raised`."""
    small = np.exp(-np.abs(raised))
    over = 1 / (1 + small)
    likely = np.where(raised >= 0, over, 1 - over)
    return np.log1p(small) + np.maximum(raised, 0) - true * raised, likely - true


def _of_one(raised: Floats, true: Floats) -> tuple[Floats, Floats]:
    """The same where a text has one label."""
    logs = log_softmax(raised, axis=1)
    return -true * logs, np.exp(logs) - true
