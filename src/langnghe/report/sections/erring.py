"""How often the machine errs when it gives issues, as it states itself, and what that statement rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from langnghe.report.facts import Material


def erring_told(m: Material) -> list[tuple[str, str]]:
    """A fact for the methods: name and sentences; none where the code-book was not used."""
    if not m.guided:
        return []
    text = " ".join(part for part in (_errors(m), _basis(m), _pairs(m)) if part)
    return [(m.say("Máy xếp sai bao nhiêu", "How often the machine errs"), text)]


def _errors(m: Material) -> str:
    wrong, missed, undecided = (m.facts.stated.get(name) for name in ("wrong", "missed", "undecided"))
    if wrong is None:
        return m.say(
            "Không biết: chưa ai gắn nhãn câu nào cho các vấn đề này.",
            "Not known: nobody has labelled a text for these issues.",
        )
    parts = [
        m.say(
            f"Trong các vấn đề máy xếp cho ý kiến, khoảng {m.percent(wrong)} là sai",
            f"Of the issues that the machine gives to texts, about {m.percent(wrong)} are wrong",
        )
    ]
    if missed is not None:
        parts.append(
            m.say(
                f"trong các ý kiến máy cho là không nói về vấn đề nào, khoảng {m.percent(missed)} thật ra có",
                f"of the texts said to speak of none, about {m.percent(missed)} do",
            )
        )
    if undecided is not None:
        parts.append(
            m.say(
                f"{m.percent(undecided)} ý kiến máy không dám quyết",
                f"it leaves {m.percent(undecided)} of the texts undecided",
            )
        )
    return "; ".join(parts) + "."


def _basis(m: Material) -> str:
    if m.facts.stated.get("wrong") is None:
        return ""
    coded = int(m.facts.stated.get("coded") or 0)
    if coded:
        return m.say(
            f"Đo trên {m.number(coded)} ý kiến của mẫu ngẫu nhiên đã được người mã hoá; máy chấm từng ý kiến khi chưa được xem ý kiến ấy.",
            f"Measured on {m.number(coded)} hand-coded texts of the random sample, each judged by a machine that had not seen it.",
        )
    return m.say(
        "Đó là dự tính, không phải đo: máy học từ những câu bịa, rồi tính theo mức phổ biến của từng vấn đề trong chính dữ liệu này. Lời lẽ ở đây khác lời "
        "trong các câu bịa thì máy sai nhiều hơn. Sai bao nhiêu thật thì chưa biết, cho đến khi người đọc mã hoá một mẫu ngẫu nhiên.",
        "This is expected, not measured: learnt from invented texts, and worked out for how common each issue is in these data. Where people put things "
        "otherwise than in the invented texts, more is wrong. How much really is wrong is unknown until people code a random sample.",
    )


def _pairs(m: Material) -> str:
    names = {label.id: label.name[m.lang] for label in m.labels}
    told = [(names[a], names[b]) for a, b in m.facts.confused if a in names and b in names]
    if not told:
        return ""
    pairs = "; ".join(m.say(f"“{a}” thành “{b}”", f"‘{a}’ for ‘{b}’") for a, b in told)
    where = (
        m.say("trong các ý kiến đã mã hoá", "in the coded texts")
        if m.facts.stated.get("coded")
        else m.say("trong các câu bịa", "in the invented texts")
    )
    return m.say(f"Hay bị xếp nhầm ({where}): {pairs}.", f"Often taken for each other ({where}): {pairs}.")
