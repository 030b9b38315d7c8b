"""Texts → tokens: one pass over the bytes of a batch.

A token is a written word (letters and digits, with the point, comma or slash inside a number), an emoji, an emoticon such as ':(' or
'=))', a mask such as '‹số điện thoại›', or one of the breaks '.', '?' and '!' between words. Tokens are numbered within the batch in the
order of their first occurrence; :mod:`langnghe.words.vocabulary` joins the numbering over batches.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from langnghe.words.compiled import kernel, part

if TYPE_CHECKING:
    from numpy.typing import NDArray

BREAK, QUESTION, EXCLAMATION = 0, 1, 2
"""Numbers of the three breaks: they are the same in every batch."""

_OTHER, _WORD, _DIGIT, _EMOJI, _OPEN, _SKIP, _STOP, _EYES, _RARE = range(9)
"""Kinds of characters. Eyes may begin an emoticon; of the rare ones the first byte alone does not tell the kind."""

_FNV_OFFSET = np.uint64(14695981039346656037)
_FNV_PRIME = np.uint64(1099511628211)
_TAG = np.uint64(0xFFFFFFFF00000000)
_NUMBER = np.uint64(0x00000000FFFFFFFF)
_FIRST_SIZE = 1 << 15


def _kinds() -> NDArray[np.uint8]:
    """The kind of a character by its first byte; the later bytes of a character count as letters, so that words run on."""
    kinds = np.full(256, _WORD, dtype=np.uint8)
    kinds[:0x80] = [_WORD if chr(c).isalpha() else _DIGIT if chr(c).isdigit() else _OTHER for c in range(0x80)]
    kinds[[ord(c) for c in ".,;?!\n"]] = _STOP
    kinds[[ord(":"), ord("=")]] = _EYES
    kinds[[0xC2, 0xC3, 0xE2, 0xE3, 0xEE, 0xEF, 0xF0, 0xF1, 0xF2, 0xF3, 0xF4]] = _RARE
    return kinds


def _lowered() -> NDArray[np.uint64]:
    """Bytes with the letters A–Z in lower case."""
    return np.array([c + 32 if 65 <= c <= 90 else c for c in range(256)], dtype=np.uint64)


_KINDS = _kinds()
_LOWER = _lowered()


@dataclass(frozen=True)
class Tokens:
    """The tokens of a batch of n texts.

    Attributes
    ----------
    ids : uint32 array, all tokens of all texts in a row.
    offsets : int64 array of n + 1 positions: text i has the tokens ids[offsets[i]:offsets[i + 1]].
    surfaces : what was written for each id, lower-cased; the first three are the breaks.
    """

    ids: NDArray[np.uint32]
    offsets: NDArray[np.int64]
    surfaces: list[str]


def tokenise(texts: pl.Series) -> Tokens:
    """Split a batch of texts into tokens.

    Parameters
    ----------
    texts : Series of String, without nulls, normalised to NFC.

    Returns
    -------
    Tokens

    Examples
    --------
    >>> tokens = tokenise(pl.Series(["Lương 4.2tr, chậm 😭", "chậm?"]))
    >>> [tokens.surfaces[i] for i in tokens.ids]
    ['lương', '4.2tr', '.', 'chậm', '😭', 'chậm', '?']
    """
    joined: bytes = texts.str.join("").cast(pl.Binary).item() if len(texts) else b""
    ends = np.zeros(len(texts) + 1, dtype=np.int64)
    if len(texts):
        ends[1:] = texts.str.len_bytes().cast(pl.Int64).cum_sum().to_numpy()
    data = np.frombuffer(joined + b"\x00\x00\x00\x00", dtype=np.uint8)  # so that a look ahead stays inside
    ids, offsets, starts, stops = _numbered(data, ends)
    written = [joined[a:b].decode("utf-8", "replace").lower() for a, b in zip(starts[3:], stops[3:], strict=True)]
    return Tokens(ids, offsets, [".", "?", "!", *written])


@part
def _rare_kind(first: Any, second: Any, third: Any, fourth: Any) -> int:  # noqa: PLR0911 - a table of Unicode ranges, flat for speed
    if first == 0xC2:
        return _OTHER
    if first == 0xC3:
        return _OTHER if second == 0x97 or second == 0xB7 else _WORD  # × and ÷
    code = (np.int64(second) & 0x3F) << 6 | np.int64(third) & 0x3F
    if first < 0xF0:
        code |= (np.int64(first) & 0x0F) << 12
    else:
        code = (np.int64(first) & 0x07) << 18 | code << 6 | np.int64(fourth) & 0x3F
    if 0x200B <= code <= 0x200F or code == 0x2060 or 0xFE00 <= code <= 0xFE0F or 0x1F3FB <= code <= 0x1F3FF:
        return _SKIP
    if code == 0x2039:
        return _OPEN
    if code == 0x2026 or code == 0x3002:
        return _STOP
    if 0x2190 <= code < 0x2C00 or 0x1F000 <= code < 0x20000:
        return _EMOJI
    return _WORD if 0x3040 <= code < 0xE000 or 0xF900 <= code < 0xFE00 or code >= 0x20000 else _OTHER


@part
def _after_emoticon(data: NDArray[np.uint8], start: int, end: int) -> int:
    """Where the emoticon ends whose eyes stand at `start`: ':(', '=))', ':-)', ":'("; `start` where there is none."""
    position = start + 1
    if position < end and (data[position] == 45 or data[position] == 39):
        position += 1
    mouth = data[position] if position < end else np.uint8(0)
    if mouth != 40 and mouth != 41:
        return start
    while position < end and data[position] == mouth:
        position += 1
    return position


@part
def _after_mask(data: NDArray[np.uint8], start: int, end: int) -> int:
    """Where the mask ends that begins at `start`: behind '›', or at the end of the text."""
    position = start
    while position < end:
        if data[position] == 0xE2 and data[position + 1] == 0x80 and data[position + 2] == 0xBA:
            return position + 3
        position += 1
    return end


def _numbered(
    data: NDArray[np.uint8], ends: NDArray[np.int64]
) -> tuple[NDArray[np.uint32], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """The tokens of all texts, with a table that grows between two texts: within the loop it would cost more than the loop."""
    ids = np.empty(ends[-1] + 1, dtype=np.uint32)
    offsets = np.zeros(len(ends), dtype=np.int64)
    slots, hashes = np.zeros(_FIRST_SIZE, dtype=np.uint64), np.zeros(_FIRST_SIZE // 2, dtype=np.uint64)
    starts, stops = np.zeros(_FIRST_SIZE // 2, dtype=np.int64), np.zeros(_FIRST_SIZE // 2, dtype=np.int64)
    text, known = _scan(data, ends, 0, ids, offsets, slots, hashes, starts, stops, 3)
    while text < len(ends) - 1:
        longest = int(ends[text + 1] - ends[text])
        size = 1 << max(2 * len(slots), 2 * (known + longest)).bit_length()
        hashes = np.concatenate((hashes[:known], np.zeros(size // 2 - known, dtype=np.uint64)))
        starts = np.concatenate((starts[:known], np.zeros(size // 2 - known, dtype=np.int64)))
        stops = np.concatenate((stops[:known], np.zeros(size // 2 - known, dtype=np.int64)))
        slots = _slots(hashes, known, size)
        text, known = _scan(data, ends, text, ids, offsets, slots, hashes, starts, stops, known)
    return ids[: offsets[-1]].copy(), offsets, starts[:known], stops[:known]


@kernel
def _slots(hashes: NDArray[np.uint64], known: int, size: int) -> NDArray[np.uint64]:
    slots = np.zeros(size, dtype=np.uint64)
    last = np.uint64(size - 1)
    for number in range(3, known):
        slot = hashes[number] & last
        while slots[slot]:
            slot = (slot + np.uint64(1)) & last
        slots[slot] = (hashes[number] & _TAG) | np.uint64(number)
    return slots


@kernel
def _scan(  # noqa: PLR0913, PLR0917 - a compiled kernel is given its arrays one by one
    data: NDArray[np.uint8],
    ends: NDArray[np.int64],
    text: int,
    ids: NDArray[np.uint32],
    offsets: NDArray[np.int64],
    slots: NDArray[np.uint64],  # the upper half of a token's hash, and its number; 0 is free
    hashes: NDArray[np.uint64],
    starts: NDArray[np.int64],
    stops: NDArray[np.int64],
    known: int,
) -> tuple[int, int]:
    """Fill `ids` and `offsets` from a text on; gives back the first text for which the table is too small, and how many are known."""
    filled = offsets[text]
    last = np.uint64(len(slots) - 1)
    while text < len(ends) - 1 and known + ends[text + 1] - ends[text] <= len(hashes):
        position = ends[text]
        end = ends[text + 1]
        pending = -1  # the break to write before the next word
        while position < end:
            begin = position
            byte = data[position]
            kind = _KINDS[byte]
            if kind == _RARE:
                kind = np.uint8(_rare_kind(byte, data[position + 1], data[position + 2], data[position + 3]))
            hashed = _FNV_OFFSET
            if kind == _WORD or kind == _DIGIT:
                number = True
                while position < end:
                    byte = data[position]
                    kind = _KINDS[byte]
                    if kind == _RARE:
                        kind = np.uint8(_rare_kind(byte, data[position + 1], data[position + 2], data[position + 3]))
                    if kind == _WORD:
                        number = False
                    elif kind != _DIGIT:
                        inside = number and (byte == 46 or byte == 44 or byte == 47)
                        if not inside or position + 1 == end or _KINDS[data[position + 1]] != _DIGIT:
                            break
                    hashed = (hashed ^ _LOWER[byte]) * _FNV_PRIME
                    position += 1
            else:
                width = 1 if byte < 0x80 else 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
                if kind == _EMOJI:
                    position += width
                elif kind == _OPEN:
                    position = _after_mask(data, position, end)
                elif kind == _EYES:
                    position = _after_emoticon(data, position, end)
                if position == begin:  # between two tokens
                    position += width
                    if byte == 63:
                        pending = 1
                    elif byte == 33 and pending != 1:
                        pending = 2
                    elif pending < 0 and (kind == _STOP or byte == 58):
                        pending = 0
                    continue
                for k in range(begin, position):
                    hashed = (hashed ^ _LOWER[data[k]]) * _FNV_PRIME
            if pending >= 0 and filled > offsets[text]:
                ids[filled] = pending
                filled += 1
            pending = -1
            slot = hashed & last
            while slots[slot]:
                if slots[slot] & _TAG == hashed & _TAG and hashes[slots[slot] & _NUMBER] == hashed:
                    break
                slot = (slot + np.uint64(1)) & last
            if not slots[slot]:
                slots[slot] = (hashed & _TAG) | np.uint64(known)
                hashes[known] = hashed
                starts[known] = begin
                stops[known] = position
                known += 1
            ids[filled] = slots[slot] & _NUMBER
            filled += 1
        if pending >= 0 and (filled > offsets[text] or pending > 0):
            ids[filled] = pending
            filled += 1
        text += 1
        offsets[text] = filled
    return text, known
