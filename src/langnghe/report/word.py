"""What a Word file needs that python-docx has no call for: styles, fields, bookmarks, links, lists, rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle

from langnghe.report.fonts import SANS, SERIF

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document as WordDocument
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.shared import Length
    from docx.table import Table as WordTable
    from docx.text.paragraph import Paragraph as WordParagraph

INK, SOFT, ACCENT = RGBColor(0x1A, 0x1A, 0x1A), RGBColor(0x57, 0x57, 0x57), RGBColor(0x14, 0x59, 0x8F)
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
STYLES = (  # name, family, size in points, semibold, colour, space before and after in points
    ("Normal", SERIF, 11, False, INK, 0, 8),
    ("Title", SANS, 21, True, INK, 4, 4),
    ("Subtitle", SANS, 11, False, INK, 0, 8),
    ("Heading 1", SANS, 17, True, INK, 24, 8),
    ("Heading 2", SANS, 13, True, INK, 18, 6),
    ("Heading 3", SANS, 11.5, True, INK, 14, 5),
    ("Caption", SANS, 10, True, INK, 14, 5),
    ("List Bullet", SERIF, 11, False, INK, 0, 4),
    ("List Number", SERIF, 11, False, INK, 0, 5),
    ("Header", SANS, 8, False, SOFT, 0, 0),
    ("Footer", SANS, 8, False, SOFT, 0, 0),
    ("Small", SANS, 8.5, False, SOFT, 2, 8),
    ("Table Text", SANS, 9, False, INK, 2, 2),
    ("Contents", SANS, 10, False, INK, 2, 2),
    ("Box", SERIF, 10.5, False, INK, 0, 4),
    ("Box Heading", SANS, 10.5, True, INK, 10, 4),
)


def element(name: str, /, **attributes: str) -> BaseOxmlElement:
    """Make an element of Word's main namespace, such as element('w:b', val='0')."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def set_styles(word: WordDocument, lang: str) -> None:
    """Set fonts, sizes, colours and spaces of all styles that the report uses, and the language of the document."""
    defaults = word.styles.element.find(qn("w:docDefaults"))
    if defaults is not None:
        word.styles.element.remove(defaults)
    code = "vi-VN" if lang == "vi" else "en-GB"
    rest = f'<w:lang w:val="{code}" w:eastAsia="{code}" w:bidi="{code}"/>'
    fonts = f'<w:rFonts w:ascii="{SERIF}" w:hAnsi="{SERIF}" w:eastAsia="{SERIF}" w:cs="{SERIF}"/>'
    inner = f"<w:rPrDefault><w:rPr>{fonts}{rest}</w:rPr></w:rPrDefault><w:pPrDefault/>"
    word.styles.element.insert(0, parse_xml(f"<w:docDefaults {nsdecls('w')}>{inner}</w:docDefaults>"))
    for name, family, size, semibold, colour, before, after in STYLES:
        style = _style(word, name)
        _set_font(style, family, size, semibold=semibold, colour=colour)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.line_spacing = 1.3 if family == SERIF else 1.2
    for name in ("Caption", "Box Heading"):
        word.styles[name].paragraph_format.keep_with_next = True


def set_bullets(word: WordDocument) -> None:
    """Let bullets be '•' of our own font, in the place of a sign of the font Symbol."""
    numbering = word.part.numbering_part.element
    number = numbering.num_having_numId(word.styles["List Bullet"].element.pPr.numPr.numId.val).abstractNumId.val
    (level,) = numbering.xpath(f'w:abstractNum[@w:abstractNumId="{number}"]/w:lvl[@w:ilvl="0"]')
    level.find(qn("w:lvlText")).set(qn("w:val"), "•")
    fonts = level.find(qn("w:rPr")).find(qn("w:rFonts"))
    for script in ("w:ascii", "w:hAnsi", "w:hint"):
        fonts.attrib.pop(qn(script), None)
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), SERIF)


def set_style(paragraph: WordParagraph, style_id: str) -> None:
    """Set the style of a paragraph by its id; python-docx searches all styles for it each time."""
    paragraph._p.style = style_id  # noqa: SLF001 - the quick way


def _style(word: WordDocument, name: str) -> ParagraphStyle:
    known = {style.name: style for style in word.styles}
    style = known[name] if name in known else word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if not isinstance(style, ParagraphStyle):
        message = f"the style {name} is not of paragraphs"
        raise TypeError(message)
    if name not in known:
        style.base_style = known["Normal"]
    return style


def _set_font(style: ParagraphStyle, family: str, size: float, *, semibold: bool, colour: RGBColor) -> None:
    properties = style.element.get_or_add_rPr()
    for old in list(properties):
        properties.remove(old)
    style.font.name, style.font.size, style.font.bold = family, Pt(size), semibold
    style.font.italic, style.font.color.rgb = False, colour
    fonts = properties.find(qn("w:rFonts"))
    for script in ("w:eastAsia", "w:cs"):
        fonts.set(qn(script), family)
    if style.name == "Table Text":
        properties.append(parse_xml(f'<w14:numSpacing xmlns:w14="{W14}" w14:val="tabular"/>'))
    borders = style.element.get_or_add_pPr().find(qn("w:pBdr"))
    if borders is not None:
        style.element.get_or_add_pPr().remove(borders)


def field(paragraph: WordParagraph, code: str, result: str) -> None:
    """Add a field, such as PAGE, with the result that is shown until Word counts anew."""
    for kind in ("begin", code, "separate", result, "end"):
        run = paragraph.add_run(kind if kind == result else "")
        if kind == code:
            text = element("w:instrText")
            text.set(qn("xml:space"), "preserve")
            text.text = f" {code} "
            run._r.append(text)  # noqa: SLF001 - python-docx has no call for fields
        elif kind != result:
            run._r.append(element("w:fldChar", fldCharType=kind))  # noqa: SLF001 - likewise


def bookmark(paragraph: WordParagraph, name: str, number: int) -> None:
    """Mark a paragraph as the place that links to `name` lead to."""
    start = element("w:bookmarkStart", id=str(number), name=anchor(name))
    end = element("w:bookmarkEnd", id=str(number))
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)  # noqa: SLF001 - python-docx has no bookmarks
    paragraph._p.append(end)  # noqa: SLF001 - likewise


def anchor(name: str) -> str:
    """Turn the id of a section into a name that Word takes for a bookmark (letters, figures, _; at most 40)."""
    return "s_" + name.replace("-", "_")[:38]


def linked(paragraph: WordParagraph, text: str, to: str, *, bold: bool = False) -> None:
    """Add text that links to the section `to`."""
    run = paragraph.add_run(text)
    run.font.color.rgb, run.bold = ACCENT, bold or None
    wrapper = element("w:hyperlink", anchor=anchor(to), history="1")
    paragraph._p.append(wrapper)  # noqa: SLF001 - python-docx has no internal links
    wrapper.append(run._r)  # noqa: SLF001 - likewise


def fresh_numbering(word: WordDocument) -> int:
    """Start a numbered list at 1 again; give back the number of the new list."""
    numbering = word.part.numbering_part.element
    style = word.styles["List Number"].element
    old = style.pPr.numPr.numId.val
    abstract = numbering.num_having_numId(old).abstractNumId.val
    made = numbering.add_num(abstract)
    made.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(made.numId)


def use_numbering(paragraph: WordParagraph, number: int) -> None:
    """Let a paragraph be a point of the numbered list `number`."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001 - python-docx has no call for it
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = number


def set_widths(table: WordTable, widths: Sequence[Length]) -> None:
    """Fix the widths of the columns, in the grid of the table and in every cell: Word reads the cells."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def rule_table(table: WordTable, *, head: bool = True) -> None:
    """Rule a table with thin lines between rows; repeat its header row on each page, and keep rows in one piece."""
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="D9D9D9"/>' for side in ("top", "bottom", "insideH")
    )
    sides = "".join(f'<w:{side} w:w="{wide}" w:type="dxa"/>' for side, wide in (("left", 0), ("right", 110)))
    properties = table._tbl.tblPr  # noqa: SLF001 - python-docx has no call for borders and margins
    properties.find(qn("w:tblLayout")).addprevious(parse_xml(f"<w:tblBorders {nsdecls('w')}>{lines}</w:tblBorders>"))
    properties.find(qn("w:tblLook")).addprevious(parse_xml(f"<w:tblCellMar {nsdecls('w')}>{sides}</w:tblCellMar>"))
    for number, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no call for either
        properties.append(element("w:cantSplit"))
        if head and number == 0:
            properties.append(element("w:tblHeader"))


def shade(paragraph: WordParagraph, *, dashed: bool) -> None:
    """Set a paragraph on grey with a line at its left, as part of a box."""
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - python-docx has no call for it
    kind = "dashed" if dashed else "single"
    side = f'<w:left w:val="{kind}" w:sz="24" w:space="8" w:color="575757"/>'
    properties.append(parse_xml(f"<w:pBdr {nsdecls('w')}>{side}</w:pBdr>"))
    properties.append(element("w:shd", val="clear", color="auto", fill="F4F4F2"))
