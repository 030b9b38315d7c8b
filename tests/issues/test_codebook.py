"""Code-books are read, and every fault is named with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from langnghe.errors import SettingError
from langnghe.issues.codebook import REACTIONS, read_codebook

if TYPE_CHECKING:
    from pathlib import Path

IDS = (
    "wages bonus hours leave contract job_loss social_insurance unemployment_insurance health safety conditions meals "
    "housing transport women_children treatment union training cost_of_living scams"
).split()


def test_labour_vi_has_its_twenty_issues_and_six_reactions() -> None:
    book = read_codebook("labour-vi")
    assert [issue.id for issue in book.issues] == IDS
    assert [reaction.id for reaction in book.reactions] == list(REACTIONS)
    assert all(issue.definition.vi and issue.definition.en and len(issue.seeds) >= 40 for issue in book.issues)
    assert all(not law.articles for issue in book.issues for law in issue.law if not law.verified)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("id = 'x'\n", "issue"),
        ("[[issue]]\nname = 'a'\nseeds = ['b']\n", "id"),
        ("[[issue]]\nid = 'ab'\nseeds = []\n", "seeds"),
        ("[[issue]]\nid = 'ab'\nseeds = 'b'\n", "seeds"),
        ("[[issue]]\nid = 'ab'\nseeds = ['b']\n[[issue]]\nid = 'ab'\nseeds = ['b']\n", "ab"),
        ("[[issue]]\nid = 'ab'\nseeds = ['b']\n[[reaction]]\nid = 'anger'\nseeds = ['c']\n", "anger"),
        ("[[issue]]\nid = 'ab'\nseedz = ['b']\n", "seedz"),
        ("[[issue]]\nid = 'ab'\nseeds = ['a b c d e f g h i l m n o p']\n", "syllables"),
        ("version = 'hai'\n[[issue]]\nid = 'ab'\nseeds = ['b']\n", "version"),
        ("[[issue]\n", "TOML"),
    ],
)
def test_faults_are_named(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "book.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingError, match=told):
        read_codebook(tmp_path / "book.toml")


def test_a_missing_codebook_is_said() -> None:
    with pytest.raises(SettingError, match="labour-vi"):
        read_codebook("lao-dong")
