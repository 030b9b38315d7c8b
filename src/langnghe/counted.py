"""What is counted by a code-book and may be shown: figures that follow what people decided on issues and who signed it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import polars as pl

from langnghe.issues.codebook import REACTIONS
from langnghe.issues.custom import may_go_below_province, sheltered, withheld
from langnghe.issues.dropped import dropped_candidates
from langnghe.issues.labels import label_issues
from langnghe.measure.figures import STEPS, measure, without_issues
from langnghe.measure.impact import profile
from langnghe.nouns import GROUP_PREFIX

if TYPE_CHECKING:
    from langnghe.issues.codebook import Codebook
    from langnghe.issues.saved import SavedModel
    from langnghe.nouns import Figures, Rule


def count_issues(
    texts: pl.DataFrame, assigned: pl.DataFrame, used: pl.DataFrame, rule: Rule, book: Codebook, model: SavedModel
) -> Figures:
    """Measure a corpus as its code-book allows.

    Groups below the province are left out where nobody signed a code-book of one's own; candidates that people dropped are not
    counted.

    Parameters
    ----------
    texts, assigned, used, rule : see `langnghe.measure.figures.measure`.
    book, model : the code-book, and what was found with it.
    """
    groups = {name: texts[name].unique().to_list() for name in texts.columns if name.startswith(GROUP_PREFIX)}
    hidden = withheld(book, model.ids, groups)
    texts = texts.drop(hidden.columns)
    figures = measure(texts, assigned, used, rule, hidden.issues)
    if not book.dropped:
        return _with_impact(figures, texts, assigned)
    labels = label_issues(model, book, figures.phrases, figures.issues, figures.overview.messages)
    gone = dropped_candidates(labels, book)
    if gone:
        texts, assigned = without_issues(texts, assigned, gone)
        figures = measure(texts, assigned, used, rule, hidden.issues)
    return _with_impact(figures, texts, assigned)


def _with_impact(figures: Figures, texts: pl.DataFrame, assigned: pl.DataFrame) -> Figures:
    weekly = texts.with_columns(week=pl.col("date").dt.truncate(STEPS[figures.every]))
    pressing = [REACTIONS.index(name) for name in ("complaint", "request")]
    return replace(figures, impact=profile(weekly, assigned, figures.rule, pressing))


def decided(book: Codebook) -> list[Any]:
    """All of a code-book that `count_issues` looks at: figures made with the same are the same."""
    dropped = [one.phrases for one in book.dropped]
    return [may_go_below_province(book), sorted(sheltered(book)), dropped, book.current_ids()]
