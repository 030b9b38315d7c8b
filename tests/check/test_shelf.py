from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from desk_rows import CHECKS
from langnghe.check import shelf
from langnghe.check.checks import Check
from langnghe.check.match import Matcher
from langnghe.check.said import said_of
from langnghe.check.shelf import shelved

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from langnghe.check.said import Said

MORE = [Check(f"n{i}", f"Công ty ở tỉnh {chr(97 + i)} trả phụ cấp {i}00 nghìn đồng.", f"Phụ cấp {i}") for i in range(6)]
EVERY = [*CHECKS, *MORE]


def same(one: object, other: object) -> bool:
    return all(np.array_equal(getattr(one, f.name), getattr(other, f.name)) for f in fields(one))  # type: ignore[arg-type]


desks = st.lists(st.integers(0, len(EVERY) - 1), unique=True, max_size=len(EVERY))


@settings(max_examples=25, deadline=None)
@given(before=desks, after=desks)
def test_what_is_kept_up_to_date_is_what_would_be_made_anew(
    tmp_path_factory: pytest.TempPathFactory, before: list[int], after: list[int]
) -> None:
    kept, anew = tmp_path_factory.mktemp("kept"), tmp_path_factory.mktemp("anew")
    shelved([EVERY[i] for i in before], kept)
    now = [EVERY[i] for i in after]
    assert all(same(one, other) for one, other in zip(shelved(now, kept), shelved(now, anew), strict=True))


def test_only_checks_that_are_new_or_changed_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def noted(check: Check) -> Said:
        read.append(check.id)
        return said_of(check)

    shelved(CHECKS, tmp_path)
    monkeypatch.setattr(shelf, "said_of", noted)
    shelved(CHECKS, tmp_path)
    assert read == []
    changed = replace(CHECKS[1], wordings=("tết nghỉ chín bữa",))
    now = [CHECKS[0], changed, *CHECKS[3:], MORE[0]]
    matcher = Matcher(now, *shelved(now, tmp_path))
    assert read == [changed.id, MORE[0].id]
    assert matcher.match("tet nghi chin bua").matches[0].check == changed


def test_what_was_cut_off_while_it_was_written_is_made_again(tmp_path: Path) -> None:
    shelved(CHECKS, tmp_path)
    (folder,) = tmp_path.iterdir()
    (folder / "codes.npy").write_bytes(b"half")
    index, table = shelved(CHECKS, tmp_path)
    assert len(index) == len(table) == len(CHECKS)


def test_an_empty_desk_and_its_first_check(tmp_path: Path) -> None:
    index, table = shelved([], tmp_path)
    assert Matcher([], index, table).match("Từ 1/7 bỏ rút BHXH một lần").kind == "not_yet"
    assert len(shelved(CHECKS[:1], tmp_path)[0]) == 1
