"""Shared messages: groups of copies, and each share with and without them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from langnghe.report.charts import CopyRow, dumbbell
from langnghe.report.document import Block, Column, Figure, Paragraph, Section, Table, line
from langnghe.report.facts import MOST_SHARED

if TYPE_CHECKING:
    from langnghe.report.facts import Material

LEAST_CHANGE = 0.001
EXCERPT = 400


def shared(m: Material) -> list[Section]:
    """The section on shared messages; none where there is none."""
    rows = m.figures.shared.head(MOST_SHARED).to_dicts()
    if not rows:
        return []
    blocks: list[Block] = [_about(m), _table(m, rows)]
    for number, row in enumerate(rows, 1):
        text = m.facts.messages.get(row["message"])
        if text is not None:
            blocks.append(
                Paragraph(line(m.say(f"Thông điệp {number}: ", f"Message {number}: "), f"“{_excerpt(text)}”"))
            )
    figure = _dumbbell(m)
    if figure is not None:
        blocks.append(figure)
    copies = m.number(rows[0]["texts"])
    heading = m.say(f"Một thông điệp được gửi lại {copies} lần", f"One message was sent again {copies} times")
    return [Section("shared", heading, tuple(blocks), new_page=True)]


def _about(m: Material) -> Paragraph:
    return Paragraph(
        line(
            m.say(
                "Thông điệp dùng chung là những ý kiến gần như giống nhau, xét theo lời chứ không theo người gửi. Đây không phải lời "
                "buộc tội: đơn kiến nghị cũng được chép lại, và mỗi tài khoản gửi nó vẫn là một tiếng nói.",
                "A shared message is a group of nearly equal texts, judged by its words and never by who sent it. It is no "
                "accusation: a petition is copied too, and every account that sent it stays a voice.",
            )
        )
    )


def _table(m: Material, rows: list[dict[str, Any]]) -> Table:
    accounts = m.figures.rule.basis == "accounts"
    cells = tuple(
        (
            m.say(f"Thông điệp {number}", f"Message {number}"),
            m.number(row["texts"]),
            *((m.number(row["voices"]),) if accounts else ()),
            m.number(row["sources"]),
            m.number(row["weeks"]),
            _span(m, row),
        )
        for number, row in enumerate(rows, 1)
    )
    columns = (
        Column(m.say("Thông điệp", "Message")),
        Column(m.say("Số lần", "Times"), "number"),
        *((Column(m.say("Tài khoản, ít nhất", "Accounts, at least"), "number"),) if accounts else ()),
        Column(m.say("Nguồn", "Sources"), "number"),
        Column(m.say(f"Số {m.step}", m.steps.capitalize()), "number"),
        Column(m.say("Từ – đến", "From – to")),
    )
    note = m.say(
        f"Chỉ những thông điệp có ít nhất {m.figures.rule.k} {m.unit} mới được nêu.",
        f"Only messages with at least {m.figures.rule.k} {m.unit} are named.",
    )
    return Table(columns, cells, m.say("Các thông điệp dùng chung", "Shared messages"), note)


def _span(m: Material, row: dict[str, Any]) -> str:
    if row["first_week"] is None:
        return m.say("không rõ ngày", "no dates")
    first, last = m.week(row["first_week"]), m.week(row["last_week"])
    return first if first == last else m.say(f"từ {first} đến {last}", f"{first} to {last}")


def _excerpt(text: str) -> str:
    return text if len(text) <= EXCERPT else text[:EXCERPT].rsplit(" ", 1)[0] + " …"


def _dumbbell(m: Material) -> Figure | None:
    rows = [r for r in m.shown_issues if abs(r["share_texts"] - r["share_messages"]) >= LEAST_CHANGE]
    if not rows:
        return None
    drawn = [CopyRow(m.name(r["issue"]), r["share_texts"], r["share_messages"]) for r in rows]
    most = max(rows, key=lambda r: abs(r["share_texts"] - r["share_messages"]))
    change = f"{m.percent(most['share_texts'])} → {m.percent(most['share_messages'])}"
    caption = m.say(
        f"Không kể bản sao, {m.name(most['issue'])} thay đổi nhiều nhất: {change}",
        f"Without copies, {m.name(most['issue'])} changes most: {change}",
    )
    alt = m.say(
        "Tỷ lệ khi kể và khi không kể bản sao: "
        + "; ".join(f"{d.label} {m.percent(d.with_copies or 0)} → {m.percent(d.without_copies or 0)}" for d in drawn)
        + ".",
        "Shares with and without copies: "
        + "; ".join(f"{d.label} {m.percent(d.with_copies or 0)} → {m.percent(d.without_copies or 0)}" for d in drawn)
        + ".",
    )
    base = m.say("Cơ sở: mọi ý kiến; thông điệp khác nhau.", "Base: all texts; distinct messages.")
    return Figure(dumbbell(drawn, title=caption, desc=alt, lang=m.lang), caption, alt, base)
