"""Code-books: which issues there are, what belongs to them, and which phrases speak for them.

A code-book is a TOML file that a person reads and edits. It is checked when it is read; every fault is named with its place.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from langnghe.errors import Say, SettingError
from langnghe.words.lookup import LONGEST
from langnghe.words.vocabulary import fold_phrase

REACTIONS = ("complaint", "request", "question", "praise", "information", "other")
"""The reactions, in the one order in which every chart and table shows them."""

_ID = re.compile(r"[a-z][a-z0-9_]{1,39}")
_MAX_BYTES = 2_000_000
_KEYS = frozenset("id name definition belongs excludes seeds counter sub law ilo ilo_ratified".split())


@dataclass(frozen=True)
class Law:
    """Articles of one law that apply to an issue; `verified` when their text was read for this code-book."""

    law: str
    articles: tuple[int, ...]
    verified: bool


@dataclass(frozen=True)
class Issue:
    """One issue (or reaction) of a code-book."""

    id: str
    name: Say
    definition: Say
    belongs: Say
    excludes: Say
    seeds: tuple[str, ...]
    counter: tuple[str, ...]
    law: tuple[Law, ...] = ()
    ilo: tuple[str, ...] = ()


@dataclass(frozen=True)
class Codebook:
    """A code-book: its issues and reactions in their order.

    Attributes
    ----------
    id, version, name : what it is.
    sha256 : of the file it was read from; printed in the report.
    """

    id: str
    version: int
    name: Say
    sha256: str
    issues: tuple[Issue, ...]
    reactions: tuple[Issue, ...]


def read_codebook(source: str | Path) -> Codebook:
    """Read a code-book by its name ('labour-vi') or from a TOML file.

    Raises
    ------
    SettingError
        The file is missing, no TOML, or breaks a rule of the format; the message names the table and the key.
    """
    raw = _bytes(source)
    where = str(source)
    try:
        data = tomllib.loads(raw.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingError(
            where,
            Say(f"không đọc được sổ mã: {error}.", f"the code-book can't be read: {error}."),
            Say("Hãy sửa tệp TOML (mã UTF-8) ở chỗ đó.", "Mend the TOML file (UTF-8) there."),
        ) from None
    book = Codebook(
        id=str(data.get("id", Path(where).stem)),
        version=_version(data.get("version", 1), where),
        name=_say(data.get("name", where), f"{where}, name"),
        sha256=sha256(raw).hexdigest(),
        issues=tuple(_issue(row, where, "issue", n) for n, row in enumerate(data.get("issue", []), 1)),
        reactions=tuple(_issue(row, where, "reaction", n) for n, row in enumerate(data.get("reaction", []), 1)),
    )
    return _checked(book, where)


def _version(value: Any, where: str) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise _fault(f"{where}, version", "cần một số nguyên", "needs a whole number")


def _bytes(source: str | Path) -> bytes:
    named = files("langnghe.vi").joinpath(f"{source}.toml")
    if not str(source).endswith(".toml") and named.is_file():
        return named.read_bytes()
    path = Path(source)
    if not path.is_file() or path.stat().st_size > _MAX_BYTES:
        raise SettingError(
            str(source),
            Say("không có sổ mã này, hoặc tệp quá lớn.", "there is no such code-book, or the file is too large."),
            Say(
                "Hãy dùng 'labour-vi', 'none' hoặc đường dẫn tới một tệp .toml dưới 2 MB.",
                "Use 'labour-vi', 'none' or the path of a .toml file under 2 MB.",
            ),
        )
    return path.read_bytes()


def _say(value: Any, where: str) -> Say:
    if isinstance(value, str):
        return Say(value, value)
    if isinstance(value, dict) and isinstance(value.get("vi"), str):
        return Say(value["vi"], str(value.get("en", value["vi"])))
    raise _fault(where, "cần một chuỗi hoặc {vi = …, en = …}", "needs a string or {vi = …, en = …}")


def _phrases(value: Any, where: str) -> tuple[str, ...]:
    listed = value.get("vi", []) if isinstance(value, dict) else value
    if not isinstance(listed, list) or not all(isinstance(v, str) for v in listed):
        raise _fault(where, "cần một danh sách các cụm từ", "needs a list of phrases")
    return tuple(dict.fromkeys(listed))


def _listed(value: Any, where: str) -> Say:
    """A list in both languages as two sentences: 'a; b; c'."""
    both = value if isinstance(value, dict) else {"vi": value, "en": value}
    vi, en = (_phrases(both.get(lang, both.get("vi", [])), where) for lang in ("vi", "en"))
    return Say("; ".join(vi), "; ".join(en))


def _issue(row: dict[str, Any], file: str, table: str, number: int) -> Issue:
    where = f"{file}, [[{table}]] {row.get('id', number)}"
    if not isinstance(row.get("id"), str) or not _ID.fullmatch(row["id"]):
        raise _fault(
            where, "thiếu 'id' (chữ thường, số, gạch dưới)", "has no 'id' (lower-case letters, digits, underscore)"
        )
    unknown = sorted(set(row) - _KEYS)
    if unknown:
        raise _fault(where, f"có khoá lạ: {', '.join(unknown)}", f"has unknown keys: {', '.join(unknown)}")
    law = tuple(
        Law(str(entry.get("law", "")), tuple(entry.get("articles", ())), bool(entry.get("verified", False)))
        for entry in row.get("law", [])
    )
    seeds = _phrases(row.get("seeds", []), f"{where}, seeds")
    for part in row.get("sub", []):
        seeds += _phrases(part.get("seeds", []), f"{where}, sub {part.get('id', '?')}, seeds")
    return Issue(
        id=row["id"],
        name=_say(row.get("name", row["id"]), f"{where}, name"),
        definition=_say(row.get("definition", ""), f"{where}, definition"),
        belongs=_listed(row.get("belongs", []), f"{where}, belongs"),
        excludes=_listed(row.get("excludes", []), f"{where}, excludes"),
        seeds=tuple(dict.fromkeys(seeds)),
        counter=_phrases(row.get("counter", []), f"{where}, counter"),
        law=law,
        ilo=_phrases(row.get("ilo", []), f"{where}, ilo"),
    )


def _checked(book: Codebook, where: str) -> Codebook:
    ids = [issue.id for issue in book.issues]
    twice = sorted({i for i in ids if ids.count(i) > 1})
    if not ids:
        raise _fault(where, "không có [[issue]] nào", "has no [[issue]]")
    if twice:
        raise _fault(where, f"các id lặp lại: {', '.join(twice)}", f"ids given twice: {', '.join(twice)}")
    unknown = sorted({r.id for r in book.reactions} - set(REACTIONS))
    if unknown:
        raise _fault(where, f"reaction không có: {', '.join(unknown)}", f"unknown reactions: {', '.join(unknown)}")
    for issue in book.issues:
        long = [seed for seed in (*issue.seeds, *issue.counter) if len(fold_phrase(seed)) > LONGEST]
        if long:
            raise _fault(
                f"{where}, [[issue]] {issue.id}",
                f"có cụm từ dài quá {LONGEST} âm tiết: {long[0]}",
                f"has a phrase of more than {LONGEST} syllables: {long[0]}",
            )
        if not issue.seeds:
            raise _fault(f"{where}, [[issue]] {issue.id}", "không có cụm từ 'seeds'", "has no 'seeds'")
    return book


def _fault(where: str, vi: str, en: str) -> SettingError:
    return SettingError(
        where,
        Say(f"{vi}.", f"{en}."),
        Say("Xem trang 'Sổ mã' trong tài liệu để biết mẫu.", "See the page 'Code-book' of the docs for the form."),
    )
