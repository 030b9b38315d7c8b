"""The report as a Word file that an office can edit: real headings, captions, lists and tables, our fonts inside."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx as word_files
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from langnghe.report import word as w
from langnghe.report.columns import column_widths
from langnghe.report.document import (
    Block,
    Box,
    Cell,
    Column,
    Document,
    Fact,
    Facts,
    Figure,
    Findings,
    Line,
    Paragraph,
    Points,
    Run,
    Table,
    parts,
    printed,
)
from langnghe.report.fonts import printable
from langnghe.report.images import png
from langnghe.report.labels import SUPPRESSED, label
from langnghe.report.numbers import byline
from langnghe.report.package import finished
from langnghe.report.pdf import noon

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph as WordParagraph

WIDTH = Mm(166)


def docx(document: Document) -> bytes:
    """Render a document as a Word file.

    Charts are pictures of 240 pixels an inch, as Word would set the text of an SVG in fonts of its own. All dates
    inside are `document.date`; the same document gives the same bytes.
    """
    shown = printed(document, printable)
    writer = _Writer(shown)
    writer.write()
    buffer = io.BytesIO()
    writer.word.save(buffer)
    return finished(buffer.getvalue(), shown.date)


class _Writer:
    """Writes one document into one Word document; its only state is that Word document, and the number of tables."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.word: WordDocument = word_files.Document()
        self.figures = [part for part in parts(document) if isinstance(part, Figure)]
        self.pictures = dict(
            zip(map(id, self.figures), png([figure.chart.wide for figure in self.figures]), strict=True)
        )
        self.tables = 0
        w.set_styles(self.word, document.lang)

    def write(self) -> None:
        w.set_bullets(self.word)
        self._set_page()
        self._set_properties()
        self._front_page()
        self._contents()
        for number, section in enumerate(self.document.sections, 1):
            heading = self.word.add_heading(section.heading, section.level)
            heading.paragraph_format.page_break_before = section.new_page
            w.bookmark(heading, section.id, number)
            self._blocks(section.blocks)
        self._annex()

    def label(self, name: str) -> str:
        return label(name, self.document.lang)

    def _add(self, style: str, text: str = "") -> WordParagraph:
        paragraph = self.word.add_paragraph(text)
        w.set_style(paragraph, style.replace(" ", ""))
        return paragraph

    # The frame: page, properties, first page, contents, annex.

    def _set_page(self) -> None:
        section = self.word.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(22)
        section.top_margin, section.bottom_margin = Mm(24), Mm(22)
        draft = self.document.status == "draft"
        head = self._edge(section.header.paragraphs[0], self.document.title)
        if draft:
            head.add_run(self.label("draft").upper()).bold = True
        foot = self._edge(
            section.footer.paragraphs[0], byline(self.document.reporter, self.document.date, self.document.lang)
        )
        foot.add_run(f"{self.label('page')} ")
        w.field(foot, "PAGE", "1")
        foot.add_run(" / ")
        w.field(foot, "NUMPAGES", "1")

    def _edge(self, paragraph: WordParagraph, left: str) -> WordParagraph:
        """Write the left half of a header or footer, and a tab to its right end."""
        stops = paragraph.paragraph_format.tab_stops
        for position in (234, 468):  # the stops of the template's header, in points
            stops.add_tab_stop(Pt(position), WD_TAB_ALIGNMENT.CLEAR)
        stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT)
        paragraph.add_run(f"{left}\t")
        return paragraph

    def _set_properties(self) -> None:
        document, properties = self.document, self.word.core_properties
        properties.title, properties.author, properties.language = document.title, document.reporter, document.lang
        properties.subject, properties.last_modified_by = document.subtitle, document.reporter
        properties.comments, properties.content_status = "", self.label(document.status)
        properties.created = properties.modified = noon(document.date).replace(tzinfo=None)
        settings = self.word.settings.element
        zoom = settings.find(qn("w:zoom"))
        zoom.set(qn("w:percent"), "100")
        zoom.addnext(w.element("w:embedTrueTypeFonts"))

    def _front_page(self) -> None:
        document = self.document
        self._add("Small", byline(document.reporter, document.date, document.lang))
        self._add("Title", document.title)
        self._add("Subtitle", document.subtitle)
        status = self._add("Box")
        status.add_run(f"{self.label(document.status)}. ").bold = True
        status.add_run(document.status_sentence)
        w.shade(status, dashed=document.status == "draft")
        self._facts(document.facts)
        self._blocks(document.front)

    def _contents(self) -> None:
        heading = self._add("Box Heading", self.label("contents"))
        heading.paragraph_format.page_break_before = True
        for section in self.document.sections:
            paragraph = self._add("Contents")
            paragraph.paragraph_format.left_indent = Mm(5 * (section.level - 1))
            w.linked(paragraph, section.heading, section.id, bold=section.level == 1)

    def _annex(self) -> None:
        behind = [(number, figure) for number, figure in enumerate(self.figures, 1) if figure.table is not None]
        if behind:
            self.word.add_heading(self.label("annex"), 1).paragraph_format.page_break_before = True
        for number, figure in behind:
            self._add("Box Heading", f"{self.label('figure')} {number}. {figure.caption}")
            if figure.table is not None:
                self._grid(figure.table)

    # The blocks.

    def _blocks(self, blocks: tuple[Block, ...]) -> None:
        for block in blocks:
            self._block(block)

    def _block(self, block: Block) -> None:
        match block:
            case Paragraph():
                self._runs(self.word.add_paragraph(), block.text)
            case Points():
                self._points(block.points, numbered=block.numbered)
            case Findings():
                self._findings(block)
            case Facts():
                self._facts(block.facts)
            case Table():
                self._table(block)
            case Figure():
                self._figure(block)
            case Box():
                self._box(block)

    def _runs(self, paragraph: WordParagraph, line: Line) -> None:
        for run in line:
            if run.to:
                w.linked(paragraph, run.text, run.to)
            else:
                made = paragraph.add_run(run.text)
                made.bold, made.italic = run.style == "strong" or None, run.style == "emphasis" or None

    def _points(self, points: tuple[Line, ...], *, numbered: bool) -> None:
        number = w.fresh_numbering(self.word) if numbered else 0
        for point in points:
            paragraph = self._add("List Number" if numbered else "List Bullet")
            if numbered:
                w.use_numbering(paragraph, number)
            self._runs(paragraph, point)

    def _findings(self, findings: Findings) -> None:
        number = w.fresh_numbering(self.word)
        for finding in findings.findings:
            paragraph = self._add("List Number")
            w.use_numbering(paragraph, number)
            paragraph.paragraph_format.space_after, paragraph.paragraph_format.keep_with_next = Pt(0), True
            self._runs(paragraph, finding.text)
            base = self._add("Small")
            base.paragraph_format.left_indent = Mm(6.35)
            base.add_run(f"{finding.base} · " if finding.base and finding.to else finding.base)
            if finding.to:
                w.linked(base, self.label("proof"), finding.to)

    def _facts(self, facts: tuple[Fact, ...]) -> None:
        table = self.word.add_table(len(facts), 2)
        w.set_widths(table, [Mm(40), Mm(166 - 40)])
        for row, fact in zip(table.rows, facts, strict=True):
            self._cell(row.cells[0].paragraphs[0], fact.label)
            self._runs(self._cell(row.cells[1].paragraphs[0], ""), fact.value)
        w.rule_table(table, head=False)
        self._add("Small")

    def _box(self, box: Box) -> None:
        before = len(self.word.paragraphs)
        self._add("Box Heading", f"{self.label(box.kind)}: {box.heading}")
        self._blocks(box.blocks)
        for paragraph in self.word.paragraphs[before:]:
            w.shade(paragraph, dashed=box.kind == "draft")
        self._add("Small")

    def _caption(self, name: str, code: str, number: int, caption: str) -> None:
        paragraph = self._add("Caption")
        paragraph.add_run(f"{self.label(name)} ")
        w.field(paragraph, f"SEQ {code} \\* ARABIC", str(number))
        paragraph.add_run(f". {caption}")

    def _figure(self, figure: Figure) -> None:
        number = [id(known) for known in self.figures].index(id(figure)) + 1
        self._caption("figure", "Figure", number, figure.caption)
        paragraph = self.word.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.line_spacing = 1
        picture = paragraph.add_run().add_picture(io.BytesIO(self.pictures[id(figure)]), width=WIDTH)
        for side in ("distT", "distB", "distL", "distR"):
            picture._inline.set(side, "0")  # noqa: SLF001 - else LibreOffice puts a margin around it
        about = picture._inline.docPr  # noqa: SLF001 - python-docx has no call for alternative texts
        about.set("descr", figure.alt)
        about.set("name", f"{self.label('figure')} {number}")
        self._add("Small", figure.base)

    def _table(self, table: Table) -> None:
        if table.caption:
            self.tables += 1
            self._caption("table", "Table", self.tables, table.caption)
        self._grid(table)

    def _grid(self, table: Table) -> None:
        made = self.word.add_table(len(table.rows) + 1, len(table.columns))
        w.set_widths(made, [Pt(width) for width in column_widths(table, WIDTH.pt)])
        for cell, column in zip(made.rows[0].cells, table.columns, strict=True):
            self._head(cell.paragraphs[0], column)
        for row, values in zip(list(made.rows)[1:], table.rows, strict=True):
            for cell, value, column in zip(row.cells, values, table.columns, strict=True):
                _align(self._cell(cell.paragraphs[0], value), column)
        w.rule_table(made)
        notes = [table.note, self.label("suppressed") if table.has_suppressed else ""]
        self._add("Small", " ".join(filter(None, notes)))

    def _head(self, paragraph: WordParagraph, column: Column) -> None:
        w.set_style(paragraph, "TableText")
        _align(paragraph, column)
        paragraph.paragraph_format.keep_with_next = True
        paragraph.add_run(column.label).bold = True
        if column.unit:
            unit = paragraph.add_run(column.unit)
            unit.font.size, unit.font.color.rgb = Pt(8), w.SOFT
            unit._r.insert(1, w.element("w:br"))  # noqa: SLF001 - a line break before the unit

    def _cell(self, paragraph: WordParagraph, value: Cell) -> WordParagraph:
        w.set_style(paragraph, "TableText")
        if isinstance(value, Run):
            self._runs(paragraph, (value,))
        else:
            paragraph.add_run(SUPPRESSED if value is None else value)
        return paragraph


def _align(paragraph: WordParagraph, column: Column) -> None:
    if column.kind == "number":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
