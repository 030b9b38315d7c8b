"""Masking personal data: what could lead to a person is replaced by its kind, '‹số điện thoại›'.

Only texts that hold something suspicious (eight digits, an @, an address of the web, a row of number words) are looked at
closely, so that the cost falls on them alone. Masking is idempotent: a mask is never masked again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Callable

MASKS = {
    "phone": "‹số điện thoại›",
    "email": "‹thư điện tử›",
    "link": "‹liên kết›",
    "number": "‹dãy số›",
    "handle": "‹tài khoản›",
}
"""Kind → what stands in the text instead."""

_NUMBER_WORD = r"(?:không|khong|hông|một|mốt|mot|hai|ba|bốn|bon|tư|tu|năm|nam|lăm|lam|sáu|sau|bảy|bẩy|bay|tám|tam|chín|chin|linh|lẻ|số|so)"
_SIGNS = ["@", "http", "www.", ".com", ".vn", ".net", ".org", ".me", ".ly", ".info", "(at)", "[at]", "(a)"]
_SPOKEN = [
    f"{zero} {second}"
    for zero in ("không", "khong", "hông")
    for second in ("chín", "chin", "ba", "năm", "nam", "bảy", "bay", "bẩy", "tám", "tam", "hai")
]
_LETTER_FOR_DIGIT = r"\b[oO][.\s]?[0-9]|[0-9][oO][0-9oO.]"

_EMAIL = re.compile(
    r"[\w.+-]{1,64}\s?(?:@|\(a\)|\[at\]|\(at\))\s?[\w-]+(?:\s?\.\s?[a-z]{2,})(?:\.[a-z]{2,})?", re.IGNORECASE
)
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s‹›<>\"']+|(?<![\w@.])(?:[a-z0-9-]+\.)+(?:com|vn|net|org|me|ly|info|top|xyz|shop|site|link|gl|be|io)\b(?:/[^\s‹›<>\"']*)?",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w.])@\s?[\w.\-]{2,}", re.UNICODE)
_SEPARATOR = r"[\s.,\-_()/*|·–]{0,3}"
_PHONE = re.compile(
    r"(?<![\d‹])(?<!\d[.,])(?:\+\s?8\s?4|\(\+?84\)|8\s?4|0|(?<!\w)[oO])"
    r"(?:" + _SEPARATOR + r"[\doOlI]){8,10}(?![\d])",
)
_WORD_PHONE = re.compile(r"\b(?:không|khong|hông)(?:[\s,.\-]+(?:" + _NUMBER_WORD + r"|\d)){7,13}\b", re.IGNORECASE)
_DIGITS = re.compile(r"(?<![\w.,])[A-Z]{0,3}\d(?:[.\-_]?\d){7,}(?![\d])|(?<![\w.,])\d{3,6}(?:\s\d{2,6}){1,5}(?![\d])")
_MONEY_AFTER = re.compile(r"\s?(?:đ|₫|vn[dđ]|đồng|dong|k\b|tr\b|triệu|trieu|nghìn|ngàn|tỷ|tỉ|usd|\$)", re.IGNORECASE)
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+$")
_DATE = re.compile(r"(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d{2})|(?:(?:19|20)\d{2}[./-]\d{1,2}[./-]\d{1,2})")
_YEARS = re.compile(r"(?:(?:19|20)\d{2}[\s.\-]*)+$")
_FULL_WIDTH = {ord("０") + i: str(i) for i in range(10)} | {0xFE0F: None, 0x20E3: None}


def mask_text(text: str) -> tuple[str, int]:
    """Mask the personal data of one normalised text.

    Returns
    -------
    The text with masks, and how many were set.

    Examples
    --------
    >>> mask_text("gọi em 0912 000 345 nha, lương 12.500.000đ")
    ('gọi em ‹số điện thoại› nha, lương 12.500.000đ', 1)
    """
    masked = text.translate(_FULL_WIDTH)
    total = 0
    while True:  # a mask may free what stood against it, so until nothing is found
        before = total
        for pattern, kind, possible, wanted in _STEPS:
            if possible(masked):
                masked, found = _replace(masked, pattern, MASKS[kind], wanted)
                total += found
        if total == before:
            return (masked, total) if total else (text, 0)


def _replace(
    text: str, pattern: re.Pattern[str], mask: str, wanted: Callable[[re.Match[str]], bool]
) -> tuple[str, int]:
    count = 0

    def swap(match: re.Match[str]) -> str:
        nonlocal count
        if not wanted(match):
            return match[0]
        count += 1
        return mask

    return pattern.sub(swap, text), count


def _always(_match: re.Match[str]) -> bool:
    return True


def _is_phone(match: re.Match[str]) -> bool:
    digits = sum(c.isdigit() for c in match[0])
    return digits >= 3 and not _is_money(match) and not _DATE.search(match[0])


def _is_money(match: re.Match[str]) -> bool:
    after = match.string[match.end() :]
    return bool(_MONEY_AFTER.match(after)) or bool(_GROUPED.fullmatch(match[0]))


def _is_number(match: re.Match[str]) -> bool:
    digits = sum(c.isdigit() for c in match[0])
    return digits >= 8 and not _is_money(match) and not _DATE.fullmatch(match[0]) and not _YEARS.fullmatch(match[0])


def _has_digits(text: str) -> bool:
    return sum(map(text.count, "0123456789oO")) >= 7


def _has_spoken(text: str) -> bool:
    lowered = text.lower()
    return any(sign in lowered for sign in _SPOKEN)


def _has_at(text: str) -> bool:
    return "@" in text or "(a" in text or "[a" in text


def _has_point(text: str) -> bool:
    return "." in text


_STEPS = (
    (_EMAIL, "email", _has_at, _always),
    (_LINK, "link", _has_point, _always),
    (_HANDLE, "handle", _has_at, _always),
    (_PHONE, "phone", _has_digits, _is_phone),
    (_WORD_PHONE, "phone", _has_spoken, _always),
    (_DIGITS, "number", _has_digits, _is_number),
)
"""Pattern, kind, whether the text can hold it at all (cheap), whether a match is one."""


def _suspicious(text: pl.Expr) -> pl.Expr:
    return (
        (text.str.count_matches(r"[0-9\x{FF10}-\x{FF19}]") >= 7)
        | text.str.contains_any(_SIGNS, ascii_case_insensitive=True)
        | text.str.contains_any(_SPOKEN, ascii_case_insensitive=True)
        | text.str.contains(_LETTER_FOR_DIGIT)
    )


def mask(texts: pl.Series) -> pl.DataFrame:
    """Mask the personal data of a batch.

    Parameters
    ----------
    texts : Series of String, normalised, without nulls.

    Returns
    -------
    DataFrame with the columns text (String) and masks (UInt16, how many were set), one row per text.
    """
    rows = texts.to_frame("text").select(_suspicious(pl.col("text")))["text"].arg_true()
    if not len(rows):
        return pl.DataFrame({"text": texts, "masks": pl.zeros(len(texts), pl.UInt16, eager=True)})
    pairs = [mask_text(text) for text in texts.gather(rows).to_list()]
    counts = pl.zeros(len(texts), pl.UInt16, eager=True).scatter(rows, [count for _, count in pairs])
    return pl.DataFrame({"text": texts.clone().scatter(rows, [text for text, _ in pairs]), "masks": counts})
