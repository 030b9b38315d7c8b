"""Methods and limits, filled from what really ran; and the code-book, printed whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from langnghe.nouns import MERGED
from langnghe.report.document import Block, Box, Column, Fact, Facts, Paragraph, Points, Section, Table, emphasis, line
from langnghe.report.sections.coding import agreement_table, coding_told, drawing_told, estimation_told, weighting_told
from langnghe.report.sections.erring import erring_told

if TYPE_CHECKING:
    from langnghe.nouns import IssueLabel
    from langnghe.report.facts import Material

SEEDS_PRINTED = 400
"""Seeds printed per issue at most."""


def methods(m: Material) -> list[Section]:
    """Methods, limits, and the annex."""
    return [
        Section("methods", m.say("Cách làm và giới hạn", "Methods and limits"), tuple(_methods(m)), new_page=True),
        *_codebook(m),
    ]


def _methods(m: Material) -> list[Block]:
    return [
        Facts(_aapor(m)),
        *agreement_table(m),
        _files(m),
        *_left_out(m),
        Box("limit", m.say("Báo cáo này không nói được gì", "What this report can't say"), (_limits(m),)),
        Box("method", m.say("Báo cáo này không bao giờ làm gì", "What this report never does"), (_refusals(m),)),
    ]


def _aapor(m: Material) -> tuple[Fact, ...]:
    o, rule = m.figures.overview, m.figures.rule
    k = m.say(
        f"Không con số, tuần, nhóm hay cụm từ nào có dưới {rule.k} {m.unit} được in hay xuất ra. Nhóm và nguồn quá "
        "nhỏ được gộp lại. Thêm một số ô khác bị ẩn (cùng dấu ×) để không ai tính ngược ra ô nhỏ từ mọi bảng cộng lại; máy đã tự thử tấn công bằng quy "
        f"hoạch tuyến tính: ô nhỏ nào cũng vẫn có thể là bất cứ số nào từ 0 đến {rule.k - 1}.",
        f"No figure, week, group or phrase with fewer than {rule.k} {m.unit} is printed or exported. Groups and "
        "sources that are too small are joined. Other cells are hidden too (by the same ×), so that no small one can be calculated from all tables "
        f"together; an attack by linear programming was tried: every small cell could still be any number from 0 to {rule.k - 1}.",
    )
    basis = (
        m.say(
            "Tên tài khoản chỉ dùng để tính một con số “tiếng nói” cho mỗi ý kiến (1 chia cho số ý kiến của tài khoản, làm "
            "tròn xuống luỹ thừa của ½) rồi bị bỏ ngay khi đọc tệp.",
            "Account names were used only to give each text a number, its voice (1 divided by the account's texts, rounded down to a "
            "power of ½), and were dropped while the file was read.",
        )
        if rule.basis == "accounts"
        else m.say(
            "Dữ liệu không có cột người viết, nên báo cáo chỉ nói về thông điệp khác nhau và ngưỡng được nhân đôi.",
            "The data have no column of authors, so the report speaks of distinct messages only and the threshold is doubled.",
        )
    )
    placed = m.say(
        f"{m.few(o.with_issue)} ý kiến khớp sổ mã, {m.few(o.found)} được xếp vào nhóm do máy tìm ra, "
        f"{m.few(o.undecided)} chưa xếp được.",
        f"{m.few(o.with_issue)} texts fit the code-book, {m.few(o.found)} were placed in groups found by the machine, "
        f"{m.few(o.undecided)} could not be placed.",
    )
    if o.undecided is None and o.found is not None:
        placed = m.say(
            f"{m.few(o.with_issue)} ý kiến khớp sổ mã; {m.few(o.found)} không khớp, được gom nhóm hoặc chưa xếp được.",
            f"{m.few(o.with_issue)} texts fit the code-book; {m.few(o.found)} do not: grouped, or not placed.",
        )
    facts = [
        (m.say("Ai báo cáo", "Who reports"), m.facts.reporter or m.say("không ghi", "not given")),
        (m.say("Dữ liệu", "Data"), _data(m)),
        (m.say("Chọn mẫu", "Sampling"), _sampling(m)),
        (m.say("Tài khoản", "Accounts"), basis),
        (m.say("Dữ liệu cá nhân", "Personal data"), _masks(m)),
        (m.say("Bản sao", "Copies"), _copies(m)),
        (m.say("Tìm vấn đề", "Finding issues"), _finding(m)),
        *erring_told(m),
        (m.say("Đã xếp", "Placed"), placed),
        (
            m.say("Người đọc kiểm tra", "Hand-coding"),
            coding_told(m),
        ),
        (
            m.say("Ước lượng", "Estimation"),
            estimation_told(m),
        ),
        *([(m.say("Trọng số", "Weights"), weighting_told(m))] if m.figures.weighting.height else []),
        (m.say("Ngưỡng công bố", "Disclosure rule"), k),
        (
            m.say("Phiên bản", "Version"),
            f"Lắng Nghe {m.facts.version}; {m.facts.codebook_id} (SHA-256 {m.facts.codebook_sha256[:16]}); run {m.facts.run}",
        ),
    ]
    return tuple(Fact(name, line(value)) for name, value in facts)


def _data(m: Material) -> str:
    o = m.figures.overview
    undated = m.say(f"; {m.few(o.undated)} ý kiến không có ngày", f"; {m.few(o.undated)} texts without a date")
    return (
        m.say(
            f"{m.few(o.texts)} ý kiến trong {m.number(len(m.facts.reading['files']))} tệp, {m.period}",
            f"{m.few(o.texts)} texts in {m.number(len(m.facts.reading['files']))} files, {m.period}",
        )
        + (undated if o.undated != 0 else "")
        + "."
    )


def _sampling(m: Material) -> str:
    return drawing_told(m) or m.say(
        "Không có mẫu ngẫu nhiên: mọi dòng của tệp được đọc. Ai có mặt trong tệp do nơi xuất dữ liệu quyết định.",
        "No random sample: every row of the files was read. Who is in the files was decided where they were exported.",
    )


def _masks(m: Material) -> str:
    count = m.few(m.figures.overview.masks)
    return m.say(
        f"{count} chỗ (tên người, số điện thoại, thư điện tử, địa chỉ, số giấy tờ, số bảo hiểm, số tài khoản, biển số, liên kết, "
        "tài khoản @, dãy số dài) được che trước khi lưu; văn bản chưa che không được ghi vào tệp nào. Máy có thể bỏ sót, nhất "
        "là tên gọi viết thường.",
        f"{count} places (names, phones, e-mails, addresses, ids, insurance numbers, bank accounts, plates, links, @accounts, long "
        "numbers) were masked before anything was stored; no file holds the unmasked text. Some may be missed, above all first "
        "names in lower case.",
    )


def _copies(m: Material) -> str:
    return m.say(
        "Hai ý kiến là bản sao khi các cặp chữ liền nhau của chúng (không dấu) trùng ít nhất một nửa (Jaccard ≥ 0,5; ≥ 0,6 dưới 14 chữ, "
        "≥ 0,7 dưới 10; dưới 8 chữ thì phải giống hệt), so trực tiếp với bản gốc của nhóm. Ý kiến chỉ ghép từ câu có sẵn không phải bản sao.",
        "Two texts are copies when their pairs of neighbouring words (without diacritics) agree at least by half (Jaccard ≥ 0.5; ≥ 0.6 below 14 "
        "words, ≥ 0.7 below 10; the same words below 8), compared with the root of the group directly. Texts put together from ready-made "
        "sentences are no copies.",
    )


def _finding(m: Material) -> str:
    if m.guided:
        return m.say(
            "Một bộ phân loại học từ cụm từ trong sổ mã, từ ý kiến bịa dùng làm mẫu và từ ý kiến đã được người mã hoá; nó không phân biệt dấu, hoa "
            "thường, viết tắt. Một ý kiến được tính cho mỗi vấn đề có xác suất đủ cao; phân vân thì để là chưa xếp được. Ý kiến không khớp vấn đề nào "
            "được gom nhóm theo lời dùng chung.",
            "A classifier learns from the phrases of the code-book, from invented texts and from the texts that people coded, whatever the diacritics, "
            "case or abbreviations. A text counts for each issue that is probable enough; where it is unsure the text is not placed. Texts that fit no issue "
            "are grouped by the words they share.",
        )
    return m.say(
        f"Sổ mã chỉ khớp {m.percent(m.facts.covered)} số thông điệp nên không dùng; các nhóm được tìm từ lời dùng chung (hỗn "
        "hợp đa thức trên âm tiết không dấu).",
        f"The code-book fits {m.percent(m.facts.covered)} of the messages only and was not used; groups were found from shared "
        "words (a mixture of multinomials over folded syllables).",
    )


def _files(m: Material) -> Table:
    cells = tuple(_file(m, number, file) for number, file in enumerate(m.facts.reading["files"], 1))
    columns = (
        Column(m.say("Tệp", "File")),
        Column(m.say("Dòng", "Rows"), "number"),
        Column(m.say("Giữ lại", "Kept"), "number"),
        Column(m.say("Cách đọc ngày", "Dates read as")),
        Column("SHA-256"),
    )
    return Table(columns, cells, m.say("Các tệp đầu vào", "Input files"))


def _files_shown(m: Material) -> bool:
    """Whether rows are told by file: a file is often a source, so not where one is small or a source is hidden."""
    files = m.facts.reading["files"]
    merged = m.figures.sources.filter(pl.col("hidden") | (pl.col("source") == MERGED)).height > 0
    return len(files) == 1 or (not merged and all(file["kept"] >= m.figures.rule.k for file in files))


def _file(m: Material, number: int, file: dict[str, Any]) -> tuple[str, str | None, str | None, str, str]:
    dates = file["dates"] or m.say("không có", "none")
    if file["ambiguous_dates"]:
        dates += m.say(
            f" ({m.number(file['ambiguous_dates'])} mơ hồ)", f" ({m.number(file['ambiguous_dates'])} ambiguous)"
        )
    if file["as_of"]:
        dates += m.say(f", tính từ {file['as_of']}", f", counted from {file['as_of']}")
    rows, kept = (m.few(file[name]) if _files_shown(m) else None for name in ("rows", "kept"))
    return (f"{number}", rows, kept, dates, file["sha256"][:16])


def _left_out(m: Material) -> list[Block]:
    reasons: dict[str, int] = {}
    for file in m.facts.reading["files"]:
        for reason, count in file["left_out"].items():
            reasons[reason] = reasons.get(reason, 0) + count
    if not reasons:
        return [Paragraph(line(m.say("Không dòng nào bị bỏ.", "No row was left out.")))]
    names = {
        "empty_text": m.say("không có chữ", "no text"),
        "too_long": m.say("quá dài", "too long"),
        "bad_row": m.say("dòng hỏng", "broken row"),
        "not_a_text": m.say("không phải văn bản", "no text in the cell"),
    }
    parts = "; ".join(f"{names.get(r, r)}: {m.number(n)}" for r, n in sorted(reasons.items()))
    text = m.say(
        f"Các dòng bị bỏ, theo lý do: {parts}. Số dòng được ghi trong left-out.csv của nghiên cứu.",
        f"Rows left out, by reason: {parts}. Their numbers are in left-out.csv of the study.",
    )
    return [Paragraph(line(text))]


def _limits(m: Material) -> Points:
    points = [
        m.say(
            "Bao nhiêu phần trăm người lao động nghĩ gì: các ý kiến này không phải mẫu ngẫu nhiên.",
            "How many workers think something: these texts are no random sample.",
        ),
        m.say(
            "Những bảng số máy đếm sai bao nhiêu: mẫu người đọc chỉ cho biết tỷ lệ của cả kỳ.",
            "How wrong the tables of machine counts are: the coded sample tells the shares of the whole period only.",
        )
        if m.final
        else m.say(
            "Máy đếm sai bao nhiêu: phải có người đọc một mẫu ngẫu nhiên mới biết.",
            "How wrong the machine counts are: only a random sample read by people can tell.",
        ),
        m.say(
            "Lời mỉa mai, lời nói vòng và cách viết lạ thường bị máy bỏ sót.",
            "Irony, talking around things and unusual spelling are often missed.",
        ),
    ]
    return Points(tuple(line(point) for point in points))


def _refusals(m: Material) -> Points:
    points = [
        m.say(
            "Không nhận diện, theo dõi hay xếp hạng người hoặc tài khoản nào.",
            "It identifies, follows or ranks no person and no account.",
        ),
        m.say(
            "Không phân loại quan điểm chính trị, tôn giáo; không có vấn đề nào về tổ chức, đình công hay lòng trung thành.",
            "It classifies no political or religious views; no issue is about organising, strikes or loyalty.",
        ),
        m.say("Không báo cáo, chặn hay gỡ bài viết nào.", "It reports, blocks or takes down no post."),
    ]
    return Points(tuple(line(point) for point in points))


def _codebook(m: Material) -> list[Section]:
    used = [label for label in m.labels if not label.found]
    if not used:
        return []
    name = m.facts.codebook[m.lang] if m.facts.codebook else ""
    intro = Paragraph(line(m.say("Sổ mã đã dùng: ", "Code-book used: "), emphasis(name), f" ({m.facts.codebook_id})."))
    entries = Facts(tuple(Fact(label.name[m.lang], line(_entry(m, label))) for label in used))
    notes = [Paragraph(line(note[m.lang])) for note in m.facts.codebook_notes]
    return [Section("codebook", m.say("Sổ mã", "Code-book"), (intro, *notes, entries), new_page=True)]


def _entry(m: Material, label: IssueLabel) -> str:
    parts = [label.definition[m.lang]]
    if label.belongs.vi:
        parts.append(m.say("Gồm: ", "Belongs: ") + label.belongs[m.lang] + ".")
    if label.excludes.vi:
        parts.append(m.say("Không gồm: ", "Excludes: ") + label.excludes[m.lang] + ".")
    if label.sub:
        parts.append(m.say("Các phần: ", "Parts: ") + "; ".join(one[m.lang] for one in label.sub) + ".")
    parts.append(m.say("Cụm từ: ", "Phrases: ") + ", ".join(label.seeds[:SEEDS_PRINTED]) + ".")
    if label.counter:
        parts.append(m.say("Không tính khi nằm trong: ", "Not counted within: ") + ", ".join(label.counter) + ".")
    if label.law.vi:
        parts.append(m.say("Luật: ", "Law: ") + label.law[m.lang] + ".")
    if label.ilo.vi:
        parts.append(m.say("Công ước của ILO: ", "ILO conventions: ") + label.ilo[m.lang] + ".")
    return " ".join(parts)
