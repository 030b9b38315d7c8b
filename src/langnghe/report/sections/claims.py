"""Claims that go round: how often each was seen, and what people found when they checked it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from langnghe.report.document import Block, Column, Paragraph, Section, Table, line, strong

if TYPE_CHECKING:
    from langnghe.nouns import ClaimSeen
    from langnghe.report.facts import Material

MOST = 20
"""Claims that are listed."""


def claims(m: Material) -> list[Section]:
    """The section on claims; none where none was looked for or none may be shown."""
    seen = m.facts.claims[:MOST]
    if not seen:
        return []
    checked = sum(1 for one in seen if one.check)
    heading = m.say(
        f"{len(seen)} điều được truyền nhau, {checked} điều đã kiểm chứng",
        f"{len(seen)} {'claim goes' if len(seen) == 1 else 'claims go'} round, {checked} checked",
    )
    found: list[Block] = [_found(m, one) for one in seen if one.check]
    return [Section("claims", heading, (_about(m), _table(m, seen), *found), new_page=True)]


def _about(m: Material) -> Paragraph:
    return Paragraph(
        line(
            m.say(
                "Máy tìm những câu có thể kiểm chứng và so với những điều bàn kiểm chứng đã trả lời; kết luận đúng sai là của "
                "cán bộ. Bảng đếm điều được nói, không đếm ai nói, và không chia theo nhóm hay nguồn.",
                "A machine finds sentences that can be checked and holds them against what the check desk has answered; verdicts "
                "are people's. What is said is counted, never who said it, and nothing is shown by group or source.",
            )
        )
    )


def _table(m: Material, seen: tuple[ClaimSeen, ...]) -> Table:
    accounts = m.figures.rule.basis == "accounts"
    columns = (
        Column(m.say("Điều được nói", "What is said")),
        Column(m.say("Kết luận", "Verdict")),
        Column(m.say("Số lần", "Times"), "number"),
        *((Column(m.say("Tài khoản, ít nhất", "Accounts, at least"), "number"),) if accounts else ()),
        Column(m.say(f"Nhiều nhất trong {m.step}", f"Most in a {m.step}")),
    )
    rows = tuple(
        (
            one.claim,
            one.verdict[m.lang] if one.check else m.say("chưa kiểm chứng", "not checked yet"),
            m.number(one.texts),
            *((m.few(one.voices),) if accounts else ()),
            _peak(m, one),
        )
        for one in seen
    )
    note = m.say(
        f"Chỉ những điều có ít nhất {m.figures.rule.k} {m.unit} nói mới được nêu.",
        f"Only claims that at least {m.figures.rule.k} {m.unit} made are named.",
    )
    return Table(columns, rows, m.say("Những điều được truyền nhau", "Claims that go round"), note)


def _peak(m: Material, one: ClaimSeen) -> str:
    shown = {week: texts for week, texts in one.weeks.items() if texts is not None}
    if not shown:
        return "×"
    week = min(shown, key=lambda w: (-shown[w], w))
    return f"{m.week(week)} ({m.number(shown[week])})"


def _found(m: Material, one: ClaimSeen) -> Paragraph:
    sources = "; ".join(one.sources)
    cited = m.say(f" Căn cứ: {sources}.", f" Sources: {sources}.") if sources else ""
    return Paragraph(line(strong(f"{one.claim} – {one.verdict[m.lang]}. "), one.summary + cited))
