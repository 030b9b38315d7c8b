"""Parquet: typed columns, and names of files that look like patterns."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import polars as pl
import pytest

from langnghe.collect import read

if TYPE_CHECKING:
    from pathlib import Path


def test_typed_columns_are_read_as_what_they_say(tmp_path: Path) -> None:
    late = dt.datetime(2026, 9, 12, 20, 0, tzinfo=dt.UTC)
    frame = pl.DataFrame(
        {
            "text": ["một", "hai", None],
            "created_at": [late, late, late],
            "author_id": [7, 7, 8],
            "tỉnh": pl.Series(["Huế", "Huế", "Huế"], dtype=pl.Categorical),
            "tags": [["a"], [], ["b"]],
        }
    )
    frame.write_parquet(tmp_path / "a.parquet")
    texts = read(tmp_path / "a.parquet", k=1, as_of=dt.date(2026, 10, 1))
    assert texts.frame().select("text", "date", "voice", "group.tỉnh").rows() == [
        ("một", dt.date(2026, 9, 13), 0.5, "Huế"),
        ("hai", dt.date(2026, 9, 13), 0.5, "Huế"),
    ]
    assert texts.left_out.rows() == [("a.parquet", 4, "empty_text")]


@pytest.mark.parametrize("kind", ["parquet", "csv", "jsonl", "xlsx"])
def test_a_name_with_brackets_is_a_name_and_no_pattern(tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "quý [3]"
    folder.mkdir()
    path = folder / f"ý kiến [1].{kind}"
    frame = pl.DataFrame({"text": ["xin chào"]})
    write = {
        "parquet": frame.write_parquet,
        "csv": frame.write_csv,
        "jsonl": frame.write_ndjson,
        "xlsx": frame.write_excel,
    }
    write[kind](path)  # type: ignore[operator]
    assert read(path).frame()["text"].to_list() == ["xin chào"]
