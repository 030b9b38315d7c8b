"""Laws as articles and clauses, with the number of the law and the days of its effect and repeal; other documents as passages."""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from langnghe.check.checks import Source
from langnghe.check.documents import MOST_BYTES, READERS, read_document
from langnghe.errors import InputError, Say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

LAWS = "laws.toml"
_ARTICLE = re.compile(r"^\s*Điều\s+(\d+[a-zđ]?)\s*[.:]?\s*(.*)$", re.MULTILINE)
_CLAUSE = re.compile(r"^\s*(\d{1,2}[a-zđ]?)\.\s+", re.MULTILINE)
_NUMBER = re.compile(r"(?:Luật\s+số|Số|số)\s*:?\s*(\d{1,4}/\d{4}/[A-ZĐ0-9-]+)")
_NAME = re.compile(r"^\s*(BỘ LUẬT|LUẬT|NGHỊ ĐỊNH|THÔNG TƯ|NGHỊ QUYẾT|QUYẾT ĐỊNH)\s*$\n+\s*(.+)$", re.MULTILINE)
_EFFECT = re.compile(
    r"có hiệu lực(?: thi hành)?(?: kể)? từ ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE
)
_REPEALS = re.compile(r"(\d{1,4}/\d{4}/[A-ZĐ0-9-]+)[^.;\n]{0,200}hết hiệu lực", re.IGNORECASE)
_WORDS = 120
"""Words of a passage of a document that has no articles."""


@dataclass(frozen=True)
class Article:
    """An article of a law, or a passage of another document.

    Attributes
    ----------
    law : name and number ('Bộ luật Lao động 45/2019/QH14'), or the document's file name.
    number : number of the law alone ('45/2019/QH14'); '' for another document.
    article : 'Điều' number; '' for another document.
    title, text : heading and words.
    document : file name.
    in_force, repealed : first day of effect, first day without; None where not known.
    repealed_by : number of the law that ended it.
    """

    law: str
    number: str
    article: str
    title: str
    text: str
    document: str
    in_force: dt.date | None = None
    repealed: dt.date | None = None
    repealed_by: str = ""

    def clauses(self) -> list[tuple[str, str]]:
        """The clauses with their numbers; one without number where there are none."""
        found = list(_CLAUSE.finditer(self.text)) if self.article else []
        if not found:
            return [("", self.text)]
        ends = [*(match.start() for match in found[1:]), len(self.text)]
        return [(match[1], self.text[match.start() : end].strip()) for match, end in zip(found, ends, strict=True)]

    def source(self, clause: str = "", quote: str = "") -> Source:
        """The article as the source of a verdict; its text was read, as it lies in the folder."""
        return Source(self.law, self.article, clause, verified=True, quote=quote)

    def warning(self, day: dt.date) -> Say | None:
        """What a reader must know where the law was not in force on a day."""
        on = f"{day:%d/%m/%Y}"
        if self.in_force and day < self.in_force:
            return Say(
                f"Chưa có hiệu lực vào ngày {on}: có hiệu lực từ {self.in_force:%d/%m/%Y}.",
                f"Not yet in force on {day.isoformat()}: in force from {self.in_force.isoformat()}.",
            )
        if self.repealed and day >= self.repealed:
            by = f" ({self.repealed_by})" if self.repealed_by else ""
            return Say(
                f"Đã hết hiệu lực vào ngày {on}: hết từ {self.repealed:%d/%m/%Y}{by}.",
                f"No longer in force on {day.isoformat()}: repealed from {self.repealed.isoformat()}{by}.",
            )
        if self.number and not self.in_force:
            return Say(
                "Không rõ ngày có hiệu lực; hãy kiểm tra trước khi dẫn.", "Its day of effect is not known; look it up before citing it."
            )  # fmt: skip
        return None


def read_laws(folder: Path) -> list[Article]:
    """Read all documents of a folder: PDF, DOCX, HTML, TXT, and JSONL with one article a line.

    What a document says of its own number and days is taken from it; `laws.toml` in the folder corrects it. A law that another
    one in the folder ends gets its day of repeal from that.

    Raises
    ------
    InputError
        A document can't be read, or `laws.toml` is wrong.
    """
    told = _told(folder / LAWS)
    articles = [
        article
        for path in sorted(folder.glob("*"))
        if path.suffix.lower() in {*READERS, ".jsonl"} and path.is_file()
        for article in _corrected(_read(path), told.get(path.name, {}))
    ]
    return _repealed(articles)


def _read(path: Path) -> list[Article]:
    if path.suffix == ".jsonl":
        return list(_rows(path))
    return split_law(unicodedata.normalize("NFC", read_document(path)), path.name)


def split_law(text: str, document: str) -> list[Article]:
    r"""Split a law by articles; a document without articles by passages of about 120 words.

    Examples
    --------
    >>> law = "Luật số: 1/2020/QH14\nLUẬT\nVÍ DỤ\nĐiều 1. Phạm vi\n1. Một.\n2. Hai.\nĐiều 2. Đối tượng\nMọi người."
    >>> [(a.law, a.article, a.title, len(a.clauses())) for a in split_law(law, "luat.txt")]
    [('Luật Ví dụ 1/2020/QH14', '1', 'Phạm vi', 2), ('Luật Ví dụ 1/2020/QH14', '2', 'Đối tượng', 1)]
    """
    found = list(_ARTICLE.finditer(text))
    if not found:
        return list(_passages(text, document))
    head = text[: found[0].start()]
    number = _NUMBER.search(head)
    effect = _EFFECT.search(text)
    law = " ".join(part for part in (_name(head), number[1] if number else "") if part) or document
    ends = [*(match.start() for match in found[1:]), len(text)]
    return [
        Article(
            law=law,
            number=number[1] if number else "",
            article=match[1],
            title=match[2].strip(),
            text=text[match.end() : end].strip() or match[2].strip(),
            document=document,
            in_force=_date(*effect.groups()) if effect else None,
        )
        for match, end in zip(found, ends, strict=True)
    ]


def _name(head: str) -> str:
    found = _NAME.search(head)
    if not found:
        return ""
    words = f"{found[1]} {found[2]}".strip().lower().split()
    first = 2 if found[1] in {"BỘ LUẬT", "NGHỊ ĐỊNH", "THÔNG TƯ", "NGHỊ QUYẾT", "QUYẾT ĐỊNH"} else 1
    words[0] = words[0].capitalize()
    if len(words) > first:
        words[first] = words[first].capitalize()
    return " ".join(words)


def _passages(text: str, document: str) -> Iterator[Article]:
    part: list[str] = []
    for line in text.split("\n"):
        part += line.split()
        if len(part) >= _WORDS:
            yield Article(document, "", "", "", " ".join(part), document)
            part = []
    if part:
        yield Article(document, "", "", "", " ".join(part), document)


def _rows(path: Path) -> Iterator[Article]:
    if path.stat().st_size > MOST_BYTES:
        raise _wrong(path.name, Say("Tệp quá lớn.", "The file is too large."))
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            found = re.search(r"\d{1,4}/\d{4}/[A-ZĐ0-9-]+", row["law"])
            yield Article(row["law"], found[0] if found else "", str(row["article"]), row.get("title", ""), row["text"], path.name)  # fmt: skip
        except (ValueError, KeyError, TypeError) as fault:
            raise _wrong(f"{path.name}, {number}", Say("Dòng này không phải một điều luật.", "This line is no article.")) from fault  # fmt: skip


def _told(path: Path) -> dict[str, dict[str, Any]]:
    if not path.is_file():
        return {}
    try:
        laws = tomllib.loads(path.read_text(encoding="utf-8"))["law"]
        return {law["file"]: law for law in laws}
    except (ValueError, KeyError, TypeError) as fault:
        raise _wrong(LAWS, Say("Không đọc được tệp này.", "This file can't be read.")) from fault


def _corrected(articles: Iterable[Article], told: dict[str, Any]) -> list[Article]:
    known = {name: told[name] for name in ("law", "number", "in_force", "repealed", "repealed_by") if name in told}
    if any(not isinstance(known[name], dt.date) for name in ("in_force", "repealed") if name in known):
        raise _wrong(LAWS, Say("Ngày phải viết như 2021-01-01.", "Days are written as 2021-01-01."))
    return [replace(article, **known) for article in articles]


def _repealed(articles: list[Article]) -> list[Article]:
    ended: dict[str, tuple[dt.date, str]] = {}
    for article in articles:
        for number in _REPEALS.findall(article.text):
            if article.in_force and number != article.number:
                ended.setdefault(number, (article.in_force, article.number))
    return [
        replace(a, repealed=ended[a.number][0], repealed_by=ended[a.number][1]) if a.number in ended and not a.repealed else a
        for a in articles
    ]  # fmt: skip


def _date(day: str, month: str, year: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def _wrong(where: str, what: Say) -> InputError:
    mend = Say(
        'laws.toml: [[law]] file = "…", number = "…", in_force = 2021-01-01; JSONL: mỗi dòng có law, article, text.',
        'laws.toml: [[law]] file = "…", number = "…", in_force = 2021-01-01; JSONL: law, article and text on each line.',
    )
    return InputError(where, what, mend)
