"""The verb that joins a study with a check desk: which claims its texts repeat, how often, and what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from langnghe.check.checks import VERDICTS
from langnghe.check.keys import matter_of
from langnghe.check.saved import save_claims
from langnghe.check.seen import repeated_claims
from langnghe.errors import Say
from langnghe.manifest import key_of
from langnghe.measure.cells import COUNTED, count_cells
from langnghe.measure.disclosure import Table, publish, rule_for
from langnghe.nouns import ClaimSeen
from langnghe.verbs import clean_texts, find_copies, reading_of

if TYPE_CHECKING:
    import datetime as dt

    from langnghe.check.desk import Desk
    from langnghe.check.seen import Repeated
    from langnghe.nouns import Rule
    from langnghe.study import Study


def measure_claims(study: Study, desk: Desk | None = None) -> tuple[ClaimSeen, ...]:
    """Count the claims that the texts of a study repeat; the report of the study shows them from then on.

    Parameters
    ----------
    study : the study.
    desk : where claims have been checked; None: all are new.

    Returns
    -------
    The claims that may be shown, most often seen first. Never by group, source or unit.
    """
    texts = clean_texts(study).join(
        find_copies(study).select("text_id", "copy_of"), on="text_id", maintain_order="left"
    )
    rule = rule_for(study.settings.k, has_authors=reading_of(study)["has_authors"])
    matcher = desk.matcher() if desk is not None else None
    repeated = repeated_claims(texts.select("text_id", "text", "copy_of"), matcher, desk.sense if desk else None)
    seen = _counted(texts.drop("text"), repeated, desk, rule)
    clean = study.manifest.hash_of("clean")
    with study.making("claims", key_of({"clean": clean})) as folder:
        save_claims(seen, folder, clean)
    return seen


def _counted(texts: pl.DataFrame, repeated: Repeated, desk: Desk | None, rule: Rule) -> tuple[ClaimSeen, ...]:
    weekly = texts.with_columns(week=pl.col("date").dt.truncate("1w"))
    spoken = repeated.spoken.join(weekly, on="text_id", maintain_order="left")
    cells = count_cells(spoken, ["claim"])
    claim, week = (
        {"claim": "issue"},
        {"week": "week"},
    )  # a text may repeat several claims, as it may speak of several issues
    shown = publish(
        {
            "total": Table(count_cells(texts, []), {}),
            "claims": Table(cells, claim),
            "weeks": Table(_grid(spoken), claim | week),
        },
        rule,
    )
    seen = shown["claims"].filter(~pl.col("hidden")).sort(["texts", "claim"], descending=[True, False])
    weeks = shown["weeks"].filter(pl.col("week").is_not_null() & ((pl.col("texts") > 0) | pl.col("hidden")))
    return tuple(
        _seen(row, repeated, desk, rule, dict(weeks.filter(claim=row["claim"]).select("week", "texts").iter_rows()))
        for row in seen.iter_rows(named=True)
    )


def _grid(spoken: pl.DataFrame) -> pl.DataFrame:
    """Every claim in every week, texts without a date in a row of their own: a week that is left out would be a zero that all see."""
    every = spoken.select("claim").unique().join(spoken.select("week").unique(), how="cross")
    counted = every.join(count_cells(spoken, ["claim", "week"]), on=["claim", "week"], how="left", nulls_equal=True)
    return counted.with_columns(pl.col(COUNTED).fill_null(0)).sort("claim", "week")


def _seen(
    row: dict[str, int], repeated: Repeated, desk: Desk | None, rule: Rule, weeks: dict[dt.date, int | None]
) -> ClaimSeen:
    known = {check.id: check for check in desk.checks()} if desk else {}
    check = known.get(repeated.checks[row["claim"]])
    return ClaimSeen(
        claim=check.claim if check else matter_of(repeated.claims[row["claim"]].text),
        check=check.id if check else "",
        verdict=VERDICTS[check.verdict][0] if check and check.verdict else Say("", ""),
        summary=check.summary if check else "",
        sources=tuple(source.citation() for source in check.sources) if check else (),
        texts=row["texts"],
        messages=row["messages"],
        voices=row["voices"] if rule.basis == "accounts" else None,
        weeks=weeks,
    )
