"""All tables of a report as they are counted, before disclosure control, and how their cells add up."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING, Any

import polars as pl

from langnghe.measure.cells import ALONE, count_cells
from langnghe.measure.disclosure import Links, Sum, Table
from langnghe.nouns import GROUP_PREFIX

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterator, Mapping, Sequence

FITS, FOUND = 0, 1
REACTIONS = 6
"""States of texts that have an issue of the code-book, and of those in a discovered one; number of reactions."""

_NEEDED = ["text_id", "copy_of", "voice", "batch", ALONE]


@dataclass(frozen=True)
class Counted:
    """What is counted.

    Attributes
    ----------
    texts : one row per text, with week (null where undated), source, reaction, state and groups; from `with_alone`.
    spoken : one row per text and issue.
    issues : numbers of all issues, those that no text speaks of too.
    guided : numbers below this are issues of the code-book, the others discovered ones, of which a text has one at most.
    ungrouped : by column of groups, the issues that are not counted by it.
    step : of the calendar, as Polars calls it.
    """

    texts: pl.DataFrame
    spoken: pl.DataFrame
    issues: Sequence[int]
    guided: int
    ungrouped: Mapping[str, Collection[int]]
    step: str

    @property
    def groups(self) -> list[str]:
        """Columns of groups."""
        return [name for name in self.texts.columns if name.startswith(GROUP_PREFIX)]

    def tables(self) -> dict[str, Table]:
        """The tables by name; those of groups are called 'groups.' and 'group-totals.' with the group's name."""
        weeks, sources = _calendar(self.texts, self.step), self.texts["source"].unique().sort()
        reactions = pl.Series("reaction", range(REACTIONS), dtype=self.texts.schema["reaction"])
        made = {
            "total": Table(count_cells(self.texts, []), {}),
            "states": self._grid({"state": self._states()}),
            "sources": self._table("source"),
            "issues": self._grid({"issue": self._issues(self.issues)}),
            "weeks": self._grid({"issue": self._issues([None, *self.issues]), "week": weeks}),
            "source_weeks": self._grid({"source": sources, "week": weeks}),
            "reactions": self._grid({"issue": self._issues([None, *self.issues]), "reaction": reactions}),
        }
        for name in self.groups:
            values = self.texts[name].unique().sort(nulls_last=True)
            label = name.removeprefix(GROUP_PREFIX)
            grouped = [number for number in self.issues if number not in set(self.ungrouped.get(name, ()))]
            made[f"group-totals.{label}"] = self._table(name)
            made[f"groups.{label}"] = self._grid({"issue": self._issues(grouped), name: values})
        return made

    def _issues(self, numbers: Sequence[int | None]) -> pl.Series:
        return pl.Series("issue", numbers, dtype=self.spoken.schema["issue"])

    def _states(self) -> pl.Series:
        """The states that there are, and those of which there could be texts."""
        possible = [FITS] * any(n < self.guided for n in self.issues) + [FOUND] * any(
            n >= self.guided for n in self.issues
        )
        states = {*possible, *self.texts["state"].unique().to_list()}
        return pl.Series("state", sorted(states), dtype=self.texts.schema["state"])

    def _table(self, column: str) -> Table:
        return Table(count_cells(self.texts, [column]), {column: column})

    def _grid(self, axes: Mapping[str, pl.Series]) -> Table:
        """A table with a row for every combination of values, zeros included: a missing row would say that there is nobody."""
        names = list(axes)
        columns = [*names, *_NEEDED]
        rows = self.texts.lazy()
        if "issue" in axes:
            no_issue = pl.lit(None, self.spoken.schema["issue"]).alias("issue")
            whole = [self.texts.lazy().with_columns(no_issue).select(columns)] if axes["issue"].null_count() else []
            rows = pl.concat([*whole, self.spoken.lazy().select(columns)])
        counted = count_cells(rows.select(columns).collect(), names)
        grid = pl.DataFrame({names[0]: axes[names[0]]})
        for name in names[1:]:
            grid = grid.join(pl.DataFrame({name: axes[name]}), how="cross")
        filled = grid.join(counted, on=names, how="left", nulls_equal=True, maintain_order="left")
        return Table(filled.with_columns(pl.selectors.numeric().exclude(names).fill_null(0)), {n: n for n in names})

    def links(self) -> Links:
        """How the cells of these tables add up."""
        fitting = [number for number in self.issues if number < self.guided]
        found = [number for number in self.issues if number >= self.guided]
        sums = [
            Sum(_places(found), frozenset({("state", FOUND)}), "+" if self._beside_found() else ""),
            Sum(_places(fitting), frozenset({("state", FITS)}), "-"),
        ]
        return Links(tuple(found), tuple(self._nested()), tuple(link for link in sums if link.parts))

    def _beside_found(self) -> bool:
        """Whether the state 'found' holds texts that are in no issue."""
        found = self.texts.filter(pl.col("state") == FOUND)["text_id"]
        return found.n_unique() > self.spoken.filter(pl.col("state") == FOUND)["text_id"].n_unique()

    def _nested(self) -> Iterator[tuple[str, str, Mapping[Any, Any]]]:
        """Values of one grouping that lie wholly within one value of another: a district in its province."""
        columns = [*self.groups, "source"]
        for fine, coarse in permutations(columns, 2):
            pairs = self.texts.select(fine, coarse).unique()
            if pairs[coarse].n_unique() < 2:
                continue
            inside = pairs.filter(pl.len().over(fine) == 1)
            if len(inside):
                yield fine, coarse, dict(inside.iter_rows())


def _places(issues: Sequence[int]) -> tuple[frozenset[tuple[str, object]], ...]:
    return tuple(frozenset({("issue", issue)}) for issue in issues)


def _calendar(texts: pl.DataFrame, step: str) -> pl.Series:
    """All weeks from the first to the last, and null where texts have no date."""
    known = texts["week"].drop_nulls()
    first: dt.date | None = known.min()  # type: ignore[assignment]  # dates
    last: dt.date | None = known.max()  # type: ignore[assignment]
    undated = pl.Series("week", [None] if texts["week"].null_count() else [], dtype=pl.Date)
    if first is None or last is None:
        return undated
    return pl.concat([pl.date_range(first, last, step, eager=True).alias("week"), undated])
