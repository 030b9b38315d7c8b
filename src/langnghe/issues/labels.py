"""Names and typical phrases of issues, as people read them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from langnghe.errors import Say
from langnghe.issues.names import SURE, keyness, name_from
from langnghe.nouns import IssueLabel

if TYPE_CHECKING:
    from langnghe.issues.codebook import Codebook, Issue, Law
    from langnghe.issues.saved import SavedModel

SHOWN = 10
"""Typical phrases per issue."""


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
    ranked = _ranked(phrases, issues, messages)
    known = {issue.id: issue for issue in codebook.issues}
    return tuple(
        _known(known[name], _phrases(ranked, number, model))
        if name in known
        else _found(name, _phrases(ranked, number, model))
        for number, name in enumerate(model.ids)
    )


def _ranked(phrases: pl.DataFrame, issues: pl.DataFrame, messages: int) -> pl.DataFrame:
    sizes = issues.select("issue", size=pl.col("messages").fill_null(0))
    everywhere = phrases.group_by("phrase").agg(pl.col("messages").sum().alias("everywhere"))
    joined = phrases.join(everywhere, on="phrase").join(sizes, on="issue").sort("issue", "phrase")
    scores = np.zeros(len(joined))
    for row, (inside, total, size) in enumerate(joined.select("messages", "everywhere", "size").iter_rows()):
        scores[row] = keyness(np.array([inside]), np.array([total - inside]), size, max(messages - size, 1))[0]
    return joined.with_columns(score=pl.Series(scores, dtype=pl.Float64))


def _phrases(ranked: pl.DataFrame, issue: int, model: SavedModel) -> tuple[str, ...]:
    """The phrases of an issue by keyness; several syllables say more than one, so one alone weighs less."""
    rows = ranked.filter((pl.col("issue") == issue) & (pl.col("score") > SURE))
    weighed = sorted(
        (
            (score * (1.0 if len(model.phrases[p]) > 1 else 0.4), p)
            for p, score in rows.select("phrase", "score").iter_rows()
        ),
        key=lambda pair: (-pair[0], pair[1]),
    )
    chosen: list[int] = []
    for _, phrase in weighed:
        if not any(_overlap(model.phrases[phrase], model.phrases[other]) for other in chosen):
            chosen.append(phrase)
        if len(chosen) == SHOWN:
            break
    return tuple(model.shown[phrase] for phrase in chosen)


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
    )


def _law(law: Law) -> Say:
    numbers = ", ".join(map(str, law.articles))
    vi = f"{law.law}, Điều {numbers}" if numbers else law.law
    en = f"{law.law}, Art. {numbers}" if numbers else law.law
    return Say(vi, en) if law.verified else Say(f"{vi} (chưa đối chiếu)", f"{en} (not verified)")


def _found(name: str, phrases: tuple[str, ...]) -> IssueLabel:
    called = name_from(phrases)
    number = name.removeprefix("found_")
    return IssueLabel(
        id=name,
        found=True,
        name=Say(called or f"Nhóm {number}", called or f"Group {number}"),
        definition=Say(
            "Nhóm do máy tìm ra từ lời trong các ý kiến; tên là những cụm từ đặc trưng nhất.",
            "A group that the machine found in the texts; its name is its most typical phrases.",
        ),
        phrases=phrases,
    )
