from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from docx import Document

from langnghe.check import documents
from langnghe.check.documents import read_document
from langnghe.check.evidence import Evidence
from langnghe.check.laws import read_laws, split_law
from langnghe.errors import InputError
from langnghe.words.fold import fold

if TYPE_CHECKING:
    from pathlib import Path

OLD = """Luật số: 1/2012/QH13
LUẬT
VÍ DỤ CŨ
Điều 1. Nghỉ Tết
1. Nghỉ Tết Âm lịch 04 ngày hưởng nguyên lương.
2. Ngày nghỉ do đơn vị chọn.
Điều 2. Hiệu lực
Luật này có hiệu lực thi hành từ ngày 01 tháng 5 năm 2013.
"""
NEW = """Luật số: 2/2019/QH14
LUẬT
VÍ DỤ MỚI
Điều 1. Nghỉ Tết
1. Nghỉ Tết Âm lịch 05 ngày hưởng nguyên lương.
Điều 2. Thai sản
1. Lao động nữ nghỉ thai sản 06 tháng.
2. Nghỉ trước khi sinh không quá 02 tháng.
Điều 3. Hiệu lực
1. Luật này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2021.
2. Luật Ví dụ cũ số 1/2012/QH13 hết hiệu lực kể từ ngày Luật này có hiệu lực thi hành.
"""


@pytest.fixture
def laws(tmp_path: Path) -> Path:
    (tmp_path / "cu.txt").write_text(OLD, encoding="utf-8")
    (tmp_path / "moi.txt").write_text(NEW, encoding="utf-8")
    return tmp_path


def test_articles_and_clauses_with_a_citation_a_lawyer_would_accept(laws: Path) -> None:
    found = Evidence(read_laws(laws)).best("nghỉ trước khi sinh được mấy tháng", dt.date(2026, 1, 1))[0]
    assert found.source.citation() == "Khoản 2 Điều 2 Luật Ví dụ mới 2/2019/QH14"
    assert found.source.citation("en") == "Clause 2, article 2, Luật Ví dụ mới 2/2019/QH14"
    assert found.warning is None


def test_a_repealed_law_is_warned_of(laws: Path) -> None:
    evidence = Evidence(read_laws(laws))
    old = next(f for f in evidence.best("nghỉ Tết 04 ngày", dt.date(2026, 1, 1)) if f.article.number == "1/2012/QH13")
    assert old.warning is not None
    assert "2/2019/QH14" in old.warning.vi
    assert "01/01/2021" in old.warning.vi


def test_the_day_that_the_claim_names_counts(laws: Path) -> None:
    evidence = Evidence(read_laws(laws))
    warned = {f.article.number: f.warning for f in evidence.best("năm 2015 nghỉ Tết mấy ngày", dt.date(2026, 1, 1))}
    assert warned["1/2012/QH13"] is None
    new = warned["2/2019/QH14"]
    assert new is not None
    assert "Not yet in force" in new.en


def test_laws_toml_corrects_what_a_document_says(laws: Path) -> None:
    (laws / "laws.toml").write_text(
        '[[law]]\nfile = "moi.txt"\nlaw = "Luật Khác 9/2020/QH14"\nnumber = "9/2020/QH14"\nrepealed = 2024-01-01\n',
        encoding="utf-8",
    )
    article = next(a for a in read_laws(laws) if a.document == "moi.txt")
    assert (article.law, article.repealed) == ("Luật Khác 9/2020/QH14", dt.date(2024, 1, 1))
    (laws / "laws.toml").write_text('[[law]]\nfile = "moi.txt"\nin_force = "2021"\n', encoding="utf-8")
    with pytest.raises(InputError):
        read_laws(laws)


def test_evidence_is_the_same_without_diacritics(laws: Path) -> None:
    evidence = Evidence(read_laws(laws))
    asked = "lao động nữ nghỉ thai sản mấy tháng"
    ranks = [[f.article for f in evidence.best(text, dt.date(2026, 1, 1))] for text in (asked, fold(asked))]
    assert ranks[0] == ranks[1]


def test_documents_without_articles_are_passages() -> None:
    found = split_law("chữ " * 300, "thong-bao.txt")
    assert [len(a.text.split()) for a in found] == [300]
    assert found[0].source().citation() == "Thong-bao.txt"


def test_html_without_its_scripts(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        "<h1>Điều 1. Lương</h1><script>var x='bí mật'</script><p>Trả đủ &amp; đúng hạn.</p>", encoding="utf-8"
    )
    assert read_document(path) == "Điều 1. Lương\nTrả đủ & đúng hạn."


def test_word_files_with_their_tables(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("Điều 1. Lương")
    document.add_table(1, 1).cell(0, 0).text = "5.310.000 đồng"
    document.save(str(tmp_path / "a.docx"))
    assert read_document(tmp_path / "a.docx") == "Điều 1. Lương\n5.310.000 đồng"


def test_pdf_files(tmp_path: Path) -> None:
    import typst  # noqa: PLC0415

    path = tmp_path / "a.pdf"
    (tmp_path / "a.typ").write_text("Điều 1. Lương trả đúng hạn.", encoding="utf-8")
    path.write_bytes(typst.compile(str(tmp_path / "a.typ")))
    assert "Lương trả đúng hạn" in read_document(path)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MOST_UNPACKED", 2_000_000)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as parts:
        for number in range(3):
            parts.writestr(f"word/{number}.xml", b"\0" * 800_000)
    (tmp_path / "a.docx").write_bytes(packed.getvalue())
    with pytest.raises(InputError, match="too large"):
        read_document(tmp_path / "a.docx")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", b"%PDF-1.4 broken"),
        ("a.docx", b"PK broken"),
        ("a.txt", b"\xff\xfa"),
        ("a.txt", b" \n "),
        ("a.xyz", b"x"),
    ],
)
def test_what_can_t_be_read_is_told(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError) as told:
        read_document(tmp_path / name)
    assert name in str(told.value)
