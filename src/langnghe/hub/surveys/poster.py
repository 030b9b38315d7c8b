"""The poster of a survey: A4, with its link as a QR code, set by Typst."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

import segno
import typst

from langnghe.report.fonts import printable
from langnghe.report.pdf import fonts, noon

if TYPE_CHECKING:
    from langnghe.hub.surveys.models import Survey

FOLDER = Path(__file__).parent / "typst"


def qr(link: str) -> str:
    """A link as a QR code in SVG, readable when a quarter of it is dirty or torn."""
    made = io.BytesIO()
    segno.make(link, error="q", micro=False).save(made, kind="svg", border=4, xmldecl=False, svgns=True, omitsize=True)
    return made.getvalue().decode()


def poster(survey: Survey, link: str) -> bytes:
    """The poster as PDF; the same survey gives the same bytes."""
    data = {
        "title": printable(survey.title_vi),
        "title_en": printable(survey.title_en),
        "unit": printable(str(survey.unit)),
        "purpose": printable(survey.purpose_vi),
        "contact": printable(survey.contact),
        "opens": f"{survey.opens:%d/%m/%Y}",
        "closes": f"{survey.closes:%d/%m/%Y}",
        "link": link,
        "qr": qr(link),
    }
    made = typst.Compiler(FOLDER / "poster.typ", root=FOLDER, font_paths=fonts()).compile(
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False, sort_keys=True)},
        timestamp=noon(survey.opens),
    )
    return made if isinstance(made, bytes) else b""
