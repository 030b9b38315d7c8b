"""Code-books are read, and every fault is named with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from evals.datasets import DataMissing, shared
from langnghe.errors import SettingError
from langnghe.issues.codebook import REACTIONS, codebook_bytes, parse_codebook, read_codebook

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


def test_labour_vi_passes_the_checks_of_a_code_book_of_ones_own() -> None:
    own = parse_codebook(codebook_bytes("labour-vi") + b"# ours\n", "ours.toml")
    assert own.issues == read_codebook("labour-vi").issues


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
        ("titel = 'x'\n[[issue]]\nid = 'ab'\nseeds = ['b']\n", "line 1.*titel"),
        ("[[issue]]\nid = 'ab'\nseeds = ['b']\n[[issue.sub]]\nid = 'cd'\nseedz = ['b']\n", "line 6.*seedz"),
        ("[[issue]]\nid = 'ab'\nseeds = ['b']\nlaw = [{ law = 'x', articles = 'x' }]\n", "line 4.*articles"),
        ("[[issue]]\nid = 'ab'\nseeds = ['b']\nmerged = ['cd']\n[[issue]]\nid = 'cd'\nseeds = ['b']\n", "merged"),
        ("[[issue]]\nid = 'ab'\nseeds = ['b']\n[[dropped]]\nname = 'c'\n", "no phrases"),
        ("issue = 3\n", "list"),
        ("issue = [3]\n", "table"),
    ],
)
def test_faults_are_named(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "book.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingError, match=told):
        read_codebook(tmp_path / "book.toml")


def test_all_faults_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = "version = 'x'\n[[issue]]\nid = 'Ab'\nseeds = ['b']\n\n[[issue]]\nid = 'cd'\nname = 3\nseeds = []\n"
    (tmp_path / "book.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingError) as caught:
        read_codebook(tmp_path / "book.toml")
    told = [line for line in caught.value.what.en.splitlines() if line.startswith("  - line")]
    assert [line.split(":")[0] for line in told] == [
        "  - line 1, version",
        "  - line 3, [[issue]] 1, id",
        "  - line 8, [[issue]] cd, name",
        "  - line 9, [[issue]] cd, seeds",
    ]
    assert "dòng 9, [[issue]] cd, seeds: không có cụm từ" in caught.value.what.vi


def test_sub_issues_and_conventions_are_read() -> None:
    wages = read_codebook("labour-vi").issues[0]
    assert [sub.id for sub in wages.sub] == ["late_pay", "raise", "deductions", "calculation"]
    assert set(wages.sub[0].seeds) <= set(wages.seeds)
    assert wages.ilo_ratified == ("C100",)


def test_comments_and_order_change_the_file_but_not_what_is_counted() -> None:
    raw = codebook_bytes("labour-vi")
    other = parse_codebook(raw + b"\n# a note\n", "x")
    book = parse_codebook(raw, "x")
    assert other.sha256 != book.sha256
    assert other.content_sha256() == book.content_sha256()


def test_every_article_that_is_called_verified_has_a_text() -> None:
    try:
        code = shared("labour_code")
    except DataMissing as missing:
        pytest.skip(str(missing))
    known = dict(code.select("article", "title").iter_rows())
    cited = [law for issue in read_codebook("labour-vi").issues for law in issue.law if law.verified]
    assert {law.law for law in cited} == {"Bộ luật Lao động 45/2019/QH14"}
    assert [number for law in cited for number in law.articles if not known.get(number)] == []


def test_every_issue_says_all_that_a_reader_needs() -> None:
    for issue in read_codebook("labour-vi").issues:
        assert " (see “" in issue.excludes.en or ":" not in issue.excludes.en, issue.id
        assert all((issue.belongs.vi, issue.belongs.en, issue.excludes.vi, issue.excludes.en, issue.counter)), issue.id
        assert issue.sub, issue.id
        assert issue.law, issue.id
        assert set(issue.ilo_ratified) <= set(issue.ilo), issue.id


def test_a_missing_codebook_is_said() -> None:
    with pytest.raises(SettingError, match="labour-vi"):
        read_codebook("lao-dong")
