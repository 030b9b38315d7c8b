"""Texts: what leaves was written by enough, and what people read inside the study says neither who nor when."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from typing import TYPE_CHECKING

import polars as pl
import pytest

import langnghe as ln
from invented import PETITION, invented_rows, write_rows
from langnghe.errors import SettingError
from langnghe.measure.runs import RUN
from langnghe.words.vocabulary import fold_phrase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

INVENTED = invented_rows(600, seed=4)
ROWS = (
    [
        row | {"Nội dung": row["Nội dung"] + (f" chuyền {number} của tổ may ấy" if number % 40 == 0 else "")}
        for number, row in enumerate(INVENTED)
    ]
    + [
        row | {"Nội dung": text}
        for row, text in zip(
            INVENTED, ["xyzzy", "tối qua đá bóng coi đã ghê", "ai biết tên bài hát này không"], strict=False
        )
    ]
    + [
        row | {"Nội dung": PETITION + end, "Người bình luận": f"Người ký {number}"}
        for number, (row, end) in enumerate(zip(INVENTED, [""] * 20 + ["!!"] * 10, strict=False))
    ]
)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> ln.Study:
    folder = tmp_path_factory.mktemp("masked")
    path = write_rows(folder / "binh-luan.csv", ROWS)
    return ln.Study.create(folder / "q3", settings=ln.Settings(inputs=(str(path),)))


def runs(text: str) -> Iterator[tuple[str, ...]]:
    keys = fold_phrase(" ".join(re.findall(r"\w+", text)))
    yield from (keys[i : i + RUN] for i in range(len(keys) - RUN + 1))


def test_no_run_of_words_in_the_report_or_the_open_data_was_used_by_few(study: ln.Study) -> None:
    used: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for row in ROWS:
        for run in runs(row["Nội dung"]):
            used[run].add(row["Người bình luận"])
    written = ln.save_report(study)
    said = [path.read_text(encoding="utf-8") for path in written if path.suffix in {".json", ".csv", ".html"}]
    lines = [re.sub(r"<[^>]*>", " | ", line) for text in said for line in text.splitlines()]
    found = {run for line in lines for part in re.split(r"[|;\"]", line) for run in runs(part)} & set(used)
    assert next(runs(PETITION)) in found
    assert [run for run in found if len(used[run]) < study.settings.k] == []


def test_the_most_frequent_writing_of_a_shared_message_is_printed(study: ln.Study) -> None:
    (message,) = (
        run.text
        for section in ln.make_report(study).sections
        for block in section.blocks
        for run in getattr(block, "text", ())
        if PETITION in run.text
    )
    assert message == f"“{PETITION}”"


def test_typical_texts_are_weeks_and_words_and_nothing_else(study: ln.Study) -> None:
    texts = ln.typical_texts(study, "wages", most=5)
    assert texts.schema == {"week": pl.Date, "text": pl.String}
    assert len(texts) == 5
    assert {week.weekday() for week in texts["week"] if isinstance(week, dt.date)} == {0}
    assert texts["text"].str.contains("(?i)l[uư][oơ]ng").sum() >= 2, "the classifier errs here and there"
    assert texts["text"].n_unique() == 5


def test_typical_texts_are_the_same_each_time_and_not_in_the_order_of_the_file(study: ln.Study) -> None:
    first, second = (ln.typical_texts(study, "wages", most=8)["text"].to_list() for _ in range(2))
    assert first == second
    order = [row["Nội dung"] for row in ROWS]
    assert [order.index(text) for text in first] != sorted(order.index(text) for text in first)


def test_typical_texts_are_in_no_file_that_leaves(study: ln.Study) -> None:
    texts = ln.typical_texts(study, "wages")["text"].to_list()
    said = [path.read_text(encoding="utf-8") for path in ln.save_report(study) if path.suffix in {".json", ".csv"}]
    assert [text for text in texts if any(text in file for file in said)] == []


def test_an_issue_that_is_not_there_is_refused_by_name(study: ln.Study) -> None:
    with pytest.raises(SettingError, match="found_99"):
        ln.typical_texts(study, "found_99")


def test_texts_that_fit_nothing_can_be_read_inside_the_study(study: ln.Study) -> None:
    placed = set(ln.find_issues(study)["text_id"])
    clean = ln.clean_texts(study)
    unplaced = clean.filter(~pl.col("text_id").is_in(list(placed)))
    messages = ln.find_copies(study).join(unplaced, on="text_id", how="semi")["copy_of"].n_unique()
    texts = ln.typical_texts(study, "undecided", most=3)["text"].to_list()
    assert len(texts) == min(3, messages) > 0
    assert set(texts) <= set(unplaced["text"])


def test_without_authors_no_shared_message_is_printed(tmp_path: Path) -> None:
    rows = [{"Nội dung": row["Nội dung"]} for row in ROWS]
    path = write_rows(tmp_path / "khong-ten.csv", rows)
    study = ln.Study.create(tmp_path / "q3", settings=ln.Settings(inputs=(str(path),)))
    (written,) = ln.save_report(study, tmp_path / "q3.json")
    assert PETITION[:40] not in written.read_text(encoding="utf-8")
