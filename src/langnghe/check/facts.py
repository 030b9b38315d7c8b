"""The facts of a text that decide whether two texts say the same: amounts, dates, institutions, turns of meaning.

2024 is not 2025, 5 % is not 8 %, BHTN is not BHXH, and 'được' is not 'không được', however alike the rest may be.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from langnghe.check.keys import LONGEST, Phrases, desk_words, keys
from langnghe.words.quantities import read_quantities

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_DAY = re.compile(r"(?<![\d/.,-])(\d{1,2})\s?[/.-]\s?(\d{1,2})(?:\s?[/.-]\s?((?:19|20)?\d\d))?(?![\d/%-])(?!\.\d)")
_DAY_IN_WORDS = re.compile(r"ng[aà]y\s+(\d{1,2})\s+th[aá]ng\s+(\d{1,2})(?:\s+n[aă]m\s+((?:19|20)\d\d))?", re.IGNORECASE)
_MONTH = re.compile(
    r"(?:th[aá]ng|(?<!\w)t)\s?(\d{1,2})(?:\s?[/-]\s?|\s+n[aă]m\s+|\s+)?((?:19|20)\d\d)?(?![\d/])", re.IGNORECASE
)
_YEAR = re.compile(r"(?<![\d.,])((?:19|20)\d\d)(?![\d.,]\d|\d)")
_NUMERAL = re.compile(r"\d")
_LAW = re.compile(r"\d+/\d{4}/[^\W\d_][\w-]*")
_DIGITS = {
    "khong": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
}  # fmt: skip
_SCALES = {"muoi": 10, "chuc": 10, "tram": 100}
_COUNTED = {
    "lan": "lần", "thang": "tháng", "nam": "năm", "ngay": "ngày", "gio": "giờ", "tieng": "giờ", "tuan": "tuần", "phut": "phút", "nguoi": "người", "tuoi": "tuổi", "buoi": "buổi",
    "bua": "ngày", "hom": "ngày", "trieu": "đồng", "nghin": "đồng", "cu": "đồng",
}  # fmt: skip
_MONEY = {"trieu": 1_000_000, "cu": 1_000_000, "nghin": 1_000}
_TIMES_WORDS = frozenset({"gap", "nhan", "tinh", "x"})
_MULTIPLES = {
    "doi": "200",
    "2": "200",
    "hai": "200",
    "3": "300",
    "ba": "300",
    "4": "400",
    "1,5": "150",
    "1.5": "150",
    "ruoi": "150",
}
_HALVES = {"thang": ("ngày", "15"), "tieng": ("phút", "30"), "gio": ("phút", "30"), "nam": ("tháng", "6")}
_DAYS = re.compile(r"(\d)\s?(?:b[uữ]a|h[oô]m)(?!\w)", re.IGNORECASE)
_MONTHS = re.compile(r"(\d)\s?th(?!\w)", re.IGNORECASE)
_AGE = re.compile(r"(?<![\d.,])(\d{1,3})\s?(?:tu[oổ]i|t(?!\w))", re.IGNORECASE)
_TIMES = re.compile(r"(?<![\d.,])(\d{1,3})\s?(?:l[aầ]n)(?!\w)", re.IGNORECASE)


@dataclass(frozen=True)
class Facts:
    """The facts of a text.

    Attributes
    ----------
    amounts : (unit, value) of each quantity; unit '' for a bare number.
    days : (day, month) of each date.
    months, years : months and years that are named.
    members : family of institutions → members that are named.
    turns : turns of meaning that occur ('negation', 'end', 'only' …).
    things : what is named by one of several words ('tăng ca', 'OT' and 'làm thêm giờ' are one thing).
    """

    amounts: frozenset[tuple[str, str]]
    days: frozenset[tuple[int, int]]
    months: frozenset[int]
    years: frozenset[int]
    members: Mapping[str, frozenset[str]]
    turns: frozenset[str]
    things: frozenset[str]

    @property
    def tokens(self) -> list[str]:
        """The facts as tokens of an index: '5tr' and '5.000.000 đồng' share one."""
        amounts = [f"#{value}{unit}" for unit, value in sorted(self.amounts) if unit]
        return [
            *amounts,
            *(f"&{thing}" for thing in sorted(self.things)),
            *(f"@{year}" for year in sorted(self.years)),
            *(f"@{d}/{m}" for d, m in sorted(self.days)),
        ]

    @property
    def units(self) -> frozenset[str]:
        """The units of its amounts."""
        return frozenset(unit for unit, _ in self.amounts)


@cache
def _families() -> dict[str, Phrases]:
    return {family["name"]: Phrases.from_names(family["members"]) for family in desk_words()["family"]}


@cache
def _turns() -> Phrases:
    return Phrases.from_names(desk_words()["turns"])


@cache
def things() -> Phrases:
    """Phrases for one thing: 'tăng ca' and 'làm thêm giờ'."""
    return Phrases.from_names(desk_words()["same"])


def read_facts(text: str, found: Sequence[str] | None = None) -> Facts:
    """Read the facts of a text.

    Parameters
    ----------
    text : as typed.
    found : its keys, where they are known.

    Examples
    --------
    >>> facts = read_facts("Từ 1/7/2025 đóng BHTN 1% lương 5tr")
    >>> sorted(facts.amounts), facts.days, facts.years, facts.members["insurance"]
    ([('%', '1'), ('đồng', '5000000')], frozenset({(1, 7)}), frozenset({2025}), frozenset({'bhtn'}))
    """
    plain = unicodedata.normalize("NFC", text[:LONGEST])
    folded = keys(plain) if found is None else found
    undated, days, months, years = _dates(_LAW.sub(" ", plain)) if _NUMERAL.search(plain) else ("", set(), set(), set())
    amounts = _amounts(undated) if undated else frozenset()
    return Facts(
        amounts=_equals(amounts | _spelt(folded) | _multiples(folded)),
        days=frozenset(days),
        months=frozenset(months),
        years=frozenset(years),
        members={name: named for name, phrases in _families().items() if (named := phrases.names(folded))},
        turns=_turns().names(folded),
        things=things().names(folded),
    )


def _dates(text: str) -> tuple[str, set[tuple[int, int]], set[int], set[int]]:
    """Take the dates out of a text: what is left, and days, months and years."""
    days: set[tuple[int, int]] = set()
    months: set[int] = set()
    years: set[int] = set()

    def day(match: re.Match[str]) -> str:
        first, second, year = int(match[1]), int(match[2]), match[3]
        if second > 12 and year is None and second > 1900:
            return match[0]
        if not (1 <= first <= 31 and 1 <= second <= 12):
            return match[0]
        days.add((first, second))
        months.add(second)
        years.update([int(year) if len(year) == 4 else 2000 + int(year)] if year else [])
        return " "

    def month(match: re.Match[str]) -> str:
        if not 1 <= int(match[1]) <= 12:
            return match[0]
        months.add(int(match[1]))
        years.update([int(match[2])] if match[2] else [])
        return " "

    text = _DAY_IN_WORDS.sub(day, text)
    text = re.sub(r"(?<![\d/])(\d{1,2})/((?:19|20)\d\d)(?![\d/])", month, text)
    text = _DAY.sub(day, text)
    text = _MONTH.sub(month, text)
    years.update(int(year) for year in _YEAR.findall(text))
    return _YEAR.sub(" ", text), days, months, years


def _amounts(text: str) -> frozenset[tuple[str, str]]:
    text = _DAYS.sub(r"\1 ngày", _MONTHS.sub(r"\1 tháng", text))
    ages = {("tuổi", age) for age in _AGE.findall(text)}
    times = {("lần", number) for number in _TIMES.findall(text)}
    text = _TIMES.sub(" ", _AGE.sub(" ", text))
    quantities = {(quantity.unit, str(quantity.value)) for quantity in read_quantities(text)}
    return frozenset(ages | times | quantities)


def _spelt(found: Sequence[str]) -> frozenset[tuple[str, str]]:
    """Numbers in words before what they count: 'hai tháng', 'bốn trăm tiếng', 'mười lăm phần trăm'."""
    amounts: set[tuple[str, str]] = set()
    place = 0
    while place < len(found):
        value, end = _number_in_words(found, place)
        if end > place:
            amounts |= _counted(value, found[end : end + 3])
        place = max(end, place + 1)
    return frozenset(amounts)


def _multiples(found: Sequence[str]) -> frozenset[tuple[str, str]]:
    """Multiples of pay as per cent, and halves: 'gấp đôi', 'nhân 2', 'tính 1,5', 'nửa tháng', 'nửa tiếng'."""
    amounts: set[tuple[str, str]] = set()
    for first, second in pairwise(found):
        if first in _TIMES_WORDS and second in _MULTIPLES:
            amounts.add(("%", _MULTIPLES[second]))
        if first == "nua" and second in _HALVES:
            amounts.add(_HALVES[second])
    return frozenset(amounts)


def _equals(amounts: frozenset[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Amounts, and what they equal: a year is twelve months, half an hour thirty minutes."""
    more = {("tháng", str(int(value) * 12)) for unit, value in amounts if unit == "năm" and value in {"1", "2", "3"}}
    more |= {("phút", str(int(value) * 60)) for unit, value in amounts if unit == "giờ" and value in {"1", "2"}}
    return amounts | more


def _number_in_words(found: Sequence[str], place: int) -> tuple[int, int]:
    """The number in words that begins at a place, and where it ends; the place itself where none begins."""
    total, digit, start = 0, 0, place
    if found[place] not in _DIGITS and found[place] not in _SCALES:
        return 0, place
    while place < len(found):
        key = found[place]
        if key in _SCALES and (digit or key == "muoi") and not (key == "muoi" and not digit and total):
            total += (digit or 1) * _SCALES[key]
            digit = 0
        elif key in _DIGITS and not digit:
            digit = _DIGITS[key]
            if place == start and key in {"khong", "tu", "lam"}:
                return 0, start
        else:
            break
        place += 1
    if place > start + 1 and found[place - 1] == "nam" and not total:  # 'hai năm': the last is the unit
        return digit, place - 1
    return total + digit, place


def number_in_words(found: Sequence[str], place: int) -> tuple[int, int]:
    """The number in words that begins at a place, before what it counts: its value and its end; the place itself where none does.

    Examples
    --------
    >>> number_in_words(("hai", "muoi", "ngay"), 0), number_in_words(("ba", "me"), 0)
    ((20, 2), (0, 0))
    """
    value, end = _number_in_words(found, place)
    counts = end < len(found) and (found[end] in _COUNTED or found[end] == "phan")
    return (value, end) if end > place and counts else (0, place)


def _counted(value: int, after: Sequence[str]) -> set[tuple[str, str]]:
    if list(after[:2]) == ["phan", "tram"]:
        return {("%", str(value))}
    unit = after[0] if after else ""
    if unit not in _COUNTED or (unit == "thang" and len(after) > 1 and after[1].isdigit()):
        return set()
    half = after[1:2] == ["ruoi"] and unit in _MONEY
    return {(_COUNTED[unit], str(value * _MONEY.get(unit, 1) + (_MONEY[unit] // 2 if half else 0)))}


def date_of(text: str) -> dt.date | None:
    """The first day that a text names with its year (a month or a year alone: its first day); None where it names none."""
    _, days, months, years = _dates(text)
    if not years:
        return None
    day, month = min(days) if days else (1, min(months) if months else 1)
    try:
        return dt.date(min(years), month, day)
    except ValueError:
        return dt.date(min(years), month, 1)
