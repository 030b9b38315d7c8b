"""A first glance at a batch: which texts may hold which kinds of personal data, in one pass over their bytes.

It errs on the side of looking: what it lets through is looked at closely, text by text. Masks that stand in a text are
skipped, so that a masked text is never suspected of more than the text it was made of.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

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
from langnghe.words.compiled import kernel, part

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


# As numbers of NumPy they have one type from the first line on: Numba types literals apart, and all that they go into once more.
_NONE: Any = np.int64(0)
_FAR: Any = np.int64(9)
_NO: Any = np.bool_(False)  # noqa: FBT003 - a value
_YES: Any = np.bool_(True)  # noqa: FBT003 - a value

_LAST_SLOT = np.uint64(SIZE - 1)
_MIDDLE_OR_GIVEN, _SURNAME_OR_STREET, _LINK_WORD = MIDDLE | GIVEN, SURNAME | STREET, MAIL | TLD
_WEAK_OR_CUE, _TITLE_OR_CUE, _BEFORE_NAMES = WEAK | CUE, TITLE | CUE, TITLE | CUE | WEAK
_NO_NAME = ~(MIDDLE | GIVEN | SURE_GIVEN | SURNAME)

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
    found = np.zeros(len(texts), dtype=np.uint8)
    _scan(data, ends, hashes, bits, pairs_of(known_names), compounds_of_two(), streets_of_two(), found)
    return found


# Numba's time for a function grows faster than the function, and most of it goes into arrays that are made inside, `in` and library
# functions: the kernels below have none of these, and what is decided word by word stands in functions of its own.


@part
def _told(value: Any, hashes: NDArray[np.uint64], bits: NDArray[np.uint32]) -> Any:
    slot = value & _LAST_SLOT
    while hashes[slot] != 0:
        if hashes[slot] == value:
            return np.int64(bits[slot])
        slot = (slot + np.uint64(1)) & _LAST_SLOT
    return np.int64(0)


@part
def _is_known(value: Any, pairs: NDArray[np.uint64]) -> Any:
    low, high = 0, len(pairs)
    while low < high:
        middle = (low + high) >> 1
        if pairs[middle] < value:
            low = middle + 1
        else:
            high = middle
    return low < len(pairs) and pairs[low] == value


@part
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


@part
def _links(  # noqa: PLR0913, PLR0917 - what is known of a word, one by one
    data: NDArray[np.uint8],
    start: Any,
    stop: Any,
    told: Any,
    value: Any,
    before: Any,
    hash1: Any,
    gap: Any,
    numerals: Any,
    first: Any,
    length: Any,
) -> Any:
    """Whether a word may belong to a link, an address of mail or an account."""
    if told & MAIL:
        return True
    if before & SIGN:
        if told == 0 and ((numerals and first != 3) or length > 7):
            return True
        if data[stop] == 95 or (data[stop] == 46 and data[stop + 1] > 64):
            return True
        if value == _CHAM or value == _CHAM_TONE:
            return True
    if told & TLD and gap >= 2:
        left = data[start - 1]
        if left == 46 or left == 44 or left == 93 or (left == 32 and data[start - 2] == 46):
            return True
    return hash1 == _A and (value == _CONG or value == _CONG_TONE or value == _MOC or value == _MOC_TONE)


@part
def _doubtful(numerals: Any, length: Any, gap: Any, first: Any, after_two_digits: Any, number_before: Any) -> Any:
    """How much a word of letters and digits looks like a part of a number plate."""
    found = 0
    if 2 <= numerals < length and numerals >= length - 3 and (length >= 5 or (gap <= 1 and first != 3)):
        found += 1
    if (after_two_digits and numerals >= 2) or (length <= 3 and numerals < 2 and 0 < number_before <= 2 and gap <= 3):
        found += 1
    return found


@part
def _areas(  # noqa: PLR0913, PLR0917 - a list of signs
    data: NDArray[np.uint8],
    start: Any,
    told: Any,
    before: Any,
    before2: Any,
    hash1: Any,
    gap: Any,
    numerals: Any,
    first: Any,
    length: Any,
    last_digit: Any,
    raised: Any,
    suffixed: Any,
    slash: Any,
) -> Any:
    """How much a word looks like a part of an address."""
    found = 0
    if told & HOME:
        found += 1
    if last_digit and numerals == 0 and ((gap == 1 and told & _SURNAME_OR_STREET) or (raised and suffixed)):
        found += 2
    if numerals == 0:
        return found + 2 if last_digit and told & AREA and gap <= 4 else found
    letter = data[start] | 32
    if before & AREA or (last_digit and told & AREA and gap <= 4) or (letter == 115 and length - numerals == 2):
        found += 2
    if before & AREA and before2 & AREA:
        found += 1
    if letter == 107 and (data[start + 1] | 32) == 112:
        found += 2
    if numerals >= 2 and length == numerals + 1 and letter == 112:
        found += 1
    if first == 3:
        if hash1 == _P and gap == 2:
            found += 2
        if length - numerals > 3:
            found += 1
        if slash and gap <= 4:
            found += 1
        if length > numerals:
            found += 1
    return found


@part
def _names_street(value: Any, before: Any, hash1: Any, streets: NDArray[np.uint64]) -> Any:
    """Whether two words behind a number begin the name of a street."""
    if before & SURNAME and (value == _VAN or value == _VAN_TONE or value == _THI or value == _THI_TONE):
        return True
    return _is_known(hash1 * np.uint64(31) + value, streets)


@part
def _names_somebody(  # noqa: PLR0911, PLR0913, PLR0917 - a list of signs
    told: Any,
    before: Any,
    before2: Any,
    before3: Any,
    value: Any,
    joined: Any,
    raised: Any,
    length: Any,
    gap: Any,
    gap2: Any,
) -> Any:
    """Whether a word may end a person's name, if the next one does not make a common word of it."""
    if before & TITLE:
        if raised and (told & GIVEN or (length == 1 and gap <= 2)):
            return True
        if not raised and told & SURE_GIVEN and gap <= 3:
            return True
    if not joined:
        return False
    sure = told & SURE_GIVEN
    if raised and sure and before & _WEAK_OR_CUE:
        return True
    if told & GIVEN:
        if before & STRONG:
            return True
        if before & MIDDLE and before2 & SURNAME and (sure or before2 & STRONG or gap2 > 1 or before3 & _BEFORE_NAMES):
            return True
        if before & SURNAME and before2 & _TITLE_OR_CUE and sure:
            return True
    if before & GIVEN and before2 & _TITLE_OR_CUE and sure:
        return True
    if not before & SURNAME:
        return False
    if value == _THI_TONE or value == _VAN_TONE:
        return True
    return (value == _THI or value == _VAN) and (before2 == 0 or before2 & _BEFORE_NAMES != 0)


@kernel
def _scan(
    data: NDArray[np.uint8],
    ends: NDArray[np.int64],
    hashes: NDArray[np.uint64],
    bits: NDArray[np.uint32],
    pairs: NDArray[np.uint64],
    compounds: NDArray[np.uint64],
    streets: NDArray[np.uint64],
    found: NDArray[np.uint8],
) -> None:
    for text in range(len(found)):
        position, end = ends[text], ends[text + 1]
        flags = run = digits = spoken = vehicles = areas = doubtful = _NONE  # run: digits in a row
        before3 = before2 = before = _NONE  # what the words before tell, 0 after a break
        hash1 = np.uint64(0)
        raised1 = after_number = proper = pending = odd = suffixed = raised_pair = _NO
        accented = words = raised_words = gap2 = gap1 = number_before = _NONE
        single = _NO  # whether the word before is one capital letter
        last_digit = _NO  # whether the word before ended with a digit
        slash = _NO
        gap = _FAR
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
                    before = before2 = run = number_before = _NONE
                    raised1 = last_digit = slash = _NO
                    gap = _FAR
                elif code == 64 or (code == 58 and data[position + 1] == 47 and data[position + 2] == 47):
                    flags |= LINKS
                elif 0x2460 <= code <= 0x24FF or 0x2776 <= code <= 0x2793:
                    flags |= NUMBERS
                elif code == 47 and last_digit:
                    slash = _YES
                gap += 1 if code == 32 else 2
                position += width
                continue
            # a word: letters and digits, up to a change into digits
            start = position
            value = FNV_OFFSET
            length = numerals = alike = humps = _NONE
            first = kind
            marked = after_two_digits = _NO
            was = np.uint8(0)
            while position < end:
                code, width = _character(data, position)
                if code >= _CODES:
                    break
                kind = _KIND[code]
                if kind == 0:
                    break
                if width > 1:
                    marked = _YES
                if kind == 3:
                    numerals += 1
                else:
                    if code == 79 or code == 111 or code == 108 or code == 73:
                        alike += 1
                    if length == 2 and numerals == 2:
                        after_two_digits = _YES
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
                run = _NONE
            if run >= 8:
                flags |= NUMBERS
            if numerals and first != 3 and numerals >= 8:
                flags |= NUMBERS
            if told & VEHICLE:
                vehicles += 1
            if numerals or number_before:
                doubtful += _doubtful(numerals, length, gap, first, after_two_digits, number_before)
            link = told & _LINK_WORD or before & SIGN or hash1 == _A
            if link and _links(data, start, position, told, value, before, hash1, gap, numerals, first, length):
                flags |= LINKS
            if numerals or last_digit or told & HOME:
                areas += _areas(
                    data, start, told, before, before2, hash1, gap, numerals, first, length, last_digit, raised, suffixed, slash
                )  # fmt: skip
            if after_number and joined and _names_street(value, before, hash1, streets):
                areas += 3
            after_number = last_digit and joined
            suffixed = (
                (numerals > 0 and slash)
                or (first == 3 and length == numerals + 1 and gap == 0)
                or (first == 3 and length > numerals)
            )
            slash = _NO
            # names
            if pending:
                if not (joined and _is_known(hash1 * np.uint64(31) + value, compounds)):
                    flags |= NAMES
                pending = _NO
            name = told & _MIDDLE_OR_GIVEN
            if name and joined and _is_known(hash1 * np.uint64(31) + value, compounds):
                told &= _NO_NAME
                name = _NONE
            if raised:
                if (
                    joined
                    and raised1
                    and ((before & SURNAME and name) or (before & GIVEN and told & SURNAME) or (name and odd))
                ):
                    raised_pair = _YES
                if humps and length > 5:
                    flags |= INITIALS
            elif told & PROPER and not told & SURE_GIVEN and before & TITLE and gap <= 3:
                proper = _YES
            if before and _names_somebody(told, before, before2, before3, value, joined, raised, length, gap, gap2):
                pending = _YES
            if single and ((raised and gap <= 3) or (length > 1 and data[start - 1] == 39)):
                flags |= INITIALS
            single = length == 1 and first == 2
            end_letter = data[position - 1]
            odd = (
                told == 0
                and raised
                and (
                    end_letter == 102
                    or end_letter == 106
                    or end_letter == 120
                    or end_letter == 115
                    or end_letter == 114
                )
            )
            if told & CALL and raised1 and before & GIVEN:
                flags |= NAMES
            if _is_known(hash1 * np.uint64(31) + value, pairs):
                flags |= NAMES
            words += 1
            accented += marked
            raised_words += raised
            gap2, gap1 = gap1, gap
            before3 = before2
            before2 = before if gap <= 3 else _NONE
            before = told
            raised1 = raised
            hash1 = value
            last_digit = was == 3 or (numerals > 0 and first == 3)
            number_before = numerals if numerals == length else _NONE
            gap = _NONE
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


_A, _P, _CONG, _CONG_TONE, _MOC, _MOC_TONE, _CHAM, _CHAM_TONE, _THI, _THI_TONE, _VAN, _VAN_TONE = (
    np.uint64(word_hash(word))
    for word in ("a", "p", "cong", "còng", "moc", "móc", "cham", "chấm", "thi", "thị", "van", "văn")
)
