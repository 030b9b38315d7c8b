"""The report as one HTML file: no network, no script, fonts and charts inside."""

from __future__ import annotations

import base64
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from langnghe.report.document import Document, Figure, Table, parts, printed
from langnghe.report.fonts import FACES, Face, printable
from langnghe.report.labels import SUPPRESSED, label
from langnghe.report.numbers import byline

TEMPLATES = Path(__file__).parent / "templates"
LONG_WORD = 24  # letters; longer words (checksums) may break anywhere


def html(document: Document) -> str:
    """Render a document as HTML.

    Parameters
    ----------
    document : any document; characters that our fonts lack are printed as '□'.

    Returns
    -------
    One file that needs nothing else, to be written as UTF-8; the same document gives the same text.
    """
    shown = printed(document, printable)
    figures = [part for part in parts(shown) if isinstance(part, Figure)]
    tables = [part for part in parts(shown) if isinstance(part, Table) and part.caption]
    return (
        _environment()
        .get_template("document.html")
        .render(
            document=shown,
            fonts=_font_css(),
            figure_numbers={id(figure): number for number, figure in enumerate(figures, 1)},
            table_numbers={id(table): number for number, table in enumerate(tables, 1)},
            label=lambda name: label(name, shown.lang),
            byline=byline(shown.reporter, shown.date, shown.lang),
            suppressed=SUPPRESSED,
        )
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["kind"] = lambda node: type(node).__name__
    environment.filters["drawing"] = Markup  # charts are drawn, and escaped, by us
    environment.filters["number_of"] = lambda node, numbers: numbers[id(node)]
    environment.filters["long"] = lambda text: any(len(word) > LONG_WORD for word in text.split())
    return environment


@cache
def _font_css() -> Markup:
    """Write the @font-face rules with the fonts inside."""
    return Markup("\n").join(_font_face(face) for face in FACES)


def _font_face(face: Face) -> Markup:
    data = base64.b64encode(face.read("woff2")).decode("ascii")
    source = f"url(data:font/woff2;base64,{data}) format('woff2')"
    return Markup(  # noqa: S704 - nothing in it comes from outside
        f"@font-face{{font-family:'{face.family}';font-weight:{face.weight};font-style:{face.style};src:{source}}}"
    )
