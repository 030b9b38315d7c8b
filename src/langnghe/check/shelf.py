"""What is kept on disk of a desk's checks, so that only new and changed ones are read again."""

from __future__ import annotations

import json
from hashlib import blake2b
from shutil import rmtree
from typing import TYPE_CHECKING

import numpy as np

from langnghe.check.checks import row_of
from langnghe.check.index import Index
from langnghe.check.said import said_of
from langnghe.check.table import CodeTable
from langnghe.write import writing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from langnghe.check.checks import Check

VERSION = 2
"""Of what is kept; another one is made anew."""

_MADE_FROM = "made-from.npy"


def shelved(checks: Sequence[Check], folder: Path) -> tuple[Index, CodeTable]:
    """The index and the codes of checks, in their order: from a folder, which is brought up to date.

    Parameters
    ----------
    checks : all checks.
    folder : what is kept in it can be deleted.
    """
    marks = np.array([_mark(check) for check in checks], dtype=np.uint64)
    place = folder / blake2b(marks.tobytes(), digest_size=8).hexdigest()
    kept = _kept(place)
    if kept is not None:
        return kept[1:]
    earlier = next((found for old in sorted(folder.glob("*")) if (found := _kept(old))), None)
    index, table = _made(checks) if earlier is None else _renewed(checks, marks, *earlier)
    _save(index, table, marks, place)
    for old in folder.glob("*"):
        if old != place:
            rmtree(old, ignore_errors=True)  # another program may have it open
    return index, table


def _mark(check: Check) -> int:
    """A number for all that a check says, the same on every machine."""
    text = json.dumps([VERSION, row_of(check)], sort_keys=True, default=str, ensure_ascii=False)
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")


def _kept(folder: Path) -> tuple[NDArray[np.uint64], Index, CodeTable] | None:
    try:
        marks = np.load(folder / _MADE_FROM, allow_pickle=False)
        return marks, Index.load(folder), CodeTable.load(folder)
    except (OSError, ValueError):
        return None


def _made(checks: Sequence[Check]) -> tuple[Index, CodeTable]:
    read = [said_of(check) for check in checks]
    return Index.of_hashes(one.hashes for one in read), CodeTable.of(read)


def _renewed(
    checks: Sequence[Check], marks: NDArray[np.uint64], old: NDArray[np.uint64], index: Index, table: CodeTable
) -> tuple[Index, CodeTable]:
    """What was kept, with the checks that are new read and those that are gone left out; the same as made anew."""
    before = _before(marks, old)
    fresh = np.flatnonzero(before < 0)
    more_index, more_table = _made([checks[i] for i in fresh.tolist()])
    places = np.full(len(old), -1, dtype=np.int64)
    places[before[before >= 0]] = np.flatnonzero(before >= 0)
    order = before.copy()
    order[fresh] = len(old) + np.arange(len(fresh))
    moved = index.moved(places, len(checks)).joined(more_index.moved(fresh, len(checks)))
    return moved, table.joined(more_table, order)


def _before(marks: NDArray[np.uint64], old: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Where each check stood before, ascending; -1 for one that is new, or stood in another order."""
    places = {int(mark): place for place, mark in reversed(list(enumerate(old)))}
    before, last = np.full(len(marks), -1, dtype=np.int64), -1
    for position, mark in enumerate(marks):
        place = places.get(int(mark), -1)
        if place > last:
            before[position] = last = place
    return before


def _save(index: Index, table: CodeTable, marks: NDArray[np.uint64], place: Path) -> None:
    """Write all into a folder of its own; the last file says that it is whole."""
    index.save(place)
    table.save(place)
    with writing(place):
        np.save(place / _MADE_FROM, marks, allow_pickle=False)
