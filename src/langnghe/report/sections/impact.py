"""Impact as a profile: one row an issue, each column with its own unit, and no sum of them."""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING, Any

from langnghe.report.document import Column, Paragraph, Section, Table, line, link
from langnghe.report.numbers import span

if TYPE_CHECKING:
    from langnghe.report.facts import Material


def impact(m: Material) -> list[Section]:
    """The profile of each issue that is shown; none where there is nothing to show."""
    known = {row["issue"]: row for row in m.figures.impact.to_dicts()}
    rows = [known[row["issue"]] for row in m.shown_issues if row["issue"] in known]
    if not rows:
        return []
    about = m.say(
        "Mỗi cột là một thước đo riêng; không cộng chúng thành một điểm, vì không ai biết bốn mươi người trong một tuần nặng bằng "
        "mấy người trong mười tuần.",
        "Each column is a measure of its own. They are not added up to one score: nobody knows how forty people in one week weigh "
        "against four in ten weeks.",
    )
    heading = m.say("Tác động: bao nhiêu người, bao lâu, gay gắt đến đâu", "Impact: how many, how long, how pressing")
    return [Section("impact", heading, (Paragraph(line(about)), _table(m, rows)))]


def _table(m: Material, rows: list[dict[str, Any]]) -> Table:
    accounts = m.figures.rule.basis == "accounts"
    unit = m.say("tài khoản, ít nhất", "accounts, at least") if accounts else m.say("thông điệp", "messages")
    columns = (
        Column(m.say("Vấn đề", "Issue")),
        Column(m.say("Tiếng nói", "Voices"), "number", unit),
        Column(m.say("Nguồn", "Sources"), "number", m.say("đủ ngưỡng", "at least k")),
        Column(m.say("Kéo dài", "Lasted"), "number", m.steps),
        Column(m.say("Gay gắt", "Intensity"), "number", m.say("% phàn nàn, đề nghị", "% complain or ask")),
        Column(m.say("Đà gần đây", "Momentum"), "number", m.say("lần so với trước", "times its earlier share")),
    )
    cells = tuple(_row(m, row, accounts=accounts) for row in rows)
    note = m.say(
        f"Số máy đếm. Nguồn và {m.step} chỉ tính khi có ít nhất {m.figures.rule.k} {m.unit}. Trong ngoặc: khoảng 95 % do ngẫu nhiên, chưa kể máy "
        "đếm sai.",
        f"Machine counts. Sources and {m.steps} count where they stand for at least {m.figures.rule.k} {m.unit}. In brackets: what chance does, at 95 %, "
        "not what the machine counts wrongly.",
    )
    momentum = m.say(
        f" Đà: tỷ lệ trong một phần tư cuối của kỳ so với trước đó; để trống khi quá ít hoặc có {m.step} bị ẩn.",
        f" Momentum: the share in the last quarter of the window over that before; empty where there is too little or a {m.step} is hidden.",
    )
    told = [True] * 4 + [any(row[name] is not None for row in rows) for name in ("intensity", "momentum")]
    caption = m.say("Tác động của từng vấn đề", "The impact of each issue")
    kept = tuple(tuple(compress(row, told)) for row in cells)
    return Table(tuple(compress(columns, told)), kept, caption, note + momentum * told[-1])


def _row(m: Material, row: dict[str, Any], *, accounts: bool) -> tuple[Any, ...]:
    count = row["voices"] if accounts else row["messages"]
    ends = "" if row["intensity"] is None else span(row["intensity_low"], row["intensity_high"], m.lang, 0)
    intensity = f"{m.number(100 * row['intensity'])} ({ends})" if ends else None
    return (
        link(m.name(row["issue"]), m.anchor(row["issue"])),
        m.number(count),
        "–" if row["sources"] is None else m.number(row["sources"]),
        m.number(row["weeks"] or 0),
        intensity,
        _times(m, row),
    )


def _times(m: Material, row: dict[str, Any]) -> str:
    if row["momentum"] is None:
        return "–"
    ends = f"{m.number(row['momentum_low'], 1)}–{m.number(row['momentum_high'], 1)}"
    return f"{m.number(row['momentum'], 1)} ({ends})"
