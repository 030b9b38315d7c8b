"""Dates one by one, as people and platforms write them: words, relative dates, and every form in numbers.

The vectorised reading in `dates` takes the usual forms in numbers; what it leaves comes here, each distinct value once.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from langnghe.collect.files import VIET_NAM

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sep sept",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_COUNTS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10, "vai": 3,
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "few": 3,
}  # fmt: skip
_UNITS = {
    "giay": "minute", "second": "minute", "sec": "minute", "s": "minute",
    "phut": "minute", "minute": "minute", "min": "minute", "m": "minute",
    "gio": "hour", "tieng": "hour", "hour": "hour", "hr": "hour", "h": "hour",
    "ngay": "day", "hom": "day", "day": "day", "d": "day",
    "tuan": "week", "week": "week", "wk": "week", "w": "week",
    "thang": "month", "month": "month", "mo": "month",
    "nam": "year", "year": "year", "yr": "year", "y": "year",
}  # fmt: skip
_FIXED = {
    "vua xong": 0, "vua moi": 0, "moi day": 0, "hom nay": 0, "ngay hom nay": 0, "just now": 0, "now": 0, "today": 0,
    "sang nay": 0, "chieu nay": 0, "toi nay": 0, "hom qua": 1, "ngay hom qua": 1, "toi qua": 1, "yesterday": 1,
    "hom kia": 2, "hom truoc": 2, "tuan truoc": 7, "last week": 7,
}  # fmt: skip
_FIXED_MONTHS = {"thang truoc": 1, "last month": 1, "nam ngoai": 12, "nam truoc": 12, "last year": 12}

_CLOCK = r"(?:luc |at |vao |, ?)*\d{1,2}[:hg]\d{0,2}(?::\d{2})?(?:[.,]\d+)? ?(?:am|pm|sa|ch)?"
_CLOCK_AROUND = re.compile(rf"^{_CLOCK} ?[,-]? *|[ ,-]+{_CLOCK}$")
_BRACKETS = re.compile(r"\([^)]*\)")
_WEEKDAY = re.compile(
    r"^(?:thu (?:hai|ba|tu|nam|sau|bay|\d)|chu nhat|cn|t[2-7]"
    r"|(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?)[ ,.]+"
)
_AGO = re.compile(
    r"^(?:khoang |cach day |about |over |hon )?(\d{1,4}|[a-z]+) ?([a-z]+?)(?<!s)s?(?: truoc| ago| roi)?$"
    r"|^(\d{1,4}) ?(s)$"
)
_VIETNAMESE = re.compile(r"^(?:ngay )?(\d{1,2}) ?(?:thang|thg|th|/)\.? ?(\d{1,2})(?:(?:,| nam|/| )+ ?(\d{4}))?$")
_ENGLISH_DAY = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})\.?(?:,? ?-?(\d{4}))?$")
_ENGLISH_MONTH = re.compile(r"^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?$")
_ZONED = r"(?P<hour>\d{2}):(?P<minute>\d{2}):\d{2} (?P<zone>[+-]\d{4}|gmt|utc)"
_TWITTER = re.compile(rf"^(?P<month>[a-z]{{3}}) (?P<day>\d{{1,2}}) {_ZONED} (?P<year>\d{{4}})$")
_RFC_2822 = re.compile(rf"^(?P<day>\d{{1,2}}) (?P<month>[a-z]{{3}}) (?P<year>\d{{4}}) {_ZONED}$")
_DURATION = re.compile(r"^\d+ ?[a-z]+$")
_NUMBERS = re.compile(r"(?<!\d)(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2}))(?!\d)")
_LONGEST = 60
_MONTHS_A_YEAR = 12
_HOURS_A_DAY = 24


@dataclass(frozen=True)
class Worded:
    """A date in words: a day; a day without a year; or so many days or months before the day of export."""

    day: dt.date | None = None
    yearless: tuple[int, int] | None = None  # month, day of month
    days: int | None = None
    months: int | None = None

    @property
    def relative(self) -> bool:
        """Whether the date depends on the day from which relative dates are counted."""
        return self.day is None

    def on(self, as_of: dt.date) -> dt.date | None:
        """The day meant by someone who wrote on `as_of`."""
        if self.day is not None:
            return self.day
        if self.yearless is not None:
            return _latest(self.yearless, as_of)
        return _before(as_of, self.days or 0, self.months or 0)


def read_words(value: str) -> Worded | None:
    """Read one date in words, or None."""
    if len(value) > _LONGEST:
        return None
    bare = _WEEKDAY.sub("", _plain(value))
    for text in (bare, _CLOCK_AROUND.sub("", bare).strip(" ,-")):
        if found := _relative(text) or _named(text):
            return found
    return None


def looks_like_date(value: str) -> bool:
    """Whether a value reads as a date: a form in numbers with separators, or words. Plain numbers do not count."""
    bare = value.strip()
    if not bare or len(bare) > _LONGEST:
        return False
    numbers = _NUMBERS.search(bare)
    if numbers:
        return sum(sign.isalpha() for sign in bare[: numbers.start()] + bare[numbers.end() :]) <= _LONGEST // 3
    return not _DURATION.match(_plain(bare)) and read_words(bare) is not None


def _plain(value: str) -> str:
    apart = unicodedata.normalize("NFD", value.lower().replace("đ", "d"))
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(_BRACKETS.sub(" ", bare).replace("·", " ").split()).strip(" ,.")


def _relative(text: str) -> Worded | None:
    if text in _FIXED:
        return Worded(days=_FIXED[text])
    if text in _FIXED_MONTHS:
        return Worded(months=_FIXED_MONTHS[text])
    found = _AGO.match(text)
    if not found:
        return None
    count, unit = (found[1], found[2]) if found[1] else (found[3], found[4])
    many = int(count) if count.isdigit() else _COUNTS.get(count)
    if many is None or unit not in _UNITS:
        return None
    return _ago(many, _UNITS[unit])


def _ago(many: int, unit: str) -> Worded:
    if unit in {"month", "year"}:
        return Worded(months=many * (_MONTHS_A_YEAR if unit == "year" else 1))
    days = {"minute": many // (60 * _HOURS_A_DAY), "hour": many // _HOURS_A_DAY, "day": many, "week": 7 * many}
    return Worded(days=days[unit])


def _named(text: str) -> Worded | None:
    if found := _VIETNAMESE.match(text):
        return _day(found[3], int(found[2]), int(found[1]))
    if (found := _ENGLISH_DAY.match(text)) and found[2] in _MONTHS:
        return _day(found[3], _MONTHS[found[2]], int(found[1]))
    if (found := _ENGLISH_MONTH.match(text)) and found[1] in _MONTHS:
        return _day(found[3], _MONTHS[found[1]], int(found[2]))
    if (found := _RFC_2822.match(text) or _TWITTER.match(text)) and found["month"] in _MONTHS:
        return _zoned(found)
    return None


def _zoned(found: re.Match[str]) -> Worded | None:
    zone = found["zone"] if found["zone"][0] in "+-" else "+0000"
    away = dt.timedelta(hours=int(zone[1:3]), minutes=int(zone[3:])) * (-1 if zone[0] == "-" else 1)
    try:
        day = dt.datetime(int(found["year"]), _MONTHS[found["month"]], int(found["day"]), tzinfo=VIET_NAM)
    except ValueError:
        return None
    since = dt.timedelta(hours=int(found["hour"]) + 7, minutes=int(found["minute"])) - away
    return Worded(day=(day + since).date())


def _day(year: str | None, month: int, day: int) -> Worded | None:
    leap = 2000
    try:
        whole = dt.date(int(year) if year else leap, month, day)
    except ValueError:
        return None
    return Worded(day=whole) if year else Worded(yearless=(month, day))


def _latest(yearless: tuple[int, int], as_of: dt.date) -> dt.date | None:
    """The latest such day that is not after `as_of`."""
    for year in range(as_of.year, as_of.year - 8, -1):
        try:
            day = dt.date(year, *yearless)
        except ValueError:
            continue
        if day <= as_of:
            return day
    return None


def _before(as_of: dt.date, days: int, months: int) -> dt.date | None:
    count = as_of.year * _MONTHS_A_YEAR + as_of.month - 1 - months
    year, month = divmod(count, _MONTHS_A_YEAR)
    if year < 1 or days >= as_of.toordinal():
        return None
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(as_of.day, last)) - dt.timedelta(days=days)
