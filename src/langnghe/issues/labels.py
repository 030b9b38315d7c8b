"""Names and typical phrases of issues, as people read them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from langnghe.errors import Say
from langnghe.issues.names import SURE, judges, keyness, name_from, sounds
from langnghe.nouns import IssueLabel

if TYPE_CHECKING:
    from langnghe.issues.codebook import Codebook, Issue, Law
    from langnghe.issues.saved import SavedModel

SHOWN, SINGLE = 10, 0.4
"""Typical phrases per issue; what one of a single syllable weighs beside a longer one."""


def label_issues(
    model: SavedModel, codebook: Codebook, phrases: pl.DataFrame, issues: pl.DataFrame, messages: int
) -> tuple[IssueLabel, ...]:
    """Label the issues of a model, in its order.

    Parameters
    ----------
    model, codebook : where ids and definitions come from.
    phrases : issue, phrase, messages; only phrases that may be shown.
    issues : issue, messages.
    messages : distinct messages of the corpus.
    """
    ranked = _ranked(phrases, issues, messages, model)
    known = {issue.id: issue for issue in codebook.issues}
    listed = [_phrases(ranked, number, model) for number in range(len(model.ids))]
    names = _names(ranked, model)
    return tuple(
        _known(known[name], listed[number]) if name in known else _found(name, names.get(number), listed[number])
        for number, name in enumerate(model.ids)
    )


def _ranked(phrases: pl.DataFrame, issues: pl.DataFrame, messages: int, model: SavedModel) -> pl.DataFrame:
    """The phrases of every issue with their keyness (score), by falling weight for a list and for a name.

    A phrase is `own` where no issue has it more often for its size.
    """
    sizes = issues.select("issue", size=pl.col("messages").fill_null(0))
    everywhere = phrases.group_by("phrase").agg(pl.col("messages").sum().alias("everywhere"))
    joined = phrases.join(everywhere, on="phrase").join(sizes, on="issue").sort("issue", "phrase")
    inside, total, size = (joined[name].to_numpy().astype(np.int64) for name in ("messages", "everywhere", "size"))
    score = keyness(inside, total - inside, size, np.maximum(messages - size, 1))
    number = joined["phrase"].to_numpy()
    several = np.fromiter((len(keys) > 1 for keys in model.phrases), np.bool_, len(model.phrases))
    rate = pl.Series(inside / np.maximum(size, 1))
    return joined.with_columns(
        score=score,
        listing=score * np.where(several, 1.0, SINGLE)[number],
        naming=score * np.array(model.naming, dtype=np.float64)[number],
        rate=rate,
    ).with_columns(own=pl.col("rate") == pl.col("rate").max().over("phrase"))


def _phrases(ranked: pl.DataFrame, issue: int, model: SavedModel) -> tuple[str, ...]:
    """The phrases of an issue by keyness; several syllables say more than one, so one alone weighs less."""
    rows = ranked.filter((pl.col("issue") == issue) & (pl.col("score") > SURE))
    chosen: list[int] = []
    for phrase in rows.sort(["listing", "phrase"], descending=[True, False])["phrase"].to_list():
        if not any(_overlap(model.phrases[phrase], model.phrases[other]) for other in chosen):
            chosen.append(phrase)
        if len(chosen) == SHOWN:
            break
    return tuple(model.shown[phrase] for phrase in chosen)


def _names(ranked: pl.DataFrame, model: SavedModel) -> dict[int, Say]:
    """Names by issue: of phrases that name something and that no other issue has more often; so no two are the same.

    An issue without such a phrase is called by its words of praise and blame, as general remarks; without those, by a phrase
    that it shares and that no name says yet.
    """
    sure = ranked.filter(pl.col("score") > SURE)
    fit = sure.filter(pl.col("naming") > 0)
    names = {issue: _same(name) for issue, name in _joined(fit.filter("own"), model).items()}
    judging = [number for number, shown in enumerate(model.shown) if judges(shown)]
    reacting = sure.filter(pl.col("own") & pl.col("phrase").is_in(judging) & ~pl.col("issue").is_in(list(names)))
    for issue, name in _joined(reacting.with_columns(naming="listing"), model).items():
        names[issue] = Say(f"Khen chê chung: {name.lower()}", f"General remarks: {name.lower()}")
    said = sounds(" ".join(name.vi for name in names.values()))
    free = [number for number, shown in enumerate(model.shown) if not sounds(shown) <= said]
    rest = fit.filter(pl.col("phrase").is_in(free) & ~pl.col("issue").is_in(list(names)))
    mine = rest.filter(pl.col("rate") == pl.col("rate").max().over("phrase"))
    return names | {issue: _same(name) for issue, name in _joined(mine, model).items()}


def _same(name: str) -> Say:
    """A name that is the same in both languages: it is made of what people wrote."""
    return Say(name, name)


def _joined(rows: pl.DataFrame, model: SavedModel) -> dict[int, str]:
    """A name for each issue, the larger issues first; what the names before already say does not name another one.

    A third phrase needs a weight above `SURE`: few texts put things side by side that have nothing in common.
    """
    ordered = rows.sort(["issue", "naming", "phrase"], descending=[False, True, False])
    chosen: dict[int, tuple[list[str], list[float]]] = {}
    for issue, phrase, weight in ordered.select("issue", "phrase", "naming").iter_rows():
        shown, weights = chosen.setdefault(issue, ([], []))
        shown.append(model.shown[phrase])
        weights.append(weight)
    names: dict[int, str] = {}
    for issue, (shown, weights) in chosen.items():
        said = sounds(" ".join(names.values()))
        fresh = [i for i, phrase in enumerate(shown) if not sounds(phrase) <= said] or range(len(shown))
        kept = [i for place, i in enumerate(fresh) if place < 2 or weights[i] > SURE]
        names[issue] = name_from([shown[i] for i in kept], [weights[i] for i in kept])
    return names


def _overlap(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether one phrase stands inside the other, or they share two syllables in a row."""
    pairs = set(pairwise(first)) & set(pairwise(second))
    return bool(pairs) or set(first) <= set(second) or set(second) <= set(first)


def _known(issue: Issue, phrases: tuple[str, ...]) -> IssueLabel:
    return IssueLabel(
        id=issue.id,
        found=False,
        name=issue.name,
        definition=issue.definition,
        phrases=phrases,
        belongs=issue.belongs,
        excludes=issue.excludes,
        seeds=issue.seeds,
        law=Say("; ".join(_law(entry).vi for entry in issue.law), "; ".join(_law(entry).en for entry in issue.law)),
        counter=issue.counter,
        sub=tuple(part.name for part in issue.sub),
        ilo=_ilo(issue),
    )


def _ilo(issue: Issue) -> Say:
    """Conventions of the ILO, each with whether Viet Nam has ratified it."""
    ratified = set(issue.ilo_ratified)
    vi = [f"{one} ({'đã phê chuẩn' if one in ratified else 'chưa phê chuẩn'})" for one in issue.ilo]
    en = [f"{one} ({'ratified' if one in ratified else 'not ratified'})" for one in issue.ilo]
    return Say(", ".join(vi), ", ".join(en))


def _law(law: Law) -> Say:
    numbers = ", ".join(map(str, law.articles))
    vi = f"{law.law}, Điều {numbers}" if numbers else law.law
    en = f"{law.law}, Art. {numbers}" if numbers else law.law
    return Say(vi, en) if law.verified else Say(f"{vi} (chưa đối chiếu)", f"{en} (not verified)")


def _found(name: str, called: Say | None, phrases: tuple[str, ...]) -> IssueLabel:
    return IssueLabel(
        id=name,
        found=True,
        name=called or _numbered(name.removeprefix("found_"), phrases),
        definition=Say(
            "Nhóm do máy tìm ra từ lời trong các ý kiến; tên là những cụm từ đặc trưng nhất.",
            "A group that the machine found in the texts; its name is its most typical phrases.",
        ),
        phrases=phrases,
    )


def _numbered(number: str, phrases: tuple[str, ...]) -> Say:
    """What a group is called that no phrase names: its number, and the words that are typical of it."""
    typical = name_from(phrases, [1.0] * len(phrases)).lower()
    said = f" ({typical})" if typical else ""
    return Say(f"Nhóm {number}{said}", f"Group {number}{said}")
