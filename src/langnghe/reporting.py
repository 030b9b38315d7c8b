"""The last verbs: what a study's figures become for people to read, and some of its texts for people inside the study."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from langnghe._version import __version__
from langnghe.check.saved import load_claims
from langnghe.counted import recorded
from langnghe.errors import Say, SettingError
from langnghe.issues.codebook import read_codebook
from langnghe.issues.labels import label_issues as issue_labels
from langnghe.issues.saved import load_model
from langnghe.manifest import key_of, sha256_of
from langnghe.masked import shared_messages, typical
from langnghe.measure.figures import UNDECIDED
from langnghe.report.compose import compose
from langnghe.report.facts import MOST_SHARED, RunFacts
from langnghe.report.opendata import csv
from langnghe.report.tables import publish, report_json
from langnghe.revisions import codebook_notes, remember_codebook
from langnghe.verbs import find_issues, measure_issues, reading_of, stage_key
from langnghe.write import write_bytes, writing

if TYPE_CHECKING:
    from collections.abc import Collection

    from langnghe.issues.codebook import Codebook
    from langnghe.nouns import Figures, IssueLabel
    from langnghe.report.document import Document, Lang
    from langnghe.study import Study

FORMATS = (".html", ".pdf", ".docx", ".json")
DATA = "data"
"""Formats of a report, as file extensions; the name of the open data beside them."""


def label_issues(study: Study) -> tuple[IssueLabel, ...]:
    """The issues of a study with their names, definitions and typical phrases, in the order of the model."""
    return _labels(study, measure_issues(study), read_codebook(study.codebook_path))


def _labels(study: Study, figures: Figures, book: Codebook) -> tuple[IssueLabel, ...]:
    model = load_model(study.product("issues"))
    return issue_labels(model, book, figures.phrases, figures.issues, figures.overview.messages)


def typical_texts(study: Study, issue: str, most: int = 6) -> pl.DataFrame:
    """Some masked texts of an issue, for people who work inside the study: they go into no report and no open data.

    Parameters
    ----------
    study : a study; what it needs is made first.
    issue : id of one of its issues, or 'undecided' for texts without one.
    most : texts at most.

    Returns
    -------
    DataFrame week (Date: its Monday), text: without ids, in an order drawn by lot; the same ones every time.

    Raises
    ------
    SettingError
        The study has no such issue.
    """
    find_issues(study)
    if issue == "undecided":
        reacted = pl.read_parquet(study.product("issues") / "reacted-*.parquet")
        unplaced = reacted.filter(pl.col("state") >= UNDECIDED).select("text_id")
        return typical(study, unplaced, [], most, study.settings.random_state)
    labels = {label.id: label for label in label_issues(study)}
    if issue not in labels:
        raise SettingError(
            issue,
            Say("không phải vấn đề nào của nghiên cứu này.", "is no issue of this study."),
            Say(f"Hãy chọn một trong: {', '.join(labels)}.", f"Choose one of: {', '.join(labels)}."),
        )
    model = load_model(study.product("issues"))
    assigned = pl.read_parquet(study.product("issues") / "assigned-*.parquet")
    members = assigned.filter(pl.col("issue") == model.ids.index(issue)).select("text_id")
    phrases = [number for number, shown in enumerate(model.shown) if shown in labels[issue].phrases]
    return typical(study, members, phrases, most, study.settings.random_state)


def make_report(study: Study, lang: Lang | None = None) -> Document:
    """Compose the report of a study as a document, which `save_report` writes in every format."""
    figures = measure_issues(study)
    recorded(study, reading_of(study), figures)
    model = load_model(study.product("issues"))
    book = read_codebook(study.codebook_path)
    facts = RunFacts(
        title=study.settings.title,
        reporter=study.settings.reporter,
        lang=lang or ("en" if study.settings.lang == "en" else "vi"),
        run=key_of({"measure": study.manifest.hash_of("measure"), "codebook": book.sha256, "version": __version__})[
            :12
        ],
        version=__version__,
        reading=reading_of(study),
        codebook=book.name if model.guided else None,
        codebook_id=f"{book.id} {book.version}",
        codebook_sha256=book.sha256,
        codebook_notes=codebook_notes(study.folder, book),
        covered=model.covered,
        stated=model.stated,
        confused=model.confused,
        messages=shared_messages(study, figures, MOST_SHARED),
        claims=load_claims(study.product("claims"), study.manifest.hash_of("clean")),
    )
    return compose(figures, label_issues(study), facts)


def open_tables(study: Study) -> dict[str, bytes]:
    """The open data of a study: file name → bytes (CSV, an Excel workbook and a data package)."""
    figures = measure_issues(study)
    recorded(study, reading_of(study), figures)
    return publish(figures, label_issues(study), study.settings.title)


def save_report(
    study: Study, path: str | Path | None = None, lang: Lang | None = None, formats: Collection[str] = ()
) -> list[Path]:
    """Write the report of a study.

    Parameters
    ----------
    study : a study; what it needs is made first.
    path : one file whose extension says the format (.html, .pdf, .docx, .json), a folder, or None for the study's own folder
        'report': folders get every format and the open data.
    lang : 'vi' or 'en'; None takes the study's.
    formats : what is written into a folder: some of 'html', 'pdf', 'docx', 'json' and 'data' (the open data); all where none is named.
        In the study's own folder a report of another format, made earlier, is removed: no older one stands beside a new one.

    Returns
    -------
    list of Path: the files that were written.

    Raises
    ------
    SettingError
        The extension is none of those, or no such format is known.
    OutputError
        A file can't be written, for instance because another program has it open.
    """
    target = Path(path) if path is not None else study.folder / "report"
    for name in formats:
        if target.suffix or (name != DATA and f".{name}" not in FORMATS):
            raise _not_a_format(name, target)
    if target.suffix:
        if target.suffix.lower() not in FORMATS:
            raise SettingError(
                target.name,
                Say(f"không biết định dạng '{target.suffix}'.", f"the format '{target.suffix}' is not known."),
                Say(f"Hãy dùng {', '.join(FORMATS)} hoặc một thư mục.", f"Use {', '.join(FORMATS)} or a folder."),
            )
        write_bytes(target, _rendered(study, make_report(study, lang), target.suffix.lower()))
        return [target]
    return _save_all(study, target, lang, frozenset(formats) or {DATA, *(suffix[1:] for suffix in FORMATS)})


def _not_a_format(name: str, target: Path) -> SettingError:
    if target.suffix:
        return SettingError(
            name,
            Say(f"đuôi của {target.name} đã nói định dạng.", f"the ending of {target.name} says the format already."),
            Say("Bỏ bớt một trong hai.", "Leave one of the two out."),
        )
    return SettingError(
        name,
        Say("không phải định dạng nào của báo cáo.", "is no format of a report."),
        Say(
            f"Hãy dùng {', '.join(suffix[1:] for suffix in FORMATS)} hoặc {DATA}.",
            f"Use {', '.join(suffix[1:] for suffix in FORMATS)} or {DATA}.",
        ),
    )


def _save_all(study: Study, folder: Path, lang: Lang | None, formats: Collection[str]) -> list[Path]:
    book = sha256_of(study.codebook_path)
    measure_issues(study)
    made = study.manifest.hash_of("measure")
    asked = {"settings": asdict(study.settings), "lang": lang, "formats": sorted(formats)}
    key = stage_key(study, "report", measure=made, codebook=book, asked=asked)
    earlier = _places(study, folder)
    if not study.manifest.is_fresh("report", key):
        with study.making("report", key) as fresh:
            document = make_report(study, lang)
            for number, suffix in enumerate(suffix for suffix in FORMATS if suffix[1:] in formats):
                study.progress("report", number, len(formats))
                (fresh / f"report{suffix}").write_bytes(_rendered(study, document, suffix))
            for name, data in open_tables(study).items() if DATA in formats else ():
                (fresh / f"data--{name}").write_bytes(data)
            study.progress("report", len(formats), len(formats))
    write_bytes(study.folder / "left-out.csv", csv(pl.read_parquet(study.product("clean") / "left-out.parquet")))
    remember_codebook(study.folder, study.codebook_path)
    written = _places(study, folder)
    for place, product in written.items():
        with writing(place.parent):
            place.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(place, product.read_bytes())
    if folder == study.folder / "report":
        _remove(folder, earlier.keys() - written.keys())
    return list(written)


def _places(study: Study, folder: Path) -> dict[Path, Path]:
    """Where in a folder the files of the report that is made stand: place → product; nothing where none is made."""
    made = study.product("report")
    products = sorted(made.iterdir()) if made.is_dir() else []
    return {folder / product.name.replace("data--", "data/", 1): product for product in products}


def _remove(folder: Path, places: Collection[Path]) -> None:
    """Remove what an earlier run made; what people put beside it stays."""
    with writing(folder):
        for place in places:
            place.unlink(missing_ok=True)


def _rendered(study: Study, document: Document, suffix: str) -> bytes:
    if suffix == ".json":
        return report_json(measure_issues(study), label_issues(study), document)
    if suffix == ".pdf":
        from langnghe.report.pdf import pdf  # noqa: PLC0415 - each format loads its own library only when it is asked for

        return pdf(document)
    if suffix == ".docx":
        from langnghe.report.docx import docx  # noqa: PLC0415 - likewise

        return docx(document)
    from langnghe.report.html import html  # noqa: PLC0415 - likewise

    return html(document).encode()
