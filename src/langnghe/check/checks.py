"""A check: a claim that people looked into, with what they found and their sources."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping  # noqa: TC003 - dataclass fields are read at run time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from langnghe.errors import InputError, Say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

VERDICTS: Mapping[str, tuple[Say, Say]] = {
    "true": (
        Say("Đúng", "True"),
        Say(
            "Điều được nói khớp với nguồn, không bỏ sót điều làm đổi nghĩa.",
            "What is said agrees with the sources, and leaves out nothing that would change its meaning.",
        ),
    ),
    "false": (
        Say("Sai", "False"),
        Say("Nguồn cho biết điều ngược lại, hoặc không có điều ấy.", "The sources say the opposite, or no such thing."),
    ),
    "misleading": (
        Say("Gây hiểu nhầm", "Misleading"),
        Say(
            "Có phần đúng, nhưng bỏ sót điều kiện hoặc ghép lại khiến người nghe hiểu sai.",
            "Part of it is right, but conditions are left out or things are joined so that it is understood wrongly.",
        ),
    ),
    "outdated": (
        Say("Đã cũ", "Outdated"),
        Say("Trước đây đúng, nay quy định đã đổi.", "It was right once; the rule has changed since."),
    ),
    "unproven": (
        Say("Chưa có căn cứ", "Unproven"),
        Say(
            "Đã tìm nhưng chưa thấy nguồn đủ tin cậy để nói đúng hay sai.",
            "Sources were looked for, but none is good enough to say whether it is right.",
        ),
    ),
}
"""Verdict → its word and its definition. Only people give verdicts."""


@dataclass(frozen=True)
class Source:
    """What a verdict rests on.

    Attributes
    ----------
    law : name and number of a law ('Bộ luật Lao động 45/2019/QH14'), or the name of another document.
    article, clause : numbers as the law writes them; '' where none is cited.
    verified : whether somebody read that text; what nobody read is printed as 'not verified'.
    url : where it can be read; '' where no address is known.
    quote : its words, where they are quoted.
    """

    law: str
    article: str = ""
    clause: str = ""
    verified: bool = False
    url: str = ""
    quote: str = ""

    def citation(self, lang: str = "vi") -> str:
        """The source as it is cited: 'khoản 1 Điều 98 Bộ luật Lao động 45/2019/QH14'."""
        words = Say("khoản {} ", "clause {}, ") if self.clause else Say("", "")
        article = Say("Điều {} ", "article {}, ") if self.article else Say("", "")
        cited = words[lang].format(self.clause) + article[lang].format(self.article) + self.law
        unread = "" if self.verified else Say(" (chưa xác minh)", " (not verified)")[lang]
        return cited[0].upper() + cited[1:] + unread


@dataclass(frozen=True)
class Check:
    """A claim that was checked.

    Attributes
    ----------
    id : short name, used in addresses.
    claim, title, summary : the claim as a sentence, the headline of its page, the answer in short.
    wordings : other ways in which people put it.
    verdict : a key of `VERDICTS`, or '' for a check that has none we know (imported ones).
    explanation : why.
    sources : what the verdict rests on.
    date : day on which it was published; None where it is not known.
    topic : free word.
    addresses : web addresses at which the claim was seen.
    publisher : who checked it; '' for this desk.
    """

    id: str
    claim: str
    title: str = ""
    summary: str = ""
    wordings: tuple[str, ...] = ()
    verdict: str = ""
    explanation: str = ""
    sources: tuple[Source, ...] = ()
    date: dt.date | None = None
    topic: str = ""
    addresses: tuple[str, ...] = ()
    publisher: str = ""

    @property
    def said(self) -> tuple[str, ...]:
        """The texts that each put the claim as a whole, as people put it: claim and wordings."""
        return tuple(text for text in (self.claim, *self.wordings) if text)

    @property
    def texts(self) -> tuple[str, ...]:
        """All that its page has of the claim: what is said, then headline and summary, which say what is true."""
        return (*self.said, *(text for text in (self.title, self.summary) if text))


def read_checks(path: Path) -> list[Check]:
    """Read checks from a file with one JSON object a line.

    Raises
    ------
    InputError
        The file is missing, or a line is no check.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        raise InputError(
            path.name,
            Say("Không đọc được tệp các kiểm chứng này.", "This file of checks can't be read."),
            Say("Hãy kiểm tra tên tệp; tệp phải là JSONL, mã hoá UTF-8.", "Check its name; it must be JSONL in UTF-8."),
        ) from fault
    return list(checks_of(path.name, lines))


def checks_of(name: str, lines: Iterable[str]) -> Iterator[Check]:
    """Checks from lines of JSON; `name` says where they stand.

    Raises
    ------
    InputError
        A line is no check.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield check_of(json.loads(line))
        except (ValueError, TypeError, KeyError, AttributeError) as fault:
            raise InputError(
                f"{name}, {number}",
                Say("Dòng này không phải một kiểm chứng.", "This line is no check."),
                Say(
                    'Mỗi dòng là một đối tượng JSON có ít nhất "id" và "claim".',
                    'Each line is a JSON object with at least "id" and "claim".',
                ),
            ) from fault


def check_of(row: Mapping[str, Any]) -> Check:
    """A check from an object of JSON."""
    return Check(
        id=str(row["id"]),
        claim=str(row["claim"]),
        title=str(row.get("title") or ""),
        summary=str(row.get("summary") or ""),
        wordings=tuple(map(str, row.get("wordings") or ())),
        verdict=str(row.get("verdict") or ""),
        explanation=str(row.get("explanation") or ""),
        sources=tuple(source_of(source) for source in row.get("sources") or ()),
        date=dt.date.fromisoformat(row["date"]) if row.get("date") else None,
        topic=str(row.get("topic") or ""),
        addresses=tuple(map(str, row.get("addresses") or ())),
        publisher=str(row.get("publisher") or ""),
    )


def source_of(row: Mapping[str, Any]) -> Source:
    """A source from an object of JSON."""
    fields = {name: str(row.get(name) or "") for name in ("law", "article", "clause", "url", "quote")}
    return Source(**fields, verified=bool(row.get("verified")))


def row_of(check: Check) -> dict[str, Any]:
    """A check as an object of JSON; what is empty is left out."""
    row = {**asdict(check), "date": check.date.isoformat() if check.date else None}
    row["sources"] = [{k: v for k, v in asdict(source).items() if v != ""} for source in check.sources]
    return {name: list(value) if isinstance(value, tuple) else value for name, value in row.items() if value}
