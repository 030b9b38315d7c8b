"""Which check answers a message: 'this was checked', 'maybe one of these' or 'not checked yet'. It proposes; people decide."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, Protocol

import numpy as np

from langnghe.check.addresses import addresses, one_spelling, without_addresses
from langnghe.check.features import Prepared, features, prepared, prepared_check
from langnghe.check.index import Index, most, tokens
from langnghe.check.keys import content, keys
from langnghe.check.ranker import Ranker, shipped_ranker
from langnghe.errors import Say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from langnghe.check.checks import Check

CANDIDATES = 30
SHOWN = 5
LEAST_KEYS = 2
READ = 1_500
"""Candidates that are looked at closely; checks in an answer at most; keys that a message needs; characters of a message, around
what it is about, that are matched."""

Kind = Literal["checked", "maybe", "not_yet"]

ANSWERS = {
    "checked": Say("Điều này đã được kiểm chứng.", "This was checked."),
    "maybe": Say("Có thể là một trong những điều sau.", "Maybe one of these."),
    "not_yet": Say("Chưa được kiểm chứng.", "Not checked yet."),
}


class Finder(Protocol):
    """What finds candidates: the embedded index, or PostgreSQL."""

    def __len__(self) -> int:
        """How many checks it holds."""

    def weights(self, found: Sequence[str]) -> NDArray[np.float64]:
        """The idf of keys and pairs."""

    def best(self, found: Sequence[str], number: int = 50) -> list[tuple[int, float]]:
        """The checks with the highest BM25: (position, score), best first."""


@dataclass(frozen=True)
class Match:
    """A check that may answer a message.

    Attributes
    ----------
    check : the check.
    position : its position among the checks.
    log_odds : of being the one asked for.
    same_address : whether the message holds an address at which the claim was seen.
    """

    check: Check
    position: int
    log_odds: float
    same_address: bool = False


@dataclass(frozen=True)
class Answer:
    """What is said to a message: a kind, its probability and the checks, best first.

    The checks of 'not_yet' are the nearest ones, for the officer who triages; they are shown to nobody else.
    """

    kind: Kind
    probability: float
    matches: tuple[Match, ...]


class Matcher:
    """Matches messages to checks.

    Parameters
    ----------
    checks : in the order of the index.
    finder : an index of their texts; made where None.
    ranker : coefficients; the shipped ones where None.
    """

    def __init__(self, checks: Sequence[Check], finder: Finder | None = None, ranker: Ranker | None = None) -> None:
        self.checks = checks
        self.finder = finder or Index.of_tokens(check_tokens(check) for check in checks)
        self.ranker = ranker or shipped_ranker()
        self._prepared = lru_cache(maxsize=20_000)(self._prepare)
        self._seen_at: dict[str, list[int]] = {}
        for position, check in enumerate(checks):
            for address in check.addresses:
                self._seen_at.setdefault(one_spelling(address), []).append(position)

    def _prepare(self, position: int) -> Prepared:
        return prepared_check(self.checks[position], self.finder.weights)

    def candidates(self, message: str, number: int = CANDIDATES) -> tuple[list[int], NDArray[np.float64]]:
        """The positions of candidates, and their rows of features."""
        text = matter(message)
        found = tokens(text)
        scored = self.finder.best(found, number)
        if not scored:
            return [], np.zeros((0, 0))
        asked = prepared([text], 1, self.finder.weights)
        top = most(self.finder.weights(list(dict.fromkeys(found))))
        rows = [features(asked, self._prepared(p), score, scored[0][1], top) for p, score in scored]
        return [position for position, _ in scored], np.array(rows)

    def match(self, message: str) -> Answer:
        """Match a message.

        Parameters
        ----------
        message : as somebody typed it: a claim, a question, with or without diacritics, with words around it.
        """
        at = [p for address in addresses(message) for p in self._seen_at.get(address, ())]
        if at:
            same = tuple(Match(self.checks[p], p, float("inf"), same_address=True) for p in dict.fromkeys(at))
            return Answer("checked" if len(same) == 1 else "maybe", 1.0, same[:SHOWN])
        positions, rows = self.candidates(message)
        if not positions:
            return Answer("not_yet", 0.0, ())
        odds = self.ranker.log_odds(rows)
        order = np.lexsort((np.array(positions), -odds))[:SHOWN]
        matches = tuple(Match(self.checks[positions[i]], positions[i], float(odds[i])) for i in order)
        return self._answer(message, matches)

    def _answer(self, message: str, matches: tuple[Match, ...]) -> Answer:
        second = matches[1].log_odds if len(matches) > 1 else -10.0
        probability = self.ranker.probability(matches[0].log_odds, second)
        if len({key for key in content(keys(message)) if key}) < LEAST_KEYS:
            return Answer("not_yet", min(probability, self.ranker.maybe), matches)
        if probability >= self.ranker.checked:
            return Answer("checked", probability, matches)
        return Answer("maybe" if probability >= self.ranker.maybe else "not_yet", probability, matches)

    def hubs(self, share: float = 0.05, least: int = 20) -> list[tuple[str, int]]:
        """Checks that come among the best five for many claims of others: they match everything and should be shortened.

        Returns
        -------
        list of (id, how often), those above `share` of all checks and above `least`, most often first.
        """
        often = np.zeros(len(self.checks), dtype=np.int64)
        for position, check in enumerate(self.checks):
            for found, _ in self.finder.best(tokens(check.claim), SHOWN + 1):
                often[found] += found != position
        limit = max(least, share * len(self.checks))
        return [(self.checks[p].id, int(often[p])) for p in np.argsort(-often, kind="stable") if often[p] > limit]


def check_tokens(check: Check) -> list[str]:
    """What is indexed of a check: the keys of all that its page has."""
    return [token for text in check.texts for token in tokens(text)]


def matter(message: str) -> str:
    """The part of a message that is matched: all of a short one, and of a long one the stretch with the most of what can be checked."""
    text = without_addresses(message)
    if len(text) <= READ:
        return text
    from langnghe.check.claims import find_claims  # noqa: PLC0415 - claims know nothing of matching, and only long texts need them

    found = find_claims(text)
    return found[0].text[:READ] if found else text[:READ]
