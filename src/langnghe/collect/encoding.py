"""Which letters the bytes of a text file stand for: UTF-8, UTF-16 or Windows-1258, with broken bytes counted.

Windows-1258 is told from broken UTF-8 by its signs: bytes above 127 that form no UTF-8 and lie mostly on Vietnamese
letters and tone marks. Everything else that is not UTF-8 is read as UTF-8, and each broken sequence becomes U+FFFD.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from langnghe.collect.faults import SAVE_AGAIN, input_fault

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

from langnghe.collect.files import head, opened, whole

WHOLE_LIMIT = 1 << 29
"""Files that must be held in memory as a whole have at most this many bytes (512 MB)."""

_BLOCK = 1 << 22
_HEAD = 1 << 18
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_VIETNAMESE_1258 = re.compile(
    rb"[\xc0-\xc3\xc8-\xca\xcc\xcd\xd0-\xd5\xd9\xda\xdd\xde\xe0-\xe3\xe8-\xea\xec\xed\xf0-\xf5\xf9\xfa\xfd"
    rb"\x85\x91-\x97\xa0\xab\xbb]"
)
_CONTROL = re.compile(rb"[\x01-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_EVIDENT = 0.3
_BINARY = 0.02
_MOSTLY = 0.8


@dataclass(frozen=True)
class Decoded:
    """A text file whose letters are known.

    Attributes
    ----------
    encoding : as the user sees it: utf-8, utf-8-sig, utf-16-le, utf-16-be, windows-1258.
    data : the whole file as UTF-8 without a byte-order mark, where it had to be changed; None where it is good.
    repaired : repairs by kind.
    """

    encoding: str
    data: bytes | None
    repaired: Mapping[str, int] = field(default_factory=dict)


def decode(path: Path) -> Decoded:
    """Find the encoding of a text file and bring it to UTF-8 where it is not.

    Raises
    ------
    InputError
        The file is binary, or too large to be changed in memory.
    """
    encoding = detect(head(path, _HEAD), path.name)
    if encoding.startswith("utf-8") and _is_good(path):
        return Decoded(encoding, None)
    raw = whole(path, WHOLE_LIMIT)
    if encoding == "utf-8" and not _is_utf8(raw):
        encoding = _other_than_utf8(raw)
    return _changed(raw, encoding)


def detect(start: bytes, name: str) -> str:
    """The encoding that the first bytes of a file speak for.

    Raises
    ------
    InputError
        The bytes are no text.
    """
    for mark, encoding in _BOMS:
        if start.startswith(mark):
            return encoding
    if wide := _utf16(start):
        return wide
    _refuse_binary(start, name)
    return "utf-8" if _is_utf8(start) else _other_than_utf8(start)


def _utf16(start: bytes) -> str:
    """UTF-16 without a mark, where every other byte of most letters is 0 and the letters are those of Europe."""
    half = max(1, len(start) // 2)
    even, odd = start[0::2].count(0) / half, start[1::2].count(0) / half
    wide = "utf-16-le" if odd > even else "utf-16-be"
    if max(even, odd) < _EVIDENT or min(even, odd) > _EVIDENT / 10:
        return ""
    letters = start[: 2 * half].decode(wide, errors="replace")
    european = sum("\0" < letter < "\u2100" for letter in letters)
    return wide if european >= _MOSTLY * len(letters) else ""


def _refuse_binary(start: bytes, name: str) -> None:
    strange = len(_CONTROL.findall(start)) + max(0, start.count(0) - len(start) // 4)
    if strange > _BINARY * max(len(start), 200):
        raise input_fault(
            name,
            "Đây là tệp nhị phân, không phải tệp chữ.",
            "This is a binary file, not a text file.",
            SAVE_AGAIN,
        )


def _is_utf8(data: bytes) -> bool:
    try:
        codecs.utf_8_decode(data, "strict", False)  # noqa: FBT003 - not final: a letter may be cut
    except UnicodeDecodeError:
        return False
    return True


def _other_than_utf8(data: bytes) -> str:
    whole_letters = len(_MULTIBYTE.findall(data))
    high = len(_HIGH.findall(_MULTIBYTE.sub(b"", data)))
    if whole_letters > high or not high:
        return "utf-8"
    all_high = len(_HIGH.findall(data))
    return "windows-1258" if len(_VIETNAMESE_1258.findall(data)) >= _MOSTLY * all_high else "utf-8"


def _is_good(path: Path) -> bool:
    held = b""
    with opened(path) as file:
        while block := file.read(_BLOCK):
            data = held + block
            end = _last_letter(data)
            if b"\0" in block or not _is_whole_utf8(data[:end]):
                return False
            held = data[end:]
    return _is_whole_utf8(held)


def _last_letter(data: bytes) -> int:
    """Where the last letter begins, which the end of a block may have cut."""
    return next((len(data) - back for back in range(1, min(5, len(data) + 1)) if data[-back] & 0xC0 != 0x80), len(data))


def _is_whole_utf8(data: bytes) -> bool:
    """Whether bytes are UTF-8 to the end, looked at by Polars: ten times as fast as decoding them."""
    try:
        pl.Series([data], dtype=pl.Binary).cast(pl.String)
    except pl.exceptions.PolarsError:
        return False
    return True


def _changed(raw: bytes, encoding: str) -> Decoded:
    narrow = encoding in {"utf-8", "utf-8-sig", "windows-1258"}
    nul = raw.count(b"\0") if narrow else 0
    codec = "cp1258" if encoding == "windows-1258" else encoding.removesuffix("-sig")
    bare = raw.replace(b"\0", b"") if nul else raw
    text = bare.decode(codec, errors="replace").removeprefix("\ufeff")
    broken = text.count("\ufffd") - _meant(bare, narrow=codec == "utf-8")
    if not narrow:
        nul = text.count("\0")
        text = text.replace("\0", "")
    data = text.encode("utf-8", errors="replace")
    return Decoded(encoding, data, {kind: n for kind, n in (("bad_bytes", broken), ("nul_bytes", nul)) if n > 0})


def _meant(bare: bytes, *, narrow: bool) -> int:
    return bare.count("\ufffd".encode()) if narrow else 0
