"""The re-ranker: a logistic regression over `features`, kept as plain numbers in JSON that a person can read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

from langnghe.check.features import FEATURES
from langnghe.errors import Say, SettingError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_STEPS = 60
_ENOUGH = 1e-9


def logistic(value: NDArray[np.float64] | float) -> NDArray[np.float64]:
    """Log-odds → probability."""
    return np.asarray(1 / (1 + np.exp(-np.clip(value, -35, 35))), dtype=np.float64)


def fit_logistic(
    rows: NDArray[np.float64], right: NDArray[np.float64], weights: NDArray[np.float64], ridge: float
) -> NDArray[np.float64]:
    """Coefficients of a logistic regression by Newton's method; the last is the intercept, which is not held down.

    Parameters
    ----------
    rows : n × m, on similar scales.
    right : n, 1 or 0.
    weights : n, how much each row counts.
    ridge : penalty on the square of each coefficient.
    """
    x = np.hstack([rows, np.ones((len(rows), 1))])
    held = np.diag([*[ridge] * rows.shape[1], 1e-6])
    beta = np.zeros(x.shape[1])
    for _ in range(_STEPS):
        p = logistic(x @ beta)
        gradient = x.T @ (weights * (right - p)) - held @ beta
        hessian = (x * (weights * p * (1 - p))[:, None]).T @ x + held
        step = np.linalg.solve(hessian, gradient)
        beta = beta + step
        if float(np.abs(step).max()) < _ENOUGH:
            break
    return beta


@dataclass(frozen=True)
class Ranker:
    """Coefficients of the re-ranker and of the answer.

    Attributes
    ----------
    names : features, in order.
    coefficients : one per feature; with `intercept` they give the log-odds that a check is the one asked for.
    accept : coefficients of the best check's log-odds, of its lead over the second, of both being named by few words, and
        the intercept: the log-odds that the best check is right.
    checked, maybe : least probability of 'this was checked' and of 'maybe one of these'.
    """

    names: tuple[str, ...]
    coefficients: tuple[float, ...]
    intercept: float
    accept: tuple[float, float, float]
    checked: float
    maybe: float

    def log_odds(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """The log-odds of each row of features (n × m)."""
        return np.asarray(rows @ np.array(self.coefficients) + self.intercept, dtype=np.float64)

    def probability(self, best: float, second: float) -> float:
        """The probability that the best check is the one asked for."""
        return float(logistic(float(np.dot(accept_row(best, second), self.accept))))

    def as_json(self) -> str:
        """The numbers, for people and for `read_ranker`."""
        rounded = {n: round(c, 4) for n, c in zip(self.names, self.coefficients, strict=True)}
        said = {
            "coefficients": rounded,
            "intercept": round(self.intercept, 4),
            "accept": [round(value, 4) for value in self.accept],
            "checked": round(self.checked, 4),
            "maybe": round(self.maybe, 4),
        }
        return json.dumps(said, indent=2) + "\n"


MOST_LEAD = 4.0


def accept_row(best: float, second: float) -> tuple[float, float, float]:
    """What the answer is decided on: the log-odds of the best, its lead over the second, and 1."""
    return best, min(best - second, MOST_LEAD), 1.0


class RankerFit:
    """Learns a re-ranker from candidates that are right or wrong.

    Parameters
    ----------
    ridge : penalty on the square of each coefficient, on standardised features.
    """

    def __init__(self, ridge: float = 3.0) -> None:
        self.ridge = ridge

    def fit(self, rows: NDArray[np.float64], right: NDArray[np.bool_], messages: NDArray[np.int64]) -> RankerFit:
        """Fit on candidates.

        Parameters
        ----------
        rows : n × m features.
        right : n, whether the candidate is the check asked for.
        messages : n, which message each candidate belongs to; each message counts the same.
        """
        mean, spread = rows.mean(axis=0), rows.std(axis=0)
        spread[spread == 0] = 1.0
        many = np.bincount(messages)[messages].astype(np.float64)
        weights = np.where(right, 1.0, np.minimum(1.0, 5 / many))
        beta = fit_logistic((rows - mean) / spread, right.astype(np.float64), weights, self.ridge)
        self.coefficients_ = tuple((beta[:-1] / spread).tolist())
        self.intercept_ = float(beta[-1] - (beta[:-1] * mean / spread).sum())
        return self

    def fit_answer(
        self, best: Sequence[float], second: Sequence[float], right: Sequence[bool]
    ) -> tuple[float, float, float]:
        """The coefficients of the answer, from the best two candidates of messages with and without a check."""
        x = np.array([accept_row(a, b)[:2] for a, b in zip(best, second, strict=True)])
        beta = fit_logistic(x, np.array(right, dtype=np.float64), np.ones(len(x)), 0.01)
        return float(beta[0]), float(beta[1]), float(beta[2])


@cache
def shipped_ranker() -> Ranker:
    """The coefficients that come with the package (`ranker.json`)."""
    return read_ranker(files("langnghe.check").joinpath("ranker.json").read_text(encoding="utf-8"))


def read_ranker(text: str) -> Ranker:
    """Read coefficients.

    Raises
    ------
    SettingError
        They are not those of `FEATURES`.
    """
    said: dict[str, Any] = json.loads(text)
    if tuple(said["coefficients"]) != FEATURES:
        raise SettingError(
            "ranker.json",
            Say("Hệ số không khớp với phiên bản này.", "The coefficients do not fit this version."),
            Say("Hãy dùng tệp đi kèm gói.", "Use the file that comes with the package."),
        )
    a, b, c = said["accept"]
    return Ranker(FEATURES, tuple(said["coefficients"].values()), said["intercept"], (a, b, c), said["checked"], said["maybe"])  # fmt: skip
