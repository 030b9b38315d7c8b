"""Well-formed files go the fast way; it must read what Python's csv module reads."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langnghe.collect.delimited import open_delimited
from langnghe.collect.structure import check

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

CELLS = st.text(alphabet='ab,;"\n \r\tậ', max_size=6)


def written(rows: Sequence[Sequence[str]], line: str = "\r\n") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=line).writerows(rows)
    return out.getvalue().encode()


@settings(max_examples=60)
@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=8), st.integers(1, 9))
def test_what_a_csv_writer_writes_is_well_formed_in_any_cut(rows: list[tuple[str, str, str]], cut: int) -> None:
    data = written(rows)
    blocks = [data[at : at + cut] for at in range(0, len(data), cut)]
    seen = check(blocks, ",", 3)
    assert seen.good
    assert seen.records == len(rows)


@pytest.mark.parametrize(
    ("data", "good"),
    [
        (b"a,b\n1,2\n", True),
        (b"a,b\n1,2", True),
        (b"a,b\n\n1,2\n\n", True),
        (b'a,b\n"x\ny",2\r\n', True),
        (b'a,b\n"x""y",2\n', True),
        (b"a,b\n1\n", False),
        (b"a,b\n1,2,3\n", False),
        (b'a,b\n"1,2\n', False),
        (b'a,b\nx"y",2\n', False),
        (b'a,b\n"x"y,2\n', False),
        (b'a,b\n"x\n"y",2\n', False),
        (b"a,b\r1,2\r3,4\r", False),
    ],
)
def test_broken_rows_and_quotes_are_seen(data: bytes, good: bool) -> None:  # noqa: FBT001 - a table of cases
    for cut in (1, 3, 1000):
        assert check([data[at : at + cut] for at in range(0, len(data), cut)], ",", 2).good is good


def test_blank_lines_are_told() -> None:
    assert check([b"a,b\n\n1,2\n\r\n"], ",", 2).blank == (1, 3)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=8))
def test_the_fast_way_reads_what_the_csv_module_reads(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]]
) -> None:
    path: Path = tmp_path_factory.mktemp("fast") / "a.csv"
    path.write_bytes(written([("text", "date", "label"), *rows]))
    table = open_delimited(path)
    read = table.rows(table.columns, "text")
    got = [tuple(cell or "" for cell in row[1:]) for batch in read.batches() for row in batch.iter_rows()]
    assert not read.repaired
    assert got == rows
