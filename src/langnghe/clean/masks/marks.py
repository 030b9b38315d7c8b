"""Masks, and texts while they are being masked.

While a text is masked, each mask stands in it as one character that no text holds, so that no pattern can read the words
of a mask ('số điện thoại') as words of the text. `Draft` keeps beside the text the same text with its letters folded one
by one: both have the same length, and a position means the same in both.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MASKS = {
    "phone": "‹số điện thoại›",
    "email": "‹thư điện tử›",
    "id_number": "‹số giấy tờ›",
    "social_insurance_number": "‹số bảo hiểm›",
    "bank_account": "‹số tài khoản›",
    "plate": "‹biển số xe›",
    "address": "‹địa chỉ›",
    "link": "‹liên kết›",
    "handle": "‹tài khoản›",
    "name": "‹tên người›",
    "number": "‹dãy số›",
}
"""Kind → what stands in the text instead."""

_FIRST = 0xFDD0
"""First of the 32 code points that Unicode keeps free of characters: one for each kind of mask."""

MARK = "[\ufdd0-\ufdef]"
"""Pattern of a mask in a draft."""

_FREE = re.compile(MARK)
_WRITTEN = re.compile("|".join(map(re.escape, MASKS.values())))
_MARKS = {mask: chr(_FIRST + number) for number, mask in enumerate(MASKS.values())}
_MASKS = {mark: mask for mask, mark in _MARKS.items()}
_MARK_OF_KIND = {kind: _MARKS[mask] for kind, mask in MASKS.items()}
_DRESS = re.compile("(?<=[0-9])[\ufe0f\u20e3]+")
_OTHER_DIGITS = str.maketrans("⓪①②③④⑤⑥⑦⑧⑨０１２３４５６７８９❶❷❸❹❺❻❼❽❾", "01234567890123456789123456789")
_ODD = re.compile("[\ufdd0-\ufdef\ufe0f\u20e3⓪①-⑨０-９❶-❾]")


@dataclass(frozen=True)
class Span:
    """A piece of a draft that is personal data: from start to before end, and its kind (a key of `MASKS`)."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Draft:
    """A text while it is being masked: each mask in it is one character (see `MARK`)."""

    text: str

    @cached_property
    def plain(self) -> str:
        """The text in small letters without tone or accent, of the same length."""
        return plain(self.text)

    def masked(self, spans: Iterable[Span]) -> Draft:
        """The draft with spans masked. Of two spans that overlap the one that begins first counts, then the longer one."""
        found = sorted(spans, key=lambda s: (s.start, -s.end))
        if not found:
            return self
        pieces, position = [], 0
        for span in found:
            if span.start >= position:
                pieces += [self.text[position : span.start], _MARK_OF_KIND[span.kind]]
                position = span.end
        return Draft("".join([*pieces, self.text[position:]]))


def plain(text: str) -> str:
    """A text in small letters without tone or accent, letter by letter: unlike `words.fold`, of the same length."""
    return text.lower() if text.isascii() else text.translate(_PLAIN)


def _plain(character: str) -> str:
    if character in "đĐ":
        return "d"
    base = unicodedata.normalize("NFD", character)[0].lower()
    return base if len(base) == 1 else character


_PLAIN = {code: _plain(chr(code)) for code in range(0x2000)}
"""Letters that stay are in it too: `str.translate` takes four times as long for what it does not find."""


def begun(text: str) -> Draft:
    """The draft of a text, masks that stand in it kept as such."""
    clear = text
    if _ODD.search(text):
        clear = _DRESS.sub("", _FREE.sub("", text)).translate(_OTHER_DIGITS)
    return Draft(_WRITTEN.sub(lambda found: _MARKS[found[0]], clear) if "‹" in clear else clear)


def ended(draft: Draft) -> str:
    """The text of a draft, its masks written out."""
    return _FREE.sub(lambda found: _MASKS[found[0]], draft.text)


def count(draft: Draft) -> int:
    """The number of masks in a draft."""
    return len(_FREE.findall(draft.text))
