"""What a value looks like: a number, a date, an id, an e-mail, a link, a sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from langnghe.collect.date_words import looks_like_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_NUMBER = re.compile(r"\s*[-+]?\d[\d., ]*\s*%?\s*$")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[a-zA-Z]{2,}")
_LINK = re.compile(r"https?://|www\.|(?:facebook|fb|tiktok|youtube|zalo)\.(?:com|me)\b", re.IGNORECASE)
_HANDLE = re.compile(r"\s*@[\w.]{2,}\s*$")
_PHONE = re.compile(r"\s*(?:\+?84|0)[\s.-]?\d(?:[\s.-]?\d){7,9}\s*$")
_LONG_ID = re.compile(r"\s*[A-Za-z]{0,4}[-_]?\d{6,}\s*$|\s*(?=\w*\d)[0-9a-fA-F]{8,}(?:-[0-9a-fA-F]{4,})*\s*$")
_SURNAMES = frozenset(
    (
        "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh trịnh đoàn mai tô trương"
        " lâm phùng"
        " nguyen tran le pham hoang huynh vu vo dang bui do ho ngo duong ly dinh trinh doan truong lam phung"
    ).split()
)
_LONG_NAME = 60
_FEW = 50
_NAME_WORDS = range(2, 6)


def is_datum(cell: str) -> bool:
    """Whether a cell of a first row is data rather than a name of a column."""
    bare = cell.strip()
    if not bare:
        return False
    return (
        (len(bare) > _LONG_NAME and not bare.endswith(("?", ":", ")")))
        or bool(_NUMBER.match(bare))
        or is_contact(bare)
        or looks_like_date(bare)
    )


def is_number(value: str) -> bool:
    """Whether a value is a number as people write it."""
    return bool(_NUMBER.match(value))


def is_contact(value: str) -> bool:
    """Whether a value is an e-mail, a phone, a handle, a link or a profile."""
    return any(sign.search(value) for sign in (_EMAIL, _LINK)) or any(sign.match(value) for sign in (_HANDLE, _PHONE))


def is_link(value: str) -> bool:
    """Whether a value holds a link."""
    return bool(_LINK.search(value))


def is_id(value: str) -> bool:
    """Whether a value is an id: many digits, hexadecimal, a UUID."""
    return bool(_LONG_ID.match(value))


def is_person(value: str) -> bool:
    """Whether a value may be a Vietnamese person's name: a surname and one to four more words, each capitalised."""
    words = value.split()
    if len(words) not in _NAME_WORDS or words[0].lower() not in _SURNAMES:
        return False
    return all(word[:1].isupper() and word.isalpha() for word in words)


def is_sentence(value: str) -> bool:
    """Whether a value has at least two words with letters."""
    return sum(any(sign.isalpha() for sign in word) for word in value.split()) > 1


def share(values: Sequence[str], fits: Callable[[str], bool]) -> float:
    """Share of values that fit; 0 where there are none."""
    return sum(map(fits, values)) / len(values) if values else 0.0


def filled(values: Iterable[str | None]) -> list[str]:
    """The values that are not blank."""
    return [value for value in values if value and value.strip()]


def could_belong(values: Iterable[str | None]) -> Callable[[str], bool]:
    """Whether a field could belong to a column, judged by values of that column.

    Numbers belong to numbers, dates to dates, a known word to a column of few words, and to anything else only a blank.
    """
    given = filled(values)
    if not given:
        return _is_blank
    if all(map(is_number, given)):
        return lambda field: _is_blank(field) or is_number(field)
    if all(map(looks_like_date, given)):
        return lambda field: _is_blank(field) or looks_like_date(field)
    known = frozenset(value.strip() for value in given)
    if len(known) <= _FEW and len(known) <= max(5, len(given) // 5):
        return lambda field: _is_blank(field) or field.strip() in known
    return _is_blank


def _is_blank(field: str) -> bool:
    return not field.strip()
