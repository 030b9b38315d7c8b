"""The nouns of the example study: a text, a person who says it, a row of the export."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

GENERAL = ("bac", "trung", "dong_nam_bo", "tay_nam_bo", "dich_vu")
MESSAGE = "thong_diep"
BURST = "dot_bien"
GREETINGS = "loi_chao"
SOURCES = ("Facebook", "TikTok", "YouTube", "Báo điện tử", "Đường dây góp ý")
FEEDBACK_LINE = SOURCES[-1]
REACTIONS = ("complaint", "request", "question", "praise", "information", "other")
ISSUES = (
    "wages bonus hours leave contract job_loss social_insurance unemployment_insurance health safety conditions meals"
    " housing transport women_children treatment union training cost_of_living scams"
).split()


@dataclass(frozen=True)
class Written:
    """A text that was written for the study, and its labels.

    Attributes
    ----------
    file, line : where it stands in texts/ (file without its ending).
    pii : pairs (kind, value) of the personal data in the text, all invented.
    claim : id of the false claim that it repeats, asks about or denies, or None.
    times : how often it is said (more than once for greetings only).
    """

    file: str
    line: int
    text: str
    issues: tuple[str, ...]
    reaction: str
    sector: str
    place: str
    source: str
    pii: tuple[tuple[str, str], ...]
    claim: str | None
    times: int = 1


@dataclass(frozen=True)
class Person:
    """Where an invented account lives, works and mostly writes."""

    place: str
    sector: str
    source: str


@dataclass(frozen=True)
class Said:
    """A text in the mouth of an account.

    Attributes
    ----------
    who : number of the account; None for the generic name `generic`.
    generic : 'Ẩn danh', 'Người dùng Facebook' or '' where `who` is None.
    """

    written: Written
    who: int | None
    generic: str
    place: str
    sector: str
    source: str


@dataclass(frozen=True)
class Row:
    """A row of the export. `likes` is None on the feedback line, which has none."""

    said: Said
    author: str
    at: dt.datetime
    likes: int | None


def read_texts(folder: Path) -> dict[str, tuple[Written, ...]]:
    """Read all texts, by file."""
    names = (*GENERAL, MESSAGE, BURST, GREETINGS)
    return {name: tuple(_read(folder / f"{name}.jsonl")) for name in names}


def _read(path: Path) -> list[Written]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_written(path.stem, number, json.loads(line)) for number, line in enumerate(lines, 1)]


def _written(file: str, line: int, found: dict[str, object]) -> Written:
    pii: list[dict[str, str]] = found["pii"]  # type: ignore[assignment]
    issues: list[str] = found["issues"]  # type: ignore[assignment]
    claim = found["claim"]
    return Written(
        file=file,
        line=line,
        text=str(found["text"]),
        issues=tuple(issues),
        reaction=str(found["reaction"]),
        sector=str(found.get("sector", "")),
        place=str(found.get("place", "")),
        source=str(found.get("source", "")),
        pii=tuple((each["kind"], each["value"]) for each in pii),
        claim=None if claim is None else str(claim),
        times=int(str(found.get("times", 1))),
    )


def fold(text: str) -> str:
    """Words of a text in lower case without diacritics and punctuation, one blank between them."""
    apart = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[a-z0-9]+", bare))
