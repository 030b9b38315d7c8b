"""Groups that speak of an issue more, or less, than all others: only what the coded sample tells apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from langnghe.report.coded import unreliable
from langnghe.report.document import Block, Column, Paragraph, Section, Table, line

if TYPE_CHECKING:
    from langnghe.report.facts import Material

MOST = 20
"""Rows of the table."""


def contrasts(m: Material) -> list[Section]:
    """The section on groups; none where the sample compares none."""
    rows = m.figures.contrasts
    if not m.final or rows.is_empty():
        return []
    kept = [row for row in rows.filter("clear").to_dicts() if not unreliable(m.figures, row["id"])]
    shown = sorted(kept, key=lambda row: -abs(row["estimate"]))[:MOST]
    names = {label.id: label.name[m.lang] for label in m.labels}
    blocks: list[Block] = [_about(m, rows.height)]
    if not shown:
        return [Section("contrasts", m.say("Không nhóm nào khác rõ", "No group is clearly different"), tuple(blocks))]
    top = shown[0]
    more = top["estimate"] > 0
    heading = m.say(
        f"{top['value']} ({top['group'].lower()}) nói đến {names[top['id']]} {'nhiều' if more else 'ít'} hơn các nhóm khác",
        f"{top['value']} ({top['group'].lower()}) speaks of {names[top['id']]} {'more' if more else 'less'} than the other groups",
    )
    cells = tuple(
        (
            f"{row['group']}: {row['value']}",
            names[row["id"]],
            m.percent(row["share"]),
            m.percent(row["rest"]),
            _points(m, row["estimate"]),
            f"{_points(m, row['low'])} … {_points(m, row['high'])}",
            m.number(row["coded"]),
        )
        for row in shown
    )
    columns = (
        Column(m.say("Nhóm", "Group")),
        Column(m.say("Vấn đề", "Issue")),
        Column(m.say("Trong nhóm", "In the group"), "number"),
        Column(m.say("Còn lại", "Others"), "number"),
        Column(m.say("Chênh lệch", "Difference"), "number", m.say("điểm", "points")),
        Column(m.say("Khoảng tin cậy 95\u00a0%", "95\u00a0% interval"), "number", m.say("điểm", "points")),
        Column(m.say("Đã mã hoá", "Coded"), "number", m.say("ý kiến", "texts")),
    )
    blocks.append(
        Table(columns, cells, m.say("Nhóm khác rõ với phần còn lại", "Groups that clearly differ from all others"))
    )
    return [Section("contrasts", heading, tuple(blocks))]


def _points(m: Material, difference: float) -> str:
    sign = "+" if difference > 0 else "−" if difference < 0 else ""
    return sign + m.number(100 * abs(difference), 1)


def _about(m: Material, compared: int) -> Paragraph:
    return Paragraph(
        line(
            m.say(
                f"Mỗi nhóm được so với mọi ý kiến còn lại của kỳ, trong mẫu người đọc mã hoá. {m.number(compared)} phép so sánh này được hiệu chỉnh "
                "chung với các thay đổi giữa hai kỳ (phương pháp Holm): khả năng cả báo cáo nêu nhầm, dù chỉ một chỗ, không quá 5 %. Đây là khác biệt "
                "giữa các ý kiến, không phải giữa mọi người lao động của nhóm.",
                f"Each group is held against all other texts of the period, in the coded sample: {m.number(compared)} comparisons, held together with the "
                "changes between periods by Holm's method, so that the chance of any wrong one in the report is at most 5 %. A difference of texts, not of "
                "all workers of a group.",
            )
        )
    )
