"""The nouns of the report: what can't be built, and what can be found in it."""

from __future__ import annotations

import dataclasses

import pytest

from demonstration import demonstration
from langnghe.report.document import Column, Paragraph, Section, Table, line, link, links, printed, strong


def with_sections(*sections: Section) -> None:
    dataclasses.replace(demonstration(), front=(), sections=sections)


def test_a_line_joins_plain_text_and_runs() -> None:
    words = line("Lương ", strong("24 %"), link(" xem", "wages"))
    assert [(run.text, run.style, run.to) for run in words] == [
        ("Lương ", "plain", ""),
        ("24 %", "strong", ""),
        (" xem", "plain", "wages"),
    ]


def test_links_are_found_in_every_part_of_a_document() -> None:
    assert {"wages", "hours", "copies", "issues", "methods"} <= links(demonstration())


@pytest.mark.parametrize("name", ["Wages", "1-wages", "lương", "wages page", "", 'a"b'])
def test_an_id_that_is_no_anchor_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="malformed"):
        with_sections(Section(name, "Lương"))


def test_an_id_used_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="wages"):
        with_sections(Section("wages", "Lương"), Section("wages", "Lương"))


def test_a_link_that_leads_nowhere_is_refused() -> None:
    with pytest.raises(ValueError, match="nowhere"):
        with_sections(Section("wages", "Lương", (Paragraph(line(link("xem", "nowhere"))),)))


def test_a_table_with_a_ragged_row_is_refused() -> None:
    with pytest.raises(ValueError, match="2 cells"):
        Table((Column("Vấn đề"), Column("Tỉ lệ", "number")), (("Lương",),))


def test_every_string_of_a_document_can_be_changed() -> None:
    document = dataclasses.replace(demonstration(), title="Một")
    changed = printed(document, lambda text: text.replace("Một", "Hai"))
    assert changed.title == "Hai"
    assert changed.date == document.date
    assert "Một" not in repr(changed)
