"""The stage `measure`: placed texts → figures that may leave.

Everything in `Figures` has passed disclosure control. Shares are machine counts until a sample has been hand-coded.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import polars as pl

from langnghe.measure.cells import ALONE, count_cells, with_alone
from langnghe.measure.disclosure import Links, merge_small, only_shown, publish
from langnghe.measure.disclosure.tables import Coordinates
from langnghe.measure.gaps import silent_weeks, withheld_weeks
from langnghe.measure.tables import Counted
from langnghe.measure.trends import find_bursts, public_bursts
from langnghe.nouns import GROUP_PREFIX, Figures, Overview, Rule

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping, Sequence

FITS, FOUND, UNDECIDED = 0, 1, 2
SHARED_WORDS = 12
MOST_STEPS = 60
STEPS = {"week": "1w", "month": "1mo", "quarter": "1q"}
"""States of texts: an issue of the code-book, a discovered one, nothing; words of its own below which a message is one that many write by themselves, not a shared message; steps of time that a chart can show;
the steps as Polars calls them."""

_OF_TEXTS_ALONE = ("masks", "flag", "similarity", "length", "own", "polarity", "date")
"""Columns that no table by issue needs."""

Linked = Callable[[list[Coordinates], str, Links], Links]


def unlinked(_places: list[Coordinates], _every: str, links: Links) -> Links:
    """Nothing was published before."""
    return links


def measure(
    texts: pl.DataFrame,
    assigned: pl.DataFrame,
    used: pl.DataFrame,
    rule: Rule,
    ungrouped: Mapping[str, Collection[int]] | None = None,
    issues: Sequence[int] | None = None,
    guided: int = 0,
    linked: Linked = unlinked,
) -> Figures:
    """Measure a corpus.

    Parameters
    ----------
    texts : one row per text: text_id, date, source, voice, batch, masks, copy_of, similarity, own, reaction, state and columns of groups.
    assigned : text_id, issue.
    used : text_id, phrase.
    rule : what may be shown.
    ungrouped : by column of groups, the issues that are not shown by it, because they could turn against those who speak.
    issues : all issues that are counted, those that no text speaks of too; None takes those that are spoken of.
    guided : issues below this number are of the code-book, the others were discovered.
    linked : adds to the links of the tables' cells what was published before.

    Returns
    -------
    Figures
    """
    every = _step(texts["date"])
    dated = with_alone(texts).with_columns(
        pl.col("state").clip(upper_bound=UNDECIDED),  # what fits nothing is told together with what is undecided
        week=pl.col("date").dt.truncate(STEPS[every]),
    )
    weekly = _merged(dated, rule)
    few = _few_states(weekly, rule)
    placed = weekly.with_columns(state=pl.when(pl.col("state").is_in(few)).then(FOUND).otherwise("state"))
    spoken = assigned.join(placed.drop(_OF_TEXTS_ALONE, strict=False), on="text_id", maintain_order="left")
    numbers = sorted(assigned["issue"].unique()) if issues is None else issues
    counted = Counted(placed, spoken, list(numbers), guided, ungrouped or {}, STEPS[every])
    tables = counted.tables()
    places = [place for table in tables.values() for place in table.coordinates()]
    shown = publish(tables, rule, linked(places, every, counted.links()))
    weeks = shown["weeks"].filter(pl.col("week").is_not_null())
    gaps = silent_weeks(placed, rule)
    return Figures(
        rule=rule,
        every=every,
        overview=_overview(dated, shown, few, rule),
        issues=_issues(shown),
        weeks=weeks,
        sources=shown["sources"],
        source_weeks=shown["source_weeks"].filter(pl.col("week").is_not_null()),
        groups=_groups(shown, counted.groups),
        group_totals=_group_totals(shown, counted.groups),
        reactions=_reactions(shown),
        bursts=public_bursts(_bursts(placed, spoken, withheld_weeks(gaps)), weeks, rule),
        phrases=_phrases(spoken, used, rule),
        shared=_shared(placed, rule),
        gaps=gaps,
    )


def without_issues(
    texts: pl.DataFrame, assigned: pl.DataFrame, gone: Collection[int]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Texts and their issues without discovered ones that people dropped: what spoke of these alone is undecided."""
    dropped = pl.col("issue").is_in(list(gone))
    lost = assigned.filter(dropped)["text_id"]
    state = (
        pl.when(pl.col("text_id").is_in(lost.implode())).then(pl.lit(UNDECIDED, pl.UInt8)).otherwise(pl.col("state"))
    )
    return texts.with_columns(state=state), assigned.filter(~dropped)


def _merged(texts: pl.DataFrame, rule: Rule) -> pl.DataFrame:
    """The texts with small sources and groups merged; a grouping of which one group is left says nothing and is dropped."""
    for name in ["source", *(name for name in texts.columns if name.startswith(GROUP_PREFIX))]:
        texts = merge_small(texts, name, rule)
        if name != "source" and texts[name].n_unique() < 2:
            texts = texts.drop(name)
    return texts


def _few_states(texts: pl.DataFrame, rule: Rule) -> list[int]:
    """States beyond the first two that too few texts are in: they are counted with those of discovered issues."""
    cells = count_cells(texts, ["state"])
    return cells.filter((pl.col("state") > FOUND) & (pl.col("shown_by") < rule.k))["state"].to_list()


def _window(dates: pl.Series) -> tuple[dt.date | None, dt.date | None]:
    """The first and the last date, or None twice."""
    known = dates.drop_nulls().sort()
    return (known[0], known[-1]) if len(known) else (None, None)


def _step(dates: pl.Series) -> str:
    """Weeks while at most `MOST_STEPS` of them make the window, else months, else quarters."""
    first, last = _window(dates)
    days = (last - first).days if first is not None and last is not None else 0
    return "week" if days <= 7 * MOST_STEPS else "month" if days <= 30 * MOST_STEPS else "quarter"


def _overview(texts: pl.DataFrame, shown: Mapping[str, pl.DataFrame], few: Collection[int], rule: Rule) -> Overview:
    states: dict[int, int | None] = dict(shown["states"].select("state", "texts").iter_rows())
    row = count_cells(texts, []).row(0, named=True)
    undated = shown["weeks"].filter(pl.col("week").is_null() & pl.col("issue").is_null())
    return Overview(
        texts=row["texts"],
        messages=row["messages"],
        voices=row["voices"] if rule.basis == "accounts" else None,
        copies=row["texts"] - row["messages"],
        sources=texts["source"].n_unique(),
        first=_window(texts["date"])[0],
        last=_window(texts["date"])[1],
        undated=undated["texts"][0] if len(undated) else 0,
        masks=int(texts["masks"].sum()),
        with_issue=states.get(FITS, 0),
        found=states.get(FOUND, 0),
        undecided=None if UNDECIDED in few else states.get(UNDECIDED, 0),
    )


def _issues(shown: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    whole = shown["total"].row(0, named=True)
    shares = [(pl.col(name) / whole[name]).alias(f"share_{name}") for name in ("texts", "messages")]
    counts = ["issue", "texts", "messages", "voices"]
    ordered = shown["issues"].select(*counts, *shares, "hidden")
    return ordered.sort(["messages", "issue"], descending=[True, False], nulls_last=True)


def _groups(shown: Mapping[str, pl.DataFrame], names: Collection[str]) -> pl.DataFrame:
    """Issues by group: the share is null where the count is hidden, and where its base is."""
    parts = [pl.DataFrame(schema=_GROUPED)]
    for name in names:
        label = name.removeprefix(GROUP_PREFIX)
        base = shown[f"group-totals.{label}"].select(name, base="texts")
        cells = shown[f"groups.{label}"].join(base, on=name, how="left", nulls_equal=True, maintain_order="left")
        share = (pl.col("texts") / pl.col("base")).alias("share")
        parts.append(
            cells.select(pl.lit(label).alias("group"), pl.col(name).alias("value"), "issue", "texts", share, "hidden")
        )
    return pl.concat([part.cast(_GROUPED) for part in parts])


_GROUPED = pl.Schema(
    {
        "group": pl.String(),
        "value": pl.String(),
        "issue": pl.UInt8(),
        "texts": pl.Int64(),
        "share": pl.Float64(),
        "hidden": pl.Boolean(),
    }
)


def _group_totals(shown: Mapping[str, pl.DataFrame], names: Collection[str]) -> pl.DataFrame:
    schema = {"group": pl.String(), "value": pl.String(), "texts": pl.Int64(), "hidden": pl.Boolean()}
    parts = [pl.DataFrame(schema=schema)]
    for name in names:
        label = name.removeprefix(GROUP_PREFIX)
        totals = shown[f"group-totals.{label}"]
        parts.append(totals.select(pl.lit(label).alias("group"), pl.col(name).alias("value"), "texts", "hidden"))
    return pl.concat(parts)


def _reactions(shown: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Reactions by issue: shares of the messages of the issue, which a message with two reactions is in twice."""
    bases = shown["issues"].select("issue", base="messages")
    whole = bases.clear().vstack(
        pl.DataFrame({"issue": [None], "base": shown["total"]["messages"]}, schema=bases.schema)
    )
    based = shown["reactions"].join(
        bases.vstack(whole), on="issue", how="left", nulls_equal=True, maintain_order="left"
    )
    return based.with_columns(share=pl.col("messages") / pl.col("base")).drop("base")


def _bursts(weekly: pl.DataFrame, spoken: pl.DataFrame, withheld: Collection[dt.date]) -> pl.DataFrame:
    totals = count_cells(weekly.filter(pl.col("week").is_not_null()), ["week"]).select("week", total="messages")
    dated = spoken.filter(pl.col("week").is_not_null())
    counts = count_cells(dated, ["issue", "week"]).select("issue", "week", "messages")
    grid = dated.select("issue").unique().join(totals, how="cross")
    filled = grid.join(counts, on=["issue", "week"], how="left").with_columns(pl.col("messages").fill_null(0))
    return find_bursts(filled, withheld)


def _phrases(spoken: pl.DataFrame, used: pl.DataFrame, rule: Rule) -> pl.DataFrame:
    cell = spoken.select("text_id", "issue", "copy_of", "voice", "batch", ALONE)
    counted = count_cells(used.join(cell, on="text_id").drop("text_id"), ["issue", "phrase"])
    return only_shown(counted, rule)


def _shared(weekly: pl.DataFrame, rule: Rule) -> pl.DataFrame:
    # without authors a group of copies is one distinct message, so nothing may be said of it
    accounts = pl.col("voice").fill_null(0.0)
    groups = (
        weekly.filter(~pl.col(ALONE))
        .group_by("copy_of")
        .agg(
            pl.len().alias("texts"),
            accounts.sum().alias("voices"),
            accounts.filter(pl.col("similarity") == 1).sum().alias("verbatim"),
            pl.col("own").max(),
            pl.col("text_id").filter(pl.col("similarity") == 1).min().alias("message"),
            pl.col("source").n_unique().alias("sources"),
            pl.col("week").min().alias("first_week"),
            pl.col("week").max().alias("last_week"),
            pl.col("week").n_unique().alias("weeks"),
        )
    )
    enough = (pl.col("voices") >= rule.k) & (pl.col("own") >= SHARED_WORDS)
    whole = [pl.col(c).floor().cast(pl.Int64) for c in ("voices", "verbatim")]
    return groups.filter(enough).with_columns(whole).sort(["texts", "copy_of"], descending=[True, False])
