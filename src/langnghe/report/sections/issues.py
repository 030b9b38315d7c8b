"""The issues: the table, a page each, and those beyond the code-book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from langnghe.report.charts import MixRow, Panel, Week, reaction_mix, weekly
from langnghe.report.document import (
    Block,
    Box,
    Column,
    Fact,
    Facts,
    Figure,
    Paragraph,
    Section,
    Table,
    emphasis,
    line,
    link,
    strong,
)
from langnghe.report.labels import REACTIONS
from langnghe.report.sections.findings import issue_sentence
from langnghe.report.sections.impact import impact

if TYPE_CHECKING:
    import datetime as dt

    from langnghe.report.document import Line
    from langnghe.report.facts import Material

LEAST_FOR_GROUPS = 2


def issues(m: Material) -> list[Section]:
    """The table of issues, the reactions, and one page an issue."""
    rows = m.shown_issues
    if not rows:
        return []
    sections = [Section("issues", _heading(m, rows), (_intro(m), _table(m, rows)), new_page=True)]
    if m.figures.reactions.height:
        sections.append(_reactions(m, rows))
    sections += impact(m)
    if not m.guided:
        sections.append(_found(m, rows))
    else:
        sections.append(Section("each", m.say("Từng vấn đề một", "Issue by issue")))
    sections += [_page(m, row) for row in rows]
    if m.guided and (m.figures.overview.found or 0) >= m.figures.rule.k:
        sections.append(_found(m, m.candidates))
        sections += [_page(m, row) for row in m.candidates]
    return sections


def _heading(m: Material, rows: list[dict[str, Any]]) -> str:
    if not rows:
        return m.say("Không vấn đề nào đủ lớn để in", "No issue is large enough to print")
    names = "; ".join(m.name(row["issue"]) for row in rows[:2])
    if m.final:  # what people coded says what is spoken of most
        return m.say(f"Máy đếm được nhiều thông điệp nhất: {names}", f"Most messages by machine count: {names}")
    return m.say(f"Được nói đến nhiều nhất: {names}", f"Spoken of most: {names}")


def _intro(m: Material) -> Paragraph:
    hidden = int(m.figures.issues["hidden"].sum())
    more = (
        m.say(
            f" {m.number(hidden)} vấn đề có dưới {m.figures.rule.k} {m.unit} nên không in số.",
            f" {m.number(hidden)} issues have fewer than {m.figures.rule.k} {m.unit} and are not printed.",
        )
        if hidden
        else ""
    )
    return Paragraph(
        line(
            m.say(
                "Hai tỷ lệ đứng cạnh nhau: trên mọi ý kiến, và trên các thông điệp khác nhau (bản sao chỉ tính một lần)."
                + more,
                "Two shares stand side by side: of all texts, and of the distinct messages (copies count once)." + more,
            )
        )
    )


def _table(m: Material, rows: list[dict[str, Any]]) -> Table:
    bursts = set(m.figures.bursts["issue"].to_list())
    cells = tuple(
        (
            link(m.name(row["issue"]), m.anchor(row["issue"])),
            m.number(row["texts"]),
            m.number(row["messages"]),
            m.number(100 * row["share_texts"], 1),
            m.number(100 * row["share_messages"], 1),
            "▲" if row["issue"] in bursts else "",
        )
        for row in rows
    )
    columns = (
        Column(m.say("Vấn đề", "Issue")),
        Column(m.say("Ý kiến", "Texts"), "number"),
        Column(m.say("Thông điệp khác nhau", "Distinct messages"), "number"),
        Column(m.say("Tỷ lệ ý kiến", "Share of texts"), "number", "%"),
        Column(m.say("Tỷ lệ thông điệp", "Share of messages"), "number", "%"),
        Column("▲"),
    )
    caption = m.say("Các vấn đề theo số thông điệp khác nhau", "Issues by number of distinct messages")
    return Table(
        columns,
        cells,
        caption,
        m.say(f"Số máy đếm. ▲: có {m.step} tăng đột biến.", f"Machine counts. ▲: has a {m.step} with a burst."),
    )


def _mix(m: Material, issue: int | None, label: str) -> MixRow:
    match = pl.col("issue").is_null() if issue is None else pl.col("issue") == issue
    rows = m.figures.reactions.filter(match)
    shares = dict(rows.select("reaction", "share").iter_rows())
    hidden = bool(rows["hidden"].any()) or not rows.height
    # a suppressed reaction can't be drawn in a bar of parts: it joins 'other', which then is what is left
    values = [shares.get(number) or 0.0 for number in range(len(REACTIONS) - 1)]
    if hidden and sum(values) == 0:
        return MixRow(label, None, None)
    return MixRow(label, (*values, max(0.0, 1 - sum(values))), None)


def _reactions(m: Material, rows: list[dict[str, Any]]) -> Section:
    bases = {row["issue"]: row["messages"] for row in rows}
    mixes = [_mix(m, None, m.say("Tất cả", "All")), *(_mix(m, row["issue"], m.name(row["issue"])) for row in rows)]
    counts = [m.figures.overview.messages, *(bases[row["issue"]] for row in rows)]
    drawn = [MixRow(mix.label, mix.shares, count) for mix, count in zip(mixes, counts, strict=True) if mix.shares]
    whole = mixes[0].shares or ()
    parts = ", ".join(f"{say[m.lang]} {m.percent(v)}" for say, v in zip(REACTIONS.values(), whole, strict=False))
    caption = m.say("Cách người ta lên tiếng về từng vấn đề", "How people speak of each issue")
    alt = m.say(f"Trên mọi thông điệp: {parts}.", f"Of all messages: {parts}.")
    base = m.say(
        "Cơ sở: thông điệp khác nhau. Phần quá ít để in được gộp vào “khác”; vấn đề chỉ có những phần như thế không có dòng.",
        "Base: distinct messages. Parts too small to print are within 'other'; an issue with nothing else has no row.",
    )
    unit = m.say("thông điệp", "messages")
    figure = Figure(reaction_mix(drawn, title=caption, desc=alt, lang=m.lang, unit=unit), caption, alt, base)
    heading = m.say(
        "Phàn nàn, đề nghị, hỏi, khen: không gộp làm một", "Complaint, request, question, praise: kept apart"
    )
    return Section("reactions", heading, (figure,))


def _page(m: Material, row: dict[str, Any]) -> Section:
    issue = row["issue"]
    blocks: list[Block] = [
        Paragraph(_sentence(m, row)),
        Facts(_facts(m, issue)),
    ]
    trend = _trend(m, issue)
    if trend is not None:
        blocks.append(trend)
    blocks += [
        table for name in m.figures.groups["group"].unique(maintain_order=True) if (table := _groups(m, issue, name))
    ]
    return Section(m.anchor(issue), m.name(issue), tuple(blocks), level=2)


def _sentence(m: Material, row: dict[str, Any]) -> Line:
    return line(
        issue_sentence(m, row["issue"]),
        strong(m.say(f"{m.number(row['texts'])} ý kiến", f"{m.number(row['texts'])} texts")),
        m.say(
            f" ({m.percent(row['share_texts'])}), {m.number(row['messages'])} thông điệp khác nhau "
            f"({m.percent(row['share_messages'])}). Số máy đếm.",
            f" ({m.percent(row['share_texts'])}), {m.number(row['messages'])} distinct messages "
            f"({m.percent(row['share_messages'])}). Machine counts.",
        ),
    )


def _facts(m: Material, issue: int) -> tuple[Fact, ...]:
    label = m.labels[issue]
    facts = [] if label.found else [Fact(m.say("Là gì", "What it is"), line(label.definition[m.lang]))]
    if label.phrases:
        said = ", ".join(f"“{phrase}”" for phrase in label.phrases)
        facts.append(Fact(m.say("Lời thường gặp", "Typical phrases"), line(emphasis(said))))
    mix = _mix(m, issue, "").shares
    if mix:
        shown = [(say[m.lang], v) for say, v in zip(REACTIONS.values(), mix, strict=True) if v > 0]
        facts.append(
            Fact(m.say("Cách lên tiếng", "Reaction"), line(", ".join(f"{n} {m.percent(v)}" for n, v in shown)))
        )
    if label.law.vi:
        facts.append(Fact(m.say("Luật liên quan", "Law"), line(label.law[m.lang])))
    return tuple(facts)


def panel(m: Material, issue: int | None, label: str) -> Panel:
    """The weeks of an issue (None for all texts) for the chart."""
    match = pl.col("issue").is_null() if issue is None else pl.col("issue") == issue
    rows = m.figures.weeks.filter(match).sort("week")
    heard = dict(m.figures.weeks.filter(pl.col("issue").is_null()).select("week", "texts").iter_rows())
    bursts = set(m.figures.bursts.filter(pl.col("issue") == issue)["week"].to_list()) if issue is not None else set()
    return Panel(
        label,
        tuple(
            _week(w, n, hidden=h, heard=heard, bursts=bursts)
            for w, n, h in rows.select("week", "texts", "hidden").iter_rows()
        ),
    )


def _week(
    week: dt.date,
    count: int | None,
    *,
    hidden: bool,
    heard: dict[dt.date, int | None],
    bursts: set[dt.date],
) -> Week:
    if heard.get(week) == 0:
        return Week(week, None, "gap")
    return Week(week, None, "suppressed") if hidden else Week(week, count, burst=week in bursts)


def _trend(m: Material, issue: int) -> Figure | None:
    drawn = panel(m, issue, m.say(f"Ý kiến mỗi {m.step}", f"Texts a {m.step}"))
    if sum(week.kind == "count" for week in drawn.weeks) < 3:
        return None
    known = [week for week in drawn.weeks if week.count is not None]
    most = max(known, key=lambda week: week.count or 0)
    name = m.name(issue)
    caption = m.say(f"{name}: nhiều nhất trong {m.week(most.start)}", f"{name}: most in the {m.week(most.start)}")
    alt = m.say(
        f"{m.number(most.count or 0)} ý kiến trong {m.week(most.start)}; {m.step} ít nhất in được có "
        f"{m.number(min(w.count or 0 for w in known))}.",
        f"{m.number(most.count or 0)} texts in the {m.week(most.start)}; the lowest {m.step} printed has "
        f"{m.number(min(w.count or 0 for w in known))}.",
    )
    base = m.say("Cơ sở: ý kiến có ngày.", "Base: texts with a date.")
    return Figure(weekly([drawn], title=caption, desc=alt, lang=m.lang), caption, alt, base)


def _groups(m: Material, issue: int, name: str) -> Table | None:
    rows = m.figures.groups.filter((pl.col("group") == name) & (pl.col("issue") == issue))
    shown = rows.filter(~pl.col("hidden") & pl.col("share").is_not_null()).sort(
        ["share", "value"], descending=[True, False]
    )
    if shown.height < LEAST_FOR_GROUPS:
        return None
    cells = tuple(
        (value, m.number(texts), m.number(100 * share, 1))
        for value, texts, share in shown.select("value", "texts", "share").iter_rows()
    )
    columns = (
        Column(name),
        Column(m.say("Ý kiến", "Texts"), "number"),
        Column(m.say("Tỷ lệ", "Share"), "number", "%"),
    )
    note = m.say(
        f"Trong các ý kiến của mỗi dòng. {m.number(rows.height - shown.height)} dòng quá ít nên không in.",
        f"Of the texts of each row. {m.number(rows.height - shown.height)} rows too small to print.",
    )
    return Table(columns, cells, m.say(f"Theo {name.lower()}", f"By {name.lower()}"), note)


def _named(m: Material, groups: int) -> str:
    if not groups:
        return m.say(
            "không nhóm nào có đủ lời đặc trưng để nêu tên.", "no group has enough typical phrases to be named."
        )
    return m.say(
        f"{m.number(groups)} nhóm có đủ lời đặc trưng để nêu ở dưới. Đây là gợi ý để người đọc xem, chưa phải vấn đề: một nhóm có thể chỉ là lời "
        "chào hoặc chuyện phiếm, hoặc là cách nói mà sổ mã còn thiếu.",
        f"{m.number(groups)} groups have enough typical phrases to be named below. They are candidates for people to look "
        "at, not issues: a group may be small talk, or a way of speaking that the code-book lacks.",
    )


def _found(m: Material, rows: list[dict[str, Any]]) -> Section:
    o = m.figures.overview
    text = (
        m.say(
            f"{m.few(o.found)} ý kiến không khớp vấn đề nào của sổ mã. Máy gom chúng theo lời dùng chung; ",
            f"{m.few(o.found)} texts fit no issue of the code-book. They were grouped by the words they share; ",
        )
        + _named(m, len(rows))
        if m.guided
        else m.say(
            f"Sổ mã chỉ khớp {m.percent(m.facts.covered)} số thông điệp, nên các vấn đề ở đây do máy tìm ra từ chính lời trong ý "
            "kiến. Tên mỗi nhóm là những cụm từ đặc trưng nhất của nó; người đọc nên đặt lại tên.",
            f"The code-book fits {m.percent(m.facts.covered)} of the messages only, so the issues here were found in the texts "
            "themselves. Each is named by its most typical phrases; people should rename them.",
        )
    )
    heading = (
        m.say("Những điều sổ mã chưa có", "What the code-book does not have")
        if m.guided
        else m.say("Các nhóm ý kiến do máy tìm ra", "Groups of texts that the machine found")
    )
    box = Box("method", m.say("Nhóm do máy tìm ra", "Found by the machine"), (Paragraph(line(text)),))
    return Section("found", heading, (box,), new_page=bool(rows))
