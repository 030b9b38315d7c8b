"""Whether delimited bytes are well-formed: every quote opens or closes a field, every row has the same fields.

A well-formed file is left to the fast reader. The check looks at all bytes in blocks with vectorised arithmetic and
holds one block at a time. RFC 4180 is the measure; blank lines are allowed and told.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    Bytes = npt.NDArray[np.uint8]

_QUOTE, _LINE, _RETURN = 34, 10, 13


@dataclass(frozen=True)
class Structure:
    """What was seen so far.

    Attributes
    ----------
    good : no fault so far.
    records : rows that ended so far, the header and blank lines among them.
    blank : numbers (from 0) of blank lines.
    """

    good: bool = True
    records: int = 0
    blank: tuple[int, ...] = ()
    inside: bool = False
    fields: int = 0  # delimiters so far in the row that has not ended
    length: int = 0  # bytes so far in the row that has not ended
    last: int = _LINE  # the last byte


_MAX_BLANK = 100_000


def check(blocks: Iterable[bytes], delimiter: str, columns: int) -> Structure:
    """Check blocks of UTF-8 bytes without a byte-order mark.

    Parameters
    ----------
    blocks : the bytes, in any cut.
    delimiter : one character, or '' for a file of one column.
    columns : number of fields that each row must have.
    """
    sign = ord(delimiter) if delimiter else -1
    seen = Structure()
    held = b""
    for block in blocks:
        data = held + block
        held = data[-1:]
        seen = _block(seen, data[:-1], held, sign, columns) if len(data) > 1 else seen
        if not seen.good:
            return seen
    return _end(seen, held, sign, columns)


def _end(seen: Structure, held: bytes, sign: int, columns: int) -> Structure:
    last = _block(seen, held, b"\n", sign, columns) if held else seen
    if last.good and not last.inside and (last.fields or last.length):
        last = _block(last, b"\n", b"\n", sign, columns)
    return replace(last, good=last.good and not last.inside)


def _block(seen: Structure, data: bytes, following: bytes, sign: int, columns: int) -> Structure:
    """Go through one block; `following` is the byte after it."""
    here = np.frombuffer(data, dtype=np.uint8)
    if _QUOTE in data or seen.inside:
        parity = _parity(here, inside=seen.inside)
        if not _quotes_fit(here, parity, seen, following[0], sign):
            return replace(seen, good=False)
        outside = (parity & 1) == 0
        inside = not bool(outside[-1])
    else:
        outside, inside = None, False
    return replace(_rows(replace(seen, inside=inside), here, outside, sign, columns), last=int(here[-1]))


def _parity(here: Bytes, *, inside: bool) -> Bytes:
    """Quotes up to and with each byte (modulo 256); odd means that the byte lies inside a quoted field."""
    return np.cumsum(here == _QUOTE, dtype=np.uint8) + np.uint8(inside)


def _quotes_fit(here: Bytes, parity: Bytes, seen: Structure, following: int, sign: int) -> bool:
    at = np.flatnonzero(here == _QUOTE)
    opens = (parity[at] & 1) == 1
    before = np.where(at > 0, here[at - 1], seen.last)[opens]
    after = np.where(at + 1 < len(here), here[np.minimum(at + 1, len(here) - 1)], following)[~opens]
    opened_well = (before == sign) | (before == _LINE) | (before == _QUOTE)
    closed_well = (after == sign) | (after == _LINE) | (after == _RETURN) | (after == _QUOTE)
    return bool(opened_well.all() and closed_well.all())


def _rows(seen: Structure, here: Bytes, outside: npt.NDArray[np.bool_] | None, sign: int, columns: int) -> Structure:
    marks = (here == _LINE) | (here == sign)
    at = np.flatnonzero(marks & outside if outside is not None else marks)
    lines = np.flatnonzero(here[at] == _LINE)
    if not len(lines):
        return replace(seen, fields=seen.fields + len(at), length=seen.length + len(here))
    fields = np.diff(lines, prepend=-1) - 1
    fields[0] += seen.fields
    ends = at[lines]
    lengths = np.diff(ends, prepend=-1) - 1
    returns = np.where(ends > 0, here[np.maximum(ends - 1, 0)], seen.last) == _RETURN
    lengths[0] += seen.length
    blank = (fields == 0) & ((lengths == 0) | ((lengths == 1) & returns))
    numbers = tuple((seen.records + np.flatnonzero(blank)).tolist())
    good = bool(((fields == columns - 1) | blank).all()) and len(seen.blank) + len(numbers) < _MAX_BLANK
    return replace(
        seen,
        good=good and not _lone_returns(here, ends, outside),
        records=seen.records + len(lines),
        blank=seen.blank + numbers,
        fields=len(at) - 1 - int(lines[-1]),
        length=len(here) - 1 - int(ends[-1]),
    )


def _lone_returns(here: Bytes, ends: npt.NDArray[np.intp], outside: npt.NDArray[np.bool_] | None) -> bool:
    """Whether a carriage return outside quotes ends no line (lines of old Macs)."""
    returns = here == _RETURN
    if not returns.any():
        return False
    free = int(np.count_nonzero(returns & outside if outside is not None else returns))
    before_line = int(np.count_nonzero(here[np.maximum(ends - 1, 0)] == _RETURN))
    return free > before_line + 1
