"""The example desk's questions, and its near-confusable checks one by one: amounts, years, institutions, negations.

``python -m evals.claims_pairs [--write]`` writes the list into docs/evals.md.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bench.sizes import ROOT
from bench.table import markdown, write_section
from evals.datasets import DataMissing
from langnghe.check.checks import read_checks
from langnghe.check.facts import read_facts
from langnghe.check.match import Matcher
from langnghe.words.fold import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from langnghe.check.checks import Check
    from langnghe.check.match import Answer

DESK = ROOT / "examples" / "check-desk"
PAGE = ROOT / "docs" / "evals.md"
APART = ("amount", "year", "institution", "negation")
NEAR = 0.3
"""Share of words that two claims have in common at least."""


@dataclass(frozen=True)
class Question:
    """A question as typed, the id of its check ('' where there is none), and the kind of noise in it."""

    text: str
    gold: str
    style: str


def questions() -> list[Question]:
    """The questions of the example desk."""
    path = DESK / "questions.jsonl"
    if not path.is_file():
        message = f"{path.name} is not in {DESK.relative_to(ROOT)}"
        raise DataMissing(message)
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [Question(row["text"], row["gold"] or "", str(row.get("style", ""))) for row in rows]


def desk() -> list[Check]:
    """The checks of the example desk with its distractors."""
    return [*read_checks(DESK / "claims.jsonl"), *read_checks(DESK / "distractors.jsonl")]


def shown_by(answer: Answer) -> list[str]:
    """The checks that a person who asked is shown."""
    if answer.kind == "not_yet":
        return []
    return [match.check.id for match in answer.matches[: 1 if answer.kind == "checked" else None]]


def answer_without(matcher: Matcher, question: Question) -> Answer:
    """The answer to a known question when its check is taken out of the index."""
    found = matcher.candidates(question.text)
    gold = [p for p in found.positions if matcher.checks[p].id == question.gold]
    return matcher.answer(found.without(gold[0]) if gold else found)


@dataclass(frozen=True)
class Pair:
    """A check and the one that is nearest to it.

    Attributes
    ----------
    check, other : their ids.
    apart : what sets them apart, one of `APART`.
    first : for each question to the check, whether the check comes before the other.
    shown : whether it is shown.
    mistaken : whether the other is shown where the check was taken out.
    """

    check: str
    other: str
    apart: str
    first: tuple[bool, ...]
    shown: tuple[bool, ...]
    mistaken: tuple[bool, ...]


def compared(checks: Sequence[Check], asked: Sequence[Question], matcher: Matcher) -> list[Pair]:
    """What becomes of the questions to each check that has another near it."""
    pairs = []
    for check, other, apart in near_pairs(checks):
        mine = [q for q in asked if q.gold == check]
        pairs.append(
            Pair(
                check, other, apart,
                first=tuple(_before(matcher, q, other) for q in mine),
                shown=tuple(check in shown_by(matcher.match(q.text)) for q in mine),
                mistaken=tuple(other in shown_by(answer_without(matcher, q)) for q in mine),
            )
        )  # fmt: skip
    return pairs


def _before(matcher: Matcher, question: Question, other: str) -> bool:
    found = matcher.candidates(question.text)
    said = matcher.ranker.right.log_odds(found.rows)
    odds = {matcher.checks[p].id: o for p, o in zip(found.positions, said, strict=True)}
    return bool(odds.get(question.gold, -99.0) > odds.get(other, -99.0))


def near_pairs(checks: Sequence[Check]) -> list[tuple[str, str, str]]:
    """For each check the one whose claim is nearest, and what sets the two apart: (id, id of the other, one of `APART`)."""
    words = [set(fold(check.claim).split()) for check in checks]
    found = []
    for i, check in enumerate(checks):
        likeness = [len(words[i] & w) / len(words[i] | w) if j != i else 0.0 for j, w in enumerate(words)]
        j = int(np.argmax(likeness))
        apart = _apart(check, checks[j]) if likeness[j] >= NEAR else ""
        if apart:
            found.append((check.id, checks[j].id, apart))
    return found


def _apart(check: Check, near: Check) -> str:
    one, other = read_facts(check.claim), read_facts(near.claim)
    families = set(one.members) & set(other.members)
    if one.years != other.years:
        return "year"
    if any(one.members[f] != other.members[f] for f in families):
        return "institution"
    if one.amounts != other.amounts:
        return "amount"
    return "negation" if ("negation" in one.turns) != ("negation" in other.turns) else ""


def page(pairs: Sequence[Pair]) -> str:
    """The pairs as a table: how many of the questions to each check were well answered."""
    header = [
        "check",
        "nearest other",
        "apart by",
        "questions",
        "right one first",
        "shown",
        "other shown when taken out",
    ]
    rows = [
        [p.check, p.other, p.apart, str(len(p.first)), str(sum(p.first)), str(sum(p.shown)), str(sum(p.mistaken))]
        for p in sorted(pairs, key=lambda pair: (APART.index(pair.apart), pair.check))
    ]
    return markdown(header, rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m evals.claims_pairs", description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="write the list into docs/evals.md")
    chosen = parser.parse_args(arguments)
    matcher = Matcher(desk())
    found = page(compared([c for c in matcher.checks if not c.id.startswith("d")], questions(), matcher))
    print(found)
    if chosen.write:
        write_section(PAGE, "claims-pairs", found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
