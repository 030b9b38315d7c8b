"""Who was heard and who was not: sources × weeks, groups, share of copies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from langnghe.report.charts import SourceRow, coverage
from langnghe.report.document import Block, Box, Column, Figure, Paragraph, Section, Table, line

if TYPE_CHECKING:
    import datetime as dt

    from langnghe.report.facts import Material

MOST_SOURCES = 12


def heard(m: Material) -> list[Section]:
    """The section on who was heard."""
    o = m.figures.overview
    share = m.percent(o.copies / o.texts) if o.copies == 0 or o.copies >= m.figures.rule.k else "×"
    blocks: list[Block] = [
        Paragraph(
            line(
                m.say(
                    f"Báo cáo đọc {m.few(o.texts)} ý kiến từ {m.number(o.sources)} nguồn. "
                    f"{m.few(o.copies)} ý kiến ({share}) là bản sao của một ý kiến khác, "
                    f"nên còn {m.few(o.messages)} thông điệp khác nhau.",
                    f"The report reads {m.few(o.texts)} texts from {m.number(o.sources)} sources. "
                    f"{m.few(o.copies)} of them ({share}) are copies of another text, "
                    f"which leaves {m.few(o.messages)} distinct messages.",
                )
            )
        ),
        Box("limit", m.say("Không đại diện cho mọi người lao động", "Not representative of all workers"), (_limit(m),)),
    ]
    if m.figures.source_weeks.height:
        blocks.append(_coverage(m))
    blocks.append(_sources(m))
    blocks += [_group(m, name) for name in m.figures.group_totals["group"].unique(maintain_order=True)]
    heading = m.say("Ai đã được nghe, ai chưa", "Who was heard and who was not")
    return [Section("heard", heading, tuple(blocks), new_page=True)]


def _limit(m: Material) -> Paragraph:
    return Paragraph(
        line(
            m.say(
                "Ai viết và viết ở đâu không phải do ta chọn. Người không có điện thoại, không dùng mạng hoặc ngại nói không có "
                "mặt ở đây. Tỷ lệ trong báo cáo là tỷ lệ trong các ý kiến này, không phải trong toàn thể người lao động.",
                "Who wrote, and where, was not chosen by us. People without a phone, off the network or afraid to speak are not "
                "here. Shares in this report are shares of these texts, not of all workers.",
            )
        )
    )


def _coverage(m: Material) -> Figure:
    table = m.figures.source_weeks
    weeks: list[dt.date] = m.figures.weeks["week"].unique().sort().to_list()
    totals = m.figures.sources.sort("texts", descending=True, nulls_last=True).head(MOST_SOURCES)
    rows = []
    for source, total in totals.select("source", "texts").iter_rows():
        own = table.filter(pl.col("source") == source)
        counts = {
            week: "×" if hidden else count for week, count, hidden in own.select("week", "texts", "hidden").iter_rows()
        }
        rows.append(SourceRow(source, tuple(counts.get(week) for week in weeks), total))
    caption = m.say(f"Mỗi nguồn góp bao nhiêu ý kiến mỗi {m.step}", f"How many texts each source gave each {m.step}")
    alt = m.say(
        f"Số ý kiến của từng nguồn theo {m.step}: " + "; ".join(f"{r.label} {_count(m, r.total)}" for r in rows) + ".",
        f"Texts of each source by {m.step}: " + "; ".join(f"{r.label} {_count(m, r.total)}" for r in rows) + ".",
    )
    base = m.say(f"Cơ sở: ý kiến có ngày, {m.period}.", f"Base: texts with a date, {m.period}.")
    chart = coverage(rows, weeks, title=caption, desc=alt, lang=m.lang, unit=m.say("ý kiến", "texts"))
    return Figure(chart, caption, alt, base)


def _count(m: Material, value: int | None) -> str:
    return "×" if value is None else m.number(value)


def _sources(m: Material) -> Table:
    rows = m.figures.sources.sort("texts", descending=True, nulls_last=True)
    cells = tuple(
        (source, _cell(m, texts), _cell(m, messages))
        for source, texts, messages in rows.select("source", "texts", "messages").iter_rows()
    )
    return Table(
        (
            Column(m.say("Nguồn", "Source")),
            Column(m.say("Ý kiến", "Texts"), "number"),
            Column(m.say("Thông điệp khác nhau", "Distinct messages"), "number"),
        ),
        cells,
        m.say("Ý kiến theo nguồn", "Texts by source"),
    )


def _cell(m: Material, value: int | None) -> str | None:
    return None if value is None else m.number(value)


def _group(m: Material, name: str) -> Table:
    rows = m.figures.group_totals.filter(pl.col("group") == name).sort("texts", descending=True, nulls_last=True)
    blank = m.say("(không ghi)", "(not given)")
    cells = tuple((value or blank, _cell(m, texts)) for value, texts in rows.select("value", "texts").iter_rows())
    return Table(
        (Column(name), Column(m.say("Ý kiến", "Texts"), "number")),
        cells,
        m.say(f"Ý kiến theo {name.lower()}", f"Texts by {name.lower()}"),
    )
