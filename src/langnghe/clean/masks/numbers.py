"""Long numbers: phones, papers, social insurance, bank accounts and any other run of eight digits or more.

A run is a row of groups of digits, of words for digits and of letters typed for digits (o, O, l, I), with little between
them. What in a run reads as money, a date, a quantity, a public number or the number of a law is taken out; what is left
of eight digits or more is masked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from langnghe.clean.masks.marks import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from langnghe.clean.masks.marks import Draft

LEAST = 8
"""Digits from which on a run is personal unless it reads as something else."""

_WORDS = {
    "khong": "0", "hong": "0", "ko": "0", "khg": "0", "zero": "0", "mot": "1", "mut": "1", "hai": "2", "ba": "3", "bon": "4", "tu": "4",
    "nam": "5", "lam": "5", "nham": "5", "sau": "6", "bay": "7", "bey": "7", "tam": "8", "chin": "9", "chinh": "9",
}  # fmt: skip
_WORD = (
    r"(?<![^\W_])(?:"
    + "|".join(sorted(_WORDS, key=len, reverse=True))
    + r"|so(?= \d| khong| mot| hai| ba| bon)|linh|le)(?![^\W_])"
)
_GROUP = (
    r"(?:(?<!\w)[ol]{1,8}(?=\d)|(?<!\w)i(?=\d))?\d+(?:[oli]+\d+)*(?:[oli]+(?![^\W\d_]))?|(?<![^\W_])[ol]{2,8}(?![^\W_])"
)
_TOKEN = re.compile(rf"(?P<digits>{_GROUP})|(?P<word>{_WORD})")
_BETWEEN = re.compile(r"[\s.,\-_()\[\]/*|·•‧–—―‑‒−~…:;+'\"^=]{0,5}$")

_PUBLIC = re.compile(r"1[89]00(?:[\s.\-]?\d){4}(?:(?:[\s.\-]?\d){2})?$")
_DATE = re.compile(
    r"(?<!\d)(?:(?:0?[1-9]|[12]\d|3[01])\s?[./\- ]\s?(?:0?[1-9]|1[0-2])\s?[./\- ]\s?(?:19|20)\d{2}"
    r"|(?:19|20)\d{2}\s?[./\- ]\s?(?:0?[1-9]|1[0-2])\s?[./\- ]\s?(?:0?[1-9]|[12]\d|3[01]))(?!\d)"
)
_STAMP = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$")
_YEARS = re.compile(r"(?:(?:19|20)\d{2}(?:[\s.,\-–/]+|$)){2,}")
_ACT = re.compile(r"\d{1,6}\s?/\s?(?:19|20)\d{2}(?!\d)")
_GROUPED = re.compile(r"(?<![\d.,+])(?<!\+ )[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*(?:,\d{1,2})?(?![\d]|[.,]\d)")
_SPACED = re.compile(r"(?<![\d+])(?<!\+ )(?<!\d[.\- ])[1-9]\d{0,2}(?: \d{3})+(?!\d)")
_TIME = re.compile(r"(?<!\d)[012]?\d:[0-5]\d(?::[0-5]\d)?(?!\d)")
_UNIT = re.compile(
    r"(?:\s?(?:d|₫|vnd|vnđ|dong|trieu|nghin|ngan(?! hang)|usd|\$|%|/ ?(?:thang|ngay|gio|nguoi|h)"
    r"|nguoi|cong nhan|lao dong|cai|doi|san pham|sp|luot|view|like)|k|tr)(?![^\W_])"
)
_MONEY = re.compile(r"(?:d|\s?(?:₫|vnd|usd|\$|trieu))(?![^\W_])")
_MONEY_BEFORE = re.compile(
    r"(?:luong|tien|thuong|phu cap|tro cap|tru|no|tong|phat|gia|phi|luong co ban|vay|thue|lanh|nhan|muc|coc|cong|bang|con|hon|gan|ung|thuc linh|vnd)\s?(?:la|duoc|co|khoang|hon|gan|:|=|~|tong|cong|toi|den|hay|\s)*$"
)

_LABELS = (
    (
        "id_number",
        r"cccd|cmnd|cmt|cm|cc|can cuoc(?: cong dan)?|cancuoc|chung minh(?: nhan dan| thu)?|dinh danh(?: ca nhan)?|ho chieu|passport|giay to|gplx|bang lai",
    ),
    (
        "bank_account",
        r"stk|sotk|so tk|tk|tai khoan|the atm|atm|so the|ngan hang|vcb|vietcombank|vietinbank|viettinbank|vietin|bidv|agribank|agri|techcombank|tcb|mb|mbbank|mb bank|acb|sacombank|vpbank|tpbank|vib|shb|hdbank|ocb|msb|eximbank|scb|seabank|momo|ck|chuyen khoan|chuyen|nhan luong",
    ),
    (
        "social_insurance_number",
        r"bhxh|bhyt|bhtn|btnn|bao hiem(?: xa hoi| y te| that nghiep)?|vssid|so so|ma so|msbhxh|mabhxh|so bao hiem|ma|so",
    ),
    ("phone", r"sdt|dt|so dt|dien thoai|zalo|lh|lien he|goi|alo|hotline|phone|tel|call|sms|nhan tin|ib"),
)
_LABEL = re.compile("|".join(f"(?P<{kind}>(?<![^\\W_])(?:{words})(?![^\\W\\d_]))" for kind, words in _LABELS))
_PHONE = re.compile(r"(?:0|84|0084|840)(?:[35789]\d{8}|2\d{9}|1[268]\d{8})$")
_HEALTH_CARD = re.compile(
    r"(?<![^\W_])(?:dn|hx|ch|nn|tk|hc|xk|ht|tb|no|ct|xb|tn|cs|qn|ca|cy|xn|ms|ck|cb|kc|hd|te|hg|dt|dk|xd|bt|ts|tc|tq|ta|ty|pv|ls|hs|sv|gb|gd|cn)\s?$"
)
_LETTER_ACCOUNT = re.compile(r"(?<![\w])\d{3}[a-z]\s?(?:[\s.\-]?\d){8,9}(?!\d)")
_FIRM = re.compile(
    r"(?:mst|ma so thue|ma so doanh nghiep)(?:\s+(?:cua|la|so|:|cong ty|cty|cti|doanh nghiep|dn|:))*[\s:]*$"
)
_FIRM_NEAR = re.compile(
    r"(?<![^\W_])(?:cong ty|cty|cti|ctty|doanh nghiep|dn)(?![^\W_])[^.!?]{0,12}(?:mst|ma so thue)[^.!?]{0,8}$"
)
_TALLY = re.compile(r"(?:bang cong|cham cong|ty so|diem so|size)\s?:?\s?$")
_LIKE_DIGITS = str.maketrans("oli", "011")


@dataclass(frozen=True)
class _Token:
    start: int
    end: int
    digits: str
    spoken: bool


def numbers(draft: Draft) -> Iterator[Span]:
    """Long numbers, with the kind that the words before them or their form tell."""
    yield from (Span(found.start(), found.end(), "bank_account") for found in _LETTER_ACCOUNT.finditer(draft.plain))
    for run in _runs(draft.plain):
        if sum(len(token.digits) for token in run) >= LEAST:
            yield from _personal(draft.plain, run)


def _runs(plain: str) -> Iterator[list[_Token]]:
    run: list[_Token] = []
    for found in _TOKEN.finditer(plain):
        spoken = found["word"] is not None
        digits = _WORDS.get(found[0], "") if spoken else found[0].translate(_LIKE_DIGITS)
        token = _Token(found.start(), found.end(), digits, spoken)
        if run and _BETWEEN.match(plain[run[-1].end : token.start]):
            run.append(token)
        else:
            if run:
                yield run
            run = [token]
    if run:
        yield run


def _personal(plain: str, run: Sequence[_Token]) -> Iterator[Span]:
    for piece in _without_readings(plain, run):
        tokens = _trimmed(piece)
        if sum(len(token.digits) for token in tokens) >= LEAST and not _excused(plain, tokens):
            yield from _spans(plain, tokens)


def _without_readings(plain: str, run: Sequence[_Token]) -> list[list[_Token]]:
    """What is left of a run when dates, times and amounts are taken out, as the pieces between them."""
    start, end = run[0].start, run[-1].end
    taken = [
        (found.start() + start, found.end() + start)
        for pattern, wanted in _READINGS
        for found in pattern.finditer(plain[start:end])
        if wanted(plain, start + found.start(), start + found.end())
    ]
    pieces: list[list[_Token]] = [[]]
    for token in run:
        if any(a < token.end and token.start < b for a, b in taken):
            pieces.append([])
        else:
            pieces[-1].append(token)
    return [piece for piece in pieces if piece]


def _always(_plain: str, _start: int, _end: int) -> bool:
    return True


def _is_amount(plain: str, start: int, end: int) -> bool:
    """Whether digits in groups of three are an amount: a unit after it, words of money before it, or a short one."""
    label = _label_before(plain, start)
    if (_MONEY if label else _UNIT).match(plain, end):
        return True
    if label is not None and label != "bank_account":
        return False
    digits = sum(c.isdigit() for c in plain[start:end])
    if digits < LEAST:
        return _alone(plain, start, end)
    return _MONEY_BEFORE.search(plain[max(0, start - 25) : start]) is not None or (
        label is None and digits == LEAST and plain[start:end].endswith("00")
    )


def _whole(plain: str, start: int, end: int) -> bool:
    """Whether no point, dash or slash ties more digits to a date."""
    return re.search(r"\d[.\-/]$", plain[max(0, start - 2) : start]) is None and not re.match(
        r"[.\-/]\d", plain[end : end + 2]
    )


def _alone(plain: str, start: int, end: int) -> bool:
    """Whether no digits stand against it, so that it is not a part of a longer number."""
    return re.search(r"\d[\s.\-]?$", plain[max(0, start - 3) : start]) is None and not re.match(
        r"[\s.\-]?\d", plain[end : end + 2]
    )


_READINGS = (
    (_DATE, _whole),
    (_YEARS, _alone),
    (_TIME, _always),
    (_ACT, _alone),
    (_GROUPED, _is_amount),
    (_SPACED, _is_amount),
)
"""Patterns of what is no personal number, and whether it reads so where it stands (text, start, end)."""


def _trimmed(tokens: Sequence[_Token]) -> list[_Token]:
    """A piece without the number words at its ends that belong to the sentence ('gọi không 0912…', '0912… năm nay')."""
    kept = list(tokens)
    while kept and not kept[0].digits:
        kept.pop(0)
    while kept and not kept[-1].digits:
        kept.pop()
    for at in (-1, 0):
        if len(kept) > 1 and kept[at].spoken and _belongs_not(kept, at):
            kept.pop(at)
    return kept


def _belongs_not(tokens: Sequence[_Token], at: int) -> bool:
    """Whether the number word at an end (0 or -1) is a word of the sentence: the number is whole in digits without it."""
    rest = tokens[1:] if at == 0 else tokens[:-1]
    if any(token.spoken for token in rest) or all(len(token.digits) == 1 for token in rest):
        return False
    written = "".join(token.digits for token in rest)
    lacks_zero = len(written) == LEAST + 1 and written[0] in "35789" and tokens[0].digits == "0"
    lacks_end = len(written) == LEAST + 1 and written[0] == "0"
    return len(written) >= LEAST and not (lacks_zero if at == 0 else lacks_end)


def _excused(plain: str, tokens: Sequence[_Token]) -> bool:
    """Whether a piece reads as a public number, an amount, a tally or a firm's tax number."""
    start, end = tokens[0].start, tokens[-1].end
    written, before = plain[start:end], plain[max(0, start - 40) : start]
    label = _label_before(plain, start)
    called = label in {None, "phone"} or re.search(r"hotline|tong dai|goi|hot line|cskh", before) is not None
    amount = label is None and written.isdigit() and written.endswith("00") and len(written) <= 12
    return (
        ((_PUBLIC.match(written) or _STAMP.match(written)) is not None and called)
        or (amount and written[0] != "0" and _UNIT.match(plain, end) is not None)
        or _TALLY.search(before) is not None
        or (len(written) == 10 and written.isdigit() and _firm(before))
    )


def _firm(before: str) -> bool:
    return _FIRM_NEAR.search(before) is not None or (
        _FIRM.search(before) is not None and re.search(r"cong ty|cty|cti|doanh nghiep", before) is not None
    )


def _spans(plain: str, tokens: Sequence[_Token]) -> Iterator[Span]:
    """One mask for a piece, or one for each of its numbers where each is long enough."""
    if len(tokens) > 1 and all(len(token.digits) >= LEAST and not token.spoken for token in tokens):
        for token in tokens:
            yield Span(token.start, token.end, _kind(plain, token.start, token.digits))
        return
    digits = "".join(token.digits for token in tokens)
    start, end = tokens[0].start, tokens[-1].end
    kind = _kind(plain, start, digits)
    card = _HEALTH_CARD.search(plain[max(0, start - 4) : start]) if len(digits) == 13 else None
    if card:
        start, kind = start - len(card[0]), "social_insurance_number"
    yield Span(_opened(plain, start), end, kind)


def _opened(plain: str, start: int) -> int:
    """The start with the '+' or '(' before it."""
    opening = re.search(r"[(+][\s(+]*$", plain[max(0, start - 3) : start])
    return start - len(opening[0]) if opening and "+" in opening[0] else start


def _label_before(plain: str, start: int) -> str | None:
    found = list(_LABEL.finditer(plain, max(0, start - 40), start))
    return found[-1].lastgroup if found else None


def _kind(plain: str, start: int, digits: str) -> str:
    """The kind of a number: by the nearest label where its form allows it, else by its form."""
    label = _label_before(plain, start)
    phone = _PHONE.match(digits) is not None
    if label == "bank_account" or (label == "phone" and len(digits) >= LEAST):
        return label
    if label == "id_number" and not (phone and len(digits) in {10, 11}):
        return label
    return "phone" if phone else _kind_by_form(digits, label)


def _kind_by_form(digits: str, label: str | None) -> str:
    if len(digits) == 12 and digits[0] == "0":
        return "id_number"
    if digits.startswith("9704"):
        return "bank_account"
    if len(digits) in {10, 13} and label == "social_insurance_number":
        return label
    return "phone" if len(digits) == 9 and digits[0] in "35789" and label is None else "number"
