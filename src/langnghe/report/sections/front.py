"""The first page: cover facts, the findings as full sentences, and the main figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from langnghe.report.charts import ShareRow, dot_plot
from langnghe.report.document import Block, Box, Column, Fact, Figure, Finding, Findings, Paragraph, Table, line, strong
from langnghe.report.sections.erring import expected_sentence
from langnghe.report.sections.findings import coded_figure, coded_findings, ranked, unfinished_sentence

if TYPE_CHECKING:
    from langnghe.report.facts import Material

MOST = 5
FRONT_ROWS = 13
"""Findings, and rows of the main figure, that fit on one page; the table has all issues."""


def cover(m: Material) -> tuple[Fact, ...]:
    """The facts under the title."""
    o = m.figures.overview
    enough = o.voices is not None and o.voices >= m.figures.rule.k
    voices = (
        m.say(f", của ít nhất {m.few(o.voices)} tài khoản", f", of at least {m.few(o.voices)} accounts")
        if enough
        else ""
    )
    heard = m.say(
        f"{m.few(o.texts)} ý kiến{voices}; {m.few(o.messages)} thông điệp khác nhau; {m.number(o.sources)} nguồn",
        f"{m.few(o.texts)} texts{voices}; {m.few(o.messages)} distinct messages; {m.number(o.sources)} sources",
    )
    return (
        Fact(m.say("Dữ liệu từ", "Data window"), line(m.period)),
        Fact(m.say("Đã nghe", "Heard"), line(heard)),
        Fact(m.say("Lượt chạy", "Run"), line(m.facts.run)),
    )


def draft_sentence(m: Material) -> str:
    """Why this is a draft."""
    return (
        m.say(
            "Chưa có mẫu nào được người đọc và mã hoá xong, nên mọi con số ở đây là số máy đếm: chúng cho biết nên xem gì trước, "
            "chưa phải kết quả để công bố.",
            "No sample has been read and coded by people to its end, so every figure here is a machine count: it says where to look "
            "first, and is no result to publish.",
        )
        + expected_sentence(m)
        + unfinished_sentence(m)
    )


def front(m: Material) -> tuple[Block, ...]:
    """The findings and the main figure."""
    if not m.shown_issues:
        return (_too_few(m),)
    return (Findings(findings(m)), coded_figure(m) if m.final and ranked(m) else main_figure(m))


def _too_few(m: Material) -> Box:
    text = m.say(
        f"Không vấn đề nào có đủ {m.figures.rule.k} {m.unit} để in số. Hãy gom thêm ý kiến, hoặc gộp nhiều kỳ vào một báo cáo.",
        f"No issue has the {m.figures.rule.k} {m.unit} that a figure needs. Gather more texts, or join several periods.",
    )
    return Box("limit", m.say("Quá ít để báo cáo", "Too few to report"), (Paragraph(line(text)),))


def findings(m: Material) -> tuple[Finding, ...]:
    """At most five sentences, each with its figure and its base."""
    largest = coded_findings(m) if m.final else [_first(m), _next(m)]
    candidates = [*largest, *_bursts(m), *_shared(m), _rest(m), _requests(m)]
    return tuple(finding for finding in candidates if finding is not None)[:MOST]


def _base(m: Material, texts: int, messages: int) -> str:
    return m.say(
        f"{m.few(texts)} ý kiến, {m.few(messages)} thông điệp khác nhau",
        f"{m.few(texts)} texts, {m.few(messages)} distinct messages",
    )


def _first(m: Material) -> Finding | None:
    rows = m.shown_issues
    if not rows:
        return None
    top = rows[0]
    share = m.percent(top["share_messages"])
    name = m.name(top["issue"])
    return Finding(
        line(
            strong(m.say(f"{name} được nói đến nhiều nhất", f"{name} is spoken of most")),
            m.say(f": {share} số thông điệp khác nhau.", f": {share} of the distinct messages."),
        ),
        _base(m, top["texts"], top["messages"]),
        m.anchor(top["issue"]),
    )


def _next(m: Material) -> Finding | None:
    rows = m.shown_issues[1:4]
    if len(rows) < 2:
        return None
    parts = [f"{m.name(row['issue'])} ({m.percent(row['share_messages'])})" for row in rows]
    joined = m.say(" và ", " and ").join([", ".join(parts[:-1]), parts[-1]])
    return Finding(
        line(m.say("Tiếp theo là ", "Next come "), strong(joined), "."),
        m.say("tỷ lệ trên số thông điệp khác nhau", "shares of the distinct messages"),
        "issues",
    )


def _bursts(m: Material) -> list[Finding]:
    shown = {row["issue"] for row in m.shown_issues}
    bursts = m.figures.bursts.sort("ratio", descending=True).unique("issue", keep="first", maintain_order=True)
    rows = [row for row in bursts.to_dicts() if row["issue"] in shown][:2]
    return [_burst(m, row) for row in rows]


def _burst(m: Material, row: dict[str, object]) -> Finding:
    issue, week, ratio = int(str(row["issue"])), row["week"], float(str(row["ratio"]))
    weeks = m.figures.weeks.filter((pl.col("issue") == issue) & (pl.col("week") == week))
    count = int(weeks["messages"].item())
    name = m.name(issue)
    return Finding(
        line(
            strong(m.say(f"{name} tăng đột biến", f"{name} jumped")),
            m.say(
                f" trong {m.week(week)}: gấp ít nhất {m.number(ratio, 1)} lần mức thường thấy.",  # type: ignore[arg-type]
                f" in the {m.week(week)}: at least {m.number(ratio, 1)} times its usual level.",  # type: ignore[arg-type]
            ),
        ),
        m.say(
            f"{m.number(count)} thông điệp khác nhau trong {m.step} đó",
            f"{m.number(count)} distinct messages that {m.step}",
        ),
        "weeks",
    )


def _shared(m: Material) -> list[Finding]:
    rows = m.figures.shared.head(1).to_dicts()
    if not rows:
        return []
    row = rows[0]
    share = m.percent(row["texts"] / m.figures.overview.texts)
    return [
        Finding(
            line(
                strong(m.say("Một thông điệp được gửi lại", "One message was sent again")),
                m.say(
                    f" {m.number(row['texts'])} lần ({share} số ý kiến) trong {m.number(row['weeks'])} {m.step}; "
                    "các tỷ lệ được in cả khi kể và khi không kể bản sao.",
                    f" {m.number(row['texts'])} times ({share} of the texts) over {m.number(row['weeks'])} {m.steps}; "
                    "shares with and without its copies stand side by side.",
                ),
            ),
            m.say(f"từ {m.number(row['sources'])} nguồn", f"from {m.number(row['sources'])} sources"),
            "shared",
        )
    ]


def _requests(m: Material) -> Finding | None:
    asked = m.figures.reactions.filter(pl.col("issue").is_null() & pl.col("reaction").is_in([1, 2]))
    if len(asked) < 2 or asked["hidden"].any():
        return None
    request, question = asked.sort("reaction")["share"].to_list()
    return Finding(
        line(
            m.say("Máy nhận ra ", "The machine recognised "),
            strong(
                m.say(
                    f"{m.percent(question)} là câu hỏi và {m.percent(request)} là đề nghị",
                    f"{m.percent(question)} as questions and {m.percent(request)} as requests",
                )
            ),
            m.say(": những ý kiến đang chờ trả lời.", ": messages that wait for an answer."),
        ),
        m.say("trên số thông điệp khác nhau", "of the distinct messages"),
        "reactions",
    )


def _rest(m: Material) -> Finding | None:
    o = m.figures.overview
    outside = o.undecided if not m.guided else None if o.with_issue is None else o.texts - o.with_issue
    if outside is None or outside < m.figures.rule.k:
        return None
    share = m.percent(outside / o.texts)
    text = (
        m.say(
            f"{share} số ý kiến không khớp vấn đề nào của sổ mã", f"{share} of the texts fit no issue of the code-book"
        )
        if m.guided
        else m.say(f"{share} số ý kiến máy chưa xếp được", f"{share} of the texts could not be placed")
    )
    return Finding(
        line(strong(text), m.say("; chúng được đếm, không bị bỏ.", "; they are counted, not hidden.")),
        m.say(f"{m.number(outside)} ý kiến", f"{m.number(outside)} texts"),
        "found" if m.guided and (o.found or 0) >= m.figures.rule.k else "methods",
    )


def main_figure(m: Material) -> Figure:
    """Dots: share of texts beside share of distinct messages, one row an issue."""
    rows = m.shown_issues[:FRONT_ROWS]
    shares = [ShareRow(m.name(r["issue"]), r["share_texts"], r["share_messages"]) for r in rows]
    top = ", ".join(f"{m.name(r['issue'])} {m.percent(r['share_messages'])}" for r in rows[:3])
    caption = m.say("Người lao động nói đến những gì", "What people speak of")
    if rows:
        caption = m.say(
            f"{m.name(rows[0]['issue'])} đứng đầu những điều được nói đến",
            f"{m.name(rows[0]['issue'])} leads what people speak of",
        )
    alt = m.say(f"Tỷ lệ thông điệp khác nhau: {top}.", f"Share of the distinct messages: {top}.")
    o = m.figures.overview
    return Figure(
        dot_plot(shares, title=caption, desc=alt, lang=m.lang, draft=True),
        caption,
        alt,
        m.say(
            f"Cơ sở: {_base(m, o.texts, o.messages)}, {m.period}. Một ý kiến có thể nói đến nhiều vấn đề.",
            f"Base: {_base(m, o.texts, o.messages)}, {m.period}. A text may speak of several issues.",
        ),
        share_table(m),
    )


def share_table(m: Material) -> Table:
    """The numbers behind the main figure."""
    cells = tuple(
        (
            m.name(r["issue"]),
            m.number(r["texts"]),
            m.number(r["messages"]),
            m.number(100 * r["share_texts"], 1),
            m.number(100 * r["share_messages"], 1),
        )
        for r in m.shown_issues
    )
    return Table(
        (
            Column(m.say("Vấn đề", "Issue")),
            Column(m.say("Ý kiến", "Texts"), "number"),
            Column(m.say("Thông điệp khác nhau", "Distinct messages"), "number"),
            Column(m.say("Tỷ lệ ý kiến", "Share of texts"), "number", "%"),
            Column(m.say("Tỷ lệ thông điệp", "Share of messages"), "number", "%"),
        ),
        cells,
    )
