"""Texts → tokens: one pass over the bytes of a batch.

A token is a written word (letters and digits, with the point or comma inside a number), an emoji, a mask such as
'‹số điện thoại›', or one of the breaks '.', '?' and '!' between words. Tokens are numbered within the batch in the order of
their first occurrence; :mod:`langnghe.words.vocabulary` joins the numbering over batches.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numba as nb
import numpy as np
import polars as pl

if TYPE_CHECKING:
    from numpy.typing import NDArray

BREAK, QUESTION, EXCLAMATION = 0, 1, 2
"""Numbers of the three breaks: they are the same in every batch."""

_OTHER, _WORD, _DIGIT, _EMOJI, _OPEN, _CLOSE, _SKIP, _STOP = range(8)
_FNV_OFFSET = np.uint64(14695981039346656037)
_FNV_PRIME = np.uint64(1099511628211)


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
    data = np.frombuffer(joined or b"\x00", dtype=np.uint8)
    ids, offsets, starts, stops = _scan(data, ends)
    written = [joined[a:b].decode("utf-8", "replace").lower() for a, b in zip(starts[3:], stops[3:], strict=True)]
    return Tokens(ids, offsets, [".", "?", "!", *written])


@nb.njit(cache=True, nogil=True)
def _kind(code: Any) -> int:  # noqa: PLR0911 - a table of Unicode ranges, flat for speed
    if code < 0x80:
        if 97 <= code <= 122 or 65 <= code <= 90:
            return _WORD
        if 48 <= code <= 57:
            return _DIGIT
        if code == 63 or code == 33:
            return _STOP
        return _OTHER if code != 46 and code != 44 and code != 59 and code != 58 and code != 10 else _STOP
    if code == 0x2039:
        return _OPEN
    if code == 0x203A:
        return _CLOSE
    if code < 0xC0 or code == 0xD7 or code == 0xF7:
        return _OTHER
    if code < 0x2000:
        return _WORD
    if 0x200B <= code <= 0x200F or code == 0x2060 or 0xFE00 <= code <= 0xFE0F or 0x1F3FB <= code <= 0x1F3FF:
        return _SKIP
    if code < 0x2100:
        return _STOP if code == 0x2026 else _OTHER
    if code < 0x2C00:
        return _EMOJI if code >= 0x2190 else _OTHER
    if code < 0x3040:
        return _STOP if code == 0x3002 else _OTHER
    if code < 0xE000 or 0xF900 <= code < 0xFE00:
        return _WORD
    if 0x1F000 <= code < 0x20000:
        return _EMOJI
    return _WORD if code >= 0x20000 else _OTHER


@nb.njit(cache=True, nogil=True)
def _scan(
    data: NDArray[np.uint8], ends: NDArray[np.int64]
) -> tuple[NDArray[np.uint32], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    n = ends.shape[0] - 1
    ids = np.empty(ends[n] + 1, dtype=np.uint32)
    offsets = np.zeros(n + 1, dtype=np.int64)
    size = 1 << 16
    table = np.full(size, -1, dtype=np.int64)
    hashes = np.empty(size, dtype=np.uint64)
    starts = np.empty(size, dtype=np.int64)
    stops = np.empty(size, dtype=np.int64)
    known = 3
    starts[:3] = 0
    stops[:3] = 0
    hashes[:3] = 0
    filled = 0
    for text in range(n):
        position = ends[text]
        end = ends[text + 1]
        first = filled
        pending = -1  # the break to write before the next word
        while position < end:
            # --- one token starts here -------------------------------------------------
            begin = position
            hashed = _FNV_OFFSET
            state = 0  # 0 nothing yet, 1 word, 2 digits so far, 3 mask, 4 emoji
            while position < end:
                byte = data[position]
                if byte < 0x80:
                    code = np.int64(byte)
                    width = 1
                elif byte < 0xE0:
                    code = np.int64(byte & 0x1F) << 6 | np.int64(data[position + 1] & 0x3F)
                    width = 2
                elif byte < 0xF0:
                    code = (
                        np.int64(byte & 0x0F) << 12
                        | np.int64(data[position + 1] & 0x3F) << 6
                        | np.int64(data[position + 2] & 0x3F)
                    )
                    width = 3
                else:
                    code = (
                        np.int64(byte & 0x07) << 18
                        | np.int64(data[position + 1] & 0x3F) << 12
                        | np.int64(data[position + 2] & 0x3F) << 6
                        | np.int64(data[position + 3] & 0x3F)
                    )
                    width = 4
                kind = _kind(code)
                if state == 3:
                    for k in range(width):
                        hashed = (hashed ^ np.uint64(data[position + k])) * _FNV_PRIME
                    position += width
                    if kind == _CLOSE:
                        break
                    continue
                if kind == _SKIP:
                    if state == 0:
                        position += width
                        begin = position
                        continue
                    break
                if kind == _WORD or kind == _DIGIT:
                    if state == 0 or state == 1 or state == 2:
                        if state == 0:
                            state = 2 if kind == _DIGIT else 1
                        elif kind == _WORD:
                            state = 1
                        for k in range(width):
                            byte_k = data[position + k]
                            if 65 <= byte_k <= 90:
                                byte_k = np.uint8(byte_k + 32)
                            hashed = (hashed ^ np.uint64(byte_k)) * _FNV_PRIME
                        position += width
                        continue
                    break
                if state == 2 and (code == 46 or code == 44 or code == 47) and position + 1 < end:
                    following = data[position + 1]
                    if 48 <= following <= 57:  # the point, comma or slash inside a number
                        hashed = (hashed ^ np.uint64(code)) * _FNV_PRIME
                        position += 1
                        continue
                if state != 0:
                    break
                if kind == _OPEN:
                    state = 3
                    for k in range(width):
                        hashed = (hashed ^ np.uint64(data[position + k])) * _FNV_PRIME
                    position += width
                    continue
                if kind == _EMOJI:
                    state = 4
                    for k in range(width):
                        hashed = (hashed ^ np.uint64(data[position + k])) * _FNV_PRIME
                    position += width
                    break
                if kind == _STOP:
                    if code == 63:
                        pending = 1
                    elif code == 33 and pending != 1:
                        pending = 2
                    elif pending < 0:
                        pending = 0
                position += width
                begin = position
            if (pending >= 0 and filled > first) or (pending > 0 and state == 0):
                ids[filled] = pending
                filled += 1
                pending = -1
            if state == 0:
                break
            pending = -1
            # --- its number ------------------------------------------------------------
            slot = np.int64(hashed & np.uint64(size - 1))
            while True:
                found = table[slot]
                if found < 0:
                    if known >= size >> 1:
                        bigger = size << 1
                        new_table = np.full(bigger, -1, dtype=np.int64)
                        new_hashes = np.empty(bigger, dtype=np.uint64)
                        new_starts = np.empty(bigger, dtype=np.int64)
                        new_stops = np.empty(bigger, dtype=np.int64)
                        new_hashes[:known] = hashes[:known]
                        new_starts[:known] = starts[:known]
                        new_stops[:known] = stops[:known]
                        for number in range(3, known):
                            place = np.int64(hashes[number] & np.uint64(bigger - 1))
                            while new_table[place] >= 0:
                                place = (place + 1) & (bigger - 1)
                            new_table[place] = number
                        table, hashes, starts, stops, size = new_table, new_hashes, new_starts, new_stops, bigger
                        slot = np.int64(hashed & np.uint64(size - 1))
                        while table[slot] >= 0:
                            slot = (slot + 1) & (size - 1)
                    table[slot] = known
                    hashes[known] = hashed
                    starts[known] = begin
                    stops[known] = position
                    found = known
                    known += 1
                    break
                if hashes[found] == hashed:
                    break
                slot = (slot + 1) & (size - 1)
            ids[filled] = np.uint32(found)
            filled += 1
        offsets[text + 1] = filled
    return ids[:filled].copy(), offsets, starts[:known].copy(), stops[:known].copy()
