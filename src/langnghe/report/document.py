"""The nouns of a printed statistical report: a document is a front page and sections, a section is blocks.

Nothing here knows how a report looks; the renderers (`html`, `pdf`, `docx`) all read this one tree. Everything is
frozen, and a `Document` whose links lead nowhere can't be built.

Examples
--------
>>> Paragraph(line("Lương được nói đến ", strong("nhiều nhất"), ", xem ", link("bảng các vấn đề", "issues"), "."))
... # doctest: +ELLIPSIS
Paragraph(text=(Run(text='Lương được nói đến ', style='plain', to=''), ...
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator  # noqa: TC003 - likewise
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Literal

ANCHOR = re.compile(r"[a-z][a-z0-9-]*")
"""What the id of a section looks like: safe in HTML, in links and as a Typst label."""

Lang = Literal["vi", "en"]

NO_DATE = dt.date(2000, 1, 1)
"""The date inside the files of a report when nothing in it has one; it is not printed."""


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style; `to` is the id of the section that it links to ('' for none)."""

    text: str
    style: Literal["plain", "strong", "emphasis"] = "plain"
    to: str = ""


Line = tuple[Run, ...]
"""Text as runs; write it with `line`."""


def line(*parts: str | Run) -> Line:
    """Join plain strings and runs to one line of text."""
    return tuple(Run(part) if isinstance(part, str) else part for part in parts)


def strong(text: str) -> Run:
    """Text that stands out."""
    return Run(text, "strong")


def emphasis(text: str) -> Run:
    """Text with emphasis: titles, words that are spoken of as words."""
    return Run(text, "emphasis")


def link(text: str, to: str) -> Run:
    """Text that links to the section `to`."""
    return Run(text, "plain", to)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of running text."""

    text: Line


@dataclass(frozen=True)
class Points:
    """A list of points, with bullets or (`numbered`) with numbers."""

    points: tuple[Line, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Finding:
    """One finding of the first page: a full sentence, its base in small type, and the section that proves it."""

    text: Line
    base: str = ""
    to: str = ""


@dataclass(frozen=True)
class Findings:
    """The numbered findings of the first page."""

    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Fact:
    """A label and its value, as in 'Thời gian: 01/7–30/9/2026'."""

    label: str
    value: Line


@dataclass(frozen=True)
class Facts:
    """A list of facts: who reports, the period, how many texts; or a list of definitions."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Column:
    """A column of a table. The unit is printed once, under the label; numbers are right-aligned."""

    label: str
    kind: Literal["text", "number"] = "text"
    unit: str = ""


Cell = str | Run | None
"""What a cell holds: a string, a run (for a link), or None where the figure is suppressed (printed as '×')."""


@dataclass(frozen=True)
class Table:
    """A table. Cells are ready to print; the first column names the row.

    Attributes
    ----------
    caption : the finding, or what the table lists; '' for the table behind a chart.
    rows : as many cells a row as there are columns.
    note : small print under the table, such as the base of the shares.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse ragged rows."""
        if any(len(row) != len(self.columns) for row in self.rows):
            message = f"a row of the table {self.caption!r} has not {len(self.columns)} cells"
            raise ValueError(message)

    @property
    def has_suppressed(self) -> bool:
        """Whether a cell is suppressed, so that the mark must be explained."""
        return any(cell is None for row in self.rows for cell in row)


@dataclass(frozen=True)
class Chart:
    """A chart as two SVG drawings of one content: `wide` for paper and screens, `narrow` for 390 px."""

    wide: str
    narrow: str


@dataclass(frozen=True)
class Figure:
    """A chart with what belongs to it.

    Attributes
    ----------
    chart : the drawing, from `langnghe.report.charts`.
    caption : the finding, as a sentence.
    alt : what a reader who can't see the chart must know: the finding with its figures.
    base : what the figures count, such as 'Cơ sở: 1.512 bình luận, 01/7–30/9/2026'.
    table : the numbers behind the chart.
    """

    chart: Chart
    caption: str
    alt: str
    base: str
    table: Table | None = None


@dataclass(frozen=True)
class Box:
    """A box that is set apart: a limit of the figures, a method, or why this is a draft."""

    kind: Literal["limit", "method", "draft"]
    heading: str
    blocks: tuple[Paragraph | Points | Facts, ...]


Block = Paragraph | Points | Findings | Facts | Table | Figure | Box


@dataclass(frozen=True)
class Section:
    """A section; a document holds its sections flat, in reading order.

    Attributes
    ----------
    id : anchor that links lead to, of the form `ANCHOR`; the same from run to run.
    level : 1 for a chapter, 2 for a page of an issue, 3 for a part of it.
    new_page : whether the section starts a new page on paper.
    """

    id: str
    heading: str
    blocks: tuple[Block, ...] = ()
    level: Literal[1, 2, 3] = 1
    new_page: bool = False


@dataclass(frozen=True)
class Document:
    """A report.

    Attributes
    ----------
    subtitle : the period, as people say it.
    reporter : who reports: an organisation, never a person.
    date : the day that the report bears; all dates inside the files are this one.
    status, status_sentence : 'draft' is marked on every page, with the sentence that says why on the first.
    facts : the cover facts: data window, texts, distinct texts, sources, run.
    front : the rest of the first page: the findings and the main figure.
    """

    title: str
    subtitle: str
    lang: Lang
    reporter: str
    date: dt.date
    status: Literal["draft", "final"]
    status_sentence: str
    facts: tuple[Fact, ...]
    front: tuple[Block, ...]
    sections: tuple[Section, ...]

    def __post_init__(self) -> None:
        """Refuse ids that are malformed or used twice, and links that lead nowhere."""
        ids = [section.id for section in self.sections]
        wrong = sorted({name for name in ids if ids.count(name) > 1 or not ANCHOR.fullmatch(name)})
        lost = sorted(links(self) - set(ids))
        if wrong or lost:
            message = f"ids of sections malformed or used twice: {wrong}; links to no section: {lost}"
            raise ValueError(message)


def parts(node: object) -> Iterator[object]:
    """Walk a document or a part of it in reading order: every dataclass, tuple and plain value, parents first."""
    yield node
    if isinstance(node, tuple):
        children: list[object] = list(node)
    elif is_dataclass(node):
        children = [getattr(node, field.name) for field in fields(node)]
    else:
        children = []
    for child in children:
        yield from parts(child)


def links(node: object) -> set[str]:
    """Ids of the sections that a document, or a part of it, links to."""
    return {part.to for part in parts(node) if isinstance(part, Run | Finding) and part.to}


def printed(node: Document, change: Callable[[str], str]) -> Document:
    """Give back a document with every string changed by `change`, such as `fonts.printable`."""
    changed = _changed(node, change)
    if not isinstance(changed, Document):
        message = "a document stays a document"
        raise TypeError(message)
    return changed


def _changed(node: object, change: Callable[[str], str]) -> object:
    if isinstance(node, str):
        return change(node)
    if isinstance(node, tuple):
        found = tuple(_changed(part, change) for part in node)
        return found if any(new is not old for new, old in zip(found, node, strict=True)) else node
    if is_dataclass(node) and not isinstance(node, type):
        old = {field.name: getattr(node, field.name) for field in fields(node)}
        new = {name: _changed(value, change) for name, value in old.items()}
        return replace(node, **new) if any(new[name] is not value for name, value in old.items()) else node
    return node
