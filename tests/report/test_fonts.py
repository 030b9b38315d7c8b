"""Every letter has a glyph, and text is as wide as the fonts say."""

from __future__ import annotations

import io
import unicodedata

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from langnghe.report.fonts import FACES, FOLDER, Face, advances, missing_glyphs, printable, text_width, wrap
from langnghe.report.labels import LABELS, REACTIONS

TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
VIETNAMESE = (
    "".join(unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" for tone in TONES) + "đĐ"
)
SIGNS = "–—“”‘’«»‹›…•·×±−≥≤½¼→↑↓▲▼●○□■✓†‡₫%≈≠\u00a0\u202f\u2011"


def test_vietnamese_and_the_signs_of_the_report_are_covered() -> None:
    assert missing_glyphs(VIETNAMESE + SIGNS + "0123456789") == set()


def test_all_words_of_the_renderers_are_covered() -> None:
    words = "".join(say.vi + say.en for say in (*LABELS.values(), *REACTIONS.values()))
    assert missing_glyphs(words) == set()


def test_what_is_not_covered_is_found_and_replaced() -> None:
    assert missing_glyphs("lương 汉🙏") == {"汉", "🙏"}
    assert printable("lương 汉👍🏽\u200d\u0000\u2003!") == "lương □□□ !"


@given(st.text())
def test_printable_text_is_covered_and_stays_as_it_is(text: str) -> None:
    once = printable(text)
    assert missing_glyphs(once) == set()
    assert printable(once) == once


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.stem)
def test_the_table_of_widths_is_that_of_the_font(face: Face) -> None:
    font = TTFont(io.BytesIO(face.read("ttf")))
    scale = 1000 / font["head"].unitsPerEm
    widths = {chr(code): round(font["hmtx"][name][0] * scale) for code, name in font.getBestCmap().items()}
    assert advances(face.stem) == widths


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.stem)
def test_both_files_of_a_face_hold_the_same_letters_and_no_reserved_name(face: Face) -> None:
    ttf, woff2 = (TTFont(io.BytesIO(face.read(ending))) for ending in ("ttf", "woff2"))
    assert set(ttf.getBestCmap()) == set(woff2.getBestCmap())
    names = [ttf["name"].getDebugName(number) for number in (1, 3, 4, 6)]
    assert all(name.replace(" ", "").startswith(face.family.replace(" ", "")) for name in names)
    assert ttf["OS/2"].fsType == 0


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.stem)
def test_tabular_figures_have_one_width(face: Face) -> None:
    font = TTFont(io.BytesIO(face.read("ttf")))
    names = [font.getBestCmap()[ord(digit)] for digit in "0123456789"]
    widths = {font["hmtx"][f"{name}.tnum" if f"{name}.tnum" in font.getGlyphOrder() else name][0] for name in names}
    assert len(widths) == 1
    if f"{names[0]}.tnum" in font.getGlyphOrder():
        assert "tnum" in {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}


def test_the_fonts_are_small_and_their_licences_are_there() -> None:
    assert sum(len(face.read("woff2")) for face in FACES) < 250_000
    for name in ("OFL-serif.txt", "OFL-sans.txt"):
        assert "SIL OPEN FONT LICENSE Version 1.1" in (FOLDER / name).read_text(encoding="utf-8")
    assert "Reserved Font Name ‘Source’" in (FOLDER / "OFL-serif.txt").read_text(encoding="utf-8")


LETTERS = st.text(st.sampled_from(VIETNAMESE + "abc mnop rst   ,"), max_size=120)


@given(LETTERS, st.floats(30, 400))
def test_wrapped_lines_fit_and_lose_nothing(text: str, width: float) -> None:
    lines = wrap(text, width, 13)
    assert all(text_width(line, 13) <= width or len(line) == 1 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_wrapped_lines_are_of_about_one_length() -> None:
    assert wrap("Suất ăn ca, căng tin và ngộ độc thực phẩm", 240, 13) == [
        "Suất ăn ca, căng tin",
        "và ngộ độc thực phẩm",
    ]
