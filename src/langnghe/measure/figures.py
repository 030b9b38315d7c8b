"""The stage `measure`: placed texts → figures that may leave.

Everything in `Figures` has passed disclosure control. Shares are machine counts until a sample has been hand-coded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from langnghe.measure.cells import count_cells
from langnghe.measure.disclosure import only_shown, protect
from langnghe.measure.trends import find_bursts
from langnghe.nouns import GROUP_PREFIX, Figures, Overview, Rule

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping

UNDECIDED = 2
SHARED_WORDS = 12
MOST_STEPS = 60
STEPS = {"week": "1w", "month": "1mo", "quarter": "1q"}
"""The state of texts that fit nothing; words of its own below which a message is one that many write by themselves, not a shared message; steps of time that a chart can show;
the steps as Polars calls them."""


def measure(
    texts: pl.DataFrame,
    assigned: pl.DataFrame,
    used: pl.DataFrame,
    rule: Rule,
    ungrouped: Mapping[str, Collection[int]] | None = None,
) -> Figures:
    """Measure a corpus.

    Parameters
    ----------
    texts : one row per text: text_id, date, source, voice, batch, masks, copy_of, similarity, own, reaction, state and columns of groups.
    assigned : text_id, issue.
    used : text_id, phrase.
    rule : what may be shown.
    ungrouped : by column of groups, the issues that are not shown by it, because they could turn against those who speak.

    Returns
    -------
    Figures
    """
    every = _step(texts["date"])
    weekly = texts.with_columns(week=pl.col("date").dt.truncate(STEPS[every]))
    spoken = assigned.join(weekly.drop("masks"), on="text_id", maintain_order="left")
    total = count_cells(weekly, [])
    issues = _issues(spoken, total, rule)
    weeks = _weeks(weekly, spoken, STEPS[every], rule)
    return Figures(
        rule=rule,
        every=every,
        overview=_overview(texts, total, rule),
        issues=issues,
        weeks=weeks,
        sources=_partition(weekly, ["source"], rule),
        source_weeks=_partition(weekly.filter(pl.col("week").is_not_null()), ["source", "week"], rule),
        groups=_groups(weekly, spoken, ungrouped or {}, rule),
        group_totals=_group_totals(weekly, rule),
        reactions=_reactions(weekly, spoken, rule),
        bursts=_bursts(weekly, spoken, weeks),
        phrases=_phrases(spoken, used, rule),
        shared=_shared(weekly, rule),
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


def _window(dates: pl.Series) -> tuple[dt.date | None, dt.date | None]:
    """The first and the last date, or None twice."""
    known = dates.drop_nulls().sort()
    return (known[0], known[-1]) if len(known) else (None, None)


def _step(dates: pl.Series) -> str:
    """Weeks while at most `MOST_STEPS` of them make the window, else months, else quarters."""
    first, last = _window(dates)
    days = (last - first).days if first is not None and last is not None else 0
    return "week" if days <= 7 * MOST_STEPS else "month" if days <= 30 * MOST_STEPS else "quarter"


def _overview(texts: pl.DataFrame, total: pl.DataFrame, rule: Rule) -> Overview:
    states = _states(texts, rule)
    row = total.row(0, named=True)
    return Overview(
        texts=row["texts"],
        messages=row["messages"],
        voices=row["voices"] if rule.basis == "accounts" else None,
        copies=row["texts"] - row["messages"],
        sources=texts["source"].n_unique(),
        first=_window(texts["date"])[0],
        last=_window(texts["date"])[1],
        undated=texts["date"].null_count(),
        masks=int(texts["masks"].sum()),
        with_issue=states[0],
        found=states[1],
        undecided=states[2],
    )


def _states(texts: pl.DataFrame, rule: Rule) -> list[int | None]:
    """Texts per state; None where hidden.

    A few undecided texts are counted with those of discovered issues, so that the others can be shown.
    """
    texts = texts.with_columns(pl.col("state").clip(upper_bound=UNDECIDED))  # what fits nothing is not placed either
    cells = count_cells(texts, ["state"])
    few = cells.filter((pl.col("state") == UNDECIDED) & (pl.col("shown_by") < rule.k)).height > 0
    if few:
        joined = pl.col("state").clip(upper_bound=UNDECIDED - 1)
        cells = count_cells(texts.with_columns(state=joined), ["state"])
    counted = protect(cells, rule, within=[], hide=["texts"])
    shown: dict[int, int | None] = dict(counted.select("state", "texts").iter_rows())
    return [shown.get(0, 0), shown.get(1, 0), None if few else shown.get(UNDECIDED, 0)]


def _issues(spoken: pl.DataFrame, total: pl.DataFrame, rule: Rule) -> pl.DataFrame:
    cells = count_cells(spoken, ["issue"])
    whole = total.row(0, named=True)
    shares = cells.with_columns(
        share_texts=pl.col("texts") / whole["texts"], share_messages=pl.col("messages") / whole["messages"]
    )
    hidden = pl.col("shown_by") < rule.k  # issues overlap and add up to no total: nothing can be subtracted
    columns = ["texts", "messages", "voices", "share_texts", "share_messages"]
    emptied = [pl.when(hidden).then(None).otherwise(pl.col(c)).alias(c) for c in columns]
    return (
        shares.with_columns(*emptied, hidden=hidden)
        .drop("shown_by")
        .sort(["messages", "issue"], descending=[True, False], nulls_last=True)
    )


def _partition(texts: pl.DataFrame, by: list[str], rule: Rule) -> pl.DataFrame:
    return protect(count_cells(texts, by), rule, within=by[:-1], hide=["texts", "messages", "voices"])


def _calendar(weekly: pl.DataFrame, step: str) -> pl.DataFrame:
    first, last = _window(weekly["week"])
    if first is None or last is None:
        return pl.DataFrame(schema={"week": pl.Date()})
    return pl.DataFrame({"week": pl.date_range(first, last, step, eager=True)})


def _weeks(weekly: pl.DataFrame, spoken: pl.DataFrame, step: str, rule: Rule) -> pl.DataFrame:
    everything = weekly.with_columns(issue=pl.lit(None, dtype=pl.UInt8))
    both = pl.concat([everything.select(_CELL), spoken.select(_CELL)])
    counted = count_cells(both, ["issue", "week"])
    grid = both.select("issue").unique().join(_calendar(weekly, step), how="cross")
    dated = grid.join(counted, on=["issue", "week"], how="left", nulls_equal=True)
    filled = dated.with_columns(pl.col("texts", "messages", "voices", "shown_by").fill_null(0))
    # texts without a date are a cell too: who knows an issue's total could else subtract the weeks from it
    whole = pl.concat([filled, counted.filter(pl.col("week").is_null())], how="diagonal_relaxed").sort("issue", "week")
    protected = protect(whole, rule, within=["issue"], hide=["texts", "messages", "voices"])
    return protected.filter(pl.col("week").is_not_null())


_CELL = ["issue", "week", "copy_of", "voice", "batch"]


def _groups(
    weekly: pl.DataFrame, spoken: pl.DataFrame, ungrouped: Mapping[str, Collection[int]], rule: Rule
) -> pl.DataFrame:
    parts = []
    for name in _group_columns(weekly):
        value = pl.col(name).alias("value")
        shown = spoken.filter(~pl.col("issue").is_in(list(ungrouped.get(name, ()))))
        cells = count_cells(shown.with_columns(value), ["issue", "value"])  # blank ones are a cell too
        base = count_cells(weekly.with_columns(value), ["value"]).select("value", base="texts", base_shown="shown_by")
        joined = cells.join(base, on="value", nulls_equal=True, maintain_order="left")
        share = pl.when(pl.col("base_shown") >= rule.k).then(pl.col("texts") / pl.col("base")).alias("share")
        guarded = protect(joined.with_columns(share), rule, within=["issue"], hide=["texts", "share"])
        parts.append(guarded.select(pl.lit(name.removeprefix(GROUP_PREFIX)).alias("group"), *_GROUP_CELL))
    return (
        pl.concat(parts)
        if parts
        else pl.DataFrame(schema={"group": pl.String(), **dict.fromkeys(_GROUP_CELL, pl.Null())})
    )


_GROUP_CELL = ["value", "issue", "texts", "share", "hidden"]


def _group_columns(texts: pl.DataFrame) -> list[str]:
    return [name for name in texts.columns if name.startswith(GROUP_PREFIX)]


def _group_totals(weekly: pl.DataFrame, rule: Rule) -> pl.DataFrame:
    parts = [
        _partition(weekly.with_columns(pl.col(name).alias("value")), ["value"], rule).select(
            pl.lit(name.removeprefix(GROUP_PREFIX)).alias("group"), "value", "texts", "hidden"
        )
        for name in _group_columns(weekly)
    ]
    schema = {"group": pl.String(), "value": pl.String(), "texts": pl.Int64(), "hidden": pl.Boolean()}
    return pl.concat(parts) if parts else pl.DataFrame(schema=schema)


def _reactions(weekly: pl.DataFrame, spoken: pl.DataFrame, rule: Rule) -> pl.DataFrame:
    cell = ["issue", "reaction", "copy_of", "voice", "batch"]
    everything = weekly.with_columns(issue=pl.lit(None, dtype=pl.UInt8)).select(cell)
    counted = count_cells(pl.concat([everything, spoken.select(cell)]), ["issue", "reaction"])
    share = (pl.col("messages") / pl.col("messages").sum().over("issue")).alias("share")
    return protect(counted.with_columns(share), rule, within=["issue"], hide=["texts", "messages", "voices", "share"])


def _bursts(weekly: pl.DataFrame, spoken: pl.DataFrame, weeks: pl.DataFrame) -> pl.DataFrame:
    totals = count_cells(weekly.filter(pl.col("week").is_not_null()), ["week"]).select("week", total="messages")
    dated = spoken.filter(pl.col("week").is_not_null())
    counts = count_cells(dated, ["issue", "week"]).select("issue", "week", "messages")
    grid = dated.select("issue").unique().join(totals, how="cross")
    filled = grid.join(counts, on=["issue", "week"], how="left").with_columns(pl.col("messages").fill_null(0))
    shown = weeks.filter(~pl.col("hidden")).select("issue", "week")
    return find_bursts(filled).join(shown, on=["issue", "week"], maintain_order="left")


def _phrases(spoken: pl.DataFrame, used: pl.DataFrame, rule: Rule) -> pl.DataFrame:
    cell = ["issue", "phrase", "copy_of", "voice", "batch"]
    counted = count_cells(used.join(spoken, on="text_id").select(cell), ["issue", "phrase"])
    return only_shown(counted, rule)


def _shared(weekly: pl.DataFrame, rule: Rule) -> pl.DataFrame:
    # without authors a group of copies is one distinct message, so nothing may be said of it
    accounts = pl.col("voice").fill_null(0.0)
    groups = weekly.group_by("copy_of").agg(
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
    enough = (pl.col("voices") >= rule.k) & (pl.col("own") >= SHARED_WORDS)
    whole = [pl.col(c).floor().cast(pl.Int64) for c in ("voices", "verbatim")]
    return groups.filter(enough).with_columns(whole).sort(["texts", "copy_of"], descending=[True, False])
