"""Hand-coding in the methods: how the sample was drawn, who coded it, how far coders agree, how shares were estimated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from langnghe.report.coded import LEAST_USED, RELIABLE, last_period, told_agreement
from langnghe.report.document import Column, Table
from langnghe.report.numbers import period as named

if TYPE_CHECKING:
    from langnghe.report.facts import Material


def drawing_told(m: Material) -> str:
    """How the sample was drawn; '' where none was."""
    period = last_period(m.figures)
    if period is None:
        return ""
    return m.say(
        f"Người ta đọc một mẫu ngẫu nhiên {m.number(period.drawn)} ý kiến của {named(period.name, m.lang)}, rút không hoàn lại trong "
        f"{m.number(period.texts)} ý kiến, theo tỷ lệ từng nguồn, trước khi xem bất cứ điều gì máy nói. Bản thân tệp đầu vào không phải mẫu ngẫu "
        "nhiên: ai có mặt trong đó do nơi xuất dữ liệu quyết định.",
        f"People read a random sample of {m.number(period.drawn)} texts of {named(period.name, m.lang)}, drawn without replacement from its "
        f"{m.number(period.texts)} in proportion to the sources, before anything that a machine says was looked at. The files themselves "
        "are no random sample: who is in them was decided where they were exported.",
    )


def coding_told(m: Material) -> str:
    """How much was coded, and by how many how often."""
    period = last_period(m.figures)
    if period is None:
        return m.say("Chưa có: 0 ý kiến được mã hoá.", "None yet: 0 texts coded.")
    twice = m.figures.agreement["texts"].max() or 0
    return m.say(
        f"{m.number(period.coded)} trên {m.number(period.drawn)} ý kiến của mẫu đã được mã hoá theo sổ mã in ở cuối báo cáo, "
        f"{m.number(int(str(twice)))} ý kiến do hai người mã hoá độc lập; người mã hoá không thấy kết quả của máy.",
        f"{m.number(period.coded)} of the {m.number(period.drawn)} sampled texts were coded by the code-book printed below, "
        f"{m.number(int(str(twice)))} by two people independently; coders saw nothing that the machine says.",
    )


def estimation_told(m: Material) -> str:
    """How shares were estimated."""
    if not m.final:
        return m.say(
            "Không: số máy đếm, không có khoảng tin cậy, không gia quyền.",
            "None: machine counts, no intervals, no weights.",
        )
    effects = m.figures.shares.filter(pl.col("estimator") != "upper bound")["design_effect"]
    effect = m.number(float(str(effects.max() or 1.0)), 2)
    unweighed = (
        ""
        if m.figures.weighting.height
        else m.say(
            " Không gia quyền theo dân số: ý kiến không đại diện cho người lao động.",
            " No population weights: the texts do not represent workers.",
        )
    )
    return _divided(m) + m.say(
        "Khoảng tin cậy 95 % của Wilson, có hiệu chỉnh mẫu hữu hạn và hệ số thiết kế của bản sao (lớn nhất "
        f"{effect}); dưới năm ý kiến trong mẫu thì chỉ nêu cận trên (Clopper–Pearson). So sánh các kỳ và các nhóm: Newcombe, giữ chung bằng Holm."
        + unweighed,
        "Wilson's 95 % interval with the finite-population correction and the design effect of copies (at most "
        f"{effect}); for fewer than five sampled texts the upper limit alone (Clopper–Pearson). Periods and groups are compared by Newcombe's interval, held together by "
        "Holm's method." + unweighed,
    )


def _divided(m: Material) -> str:
    """That some shares are estimated with the sample divided by score, and that this was chosen before coding; '' where none is."""
    period = last_period(m.figures)
    own = pl.col("period") == (period.name if period else "")
    number = m.figures.shares.filter(own & (pl.col("estimator") == "stratified") & (pl.col("basis") == "texts")).height
    if not number:
        return ""
    return m.say(
        f"Với {number} tỷ lệ, mẫu được chia tầng theo điểm máy chấm sau khi rút (Holt và Smith 1979): việc này được chọn và ghi lại trước khi có ai "
        "mã hoá, ở chỗ khoảng tin cậy dự tính hẹp hơn ít nhất 15 %; máy chưa thấy kết quả mã hoá nào của kỳ này. Khoảng Wilson in bên cạnh. ",
        f"For {number} shares the sample was divided by the machine's score after the draw (Holt and Smith 1979): chosen and written down before "
        "anybody coded, where the expected interval is at least 15 % narrower; the machine had seen no coding of this period. Wilson's "
        "interval stands beside. ",
    )


def weighting_told(m: Material) -> str:
    """How answers were weighed, and of whom a weighted share may be told; '' where no known shares were given."""
    rows = m.figures.weighting
    if rows.is_empty():
        return ""
    row = rows.tail(1).row(0, named=True)
    asked = (
        m.say("Người trả lời được rút ngẫu nhiên.", "People were drawn at random.")
        if row["sampling"] == "random"
        else m.say(
            "Người trả lời tự chọn trả lời: cân không làm họ thành mẫu của ai khác.",
            "People answered of their own accord: weights don't make them a sample of anybody else.",
        )
    )
    used = pl.col("basis") == "weighted"
    draft = (
        ""
        if m.figures.shares.filter(used).height
        else m.say(" Chưa dùng vào đâu: số máy đếm không được cân.", " Not used yet: machine counts are not weighed.")
    )
    return m.say(
        f"Câu trả lời được cân theo tỷ lệ đã biết của {row['groups']} (raking, trọng số từ 0,2 đến 5 lần trung bình; {m.percent(row['limited'])} nằm ở "
        f"giới hạn): {m.number(row['answers'])} câu trả lời, chắc như {m.number(row['effective'])} câu nặng bằng nhau (Kish), hệ số thiết kế "
        f"{m.number(row['design_effect'], 2)}. {asked} Tỷ lệ đã cân nói về: {row['whom_vi']}.{draft}",
        f"Answers were weighed by the known shares of {row['groups']} (raking, weights of 0.2 to 5 times the mean; {m.percent(row['limited'])} lie at a "
        f"limit): {m.number(row['answers'])} answers, as sure as {m.number(row['effective'])} of equal weight (Kish), design effect "
        f"{m.number(row['design_effect'], 2)}. {asked} Weighted shares are told of: {row['whom_en']}.{draft}",
    )


def agreement_table(m: Material) -> list[Table]:
    """How far two coders agree, per issue; none where nothing was coded twice."""
    rows = told_agreement(m.figures).to_dicts()
    if not rows:
        return []
    names = {label.id: label.name[m.lang] for label in m.labels} | {"reaction": m.say("Cách lên tiếng", "Reaction")}
    cells = tuple(
        (
            names.get(row["what"], row["what"]),
            m.number(row["alpha"], 2),
            f"{m.number(row['low'], 2)} – {m.number(row['high'], 2)}",
            m.percent(row["agree"]),
        )
        for row in rows
    )
    columns = (
        Column(m.say("Mã", "Code")),
        Column("alpha", "number"),
        Column(m.say("Khoảng tin cậy 95\u00a0%", "95\u00a0% interval"), "number"),
        Column(m.say("Giống nhau", "Alike"), "number"),
    )
    note = m.say(
        f"Alpha của Krippendorff, {m.number(rows[0]['texts'])} ý kiến do hai người mã hoá. Dưới {m.number(RELIABLE, 3)}: đừng kết luận gì. Mã ít "
        f"gặp (dưới {LEAST_USED} ý kiến) không có dòng.",
        f"Krippendorff's alpha, {m.number(rows[0]['texts'])} texts coded by two people. Below {m.number(RELIABLE, 3)} nothing may be concluded. Codes "
        f"met in fewer than {LEAST_USED} texts have no row.",
    )
    return [Table(columns, cells, m.say("Hai người mã hoá giống nhau đến đâu", "How far two coders agree"), note)]
