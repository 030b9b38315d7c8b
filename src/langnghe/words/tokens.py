"""Texts → tokens: one pass over the bytes of a batch.

A token is a written word (letters and digits, with the point, comma or slash inside a number), an emoji, an emoticon such as ':(' or
'=))', a mask such as '‹số điện thoại›', or one of the breaks '.', '?' and '!' between words. Tokens are numbered within the batch in the
order of their first occurrence; :mod:`langnghe.words.vocabulary` joins the numbering over batches.
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
    ids, offsets, starts, stops = _scan(data, ends)
    written = [joined[a:b].decode("utf-8", "replace").lower() for a, b in zip(starts[3:], stops[3:], strict=True)]
    return Tokens(ids, offsets, [".", "?", "!", *written])


@nb.njit(cache=True, nogil=True)
def _width(byte: Any) -> int:
    return 1 if byte < 0x80 else 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4


@nb.njit(cache=True, nogil=True)
def _rare_kind(data: NDArray[np.uint8], position: int) -> int:
    byte = np.int64(data[position])
    code = byte & (0x1F if byte < 0xE0 else 0x0F if byte < 0xF0 else 0x07)
    for k in range(1, _width(byte)):
        code = code << 6 | np.int64(data[position + k] & 0x3F)
    if code < 0x2000:
        return _OTHER if code < 0xC0 or code == 0xD7 or code == 0xF7 else _WORD
    if 0x200B <= code <= 0x200F or code == 0x2060 or 0xFE00 <= code <= 0xFE0F or 0x1F3FB <= code <= 0x1F3FF:
        return _SKIP
    if code == 0x2039:
        return _OPEN
    if code == 0x2026 or code == 0x3002:
        return _STOP
    if 0x2190 <= code < 0x2C00 or 0x1F000 <= code < 0x20000:
        return _EMOJI
    return _WORD if 0x3040 <= code < 0xE000 or 0xF900 <= code < 0xFE00 or code >= 0x20000 else _OTHER


@nb.njit(cache=True, nogil=True)
def _after_word(data: NDArray[np.uint8], start: int, end: int) -> int:
    """Where the word ends that begins at `start`: letters and digits, and marks between the digits of a number."""
    number = True
    position = start
    while position < end:
        byte = data[position]
        kind = _KINDS[byte]
        if kind == _RARE:
            kind = np.uint8(_rare_kind(data, position))
        if kind == _WORD:
            number = False
        elif kind != _DIGIT and not (
            number
            and (byte == 46 or byte == 44 or byte == 47)
            and position + 1 < end
            and _KINDS[data[position + 1]] == _DIGIT
        ):
            break
        position += _width(byte) if kind == _WORD and byte >= 0xC0 else 1
    return position


@nb.njit(cache=True, nogil=True)
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


@nb.njit(cache=True, nogil=True)
def _after_mask(data: NDArray[np.uint8], start: int, end: int) -> int:
    """Where the mask ends that begins at `start`: behind '›', or at the end of the text."""
    position = start
    while position < end:
        if data[position] == 0xE2 and data[position + 1] == 0x80 and data[position + 2] == 0xBA:
            return position + 3
        position += 1
    return end


@nb.njit(cache=True, nogil=True)
def _grown(slots: NDArray[np.uint64], hashes: NDArray[np.uint64], known: int) -> NDArray[np.uint64]:
    """A table twice as large with the same tokens."""
    bigger = np.zeros(slots.shape[0] * 2, dtype=np.uint64)
    last = np.uint64(bigger.shape[0] - 1)
    for number in range(3, known):
        place = hashes[number] & last
        while bigger[place]:
            place = (place + np.uint64(1)) & last
        bigger[place] = (hashes[number] & _TAG) | np.uint64(number)
    return bigger


@nb.njit(cache=True, nogil=True)
def _doubled(values: Any) -> Any:
    longer = np.empty(values.shape[0] * 2, dtype=values.dtype)
    longer[: values.shape[0]] = values
    return longer


@nb.njit(cache=True, nogil=True)
def _scan(
    data: NDArray[np.uint8], ends: NDArray[np.int64]
) -> tuple[NDArray[np.uint32], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    n = ends.shape[0] - 1
    ids = np.empty(ends[n] + 1, dtype=np.uint32)
    offsets = np.zeros(n + 1, dtype=np.int64)
    slots = np.zeros(_FIRST_SIZE, dtype=np.uint64)  # the upper half of a token's hash, and its number; 0 is free
    hashes = np.zeros(_FIRST_SIZE, dtype=np.uint64)
    starts = np.zeros(_FIRST_SIZE, dtype=np.int64)
    stops = np.zeros(_FIRST_SIZE, dtype=np.int64)
    known = 3
    filled = 0
    for text in range(n):
        position = ends[text]
        end = ends[text + 1]
        pending = -1  # the break to write before the next word
        while position < end:
            begin = position
            byte = data[position]
            kind = _KINDS[byte]
            if kind == _RARE:
                kind = np.uint8(_rare_kind(data, position))
            if kind == _WORD or kind == _DIGIT:
                position = _after_word(data, position, end)
            elif kind == _EMOJI:
                position += _width(byte)
            elif kind == _OPEN:
                position = _after_mask(data, position, end)
            else:
                if kind == _EYES:
                    position = _after_emoticon(data, position, end)
                if position == begin:  # between two tokens
                    position += _width(byte)
                    if byte == 63:
                        pending = 1
                    elif byte == 33 and pending != 1:
                        pending = 2
                    elif pending < 0 and (kind == _STOP or byte == 58):
                        pending = 0
                    continue
            if pending >= 0 and filled > offsets[text]:
                ids[filled] = pending
                filled += 1
            pending = -1
            hashed = _FNV_OFFSET
            for k in range(begin, position):
                hashed = (hashed ^ _LOWER[data[k]]) * _FNV_PRIME
            last = np.uint64(slots.shape[0] - 1)
            slot = hashed & last
            while slots[slot]:
                if slots[slot] & _TAG == hashed & _TAG and hashes[slots[slot] & _NUMBER] == hashed:
                    break
                slot = (slot + np.uint64(1)) & last
            if not slots[slot]:
                slots[slot] = (hashed & _TAG) | np.uint64(known)
                hashes[known], starts[known], stops[known] = hashed, begin, position
                known += 1
                if 2 * known > slots.shape[0]:
                    slots = _grown(slots, hashes, known)
                    hashes, starts, stops = _doubled(hashes), _doubled(starts), _doubled(stops)
                ids[filled] = known - 1
            else:
                ids[filled] = slots[slot] & _NUMBER
            filled += 1
        if pending >= 0 and (filled > offsets[text] or pending > 0):
            ids[filled] = pending
            filled += 1
        offsets[text + 1] = filled
    return ids[:filled].copy(), offsets, starts[:known].copy(), stops[:known].copy()
