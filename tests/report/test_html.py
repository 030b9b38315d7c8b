"""The HTML file: complete in itself, safe, and readable with the keyboard, on paper and by a screen reader."""

from __future__ import annotations

import dataclasses
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from typing_extensions import override

from demonstration import demonstration
from langnghe.report.document import Paragraph, Section, line
from langnghe.report.fonts import missing_glyphs
from langnghe.report.html import html

HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)> {{ 7*7 }} {% raw %}'


class Reader(HTMLParser):
    """Collects tags with their attributes, and the text that people see."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.open.append(tag)

    @override
    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass

    @override
    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & set(self.open):
            self.text += data


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(text)
    return reader


@pytest.fixture(scope="module")
def page() -> str:
    return html(demonstration())


@pytest.fixture(scope="module")
def reader(page: str) -> Reader:
    return read(page)


def values(reader: Reader, name: str) -> list[str]:
    return [
        value for _, attributes in reader.tags for key, value in attributes.items() if key == name and value is not None
    ]


def test_nothing_is_fetched_and_nothing_runs(page: str, reader: Reader) -> None:
    assert {tag for tag, _ in reader.tags} & {"script", "link", "iframe", "object", "img", "base", "form"} == set()
    assert all(value.startswith("#") for value in values(reader, "href"))
    assert values(reader, "src") == []
    assert not any(key.startswith("on") or key == "style" for _, attributes in reader.tags for key in attributes)
    assert all(target.startswith(("data:font/woff2", "#c")) for target in re.findall(r"url\(([^)]{0,20})", page))
    assert "@import" not in page
    assert "default-src 'none'" in page


def test_every_link_leads_somewhere_and_ids_are_unique(reader: Reader) -> None:
    ids = values(reader, "id")
    assert len(ids) == len(set(ids))
    assert {value[1:] for value in values(reader, "href")} <= set(ids)
    named = " ".join(values(reader, "aria-labelledby")).split()
    assert set(named) <= set(ids)


def test_every_character_has_a_glyph(reader: Reader) -> None:
    assert missing_glyphs(reader.text) == set()


def test_a_document_says_its_language_title_and_state(page: str, reader: Reader) -> None:
    assert ("html", {"lang": "vi"}) in reader.tags
    assert "<title>Người lao động nói gì trong quý III năm 2026 (bản nháp)</title>" in page
    assert reader.text.count("Bản nháp") >= 6
    assert "Bản nháp" not in read(html(demonstration("final"))).text.replace("Bản nháp:", "")


def test_headings_go_down_one_level_at_a_time(reader: Reader) -> None:
    levels = [int(tag[1]) for tag, _ in reader.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_each_figure_has_a_text_for_those_who_do_not_see_it_and_a_table_behind_it(reader: Reader) -> None:
    figures = [tag for tag, _ in reader.tags if tag == "figure"]
    alts = [
        attributes["aria-label"] for tag, attributes in reader.tags if tag == "div" and attributes.get("role") == "img"
    ]
    assert len(figures) == len(alts) == 5
    assert all(len(alt or "") > 30 for alt in alts)
    assert len([tag for tag, _ in reader.tags if tag == "details"]) == 5


def test_suppressed_cells_are_marked_and_explained(page: str) -> None:
    assert '<span class="suppressed">×</span>' in page
    assert "× không in: quá ít, hoặc để không ai tính ngược ra một số quá ít." in page


def test_text_from_outside_stays_text() -> None:
    section = Section("hostile", HOSTILE, (Paragraph(line(HOSTILE)),))
    document = dataclasses.replace(demonstration(), title=HOSTILE, reporter=HOSTILE, front=(), sections=(section,))
    reader = read(html(document))
    assert {tag for tag, _ in reader.tags} & {"script", "img"} == set()
    assert reader.text.count("{{ 7*7 }}") >= 4


def test_uncovered_characters_are_printed_as_boxes() -> None:
    document = dataclasses.replace(demonstration(), title="Lương 🙏 汉")
    assert "<h1>Lương □ □</h1>" in html(document)


def test_the_same_document_gives_the_same_text(page: str) -> None:
    assert html(demonstration()) == page
