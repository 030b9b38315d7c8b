"""What was published before counts: reports on the same texts can't be subtracted from each other."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

import langnghe as ln
from invented import OPENINGS, PLACES, TROUBLES
from langnghe.errors import CheckFailed
from langnghe.ledger import publications, user_folder
from langnghe.measure.disclosure import Links, Then, publish
from langnghe.measure.disclosure.tables import Table
from langnghe.nouns import Rule

if TYPE_CHECKING:
    from pathlib import Path

RULE = Rule(10, "accounts")


def weeks_of(*counts: int) -> dict[str, Table]:
    def table(rows: list[tuple[int, ...]], *columns: str) -> Table:
        counted = pl.DataFrame(rows, schema=[*columns, "texts"], orient="row")
        texts = pl.col("texts")
        same = counted.with_columns(messages=texts, voices=texts, voice=texts.cast(pl.Float64), shown_by=texts)
        return Table(same, {column: column for column in columns})

    return {"total": table([(sum(counts),)]), "weeks": table(list(enumerate(counts)), "week")}


def week(number: int) -> frozenset[tuple[str, Any]]:
    return frozenset({("week", number)})


THEN = Then({week(0): 50.0, week(1): 40.0, week(2): 30.0})


def test_a_week_that_grew_by_a_few_texts_is_hidden() -> None:
    now = publish(weeks_of(53, 40, 90), RULE, Links(earlier=(THEN,)))["weeks"]
    assert now["texts"].to_list() == [
        None,
        40,
        None,
    ]  # 53 would show 3 new texts; with 90 shown too they could be subtracted


def test_a_few_new_texts_in_all_stop_the_publication() -> None:
    with pytest.raises(CheckFailed):
        publish(weeks_of(52, 41, 30), RULE, Links(earlier=(THEN,)))


def test_a_total_that_grew_by_a_few_texts_stops_the_publication() -> None:
    then = Then({**THEN.printed, frozenset(): 120.0})
    with pytest.raises(CheckFailed):
        publish(weeks_of(59, 40, 30), RULE, Links(earlier=(then,)))
    assert publish(weeks_of(60, 40, 30), RULE, Links(earlier=(then,)))["weeks"]["texts"].to_list() == [60, 40, 30]


def test_what_an_earlier_report_printed_protects_nothing() -> None:
    alone = publish(weeks_of(50, 3, 20, 30), RULE)["weeks"]
    after = publish(weeks_of(50, 3, 20, 30), RULE, Links(known=[week(2)]))["weeks"]
    assert alone["texts"].to_list() == [50, None, None, 30]
    assert after["texts"].to_list() == [50, None, 20, None]


def test_a_small_cell_that_is_out_is_not_printed_again() -> None:
    shown = publish(weeks_of(50, 7, 20, 30), RULE, Links(known=[week(1)]))["weeks"]
    assert shown["texts"].to_list() == [50, None, 20, 30]


SAID = [f"{opening} {trouble}" for opening in OPENINGS for trouble in TROUBLES if trouble] + [
    f"{trouble}, chỗ mình ở {place} ai cũng vậy" for place in PLACES for trouble in TROUBLES
]
"""Texts that differ."""


def settings(path: Path, **others: Any) -> ln.Settings:
    return ln.Settings(inputs=(path.as_posix(),), **others)


def written(folder: Path, inputs: Path, **others: Any) -> ln.Figures:
    study = ln.Study.create(folder, settings=settings(inputs, **others))
    ln.save_report(study, folder.parent / f"{folder.name}.json")
    return ln.measure_issues(study)


def comments_of(folder: Path, name: str, rows: list[tuple[int, str, str, str]]) -> Path:
    frame = pl.DataFrame(
        [(SAID[n], f"người {n}", f"{day}/9/2026", place, line) for n, day, place, line in rows],
        schema=["Nội dung", "Người viết", "Ngày", "Tỉnh", "Nơi ở"],
        orient="row",
    )
    path = folder / name
    frame.write_csv(path)
    return path


@pytest.fixture
def rows() -> list[tuple[int, str, str, str]]:
    return [
        (n, "07" if n % 3 else "15", "Hà Nam" if n % 4 else "Hải Dương", "Nam Định" if n % 2 else "Thái Bình")
        for n in range(90)
    ]


def test_a_report_is_kept_in_the_study_and_for_the_user_and_again_is_the_same(
    tmp_path: Path, rows: list[tuple[int, str, str, str]]
) -> None:
    path = comments_of(tmp_path, "a.csv", rows)
    first = written(tmp_path / "one", path)
    kept = publications([user_folder()])
    assert [one.k for one in kept] == [10]
    assert publications([tmp_path / "one" / "ledger"]) == kept
    assert all(texts >= 10 for texts in kept[0].cells.values())
    assert written(tmp_path / "two", path).weeks.equals(first.weeks)
    assert len(publications([user_folder()])) == 1


def test_new_texts_in_a_second_file_are_not_given_away(tmp_path: Path, rows: list[tuple[int, str, str, str]]) -> None:
    folder = tmp_path / "inputs"
    folder.mkdir()
    comments_of(folder, "a.csv", rows)
    before = written(tmp_path / "one", folder).weeks
    comments_of(folder, "b.csv", [(n, "07" if n < 103 else "22", "Hà Nam", "Thái Bình") for n in range(100, 130)])
    after = written(tmp_path / "two", folder).weeks
    grown = before.join(after, on=["issue", "week"], nulls_equal=True).filter(
        ~pl.col("hidden"), ~pl.col("hidden_right")
    )
    added = (grown["texts_right"] - grown["texts"]).to_list()
    assert all(not 0 < count < 10 for count in added)


def test_another_grouping_has_to_name_the_first_one_too(tmp_path: Path, rows: list[tuple[int, str, str, str]]) -> None:
    path = comments_of(tmp_path, "a.csv", rows)
    written(tmp_path / "one", path, groups=("Tỉnh",))
    with pytest.raises(CheckFailed) as failed:
        written(tmp_path / "two", path, groups=("Nơi ở",))
    assert "--group" in failed.value.mend.vi
    written(tmp_path / "three", path, groups=("Tỉnh", "Nơi ở"))


def record_without(*names: str) -> None:
    """The only record of the ledger as another version of the program wrote it, without some fields and with one of its own."""
    (kept,) = user_folder().glob("*.json")
    read = {key: value for key, value in json.loads(kept.read_bytes()).items() if key not in names}
    data = json.dumps({**read, "colour": "blue"}, sort_keys=True).encode()
    kept.unlink()
    (user_folder() / f"{hashlib.sha256(data).hexdigest()}.json").write_bytes(data)


def test_a_record_of_an_earlier_version_is_taken_for_the_strictest(
    tmp_path: Path, rows: list[tuple[int, str, str, str]]
) -> None:
    path = comments_of(tmp_path, "a.csv", rows)
    written(tmp_path / "one", path, groups=("Tỉnh",))
    record_without("asked", "groups", "scope", "definition", "version", "k", "every")
    with pytest.raises(CheckFailed) as failed:
        written(tmp_path / "two", path, groups=("Nơi ở",))
    assert "Tỉnh" in failed.value.mend.vi, "its cells say which groups it has"
    (kept,) = publications([user_folder()])
    assert kept.cells
    assert written(tmp_path / "three", path, groups=("Tỉnh",)).group_totals.height


def test_a_record_that_does_not_say_what_it_is_of_is_refused(
    tmp_path: Path, rows: list[tuple[int, str, str, str]]
) -> None:
    written(tmp_path / "one", comments_of(tmp_path, "a.csv", rows))
    record_without("inputs")
    with pytest.raises(CheckFailed):
        publications([user_folder()])


def test_a_record_that_was_changed_is_refused(tmp_path: Path, rows: list[tuple[int, str, str, str]]) -> None:
    written(tmp_path / "one", comments_of(tmp_path, "a.csv", rows))
    (kept,) = user_folder().glob("*.json")
    kept.write_bytes(kept.read_bytes().replace(b"90", b"91"))
    with pytest.raises(CheckFailed):
        publications([user_folder()])
