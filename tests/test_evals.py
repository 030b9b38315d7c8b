from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pytest

from evals import __main__ as command
from evals.coverage import hidden
from evals.datasets import MASK_KINDS, DataMissing, masks, shared
from evals.gsdmm import gsdmm
from evals.metrics import (
    b_cubed,
    f1,
    macro_f1,
    matched_accuracy,
    mutual_information,
    singletons,
    token_accuracy,
    tokens_right,
)
from evals.results import RESULTS, Result, frame, table
from evals.targets import Target
from evals.teencode import longest_share

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


def groups(letters: str) -> NDArray[np.int64]:
    return np.array([ord(letter) for letter in letters], dtype=np.int64)


@pytest.mark.parametrize(
    ("found", "true", "precision", "recall"),
    [
        ("aabb", "aabb", 1, 1),
        ("xxyy", "aabb", 1, 1),  # names of groups don't count
        ("abcd", "aabb", 1, 1 / 2),  # everything alone
        ("aaaa", "aabb", 1 / 2, 1),  # everything together
        ("aaab", "aabb", 2 / 3, 3 / 4),
    ],
)
def test_b_cubed_by_hand(found: str, true: str, precision: float, recall: float) -> None:
    assert b_cubed(groups(found), groups(true)) == pytest.approx((precision, recall))


def test_b_cubed_of_some_rows_only() -> None:
    rows = np.array([False, False, True, True])
    assert b_cubed(groups("aaab"), groups("aabb"), rows) == pytest.approx(((1 / 3 + 1) / 2, 1 / 2))


def test_a_text_without_a_group_is_alone() -> None:
    found = singletons(pl.Series([7, None, 7, None], dtype=pl.UInt32))
    assert b_cubed(found, groups("abac")) == (1, 1)


def test_mutual_information_by_hand() -> None:
    assert mutual_information(groups("xxyy"), groups("aabb")) == pytest.approx(1)
    assert mutual_information(groups("xyxy"), groups("aabb")) == pytest.approx(0, abs=1e-12)
    # aaab against aabb: the joint shares are 2/4, 1/4 and 1/4
    joint = np.array([0.5, 0.25, 0.25])
    both = -(joint * np.log(joint)).sum()
    one = -(0.75 * np.log(0.75) + 0.25 * np.log(0.25))
    two = np.log(2)
    assert mutual_information(groups("aaab"), groups("aabb")) == pytest.approx(2 * (one + two - both) / (one + two))


def test_matched_accuracy_finds_the_best_names() -> None:
    assert matched_accuracy(groups("xxyy"), groups("bbaa")) == 1
    assert matched_accuracy(groups("xxxyyz"), groups("aabbbb")) == pytest.approx(4 / 6)
    # the greedy choice (x to a, 3 texts) would leave y with nothing
    assert matched_accuracy(groups("xxxxxyyyy"), groups("aaabbaaaa")) == pytest.approx(6 / 9)


def test_f1_and_its_mean_over_issues_that_occur() -> None:
    found = np.array([[1, 0, 0], [1, 1, 0], [0, 0, 1]], dtype=np.bool_)
    true = np.array([[1, 1, 0], [0, 1, 0], [0, 0, 0]], dtype=np.bool_)
    assert f1(found[:, 0], true[:, 0]) == pytest.approx(2 / 3)
    assert macro_f1(found, true) == pytest.approx((2 / 3 + 2 / 3) / 2)


@pytest.mark.parametrize(
    ("written", "meant", "right"),
    [
        ("em ko biết", "em không biết", 2),
        ("em kbiết j", "em không biết gì", 1),
        ("làm ở cty a", "làm ở công ty a", 3),
        ("", "một", 0),
        ("a b c d", "b c d a", 0),  # equally long: place by place
    ],
)
def test_tokens_right(written: str, meant: str, right: int) -> None:
    assert tokens_right(written.split(), meant.split()) == right


def test_token_accuracy_is_over_all_tokens_meant() -> None:
    assert token_accuracy([["a", "b"], ["c"]], [["a", "b"], ["d"]]) == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("text", "masked", "bare"),
    [
        ("gọi 0912 000 345 nha", "gọi ‹số điện thoại› nha", "gọinha"),
        ("gọi ０９１２ nha", "gọi ‹số› nha", "gọinha"),
        ("gọi 0912 000 345", "gọi ‹số› 345", "gọi345"),
        ("a 12 b 34 c", "a ‹x› b ‹y› c", "abc"),
        ("12 34", "‹x› ‹y›", ""),
        ("không có gì 😭", "không có gì 😭", "khôngcógì"),
        ("𝗴𝗼̣𝗶 em", "gọi em", "gọiem"),
    ],
)
def test_what_a_mask_leaves_bare(text: str, masked: str, bare: str) -> None:
    seen = hidden(text, masked)
    left = [text[at] for at, label in zip(seen.positions, seen.labels, strict=True) if not label]
    if text.startswith("𝗴"):  # each letter is bare, however it is written
        assert all(label == "" for label in seen.labels)
    else:
        assert "".join(left) == bare


def test_the_label_that_hides_a_datum() -> None:
    seen = hidden("mail a@b.vn, gọi 0912", "mail ‹thư điện tử›, gọi ‹số điện thoại›")
    assert set(seen.within(5, 11)) == {"thư điện tử"}
    assert set(seen.within(17, 21)) == {"số điện thoại"}
    assert set(seen.within(13, 16)) == {""}


@pytest.mark.parametrize("kind", MASK_KINDS)
def test_the_masking_set_can_be_read(kind: str) -> None:
    rows = masks(kind)
    start, end, name = rows["spans"][0][0]
    assert len(rows) >= 600
    assert name in MASK_KINDS
    assert rows["text"][0][int(start) : int(end)].strip()


def test_missing_data_are_named_and_the_task_is_skipped(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANGNGHE_DATA", str(tmp_path))
    with pytest.raises(DataMissing, match=r"normalisation\.csv"):
        shared("normalisation")
    assert command.main(["teencode"]) == 0
    assert "teencode: skipped" in capsys.readouterr().out


def test_an_unknown_task_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command.main(["horoscope"])
    assert "horoscope" in capsys.readouterr().err


def test_a_split_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    rows = [{"text": "pin tốt", "aspect": "BATTERY", "split": s} for s in ("train", "dev", "train")]
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (tmp_path / "aspects.jsonl").write_text(lines, encoding="utf-8")
    monkeypatch.setenv("LANGNGHE_DATA", str(tmp_path))
    assert len(shared("aspects", split="dev")) == 1
    assert len(shared("aspects")) == 3


def test_the_page_shows_values_and_no_seconds() -> None:
    found = [Result("copies", "planted, 20k", "ours", "B³ recall", 0.9876, 1.5)]
    assert "| planted, 20k | ours | B³ recall | 0.988 | ≥ 0.965 |" in table(found, seconds=False)
    assert "1.50" not in table(found, seconds=False)
    assert "1.50" in table(found, seconds=True)
    assert frame(found).schema == RESULTS


def test_a_target_is_a_floor_or_a_ceiling() -> None:
    assert Target(0.9).reached(0.95)
    assert not Target(0.02, most=True).reached(0.03)


def test_gsdmm_tells_two_ways_of_speaking_apart() -> None:
    texts = [[0, 1, 2], [3, 4, 5]] * 40
    words = np.array([w for text in texts for w in text], dtype=np.int64)
    offsets = np.arange(0, 3 * len(texts) + 1, 3)
    found = gsdmm(words, offsets, 2, seed=1)
    assert mutual_information(found, np.arange(len(texts)) % 2) == pytest.approx(1)
    assert (found == gsdmm(words, offsets, 2, seed=1)).all()


def test_tokens_too_many_count_against_a_text() -> None:
    assert longest_share([["a", "b", "c"]], [["a", "b"]]) == pytest.approx(2 / 3)
