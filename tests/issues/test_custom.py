"""Which code-books are one's own, who stands for them, and what counts as a province."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from langnghe.issues.codebook import codebook_bytes, parse_codebook
from langnghe.issues.custom import are_provinces, is_custom, is_signed, may_go_below_province, sheltered

SHIPPED = codebook_bytes("labour-vi").decode()


def test_the_shipped_codebook_is_nobodys_own() -> None:
    assert not is_custom(parse_codebook(SHIPPED.encode(), "x"))
    assert may_go_below_province(parse_codebook(SHIPPED.encode(), "x"))


@pytest.mark.parametrize(
    ("old", "new", "custom"),
    [
        ("version = 1\n", "version = 7\n# a note\n", False),
        ('name = { vi = "Tiền lương", en = "Wages" }', 'name = { vi = "Lương bổng", en = "Pay" }', True),
        ('  "tiền lương", "tiền công",', '  "tiền lương", "tiền công", "tiền của", ', True),
        ('counter = ["ca sĩ", ', "counter = [", True),
        ("articles = [103, 104]", "articles = [104]", False),
    ],
)
def test_what_makes_a_codebook_ones_own(old: str, new: str, custom: bool) -> None:  # noqa: FBT001 - a column of the table
    assert old in SHIPPED
    assert is_custom(parse_codebook(SHIPPED.replace(old, new).encode(), "x")) is custom


def signed(text: str, editor: str, signer: str) -> str:
    sha = parse_codebook(text.encode(), "x").content_sha256()
    return f'{text}\n[signature]\neditor = "{editor}"\nsigner = "{signer}"\ndate = "2026-10-01"\nsha256 = "{sha}"\n'


OWN = "[[issue]]\nid = 'bus'\nname = 'Xe'\nseeds = ['xe đưa rước']\n"


def test_a_second_person_opens_groups_and_an_edit_closes_them() -> None:
    text = signed(OWN, "NTH, ban Chính sách", "LVM, phó chủ tịch")
    assert not may_go_below_province(parse_codebook(OWN.encode(), "x"))
    assert may_go_below_province(parse_codebook(text.encode(), "x"))
    assert not is_signed(parse_codebook(text.replace("xe đưa rước", "xe tuyến").encode(), "x"))


def test_nobody_signs_their_own_codebook() -> None:
    assert not is_signed(parse_codebook(signed(OWN, "NTH, ban Chính sách", "nth  ban chinh sach").encode(), "x"))


def test_the_union_by_another_id_is_still_sheltered() -> None:
    text = "[[issue]]\nid = 'meetings'\nseeds = ['hỏi công đoàn', 'gặp công đoàn', 'họp']\n" + OWN
    book = parse_codebook((text + "[[issue]]\nid = 'all'\nmerged = ['treatment']\nseeds = ['x y']\n").encode(), "x")
    assert sheltered(book) == {"union", "treatment", "meetings", "all"}


def test_provinces_are_known_however_they_are_written() -> None:
    rows = tomllib.loads((files("langnghe.vi") / "places.toml").read_text("utf-8"))["place"]
    names = [place["name"] for row in rows for place in (row, *row["former"])]
    assert len(rows) == 34
    assert are_provinces(
        [*names, *(f"Tỉnh {name}" for name in names if "phố" not in name), *map(str.upper, names), None, "", "Khác"]
    )
    assert are_provinces(["TP.HCM", "Thành phố Hồ Chí Minh", "Ha Noi", "Dong Nai province"])


@pytest.mark.parametrize("value", ["Khu công nghiệp Yên Phong", "Thành phố Biên Hòa", "Xưởng 2", "may mặc"])
def test_places_below_a_province_are_none(value: str) -> None:
    assert not are_provinces(["Bắc Ninh", value])


def test_blanks_alone_are_no_province() -> None:
    assert not are_provinces([None, " ", "Khác"])
