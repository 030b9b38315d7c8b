"""Which check answers a message: 'this was checked', 'maybe one of these' or 'not checked yet'. It proposes; people decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

import numpy as np

from langnghe.check.addresses import addresses, one_spelling, without_addresses
from langnghe.check.codes import MEMBER
from langnghe.check.features import FEATURES, among, features
from langnghe.check.index import Index
from langnghe.check.ranker import Ranker, shipped_ranker
from langnghe.check.said import said, said_of
from langnghe.check.table import CodeTable
from langnghe.errors import Say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from langnghe.check.checks import Check
    from langnghe.check.said import Said

CANDIDATES = 30
SHOWN = 5
LEAST_CODES = 2
READ = 1_500
"""Candidates that are looked at closely; checks in an answer at most; codes that a message needs; characters of a message, around
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

    def best(self, asked: NDArray[np.uint64], number: int = 50) -> list[tuple[int, float]]:
        """The checks with the highest BM25: (position, score), best first."""


@dataclass(frozen=True)
class Candidates:
    """The checks that are looked at closely for a message.

    Attributes
    ----------
    read : what the message says.
    positions : int64 array of c.
    rows : float64 array of c × m, as `features` gives them.
    """

    read: Said
    positions: NDArray[np.int64]
    rows: NDArray[np.float64]

    @property
    def weighed(self) -> int:
        """How many codes the message has that weigh: words, things, amounts and dates."""
        return int((self.read.codes[0] < MEMBER).sum())

    def without(self, position: int) -> Candidates:
        """The candidates as they were without one check; weights of words stay, as one check among many hardly moves them."""
        kept = self.positions != position
        return Candidates(self.read, self.positions[kept], among(self.rows[kept]))


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
    finder, table : an index of their texts, and their codes; made where None.
    ranker : coefficients; the shipped ones where None.
    """

    def __init__(
        self,
        checks: Sequence[Check],
        finder: Finder | None = None,
        table: CodeTable | None = None,
        ranker: Ranker | None = None,
    ) -> None:
        self.checks = checks
        read = [said_of(check) for check in checks] if finder is None or table is None else []
        self.finder = finder or Index.of_hashes(one.hashes for one in read)
        self.table = table or CodeTable.of(read)
        self.ranker = ranker or shipped_ranker()
        self._seen_at: dict[str, list[int]] = {}
        for position, check in enumerate(checks):
            for address in check.addresses:
                self._seen_at.setdefault(one_spelling(address), []).append(position)

    def candidates(self, message: str, number: int = CANDIDATES) -> Candidates:
        """The candidates for a message: what it says, their positions, best BM25 first, and their rows of features."""
        read = said([matter(message)])
        scored = self.finder.best(read.hashes, number)
        if not scored:
            return Candidates(read, np.zeros(0, np.int64), np.zeros((0, len(FEATURES))))
        positions = np.array([position for position, _ in scored], dtype=np.int64)
        scores = np.array([score for _, score in scored])
        return Candidates(read, positions, features(read.codes[0], self.table, positions, scores))

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
        return self.answer(self.candidates(message))

    def answer(self, found: Candidates) -> Answer:
        """What is said to a message with these candidates."""
        if not len(found.positions):
            return Answer("not_yet", 0.0, ())
        odds = self.ranker.right.log_odds(found.rows)
        order = np.lexsort((found.positions, -odds))[:SHOWN]
        chosen = [int(found.positions[i]) for i in order]
        matches = tuple(Match(self.checks[p], p, float(odds[i])) for p, i in zip(chosen, order, strict=True))
        probability = self.ranker.probability(odds, found.rows)
        if found.weighed < LEAST_CODES:
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
            for found, _ in self.finder.best(said([check.claim]).hashes, SHOWN + 1):
                often[found] += found != position
        limit = max(least, share * len(self.checks))
        return [(self.checks[p].id, int(often[p])) for p in np.argsort(-often, kind="stable") if often[p] > limit]


def matter(message: str) -> str:
    """The part of a message that is matched: all of a short one, and of a long one the stretch with the most of what can be checked."""
    text = without_addresses(message)
    if len(text) <= READ:
        return text
    from langnghe.check.claims import find_claims  # noqa: PLC0415 - claims know nothing of matching, and only long texts need them

    found = find_claims(text)
    return found[0].text[:READ] if found else text[:READ]
