"""Figures as tables for open data, and as one JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import polars as pl

from langnghe.errors import Say
from langnghe.report.document import NO_DATE
from langnghe.report.labels import REACTIONS
from langnghe.report.opendata import OpenMeta, OpenTable, open_data

if TYPE_CHECKING:
    import datetime as dt

    from langnghe.nouns import Figures, IssueLabel
    from langnghe.report.document import Document

_COLUMNS = {
    "issue": Say("mã vấn đề", "issue id"),
    "name_vi": Say("tên vấn đề, tiếng Việt", "name of the issue in Vietnamese"),
    "name_en": Say("tên vấn đề, tiếng Anh", "name of the issue in English"),
    "found": Say("máy tìm ra (không có trong sổ mã)", "found by the machine (not in the code-book)"),
    "texts": Say("số ý kiến", "texts"),
    "messages": Say("số thông điệp khác nhau", "distinct messages"),
    "voices": Say(
        "số tài khoản, ít nhất (tổng tiếng nói, làm tròn xuống)", "accounts, at least (sum of voices, rounded down)"
    ),
    "share_texts": Say("tỷ lệ trên mọi ý kiến, 0–1", "share of all texts, 0–1"),
    "share_messages": Say("tỷ lệ trên thông điệp khác nhau, 0–1", "share of the distinct messages, 0–1"),
    "share": Say("tỷ lệ trong dòng, 0–1", "share within the row's base, 0–1"),
    "hidden": Say("ô bị ẩn vì quá ít hoặc để bảo vệ ô khác", "cell hidden: too few, or to protect another"),
    "week": Say("tuần, tháng hay quý: ngày đầu", "week, month or quarter: its first day"),
    "source": Say("nguồn", "source"),
    "group": Say("cách chia nhóm", "grouping"),
    "value": Say("nhóm", "group"),
    "reaction": Say("cách lên tiếng", "reaction"),
    "expected": Say(
        "số thông điệp thường thấy, nhiều nhất; tính từ những tuần in được",
        "usual number of distinct messages, at most; from the weeks that are shown",
    ),
    "ratio": Say("gấp ít nhất bao nhiêu lần", "times the usual number, at least"),
    "judged": Say(
        "tuần ấy vẫn được xét đột biến; false nếu thiếu quá nhiều ý kiến",
        "the week is still looked at for bursts; false where too many texts are missing",
    ),
    "phrase": Say("cụm từ", "phrase"),
    "rank": Say("thứ hạng theo số lần", "rank by times sent"),
    "own": Say("số từ riêng, không kể câu có sẵn", "words of its own, without ready-made sentences"),
    "sources": Say("số nguồn", "number of sources"),
    "first_week": Say("tuần đầu", "first week"),
    "last_week": Say("tuần cuối", "last week"),
    "weeks": Say("số tuần có mặt", "number of weeks"),
    "period": Say("kỳ", "period"),
    "kind": Say("issue: vấn đề; reaction: cách lên tiếng", "issue or reaction"),
    "id": Say("mã vấn đề hoặc cách lên tiếng", "id of the issue or the reaction"),
    "basis": Say(
        "tỷ lệ trên: ý kiến (texts), thông điệp khác nhau (messages), hay ý kiến đã cân (weighted)",
        "share of: texts, distinct messages, or texts with their population weights",
    ),
    "estimate": Say(
        "ước lượng, 0–1; trống nếu chỉ nêu cận trên", "estimate, 0–1; empty where only the upper limit is told"
    ),
    "low": Say("cận dưới của khoảng tin cậy 95 %", "lower limit of the 95 % interval"),
    "high": Say("cận trên của khoảng tin cậy 95 %", "upper limit of the 95 % interval"),
    "coded": Say("số ý kiến người đọc mã hoá", "texts coded by people"),
    "estimator": Say("cách ước lượng", "estimator"),
    "design_effect": Say("hệ số thiết kế", "design effect"),
    "wilson_low": Say("khoảng Wilson 95 %: từ", "Wilson's 95 % interval: from"),
    "wilson_high": Say("khoảng Wilson 95 %: đến", "Wilson's 95 % interval: to"),
    "rest": Say("tỷ lệ ở mọi ý kiến còn lại, 0–1", "share of all other texts, 0–1"),
    "answers": Say("số câu trả lời", "answers"),
    "effective": Say("cỡ hiệu dụng (Kish)", "effective size (Kish)"),
    "limited": Say("phần trọng số ở giới hạn, 0–1", "share of the weights at a limit, 0–1"),
    "sampling": Say("rút ngẫu nhiên (random) hay tự chọn (opt-in)", "random or opt-in"),
    "groups": Say("nhóm có tỷ lệ đã biết", "groups whose shares are known"),
    "whom_vi": Say("tỷ lệ nói về ai", "of whom shares are told, in Vietnamese"),
    "whom_en": Say("tỷ lệ nói về ai, tiếng Anh", "of whom shares are told, in English"),
    "before": Say("kỳ trước", "the period before"),
    "after": Say("kỳ này", "this period"),
    "adjusted": Say("xác suất, đã giữ chung cả báo cáo (Holm)", "probability, held over the report (Holm)"),
    "clear": Say("có thể nói là khác", "may be called a difference"),
    "what": Say("mã vấn đề, hoặc reaction", "id of an issue, or reaction"),
    "intensity": Say("phần thông điệp phàn nàn hoặc đề nghị, 0–1", "share of messages that complain or ask, 0–1"),
    "intensity_low": Say("cận dưới 95 %", "lower limit, 95 %"),
    "intensity_high": Say("cận trên 95 %", "upper limit, 95 %"),
    "momentum": Say("tỷ lệ gần đây chia tỷ lệ trước đó", "share lately over share before"),
    "momentum_low": Say("cận dưới 95 %", "lower limit, 95 %"),
    "momentum_high": Say("cận trên 95 %", "upper limit, 95 %"),
    "agree": Say("phần ý kiến mã hoá giống nhau, 0–1", "share of texts coded alike, 0–1"),
    "alpha": Say("alpha của Krippendorff", "Krippendorff's alpha"),
}


def tables(figures: Figures, labels: tuple[IssueLabel, ...]) -> dict[str, OpenTable]:
    """The tables that are published, by name. Hidden cells are empty and marked, issues are named by id."""
    named = pl.DataFrame(
        {
            "issue_number": range(len(labels)),
            "issue": [label.id for label in labels],
            "name_vi": [label.name.vi for label in labels],
            "name_en": [label.name.en for label in labels],
            "found": [label.found for label in labels],
        },
        schema={
            "issue_number": pl.UInt8,
            "issue": pl.String,
            "name_vi": pl.String,
            "name_en": pl.String,
            "found": pl.Boolean,
        },
    )

    def with_ids(frame: pl.DataFrame, *columns: str) -> pl.DataFrame:
        ids = dict(enumerate(named["issue"].to_list()))
        whole = pl.col("issue").cast(pl.Int64).replace_strict(ids, default=None, return_dtype=pl.String)
        return frame.with_columns(issue=whole.fill_null("all")).select(*columns)

    reactions = dict(enumerate(REACTIONS))
    reacted = figures.reactions.with_columns(
        reaction=pl.col("reaction").cast(pl.Int64).replace_strict(reactions, return_dtype=pl.String)
    )
    issues = figures.issues.rename({"issue": "issue_number"}).join(named, on="issue_number", maintain_order="left")
    made = {
        "issues": (
            issues.select("issue", "name_vi", "name_en", "found", *_COUNTS, "share_texts", "share_messages", "hidden"),
            Say("Các vấn đề", "Issues"),
        ),
        "weeks": (with_ids(figures.weeks, "issue", "week", *_COUNTS, "hidden"), Say("Theo tuần", "By week")),
        "sources": (figures.sources.select("source", *_COUNTS, "hidden"), Say("Theo nguồn", "By source")),
        "source-weeks": (
            figures.source_weeks.select("source", "week", *_COUNTS, "hidden"),
            Say("Nguồn theo tuần", "Sources by week"),
        ),
        "group-totals": (figures.group_totals, Say("Theo nhóm", "By group")),
        "groups": (
            with_ids(figures.groups, "issue", "group", "value", "texts", "share", "hidden"),
            Say("Vấn đề theo nhóm", "Issues by group"),
        ),
        "reactions": (
            with_ids(reacted, "issue", "reaction", *_COUNTS, "share", "hidden"),
            Say("Cách lên tiếng", "Reactions"),
        ),
        "bursts": (with_ids(figures.bursts, "issue", "week", "expected", "ratio"), Say("Tuần đột biến", "Bursts")),
        "gaps": (figures.gaps.sort("week", "source"), Say("Chỗ trống khi thu thập", "Gaps in collection")),
        "shared": (_shared(figures), Say("Thông điệp dùng chung", "Shared messages")),
        "phrases": (_phrases(labels), Say("Cụm từ đặc trưng", "Typical phrases")),
        "impact": (
            with_ids(figures.impact, "issue", *figures.impact.columns[1:]),
            Say("Tác động của từng vấn đề", "Impact of each issue"),
        ),
    }
    unit = {"accounts": Say("tài khoản", "accounts"), "messages": Say("thông điệp khác nhau", "distinct messages")}
    about = Say(
        f"Số máy đếm (bản nháp). Chỉ in khi có ít nhất {figures.rule.k} {unit[figures.rule.basis].vi}.",
        f"Machine counts (draft). Printed only for {figures.rule.k} {unit[figures.rule.basis].en} or more.",
    )
    return {
        name: OpenTable(_rounded(frame), title, about, {c: _COLUMNS[c] for c in frame.columns})
        for name, (frame, title) in made.items()
    } | _coded(figures)


def _coded(figures: Figures) -> dict[str, OpenTable]:
    """The tables that rest on hand-coding; those that are empty are not published."""
    made = {
        "shares": (figures.shares, Say("Tỷ lệ từ mẫu người đọc mã hoá", "Shares from the coded sample")),
        "changes": (figures.changes, Say("Thay đổi so với kỳ trước", "Changes since the period before")),
        "contrasts": (figures.contrasts, Say("Nhóm so với phần còn lại", "Groups against all others")),
        "weighting": (figures.weighting, Say("Trọng số theo dân số", "Population weights")),
        "agreement": (figures.agreement.drop("used"), Say("Hai người mã hoá giống nhau", "Agreement of two coders")),
    }
    about = Say("Từ mẫu ngẫu nhiên do người đọc và mã hoá.", "From the random sample that people read and coded.")
    return {
        name: OpenTable(_rounded(frame), title, about, {c: _COLUMNS[c] for c in frame.columns})
        for name, (frame, title) in made.items()
        if frame.height
    }


_COUNTS = ["texts", "messages", "voices"]


def _rounded(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.selectors.float().round(4))


def _shared(figures: Figures) -> pl.DataFrame:
    kept = ["texts", "voices", "own", "sources", "first_week", "last_week", "weeks"]
    return figures.shared.select(kept).with_row_index("rank", offset=1)


def _phrases(labels: tuple[IssueLabel, ...]) -> pl.DataFrame:
    rows = [(label.id, phrase) for label in labels for phrase in label.phrases]
    return pl.DataFrame(rows, schema={"issue": pl.String, "phrase": pl.String}, orient="row")


def publish(figures: Figures, labels: tuple[IssueLabel, ...], title: str) -> dict[str, bytes]:
    """The open data as files: name → bytes."""
    named = Say(title or "Người lao động nói gì", title or "What workers say")
    meta = OpenMeta(
        name="langnghe-report",
        title=named,
        description=Say("Số liệu của báo cáo Lắng Nghe.", "Figures of a report by Lắng Nghe."),
        date=figures.overview.last or NO_DATE,
    )
    return open_data(tables(figures, labels), meta)


def report_json(figures: Figures, labels: tuple[IssueLabel, ...], document: Document) -> bytes:
    """The report as JSON: cover, findings as sentences, and the tables of the open data."""
    data: dict[str, Any] = {
        "title": document.title,
        "period": document.subtitle,
        "status": document.status,
        "status_sentence": document.status_sentence,
        "facts": {fact.label: "".join(run.text for run in fact.value) for fact in document.facts},
        "findings": [
            {"text": "".join(run.text for run in finding.text), "base": finding.base}
            for block in document.front
            for finding in getattr(block, "findings", ())
        ],
        "rule": {"k": figures.rule.k, "basis": figures.rule.basis},
        "tables": {name: table.frame.to_dicts() for name, table in tables(figures, labels).items()},
    }
    return (json.dumps(data, ensure_ascii=False, indent=1, default=_date) + "\n").encode()


def _date(value: dt.date) -> str:
    return value.isoformat()
