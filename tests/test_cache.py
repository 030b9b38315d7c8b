"""What is learnt once: the same results with it and without it, and nothing depends on its folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from langnghe.cache import MOST_FILES, NO_CACHE, Cache, read_arrays, user_cache, write_arrays
from langnghe.issues.codebook import read_codebook
from langnghe.issues.codes import learn_reactions
from langnghe.issues.features import hashed
from langnghe.issues.knowledge import words_of

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = [
    "Lương tháng này trả chậm, tăng ca không tính",
    "cơm ca toàn rau, có hôm bị thiu",
    "ok",
    "bao giờ có thưởng tết?",
]


def _learnt(cache: Cache) -> tuple[bytes, str]:
    """By a code-book that lacks a reaction's phrases: what the other one teaches comes with the package."""
    texts, reactions = hashed(*words_of(TEXTS)), read_codebook("labour-vi").reactions[1:]
    found = learn_reactions(reactions, None, 0, texts, cache)
    return found.probabilities(texts).tobytes(), repr(found.stated)


def test_what_was_learnt_before_gives_the_same_bytes(tmp_path: Path) -> None:
    cache = Cache(tmp_path, "v1")
    first = _learnt(cache)
    kept = {path.name: path.stat().st_ino for path in tmp_path.iterdir()}
    assert len(kept) == 1
    assert _learnt(cache) == first
    assert {path.name: path.stat().st_ino for path in tmp_path.iterdir()} == kept  # nothing was learnt again
    assert _learnt(NO_CACHE) == first


def _made(cache: Cache, what: object = "a", value: int = 1) -> int:
    return int(cache.arrays(what, lambda: {"x": np.array([value])})["x"][0])


def test_arrays_are_made_once_for_each_thing_and_each_version_of_the_program(tmp_path: Path) -> None:
    assert _made(Cache(tmp_path, "v1"), value=1) == 1
    assert _made(Cache(tmp_path, "v1"), value=2) == 1
    assert _made(Cache(tmp_path, "v1"), "b", value=3) == 3
    assert _made(Cache(tmp_path, "v2"), value=4) == 4


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"nothing of ours", b"\x93NUMPY\x01\x00"])
def test_a_broken_file_is_made_anew(tmp_path: Path, content: bytes) -> None:
    cache = Cache(tmp_path)
    _made(cache)
    (file,) = tmp_path.iterdir()
    file.write_bytes(content)
    assert _made(cache, value=2) == 2
    assert _made(cache, value=3) == 2


def test_a_file_with_one_wrong_byte_is_not_believed(tmp_path: Path) -> None:
    file = tmp_path / "arrays.npz"
    write_arrays(file, "key", {"x": np.array([77])})
    data = file.read_bytes()
    for place, byte in enumerate(data):
        file.write_bytes(data[:place] + bytes([byte ^ 1]) + data[place + 1 :])
        kept = read_arrays(file, "key")
        assert kept is None or {name: value.tolist() for name, value in kept.items()} == {"x": [77]}


def test_a_file_of_another_thing_is_not_believed(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    _made(cache, "a", 1)
    (a,) = tmp_path.iterdir()
    _made(cache, "b", 2)
    (b,) = set(tmp_path.iterdir()) - {a}
    a.write_bytes(b.read_bytes())
    assert _made(cache, "a", 3) == 3


def test_a_pickle_is_not_opened(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    _made(cache)
    (file,) = tmp_path.iterdir()
    np.savez(file, key=np.array([print], dtype=object), allow_pickle=True)
    assert _made(cache, value=2) == 2


def test_only_what_was_used_last_is_kept(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for what in range(MOST_FILES):
        _made(cache, what)
    _made(cache, 0)
    _made(cache, MOST_FILES)
    assert len(list(tmp_path.iterdir())) == MOST_FILES
    assert _made(cache, 0, value=2) == 1
    assert _made(cache, 1, value=2) == 2


def test_a_folder_that_cannot_be_written_to_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    assert _made(Cache(tmp_path / "file" / "below"), value=1) == 1
    assert _made(Cache(tmp_path / "file" / "below"), value=2) == 2


def test_the_folder_can_be_moved_and_switched_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGNGHE_CACHE", str(tmp_path / "mine"))
    assert user_cache("v1").folder == tmp_path / "mine"
    monkeypatch.setenv("LANGNGHE_CACHE", "off")
    assert user_cache("v1").folder is None
    monkeypatch.delenv("LANGNGHE_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = user_cache("v1").folder
    assert folder is not None
    assert folder.name in {"langnghe", "cache"}
