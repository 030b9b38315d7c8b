"""The Word file: real headings, captions and tables, our fonts inside, the same bytes each time."""

from __future__ import annotations

import dataclasses
import io
import re
import time
import zipfile

import docx as word_files
import pytest
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph  # noqa: TC002 - a name in a signature

from demonstration import demonstration
from langnghe.report.docx import docx
from langnghe.report.fonts import FACES
from langnghe.report.images import png
from langnghe.report.package import EMBEDDED


@pytest.fixture(scope="module")
def made() -> bytes:
    return docx(demonstration())


def style_of(paragraph: WordParagraph) -> str:
    assert paragraph.style is not None
    return str(paragraph.style.name)


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def test_headings_are_headings(made: bytes) -> None:
    headings = [p.text for p in word_files.Document(io.BytesIO(made)).paragraphs if style_of(p) == "Heading 1"]
    assert headings[0] == "Facebook chiếm quá nửa; đường dây góp ý ít nhưng dài hơn"
    assert headings[-1] == "Số liệu của các hình"


def test_captions_are_numbered(made: bytes) -> None:
    captions = [p.text for p in word_files.Document(io.BytesIO(made)).paragraphs if style_of(p) == "Caption"]
    assert [caption.split(".")[0] for caption in captions if caption.startswith("Hình")] == [
        f"Hình {n}" for n in range(1, 6)
    ]
    assert "Bảng 1. Những dòng không đọc được, theo tệp" in captions


def test_pictures_bear_alternative_texts_and_have_two_hundred_dots_an_inch(made: bytes) -> None:
    word = word_files.Document(io.BytesIO(made))
    texts = [node.get("descr") for node in word.element.body.iter(qn("wp:docPr"))]
    assert len(texts) == 5
    assert all(len(text) > 30 for text in texts)
    widths = [
        int.from_bytes(data[16:20], "big")
        for data in png(["<svg xmlns='http://www.w3.org/2000/svg' width='680' height='9'/>"])
    ]
    assert widths[0] / (166 / 25.4) > 200


def test_header_rows_repeat_and_rows_stay_whole(made: bytes) -> None:
    tables = word_files.Document(io.BytesIO(made)).tables
    long = next(table for table in tables if len(table.rows) > 40)
    assert long.rows[0]._tr.get_or_add_trPr().find(qn("w:tblHeader")) is not None
    assert all(row._tr.get_or_add_trPr().find(qn("w:cantSplit")) is not None for row in long.rows)


def test_every_link_leads_to_a_bookmark(made: bytes) -> None:
    body = part(made, "word/document.xml")
    assert set(re.findall(r'w:anchor="(\w+)"', body)) <= set(re.findall(r'bookmarkStart [^>]*w:name="(\w+)"', body))
    assert "s_wages" in body


def test_our_fonts_are_inside(made: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        for font, face in zip(EMBEDDED, FACES, strict=True):
            data = archive.read(f"word/fonts/font{font.number}.odttf")
            key = bytes.fromhex(str(font.key).replace("-", ""))[::-1]
            plain = bytes(byte ^ key[place % 16] for place, byte in enumerate(data[:32])) + data[32:]
            assert plain == face.read("ttf")
        table = archive.read("word/fontTable.xml").decode()
        assert len(re.findall(r'w:fontKey="\{[0-9A-F-]{36}\}"', table)) == 5
    assert "<w:embedTrueTypeFonts/>" in part(made, "word/settings.xml")


def test_no_other_font_is_named_in_the_styles_that_are_used(made: bytes) -> None:
    assert set(re.findall(r'w:ascii="([^"]+)"', part(made, "word/document.xml"))) <= {
        "Lang Nghe Serif",
        "Lang Nghe Sans",
    }
    word = word_files.Document(io.BytesIO(made))
    used = {style_of(p) for p in word.paragraphs}
    assert {word.styles[name].font.name for name in used} <= {"Lang Nghe Serif", "Lang Nghe Sans"}


def test_properties_are_those_of_the_document_and_nothing_is_left_of_a_template(made: bytes) -> None:
    properties = word_files.Document(io.BytesIO(made)).core_properties
    assert (properties.title, properties.author) == (demonstration().title, demonstration().reporter)
    assert f"{properties.created:%Y-%m-%d}" == f"{properties.modified:%Y-%m-%d}" == "2026-10-08"
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert not any("thumbnail" in name for name in archive.namelist())
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 10, 8, 12, 0, 0)}
    assert "python-docx" not in part(made, "docProps/core.xml")


def test_the_state_stands_in_the_header() -> None:
    headers = [
        word_files.Document(io.BytesIO(docx(demonstration(status)))).sections[0].header.paragraphs[0].text
        for status in ("draft", "final")
    ]
    assert headers[0].endswith("\tBẢN NHÁP")
    assert "NHÁP" not in headers[1]


def test_numbered_lists_start_at_one_again(made: bytes) -> None:
    word = word_files.Document(io.BytesIO(made))
    numbers = [
        p._p.xpath("string(w:pPr/w:numPr/w:numId/@w:val)") for p in word.paragraphs if style_of(p) == "List Number"
    ]
    assert len(set(numbers)) == 2
    assert part(made, "word/numbering.xml").count("<w:startOverride") == 2


def test_control_characters_do_not_break_the_file() -> None:
    document = dataclasses.replace(demonstration(), title="Một\x00\x0bhai\ud800 & <ba>", front=(), sections=())
    assert "Mộthai□ & <ba>" in [p.text for p in word_files.Document(io.BytesIO(docx(document))).paragraphs]


def test_it_takes_less_than_two_seconds() -> None:
    start = time.process_time()
    docx(demonstration())
    assert time.process_time() - start < 2
