"""Sentences that state something that can be checked, with the reasons for which they look so; a person decides.

A claim says something on work, pay, insurance, law or offers that is true or not: with a number, a day, 'theo luật', 'không cần'.
A question that asks about a claim counts too ('nghe nói từ 1/7 bỏ rút một lần, đúng không?'); a question that only wants to
know something, and an opinion, do not.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

from langnghe.check.facts import read_facts
from langnghe.check.keys import Phrases, desk_words, keys
from langnghe.check.ranker import logistic
from langnghe.errors import Say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

SIGNS = ("law", "date", "entitled", "change", "offer", "subject", "amount", "day", "ask", "opinion", "open", "short")
"""What a sentence is looked at for, in the order of the coefficients."""

LEAST_WORDS, MOST_WORDS = 4, 60
CHECKABLE = 0.5
MOST_READ = 200_000
"""Words below which a sentence states little; words of one sentence at most; the least score of a claim; characters of a text that are
looked through."""

_ENDS = re.compile(r"(?<=[.!?…;])(?=\s)|\n+")
_WORD = re.compile(r"\S+")

_COUNTED = {
    "amount": Say("có số tiền, tỷ lệ hoặc thời hạn", "has an amount, a share or a length of time"),
    "day": Say("có ngày, tháng, năm", "has a day, a month or a year"),
    "short": Say("quá ngắn", "is very short"),
}


@dataclass(frozen=True)
class Claim:
    """A sentence that may be checked.

    Attributes
    ----------
    text, start, end : the sentence and where it stands: source[start:end].
    score : from 0 to 1; claims are those above `CHECKABLE`.
    reasons : why, strongest first: what speaks for it, then what against.
    """

    text: str
    start: int
    end: int
    score: float
    reasons: tuple[Say, ...]


@cache
def _signs() -> dict[str, Phrases]:
    words = desk_words()
    named = {**words["checkable"], **{name: words[name] for name in ("opinion", "ask", "open")}}
    return {name: Phrases.from_names({name: about["phrases"]}) for name, about in named.items()}


def reason(sign: str) -> Say:
    """A sign in words."""
    words = desk_words()
    about = words["checkable"].get(sign) or words.get(sign)
    return Say(about["vi"], about["en"]) if about else _COUNTED[sign]


def signs(text: str) -> NDArray[np.float64]:
    """How often a sentence shows each of `SIGNS`, twice at most."""
    found = keys(text)
    facts = read_facts(text, found)
    many = {name: len(phrases.spans(found)) for name, phrases in _signs().items()}
    many["amount"] = sum(1 for unit, _ in facts.amounts if unit)
    many["day"] = len(facts.days) + len(facts.years)
    many["short"] = int(sum(1 for key in found if key) < LEAST_WORDS)
    return np.array([min(many[sign], 2) for sign in SIGNS], dtype=np.float64)


@dataclass(frozen=True)
class ClaimSense:
    """What tells claims from other sentences: one coefficient per sign.

    Parameters
    ----------
    coefficients : sign → how much it adds to the log-odds.
    intercept : the log-odds of a sentence without signs.
    """

    coefficients: Mapping[str, float]
    intercept: float

    def score(self, text: str) -> float:
        """The probability that a sentence can be checked."""
        return float(logistic(float(signs(text) @ self._weights()) + self.intercept))

    def _weights(self) -> NDArray[np.float64]:
        return np.array([self.coefficients[sign] for sign in SIGNS])

    def reasons(self, text: str) -> tuple[Say, ...]:
        """Why a sentence has its score, what speaks for it first."""
        weighed = signs(text) * self._weights()
        order = np.argsort(-weighed, kind="stable")
        return tuple(reason(SIGNS[i]) for i in order if weighed[i])

    def learned(self, texts: Sequence[str], checkable: Sequence[bool], trust: float = 4.0) -> ClaimSense:
        """Learn from what people of the desk decided; with few decisions the coefficients stay near what they were.

        Parameters
        ----------
        texts, checkable : sentences, and whether a person found that they can be checked.
        trust : how strongly the coefficients are held where they are.
        """
        if not texts:
            return self
        rows = np.array([[*signs(text), 1.0] for text in texts])
        right = np.array(checkable, dtype=np.float64)
        prior = np.array([*self._weights(), self.intercept])
        beta = prior.copy()
        for _ in range(30):
            p = logistic(rows @ beta)
            gradient = rows.T @ (right - p) - trust * (beta - prior)
            hessian = (rows * (p * (1 - p))[:, None]).T @ rows + trust * np.eye(len(beta))
            beta = beta + np.linalg.solve(hessian, gradient)
        return ClaimSense(dict(zip(SIGNS, beta[:-1].tolist(), strict=True)), float(beta[-1]))


@cache
def shipped_sense() -> ClaimSense:
    """The coefficients that come with the package: set by hand, before any decision of a desk."""
    said: dict[str, Any] = json.loads(files("langnghe.check").joinpath("claims.json").read_text(encoding="utf-8"))
    return ClaimSense(said["coefficients"], said["intercept"])


def sentences(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a text stand; one longer than `MOST_WORDS` words is cut."""
    spans, start = [], 0
    read = text[:MOST_READ]
    for end in [*(match.start() for match in _ENDS.finditer(read)), len(read)]:
        spans += _cut(read, start, end)
        start = end
    return spans


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    words = list(_WORD.finditer(text, start, end))
    return [
        (part[0].start(), part[-1].end())
        for part in (words[i : i + MOST_WORDS] for i in range(0, len(words), MOST_WORDS))
    ]


def find_claims(text: str, sense: ClaimSense | None = None) -> list[Claim]:
    """The sentences of a text that can be checked, the most checkable first.

    Parameters
    ----------
    text : any text.
    sense : coefficients; the shipped ones where None.

    Examples
    --------
    >>> [claim.text for claim in find_claims("Chán quá. Từ 1/7 bỏ rút BHXH một lần, đúng không?")]
    ['Từ 1/7 bỏ rút BHXH một lần, đúng không?']
    """
    sense = sense or shipped_sense()
    found = []
    for start, end in sentences(text):
        score = sense.score(text[start:end])
        if score >= CHECKABLE:
            found.append(Claim(text[start:end], start, end, score, sense.reasons(text[start:end])))
    return sorted(found, key=lambda claim: (-claim.score, claim.start))
