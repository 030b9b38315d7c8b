"""What stands in the open: a page per check, pages on method, corrections and funding, an Atom feed, and the checks as data."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from langnghe.check.checks import VERDICTS, row_of
from langnghe.check.claimreview import claim_review, invalid, json_in_page
from langnghe.errors import Say
from langnghe.write import write_bytes, writing

if TYPE_CHECKING:
    from langnghe.check.acts import File
    from langnghe.check.desk import Desk, DeskSettings

TEMPLATES = Path(__file__).parent / "templates"
MENU = (
    ("method", Say("Cách làm", "Method")),
    ("corrections", Say("Đính chính", "Corrections")),
    ("funding", Say("Nguồn tiền", "Funding")),
)
ABOUT = Say(
    "Điều người lao động nghe được, câu trả lời và căn cứ. Mỗi bài do hai cán bộ soạn và đọc lại.",
    "What workers hear, the answer and its sources. Every check is written and read by two officers.",
)
METHOD = (
    Say(
        "Chúng tôi kiểm chứng điều người lao động nghe được về việc làm, tiền lương, bảo hiểm, luật và các lời mời chào. Chúng tôi không kiểm chứng chuyện chính trị, chuyện của cá nhân, và không chấm đúng sai cho ý kiến.",
        "We check what workers hear about work, pay, insurance, law and offers. We check nothing about politics or persons, and an opinion is neither right nor wrong.",
    ),
    Say(
        "Một cán bộ nhận điều được nói và quyết định có kiểm chứng được không. Một cán bộ tìm căn cứ và soạn. Một người khác đọc lại trước khi đăng. Máy chỉ gợi ý điều đã kiểm chứng và điều luật có thể liên quan; máy không bao giờ kết luận.",
        "An officer takes the claim in and decides whether it can be checked. An officer looks for sources and writes. A second, different person reads it before it is published. The machine only proposes earlier checks and articles of law; it never gives a verdict.",
    ),
    Say(
        "Mỗi bài đều ghi căn cứ theo số hiệu và điều khoản. Nguồn chưa có ai đọc nguyên văn thì ghi 'chưa xác minh'. Điều nói về chính tổ chức công đoàn được đánh dấu xung đột lợi ích.",
        "Every check names its sources by number and article. A source whose text nobody has read is marked 'not verified'. Claims about the trade union itself are marked as a conflict of interest.",
    ),
)


@dataclass(frozen=True)
class Page:
    """A file to be written: its path under the folder, and its bytes."""

    path: str
    data: bytes


def publish(desk: Desk, folder: Path, lang: str | None = None) -> list[Path]:
    """Write all that stands in the open into a folder.

    Parameters
    ----------
    desk : the desk.
    folder : written into; pages of an earlier time are replaced.
    lang : 'vi' or 'en'; the desk's own where None.

    Raises
    ------
    CheckFailed
        The desk has no address yet, or a check would lack something that its ClaimReview needs; nothing is written then.
    """
    pages = make_pages(desk, lang or desk.settings.language)
    with writing(folder):
        (folder / "checks").mkdir(parents=True, exist_ok=True)
    for page in pages:
        write_bytes(folder / page.path, page.data)
    return [folder / page.path for page in pages]


def make_pages(desk: Desk, lang: str) -> list[Page]:
    """All files that stand in the open, in order."""
    shown = sorted((f for f in desk.files.values() if f.published), key=lambda f: (f.first_published, f.id), reverse=True)  # fmt: skip
    s = desk.settings
    if not s.url:
        raise invalid("desk.toml", ["url"])
    pages = [Page(f"checks/{file.id}.html", _check_page(file, s, lang)) for file in shown]
    standing = [file for file in shown if not file.retracted]
    about = [
        ("index", s.name, [ABOUT[lang]], standing),
        ("method", MENU[0][1][lang], [part[lang] for part in METHOD], []),
        ("corrections", MENU[1][1][lang], [_on_corrections(s, lang)], [f for f in shown if f.corrections]),
        ("funding", MENU[2][1][lang], [s.funding[lang] or Say("Chưa khai.", "Not stated yet.")[lang]], []),
    ]
    pages += [Page(f"{name}.html", _list_page(name, title, parts, files, s, lang)) for name, title, parts, files in about]  # fmt: skip
    rows = [_row(file, s) for file in standing]
    return [
        *pages,
        Page("feed.xml", _feed(standing, s, lang)),
        Page("checks.json", (json.dumps(rows, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()),
        Page("checks.csv", _csv(standing, lang)),
    ]


def _check_page(file: File, desk: DeskSettings, lang: str) -> bytes:
    check = file.published
    if check is None:
        return b""
    word, definition = VERDICTS[check.verdict]
    review = None if file.retracted else Markup(json_in_page(claim_review(file, desk, lang)))  # noqa: S704 - escaped there
    return _rendered(
        "check.html", desk, lang, f"checks/{file.id}.html", title=check.title or check.claim, review=review, file=file, check=check,
        word=word[lang], definition=definition[lang],
    )  # fmt: skip


def _list_page(name: str, title: str, parts: list[str], files: list[File], desk: DeskSettings, lang: str) -> bytes:
    rows = [
        {
            "id": file.id,
            "title": file.published.title or file.published.claim,
            "word": VERDICTS[file.published.verdict][0][lang] if not file.retracted else Say("đã rút lại", "retracted")[lang],
            "note": f"{_day(file.corrections[-1].date, lang)}: {file.corrections[-1].what}" if name == "corrections" else _day(file.first_published, lang),
        }
        for file in files
        if file.published
    ]  # fmt: skip
    words = [(word[lang], definition[lang]) for word, definition in VERDICTS.values()] if name == "method" else []
    return _rendered(
        "list.html",
        desk,
        lang,
        f"{name}.html",
        title=title,
        review=None,
        paragraphs=parts,
        rows=rows,
        definitions=words,
    )


def _on_corrections(desk: DeskSettings, lang: str) -> str:
    where = f" {desk.contact}" if desk.contact else Say(" đơn vị đăng bài", " us")[lang]
    return Say(
        f"Ai thấy chỗ sai đều có thể gửi về{where}. Bài sai được sửa hoặc rút lại; ngày và nội dung sửa ghi ngay trong bài và ở trang này, không xoá.",
        f"Whoever sees a fault can write to{where}. A wrong check is corrected or retracted; when and what stands in the check and on this page, and is not removed.",
    )[lang]


def _rendered(template: str, desk: DeskSettings, lang: str, path: str, **given: Any) -> bytes:
    menu = [(name, label[lang]) for name, label in MENU]
    page = _environment().get_template(template)
    text = page.render(
        desk=desk, lang=lang, path=path, root="../" * path.count("/"), menu=menu, day=lambda date: _day(date, lang),
        say=lambda vi, en: Say(vi, en)[lang], **given,
    )  # fmt: skip
    return text.encode()


def _day(date: str, lang: str) -> str:
    """A day as readers write it: '26/11/2026' in Vietnamese."""
    return "/".join(reversed(date.split("-"))) if lang == "vi" else date


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )  # fmt: skip
    environment.filters["safe_address"] = _safe_address
    return environment


def _safe_address(address: str) -> str:
    """An address that a page may lead to: http or https, nothing that runs."""
    return address if urlsplit(address).scheme in {"http", "https"} else "#"


def _row(file: File, desk: DeskSettings) -> dict[str, Any]:
    row = row_of(file.published) if file.published else {}
    dated: dict[str, Any] = {"published": file.first_published, "corrections": [vars(c) for c in file.corrections]}
    return {
        **row,
        **dated,
        "publisher": desk.name,
        "conflict_of_interest": file.interest,
        "roles": list(file.published_roles),
    }


def _csv(files: list[File], lang: str) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["id", "claim", "verdict", "summary", "sources", "published", "corrected"])
    for file in files:
        check = file.published
        if check is not None:
            cited = "; ".join(source.citation(lang) for source in check.sources)
            corrected = file.corrections[-1].date if file.corrections else ""
            line = [file.id, check.claim, check.verdict, check.summary, cited, file.first_published, corrected]
            writer.writerow([_no_formula(cell) for cell in line])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _no_formula(cell: str) -> str:
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell


def _feed(files: list[File], desk: DeskSettings, lang: str) -> bytes:
    updated = max((_modified(file) for file in files), default="2000-01-01")
    entries = "".join(_entry(file, desk, lang) for file in files)
    head = f"<title>{_xml(desk.name)}</title><id>{_xml(desk.url)}/</id><updated>{updated}T00:00:00Z</updated>"
    author = f'<author><name>{_xml(desk.name)}</name></author><link rel="self" href="{_xml(desk.url)}/feed.xml"/>'
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{lang}">\n{head}{author}\n{entries}</feed>\n'
    ).encode()  # fmt: skip


def _entry(file: File, desk: DeskSettings, lang: str) -> str:
    check = file.published
    if check is None:
        return ""
    address = _xml(f"{desk.url}/checks/{file.id}.html")
    title = _xml(f"{VERDICTS[check.verdict][0][lang]}: {check.title or check.claim}")
    return (
        f'<entry><title>{title}</title><id>{address}</id><link href="{address}"/><published>{file.first_published}T00:00:00Z</published>'
        f"<updated>{_modified(file)}T00:00:00Z</updated><summary>{_xml(check.summary)}</summary></entry>\n"
    )


def _modified(file: File) -> str:
    return file.corrections[-1].date if file.corrections else file.first_published


def _xml(text: str) -> str:
    """Text for XML, without characters that XML forbids."""
    allowed = "".join(c for c in text if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff"))
    return escape(allowed, {'"': "&quot;"})
