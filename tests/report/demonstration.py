"""A demonstration report with invented figures: what the renderers are tested on, and what people look at."""

from __future__ import annotations

import datetime as dt

from langnghe.report.charts import (
    CopyRow,
    MixRow,
    Panel,
    ShareRow,
    SourceRow,
    Week,
    coverage,
    dot_plot,
    dumbbell,
    reaction_mix,
    weekly,
)
from langnghe.report.document import (
    Box,
    Cell,
    Chart,
    Column,
    Document,
    Fact,
    Facts,
    Figure,
    Finding,
    Findings,
    Paragraph,
    Points,
    Section,
    Table,
    emphasis,
    line,
    link,
    strong,
)
from langnghe.report.labels import REACTIONS
from langnghe.report.numbers import number, percent

ISSUES = {
    "wages": ("Lương, đơn giá và nợ lương", 0.242, 0.231),
    "hours": ("Giờ làm, tăng ca không tự nguyện và ca kíp", 0.187, 0.179),
    "meals": ("Suất ăn ca, căng tin và ngộ độc thực phẩm", 0.151, 0.064),
    "housing": ("Nhà trọ, tiền điện nước và nhà ở xã hội", 0.128, 0.131),
    "social-insurance": ("Bảo hiểm xã hội: đóng, nợ đóng, chốt sổ và rút một lần", 0.117, 0.112),
    "conditions": ("Điều kiện làm việc: nóng, bụi, ồn, nhà vệ sinh, nước uống, chỗ nghỉ giữa ca", 0.094, 0.095),
    "treatment": ("Bị quát mắng, xúc phạm, phạt tiền hoặc phân biệt đối xử", 0.071, 0.068),
    "cost-of-living": ("Giá cả, chi tiêu, nợ nần và tiền gửi về quê", 0.066, 0.066),
    "women-children": ("Thai sản, nuôi con nhỏ, nhà trẻ và trường cho con", 0.052, 0.054),
    "safety": ("An toàn lao động, hoá chất và cháy nổ", 0.041, 0.039),
    "transport": ("Xe đưa đón, đường đi làm và xăng xe", 0.033, 0.033),
    "unemployment-insurance": ("Bảo hiểm thất nghiệp", 0.024, 0.024),
    "training": ("Học nghề và nâng tay nghề", 0.013, 0.013),
}
WEEKS = tuple(dt.date(2026, 7, 6) + dt.timedelta(weeks=number) for number in range(13))
TEXTS = 1512


def _share(share: float, lang: str = "vi") -> str:
    return percent(share, "vi" if lang == "vi" else "en")


def _main_figure(*, draft: bool) -> Figure:
    rows = [
        ShareRow(name, texts, messages, None if draft else (texts * 0.9 - 0.004, texts * 1.1 + 0.006))
        for name, texts, messages in ISSUES.values()
    ]
    rows.append(ShareRow("Hoạt động công đoàn", None, None))
    chart = dot_plot(
        rows,
        title="Lương được nói đến nhiều nhất",
        desc="Lương 24,2\u00a0%, giờ làm 18,7\u00a0%.",
        lang="vi",
        draft=draft,
    )
    cells: tuple[tuple[Cell, ...], ...] = (
        *((link(name, key), _share(texts), _share(messages)) for key, (name, texts, messages) in ISSUES.items()),
        ("Hoạt động công đoàn", None, None),
    )
    columns = (
        Column("Vấn đề"),
        Column("Bình luận", "number", "% của tất cả"),
        Column("Thông điệp khác nhau", "number", "% của tất cả"),
    )
    return Figure(
        chart,
        "Lương và giờ làm được nói đến nhiều nhất; suất ăn ca đứng thứ ba vì một lời kêu gọi được chép lại nhiều lần",
        "Biểu đồ điểm: lương 24,2\u00a0% bình luận, giờ làm 18,7\u00a0%, suất ăn ca 15,1\u00a0% bình luận nhưng "
        "6,4\u00a0% thông điệp khác nhau.",
        "Cơ sở: 1.512 bình luận, 1.291 thông điệp khác nhau, 06/7–04/10/2026. Một bình luận có thể thuộc nhiều vấn đề.",
        Table(columns, cells),
    )


def _copies_figure() -> Figure:
    rows = [CopyRow(name, texts, messages) for name, texts, messages in list(ISSUES.values())[:6]]
    columns = (Column("Vấn đề"), Column("Kể cả bản sao", "number", "%"), Column("Không kể bản sao", "number", "%"))
    table = Table(
        columns, tuple((row.label, _share(row.with_copies or 0), _share(row.without_copies or 0)) for row in rows)
    )
    chart = dumbbell(
        rows, title="Bản sao làm suất ăn ca tăng", desc="15,1\u00a0% kể cả bản sao, 6,4\u00a0% nếu không.", lang="vi"
    )
    alt = "Biểu đồ: suất ăn ca 15,1\u00a0% kể cả bản sao và 6,4\u00a0% nếu không kể; các vấn đề khác hầu như không đổi."
    return Figure(chart, "Không kể bản sao, suất ăn ca từ thứ ba xuống thứ sáu", alt, "Cơ sở: 1.512 bình luận.", table)


def _weeks(peak: int, number_: int) -> tuple[Week, ...]:
    wave = (0.5, 0.6, 0.55, 0.7, 0.62, 0.66, 0.58, 0.71, 0.64, 0.6, 0.52, 0.57, 0.49)
    weeks = []
    for index, start in enumerate(WEEKS):
        count = round(peak * wave[(index + number_) % 13])
        burst = number_ == 2 and index == 8
        if number_ > 0 and index == 5:
            weeks.append(Week(start, None, "gap"))
        elif count < 10:
            weeks.append(Week(start, None, "suppressed"))
        else:
            weeks.append(Week(start, count * 3 if burst else count, burst=burst))
    return tuple(weeks)


def _weeks_figure() -> Figure:
    panels = [
        Panel(name, _weeks(round(share * 230), number_))
        for number_, (name, share, _) in enumerate(list(ISSUES.values())[:9])
    ]
    chart = weekly(panels, title="Suất ăn ca tăng đột biến", desc="Tuần 31/8: 67 bình luận.", lang="vi")
    columns = (Column("Tuần từ"), *(Column(panel.label, "number") for panel in panels[:4]))
    rows = tuple(
        (week.strftime("%d/%m"), *(_count(panel.weeks[index]) for panel in panels[:4]))
        for index, week in enumerate(WEEKS)
    )
    alt = "Chín biểu đồ đường theo tuần; suất ăn ca tăng gấp ba trong tuần 31/8, các vấn đề khác không đổi nhiều."
    return Figure(
        chart, "Suất ăn ca tăng đột biến trong tuần 31/8", alt, "Cơ sở: số bình luận mỗi tuần.", Table(columns, rows)
    )


def _count(week: Week) -> str | None:
    return "–" if week.kind == "gap" else None if week.count is None else number(week.count, "vi")


def _sources_figure() -> Figure:
    names = ("Facebook", "TikTok", "YouTube", "Báo điện tử", "Đường dây góp ý của Liên đoàn Lao động tỉnh")
    rows = []
    for number_, name in enumerate(names):
        counts: list[int | str | None] = [20 + (7 * index * (number_ + 2)) % 90 // (number_ + 1) for index in range(13)]
        if number_ == 3:
            counts[4] = None
            counts[5] = None
        if number_ == 4:
            counts[2] = "×"
        rows.append(SourceRow(name, tuple(counts), sum(count for count in counts if isinstance(count, int))))
    chart = coverage(
        rows, WEEKS, title="Facebook chiếm nhiều nhất", desc="Facebook có mặt trong cả 13 tuần.", lang="vi"
    )
    columns = (Column("Nguồn"), Column("Bình luận", "number"))
    table = Table(columns, tuple((row.label, number(row.total or 0, "vi")) for row in rows))
    alt = "Dải ô theo tuần: Facebook có mặt cả 13 tuần; báo điện tử thiếu hai tuần."
    return Figure(
        chart, "Facebook có mặt cả 13 tuần, báo điện tử thiếu hai tuần", alt, "Cơ sở: 1.512 bình luận.", table
    )


def _reactions_figure() -> Figure:
    mixes = (
        (0.52, 0.15, 0.17, 0.02, 0.1, 0.04),
        (0.61, 0.12, 0.14, 0.01, 0.08, 0.04),
        (0.33, 0.42, 0.05, 0.12, 0.05, 0.03),
    )
    names = [name for name, _, _ in ISSUES.values()][:8]
    rows: list[MixRow] = [MixRow(name, mixes[index % 3], 366 - 37 * index) for index, name in enumerate(names)]
    rows.append(MixRow("Hoạt động công đoàn", None, None))
    chart = reaction_mix(rows, title="Giờ làm bị phàn nàn nhiều nhất", desc="61\u00a0% là phàn nàn.", lang="vi")
    columns = (Column("Vấn đề"), *(Column(say.vi, "number", "%") for say in REACTIONS.values()))
    cells: tuple[tuple[Cell, ...], ...] = tuple(
        (row.label, *((number(share * 100, "vi") for share in row.shares) if row.shares else (None,) * 6))
        for row in rows
    )
    alt = "Thanh chồng: 61\u00a0% bình luận về giờ làm là phàn nàn; 42\u00a0% bình luận về suất ăn ca là đề nghị."
    return Figure(
        chart,
        "Sáu trên mười bình luận về giờ làm là phàn nàn",
        alt,
        "Cơ sở: bình luận của mỗi vấn đề.",
        Table(columns, cells),
    )


def _issue(key: str) -> Section:
    name, texts, messages = ISSUES[key]
    blocks = (
        Paragraph(
            line(
                "Bình luận nói đến ",
                emphasis(name.lower()),
                ": ",
                strong(_share(texts)),
                " bình luận, ",
                _share(messages),
                " thông điệp khác nhau. Xem ",
                link("bảng các vấn đề", "issues"),
                ".",
            )
        ),
        Points(
            (
                line("Người viết hỏi bao giờ có lịch tăng ca và ai được quyền từ chối."),
                line("Nhiều người nhắc đến “ca 7 đến 7”."),
            )
        ),
        Facts(
            (
                Fact(
                    "Định nghĩa", line("Những gì người lao động nhận được cho công việc đã làm, và khi nào nhận được.")
                ),
                Fact("Cụm từ nhiều người dùng", line("“chậm lương” · “trừ chuyên cần” · “tăng ca liên tục”")),
            )
        ),
    )
    return Section(key, f"{name}: {_share(texts)} bình luận", blocks, level=2)


def _long_table() -> Table:
    columns = (Column("Tệp"), Column("Dòng", "number"), Column("Lý do"), Column("Số dòng", "number", "dòng"))
    reasons = ("trống", "trùng hoàn toàn", "không có chữ", "ngày ở tương lai")
    rows = tuple(
        (f"binh-luan-{index:02d}.csv", number(1200 + index * 37, "vi"), reasons[index % 4], str(index))
        for index in range(45)
    )
    return Table(
        columns, rows, "Những dòng không đọc được, theo tệp", "Số dòng như bảng tính hiển thị: dòng tiêu đề là dòng 1."
    )


def _annex() -> Section:
    columns = (Column("Tệp"), Column("Nội dung"), Column("SHA-256"))
    rows = (
        ("issues.csv", "Tỉ lệ của từng vấn đề", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
    )
    return Section(
        "annex", "Phụ lục: bảng và dữ liệu mở", (_long_table(), Table(columns, rows, "Tệp dữ liệu mở")), new_page=True
    )


def _findings() -> Findings:
    return Findings(
        (
            Finding(
                line("Lương được nói đến nhiều nhất: ", strong("24,2\u00a0%"), " bình luận (21,8–27,2\u00a0%)."),
                "366 trên 1.512 bình luận",
                "wages",
            ),
            Finding(
                line("Giờ làm đứng thứ hai: ", strong("18,7\u00a0%"), "; sáu trên mười bình luận ấy là phàn nàn."),
                "283 trên 1.512 bình luận",
                "hours",
            ),
            Finding(
                line("Suất ăn ca tăng đột biến trong tuần 31/8: ", strong("67"), " bình luận, gấp ba tuần trước."),
                "67 bình luận",
                "trend",
            ),
            Finding(
                line(
                    "Một lời kêu gọi về suất ăn ca được chép lại ",
                    strong("132"),
                    " lần; không kể bản sao, tỉ lệ là 6,4\u00a0%.",
                ),
                "",
                "copies",
            ),
            Finding(
                line("Nhà trọ và tiền điện nước: ", strong("12,8\u00a0%"), " bình luận, không đổi so với quý trước."),
                "194 trên 1.512 bình luận",
                "housing",
            ),
        )
    )


def demonstration(status: str = "draft") -> Document:
    """Build the demonstration report."""
    draft = status == "draft"
    limit = Box(
        "limit",
        "Những con số này không đại diện cho mọi người lao động",
        (
            Paragraph(
                line(
                    "Người viết bình luận tự chọn việc lên tiếng. Tỉ lệ ở đây là tỉ lệ ",
                    strong("của bình luận"),
                    ", không phải của người lao động trong tỉnh.",
                )
            ),
        ),
    )
    method = Box(
        "method",
        "Cách tính khoảng tin cậy",
        (
            Paragraph(line("Khoảng tin cậy 95\u00a0% theo Wilson, từ mẫu ngẫu nhiên đã được người đọc mã hoá.")),
            Points((line("Mẫu: 400 bình luận."), line("Hai người mã hoá; hệ số alpha của Krippendorff 0,78."))),
        ),
    )
    sections = (
        Section(
            "heard",
            "Facebook chiếm quá nửa; đường dây góp ý ít nhưng dài hơn",
            (_sources_figure(), limit),
            new_page=True,
        ),
        Section(
            "issues",
            "Lương và giờ làm chiếm bốn phần mười số bình luận",
            (
                Paragraph(line("Vấn đề xếp theo tỉ lệ bình luận. ", link("Cách làm", "methods"), " nói rõ cách đếm.")),
                _reactions_figure(),
            ),
        ),
        *(_issue(key) for key in ISSUES),
        Section("trend", "Suất ăn ca tăng đột biến cuối tháng tám", (_weeks_figure(),), new_page=True),
        Section("copies", "Một lời kêu gọi được chép lại 132 lần", (_copies_figure(),)),
        Section(
            "methods",
            "Cách làm và giới hạn",
            (method, Points((line("Đọc tệp."), line("Che dữ liệu cá nhân."), line("Đếm bản sao.")), numbered=True)),
            new_page=True,
        ),
        _annex(),
    )
    return Document(
        title="Người lao động nói gì trong quý III năm 2026",
        subtitle="06/7–04/10/2026 · bình luận và góp ý gửi về Liên đoàn Lao động tỉnh",
        lang="vi",
        reporter="Liên đoàn Lao động tỉnh (ví dụ)",
        date=dt.date(2026, 10, 8),
        status="draft" if draft else "final",
        status_sentence=(
            "Chưa có bình luận nào được người đọc mã hoá, nên các con số là do máy đếm."
            if draft
            else "Các tỉ lệ được ước lượng từ mẫu 400 bình luận do hai người mã hoá."
        ),
        facts=(
            Fact("Đã nghe", line("1.512 bình luận · 1.291 thông điệp khác nhau · 5 nguồn")),
            Fact("Tài khoản", line("ít nhất 903")),
            Fact("Dữ liệu", line("06/7–04/10/2026, 13 tuần")),
            Fact("Lần chạy", line("q3-2026 · 4f2a91c0")),
        ),
        front=(_findings(), _main_figure(draft=draft)),
        sections=sections,
    )


def charts(document: Document) -> list[Chart]:
    """All charts of a document, in reading order."""
    blocks = [*document.front, *(block for section in document.sections for block in section.blocks)]
    return [block.chart for block in blocks if isinstance(block, Figure)]
