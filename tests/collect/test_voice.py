"""One account's voice, shared among its texts, that names nobody."""

from __future__ import annotations

from collections import Counter

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langnghe.collect.voice import account_keys, fall, share_voice

NAMES = st.sampled_from([f"Bạn {n}" for n in range(40)])
FILES = st.lists(
    st.lists(st.one_of(NAMES, st.sampled_from(["", "Ẩn danh", "Facebook user"])), max_size=60), min_size=1, max_size=3
)


def voices(*files: list[str | None], k: int = 1, seed: int = 7) -> list[list[float]]:
    keys = [account_keys(pl.Series(names, dtype=pl.String), seed) for names in files]
    return [voice.to_list() for voice in share_voice(keys, k)]


@pytest.mark.parametrize(
    ("texts", "voice"), [(1, 1.0), (2, 0.5), (3, 0.25), (4, 0.25), (5, 0.125), (8, 0.125), (9, 0.0625), (1000, 2**-10)]
)
def test_one_over_n_rounded_down_to_a_power_of_one_half(texts: int, voice: float) -> None:
    assert voices(["An"] * texts) == [[voice] * texts]


def test_the_same_name_in_two_files_is_one_account() -> None:
    assert voices(["An", "Bình"], ["An"]) == [[0.5, 1.0], [0.5]]


def test_spelling_of_a_name_does_not_matter() -> None:
    assert voices(["Hoà", " hoà ", "Ho\u0061\u0300".replace("oa\u0300", "oa\u0300")]) == [[0.25] * 3]


@pytest.mark.parametrize(
    "name",
    [
        None,
        "",
        "  ",
        "-",
        "Ẩn danh",
        "ẨN DANH",
        "Người dùng Facebook",
        "Facebook User",
        "N/A",
        "null",
        "Thành viên ẩn danh 123",
    ],
)
def test_blank_and_generic_names_are_one_account(name: str | None) -> None:
    assert voices([name, "anonymous", "An"]) == [[0.5, 0.5, 1.0]]


@pytest.mark.parametrize(
    ("accounts", "voice"),
    [
        ({0: 10, 1: 10}, {0: 1.0, 1: 0.5}),
        ({0: 9, 1: 1}, {0: 0.5, 1: 0.5}),
        ({0: 500, 1: 3, 2: 8}, {0: 1.0, 1: 0.25, 2: 0.25}),
        ({0: 500, 1: 3, 2: 4}, {0: 1.0, 1: 0.0, 2: 0.0}),
        ({0: 3}, {0: 0.0}),
        ({}, {}),
    ],
)
def test_values_of_too_few_accounts_fall_to_the_next(accounts: dict[int, int], voice: dict[int, float]) -> None:
    assert fall(accounts, 10) == voice


@settings(max_examples=40)
@given(FILES, st.integers(1, 12), st.lists(st.booleans(), min_size=180, max_size=180))
def test_no_group_of_texts_speaks_with_more_voice_than_its_accounts(
    files: list[list[str | None]], k: int, chosen: list[bool]
) -> None:
    told = [voice for file in voices(*files, k=k) for voice in file]
    names = [name for file in files for name in file]
    group = [(name, voice) for name, voice, yes in zip(names, told, chosen, strict=False) if yes]
    assert sum(voice for _, voice in group) <= len({name for name, _ in group})


@settings(max_examples=40)
@given(FILES, st.integers(1, 12))
def test_each_value_above_zero_is_shared_by_at_least_k_accounts(files: list[list[str | None]], k: int) -> None:
    told = voices(*files, k=k)
    generic = {"", "Ẩn danh", "Facebook user"}
    pairs = {
        ("" if name in generic else name, v)
        for file, own in zip(files, told, strict=True)
        for name, v in zip(file, own, strict=True)
    }
    shared = Counter(voice for _, voice in pairs)
    assert all(count >= k for voice, count in shared.items() if voice)


@settings(max_examples=40)
@given(FILES, st.integers(1, 12), st.permutations(range(40)), st.integers(0, 2**62))
def test_renaming_all_accounts_changes_nothing(
    files: list[list[str | None]], k: int, order: list[int], seed: int
) -> None:
    renamed = {f"Bạn {old}": f"Tài khoản số {new}" for old, new in enumerate(order)}
    others: list[list[str | None]] = [[renamed.get(name or "", name) for name in file] for file in files]
    assert voices(*files, k=k) == voices(*others, k=k, seed=seed)
