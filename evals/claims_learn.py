"""Learns the coefficients of the check desk's re-ranker, and chooses its thresholds, by cross-validation over claims.

``python -m evals.claims_learn [--write]``. Questions are the checks' own wordings, claims and titles, each held out from its
check in turn, as people would type them (without diacritics, in teencode, with words around it). The questions on which quality
is reported are not read here.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from bench.sizes import ROOT
from langnghe.check.checks import Check, read_checks
from langnghe.check.features import FEATURES
from langnghe.check.match import Matcher
from langnghe.check.ranker import Ranker, RankerFit
from langnghe.words.fold import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

DESK = ROOT / "examples" / "check-desk"
SHIPPED = ROOT / "src" / "langnghe" / "check" / "ranker.json"
FOLDS = 5
FALSE_CHECKED, FALSE_SHOWN = 0.02, 0.07
"""Shares of messages without a check that may be answered 'this was checked', and that may be shown anything, when thresholds
are chosen; the target for all that is shown is 0.08."""

_BEFORE = (
    "ad oi cho em hoi ",
    "Cho mình hỏi ",
    "nghe nói ",
    "Mọi người ơi, ",
    "anh chị cho e hỏi xíu là ",
    "hôm qua tổ trưởng em bảo ",
    "",
    "có phải ",
    "thấy trên zalo ghi ",
)
_AFTER = (" phải không ạ", " đúng ko ad", " thật ko mn", " vậy có đúng luật không?", "? cảm ơn ạ", " hả mọi người", "", " z đúng hông", ", em lo quá")  # fmt: skip
_TEEN = (("không", "ko"), ("được", "đc"), ("công ty", "cty"), ("người lao động", "nlđ"), ("bảo hiểm xã hội", "bhxh"), ("bảo hiểm thất nghiệp", "bhtn"), ("bảo hiểm y tế", "bhyt"), ("bao nhiêu", "bn"), ("hợp đồng", "hđ"), ("tháng", "th"), ("triệu", "tr"), ("rồi", "r"), ("vậy", "z"), ("gì", "j"), ("quy định", "qđ"))  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """A question made for learning: its text, the position of its check, and which text of it is held out."""

    text: str
    position: int
    held: str


def typed(text: str, chance: random.Random) -> str:
    """A text as somebody might type it."""
    said = text.rstrip(".")
    if chance.random() < 0.6:
        said = chance.choice(_BEFORE) + said[0].lower() + said[1:] + chance.choice(_AFTER)
    if chance.random() < 0.4:
        for full, short in _TEEN:
            said = re.sub(rf"(?<!\w){full}(?!\w)", short, said)
    return fold(said) if chance.random() < 0.4 else said


def questions(checks: Sequence[Check], number: int, seed: int = 7) -> list[Asked]:
    """Questions from the first `number` checks: every wording, the claim and the title."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    return [
        Asked(typed(text, chance), position, text)
        for position, check in enumerate(checks[:number])
        for text in (check.claim, *check.wordings)
    ]


def without(check: Check, text: str) -> Check:
    """A check without one of its texts."""
    kept = tuple(wording for wording in check.wordings if wording != text)
    claim = check.claim if check.claim != text else check.title or (kept[0] if kept else check.summary)
    return replace(check, claim=claim, title="" if check.title == text else check.title, wordings=kept)


@dataclass(frozen=True)
class Candidates:
    """The candidates of all questions: features, whether right, and which question; `known` false where the check was taken out."""

    rows: NDArray[np.float64]
    right: NDArray[np.bool_]
    message: NDArray[np.int64]
    known: NDArray[np.bool_]
    fold: NDArray[np.int64]


def candidates(checks: Sequence[Check], asked: Sequence[Asked]) -> Candidates:
    """The candidates of questions, with the check in the index (without the held text) and without it."""
    rows, right, message, known, folds = [], [], [], [], []
    kinds = sorted({_kind(checks[a.position], a.held) for a in asked})
    number = 0
    for kind in kinds:
        mine = [a for a in asked if _kind(checks[a.position], a.held) == kind]
        held = {a.position: a.held for a in mine}
        matcher = Matcher([without(c, held[p]) if p in held else c for p, c in enumerate(checks)], ranker=_ANY)
        for a in mine:
            positions, features = matcher.candidates(a.text)
            for inside in (True, False):
                keep = [i for i, p in enumerate(positions) if inside or p != a.position]
                if keep:
                    found = features[keep]
                    scores = found[:, FEATURES.index("behind")]
                    found[:, FEATURES.index("behind")] = 1 - (1 - scores) / (1 - scores).max()
                    rows.append(found)
                    right += [positions[i] == a.position for i in keep]
                    message += [number] * len(keep)
                known.append(inside)
                folds.append(a.position % FOLDS)
                number += 1
    return Candidates(np.vstack(rows), np.array(right), np.array(message), np.array(known), np.array(folds))


def _kind(check: Check, text: str) -> int:
    return check.short_texts.index(text)


_ANY = Ranker(FEATURES, (0.0,) * len(FEATURES), 0.0, (1.0, 0.0, 0.0), 0.5, 0.5)


@dataclass(frozen=True)
class Best:
    """Of each question: the log-odds of the best and the second candidate, whether the best is right, the rank of the right one."""

    best: NDArray[np.float64]
    second: NDArray[np.float64]
    right: NDArray[np.bool_]
    rank: NDArray[np.int64]


def ranked(found: Candidates, odds: NDArray[np.float64]) -> Best:
    """Rank the candidates of each question by their log-odds."""
    many = len(found.known)
    best, second = np.full(many, -20.0), np.full(many, -20.0)
    right, rank = np.zeros(many, bool), np.full(many, 99)
    for number in range(many):
        mine = np.flatnonzero(found.message == number)
        order = mine[np.argsort(-odds[mine], kind="stable")]
        if len(order):
            best[number], right[number] = odds[order[0]], found.right[order[0]]
            second[number] = odds[order[1]] if len(order) > 1 else -20.0
            where = np.flatnonzero(found.right[order])
            rank[number] = where[0] + 1 if len(where) else 99
    return Best(best, second, right, rank)


def learn(found: Candidates) -> tuple[Ranker, dict[str, float]]:
    """The coefficients, the thresholds, and what cross-validation over claims says of them."""
    odds = np.zeros(len(found.right))
    fold_of = found.fold[found.message]
    for fold_number in range(FOLDS):
        train, test = fold_of != fold_number, fold_of == fold_number
        fit = RankerFit().fit(found.rows[train], found.right[train], found.message[train])
        odds[test] = found.rows[test] @ np.array(fit.coefficients_) + fit.intercept_
    held = ranked(found, odds)
    learner = RankerFit()
    accept = learner.fit_answer(held.best.tolist(), held.second.tolist(), (held.right & found.known).tolist())
    draft = Ranker(FEATURES, (), 0.0, accept, 1.0, 1.0)
    chance = np.array([draft.probability(a, b) for a, b in zip(held.best, held.second, strict=True)])
    unknown = np.sort(chance[~found.known])[::-1]
    checked = float(unknown[int(FALSE_CHECKED * len(unknown))])
    maybe = float(unknown[int(FALSE_SHOWN * len(unknown))])
    fit = learner.fit(found.rows, found.right, found.message)
    ranker = Ranker(FEATURES, fit.coefficients_, fit.intercept_, accept, checked, maybe)
    known = found.known
    top = held.rank[known]
    return ranker, {
        "questions": float(known.sum()),
        "MAP@5": float(np.where(top <= 5, 1 / top, 0).mean()),
        "recall@30": float((top < 99).mean()),
        "true ones shown": float(((chance[known] >= maybe) & (top <= 5)).mean()),
        "true ones checked": float(((chance[known] >= checked) & (top == 1)).mean()),
        "wrong ones checked": float(((chance[known] >= checked) & (top > 1)).mean()),
        "false suggestions": float((chance[~known] >= maybe).mean()),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m evals.claims_learn", description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help=f"write {SHIPPED.relative_to(ROOT)}")
    chosen = parser.parse_args(arguments)
    claims = read_checks(DESK / "claims.jsonl")
    others = read_checks(DESK / "distractors.jsonl") if (DESK / "distractors.jsonl").is_file() else []
    found = candidates([*claims, *others], questions([*claims, *others], len(claims)))
    ranker, said = learn(found)
    print("\n".join(f"{name}: {value:.3f}" for name, value in said.items()))
    print(ranker.as_json())
    if chosen.write:
        SHIPPED.write_text(ranker.as_json(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
