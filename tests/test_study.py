"""A study folder: what is fresh is not made again, what was killed is carried on, and nobody else may write meanwhile."""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest

import langnghe as ln
from invented import invented_rows, write_rows
from langnghe.errors import OutputError, SettingError, StudyError

MADE = [
    "report.html",
    "report.json",
    "report.pdf",
    "report.docx",
    "data/issues.csv",
    "data/weeks.csv",
    "data/datapackage.json",
]


def study_of(path: Path, folder: Path) -> ln.Study:
    return ln.Study.create(folder, settings=ln.Settings(inputs=(str(path),)))


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def log(study: ln.Study) -> list[str]:
    return [json.loads(line)["stage"] for line in (study.folder / "products" / "log.jsonl").read_text().splitlines()]


def test_the_library_reads_as_the_pipeline_does(comments: Path, tmp_path: Path) -> None:
    study = ln.Study.create(tmp_path / "q3", ln.read(comments))
    issues = ln.find_issues(study)
    (written,) = ln.save_report(study, tmp_path / "q3.html")
    assert issues.schema == {"text_id": pl.UInt32, "issue": pl.String}
    assert {"wages", "hours", "housing"} <= set(issues["issue"])
    assert "Tiền lương" in written.read_text(encoding="utf-8")


def test_a_second_run_makes_nothing_again(comments: Path, tmp_path: Path) -> None:
    study = study_of(comments, tmp_path / "q3")
    ln.save_report(study)
    first = log(study)
    assert first == ["clean", "words", "copies", "issues", "measure", "report"]
    ln.save_report(ln.Study.open(tmp_path / "q3"))
    assert log(study) == first


def test_only_the_formats_that_are_asked_for_stand_in_the_folder(comments: Path, tmp_path: Path) -> None:
    study = study_of(comments, tmp_path / "q3")
    ln.save_report(study, formats=("html", "data"))
    assert {path.name for path in (study.folder / "report").iterdir()} == {"report.html", "data"}
    own = study.folder / "report" / "data" / "own" / "notes.txt"
    own.parent.mkdir()
    own.write_text("of somebody", encoding="utf-8")
    (written,) = ln.save_report(study, formats=("json",))
    assert {path for path in (study.folder / "report").rglob("*") if path.is_file()} == {written, own}
    for place, name in ((None, "xlsx"), (tmp_path / "q3.html", "pdf")):
        with pytest.raises(SettingError, match=name):
            ln.save_report(study, place, formats=(name,))


def test_an_edited_codebook_makes_only_what_rests_on_it(comments: Path, tmp_path: Path) -> None:
    study = study_of(comments, tmp_path / "q3")
    ln.save_report(study)
    book = study.codebook_path.read_text(encoding="utf-8")
    study.codebook_path.write_text(book + "# a note\n", encoding="utf-8")
    ln.save_report(study)
    assert log(study)[6:] == ["issues", "measure", "report"]
    study.codebook_path.write_text(book.replace('vi = "Tiền lương"', 'vi = "Lương và tiền công"'), encoding="utf-8")
    ln.save_report(study)
    assert log(study)[9:] == ["issues", "measure", "report"]  # it is one's own now, and shows less
    assert "Lương và tiền công" in (study.folder / "report" / "report.html").read_text(encoding="utf-8")


def test_a_damaged_product_is_made_again(comments: Path, tmp_path: Path) -> None:
    study = study_of(comments, tmp_path / "q3")
    before = ln.find_copies(study)
    (study.product("copies") / "copies.parquet").write_bytes(b"broken")
    assert ln.find_copies(study).equals(before)


def test_the_same_input_gives_the_same_bytes_in_another_folder(comments: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        ln.save_report(study_of(comments, tmp_path / name))
    first, second = (contents(tmp_path / name / "report") for name in ("a", "b"))
    assert set(MADE) <= set(first)
    assert first == second


def test_renaming_all_authors_changes_nothing_but_the_hash(tmp_path: Path) -> None:
    rows = invented_rows(400)
    renamed = [{**row, "Người bình luận": "Bí danh " + row["Người bình luận"][::-1]} for row in rows]
    texts = []
    for name, data in (("a", rows), ("b", renamed)):
        (tmp_path / name).mkdir()
        study = study_of(write_rows(tmp_path / name / "ý kiến.csv", data), tmp_path / name / "study")
        ln.save_report(study)
        page = (study.folder / "report" / "report.json").read_text(encoding="utf-8")
        texts.append({k: v for k, v in json.loads(page).items() if k != "facts"})
    assert texts[0] == texts[1]


def test_no_author_is_in_any_file_of_the_study(comments: Path, tmp_path: Path) -> None:
    study = study_of(comments, tmp_path / "q3")
    ln.save_report(study)
    frames = [pl.read_parquet(p) for p in study.folder.rglob("*.parquet")]
    said = "\n".join(str(f.select(pl.selectors.string()).rows()) for f in frames)
    raw = b"\n".join(contents(study.folder).values())
    assert "Tài khoản vẽ ra" not in said
    assert "Tài khoản vẽ ra".encode() not in raw


def test_killed_at_any_moment_the_next_run_carries_on(comments: Path, tmp_path: Path) -> None:
    whole = study_of(comments, tmp_path / "whole")
    ln.save_report(whole)
    chance = random.Random(4)
    command = [sys.executable, "-m", "langnghe", "report", str(comments), "--study", str(tmp_path / "killed"), "-q"]
    for _ in range(10):
        process = subprocess.Popen(command, env=os.environ)
        time.sleep(chance.uniform(0.3, 2.5))
        process.send_signal(signal.SIGKILL)
        process.wait()
    subprocess.run(command, check=True)
    assert contents(tmp_path / "killed" / "report") == contents(tmp_path / "whole" / "report")


def test_what_was_set_stays_set_and_a_language_is_not_a_setting(comments: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "langnghe", "report", str(comments), "--study", str(tmp_path / "q3"), "-q"]
    subprocess.run([*command, "--title", "Quý 3", "--k", "12"], check=True)
    subprocess.run([*command, "--lang", "en"], check=True)
    kept = ln.Study.open(tmp_path / "q3").settings
    assert (kept.title, kept.k, kept.lang) == ("Quý 3", 12, "vi")


def test_what_was_asked_of_read_is_asked_of_the_study(comments: Path, tmp_path: Path) -> None:
    day = dt.date(2026, 8, 15)
    study = ln.Study.create(tmp_path / "q3", ln.read(comments, k=15, as_of=day, groups=["Tỉnh thành"]))
    assert (study.settings.k, study.settings.as_of, study.settings.groups) == (15, day, ("Tỉnh thành",))


def test_a_report_is_printed_again_when_its_input_was_moved(comments: Path, tmp_path: Path) -> None:
    study = study_of(comments, tmp_path / "q3")
    ln.save_report(study)
    comments.rename(tmp_path / "cất đi.csv")
    (study.folder / "report" / "report.html").unlink()
    ln.save_report(study)
    assert (study.folder / "report" / "report.html").is_file()


def test_the_printed_shared_message_has_words_that_many_sent(tmp_path: Path) -> None:
    original = "kính mong công đoàn lên tiếng để công nhân ở trọ được tính giá điện nước theo giá nhà nước quy định nhé"
    rows = invented_rows(200, seed=5)
    for number in range(40):
        rows[number]["Nội dung"] = ("Riêng tôi thêm vài lời. " if number == 0 else "") + original
        rows[number]["Người bình luận"] = f"một người {number}"
    study = study_of(write_rows(tmp_path / "c.csv", rows), tmp_path / "q3")
    ln.save_report(study)
    page = (study.folder / "report" / "report.html").read_text(encoding="utf-8")
    assert original in page
    assert "Riêng tôi" not in page


def test_two_runs_on_one_study_do_not_meet(comments: Path, tmp_path: Path) -> None:
    study = study_of(comments, tmp_path / "q3")
    with study.lock(), pytest.raises(StudyError, match="in use"), study.lock():
        pass


def test_a_folder_that_is_no_study_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "ảnh").mkdir()
    (tmp_path / "ảnh" / "1.jpg").write_bytes(b"x")
    with pytest.raises(StudyError):
        ln.Study.create(tmp_path / "ảnh")
    with pytest.raises(StudyError):
        ln.Study.open(tmp_path / "ảnh")


@pytest.mark.parametrize(
    ("line", "told"),
    [("k = 3", "k"), ("k = 'ba'", "k"), ("mau = 1", "mau"), ("lang = 'fr'", "lang"), ("k = [", "study.toml")],
)
def test_settings_that_can_not_be_are_named(comments: Path, tmp_path: Path, line: str, told: str) -> None:
    study = study_of(comments, tmp_path / "q3")
    (study.folder / "study.toml").write_text(f'inputs = ["binh-luan.csv"]\n{line}\n', encoding="utf-8")
    with pytest.raises(SettingError, match=told):
        ln.measure_issues(ln.Study.open(study.folder))


@pytest.mark.skipif(not Path("/dev/full").exists() or os.geteuid() != 0, reason="needs a mount, so root on Linux")
def test_a_full_disk_is_said_and_leaves_nothing_half(comments: Path, tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    if subprocess.run(
        [shutil.which("mount") or "mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(small)], check=False
    ).returncode:
        pytest.skip("no right to mount")
    try:
        with pytest.raises(OutputError):
            ln.save_report(study_of(comments, small / "q3"))
    finally:
        subprocess.run([shutil.which("umount") or "umount", str(small)], check=True)
