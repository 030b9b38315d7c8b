"""Word files with our fonts inside and the same bytes each time."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - part of the signatures
import io
import re
import uuid
import zipfile
from dataclasses import dataclass

from langnghe.report.fonts import FACES, SANS, SERIF, Face

OBSCURED = b"application/vnd.openxmlformats-officedocument.obfuscatedFont"
SPACE = uuid.UUID("5f2a4c1e-7d0b-4a5e-9c3f-1b6d8e2f7a90")
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
APP = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SECOND_CHOICE = {SERIF: "Cambria", SANS: "Segoe UI"}
"""Fonts for programs that don't read embedded ones; both have every Vietnamese letter."""


@dataclass(frozen=True)
class Embedded:
    """One face inside a Word file: number, element of the font table, and the key that its bytes are obscured with."""

    face: Face
    number: int
    element: str

    @property
    def key(self) -> uuid.UUID:
        """Give the key: always the same for a face."""
        return uuid.uuid5(SPACE, self.face.stem)

    def obscured(self) -> bytes:
        """Give the font's bytes, the first 32 XORed with the key from its last byte on (ECMA-376, part 4, §4.2.5)."""
        data = self.face.read("ttf")
        key = self.key.bytes[::-1]
        return bytes(data[place] ^ key[place % 16] for place in range(32)) + data[32:]


def _element(face: Face) -> str:
    return "embedItalic" if face.style == "italic" else {400: "embedRegular", 600: "embedBold"}[face.weight]


EMBEDDED = tuple(Embedded(face, number, _element(face)) for number, face in enumerate(FACES, 1))


def finished(data: bytes, date: dt.date) -> bytes:
    """Finish a Word file: embed our fonts, drop the template's thumbnail, and write it with fixed dates.

    Parameters
    ----------
    data : a .docx as python-docx writes it.
    date : the date of all files inside.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if "thumbnail" not in name}
    files["_rels/.rels"] = re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", files["_rels/.rels"])
    files["[Content_Types].xml"] = files["[Content_Types].xml"].replace(
        b"<Override",
        b'<Default Extension="odttf" ContentType="' + OBSCURED + b'"/><Override',
        1,
    )
    files["docProps/app.xml"] = (
        f'{HEAD}<Properties xmlns="{APP}"><Application>Lắng Nghe</Application></Properties>'.encode()
    )
    return zipped({**files, **_fonts()}, date)


def _fonts() -> dict[str, bytes]:
    """Give the parts of a Word file that hold the fonts."""
    relations = "".join(
        f'<Relationship Id="rId{font.number}" Type="{RELATION}/font" Target="fonts/font{font.number}.odttf"/>'
        for font in EMBEDDED
    )
    families = "".join(_family(name) for name in (SERIF, SANS))
    table = f'{HEAD}<w:fonts xmlns:w="{WORD}" xmlns:r="{RELATION}">{families}</w:fonts>'
    return {
        "word/fontTable.xml": table.encode(),
        "word/_rels/fontTable.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}">{relations}</Relationships>'.encode(),
        **{f"word/fonts/font{font.number}.odttf": font.obscured() for font in EMBEDDED},
    }


def _family(name: str) -> str:
    """Write one family of the font table."""
    kind = "roman" if name == SERIF else "swiss"
    faces = "".join(
        f'<w:{font.element} r:id="rId{font.number}" w:fontKey="{{{str(font.key).upper()}}}"/>'
        for font in EMBEDDED
        if font.face.family == name
    )
    second = f'<w:altName w:val="{SECOND_CHOICE[name]}"/>'
    head = f'{second}<w:charset w:val="00"/><w:family w:val="{kind}"/><w:pitch w:val="variable"/>'
    return f'<w:font w:name="{name}">{head}{faces}</w:font>'


def zipped(files: dict[str, bytes], date: dt.date) -> bytes:
    """Write files to a ZIP archive: content types first, then by name; the same files give the same bytes."""
    buffer = io.BytesIO()
    names = sorted(files, key=lambda name: (name != "[Content_Types].xml", name))
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in names:
            info = zipfile.ZipInfo(name, (max(date.year, 1980), date.month, date.day, 12, 0, 0))
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            archive.writestr(info, files[name])
    return buffer.getvalue()
