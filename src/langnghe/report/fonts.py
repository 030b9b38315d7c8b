"""The fonts of the report: files, which characters they have, and how wide text is in them.

No renderer ever falls back to another font: what our faces lack is printed as '□'.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "faces"
SERIF = "Lang Nghe Serif"
SANS = "Lang Nghe Sans"
WHITE_SPACE = frozenset("\n\t")
REPLACEMENT = "□"


@dataclass(frozen=True)
class Face:
    """One face of a family: the stem of its files in `FOLDER`, and its CSS weight and style."""

    stem: str
    family: str
    weight: int = 400
    style: str = "normal"

    def read(self, ending: str) -> bytes:
        """Read the font file with the ending 'ttf' or 'woff2'."""
        return (FOLDER / f"{self.stem}.{ending}").read_bytes()


FACES = (
    Face("serif-regular", SERIF),
    Face("serif-semibold", SERIF, weight=600),
    Face("serif-italic", SERIF, style="italic"),
    Face("sans-regular", SANS),
    Face("sans-semibold", SANS, weight=600),
)


@cache
def advances(stem: str) -> dict[str, int]:
    """Read the advance width of every character of a face, in thousandths of the type size."""
    groups = json.loads((FOLDER / "widths.json").read_text(encoding="utf-8"))[stem]
    return {character: int(width) for width, characters in groups.items() for character in characters}


@cache
def coverage() -> frozenset[str]:
    """Give the characters that every face has."""
    return frozenset.intersection(*(frozenset(advances(face.stem)) for face in FACES)) | WHITE_SPACE


def missing_glyphs(text: str) -> set[str]:
    """Find the characters of a text (composed, NFC) that our faces lack."""
    return set(unicodedata.normalize("NFC", text)) - coverage()


def printable(text: str) -> str:
    """Compose a text (NFC) and replace each character that our faces lack by '□'.

    Invisible characters (joiners, variation selectors, controls) are dropped: an emoji is one '□' and not three.
    """
    covered = coverage()
    if covered.issuperset(text) and unicodedata.is_normalized("NFC", text):
        return text
    while True:  # a mark that is dropped may let others compose
        composed = unicodedata.normalize("NFC", text)
        shown = "".join(mark if mark in covered else _replacement(mark) for mark in composed)
        if shown == text:
            return shown
        text = shown


def _replacement(mark: str) -> str:
    category = unicodedata.category(mark)
    if category in {"Zs", "Zl", "Zp"}:
        return " "
    return "" if category in {"Cf", "Cc", "Mn", "Me"} else REPLACEMENT


def text_width(text: str, size: float, *, semibold: bool = False) -> float:
    """Measure a line set in the sans.

    Parameters
    ----------
    text : one line.
    size : type size; the width has the same unit.
    """
    table = advances("sans-semibold" if semibold else "sans-regular")
    return sum(table.get(mark, 1000) for mark in text) * size / 1000


def wrap(text: str, width: float, size: float, *, semibold: bool = False, balanced: bool = True) -> list[str]:
    """Break a text into lines no wider than `width` and, if `balanced`, of about the same length.

    A word that is too long by itself is cut between letters.
    """
    pieces = _pieces(printable(text), width, size, semibold=semibold)
    lines = _filled(pieces, width, size, semibold=semibold)
    for narrower in (0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55) if balanced else ():
        tried = _filled(pieces, width * narrower, size, semibold=semibold)
        if len(tried) > len(lines) or any(text_width(line, size, semibold=semibold) > width for line in tried):
            break
        lines = tried
    return lines


def _filled(pieces: list[str], width: float, size: float, *, semibold: bool) -> list[str]:
    lines: list[str] = []
    for piece in pieces:
        grown = f"{lines[-1]} {piece}" if lines else piece
        if lines and text_width(grown, size, semibold=semibold) <= width:
            lines[-1] = grown
        else:
            lines.append(piece)
    return lines or [""]


def _pieces(text: str, width: float, size: float, *, semibold: bool) -> list[str]:
    """Split a text at spaces (not at non-breaking ones), and words wider than `width` between letters."""
    pieces: list[str] = []
    for word in text.replace("\n", " ").replace("\t", " ").split(" "):
        rest = word
        while text_width(rest, size, semibold=semibold) > width and len(rest) > 1:
            cut = len(rest) - 1
            while cut > 1 and text_width(rest[:cut], size, semibold=semibold) > width:
                cut -= 1
            pieces.append(rest[:cut])
            rest = rest[cut:]
        pieces.append(rest)
    return [piece for piece in pieces if piece]
