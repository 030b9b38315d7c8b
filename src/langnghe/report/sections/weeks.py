"""Weeks: how much was said, and bursts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from langnghe.report.charts import weekly
from langnghe.report.document import Block, Column, Figure, Paragraph, Section, Table, line
from langnghe.report.sections.issues import panel

if TYPE_CHECKING:
    from langnghe.report.facts import Material

PANELS = 9
LEAST_WEEKS = 5
GAPS = 6
"""Panels shown; steps of time that are needed before anything is said of bursts; gaps in collection that are named."""


def weeks(m: Material) -> list[Section]:
    """The section on weeks; none where the texts have no dates."""
    if not m.figures.weeks.height:
        return []
    rows = m.shown_issues
    panels = [
        panel(m, None, m.say("Mọi ý kiến", "All texts")),
        *(panel(m, r["issue"], m.name(r["issue"])) for r in rows),
    ]
    drawn = [p for p in panels if any(week.kind == "count" for week in p.weeks)][:PANELS]
    caption = _heading(m)
    names = ", ".join(p.label for p in drawn)
    alt = m.say(f"Số ý kiến mỗi {m.step} của: {names}.", f"Texts a {m.step} of: {names}.")
    blocks: list[Block] = [_about(m), *_gaps(m)]
    if drawn:
        chart = weekly(drawn, title=caption, desc=alt, lang=m.lang, one_scale=False)
        base = m.say(
            "Cơ sở: ý kiến có ngày; tuần bắt đầu từ thứ Hai.", "Base: texts with a date; weeks begin on Monday."
        )
        blocks.append(Figure(chart, caption, alt, base))
    if m.figures.bursts.height:
        blocks.append(_bursts(m))
    return [Section("weeks", caption, tuple(blocks), new_page=True)]


def _heading(m: Material) -> str:
    bursts = m.figures.bursts.sort("ratio", descending=True)
    if m.figures.weeks["week"].n_unique() < LEAST_WEEKS:
        return m.say(f"Số ý kiến theo {m.step}", f"Texts by {m.step}")
    if not bursts.height:
        return m.say(f"Không có {m.step} nào tăng đột biến", f"No {m.step} shows a burst")
    issue, week = bursts.row(0, named=True)["issue"], bursts.row(0, named=True)["week"]
    return m.say(f"{m.name(issue)} tăng đột biến trong {m.week(week)}", f"{m.name(issue)} jumped in the {m.week(week)}")


def _about(m: Material) -> Paragraph:
    return Paragraph(
        line(
            m.say(
                f"Một {m.step} được gọi là đột biến khi số thông điệp khác nhau vượt xa mức thường thấy của chính vấn đề đó, kể cả "
                "dao động thông thường. Các tuần quanh Tết không được xét. Trong mô phỏng (số đếm nhị thức âm, 20 vấn đề, 13 tuần) 0 đến 18 % báo cáo nêu một đột biến dù không có chuyện gì; "
                "điều này chưa được kiểm tra trên dữ liệu thật.",
                f"A {m.step} is a burst when its distinct messages are far above the usual level of the same issue, ordinary ups "
                "and downs allowed for. Weeks around Tết are not judged. In simulations (negative binomial counts, 20 issues, 13 weeks) 0 to 18 % of reports named a burst though nothing had happened; "
                "this has not been checked on real data yet.",
            )
        )
    )


def _gaps(m: Material) -> list[Paragraph]:
    """The gaps in collection, and what they keep from being said; none where nothing is missing."""
    gaps = m.figures.gaps.sort("week", "source")
    if gaps.is_empty():
        return []
    told = "; ".join(
        f"{source}, {m.week(week)}" for source, week in gaps.select("source", "week").head(GAPS).iter_rows()
    )
    more = len(gaps) - GAPS
    told += m.say(f"; và {more} chỗ nữa", f"; and {more} more") if more > 0 else ""
    withheld = gaps.filter(~pl.col("judged"))["week"].n_unique()
    kept = m.say(
        f" Vì thế {withheld} {m.step} không được xét: không gọi là đột biến, cũng không gọi là giảm."
        if withheld
        else "",
        f" So {withheld} {m.step if withheld == 1 else m.steps} are not judged: neither a burst nor a drop is claimed there."
        if withheld
        else "",
    )
    said = m.say(
        "Thu thập có chỗ đứt quãng: nguồn sau đây gần như không có ý kiến nào, dù bình thường có nhiều, nên đừng đọc chỗ ấy là "
        f"người ta nói ít đi: {told}.",
        "Collection has gaps: these sources brought hardly any text, though they usually bring many, so don't read it as people "
        f"saying less: {told}.",
    )
    return [Paragraph(line(said + kept))]


def _bursts(m: Material) -> Table:
    rows = m.figures.bursts.join(
        m.figures.weeks.select("issue", "week", "messages"), on=["issue", "week"], maintain_order="left"
    ).sort(["ratio", "issue"], descending=[True, False])
    cells = tuple(
        (m.name(issue), m.week(week), m.number(messages), m.number(expected, 1), m.number(ratio, 1))
        for issue, week, messages, expected, ratio in rows.select(
            pl.col("issue", "week", "messages", "expected", "ratio")
        ).iter_rows()
    )
    columns = (
        Column(m.say("Vấn đề", "Issue")),
        Column(m.step.capitalize()),
        Column(m.say("Thông điệp", "Messages"), "number"),
        Column(m.say("Mức thường", "Usual level"), "number"),
        Column(m.say("Gấp", "Times"), "number", m.say("lần", "×")),
    )
    note = m.say(
        f"Mức thường tính từ những {m.step} in được, {m.step} bị ẩn tính là {m.figures.rule.k}: con số này hơi cao, số lần hơi thấp.",
        f"The usual level is that of the {m.steps} that are printed, hidden ones taken for {m.figures.rule.k}: rather too high, so that "
        "'times' is rather too low.",
    )
    return Table(columns, cells, m.say(f"Các {m.step} tăng đột biến", "Bursts"), note)
