"""The one door through which counts leave.

Tables go in as they were counted, and come out with those cells emptied that must not leave: the small ones, those that would
say the same of nearly all of a small group, and those from which one of these could be calculated.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from langnghe.errors import CheckFailed, Say
from langnghe.measure.disclosure.growth import with_growth
from langnghe.measure.disclosure.suppress import suppress
from langnghe.measure.disclosure.system import NEVER, Needs, Relations, System
from langnghe.measure.disclosure.tables import MEASURES, OVERLAPPING, Board, Coordinates, Sum, cost, matrix_of
from langnghe.nouns import GROUP_PREFIX

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from langnghe.measure.disclosure.growth import Then
    from langnghe.measure.disclosure.system import Flags
    from langnghe.measure.disclosure.tables import Table
    from langnghe.nouns import Rule

NEARLY_ALL, NEARLY_NONE, MANY = 0.9, 0.1, 3
"""Shares of a group that say something of everybody in it, where the group has fewer than `MANY` times k voices."""

COUNTS = ("texts", "messages", "voices")

ALL: Coordinates = frozenset()
"""The cell of all texts."""


@dataclass(frozen=True)
class Links:
    """How cells add up beyond what their coordinates say, and what is known beside the tables.

    Attributes
    ----------
    excluding : issues of which a text has one at most.
    nested : finer dimension, coarser dimension, value → value that it lies in.
    sums : any others; a sum of which a cell is in no table is left out.
    known : cells that were published before, as they are now; a small one is not printed again, but it hides nothing any more.
    earlier : reports on some of these texts.
    """

    excluding: Collection[object] = ()
    nested: tuple[tuple[str, str, Mapping[Any, Any]], ...] = ()
    sums: tuple[Sum, ...] = ()
    known: Collection[Coordinates] = ()
    earlier: Sequence[Then] = ()


def publish(tables: Mapping[str, Table], rule: Rule, links: Links | None = None) -> dict[str, pl.DataFrame]:
    """Hide what must not leave, over all tables at once.

    Parameters
    ----------
    tables : by name; one of them must have the single cell of all texts (no dimensions).
    rule : least count.
    links : how else cells hang together.

    Returns
    -------
    The same tables, rows and order: counts and shares (columns that begin with 'share') are null where hidden, shown_by and voice are
    dropped, and a column hidden (Boolean) is added. Small cells and those that protect them look alike.

    Raises
    ------
    CheckFailed
        A small cell can be calculated whatever is hidden, because too much was published before.
    """
    board = Board.of(tables.values())
    few = board.shown_by[ALL] < rule.k
    hidden = set(board.values) if few else _hidden(board, rule, links or Links())
    return {name: _emptied(table, hidden) for name, table in tables.items()}


def _emptied(table: Table, hidden: Collection[Coordinates]) -> pl.DataFrame:
    flags = pl.Series("hidden", [place in hidden for place in table.coordinates()], dtype=pl.Boolean)
    columns = [name for name in table.cells.columns if name in COUNTS or name.startswith("share")]
    emptied = [pl.when(pl.col("hidden")).then(None).otherwise(pl.col(name)).alias(name) for name in columns]
    return table.cells.drop("shown_by", "voice").with_columns(flags).with_columns(emptied)


def _hidden(board: Board, rule: Rule, links: Links) -> set[Coordinates]:
    grown = [board.values[ALL][0] - then.printed.get(ALL, board.values[ALL][0]) for then in links.earlier]
    if any(0 < abs(texts) < rule.k for texts in grown):
        raise _too_few_new(rule)
    system, places = system_of(board, rule, links)
    hidden, open_needs = suppress(system)
    if open_needs and (links.known or links.earlier):
        raise _failed(places, system, open_needs, rule)
    small = {place for place in places if place != ALL and board.shown_by[place] < rule.k}
    return small | {place for place, gone in zip(places, hidden, strict=False) if gone}


def system_of(board: Board, rule: Rule, links: Links) -> tuple[System, list[Coordinates]]:
    """The cells of a board as a system, and the coordinates of its first cells; the rests of sums follow them."""
    places = list(board.values)
    sums = list(_sums(board, links))
    matrix, values = matrix_of(board, sums)
    above = {link.whole for link in sums}
    public = np.array([place == ALL or place in links.known for place in places])
    price = [cost(board.values[place][0], above=place in above) for place in places]
    hidden = np.zeros(values.shape[1], np.bool_)
    hidden[len(places) :] = True
    hidden[: len(places)] = ~public & np.array([board.shown_by[place] < rule.k for place in places])
    needs = _needs(board, rule, hidden)
    hidden[needs.cell] = True
    whole = np.zeros(values.shape[1])
    whole[: len(places)] = np.where(public, NEVER, price)
    measures = len(MEASURES) if rule.basis == "accounts" else len(MEASURES) - 1
    values = values[:measures]
    system = System(
        (Relations(matrix),) * measures, values, np.zeros_like(values), whole, hidden, needs, np.arange(len(whole))
    )
    return with_growth(system, places, links.earlier, rule.k, public), places


def _sums(board: Board, links: Links) -> Iterator[Sum]:
    yield from board.sums()
    yield from board.excluding(links.excluding)
    for fine, coarse, inside in links.nested:
        yield from board.nested(fine, coarse, inside)
    for link in links.sums:
        if link.whole in board.values and all(part in board.values for part in link.parts):
            yield link


def _needs(board: Board, rule: Rule, small: Flags) -> Needs:
    """What must stay possible: 0 to k - 1 for a small cell, in each measure; less and more than what a share says of a group."""
    firm, soft = list(_small(board, rule, small)), list(_telling(board, rule, small))
    rows = np.array([*firm, *soft], dtype=np.float64).reshape(-1, 4)
    cell, measure = rows[:, 0].astype(np.int64), rows[:, 1].astype(np.int64)
    return Needs(cell, measure, rows[:, 2], rows[:, 3], np.arange(len(rows)) < len(firm))


Row = tuple[int, int, float, float]


def _small(board: Board, rule: Rule, small: Flags) -> Iterator[Row]:
    measures = len(MEASURES) if rule.basis == "accounts" else len(MEASURES) - 1
    for cell in np.flatnonzero(small[: len(board.values)]):
        for measure in range(measures):
            yield int(cell), measure, 0.0, rule.k - 1.0


def _telling(board: Board, rule: Rule, small: Flags) -> Iterator[Row]:
    """Cells that say the same of nearly all, or nearly none, of a group of few."""
    for cell, place in enumerate(board.values):
        group = frozenset(pair for pair in place if pair[0] != OVERLAPPING)
        if small[cell] or group == place or group not in board.values or not _is_group(group):
            continue
        texts, base = board.values[place][0], board.values[group][0]
        if board.shown_by[group] < MANY * rule.k and texts >= NEARLY_ALL * base:
            yield cell, 0, max(0.0, min(texts - rule.k + 1, NEARLY_ALL * base - 1)), texts
        elif board.shown_by[group] < MANY * rule.k and texts <= NEARLY_NONE * base:
            yield cell, 0, texts, NEARLY_NONE * base + rule.k - 1


def _is_group(place: Iterable[tuple[str, object]]) -> bool:
    return any(name.startswith(GROUP_PREFIX) for name, _ in place)


def _too_few_new(rule: Rule) -> CheckFailed:
    return CheckFailed(
        "Σ",
        Say(
            "báo cáo này chỉ hơn kém vài ý kiến so với báo cáo đã làm trước đây từ cùng tệp: lấy hai tổng số trừ nhau là thấy.",
            "this report has only a few texts more or less than one made before from the same files: the two totals give them away.",
        ),
        Say(
            f"Hãy chờ có thêm ít nhất {rule.k} ý kiến mới rồi chạy lại.",
            f"Wait until there are {rule.k} new texts or more, then run again.",
        ),
    )


def _failed(places: list[Coordinates], system: System, open_needs: Collection[int], rule: Rule) -> CheckFailed:
    cells = sorted({int(system.of[system.needs.cell[need]]) for need in open_needs})
    where = ", ".join(f"{name} = {value}" for name, value in sorted(places[cells[0]], key=str))
    return CheckFailed(
        where,
        Say(
            f"ô này (và {len(cells) - 1} ô khác) sẽ bị tính ngược ra khi so với báo cáo đã làm trước đây từ cùng tệp.",
            f"this cell (and {len(cells) - 1} others) could be calculated by comparing with a report made before from the same files.",
        ),
        Say(
            f"Hãy chờ có thêm ít nhất {rule.k} ý kiến mới, hoặc bớt cột chia nhóm, rồi chạy lại.",
            f"Wait until there are {rule.k} new texts or more, or leave out a column of groups, then run again.",
        ),
    )
