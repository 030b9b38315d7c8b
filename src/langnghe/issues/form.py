"""The form of a code-book: how its fields are read, and all faults found in one go, each with its line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from langnghe.errors import Say, SettingError

LONGEST_TEXT = 4_000
MOST_PHRASES = 3_000
MOST_SHOWN = 20
"""Letters of a sentence; phrases of a list; faults that are told at once."""

_TABLE = re.compile(r"^\s*\[\[\s*(issue|reaction|dropped|issue\s*\.\s*sub)\s*\]\]")
_KEY = re.compile(r"^\s*([\w-]+)\s*(?:=|\.)")


@dataclass(frozen=True)
class Place:
    """A place in a code-book: a table ('issue', 'reaction' …) by its number, the number of a sub-issue in it (0: none), a key."""

    table: str = ""
    number: int = 0
    sub: int = 0
    key: str = ""
    id: str = ""

    def at(self, key: str) -> Place:
        """A key of the same table."""
        return Place(self.table, self.number, self.sub, key, self.id)

    def name(self) -> str:
        """As people are told: '[[issue]] wages, seeds'."""
        head = f"[[{self.table}]] {self.id or self.number}" if self.table else ""
        sub = f"[[issue.sub]] {self.sub}" if self.sub else ""
        return ", ".join(part for part in (head, sub, self.key) if part)


@dataclass(frozen=True)
class Fault:
    """One fault: its place and what is wrong there."""

    place: Place
    what: Say


@dataclass(frozen=True)
class Faults:
    """The faults of one file, gathered while it is read, told together at the end."""

    file: str
    lines: dict[tuple[str, int, int, str], int]
    found: list[Fault] = field(default_factory=list)

    def add(self, place: Place, vi: str, en: str) -> None:
        """Remember a fault."""
        self.found.append(Fault(place, Say(vi, en)))

    def raise_any(self) -> None:
        """Raise all faults as one error, in the order of the file.

        Raises
        ------
        SettingError
            There was at least one.
        """
        if not self.found:
            return
        told = sorted(self.found, key=lambda one: self._line(one.place))
        more = len(told) - MOST_SHOWN
        vi = [self._told(one, "vi") for one in told[:MOST_SHOWN]] + ([f"và {more} lỗi nữa"] if more > 0 else [])
        en = [self._told(one, "en") for one in told[:MOST_SHOWN]] + ([f"and {more} more"] if more > 0 else [])
        raise SettingError(
            self.file,
            Say(_together(vi, "lỗi"), _together(en, "faults")),
            Say("Xem trang 'Sổ mã' trong tài liệu để biết mẫu.", "See the page 'Code-book' of the docs for the form."),
        )

    def _line(self, place: Place) -> int:
        exact = (place.table, place.number, place.sub, place.key)
        return self.lines.get(exact) or self.lines.get((*exact[:3], "")) or self.lines.get((*exact[:2], 0, "")) or 0

    def _told(self, fault: Fault, lang: str) -> str:
        line = self._line(fault.place)
        at = Say(f"dòng {line}", f"line {line}")[lang] if line else ""
        where = ", ".join(part for part in (at, fault.place.name()) if part)
        return f"{where}: {fault.what[lang]}" if where else fault.what[lang]


def _together(told: list[str], word: str) -> str:
    if len(told) == 1:
        return f"{told[0]}."
    return f"{len(told)} {word}:" + "".join(f"\n  - {one}." for one in told) + "\n"


def lines_of(text: str) -> dict[tuple[str, int, int, str], int]:
    """Where the tables and keys of a code-book stand: (table, its number, number of the sub-issue, key) → line."""
    found: dict[tuple[str, int, int, str], int] = {}
    counts: dict[str, int] = {}
    here = ("", 0, 0)
    for number, line in enumerate(text.splitlines(), 1):
        if table := _TABLE.match(line):
            name = re.sub(r"\s", "", table[1])
            counts[name] = counts.get(name, 0) + 1
            if name == "issue":
                counts["issue.sub"] = 0
            here = ("issue", counts.get("issue", 0), counts["issue.sub"]) if "." in name else (name, counts[name], 0)
            found[*here, ""] = number
        elif key := _KEY.match(line):
            found.setdefault((*here, key[1]), number)
    return found


def read_table(value: Any, place: Place, known: frozenset[str], faults: Faults) -> dict[str, Any]:
    """A table; keys that are not known are faults."""
    if not isinstance(value, dict):
        faults.add(place, "cần một bảng", "needs a table")
        return {}
    for key in sorted(set(value) - known):
        faults.add(
            place.at(key),
            f"có khoá lạ '{key}'; các khoá có thể dùng: {', '.join(sorted(known))}",
            f"has the unknown key '{key}'; the keys are: {', '.join(sorted(known))}",
        )
    return value


def read_rows(value: Any, place: Place, faults: Faults, most: int) -> list[Any]:
    """A list of tables, of bounded length."""
    if not isinstance(value, list) or len(value) > most:
        faults.add(place, f"cần một danh sách, nhiều nhất {most}", f"needs a list of at most {most}")
        return []
    return value


def read_say(value: Any, place: Place, faults: Faults) -> Say:
    """A sentence in one or two languages."""
    if isinstance(value, str):
        value = {"vi": value}
    fits = isinstance(value, dict) and isinstance(value.get("vi"), str) and isinstance(value.get("en", ""), str)
    if not fits or set(value) - {"vi", "en"} or any(len(text) > LONGEST_TEXT for text in value.values()):
        faults.add(
            place,
            f"cần một chuỗi hoặc {{vi = …, en = …}}, nhiều nhất {LONGEST_TEXT} ký tự",
            f"needs a string or {{vi = …, en = …}} of at most {LONGEST_TEXT} letters",
        )
        return Say("", "")
    return Say(value["vi"], value.get("en", value["vi"]))


def read_phrases(value: Any, place: Place, faults: Faults) -> tuple[str, ...]:
    """A list of phrases, each once; `{vi = […]}` is one too."""
    listed = value.get("vi", []) if isinstance(value, dict) else value
    if not isinstance(listed, list) or len(listed) > MOST_PHRASES or not all(isinstance(v, str) for v in listed):
        faults.add(place, "cần một danh sách các cụm từ", "needs a list of phrases")
        return ()
    return tuple(dict.fromkeys(listed))


def read_listed(value: Any, place: Place, faults: Faults) -> Say:
    """A list in both languages as two sentences: 'a; b; c'."""
    both = value if isinstance(value, dict) else {"vi": value, "en": value}
    vi, en = (read_phrases(both.get(lang, both.get("vi", [])), place, faults) for lang in ("vi", "en"))
    return Say("; ".join(vi), "; ".join(en))


def read_id(value: Any, place: Place, faults: Faults) -> str:
    """An id: small letters, digits, underscore; 2 to 40 signs."""
    if isinstance(value, str) and re.fullmatch(r"[a-z][a-z0-9_]{1,39}", value):
        return value
    faults.add(
        place.at("id"),
        "cần 'id' gồm chữ thường không dấu, số, gạch dưới; 2–40 ký tự, bắt đầu bằng chữ",
        "needs an 'id' of small letters, digits, underscore; 2 to 40 signs, a letter first",
    )
    return ""
