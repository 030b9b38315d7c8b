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
    at = np.flatnonzero((here == _QUOTE) | (here == _LINE) | (here == _RETURN) | (here == sign))
    quotes = here[at] == _QUOTE
    inside = _inside(quotes, inside=seen.inside)
    if not _quotes_fit(here, at[quotes], inside[quotes], seen, following[0], sign):
        return replace(seen, good=False)
    still = bool(inside[-1]) if len(at) else seen.inside
    return replace(_rows(replace(seen, inside=still), here, at[~(quotes | inside)], columns), last=int(here[-1]))


def _inside(quotes: npt.NDArray[np.bool_], *, inside: bool) -> npt.NDArray[np.bool_]:
    """Whether what follows each sign lies inside a quoted field: whether the quotes so far are odd in number."""
    return ((np.cumsum(quotes, dtype=np.uint8) + np.uint8(inside)) & 1).astype(np.bool_)


def _quotes_fit(
    here: Bytes, at: npt.NDArray[np.intp], opens: npt.NDArray[np.bool_], seen: Structure, following: int, sign: int
) -> bool:
    before = np.where(at > 0, here[at - 1], seen.last)[opens]
    after = np.where(at + 1 < len(here), here[np.minimum(at + 1, len(here) - 1)], following)[~opens]
    opened_well = (before == sign) | (before == _LINE) | (before == _QUOTE)
    closed_well = (after == sign) | (after == _LINE) | (after == _RETURN) | (after == _QUOTE)
    return bool(opened_well.all() and closed_well.all())


def _rows(seen: Structure, here: Bytes, free: npt.NDArray[np.intp], columns: int) -> Structure:
    """Go through the delimiters, ends of lines and carriage returns of a block that lie outside quotes."""
    at = free[here[free] != _RETURN]
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
        good=good and not _lone_returns(here, ends, len(free) - len(at)),
        records=seen.records + len(lines),
        blank=seen.blank + numbers,
        fields=len(at) - 1 - int(lines[-1]),
        length=len(here) - 1 - int(ends[-1]),
    )


def _lone_returns(here: Bytes, ends: npt.NDArray[np.intp], returns: int) -> bool:
    """Whether one of the carriage returns outside quotes ends no line (lines of old Macs)."""
    before_line = int(np.count_nonzero(here[np.maximum(ends - 1, 0)] == _RETURN)) if returns else 0
    return returns > before_line + 1
