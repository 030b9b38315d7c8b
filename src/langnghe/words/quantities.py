"""Numbers, money and measures as people write them: '4tr2', '4.2 triệu', '5 củ', '500k', '1tr rưỡi', '12.500.000đ', '8 tiếng'."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from langnghe.words.fold import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

_MONEY: Mapping[str, int] = {
    **dict.fromkeys(("k", "nghin", "ngan", "canh", "ka"), 1_000),
    **dict.fromkeys(("lit", "xi", "loet"), 100_000),
    **dict.fromkeys(("tr", "trieu", "cu", "chai", "tri", "m"), 1_000_000),
    **dict.fromkeys(("ty", "ti", "toi"), 1_000_000_000),
}
"""Folded unit → đồng. 'm' counts as million only where đồng follows; the slang ones are read as typed (see `_TYPED`)."""

_TYPED = {
    "cu": "củ",
    "ti": "tỉ",
    "ty": "tỷ",
    "toi": "tỏi",
    "xi": "xị",
    "lit": "lít",
    "canh": "cành",
    "ngan": "ngàn",
    "loet": "loét",
}
"""Units that are another word when their diacritics are dropped: without them only glued to the number, or before đồng."""

_UNITS: Mapping[str, str] = {
    "%": "%", "phan tram": "%", "gio": "giờ", "tieng": "giờ", "h": "giờ", "phut": "phút", "p": "phút", "ngay": "ngày", "tuan": "tuần",
    "thang": "tháng", "nam": "năm", "nguoi": "người", "kg": "kg", "km": "km", "met": "m", "usd": "USD", "do": "USD", "$": "USD",
}  # fmt: skip
"""Folded unit → how it is named in a quantity."""

_DONG = r"(?:vn[dđ]|đồng|dong|đ|₫|d)(?![^\W\d_])"
_NUMBER = r"\d+(?:[.,]\d+)*"
_SCALE = (
    r"nghìn|nghin|ngàn|ngan|triệu|trieu|tri|tr|tỷ|tỉ|ty|ti|tỏi|toi|củ|cu|chai|lít|lit|xị|xi|loét|loet|cành|canh|ka|k|m"
)
_READ = re.compile(
    rf"(?<![\w.,])(?P<number>{_NUMBER})(?:(?P<gap>\s?)(?P<scale>{_SCALE})(?![^\W\d_])"
    rf"(?:(?P<rest>\d{{1,3}})(?!\d)(?:\s?(?P<rest_k>k|ngàn|nghìn)(?![^\W\d_]))?|\s?(?P<half>rưỡi|rưởi|ruoi)(?!\w))?)?"
    rf"(?:\s?(?P<dong>{_DONG})|\s?(?P<unit>%|\$|phần trăm|phan tram|usd|đô|do|giờ|gio|tiếng|tieng|h|phút|phut|p|ngày|ngay|tuần|tuan|"
    rf"tháng|thang|năm|nam|người|nguoi|kg|km|mét|met)(?!\w))?",
    re.IGNORECASE,
)


_LONGEST = 24
"""Numbers of more digits and marks than this are no quantities."""


@dataclass(frozen=True)
class Quantity:
    """A quantity of a text.

    Attributes
    ----------
    start, end : where it stands, in code points of the text given: text[start:end] is how it was written.
    value : the number, in the unit.
    unit : 'đồng', '%', 'giờ', 'phút', 'ngày', 'tuần', 'tháng', 'năm', 'người', 'kg', 'km', 'm', 'USD', or '' for a bare number.
    """

    start: int
    end: int
    value: Decimal
    unit: str


def read_quantities(text: str) -> list[Quantity]:
    """Read the quantities of a text, in the order in which they stand.

    Money is told in đồng. A rest behind a unit is its decimals ('4tr2' is 4,200,000, '4tr250' 4,250,000), 'rưỡi' half of the unit.
    Points and commas group digits by three, else they stand before decimals. Dates, times such as 8h30 and what is glued to
    other letters ('t7', '2in1') are no quantities. A unit whose diacritics were dropped and that would be another word
    ('5 cu', '2 lit') is read only where it is glued to the number or đồng follows.

    Parameters
    ----------
    text : any text; NFC is expected, so that positions hold.

    Returns
    -------
    list of Quantity.

    Examples
    --------
    >>> [(str(q.value), q.unit) for q in read_quantities("lương 4tr2, ứng 500k, làm 12 tiếng")]
    [('4200000', 'đồng'), ('500000', 'đồng'), ('12', 'giờ')]
    """
    found = (_quantity(match) for match in _READ.finditer(text))
    return [quantity for quantity in found if quantity is not None]


def _quantity(match: re.Match[str]) -> Quantity | None:
    number = _number(match["number"])
    if number is None or _goes_on(match):
        return None
    start = match.start()
    if match["scale"] and _is_money(match):
        value = _with_rest(number, match)
        return Quantity(start, match.end(), _plain(value), "đồng") if value is not None else None
    if match["scale"]:
        return Quantity(start, match.end("number"), _plain(number), "")
    if match["dong"]:
        return Quantity(start, match.end(), _plain(number), "đồng")
    unit = _UNITS[fold(match["unit"])] if match["unit"] else ""
    return Quantity(start, match.end(), _plain(number), unit)


def _goes_on(match: re.Match[str]) -> bool:
    """Whether letters, digits or a date's next part are glued to the end: it is something else then."""
    after = match.string[match.end() : match.end() + 2]
    glued = bool(after) and (after[0].isalnum() or unicodedata.combining(after[0]) > 0)
    date = match["scale"] is None and len(after) == 2 and after[0] in "/-:.," and after[1].isdigit()
    before = match.string[: match.start()]
    return glued or date or (match["scale"] is None and before[-1:] in {"/", "-", ":"} and before[-2:-1].isdigit())


def _is_money(match: re.Match[str]) -> bool:
    scale = match["scale"].lower()
    key = fold(scale)
    if key == "m":
        return match["dong"] is not None
    if key in _TYPED and scale != _TYPED[key] and not scale.startswith("tỉ"):
        return not match["gap"] or match["dong"] is not None
    return True


def _with_rest(number: Decimal, match: re.Match[str]) -> Decimal | None:
    scale = Decimal(_MONEY[fold(match["scale"].lower())])
    total = number * scale
    if match["half"]:
        return total + scale / 2
    if match["rest_k"]:
        return total + Decimal(match["rest"]) * 1000
    if match["rest"]:
        return total + Decimal(f"0.{match['rest']}") * scale if number == number.to_integral_value() else None
    return total


def _number(written: str) -> Decimal | None:
    """A number with its points and commas read: groups of three, else decimals; None where they are neither (a version) or too long."""
    if len(written) > _LONGEST:
        return None
    parts = re.split(r"[.,]", written)
    marks = re.findall(r"[.,]", written)
    if not marks:
        return Decimal(written)
    grouped = all(len(part) == 3 for part in parts[1:]) and 1 <= len(parts[0]) <= 3 and parts[0] != "0"
    if grouped and len(set(marks)) == 1:
        return Decimal("".join(parts))
    if len(marks) == 1:
        return Decimal(".".join(parts))
    whole = parts[1:-1]
    if all(len(part) == 3 for part in whole) and len(set(marks[:-1])) == 1 and marks[-1] != marks[0]:
        return Decimal("".join(parts[:-1]) + "." + parts[-1])
    return None


def _plain(value: Decimal) -> Decimal:
    """A number without zeros at the end of its decimals, and without an exponent."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
