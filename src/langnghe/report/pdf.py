"""The report as PDF, set by Typst: the document goes in as data, the layout is the template `document.typ`."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path

import typst

from langnghe.report.columns import column_widths
from langnghe.report.document import Document, Table, printed
from langnghe.report.fonts import FOLDER, printable
from langnghe.report.labels import LABELS, SUPPRESSED
from langnghe.report.numbers import byline

TEMPLATES = Path(__file__).parent / "templates"
PAGE = 166 / 25.4 * 72  # width of the text on a page, in points


def pdf(document: Document) -> bytes:
    """Render a document as a tagged PDF, A4.

    Only our fonts can be used; nothing is read but the template. Dates inside the file are `document.date`, so that
    the same document gives the same bytes.
    """
    shown = printed(document, printable)
    data = {
        "document": tree(shown),
        "labels": {name: say[shown.lang] for name, say in LABELS.items()} | {"×": SUPPRESSED},
        "byline": byline(shown.reporter, shown.date, shown.lang),
    }
    inputs = {"data": json.dumps(data, ensure_ascii=False, sort_keys=True)}
    made = typst.Compiler(TEMPLATES / "document.typ", root=TEMPLATES, font_paths=fonts()).compile(
        format="pdf", sys_inputs=inputs, timestamp=noon(shown.date)
    )
    return _bytes(made)


@cache
def fonts() -> typst.Fonts:
    """Give our fonts to Typst, and no others."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FOLDER])


def noon(date: dt.date) -> dt.datetime:
    """Give the fixed moment that stands for a date inside files: noon, UTC."""
    return dt.datetime(date.year, date.month, date.day, 12, tzinfo=dt.UTC)


def tree(node: object) -> object:
    """Turn a document into plain values; each dataclass becomes an object that says its name under 'node'."""
    if isinstance(node, tuple):
        return [tree(part) for part in node]
    if isinstance(node, dt.date):
        return {"year": node.year, "month": node.month, "day": node.day}
    if is_dataclass(node):
        values = {field.name: tree(getattr(node, field.name)) for field in fields(node)}
        extra = {"widths": column_widths(node, PAGE)} if isinstance(node, Table) else {}
        return {"node": type(node).__name__, **values, **extra}
    return node


def _bytes(made: bytes | list[bytes] | None) -> bytes:
    if not isinstance(made, bytes):
        message = "Typst gave back no single file"
        raise TypeError(message)
    return made
