"""A first glance at a batch: which texts may hold which kinds of personal data, in one pass over their bytes.

It errs on the side of looking: what it lets through is looked at closely, text by text. Masks that stand in a text are
skipped, so that a masked text is never suspected of more than the text it was made of.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

import numba as nb
import numpy as np
import polars as pl

from langnghe.clean.masks.signs import (
    AREA,
    CALL,
    CUE,
    DIGIT_WORD,
    FNV_OFFSET,
    FNV_PRIME,
    GIVEN,
    HOME,
    MAIL,
    MIDDLE,
    PROPER,
    SIGN,
    SIZE,
    STREET,
    STRONG,
    SURE_GIVEN,
    SURNAME,
    TITLE,
    TLD,
    VEHICLE,
    WEAK,
    compounds_of_two,
    pairs_of,
    streets_of_two,
    table,
    word_hash,
)

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

LINKS, PLATES, NUMBERS, ADDRESSES, NAMES, INITIALS = 1, 2, 4, 8, 16, 32
"""What a text may hold, as bits."""

_CODES = 0x2000


def _lower_table() -> NDArray[np.uint16]:
    return np.array([ord(chr(c).lower()) if len(chr(c).lower()) == 1 else c for c in range(_CODES)], dtype=np.uint16)


def _kind_table() -> NDArray[np.uint8]:
    """For each code below 0x2000: 0 nothing, 1 letter in small, 2 capital, 3 digit."""
    kinds = np.zeros(_CODES, dtype=np.uint8)
    for code in range(_CODES):
        category = unicodedata.category(chr(code))
        kinds[code] = 2 if category in {"Lu", "Lt"} else 1 if category[0] == "L" else 3 if 48 <= code <= 57 else 0
    return kinds


_LOWER = _lower_table()
_KIND = _kind_table()


def glance(texts: pl.Series, known_names: Collection[str] = ()) -> NDArray[np.uint8]:
    """What each text may hold.

    Parameters
    ----------
    texts : Series of String, normalised, without nulls.
    known_names : names of authors.

    Returns
    -------
    uint8 array, bits `LINKS`, `PLATES`, `NUMBERS`, `ADDRESSES`, `NAMES`, `INITIALS`.
    """
    joined: bytes = texts.str.join("").cast(pl.Binary).item() if len(texts) else b""
    ends = np.zeros(len(texts) + 1, dtype=np.int64)
    if len(texts):
        ends[1:] = texts.str.len_bytes().cast(pl.Int64).cum_sum().to_numpy()
    data = np.frombuffer(joined + b"\x00\x00\x00\x00", dtype=np.uint8)
    hashes, bits = table()
    return _scan(data, ends, hashes, bits, pairs_of(known_names), compounds_of_two(), streets_of_two())


@nb.njit(cache=True, nogil=True)
def _told(value: Any, hashes: NDArray[np.uint64], bits: NDArray[np.uint32]) -> Any:
    slot = value % np.uint64(SIZE)
    while hashes[slot] != 0:
        if hashes[slot] == value:
            return np.int64(bits[slot])
        slot = (slot + np.uint64(1)) % np.uint64(SIZE)
    return 0


@nb.njit(cache=True, nogil=True)
def _is_known(value: Any, pairs: NDArray[np.uint64]) -> Any:
    if len(pairs) == 0:
        return False
    at = np.searchsorted(pairs, value)
    return at < len(pairs) and pairs[at] == value


@nb.njit(cache=True, nogil=True, inline="always")
def _character(data: NDArray[np.uint8], position: Any) -> Any:
    """The code point that begins at `position` and its width in bytes; 0xFFFF for all that need four bytes."""
    first = np.int64(data[position])
    if first < 0x80:
        return first, 1
    second = np.int64(data[position + 1] & 0x3F)
    if first < 0xE0:
        return (first & 0x1F) << 6 | second, 2
    if first < 0xF0:
        return (first & 0x0F) << 12 | second << 6 | np.int64(data[position + 2] & 0x3F), 3
    return np.int64(0xFFFF), 4


@nb.njit(cache=True, nogil=True)
def _scan(
    data: NDArray[np.uint8],
    ends: NDArray[np.int64],
    hashes: NDArray[np.uint64],
    bits: NDArray[np.uint32],
    pairs: NDArray[np.uint64],
    compounds: NDArray[np.uint64],
    streets: NDArray[np.uint64],
) -> NDArray[np.uint8]:
    found = np.zeros(len(ends) - 1, dtype=np.uint8)
    for text in range(len(ends) - 1):
        position, end = ends[text], ends[text + 1]
        flags = 0
        run = 0  # digits in a row
        digits = spoken = vehicles = areas = doubtful = 0
        before3 = before2 = before = 0  # what the two words before tell, 0 after a break
        raised1 = False
        hash1 = np.uint64(0)
        accented = 0
        after_number = proper = pending = odd = suffixed = raised_pair = False
        words = raised_words = gap2 = gap1 = 0
        single = False  # whether the word before is one capital letter
        last_digit = False  # whether the word before ended with a digit
        slash = False
        number_before = 0
        gap = 9
        while position < end:
            code, width = _character(data, position)
            kind = _KIND[code] if code < _CODES else np.uint8(0)
            if kind == 0:
                if code == 0x2039:  # a mask: skipped
                    while position < end and not (
                        data[position] == 0xE2 and data[position + 1] == 0x80 and data[position + 2] == 0xBA
                    ):
                        position += 1
                    width = 3
                    before = before2 = run = 0
                    raised1 = False
                    last_digit = slash = False
                    number_before = 0
                    gap = 9
                elif code == 64 or (code == 58 and data[position + 1] == 47 and data[position + 2] == 47):
                    flags |= LINKS
                elif 0x2460 <= code <= 0x24FF or 0x2776 <= code <= 0x2793:
                    flags |= NUMBERS
                elif code == 47 and last_digit:
                    slash = True
                gap += 1 if code == 32 else 2
                position += width
                continue
            # a word: letters and digits, up to a change into digits
            start = position
            value = FNV_OFFSET
            length = numerals = alike = 0
            first = kind
            humps = 0
            marked = False
            after_two_digits = False
            was = np.uint8(0)
            while position < end:
                code, width = _character(data, position)
                if code >= _CODES:
                    break
                kind = _KIND[code]
                if kind == 0:
                    break
                if width > 1:
                    marked = True
                if kind == 3:
                    numerals += 1
                else:
                    if code == 79 or code == 111 or code == 108 or code == 73:
                        alike += 1
                    if length == 2 and numerals == 2:
                        after_two_digits = True
                    if kind == 2 and was == 1:
                        humps += 1
                value = (value ^ np.uint64(_LOWER[code])) * FNV_PRIME
                was = kind
                length += 1
                position += width
            told = _told(value, hashes, bits)
            joined = gap == 1
            raised = first == 2
            if numerals or (alike == length and length > 1):
                counted = numerals + alike if numerals + alike == length or first == 3 else numerals
                run = counted if (gap > 8 or (first != 3 and numerals and alike < length - numerals)) else run + counted
                digits += counted
            elif told & DIGIT_WORD:
                run = run + 1 if gap <= 8 else 1
                spoken += 1
            elif not (length == 2 and told & AREA):
                run = 0
            if run >= 8:
                flags |= NUMBERS
            if numerals and first != 3 and numerals >= 8:
                flags |= NUMBERS
            if told & VEHICLE:
                vehicles += 1
            if (
                numerals >= 2
                and numerals < length
                and (length >= 5 or (gap <= 1 and first != 3))
                and numerals >= length - 3
            ):
                doubtful += 1
            if (after_two_digits and numerals >= 2) or (
                length <= 3 and numerals < 2 and 0 < number_before <= 2 and gap <= 3
            ):
                doubtful += 1
            if told & MAIL or (
                before & SIGN
                and (
                    (told == 0 and ((numerals and first != 3) or length > 7))
                    or data[position] == 95
                    or (data[position] == 46 and data[position + 1] > 64)
                )
            ):
                flags |= LINKS
            if before & SIGN and (value == _CHAM or value == _CHAM_TONE):
                flags |= LINKS
            if (
                told & TLD
                and gap >= 2
                and (
                    data[start - 1] == 46
                    or (data[start - 1] == 32 and data[start - 2] == 46)
                    or data[start - 1] == 44
                    or data[start - 1] == 93
                )
            ):
                flags |= LINKS
            if (value == _CONG or value == _CONG_TONE or value == _MOC or value == _MOC_TONE) and hash1 == _A:
                flags |= LINKS
            if told & HOME:
                areas += 1
            if numerals and first == 3 and hash1 == _P and gap == 2:
                areas += 2
            if (
                (numerals and before & AREA)
                or (last_digit and told & AREA and gap <= 4)
                or (numerals and (data[start] | 32) == 115 and length - numerals == 2)
            ):
                areas += 2
            if last_digit and numerals == 0 and ((joined and told & (SURNAME | STREET)) or (raised and suffixed)):
                areas += 2
            if (
                after_number
                and joined
                and (
                    _is_known(hash1 * np.uint64(31) + value, streets)
                    or (
                        before & SURNAME
                        and (value == _VAN or value == _VAN_TONE or value == _THI or value == _THI_TONE)
                    )
                )
            ):
                areas += 3
            after_number = last_digit and joined
            if numerals and before & AREA and before2 & AREA:
                areas += 1
            if numerals and (data[start] | 32) == 107 and (data[start + 1] | 32) == 112:
                areas += 2
            if numerals >= 2 and length == numerals + 1 and (data[start] | 32) == 112:
                areas += 1
            if numerals and first == 3 and length - numerals > 3:
                areas += 1
            if numerals and slash and first == 3 and gap <= 4:
                areas += 1
            if numerals and first == 3 and length > numerals:
                areas += 1
            suffixed = (
                (numerals and slash)
                or (first == 3 and length == numerals + 1 and gap == 0)
                or (first == 3 and length > numerals)
            )
            slash = False
            # names
            if pending:
                if not (joined and _is_known(hash1 * np.uint64(31) + value, compounds)):
                    flags |= NAMES
                pending = False
            name = told & (MIDDLE | GIVEN)
            if name and joined and _is_known(hash1 * np.uint64(31) + value, compounds):
                told &= ~(MIDDLE | GIVEN | SURE_GIVEN | SURNAME)
                name = 0
            if raised:
                if (
                    joined
                    and raised1
                    and ((before & SURNAME and name) or (before & GIVEN and told & SURNAME) or (name and odd))
                ):
                    raised_pair = True
                if (told & GIVEN and before & TITLE) or (told & SURE_GIVEN and joined and before & (WEAK | CUE)):
                    pending = True
                if length == 1 and before & TITLE and gap <= 2:
                    pending = True
                if humps and length > 5:
                    flags |= INITIALS
            elif told & SURE_GIVEN and before & TITLE and gap <= 3:
                pending = True
            elif told & PROPER and before & TITLE and gap <= 3:
                proper = True
            if (
                joined
                and told & GIVEN
                and (
                    (
                        before & MIDDLE
                        and before2 & SURNAME
                        and (told & SURE_GIVEN or before2 & STRONG or gap2 > 1 or before3 & (TITLE | CUE | WEAK))
                    )
                    or (before & SURNAME and before2 & (TITLE | CUE) and told & SURE_GIVEN)
                    or before & STRONG
                )
            ):
                pending = True
            if joined and before & GIVEN and before2 & (TITLE | CUE) and told & SURE_GIVEN:
                pending = True
            if (
                joined
                and before & SURNAME
                and (
                    value == _THI_TONE
                    or value == _VAN_TONE
                    or ((value == _THI or value == _VAN) and (before2 == 0 or before2 & (TITLE | CUE | WEAK)))
                )
            ):
                pending = True
            if single and ((raised and gap <= 3) or (length > 1 and data[start - 1] == 39)):
                flags |= INITIALS
            single = length == 1 and first == 2
            odd = told == 0 and raised and (data[position - 1] in (102, 106, 120, 115, 114))
            if told & CALL and raised1 and before & GIVEN:
                flags |= NAMES
            if _is_known(hash1 * np.uint64(31) + value, pairs):
                flags |= NAMES
            words += 1
            accented += marked
            raised_words += raised
            gap2, gap1 = gap1, gap
            before3 = before2
            before2 = before if gap <= 3 else 0
            before = told
            raised1 = raised
            hash1 = value
            last_digit = was == 3 or (numerals > 0 and first == 3)
            number_before = numerals if numerals == length else 0
            gap = 0
        if (vehicles and digits + spoken >= 5) or (doubtful and digits >= 6) or spoken >= 6:
            flags |= PLATES
        if (
            pending
            or (proper and accented >= 0.3 * words)
            or (raised_pair and (words <= 6 or raised_words <= 0.8 * words))
        ):
            flags |= NAMES
        if areas >= 3 and (digits or spoken > 1):
            flags |= ADDRESSES
        found[text] = flags
    return found


_A, _P, _CONG, _CONG_TONE, _MOC, _MOC_TONE, _CHAM, _CHAM_TONE, _THI, _THI_TONE, _VAN, _VAN_TONE = (
    np.uint64(word_hash(word))
    for word in ("a", "p", "cong", "còng", "moc", "móc", "cham", "chấm", "thi", "thị", "van", "văn")
)
