"""Numbers and dates as they are printed in Vietnamese and in English."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - part of the signatures that docs read at run time
import re

from langnghe.report.document import NO_DATE, Lang

NBSP = "\u00a0"
MINUS = "−"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def number(value: float, lang: Lang, decimals: int = 0) -> str:
    """Print a number: 1.234,5 in Vietnamese, 1,234.5 in English, with a true minus sign.

    >>> number(-1234.5, "vi", 1), number(1234.5, "en", 1)
    ('−1.234,5', '1,234.5')
    """
    text = f"{abs(value):,.{decimals}f}"
    if lang == "vi":
        text = text.translate({ord(","): ".", ord("."): ","})
    negative = value < 0 and any(digit in text for digit in "123456789")
    return MINUS + text if negative else text


def percent(share: float, lang: Lang, decimals: int = 1) -> str:
    """Print a share (0 to 1) in per cent: 12,5 % in Vietnamese (the space does not break), 12.5% in English.

    >>> percent(0.125, "en")
    '12.5%'
    """
    return number(share * 100, lang, decimals) + (f"{NBSP}%" if lang == "vi" else "%")


def span(low: float, high: float, lang: Lang, decimals: int = 1) -> str:
    """Print an interval of shares (0 to 1) in per cent, without the sign: 11,0–14,1."""
    return f"{number(low * 100, lang, decimals)}–{number(high * 100, lang, decimals)}"


def day(date: dt.date, lang: Lang) -> str:
    """Print a whole date: 30/9/2026 in Vietnamese, 30 Sep 2026 in English."""
    if lang == "vi":
        return f"{date.day:02d}/{date.month}/{date.year}"
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def short_day(date: dt.date, lang: Lang) -> str:
    """Print a date without its year: 06/7 in Vietnamese, 6 Jul in English."""
    return f"{date.day:02d}/{date.month}" if lang == "vi" else f"{date.day} {MONTHS[date.month - 1]}"


def month(date: dt.date, lang: Lang) -> str:
    """Print a month: 7/2026 in Vietnamese, Jul 2026 in English."""
    return f"{date.month}/{date.year}" if lang == "vi" else f"{MONTHS[date.month - 1]} {date.year}"


def period(name: str, lang: Lang) -> str:
    """Print the name of a coded period, as `measure.coding.sample` gives it.

    >>> period("2026-Q3", "vi"), period("2026-M06-08", "vi"), period("2026-07-2", "en")
    ('quý 3/2026', 'tháng 6–8/2026', 'Jul 2026, part 2')
    """
    found = _PERIOD.fullmatch(name)
    if found is None:
        return {"vi": "đợt không rõ ngày", "en": "the undated texts"}[lang]
    year, to, quarter, first, last, one, part = found.groups()
    at = f"/{year}" if lang == "vi" else f" {year}"
    if quarter:
        said = f"quý {quarter}{at}" if lang == "vi" else f"Q{quarter}{at}"
    elif one or first:
        ends = [n if lang == "vi" else MONTHS[n - 1] for n in map(int, filter(None, (one or first, last)))]
        said = ("tháng " if lang == "vi" else "") + "–".join(map(str, ends)) + at
    else:
        said = ("năm " if lang == "vi" else "") + (f"{year}–{to}" if to else year)
    return said + (f", {'phần' if lang == 'vi' else 'part'} {part}" if part else "")


_PERIOD = re.compile(r"(\d{4})(?:-(\d{4})|-Q(\d)|-M(\d\d)-(\d\d)|-(\d\d))?(?:-(\d+))?")


def byline(reporter: str, date: dt.date, lang: Lang) -> str:
    """Print who reports and when: 'Liên đoàn Lao động · 30/9/2026'; only the date where nobody is named."""
    return " · ".join(part for part in (reporter, "" if date == NO_DATE else day(date, lang)) if part)
