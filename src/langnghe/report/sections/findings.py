"""Findings of a final report: shares with their intervals from what people coded, in full sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from langnghe.report.bands import word_for
from langnghe.report.charts import ShareRow, dot_plot
from langnghe.report.coded import CodedShare, change_of, last_period, share_of, unreliable
from langnghe.report.document import Column, Figure, Finding, Table, line, strong
from langnghe.report.numbers import period as named
from langnghe.report.numbers import span

if TYPE_CHECKING:
    from langnghe.report.document import Cell
    from langnghe.report.facts import Material

TOP = 3
ROWS = 10
"""Issues that get a finding; rows of the main figure."""


def ranked(m: Material) -> list[tuple[int, CodedShare]]:
    """The issues whose share was estimated, by falling share; issues that coders agree on too little come in no finding."""
    found = [
        (number, share)
        for number, label in enumerate(m.labels)
        if not label.found and (share := share_of(m.figures, "issue", label.id)) and share.estimate is not None
    ]
    return sorted(found, key=lambda pair: (-(pair[1].estimate or 0), pair[0]))


def status_sentence(m: Material) -> str:
    """What the findings rest on."""
    period = last_period(m.figures)
    if period is None:
        return ""
    return m.say(
        f"Các tỷ lệ có khoảng tin cậy 95 % được ước lượng từ {m.number(period.coded)} ý kiến rút ngẫu nhiên trong "
        f"{m.number(period.texts)} ý kiến của {named(period.name, m.lang)}, do người đọc và mã hoá. Những bảng ghi “số máy đếm” vẫn là số máy.",
        f"Shares with a 95 % interval are estimated from {m.number(period.coded)} texts drawn at random from the "
        f"{m.number(period.texts)} of {named(period.name, m.lang)}, read and coded by people. Tables marked 'machine counts' are still that.",
    )


def unfinished_sentence(m: Material) -> str:
    """Why a report is a draft though a sample was drawn; '' where none was."""
    period = last_period(m.figures)
    if period is None:
        return ""
    return m.say(
        f" Mẫu của {named(period.name, m.lang)}: {m.number(period.coded)} trên {m.number(period.drawn)} ý kiến đã được mã hoá; phải xong cả mẫu "
        "mới có kết quả.",
        f" Sample of {named(period.name, m.lang)}: {m.number(period.coded)} of {m.number(period.drawn)} texts are coded; findings wait for "
        "the whole sample.",
    )


def coded_findings(m: Material) -> list[Finding]:
    """One sentence for each of the largest issues, each with its interval, the word for its size and what changed."""
    rows = [(number, share) for number, share in ranked(m) if not unreliable(m.figures, m.labels[number].id)]
    return [_finding(m, place, number, share) for place, (number, share) in enumerate(rows[:TOP])]


def _finding(m: Material, place: int, number: int, share: CodedShare) -> Finding:
    period = last_period(m.figures)
    low, high = share.low or 0.0, share.high
    word = word_for(low, high)
    name = m.name(number)
    said = _leads(m) if place == 0 else name
    size = m.say(f", {word.vi} ý kiến", f", {word.en} texts") if word else ""
    messages = _messages(m, number)
    both = (
        ""
        if messages is None
        else m.say(
            f"; {m.percent(messages)} số thông điệp khác nhau", f"; {m.percent(messages)} of the distinct messages"
        )
    )
    told = f": {m.percent(share.estimate or 0)} ({span(low, high, m.lang)}){size}{both}"
    changed = _changed(m, m.labels[number].id)
    base = m.say(
        f"tỷ lệ trên số ý kiến, khoảng tin cậy 95 %; {m.number(period.coded if period else 0)} ý kiến người đọc mã hoá",
        f"share of the texts, 95 % interval; {m.number(period.coded if period else 0)} texts coded by people",
    )
    page = {row["issue"] for row in m.shown_issues}
    return Finding(line(strong(said), told, changed, "."), base, m.anchor(number) if number in page else "methods")


def _leads(m: Material) -> str:
    """That an issue is spoken of most, where the intervals tell it apart from the next; else that it is among those."""
    (first, share), *others = ranked(m)
    name = m.name(first)
    if all(other.high < (share.low or 0.0) for _, other in others):
        return m.say(f"{name} được nói đến nhiều nhất", f"{name} is spoken of most")
    return m.say(f"{name} thuộc những điều được nói đến nhiều nhất", f"{name} is among what is spoken of most")


def _changed(m: Material, issue: str) -> str:
    """What changed since the period before, in points; nothing where no period was before."""
    change = change_of(m.figures, issue)
    if change is None:
        return ""
    before = named(change.before, m.lang)
    if not change.clear:
        return m.say(f"; không khác rõ so với {before}", f"; not clearly different from {before}")
    points = m.number(100 * abs(change.estimate), 1)
    ends = sorted((abs(change.low), abs(change.high)))
    interval = f"{m.number(100 * ends[0], 1)}–{m.number(100 * ends[1], 1)}"
    verb = m.say("tăng", "up") if change.estimate > 0 else m.say("giảm", "down")
    return m.say(
        f"; {verb} {points} điểm ({interval}) so với {before}",
        f"; {verb} {points} points ({interval}) from {before}",
    )


def coded_figure(m: Material) -> Figure:
    """Dots with intervals: share of texts beside share of distinct messages, one row an issue."""
    rows = ranked(m)[:ROWS]
    drawn = [
        ShareRow(m.name(number), share.estimate, _messages(m, number), (share.low or 0.0, share.high))
        for number, share in rows
    ]
    top = ", ".join(f"{m.name(number)} {share.printed(m.lang)}" for number, share in rows[:3])
    caption = _leads(m)
    alt = m.say(f"Tỷ lệ ý kiến với khoảng tin cậy: {top}.", f"Share of the texts with interval: {top}.")
    period = last_period(m.figures)
    counted = (m.number(period.coded), m.number(period.texts), named(period.name, m.lang)) if period else ("", "", "")
    base = m.say(
        f"Cơ sở: mẫu ngẫu nhiên {counted[0]} trong {counted[1]} ý kiến của {counted[2]}. Một ý kiến có thể nói đến nhiều vấn đề.",
        f"Base: a random sample of {counted[0]} of the {counted[1]} texts of {counted[2]}. A text may speak of several issues.",
    )
    chart = dot_plot(drawn, title=caption, desc=alt, lang=m.lang)
    return Figure(chart, caption, alt, base + _rare(m), coded_table(m))


def _messages(m: Material, number: int) -> float | None:
    share = share_of(m.figures, "issue", m.labels[number].id, "messages")
    return share.estimate if share else None


def _rare(m: Material) -> str:
    """The issues of which only an upper limit is told."""
    shares = [(label, share_of(m.figures, "issue", label.id)) for label in m.labels if not label.found]
    rare = [f"{label.name[m.lang]} ({m.percent(s.high)})" for label, s in shares if s and s.estimate is None]
    if not rare:
        return ""
    listed = ", ".join(rare)
    return m.say(f" Hiếm trong mẫu, nhiều nhất: {listed}.", f" Rare in the sample, at most: {listed}.")


def coded_table(m: Material) -> Table:
    """The numbers behind the main figure, with what the machine counted beside them."""
    counted = {row["issue"]: row for row in m.figures.issues.to_dicts()}
    cells: list[tuple[Cell, ...]] = []
    divided = False
    for number, label in enumerate(m.labels):
        texts, messages = (share_of(m.figures, "issue", label.id, basis) for basis in ("texts", "messages"))
        if label.found or texts is None or messages is None:
            continue
        machine = counted.get(number, {}).get("share_texts")
        mark = " *" if unreliable(m.figures, label.id) else ""
        shown = None if machine is None else m.number(100 * machine, 1)
        divided = divided or texts.estimator == "stratified"
        beside = texts.wilson(m.lang)
        weighted = share_of(m.figures, "issue", label.id, "weighted")
        told = weighted.printed(m.lang) if weighted else None
        cells.append((m.name(number) + mark, texts.printed(m.lang), beside, messages.printed(m.lang), told, shown))
    columns: tuple[Column, ...] = (
        Column(m.say("Vấn đề", "Issue")),
        Column(m.say("Tỷ lệ ý kiến", "Share of texts"), "number", m.say("khoảng tin cậy 95 %", "95 % interval")),
        Column("Wilson", "number", m.say("khoảng tin cậy 95 %", "95 % interval")),
        Column(m.say("Tỷ lệ thông điệp", "Share of messages"), "number", m.say("khoảng tin cậy 95 %", "95 % interval")),
        Column(m.say("Đã cân", "Weighted"), "number", m.say("khoảng tin cậy 95 %", "95 % interval")),
        Column(m.say("Máy đếm", "Machine count"), "number", "%"),
    )
    unused = {4} if m.figures.weighting.is_empty() else set()
    unused |= set() if divided else {2}  # Wilson's interval stands with the share already
    columns = tuple(one for n, one in enumerate(columns) if n not in unused)
    cells = [tuple(part for n, part in enumerate(row) if n not in unused) for row in cells]
    note = m.say(
        "* Hai người mã hoá giống nhau quá ít (alpha dưới 0,667): đừng kết luận gì từ dòng này.",
        "* Two coders agree too little (alpha below .667): conclude nothing from this row.",
    )
    marked = any(str(row[0]).endswith("*") for row in cells)
    notes = [note] * marked + [_weighed(m)] * (not m.figures.weighting.is_empty())
    caption = m.say("Tỷ lệ của từng vấn đề, từ mẫu người đọc mã hoá", "Share of each issue, from the coded sample")
    return Table(columns, tuple(cells), caption, " ".join(notes))


def _weighed(m: Material) -> str:
    row = m.figures.weighting.row(-1, named=True)
    return m.say(
        f"Đã cân: mỗi nhóm được tính đúng bằng phần của nó trong số liệu đã biết ({row['groups']}); tỷ lệ này nói về {row['whom_vi']}.",
        f"Weighted: each group counts for its known share ({row['groups']}); told of {row['whom_en']}.",
    )


def issue_sentence(m: Material, number: int) -> str:
    """What people found of one issue: both shares, and what changed; '' where nothing was coded."""
    label = m.labels[number]
    texts, messages = (share_of(m.figures, "issue", label.id, basis) for basis in ("texts", "messages"))
    if texts is None or messages is None:
        return ""
    said = m.say(
        f"Theo mẫu người đọc: {texts.printed(m.lang)} số ý kiến, {messages.printed(m.lang)} số thông điệp khác nhau",
        f"By the coded sample: {texts.printed(m.lang)} of the texts, {messages.printed(m.lang)} of the distinct messages",
    )
    return said + _changed(m, label.id) + ". "
