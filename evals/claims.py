"""The check desk: questions to checks on the example desk, tweets to checks (CheckThat), questions to articles of law (ALQAC).

The example desk is invented. Its questions were written by somebody who did not see the matcher, and are read here alone: coefficients
and thresholds come from `evals.claims_learn`, which does not read them. A suggestion is false where a question that has no check is
shown anything ('checked' or 'maybe'): questions that were never checked, and known ones with their check taken out of the index.
"""

from __future__ import annotations

import json
import math
import os
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bench.sizes import ROOT
from evals.checkthat import checkthat
from evals.datasets import DataMissing
from evals.laws import passages
from evals.results import Result
from langnghe.check.checks import read_checks
from langnghe.check.facts import read_facts
from langnghe.check.features import FEATURES
from langnghe.check.match import Answer, Matcher
from langnghe.words.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from langnghe.check.checks import Check

DESK = ROOT / "examples" / "check-desk"
DATA = "example desk (invented)"
LEAST_SHOWN = 1


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


def results() -> Iterator[Result]:
    """The example desk as typed and folded, then CheckThat and laws where their files are there."""
    asked, checks = questions(), desk()
    yield Result("claims", DATA, "ours", "number of checks", len(checks))
    yield Result("claims", DATA, "ours", "number of questions", len(asked))
    matcher = Matcher(checks)
    yield from measured(asked, matcher, DATA)
    yield from measured([replace(q, text=fold(q.text)) for q in asked], matcher, f"{DATA}, folded")
    yield from confusable(asked, matcher)
    for others in (checkthat, passages):
        try:
            yield from others()
        except DataMissing as missing:
            print(f"claims: skipped, {missing}")


def measured(asked: Sequence[Question], matcher: Matcher, data: str) -> Iterator[Result]:
    """Ranking of known questions, and what is shown for known and unknown ones at the thresholds that ship."""
    began = time.process_time()
    known = [q for q in asked if q.gold]
    answers = [matcher.match(q.text) for q in known]
    seconds = time.process_time() - began
    ranks = [rank(matcher, q) for q in known]
    yield from interval(data, "MAP@5", [1 / r[0] if r[0] <= 5 else 0.0 for r in ranks], seconds)
    yield from interval(data, "recall@10", [float(r[0] <= 10) for r in ranks])
    yield Result("claims", data, "BM25 alone", "MAP@5", float(np.mean([1 / r[1] if r[1] <= 5 else 0.0 for r in ranks])))
    yield Result("claims", data, "BM25 alone", "recall@10", float(np.mean([r[1] <= 10 for r in ranks])))
    shown = [q.gold in _shown(a) for q, a in zip(known, answers, strict=True)]
    yield from interval(data, "true ones shown", list(map(float, shown)))
    sure = [a.kind == "checked" for a in answers]
    yield Result("claims", data, "ours", "answered 'checked'", float(np.mean(sure)))
    right = [q.gold == a.matches[0].check.id for q, a in zip(known, answers, strict=True) if a.kind == "checked"]
    yield Result("claims", data, "ours", "'checked' that are right", float(np.mean(right)) if right else math.nan)
    never = [float(bool(_shown(matcher.match(q.text)))) for q in asked if not q.gold]
    removed = [float(bool(_shown(answer_without(matcher, q)))) for q in known]
    yield from interval(data, "false suggestions, never checked", never)
    yield from interval(data, "false suggestions, check taken out", removed)
    yield from interval(data, "false suggestions", [*never, *removed])


def _shown(answer: Answer) -> list[str]:
    """The checks that a person who asked is shown."""
    if answer.kind == "not_yet":
        return []
    return [match.check.id for match in answer.matches[: LEAST_SHOWN if answer.kind == "checked" else None]]


def rank(matcher: Matcher, question: Question) -> tuple[int, int]:
    """The rank of the right check after re-ranking, and by BM25 alone; 999 where it is no candidate."""
    positions, rows = matcher.candidates(question.text)
    ids = [matcher.checks[p].id for p in positions]
    if question.gold not in ids:
        return 999, 999
    order = np.argsort(-matcher.ranker.log_odds(rows), kind="stable")
    return [ids[i] for i in order].index(question.gold) + 1, ids.index(question.gold) + 1


def answer_without(matcher: Matcher, question: Question) -> Answer:
    """The answer to a known question when its check is taken out of the index."""
    return Without(matcher, question.gold).match(question.text)


class Without(Matcher):
    """A matcher that never proposes one of its checks; weights of words stay, as one check in 2,000 does not move them."""

    def __init__(self, matcher: Matcher, gold: str) -> None:
        self.__dict__.update(matcher.__dict__)
        self.gold = gold

    def candidates(  # type: ignore[explicit-override]  # Python 3.11 has no `override`
        self, message: str, number: int = 30
    ) -> tuple[list[int], np.ndarray]:
        """The candidates but for one, with 'behind' counted from the best of those that are left."""
        positions, rows = super().candidates(message, number)
        keep = [i for i, p in enumerate(positions) if self.checks[p].id != self.gold]
        if not keep:
            return [], rows[:0]
        left = rows[keep].copy()
        behind = FEATURES.index("behind")
        left[:, behind] = 1 - (1 - left[:, behind]) / (1 - left[:, behind]).max()
        return [positions[i] for i in keep], left


def interval(data: str, metric: str, values: Sequence[float], seconds: float = math.nan) -> Iterator[Result]:
    """A mean and its 95 % interval, from 2,000 resamples of the questions."""
    drawn = np.random.default_rng(0).choice(np.array(values), size=(2_000, len(values))).mean(axis=1)
    low, high = np.quantile(drawn, [0.025, 0.975])
    yield Result("claims", data, "ours", metric, float(np.mean(values)), seconds)
    yield Result("claims", data, "ours", f"{metric}, from", float(low))
    yield Result("claims", data, "ours", f"{metric}, to", float(high))


def confusable(asked: Sequence[Question], matcher: Matcher) -> Iterator[Result]:
    """How often the right one of two near-confusable checks comes first, by what sets them apart."""
    pairs = near_pairs([check for check in matcher.checks if not check.id.startswith("d")])
    for kind in ("amount", "year", "institution", "negation"):
        mine = {gold: other for gold, other, what in pairs if what == kind}
        first = []
        for q in asked:
            if q.gold in mine:
                positions, rows = matcher.candidates(q.text)
                odds = {matcher.checks[p].id: o for p, o in zip(positions, matcher.ranker.log_odds(rows), strict=True)}
                first.append(float(odds.get(q.gold, -99.0) > odds.get(mine[q.gold], -99.0)))
        yield Result("claims", f"{DATA}, pairs that differ in {kind}", "ours", "number of questions", len(first))
        if first:
            metric = "right one before the other"
            yield Result("claims", f"{DATA}, pairs that differ in {kind}", "ours", metric, float(np.mean(first)))


def near_pairs(checks: Sequence[Check]) -> list[tuple[str, str, str]]:
    """For each check the one whose claim is nearest, and what sets the two apart: (id, id of the other, kind)."""
    words = [set(fold(check.claim).split()) for check in checks]
    facts = [read_facts(check.claim) for check in checks]
    found = []
    for i, check in enumerate(checks):
        likeness = [len(words[i] & w) / len(words[i] | w) if j != i else 0.0 for j, w in enumerate(words)]
        j = int(np.argmax(likeness))
        if likeness[j] < 0.3:
            continue
        one, other = facts[i], facts[j]
        families = set(one.members) & set(other.members)
        if one.years != other.years:
            found.append((check.id, checks[j].id, "year"))
        elif any(one.members[f] != other.members[f] for f in families):
            found.append((check.id, checks[j].id, "institution"))
        elif one.amounts != other.amounts:
            found.append((check.id, checks[j].id, "amount"))
        elif ("negation" in one.turns) != ("negation" in other.turns):
            found.append((check.id, checks[j].id, "negation"))
    return found


def folder_of(variable: str, name: str) -> Path:
    """A folder of data that is not ours: from an environment variable, else beside the shared data.

    Raises
    ------
    DataMissing
        It is not there.
    """
    from bench.pieces import data_folder  # noqa: PLC0415

    path = Path(os.environ.get(variable, data_folder() / name))
    if not path.is_dir():
        message = f"no folder {name} in the shared data (set {variable})"
        raise DataMissing(message)
    return path
