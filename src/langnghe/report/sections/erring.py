"""How often the machine errs when it gives issues, as it states itself, and what that statement rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from langnghe.report.numbers import NBSP, percent, span

if TYPE_CHECKING:
    from langnghe.report.facts import Material


def erring_told(m: Material) -> list[tuple[str, str]]:
    """A fact for the methods: name and sentences; none where the code-book was not used."""
    if not m.guided:
        return []
    text = " ".join(part for part in (_errors(m), _basis(m), _pairs(m)) if part)
    return [(m.say("Máy xếp sai bao nhiêu", "How often the machine errs"), text)]


def expected_sentence(m: Material) -> str:
    """For the front of a draft: how many of the issues given may be wrong; '' where nobody can tell."""
    wrong, most = (m.facts.stated.get(name) for name in ("wrong", "wrong_most"))
    if not m.guided or wrong is None or most is None:
        return ""
    between = span(wrong, most, m.lang, 0)
    return m.say(
        f" Trong các vấn đề máy xếp, có lẽ {between}{NBSP}% là sai (xem Cách làm).",
        f" Of the issues that the machine gives, probably {between}% are wrong (see Methods).",
    )


def _errors(m: Material) -> str:
    wrong, missed, undecided = (m.facts.stated.get(name) for name in ("wrong", "missed", "undecided"))
    if wrong is None:
        return m.say(
            "Không biết: chưa ai gắn nhãn câu nào cho các vấn đề này.",
            "Not known: nobody has labelled a text for these issues.",
        )
    share = _range(m, "wrong", wrong)
    parts = [
        m.say(
            f"Trong các vấn đề máy xếp cho ý kiến, {share} là sai",
            f"Of the issues that the machine gives to texts, {share} are wrong",
        )
    ]
    if missed is not None:
        share = _range(m, "missed", missed)
        parts.append(
            m.say(
                f"trong các ý kiến máy cho là không nói về vấn đề nào, {share} thật ra có",
                f"of the texts said to speak of none, {share} do",
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


def _range(m: Material, name: str, share: float) -> str:
    """An expected error as a range, a measured one with the upper end of its interval."""
    most, told = m.facts.stated.get(f"{name}_most"), percent(share, m.lang, 0)
    if most is None:
        return m.say(f"khoảng {told}", f"about {told}")
    if m.facts.stated.get("coded"):
        highest = percent(most, m.lang, 0)
        return m.say(f"khoảng {told} (nhiều nhất {highest})", f"about {told} (at most {highest})")
    between = span(share, most, m.lang, 0)
    return m.say(f"dự tính {between}{NBSP}%", f"probably {between}%")


def _basis(m: Material) -> str:
    if m.facts.stated.get("wrong") is None:
        return ""
    coded = int(m.facts.stated.get("coded") or 0)
    if coded:
        return m.say(
            f"Đo trên {m.number(coded)} ý kiến của mẫu ngẫu nhiên đã được người mã hoá; máy chấm từng ý kiến khi chưa được xem ý kiến ấy. "
            "“Nhiều nhất” là đầu trên của khoảng tin cậy 95 %.",
            f"Measured on {m.number(coded)} hand-coded texts of the random sample, each judged by a machine that had not seen it. "
            "‘At most’ is the upper end of the 95 % interval.",
        )
    return m.say(
        "Đó là dự tính, không phải đo: máy học từ những câu bịa, rồi tính theo mức phổ biến của từng vấn đề trong chính dữ liệu này. Số thấp đúng khi người "
        "ở đây viết, và người đọc ở đây hiểu từng vấn đề, như những người đã viết các câu bịa. Viết khác, hiểu khác thì máy sai nhiều hơn: số cao là mức "
        "hầu như không lần nào vượt khi cho máy chấm thử câu của những người viết mà nó chưa học, rồi đem so với nhãn của người khác. Sai bao nhiêu thật thì "
        "chưa biết, cho đến khi người đọc mã hoá một mẫu ngẫu nhiên.",
        "This is expected, not measured: learnt from invented texts, and worked out for how common each issue is in these data. The lower figure holds where "
        "people here write, and readers here draw the line of an issue, as those did who invented the texts. Where they do not, more is wrong: the higher "
        "figure is one that hardly any trial went beyond, in which the machine judged texts by writers it had not learnt from and was held against another "
        "person's labels. "
        "How much really is wrong is unknown until people code a random sample.",
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
