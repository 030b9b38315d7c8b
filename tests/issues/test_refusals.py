"""What no issue may be about is refused, however it is written; ordinary issues of work and life pass."""

from __future__ import annotations

import json
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from langnghe.errors import SettingError
from langnghe.issues.codebook import parse_codebook
from langnghe.issues.refusals import find_refusals

DATA = Path(__file__).parent / "data"


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


def refused(*texts: str) -> list[str]:
    return [one.rule for one in find_refusals(texts)]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Ai là người cầm đầu", "persons"),
        ("Chuyện ở chuyền của anh Tuấn", "persons"),
        ("nguyen van an noi gi", "persons"),
        ("Bài đăng của @hoanglan", "persons"),
        ("Which workers are the troublemakers", "persons"),
        ("Quan điểm chính trị của công nhân", "politics"),
        ("Thái độ đối với chính quyền", "politics"),
        ("Công nhân là đảng viên nói gì", "politics"),
        ("Công nhân theo đạo nào", "religion"),
        ("What Catholic workers say", "religion"),
        ("Ý kiến của người Khmer", "ethnicity"),
        ("Công nhân bàn chuyện đình công", "strikes"),
        ("Cả xưởng cùng lúc nghỉ làm", "strikes"),
        ("Talk of a walk-out", "strikes"),
        ("Ai lập nhóm kín", "organising"),
        ("Gia nhập công đoàn độc lập", "organising"),
        ("Mức độ gắn bó với công ty", "loyalty"),
        ("Loyal to the firm", "loyalty"),
    ],
)
def test_what_no_issue_may_be_about_is_refused(text: str, rule: str) -> None:
    assert rule in refused(text)


@pytest.mark.parametrize(
    "text",
    [
        "dinh cong",
        "ĐÌNH CÔNG",
        "đình-công",
        "đ.ì.n.h c.ô.n.g",
        "đ ì n h c ô n g",
        "đìnhcông",
        "d1nh c0ng",
        "đì\u200bnh cô­ng",
        "đìnhhh côngggg",
        "ｄｉｎｈ ｃｏｎｇ",
    ],
)
def test_disguised_spellings_are_seen_through(text: str) -> None:
    assert refused(text) == ["strikes"]


@pytest.mark.parametrize("row", rows("ordinary.jsonl"), ids=lambda row: row["name"])
def test_ordinary_issues_pass(row: dict[str, Any]) -> None:
    assert refused(row["name"], row["definition"], *row["seeds"]) == []


def test_all_that_the_shipped_codebook_says_passes() -> None:
    data = tomllib.loads((files("langnghe.vi") / "labour-vi.toml").read_text("utf-8"))

    def said(value: Any) -> list[str]:
        if isinstance(value, dict):
            return [text for key, one in value.items() if key not in {"excludes", "counter"} for text in said(one)]
        return [text for one in value for text in said(one)] if isinstance(value, list) else [str(value)]

    assert [text for row in (*data["issue"], *data["reaction"]) for text in said(row) if refused(text)] == []


def test_the_reason_is_told_and_no_name_repeated() -> None:
    raw = b"[[issue]]\nid = 'x1'\nname = 'ch\xe1\xbb\x8b Lan t\xe1\xbb\x95 tr\xc6\xb0\xe1\xbb\x9fng'\nseeds = ['a b']\n"
    with pytest.raises(SettingError, match=r"line 1.*never about who said it") as caught:
        parse_codebook(raw, "codebook.toml")
    assert "Lan" not in str(caught.value)


def test_what_an_issue_excludes_may_name_what_is_refused() -> None:
    raw = "[[issue]]\nid = 'no_work'\nseeds = ['hết việc']\ncounter = ['đình công']\nexcludes = ['đình công']\n"
    assert parse_codebook(raw.encode(), "codebook.toml").issues[0].counter == ("đình công",)


def test_half_of_the_definitions_disguised_by_somebody_else_are_refused() -> None:
    """The set was written blind to the words of the rules; what slips through is published in the docs."""
    caught = {strength: [0, 0] for strength in ("easy", "medium", "subtle")}
    for row in rows("disguised.jsonl"):
        texts = [row["id"].replace("-", " "), *row["name"].values(), *row["definition"].values()]
        caught[row["strength"]][0] += bool(refused(*texts, *row["belongs"], *row["seeds"]))
        caught[row["strength"]][1] += 1
    assert caught == {"easy": [26, 31], "medium": [15, 38], "subtle": [11, 31]}
    page = (Path(__file__).parents[2] / "docs" / "en" / "codebook.md").read_text(encoding="utf-8")
    assert "52 of 100" in page
