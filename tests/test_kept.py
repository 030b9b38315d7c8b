"""A study whose input files are gone goes on: its masked texts are kept, and batches are added to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import langnghe as ln
from invented import invented_rows, write_rows
from langnghe.verbs import reading_of

if TYPE_CHECKING:
    from pathlib import Path


def kept_study(folder: Path) -> ln.Study:
    first = write_rows(folder / "quy-3.csv", invented_rows(150))
    study = ln.keep_texts(ln.Study.create(folder / "study", ln.read(first)))
    first.unlink()
    return study


def test_the_texts_stay_when_the_file_is_erased_and_the_products_are_thrown_away(tmp_path: Path) -> None:
    study = kept_study(tmp_path)
    before = ln.clean_texts(study)
    assert study.settings.inputs == ()
    for path in sorted((study.folder / "products").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    assert ln.clean_texts(ln.Study.open(study.folder)).equals(before)
    assert len(before) == 150


def test_a_later_file_is_added_to_what_is_kept_as_a_batch_of_its_own(tmp_path: Path) -> None:
    study = kept_study(tmp_path)
    before = ln.clean_texts(study)
    second = write_rows(tmp_path / "quy-4.csv", invented_rows(120, seed=1))
    whole = ln.keep_texts(ln.add_texts(study, second))
    second.unlink()
    texts = ln.clean_texts(whole)
    assert texts.head(150).equals(before)
    assert texts["text_id"].to_list() == list(range(270))
    assert texts["batch"].unique().to_list() == [0, 1]
    assert [file["name"] for file in reading_of(whole)["files"]] == ["quy-3.csv", "quy-4.csv"]


def test_a_file_whose_texts_are_kept_is_not_read_twice(tmp_path: Path) -> None:
    study = kept_study(tmp_path)
    again = write_rows(tmp_path / "ban-sao.csv", invented_rows(150))
    assert len(ln.clean_texts(ln.add_texts(study, again))) == 150


def test_no_author_and_no_personal_data_is_kept(tmp_path: Path) -> None:
    rows = invented_rows(60)
    rows[0]["Nội dung"] = "gọi em số 0912 000 345 nha, lương trễ quá"
    first = write_rows(tmp_path / "quy-3.csv", rows)
    study = ln.keep_texts(ln.Study.create(tmp_path / "study", ln.read(first)))
    kept = ln.clean_texts(study)
    assert "0912" not in "".join(kept["text"])
    for path in (study.folder / "kept").iterdir():
        assert b"0912 000 345" not in path.read_bytes()
        assert "Tài khoản vẽ ra".encode() not in path.read_bytes()
