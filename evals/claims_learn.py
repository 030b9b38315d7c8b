"""Learns the coefficients of the check desk's re-ranker, and chooses its thresholds, by cross-validation over claims.

``python -m evals.claims_learn [--write]``. Questions are the checks' own wordings and claims, each held out from its
check in turn, as people would type them (without diacritics, in teencode, with words around it), and questions that were written to
learn from, to other checks (`evals/data/claims`). The questions on which quality is reported are not read here.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from bench.sizes import ROOT
from langnghe.check.checks import Check, read_checks
from langnghe.check.features import FEATURES
from langnghe.check.match import SHOWN, Candidates, Matcher
from langnghe.check.ranker import ANSWER, Line, LineFit, Ranker, answer_row, logistic, weights_of
from langnghe.words.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

DESK = ROOT / "examples" / "check-desk"
LEARNING = ROOT / "evals" / "data" / "claims"
SHIPPED = ROOT / "src" / "langnghe" / "check" / "ranker.json"
FOLDS = 5
FALSE_CHECKED, FALSE_SHOWN = 0.02, 0.07
"""Shares of messages without a check that may be answered 'this was checked', and that may be shown anything, when thresholds
are chosen; the target for all that is shown is 0.08."""

MIX = {"held out": 2 / 3, "never": 1 / 3}
"""Of which messages the thresholds' share is counted."""

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
    """A check without one of the texts that put its claim; a wording stands in for its claim."""
    first, *others = [said for said in check.said if said != text] or [check.title or check.summary]
    return replace(check, claim=first, wordings=tuple(others))


@dataclass(frozen=True)
class Message:
    """A question with its candidates.

    Attributes
    ----------
    kind : 'held' for a wording that was held out, 'written' for a question to a check, 'never' for one without a check;
        with ' out' behind where the check was taken out.
    fold : by its claim.
    rows, right : features of the candidates, and which is the check asked for.
    """

    kind: str
    fold: int
    rows: NDArray[np.float64]
    right: NDArray[np.bool_]


def held_out(checks: Sequence[Check], number: int) -> Iterator[Message]:
    """Wordings of the first `number` checks as questions, with the check in the index without that wording, and without the check."""
    asked = questions(checks, number)
    for kind in sorted({_kind(checks[a.position], a.held) for a in asked}):
        mine = [a for a in asked if _kind(checks[a.position], a.held) == kind]
        held = {a.position: a.held for a in mine}
        matcher = Matcher([without(c, held[p]) if p in held else c for p, c in enumerate(checks)])
        for a in mine:
            yield from messages("held", matcher.candidates(a.text), a.position)


def written(checks: Sequence[Check]) -> Iterator[Message]:
    """Questions that were written to learn from: to other checks than those of the example desk, and to none."""
    matcher, place = Matcher(checks), {check.id: position for position, check in enumerate(checks)}
    for number, line in enumerate((LEARNING / "questions.jsonl").read_text(encoding="utf-8").splitlines()):
        said = json.loads(line)
        found = matcher.candidates(said["text"])
        if said["gold"]:
            yield from messages("written", found, place[said["gold"]])
        else:
            yield Message("never", number % FOLDS, found.rows, np.zeros(len(found.rows), bool))


def messages(kind: str, found: Candidates, position: int) -> Iterator[Message]:
    """A question to a check, and the same where the check was taken out."""
    yield Message(kind, position % FOLDS, found.rows, found.positions == position)
    rest = found.without(position)
    yield Message(f"{kind} out", position % FOLDS, rest.rows, np.zeros(len(rest.rows), bool))


def _kind(check: Check, text: str) -> int:
    return check.said.index(text)


def fit_right(asked: Sequence[Message]) -> Line:
    """The coefficients of 'this is the check asked for'."""
    right = np.concatenate([m.right for m in asked])
    number = np.repeat(np.arange(len(asked)), [len(m.right) for m in asked])
    return LineFit(FEATURES).fit(np.vstack([m.rows for m in asked]), right, weights_of(right, number)).line_


def by_folds(asked: Sequence[Message]) -> tuple[list[NDArray[np.float64]], NDArray[np.float64], NDArray[np.float64]]:
    """By cross-validation over claims: the log-odds of each question's candidates, rows of `ANSWER`, and log-odds of the answers."""
    fold_of = np.array([m.fold for m in asked])
    lines = [fit_right([m for m in asked if m.fold != number]) for number in range(FOLDS)]
    odds = [lines[m.fold].log_odds(m.rows) for m in asked]
    rows = np.array([answer_row(o, m.rows) for o, m in zip(odds, asked, strict=True)])
    shown = np.array([ranks(o, m) <= SHOWN for o, m in zip(odds, asked, strict=True)])
    chance = np.zeros(len(asked))
    for number in range(FOLDS):
        held = fold_of == number
        chance[held] = LineFit(ANSWER).fit(rows[~held], shown[~held]).line_.log_odds(rows[held])
    return odds, rows, chance


def ranks(odds: NDArray[np.float64], message: Message) -> int:
    """The rank of the right check; 99 where there is none."""
    where = np.flatnonzero(message.right[np.argsort(-odds, kind="stable")])
    return int(where[0]) + 1 if len(where) else 99


def learn(asked: Sequence[Message]) -> tuple[Ranker, dict[str, float]]:
    """The coefficients, the thresholds, and what cross-validation over claims says of them."""
    odds, rows, log_odds = by_folds(asked)
    rank = np.array([ranks(o, m) for o, m in zip(odds, asked, strict=True)])
    kind = np.array([m.kind for m in asked])
    chance = logistic(log_odds)
    none = ("never", "held out", "written out")
    false = {name: chance[kind == name] for name in none}
    maybe, checked = (threshold(false, share) for share in (FALSE_SHOWN, FALSE_CHECKED))
    answer = LineFit(ANSWER).fit(rows, rank <= SHOWN).line_
    said = {f"false suggestions, {name}": float((chance[kind == name] >= maybe).mean()) for name in none}
    for name in ("held", "written"):
        mine = kind == name
        said |= {
            f"questions, {name}": float(mine.sum()),
            f"MAP@5, {name}": float(np.where(rank[mine] <= SHOWN, 1 / rank[mine], 0).mean()),
            f"true ones shown, {name}": float(((chance[mine] >= maybe) & (rank[mine] <= SHOWN)).mean()),
            f"true ones checked, {name}": float(((chance[mine] >= checked) & (rank[mine] == 1)).mean()),
        }
    return Ranker(fit_right(asked), answer, checked, maybe), said


def threshold(false: Mapping[str, NDArray[np.float64]], share: float) -> float:
    """The least probability at which that share of messages without a check is shown something.

    Two messages in three are about a check that was taken out from among its like, and one is about nothing that was checked;
    checks that have none like them (`written out`) have hardly any false suggestions, and would make the threshold too low.
    """
    steps = np.unique(np.concatenate([*false.values()]))
    shown = sum(
        part * (1 - np.searchsorted(np.sort(false[kind]), steps) / len(false[kind])) for kind, part in MIX.items()
    )
    return float(steps[int(np.argmax(shown <= share))])


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m evals.claims_learn", description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help=f"write {SHIPPED.relative_to(ROOT)}")
    chosen = parser.parse_args(arguments)
    claims = read_checks(DESK / "claims.jsonl")
    others = read_checks(DESK / "distractors.jsonl") if (DESK / "distractors.jsonl").is_file() else []
    checks = [*claims, *others, *read_checks(LEARNING / "claims.jsonl")]
    ranker, said = learn([m for m in (*held_out(checks, len(claims)), *written(checks)) if len(m.rows)])
    print("\n".join(f"{name}: {value:.3f}" for name, value in said.items()))
    print(ranker.as_json())
    if chosen.write:
        SHIPPED.write_text(ranker.as_json(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
