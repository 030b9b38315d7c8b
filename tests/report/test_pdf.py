"""The PDF: our fonts only, an outline, the state on every page, and the same bytes each time."""

from __future__ import annotations

import dataclasses
import io
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from demonstration import demonstration
from langnghe.report.columns import column_widths
from langnghe.report.document import Column, Paragraph, Section, Table, line
from langnghe.report.pdf import pdf

HERE = Path(__file__).parent
HOSTILE = '#panic("x") *đậm* $x^2$ \\ `mã` <nhãn> @ref [a] = b // c "'


@pytest.fixture(scope="module")
def made() -> bytes:
    return pdf(demonstration())


@pytest.fixture(scope="module")
def reader(made: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(made))


def fonts_of(reader: PdfReader) -> set[str]:
    """Names of all fonts that any page, or any drawing on it, uses."""
    names: set[str] = set()
    for page in reader.pages:
        collect_fonts(page.get("/Resources"), names)
    return names


def collect_fonts(resources: Any, names: set[str]) -> None:
    found = resources.get_object() if resources is not None else {}
    names |= {str(font.get_object()["/BaseFont"]).split("+")[-1] for font in found.get("/Font", {}).values()}
    for drawing in found.get("/XObject", {}).values():
        collect_fonts(drawing.get_object().get("/Resources"), names)


def test_only_our_fonts_are_used_and_embedded(reader: PdfReader) -> None:
    assert fonts_of(reader) == {
        "LangNgheSerif-Regular",
        "LangNgheSerif-SemiBold",
        "LangNgheSerif-Italic",
        "LangNgheSans-Regular",
        "LangNgheSans-SemiBold",
    }


def test_the_state_is_on_every_page_of_a_draft(reader: PdfReader) -> None:
    assert len(reader.pages) >= 10
    assert all("BẢN NHÁP" in page.extract_text() for page in reader.pages)


def test_a_final_report_is_not_marked_as_a_draft() -> None:
    reader = PdfReader(io.BytesIO(pdf(demonstration("final"))))
    assert not any("NHÁP" in page.extract_text() for page in reader.pages)


def test_the_first_page_holds_the_findings_and_the_main_figure(reader: PdfReader) -> None:
    text = reader.pages[0].extract_text()
    for words in ("Người lao động nói gì", "1.512 bình luận", "Lương được nói đến nhiều nhất", "Hình 1", "24,2"):
        assert words in text
    assert f"Trang 1 / {len(reader.pages)}" in text.replace("\u00a0", " ")


def test_title_language_and_date_are_those_of_the_document(reader: PdfReader) -> None:
    assert reader.metadata is not None
    assert reader.metadata.title == "Người lao động nói gì trong quý III năm 2026"
    assert reader.metadata.author == "Liên đoàn Lao động tỉnh (ví dụ)"
    assert str(reader.metadata.get("/CreationDate")).startswith("D:20261008")
    root: dict[str, Any] = dict(reader.root_object)
    assert root["/Lang"] == "vi"
    assert root["/MarkInfo"]["/Marked"]


def test_the_outline_holds_the_sections(reader: PdfReader) -> None:
    titles = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    assert titles[:2] == [
        "Facebook chiếm quá nửa; đường dây góp ý ít nhưng dài hơn",
        "Lương và giờ làm chiếm bốn phần mười số bình luận",
    ]
    assert titles[-1] == "Số liệu của các hình"


def test_text_never_becomes_code() -> None:
    table = Table((Column(HOSTILE),), ((HOSTILE,),), HOSTILE, HOSTILE)
    section = Section("hostile", HOSTILE, (Paragraph(line(HOSTILE)), table))
    document = dataclasses.replace(demonstration(), title=HOSTILE, front=(), sections=(section,))
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf(document))).pages)
    assert text.count('#panic("x") *đậm*') >= 4


def test_a_document_without_sections_and_figures_can_be_printed() -> None:
    document = dataclasses.replace(demonstration(), front=(), sections=(), facts=())
    assert pdf(document).startswith(b"%PDF")


def test_twelve_pages_take_less_than_two_seconds(made: bytes) -> None:
    assert len(PdfReader(io.BytesIO(made)).pages) >= 12
    start = time.process_time()
    pdf(demonstration())
    assert time.process_time() - start < 2


def test_the_same_document_gives_the_same_bytes_whatever_the_hash_seed() -> None:
    code = (
        "import hashlib; from demonstration import demonstration; from langnghe.report.pdf import pdf;"
        "from langnghe.report.html import html; from langnghe.report.docx import docx; d = demonstration();"
        "print([hashlib.sha256(x).hexdigest() for x in (pdf(d), html(d).encode(), docx(d))])"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join([str(HERE), *sys.path])},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]


def test_columns_fit_the_page_and_numbers_keep_their_width() -> None:
    table = Table((Column("Vấn đề"), Column("Tỉ lệ", "number", "%")), (("rất dài " * 60, "12,5\u00a0%"),))
    text, share = column_widths(table, 470)
    assert text + share <= 470.01
    assert share >= 35
    assert sum(column_widths(Table((Column("A"),), (("b",),)), 470)) < 40
