"""People decide on the issues of a study: what they decide is an edit of its code-book, replayed on every run."""

from __future__ import annotations

import random

import polars as pl
import pytest

import langnghe as ln
from invented import OPENINGS, TROUBLES, invented_rows, write_rows

SAID = [
    "nhờ công đoàn",
    "quản lý quát mắng",
    "gặp công đoàn cơ sở",
    "bị quản lý chửi mắng",
    "hỏi công đoàn",
    "quản lý nạt nộ",
]


def rows_of(count: int, seed: int = 0) -> list[dict[str, str]]:
    """Invented comments with a workshop, a third of them on the union or on how people are treated."""
    chance = random.Random(seed)
    rows = invented_rows(count, seed)
    for number, row in enumerate(rows):
        row["Xưởng"] = f"Xưởng {number % 2 + 1}"
        if number % 3 == 1:
            said = [*chance.sample(TROUBLES, 2), chance.choice(SAID)]
            row["Nội dung"] = ", ".join([chance.choice(OPENINGS), *chance.sample(said, 3)])
    return rows


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> ln.Study:
    folder = tmp_path_factory.mktemp("deciding")
    path = write_rows(folder / "quy3.csv", rows_of(600))
    settings = ln.Settings(inputs=(path.name,), groups=("Tỉnh thành", "Xưởng"), codebook="always")
    study = ln.Study.create(folder / "quy3", settings=settings)
    ln.measure_issues(study)
    return study


def shown_by_group(study: ln.Study) -> dict[str, set[str]]:
    names = [label.id for label in ln.label_issues(study)]
    found: dict[str, set[str]] = {}
    for group, issue in ln.measure_issues(study).groups.filter(~pl.col("hidden")).select("group", "issue").iter_rows():
        found.setdefault(group, set()).add(names[issue])
    return found


def test_the_union_and_treatment_are_shown_by_province_but_never_below(made: ln.Study) -> None:
    shown = shown_by_group(made)
    assert {"union", "treatment", "wages"} <= shown["Tỉnh thành"]
    assert "wages" in shown["Xưởng"]
    assert not {"union", "treatment"} & shown["Xưởng"]


def test_a_codebook_of_ones_own_shows_nothing_below_the_province(made: ln.Study) -> None:
    book = made.codebook_path.read_text(encoding="utf-8")
    made.codebook_path.write_text(book.replace('"Tiền lương"', '"Lương bổng"', 1), encoding="utf-8")
    shown, totals = shown_by_group(made), ln.measure_issues(made).group_totals
    made.codebook_path.write_text(book, encoding="utf-8")
    assert set(shown) == {"Tỉnh thành"}
    assert totals["group"].unique().to_list() == ["Tỉnh thành"]
