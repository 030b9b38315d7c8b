"""The few words that renderers and charts add by themselves, in both languages."""

from __future__ import annotations

from langnghe.errors import Say

SUPPRESSED = "×"
"""The mark of a figure that is not printed because too few are behind it, or to protect one; the same in tables and charts."""

LABELS = {
    "contents": Say("Mục lục", "Contents"),
    "skip": Say("Đến nội dung chính", "Skip to the content"),
    "to top": Say("Về mục lục", "Back to contents"),
    "draft": Say("Bản nháp", "Draft"),
    "final": Say("Bản chính thức", "Final"),
    "findings": Say("Năm điều chính", "Main findings"),
    "figure": Say("Hình", "Figure"),
    "table": Say("Bảng", "Table"),
    "numbers": Say("Số liệu của hình này", "Numbers behind this figure"),
    "limit": Say("Giới hạn", "Limit"),
    "method": Say("Cách làm", "Method"),
    "proof": Say("Xem số liệu", "See the figures"),
    "page": Say("Trang", "Page"),
    "suppressed": Say(
        "× không in: quá ít, hoặc để không ai tính ngược ra một số quá ít.",
        "× not printed: too few, or so that nobody can calculate a number that is too few.",
    ),
    "draft counts": Say(
        "Bản nháp: máy đếm, chưa có mẫu người đọc nên chưa có khoảng tin cậy.",
        "Draft: counted by machine; no sample has been read by people yet, so there is no interval.",
    ),
    "interval": Say("Vạch ngang: khoảng tin cậy.", "Horizontal bars: confidence intervals."),
    "annex": Say("Số liệu của các hình", "Numbers behind the figures"),
    "of": Say("trên", "of"),
    "texts": Say("ý kiến", "texts"),
    "messages": Say("thông điệp khác nhau", "distinct messages"),
    "with copies": Say("kể cả bản sao", "with copies"),
    "without copies": Say("không kể bản sao", "without copies"),
    "burst": Say("▲ tăng đột biến, kèm số lúc đó", "▲ burst, with its count"),
    "gap": Say("chỗ đứt: không có dữ liệu", "break in the line: no data"),
    "hidden week": Say(
        "× không in: quá ít, hoặc để không ai tính ngược ra một số quá ít",
        "× not printed: too few, or so that nobody can calculate a number that is too few",
    ),
    "own scale": Say("mỗi ô một thang đo", "each panel has its own scale"),
    "total": Say("Cả kỳ", "Total"),
    "base": Say("Số đếm", "Count"),
    "per row": Say("Phần trăm của mỗi dòng:", "Per cent of each row:"),
}
"""Words by what they are for."""

REACTIONS = {
    "complaint": Say("phàn nàn", "complaint"),
    "request": Say("đề nghị", "request"),
    "question": Say("hỏi", "question"),
    "praise": Say("khen", "praise"),
    "information": Say("báo tin", "information"),
    "other": Say("khác", "other"),
}
"""Reactions in the one order that every chart and table keeps."""


def label(name: str, lang: str) -> str:
    """Give the word `name` in a language."""
    return LABELS[name][lang]
