"""People decide on the issues of a study: what they decide is an edit of its code-book, replayed on every run."""

from __future__ import annotations

import datetime as dt
import random
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl
import pytest
from click.testing import CliRunner

import langnghe as ln
from invented import invented_rows, write_rows
from langnghe.cli import main
from langnghe.deciding import describe_issues
from langnghe.errors import Say, SettingError
from langnghe.issues.codebook import read_codebook
from langnghe.measure.coding.filled import FILLED
from langnghe.measure.coding.store import Coding, forwarded
from langnghe.revisions import codebook_notes, remember_codebook

if TYPE_CHECKING:
    from pathlib import Path

    from langnghe.issues.codebook import Codebook

SAID = {
    "union": ["nhờ công đoàn", "gặp công đoàn cơ sở", "hỏi công đoàn"],
    "treatment": ["quản lý quát mắng", "bị quản lý chửi mắng", "quản lý nạt nộ"],
    "wages": ["chậm lương", "lương chưa về", "nợ lương"],
    "wifi": ["mạng wifi yếu", "wifi chập chờn", "mất mạng wifi"],
    "lift": ["thang máy hỏng", "thang máy kẹt", "chờ thang máy"],
}
"""What invented comments speak of; code-book and rules know nothing of the last two."""

FILLING = "ba bốn năm sáu bảy tám chín mười xanh đỏ tím vàng nâu trắng đen cam hồng lam chàm biếc".split()


def rows_of(count: int, seed: int = 0) -> list[dict[str, str]]:
    """Invented comments, no two alike, with a province and a workshop."""
    chance = random.Random(seed)
    rows = invented_rows(count, seed)
    for number, row in enumerate(rows):
        row["Xưởng"] = f"Xưởng {number % 2 + 1}"
        said = chance.choice(list(SAID.values()))
        row["Nội dung"] = " ".join([*chance.sample(FILLING, 3), *chance.sample(said, 2), *chance.sample(FILLING, 4)])
    return rows


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> ln.Study:
    folder = tmp_path_factory.mktemp("deciding")
    path = write_rows(folder / "quy3.csv", rows_of(600))
    settings = ln.Settings(inputs=(path.name,), groups=("Tỉnh thành", "Xưởng"), codebook="always")
    study = ln.Study.create(folder / "quy3", settings=settings)
    ln.measure_issues(study)
    return study


def shown_by_group(study: ln.Study) -> dict[str, set[str]]:
    names = [label.id for label in ln.label_issues(study)]
    found: dict[str, set[str]] = {}
    for group, issue in ln.measure_issues(study).groups.filter(~pl.col("hidden")).select("group", "issue").iter_rows():
        found.setdefault(group, set()).add(names[issue])
    return found


def test_the_union_and_treatment_are_shown_by_province_but_never_below(made: ln.Study) -> None:
    shown = shown_by_group(made)
    assert {"union", "treatment", "wages"} <= shown["Tỉnh thành"]
    assert "wages" in shown["Xưởng"]
    assert not {"union", "treatment"} & shown["Xưởng"]


def test_a_codebook_of_ones_own_shows_nothing_below_the_province(made: ln.Study) -> None:
    book = made.codebook_path.read_text(encoding="utf-8")
    made.codebook_path.write_text(book.replace('"Tiền lương"', '"Lương bổng"', 1), encoding="utf-8")
    shown, totals = shown_by_group(made), ln.measure_issues(made).group_totals
    made.codebook_path.write_text(book, encoding="utf-8")
    assert set(shown) == {"Tỉnh thành"}
    assert totals["group"].unique().to_list() == ["Tỉnh thành"]


@pytest.fixture
def study(made: ln.Study, tmp_path: Path) -> ln.Study:
    """A copy of the study in a folder of its own, found and listed."""
    shutil.copytree(made.folder, tmp_path / "quy3")
    shutil.copy(made.folder.parent / "quy3.csv", tmp_path)
    return ln.Study.open(tmp_path / "quy3")


SMALL = """version = 1

[[issue]]
id = "wages"
name = { vi = "Tiền lương", en = "Wages" }
seeds = ["tiền lương", "chậm lương", "nợ lương"]  # a note

[[issue]]
id = "bonus"
name = { vi = "Thưởng", en = "Bonuses and benefits" }
seeds = ["tiền thưởng"]

[[issue]]
id = "meals"
name = { vi = "Bữa ăn ca", en = "Meals at work" }
seeds = ["cơm ca"]
"""


@pytest.fixture
def small(tmp_path: Path) -> ln.Study:
    """A study without texts and with a small code-book: for what only edits it."""
    study = ln.Study.create(tmp_path / "small")
    study.codebook_path.write_text(SMALL, encoding="utf-8")
    return study


def candidate_on(study: ln.Study, word: str) -> str:
    return next(row.id for row in ln.list_issues(study) if row.found and any(word in phrase for phrase in row.phrases))


def texts_with(study: ln.Study, issue: str) -> set[int]:
    return set(ln.find_issues(study).filter(pl.col("issue") == issue)["text_id"])


def book_of(study: ln.Study) -> Codebook:
    return read_codebook(study.codebook_path)


def test_groups_without_a_phrase_that_k_used_are_told_but_not_listed(study: ln.Study) -> None:
    strict = ln.Study.create(study.folder, settings=replace(study.settings, k=200))
    assert not [row for row in ln.list_issues(strict) if row.found]
    told = describe_issues(strict, "en").splitlines()
    groups = sum(label.found for label in ln.label_issues(strict))
    assert groups > 0
    assert f"Besides, {groups} small" in told[-1]


def test_issues_and_candidates_are_different_things(study: ln.Study) -> None:
    listed = {row.id: row for row in ln.list_issues(study)}
    assert not listed["wages"].found
    assert listed["wages"].share is not None
    assert candidate_on(study, "wifi").startswith("found_")
    assert listed["scams"].messages is None, "none and a few look alike"


def test_a_candidate_becomes_an_issue_with_its_phrases(study: ln.Study) -> None:
    name = candidate_on(study, "wifi")
    phrases = next(row.phrases for row in ln.list_issues(study) if row.id == name)
    decision = ln.accept_issue(study, name, id="wifi", name="Mạng wifi", by="ban Chính sách")
    issue = book_of(study).issues[-1]
    assert (issue.id, issue.name.vi, issue.origin, issue.seeds) == ("wifi", "Mạng wifi", "found", phrases)
    assert '+id = "wifi"' in decision.change
    assert ln.read_decisions(study)[0].by == "ban Chính sách"
    assert len(texts_with(study, "wifi")) > 20
    assert {row.id for row in ln.list_issues(study) if not row.found} >= {"wifi", "wages"}


def test_several_candidates_are_decided_on_from_one_list(study: ln.Study) -> None:
    wifi, lift = candidate_on(study, "wifi"), candidate_on(study, "thang máy")
    ln.accept_issue(study, wifi, id="wifi")
    ln.accept_issue(study, lift, id="lift")
    assert [any("wifi" in seed for seed in issue.seeds) for issue in book_of(study).issues[-2:]] == [True, False]


def test_comments_and_layout_of_the_codebook_stay(study: ln.Study) -> None:
    before = study.codebook_path.read_text(encoding="utf-8").splitlines()
    ln.rename_issue(study, "meals", "Cơm ca")
    after = study.codebook_path.read_text(encoding="utf-8").splitlines()
    changed = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    assert [b for _, b in changed] == ["version = 2", 'name = {vi = "Cơm ca", en = "Cơm ca"}']


@pytest.mark.slow
def test_merged_issues_keep_their_phrases_and_their_old_ids(study: ln.Study) -> None:
    seeds = {issue.id: set(issue.seeds) for issue in book_of(study).issues}
    ln.merge_issues(study, ["bonus"], "wages")
    ln.merge_issues(study, ["wages", candidate_on(study, "wifi")], "meals")
    book = book_of(study)
    meals = next(issue for issue in book.issues if issue.id == "meals")
    assert seeds["bonus"] | seeds["wages"] | seeds["meals"] < set(meals.seeds)
    assert any("wifi" in seed for seed in meals.seeds)
    assert meals.merged == ("wages", "bonus")
    assert book.current_ids()["bonus"] == "meals"


def test_a_split_moves_the_phrases_that_were_chosen(small: ln.Study) -> None:
    ln.split_issue(small, "wages", id="late_pay", name="Chậm lương", phrases=["cham luong", "nợ lương"])
    wages, late = book_of(small).issues[0], book_of(small).issues[-1]
    assert (late.seeds, late.split_from) == (("chậm lương", "nợ lương"), "wages")
    assert not {"chậm lương", "nợ lương"} & set(wages.seeds)
    with pytest.raises(SettingError, match="no such phrases: xe cộ"):
        ln.split_issue(small, "wages", id="more", name="x", phrases=["xe cộ"])


@pytest.mark.slow
def test_what_was_dropped_is_not_proposed_again(study: ln.Study) -> None:
    for _ in range(12):
        wifi = [row.id for row in ln.list_issues(study) if row.found and any("wifi" in one for one in row.phrases)]
        if not wifi:
            break
        ln.drop_issue(study, wifi[0])
    assert not wifi
    ln.drop_issue(study, "scams")
    assert {one.id for one in book_of(study).dropped} == {"", "scams"}
    again = ln.Study.create(
        study.folder, settings=replace(study.settings, random_state=3)
    )  # other numbers, other groups
    assert not [row for row in ln.list_issues(again) if row.found and any("mạng wifi" in one for one in row.phrases)]


def test_decisions_are_undone_one_by_one(small: ln.Study) -> None:
    first = small.codebook_path.read_bytes()
    ln.rename_issue(small, "meals", "Cơm")
    second = small.codebook_path.read_bytes()
    ln.drop_issue(small, "bonus")
    ln.undo_decision(small)
    assert small.codebook_path.read_bytes() == second
    ln.undo_decision(small)
    assert small.codebook_path.read_bytes() == first
    with pytest.raises(SettingError, match="no decision to undo"):
        ln.undo_decision(small)
    assert [one.what for one in ln.read_decisions(small)] == ["rename", "drop", "undo", "undo"]


def test_an_edit_by_hand_is_not_undone_with_a_decision(small: ln.Study) -> None:
    ln.rename_issue(small, "meals", "Cơm")
    edited = small.codebook_path.read_bytes() + b"# mine\n"
    small.codebook_path.write_bytes(edited)
    with pytest.raises(SettingError, match="edited by hand"):
        ln.undo_decision(small)
    assert small.codebook_path.read_bytes() == edited


@pytest.mark.parametrize(
    ("seeds", "told"), [(["rủ nhau nghỉ làm"], "refused"), (["!!!"], "seeds"), (["xe đưa rước"], "twice")]
)
def test_what_can_not_be_is_refused_and_changes_nothing(small: ln.Study, seeds: list[str], told: str) -> None:
    before = small.codebook_path.read_bytes()
    with pytest.raises(SettingError, match=told):
        ln.add_issue(small, id="wages" if told == "twice" else "new_one", name="Mới", seeds=seeds)
    assert small.codebook_path.read_bytes() == before
    assert not (small.folder / "decisions").exists()


@pytest.mark.slow
def test_a_second_person_signs_and_groups_open(study: ln.Study) -> None:
    ln.add_issue(study, id="wifi", name="Mạng wifi", seeds=["wifi"], by="NTH, ban Chính sách")
    assert set(shown_by_group(study)) == {"Tỉnh thành"}
    with pytest.raises(SettingError, match="somebody else"):
        ln.sign_codebook(study, editor="người khác", signer="nth ban chinh sach")
    ln.sign_codebook(study, editor="NTH, ban Chính sách", signer="LVM, phó chủ tịch")
    assert {"wifi", "wages"} <= shown_by_group(study)["Xưởng"]
    ln.rename_issue(study, "wifi", "Mạng")
    assert set(shown_by_group(study)) == {"Tỉnh thành"}


def test_a_new_batch_changes_nothing_that_people_decided(study: ln.Study) -> None:
    ln.accept_issue(study, candidate_on(study, "wifi"), id="wifi")
    ids = [issue.id for issue in book_of(study).issues]
    before = ln.find_issues(study).filter(pl.col("issue").is_in(ids))
    book = study.codebook_path.read_bytes()
    new = write_rows(study.folder.parent / "thang10.csv", rows_of(300, seed=9))
    more = ln.add_texts(study, new)
    after = ln.find_issues(more).filter(pl.col("issue").is_in(ids))
    assert more.settings.inputs == ("quy3.csv", "thang10.csv")
    assert ln.add_texts(more, [new]).settings == more.settings
    assert study.codebook_path.read_bytes() == book
    old = after.filter(pl.col("text_id") < 600)
    moved = old.join(before, on=["text_id", "issue"], how="anti", nulls_equal=True).vstack(
        before.join(old, on=["text_id", "issue"], how="anti")
    )
    assert len(moved) <= 0.03 * len(before), (
        "how common issues are is learnt anew: a few texts on the edge may be placed otherwise"
    )
    assert "wifi" not in moved["issue"].to_list()
    assert set(after["text_id"]) & set(range(600, 900))


def run(*arguments: object) -> str:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.slow
def test_decisions_on_the_command_line(study: ln.Study) -> None:
    assert "wages" in run("issues", study.folder)
    wifi = candidate_on(study, "wifi")
    told = run("--lang", "en", "issues", study.folder, "accept", wifi, "--id", "wifi", "--name", "Wifi", "--by", "NTH")
    assert '+id = "wifi"' in told
    assert "undo" in told
    run("issues", study.folder, "rename", "wifi", "--name", "Mạng")
    run("issues", study.folder, "merge", "bonus", "--into", "wages")
    run("issues", study.folder, "split", "wages", "--id", "late", "--name", "Chậm lương", "--phrase", "chậm lương")
    run("issues", study.folder, "drop", "scams")
    run("issues", study.folder, "add", "--id", "lift", "--name", "Thang máy", "--seed", "thang máy")
    run("issues", study.folder, "sign", "--editor", "NTH", "--signer", "LVM")
    run("issues", study.folder, "undo")
    assert [one.what for one in ln.read_decisions(study)] == "accept rename merge split drop add sign undo".split()
    shown = run("issues", "--lang", "en", study.folder)
    assert "Mạng" in shown
    assert "no second person signed" in shown


def test_files_are_added_on_the_command_line(study: ln.Study) -> None:
    new = write_rows(study.folder.parent / "thang10.csv", rows_of(100, seed=9))
    run("report", new, "--study", study.folder, "--add", "-o", study.folder.parent / "r.json", "-q")
    assert ln.Study.open(study.folder).settings.inputs == ("quy3.csv", "thang10.csv")


def test_codings_with_an_id_that_was_merged_count_for_the_issue_it_went_into() -> None:
    filled = pl.DataFrame([["a", "1", ["bonus", "wages", "hours"], "request", ""]], schema=FILLED, orient="row")
    coding = replace(Coding.nothing(), filled=filled)
    current = {"bonus": "wages", "wages": "wages", "hours": "hours"}
    assert forwarded(coding, current).filled["issues"].to_list() == [["wages", "hours"]]


def test_the_report_says_what_changed_in_the_codebook_and_who_signed(small: ln.Study) -> None:
    first = read_codebook(small.codebook_path)
    remember_codebook(small.folder, small.codebook_path)
    assert len(codebook_notes(small.folder, first)) == 1  # it is one's own
    ln.rename_issue(small, "meals", Say("Cơm ca", "Food"))
    ln.merge_issues(small, ["bonus"], "wages")
    ln.add_issue(small, id="lift", name="Thang máy", seeds=["thang máy"])
    own, changed = (note.en for note in codebook_notes(small.folder, read_codebook(small.codebook_path)))
    assert "no second person signed" in own
    assert f"code-book 1, SHA-256 {first.sha256[:16]}" in changed
    assert "'Wages' has" in changed
    assert "'Meals at work' is now called 'Food'; 'Thang máy' is new; 'Bonuses and benefits' is gone." in changed
    ln.sign_codebook(small, editor="NTH", signer="LVM", today=dt.date(2026, 10, 1))
    signed = codebook_notes(small.folder, read_codebook(small.codebook_path))
    assert "signed on 2026-10-01 by LVM" in signed[0].en
    remember_codebook(small.folder, small.codebook_path)
    assert (
        codebook_notes(small.folder, read_codebook(small.codebook_path)) == signed
    )  # the same report again says the same


def test_the_whole_codebook_is_printed(made: ln.Study) -> None:
    document = repr(ln.make_report(made, "en"))
    for printed in (
        "Late or owed pay",
        "vô lương tâm",
        "C100 (ratified), C131 (not ratified)",
        "Art. 26, 90",
        "(not verified)",
    ):
        assert printed in document
