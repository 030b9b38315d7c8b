"""Why texts are given their issues, for people inside a study: which words spoke for an issue and which against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from langnghe.clean.masks import mask_text
from langnghe.clean.normalise import normalised
from langnghe.errors import Say, SettingError
from langnghe.issues.codebook import read_codebook
from langnghe.issues.reasons import Explanation, Reason, explain
from langnghe.issues.saved import load_model
from langnghe.reporting import typical_texts
from langnghe.verbs import find_issues, learnt_codes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from langnghe.study import Study

STRONG, CLEAR = 3.0, 1.0
"""Log-odds from which words spoke strongly, and clearly."""


@dataclass(frozen=True)
class ExplainedText:
    """A masked text and why it is given its issues; where it is given none, why the most probable one is not."""

    text: str
    issues: tuple[Explanation, ...]


def explain_text(study: Study, text: str) -> ExplainedText:
    """Explain which issues a text would be given in a study; it is masked first and kept nowhere.

    Parameters
    ----------
    study : a study; what it needs is made first.
    text : as somebody typed it.

    Raises
    ------
    SettingError
        The study does not use its code-book.
    """
    masked, _ = mask_text(normalised(pl.Series([text], dtype=pl.String))[0])
    return _explained(study, [masked])[0]


def explain_issue(study: Study, issue: str, most: int = 4) -> tuple[ExplainedText, ...]:
    """Explain some typical texts of an issue, for people who work inside the study: they go into no report.

    Parameters
    ----------
    study : a study; what it needs is made first.
    issue : id of one of its issues, or 'undecided'.
    most : texts at most, drawn as `typical_texts` draws them.

    Raises
    ------
    SettingError
        The study has no such issue, or does not use its code-book.
    """
    return _explained(study, typical_texts(study, issue, most)["text"].to_list())


def _explained(study: Study, texts: Sequence[str]) -> tuple[ExplainedText, ...]:
    find_issues(study)
    if not load_model(study.product("issues")).guided:
        raise SettingError(
            str(study.folder),
            Say(
                "nghiên cứu này không dùng sổ mã, nên không có gì để giải thích.",
                "this study does not use its code-book, so that there is nothing to explain.",
            ),
            Say("Đặt codebook = 'always' trong study.toml.", "Set codebook = 'always' in study.toml."),
        )
    codes, coded = learnt_codes(study)
    issues = read_codebook(study.codebook_path).issues
    return tuple(ExplainedText(text, explain(text, issues, codes, coded)) for text in texts)


def describe_explained(study: Study, explained: Sequence[ExplainedText], lang: str) -> str:
    """Explanations in words."""
    names = {issue.id: issue.name[lang] for issue in read_codebook(study.codebook_path).issues}
    lines = [line for one in explained for line in _lines(one, names, lang)]
    note = Say(
        "+++ mạnh, ++ rõ, + nhẹ; − là chống lại. 65/105: trong 105 câu có từ ấy, 65 câu nói về vấn đề này. Máy cân mọi từ cùng lúc.",
        "+++ strong, ++ clear, + slight; − speaks against. 65/105: of 105 texts with the word, 65 speak of the issue. All words are weighed together.",
    )
    return "\n".join([*lines, note[lang]])


def _lines(explained: ExplainedText, names: dict[str, str], lang: str) -> list[str]:
    lines = [f"“{explained.text}”"]
    for one in explained.issues:
        verdict = Say("được xếp", "given") if one.given else Say("không được xếp", "not given")
        lines.append(f"  {names[one.issue]}: {verdict[lang]} ({round(100 * one.probability)} %)")
        if one.seeds:
            quoted = ", ".join(f"“{seed}”" for seed in one.seeds)
            lines.append(Say(f"    cụm từ của sổ mã: {quoted}", f"    phrases of the code-book: {quoted}")[lang])
        lines += [f"    {_strength(reason.weight)} “{reason.words}”{_known(reason, lang)}" for reason in one.reasons]
    return [*lines, ""]


def _strength(weight: float) -> str:
    marks = 1 + (abs(weight) >= CLEAR) + (abs(weight) >= STRONG)
    return ("+" if weight > 0 else "−") * marks + " " * (3 - marks)


def _known(reason: Reason, lang: str) -> str:
    """Where it is known from: how many of the texts with the telling word have the issue."""
    (had, of), (coded, codings) = reason.starter, reason.coded
    told = []
    if of:
        told.append(Say(f"{had}/{of} câu của bộ khởi đầu", f"{had}/{of} texts of the starter set")[lang])
    if codings:
        told.append(Say(f"{coded}/{codings} câu đã mã hoá tay", f"{coded}/{codings} hand-coded texts")[lang])
    if not told:
        told.append(Say("từ các cụm từ của sổ mã", "from the phrases of the code-book")[lang])
    return f" ({'; '.join(told)})"
