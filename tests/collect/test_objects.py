"""JSON in every shape that exports have; the quick way and the slow way read the same."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from langnghe.collect.objects import open_lines
from langnghe.collect.reading import read

if TYPE_CHECKING:
    from pathlib import Path

VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**20), 10**20), st.text(max_size=8), st.lists(st.integers(), max_size=2)
)
OBJECTS = st.lists(st.fixed_dictionaries({"text": VALUES}, optional={"n": VALUES}), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.jsonl", '{"text": "một"}\n\n{"text": "hai"}'),
        ("a.ndjson", '\ufeff{"text": "một", "n": 1}\r\n{"n": 2, "text": "hai"}\r\n'),
        ("a.json", '{"text": "một"}\n{"text": "hai"}\n'),
        ("a.json", '[{"text": "một"}, {"text": "hai"}]'),
        ("a.jsonl", '[{"text": "một"},\n{"text": "hai"}]\n'),
        ("a.json", '{"paging": {"next": 1}, "data": [{"text": "một"}, {"text": "hai"}]}'),
        ("a.json", '["một", "hai"]'),
        ("a.csv", '{"text": "một"}\n{"text": "hai"}\n'),
        ("a.json", '[{"text": "m\\u1ed9t"}, {"text": "hai"}]'),
    ],
)
def test_shapes(tmp_path: Path, name: str, raw: str) -> None:
    (tmp_path / name).write_text(raw, encoding="utf-8", newline="")
    assert read(tmp_path / name).frame()["text"].to_list() == ["một", "hai"]


def test_one_object_is_one_text(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{\n "text": "một"\n}', encoding="utf-8")
    assert read(tmp_path / "a.json").frame()["text"].to_list() == ["một"]


def test_a_nested_author_is_an_account(tmp_path: Path) -> None:
    lines = ['{"text": "a b", "from": {"id": 1, "name": "An"}}', '{"text": "c d", "from": {"name": "An", "id": 1}}']
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    assert read(tmp_path / "a.jsonl", k=1).frame()["voice"].to_list() == [0.5, 0.5]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(OBJECTS)
def test_both_ways_of_reading_lines_agree(tmp_path: Path, objects: list[dict[str, object]]) -> None:
    lines = [json.dumps(one, ensure_ascii=False) for one in objects]
    quick, slow = tmp_path / "quick.jsonl", tmp_path / "slow.jsonl"
    quick.write_text("\n".join(lines), encoding="utf-8", newline="")
    slow.write_text("\n".join([*lines, "{bad"]), encoding="utf-8", newline="")
    one, two = (open_lines(path).rows(("text",), "text").batches() for path in (quick, slow))
    assert next(one).rows() == next(two).rows()[:-1]
