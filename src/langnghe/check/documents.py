"""Documents as plain text, page by page or paragraph by paragraph: PDF, DOCX, HTML and TXT, within limits of size."""

from __future__ import annotations

import io
import re
import zipfile
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from langnghe.errors import InputError, Say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

MOST_BYTES = 50_000_000
MOST_UNPACKED = 200_000_000
MOST_PAGES = 2_000
MOST_CHARACTERS = 20_000_000
"""Bytes of a file; bytes that a DOCX unpacks to; pages of a PDF; characters of the text that is read."""

_BLOCKS = frozenset("p div br li tr h1 h2 h3 h4 h5 h6 article section table blockquote".split())
_SILENT = frozenset("script style noscript template svg".split())


def read_document(path: Path) -> str:
    """The text of a document, one paragraph a line.

    Parameters
    ----------
    path : a .pdf, .docx, .html, .htm or .txt file.

    Raises
    ------
    InputError
        Of another kind, too large, damaged, locked by a password, or without text (a scan).
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise _unreadable(path, Say("Không đọc được loại tệp này.", "Files of this kind can't be read."), _KINDS)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _too_large(path)
        data = path.read_bytes()
    except OSError as fault:
        raise _unreadable(path, Say("Không mở được tệp.", "The file can't be opened."), _AGAIN) from fault
    text = reader(path, data)
    if len(text) > MOST_CHARACTERS:
        raise _too_large(path)
    if not re.search(r"\w", text):
        raise _unreadable(path, Say("Tệp không có chữ: có thể là ảnh chụp.", "The file has no text: it may be a scan."), _SCAN)  # fmt: skip
    return text


def _pdf(path: Path, data: bytes) -> str:
    from pypdf import PdfReader  # noqa: PLC0415 - only PDF files need it

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise _unreadable(path, Say("PDF có mật khẩu.", "The PDF is locked by a password."), _AGAIN)
        if len(reader.pages) > MOST_PAGES:
            raise _too_large(path)
        read: list[str] = []
        for page in reader.pages:
            read.append(page.extract_text())
            if sum(map(len, read)) > MOST_CHARACTERS:
                raise _too_large(path)
    except InputError:
        raise
    except Exception as fault:
        raise _unreadable(path, Say("PDF bị hỏng.", "The PDF is damaged."), _AGAIN) from fault
    return "\n".join(read)


def _docx(path: Path, data: bytes) -> str:
    from docx import Document  # noqa: PLC0415 - only Word files need it

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
                raise _too_large(path)
        document = Document(io.BytesIO(data))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)
    except InputError:
        raise
    except Exception as fault:
        raise _unreadable(path, Say("Tệp Word bị hỏng.", "The Word file is damaged."), _AGAIN) from fault


class _Text(HTMLParser):
    """Collects the text of a page; scripts and styles are left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # type: ignore[explicit-override]  # noqa: ARG002
        self.silent += tag in _SILENT
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:  # type: ignore[explicit-override]
        self.silent -= tag in _SILENT and self.silent > 0
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:  # type: ignore[explicit-override]
        if not self.silent:
            self.parts.append(data.replace("\n", " "))


def _html(path: Path, data: bytes) -> str:
    parser = _Text()
    parser.feed(_txt(path, data))
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.parts).split("\n"))
    return "\n".join(line for line in lines if line)


def _txt(path: Path, data: bytes) -> str:
    for encoding in ("utf-16",) if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig",):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as fault:
            raise _unreadable(path, Say("Tệp không phải UTF-8.", "The file is not UTF-8."), _ENCODING) from fault
    return ""


READERS: Mapping[str, Callable[[Path, bytes], str]] = {
    ".pdf": _pdf, ".docx": _docx, ".html": _html, ".htm": _html, ".txt": _txt,
}  # fmt: skip

_KINDS = Say("Hãy dùng PDF, DOCX, HTML hoặc TXT.", "Use PDF, DOCX, HTML or TXT.")
_AGAIN = Say("Hãy mở thử tệp, lưu lại rồi chạy lại.", "Open it, save it again, and run again.")
_SCAN = Say("Hãy lấy bản có chữ, hoặc gõ lại đoạn cần dùng vào tệp .txt.", "Get a copy with text, or type the part you need into a .txt file.")  # fmt: skip
_ENCODING = Say("Hãy lưu lại tệp dạng UTF-8.", "Save it as UTF-8.")


def _unreadable(path: Path, what: Say, mend: Say) -> InputError:
    return InputError(path.name, what, mend)


def _too_large(path: Path) -> InputError:
    return InputError(
        path.name,
        Say("Tệp quá lớn, hoặc bung ra quá lớn.", "The file is too large, or unpacks to too much."),
        Say("Hãy tách lấy phần cần dùng.", "Take out the part you need."),
    )
