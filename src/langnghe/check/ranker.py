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


ANSWER = ("best", "lead", *FEATURES)
"""What the answer is decided on: the log-odds of the best check, its lead over the second, and the features of the best."""

MOST_LEAD = 4.0


@dataclass(frozen=True)
class Line:
    """Coefficients by name, with their intercept.

    Attributes
    ----------
    names, coefficients : m of each.
    """

    names: tuple[str, ...]
    coefficients: tuple[float, ...]
    intercept: float

    def log_odds(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """The log-odds of each row (n × m)."""
        return np.asarray(rows @ np.array(self.coefficients) + self.intercept, dtype=np.float64)

    def rounded(self) -> dict[str, float]:
        """The coefficients and the intercept, for people."""
        named = zip((*self.names, "intercept"), (*self.coefficients, self.intercept), strict=True)
        return {name: round(value, 4) for name, value in named}


@dataclass(frozen=True)
class Ranker:
    """Coefficients of the re-ranker and of the answer.

    Attributes
    ----------
    right : over `FEATURES`: the log-odds that a check is the one asked for.
    answer : over `ANSWER`: the log-odds that the best check is right.
    checked, maybe : least probability of 'this was checked' and of 'maybe one of these'.
    """

    right: Line
    answer: Line
    checked: float
    maybe: float

    def probability(self, odds: NDArray[np.float64], rows: NDArray[np.float64]) -> float:
        """The probability that the best of some checks is the one asked for, from the log-odds and features of all."""
        return float(logistic(self.answer.log_odds(answer_row(odds, rows))))

    def as_json(self) -> str:
        """The numbers, for people and for `read_ranker`."""
        said = {
            "right": self.right.rounded(),
            "answer": self.answer.rounded(),
            "checked": round(self.checked, 4),
            "maybe": round(self.maybe, 4),
        }
        return json.dumps(said, indent=2) + "\n"


def answer_row(odds: NDArray[np.float64], rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """The row of `ANSWER` for candidates with these log-odds and features; there is at least one."""
    best, *others = np.sort(odds)[::-1]
    lead = min(best - others[0], MOST_LEAD) if others else MOST_LEAD
    return np.array([best, lead, *rows[int(np.argmax(odds))]])


class LineFit:
    """Learns coefficients, such as those of a `Ranker`, from rows that are right or wrong.

    Parameters
    ----------
    names : of the columns.
    ridge : penalty on the square of each coefficient, on standardised columns.
    """

    def __init__(self, names: tuple[str, ...], ridge: float = 10.0) -> None:
        self.names = names
        self.ridge = ridge

    def fit(
        self, rows: NDArray[np.float64], right: NDArray[np.bool_], weights: NDArray[np.float64] | None = None
    ) -> LineFit:
        """Fit on n × m rows, n truths, and how much each counts (1 where None)."""
        mean, spread = rows.mean(axis=0), rows.std(axis=0)
        spread[spread == 0] = 1.0
        counted = np.ones(len(rows)) if weights is None else weights
        beta = fit_logistic((rows - mean) / spread, right.astype(np.float64), counted, self.ridge)
        intercept = float(beta[-1] - (beta[:-1] * mean / spread).sum())
        self.line_ = Line(self.names, tuple((beta[:-1] / spread).tolist()), intercept)
        return self


def weights_of(right: NDArray[np.bool_], messages: NDArray[np.int64]) -> NDArray[np.float64]:
    """How much candidates count: the right one 1, the wrong ones of a message 5 together at most."""
    many = np.bincount(messages)[messages].astype(np.float64)
    return np.where(right, 1.0, np.minimum(1.0, 5 / many))


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
    return Ranker(_line(said["right"], FEATURES), _line(said["answer"], ANSWER), said["checked"], said["maybe"])


def _line(said: dict[str, float], names: tuple[str, ...]) -> Line:
    if tuple(said) != (*names, "intercept"):
        raise SettingError(
            "ranker.json",
            Say("Hệ số không khớp với phiên bản này.", "The coefficients do not fit this version."),
            Say("Hãy dùng tệp đi kèm gói.", "Use the file that comes with the package."),
        )
    return Line(names, tuple(said.values())[:-1], said["intercept"])
