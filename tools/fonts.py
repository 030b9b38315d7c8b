"""Make the fonts of the report, their licence files and the table of advance widths.

Development only; the results are committed. It needs fonttools and brotli, and the unpacked npm packages
`@fontsource/source-serif-4` and `@fontsource/be-vietnam-pro` (version 5):

    python tools/fonts.py SOURCE_SERIF_PACKAGE BE_VIETNAM_PRO_PACKAGE

What it does, face by face: takes the subsets latin, latin-ext and vietnamese, keeps the characters of `WANTED`, drops
hinting, merges them, adds the signs that the faces lack (arrows, ≥, ●, ▲ …; drawn below from straight lines and
circles) and, to the sans, tabular figures (`tnum`). As 'Source' is a reserved font name, and both faces are changed,
they get names of their own: Lang Nghe Serif and Lang Nghe Sans.
"""

from __future__ import annotations

import json
import math
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.merge import Merger
from fontTools.misc.transform import Offset
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

TARGET = Path(__file__).parent.parent / "src" / "langnghe" / "report" / "faces"
DATE = 3_850_000_000  # seconds since 1904: head.created and head.modified, so that the bytes are the same each time
VIETNAMESE = unicodedata.normalize(
    "NFC",
    "".join(
        form + tone
        for vowel in "aăâeêioôơuưy"
        for form in (vowel, vowel.upper())
        for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    ),
)
WANTED = (
    {chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x180))}
    | set(VIETNAMESE)
    | set("ƠơƯưȘșȚț–—‘’‚“”„†•…‹›€₫−™\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323\u2009\u200b\u202f\u2044")
) - {"\xad"}


@dataclass(frozen=True)
class Face:
    """One face: family and style of ours, file stem of the source, thickness of the signs that are drawn."""

    family: str
    style: str
    source: str
    stem: str
    stroke: int


FACES = (
    Face("Lang Nghe Serif", "Regular", "source-serif-4-{}-400-normal", "serif-regular", 60),
    Face("Lang Nghe Serif", "SemiBold", "source-serif-4-{}-600-normal", "serif-semibold", 84),
    Face("Lang Nghe Serif", "Italic", "source-serif-4-{}-400-italic", "serif-italic", 58),
    Face("Lang Nghe Sans", "Regular", "be-vietnam-pro-{}-400-normal", "sans-regular", 74),
    Face("Lang Nghe Sans", "SemiBold", "be-vietnam-pro-{}-600-normal", "sans-semibold", 108),
)

Points = list[tuple[float, float]]


def bar(start: tuple[float, float], end: tuple[float, float], stroke: float) -> Points:
    """Draw a straight stroke from `start` to `end` as a rectangle (clockwise, as TrueType fills)."""
    (x0, y0), (x1, y1) = start, end
    length = math.hypot(x1 - x0, y1 - y0)
    dx, dy = (y1 - y0) / length * stroke / 2, (x1 - x0) / length * stroke / 2
    return [(x0 - dx, y0 + dy), (x1 - dx, y1 + dy), (x1 + dx, y1 - dy), (x0 + dx, y0 - dy)]


def square(x: float, y: float, side: float) -> Points:
    """Draw a filled square from its lower left corner."""
    return [(x, y), (x, y + side), (x + side, y + side), (x + side, y)]


def circle(x: float, y: float, radius: float) -> Points:
    """Draw the off-curve points of a circle of eight quadratic arcs, clockwise."""
    reach = radius / math.cos(math.pi / 8)
    return [(x + reach * math.cos(-k * math.pi / 4), y + reach * math.sin(-k * math.pi / 4)) for k in range(8)]


def signs(stroke: int) -> dict[str, tuple[int, list[Points], list[Points]]]:
    """Give each sign that faces lack: advance width, straight contours, round contours (reversed ones are holes)."""
    half, low, high, axis = stroke / 2, 120, 560, 330
    right = [
        bar((70, axis), (860, axis), stroke),
        bar((600, axis + 240), (890, axis - 20), stroke),
        bar((600, axis - 240), (890, axis + 20), stroke),
    ]
    up = [bar((330, -20), (330, 660), stroke), bar((90, 440), (350, 730), stroke), bar((570, 440), (310, 730), stroke)]
    down = [bar((330, 730), (330, 40), stroke), bar((90, 270), (350, -20), stroke), bar((570, 270), (310, -20), stroke)]
    left = [[(930 - x, y) for x, y in reversed(points)] for points in right]
    above: Points = [(40, low), (330, low + 520), (620, low)]
    below: Points = [(40, low + 520), (620, low + 520), (330, low)]
    greater = [bar((80, 620), (545, 405), stroke), bar((80, 180), (545, 395), stroke), bar((80, 40), (560, 40), stroke)]
    less = [[(640 - x, y) for x, y in reversed(points)] for points in greater]
    inner = square(90 + stroke, 90 + stroke, 500 - 2 * stroke)[::-1]
    tick = [bar((70, 330), (265, 90), stroke), bar((240, 90), (620, 640), stroke)]
    wave: Points = [(70, -20), (70, 60), (230, 130), (420, 40), (570, 110), (570, 30), (420, -40), (230, 50)]
    waves: list[Points] = [[(x, y + lift) for x, y in wave] for lift in (210, 390)]
    dagger: list[Points] = [
        bar((250, 700), (250, -120), stroke),
        bar((60, 480), (440, 480), stroke),
        bar((60, 110), (440, 110), stroke),
    ]
    return {
        "→": (930, right, []),
        "←": (930, left, []),
        "↑": (660, up, []),
        "↓": (660, down, []),
        "▲": (660, [above], []),
        "▼": (660, [below], []),
        "≥": (640, greater, []),
        "≤": (640, less, []),
        "■": (680, [square(90, 90, 500)], []),
        "□": (680, [square(90, 90, 500), inner], []),
        "●": (680, [], [circle(340, 340, 250)]),
        "○": (680, [], [circle(340, 340, 250), circle(340, 340, 250 - stroke)[::-1]]),
        "✓": (690, tick, []),
        "≈": (640, waves, []),
        "‡": (500, dagger, []),
        "×": (600, [bar((90, 120), (510, 540), stroke), bar((90, 540), (510, 120), stroke)], []),
        "≠": (
            640,
            [
                bar((70, 420), (570, 420), stroke),
                bar((70, 230), (570, 230), stroke),
                bar((200 - half, 40), (440 + half, high + 70), stroke),
            ],
            [],
        ),
    }


def outline(straight: list[Points], rounded: list[Points]) -> Any:  # noqa: ANN401 - fontTools has no types
    """Turn contours into a TrueType glyph."""
    pen = TTGlyphPen(None)
    for points in straight:
        pen.moveTo(points[0])
        for point in points[1:]:
            pen.lineTo(point)
        pen.closePath()
    for points in rounded:
        pen.qCurveTo(*points, None)
        pen.closePath()
    return pen.glyph()


def add_glyph(font: TTFont, name: str, glyph: Any, advance: int) -> None:  # noqa: ANN401 - likewise
    """Add a glyph under a name."""
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"].glyphs[name] = glyph
    font["glyf"].glyphOrder = font.getGlyphOrder()
    font["hmtx"][name] = (advance, getattr(glyph, "xMin", 0))


def map_character(font: TTFont, character: str, name: str) -> None:
    """Let a character be drawn by a glyph."""
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[ord(character)] = name


def add_signs(font: TTFont, stroke: int) -> None:
    """Add the signs that the face lacks, narrow spaces and the non-breaking hyphen."""
    covered = font.getBestCmap()
    for character, (advance, straight, rounded) in signs(stroke).items():
        if ord(character) not in covered or character == "×":
            glyph = outline(straight, rounded)
            name = f"sign{ord(character):04X}"
            add_glyph(font, name, glyph, advance)
            glyph.recalcBounds(font["glyf"])
            font["hmtx"][name] = (advance, glyph.xMin)
            map_character(font, character, name)
    for character, width in (("\u2009", 200), ("\u202f", 200), ("\u200b", 0)):
        if ord(character) not in covered:
            add_glyph(font, f"uni{ord(character):04X}", TTGlyphPen(None).glyph(), width)
            map_character(font, character, f"uni{ord(character):04X}")
    map_character(font, "\u2011", covered[ord("-")])


def add_tabular_figures(font: TTFont) -> None:
    """Add figures of one width as the feature `tnum`; a figure wider than that is drawn a little narrower."""
    names = [font.getBestCmap()[ord(digit)] for digit in "0123456789"]
    width = round(sorted(font["hmtx"][name][0] for name in names)[5])
    for name in names:
        advance = font["hmtx"][name][0]
        squeeze = min(1.0, width / advance)
        pen = TTGlyphPen(font.getGlyphSet())
        shift = Offset((width - advance * squeeze) / 2, 0).scale(squeeze, 1)
        font.getGlyphSet()[name].draw(TransformPen(pen, shift))
        glyph = pen.glyph()
        add_glyph(font, f"{name}.tnum", glyph, width)
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][f"{name}.tnum"] = (width, glyph.xMin)
    plain, tabular = " ".join(names), " ".join(f"{name}.tnum" for name in names)
    rules = f"feature tnum {{ sub [{plain}] by [{tabular}]; }} tnum;"
    keep_features(font, rules)


def keep_features(font: TTFont, rules: str) -> None:
    """Add feature rules beside the features that the font has (feaLib replaces the whole table)."""
    old = font.get("GSUB")
    addOpenTypeFeaturesFromString(font, rules, tables=["GSUB"])
    if old is not None:
        merge_feature(old.table, font["GSUB"].table)
        font["GSUB"] = old


def merge_feature(old: Any, new: Any) -> None:  # noqa: ANN401 - likewise
    """Append the one lookup and the one feature of `new` to `old`, for every script and language."""
    number = len(old.LookupList.Lookup)
    old.LookupList.Lookup.append(new.LookupList.Lookup[0])
    record = new.FeatureList.FeatureRecord[0]
    record.Feature.LookupListIndex = [number]
    index = len(old.FeatureList.FeatureRecord)
    old.FeatureList.FeatureRecord.append(record)
    for script in old.ScriptList.ScriptRecord:
        systems = [script.Script.DefaultLangSys, *(lang.LangSys for lang in script.Script.LangSysRecord)]
        for system in filter(None, systems):
            system.FeatureIndex.append(index)


def subset(path: Path, wanted: set[int]) -> TTFont:
    """Read one source file and keep the wanted characters, without hinting."""
    font = TTFont(path)
    options = Options(
        hinting=False, layout_features=["kern", "mark", "mkmk", "ccmp", "locl", "liga", "tnum", "pnum", "frac"]
    )
    options.name_IDs, options.notdef_outline, options.glyph_names = ["*"], True, True
    cutter = Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    for table in ("STAT", "BASE", "gasp", "prep", "fpgm", "cvt "):
        if table in font:
            del font[table]
    return font


def merged(package: Path, face: Face, work: Path) -> TTFont:
    """Merge the subsets of one face; each character comes from the first subset that has it."""
    left = {ord(character) for character in WANTED}
    paths = []
    for part in ("latin", "latin-ext", "vietnamese"):
        source = package / "files" / f"{face.source.format(part)}.woff2"
        have = set(TTFont(source).getBestCmap()) & left
        left -= have
        path = work / f"{face.stem}-{part}.ttf"
        font = subset(source, have)
        font.flavor = None
        font.save(path)
        paths.append(str(path))
    return Merger().merge(paths)


def rename(font: TTFont, face: Face) -> None:
    """Give the face its own name; the copyright notice of the source stays."""
    notice = font["name"].getDebugName(0)
    font["name"].names = []
    bold, italic = face.style == "SemiBold", face.style == "Italic"
    linked = {"Regular": "Regular", "SemiBold": "Bold", "Italic": "Italic"}[face.style]
    plain = face.family.replace(" ", "")
    names = {
        0: notice,
        1: face.family,
        2: linked,
        3: f"{plain}-{face.style}-1",
        4: f"{face.family} {face.style}",
        5: "Version 1.000",
        6: f"{plain}-{face.style}",
        13: "This Font Software is licensed under the SIL Open Font License, Version 1.1.",
        14: "https://openfontlicense.org",
    }
    for number, text in names.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    os2, head = font["OS/2"], font["head"]
    os2.usWeightClass = 600 if bold else 400
    os2.fsSelection = (os2.fsSelection & ~0x61) | (0x20 if bold else 0x01 if italic else 0x40)
    os2.fsType = 0
    head.macStyle = (1 if bold else 0) | (2 if italic else 0)
    head.created = head.modified = DATE
    font.recalcTimestamp = False


def widths(font: TTFont) -> dict[str, int]:
    """Give the advance width of every character, in thousandths of the type size."""
    scale = 1000 / font["head"].unitsPerEm
    return {chr(code): round(font["hmtx"][name][0] * scale) for code, name in sorted(font.getBestCmap().items())}


def by_width(table: dict[str, int]) -> dict[str, str]:
    """Turn character → width into width → characters: a smaller file that still reads well in a diff."""
    groups: dict[str, str] = {}
    for character, width in sorted(table.items(), key=lambda pair: (pair[1], pair[0])):
        groups[str(width)] = groups.get(str(width), "") + character
    return groups


def make(face: Face, package: Path, work: Path) -> dict[str, str]:
    """Make one face as TTF and WOFF2; give back its widths."""
    font = merged(package, face, work)
    add_signs(font, face.stroke)
    if face.family == "Lang Nghe Sans":
        add_tabular_figures(font)
    rename(font, face)
    font.save(TARGET / f"{face.stem}.ttf", reorderTables=True)
    font.flavor = "woff2"
    font.save(TARGET / f"{face.stem}.woff2", reorderTables=True)
    return by_width(widths(font))


def licence(package: Path, notices: str) -> str:
    """Give the text of the licence, under notices of copyright that are complete."""
    text = (package / "LICENSE").read_text(encoding="utf-8")
    return notices + "\n\n" + text[text.index("This Font Software is licensed") :].strip() + "\n"


SERIF_NOTICE = """© 2014 - 2021 Adobe Systems Incorporated (http://www.adobe.com/), with Reserved Font Name ‘Source’.
Lang Nghe Serif is a modified version of Source Serif 4 (regular, semibold, italic): subsets merged, hinting dropped,
arrows and signs added, renamed. Changes © 2026 The Lắng Nghe authors."""
SANS_NOTICE = """Copyright 2021 The Be Vietnam Pro Project Authors (https://github.com/bettergui/BeVietnamPro)
Lang Nghe Sans is a modified version of Be Vietnam Pro (regular, semibold): subsets merged, hinting dropped, arrows,
signs and tabular figures added, renamed. Changes © 2026 The Lắng Nghe authors."""


def main(serif: Path, sans: Path, work: Path) -> None:
    """Make everything."""
    TARGET.mkdir(parents=True, exist_ok=True)
    table = {face.stem: make(face, serif if "Serif" in face.family else sans, work) for face in FACES}
    text = json.dumps(table, ensure_ascii=False, indent=0)
    (TARGET / "widths.json").write_text(text + "\n", encoding="utf-8")
    (TARGET / "OFL-serif.txt").write_text(licence(serif, SERIF_NOTICE), encoding="utf-8")
    (TARGET / "OFL-sans.txt").write_text(licence(sans, SANS_NOTICE), encoding="utf-8")


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        main(Path(sys.argv[1]), Path(sys.argv[2]), Path(folder))
