"""What is counted by a code-book and may be shown: figures that follow what people decided on issues and who signed it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import polars as pl

from langnghe.issues.codebook import REACTIONS, read_codebook
from langnghe.issues.custom import may_go_below_province, sheltered, withheld
from langnghe.issues.dropped import dropped_candidates
from langnghe.issues.labels import label_issues
from langnghe.issues.saved import load_model
from langnghe.ledger import Publication, earlier, record, user_folder
from langnghe.manifest import code_hash, key_of
from langnghe.measure.cells import with_alone
from langnghe.measure.figures import STEPS, measure, without_issues
from langnghe.measure.gaps import withheld_weeks
from langnghe.measure.impact import profile, public_profile
from langnghe.nouns import GROUP_PREFIX

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from langnghe.issues.codebook import Codebook
    from langnghe.issues.saved import SavedModel
    from langnghe.ledger import Earlier
    from langnghe.measure.disclosure import Links
    from langnghe.measure.disclosure.tables import Coordinates
    from langnghe.nouns import Figures, Rule
    from langnghe.study import Study


def count_issues(
    texts: pl.DataFrame,
    assigned: pl.DataFrame,
    used: pl.DataFrame,
    rule: Rule,
    book: Codebook,
    model: SavedModel,
    before: Earlier,
) -> Figures:
    """Measure a corpus as its code-book allows.

    Groups below the province are left out where nobody signed a code-book of one's own; candidates that people dropped are not
    counted.

    Parameters
    ----------
    texts, assigned, used, rule : see `langnghe.measure.figures.measure`.
    book, model : the code-book, and what was found with it.
    before : what was published before.
    """
    groups = {name: texts[name].unique().to_list() for name in texts.columns if name.startswith(GROUP_PREFIX)}
    hidden = withheld(book, model.ids, groups)
    texts = with_alone(texts.drop(hidden.columns))
    kept = list(range(len(model.ids)))

    def linked(places: list[Coordinates], every: str, links: Links) -> Links:
        return before.links(places, model.ids, every, links)

    figures = measure(texts, assigned, used, rule, hidden.issues, kept, model.guided, linked)
    while gone := _dropped(figures, kept, book, model):
        texts, assigned = without_issues(texts, assigned, gone)
        kept = [number for number in kept if number not in gone]
        figures = measure(texts, assigned, used, rule, hidden.issues, kept, model.guided, linked)
    return _with_impact(figures, texts, assigned)


def _dropped(figures: Figures, kept: Sequence[int], book: Codebook, model: SavedModel) -> list[int]:
    """Candidates that people dropped: their typical phrases may be others once another candidate is gone."""
    if not book.dropped:
        return []
    labels = label_issues(model, book, figures.phrases, figures.issues, figures.overview.messages)
    return [number for number in dropped_candidates(labels, book) if number in kept]


def _with_impact(figures: Figures, texts: pl.DataFrame, assigned: pl.DataFrame) -> Figures:
    first = pl.col("date").dt.truncate(STEPS[figures.every])
    gone = first.is_in(withheld_weeks(figures.gaps))
    weekly = texts.with_columns(week=pl.when(~gone).then(first))
    pressing = [REACTIONS.index(name) for name in ("complaint", "request")]
    return replace(figures, impact=public_profile(profile(weekly, assigned, figures.rule, pressing), figures, pressing))


def decided(book: Codebook) -> list[Any]:
    """All of a code-book that `count_issues` looks at: figures made with the same are the same."""
    dropped = [one.phrases for one in book.dropped]
    return [may_go_below_province(book), sorted(sheltered(book)), dropped, book.current_ids()]


def publication_of(study: Study, reading: Mapping[str, Any]) -> Publication:
    """What a run would publish, without its figures."""
    s = study.settings
    book = read_codebook(study.codebook_path)
    roles = [[file["columns"][role] for role in sorted(file["columns"])] for file in reading["files"][:1]]
    definition = [decided(book), book.sha256, s.codebook, s.random_state, code_hash()]
    return Publication(
        inputs=tuple(sorted({file["sha256"] for file in reading["files"]})),
        scope=key_of({"columns": roles, "as_of": s.as_of}),
        definition=key_of({"issues": definition}),
        k=s.k,
        version=code_hash(),
        asked=tuple(sorted(reading["groups"])),
    )


def earlier_than(study: Study, reading: Mapping[str, Any]) -> Earlier:
    """What was published before a run."""
    return earlier(publication_of(study, reading), study.folder, reading["groups"])


def recorded(study: Study, reading: Mapping[str, Any], figures: Figures) -> None:
    """Add to the ledger what is about to leave."""
    publication = publication_of(study, reading).of(figures, load_model(study.product("issues")).ids)
    record(publication, [study.folder / "ledger", user_folder()])
