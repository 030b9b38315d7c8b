"""The command line as its users meet it."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from invented import invented_rows, write_rows

if TYPE_CHECKING:
    from pathlib import Path


def run(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "langnghe", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", cwd=cwd, check=False, env=os.environ)


def test_one_command_from_a_file_to_a_report(comments: Path, tmp_path: Path) -> None:
    done = run("report", comments.name, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "binh-luan-study" / "report"
    assert {p.name for p in folder.iterdir()} == {"report.html", "report.pdf", "report.docx", "report.json", "data"}
    assert "Nội dung" in done.stderr
    assert "Người bình luận" in done.stderr
    assert "\r" not in done.stderr


@pytest.mark.parametrize("suffix", ["html", "pdf", "docx", "json"])
def test_one_output_is_just_that(comments: Path, tmp_path: Path, suffix: str) -> None:
    done = run("report", comments, "-o", tmp_path / "out" / f"q3.{suffix}", "-q")
    assert done.returncode == 7
    (tmp_path / "out").mkdir()
    done = run("report", comments, "-o", tmp_path / "out" / f"q3.{suffix}", "-q")
    assert done.returncode == 0, done.stderr
    assert [p.name for p in (tmp_path / "out").iterdir()] == [f"q3.{suffix}"]
    assert done.stdout == done.stderr == ""


def test_english(comments: Path, tmp_path: Path) -> None:
    done = run("report", comments, "-o", tmp_path / "q3.html", "--lang", "en", "--title", "Third quarter")
    page = (tmp_path / "q3.html").read_text(encoding="utf-8")
    assert done.returncode == 0
    assert '<html lang="en"' in page
    assert "Third quarter" in page
    assert "Wages" in page


def test_a_study_is_opened_by_its_folder(comments: Path, tmp_path: Path) -> None:
    assert run("report", comments, "--study", tmp_path / "q3", "-q").returncode == 0
    done = run("report", tmp_path / "q3", "-o", tmp_path / "again.json")
    assert done.returncode == 0, done.stderr
    assert "Viết báo cáo: đã làm" in run("study", tmp_path / "q3").stdout


def test_a_file_of_the_same_name_elsewhere_does_not_take_the_study(comments: Path, tmp_path: Path) -> None:
    assert run("report", comments, "-q", cwd=tmp_path).returncode == 0
    (tmp_path / "khác").mkdir()
    other = write_rows(tmp_path / "khác" / comments.name, invented_rows(50, seed=9))
    done = run("report", other, "-q", cwd=tmp_path)
    assert done.returncode == 6
    assert "--study" in done.stderr


def test_collect_shows_and_writes_nothing(comments: Path, tmp_path: Path) -> None:
    before = sorted(p.name for p in tmp_path.iterdir())
    done = run("collect", comments, cwd=tmp_path)
    assert done.returncode == 0
    assert "Nội dung" in done.stdout
    assert sorted(p.name for p in tmp_path.iterdir()) == before


@pytest.mark.parametrize("command", [(), ("report",), ("collect",), ("study",), ("clean",), ("words",)])
def test_help_has_an_example(command: tuple[str, ...]) -> None:
    done = run(*command, "--help")
    assert done.returncode == 0
    assert "Ví dụ" in done.stdout
    assert "langnghe " in done.stdout


def test_help_is_quick() -> None:
    run("--help")
    spent = []
    for _ in range(3):
        before = os.times()
        run("--help")
        after = os.times()
        spent.append(after.children_user + after.children_system - before.children_user - before.children_system)
    assert min(spent) <= 0.25


BAD = {
    "empty": ("rỗng.csv", b"", 3),
    "header only": ("tiêu đề.csv", "Nội dung,Ngày\n".encode(), 3),
    "no text column": ("số.csv", b"a,b\n1,2\n3,4\n5,6\n", 4),
    "two candidates": (
        "hai.csv",
        "Nội dung,Bình luận\n".encode() + "lương chậm quá trời ơi,cơm ca thiu rồi anh ơi\n".encode() * 30,
        4,
    ),
    "binary": ("ảnh.csv", bytes(range(256)) * 40, 3),
    "bad json": ("hỏng.json", b'[{"text": "a"', 3),
    "bad xlsx": ("hỏng.xlsx", b"PK\x03\x04 this is no workbook", 3),
    "bad parquet": ("hỏng.parquet", b"PAR1 nothing", 3),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_gives_one_clear_message(tmp_path: Path, name: str) -> None:
    file, data, code = BAD[name]
    (tmp_path / file).write_bytes(data)
    done = run("report", file, cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert "Lỗi của chính" not in done.stderr
    assert file in done.stderr
    assert (tmp_path / file).read_bytes() == data
    assert not list(tmp_path.glob("*-study/report/*"))


ODD = {
    "one row": [{"Nội dung": "lương chậm quá"}],
    "all rows the same": [{"Nội dung": "lương chậm quá"}] * 80,
    "other languages": [
        {"Nội dung": text} for text in ["工资什么时候发", "the wages are late", "зарплата", "lương chậm", "😭"] * 20
    ],
    "formulas": [{"Nội dung": '=HYPERLINK("http://vidu.vn")'}, {"Nội dung": "@SUM(1)"}, {"Nội dung": "-2+3"}] * 20,
    "future dates": [{"Nội dung": f"lương chậm {n}", "Ngày": "01/01/2099"} for n in range(40)],
    "odd characters": [{"Nội dung": f"a\u202e\u200b\ufeff b{n}"} for n in range(40)],
}


@pytest.mark.parametrize("name", ODD)
def test_odd_input_gives_a_report(tmp_path: Path, name: str) -> None:
    write_rows(tmp_path / "lạ.csv", ODD[name])
    done = run("report", "lạ.csv", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "lạ-study" / "report" / "report.pdf").stat().st_size > 5000


def test_what_users_typed_can_not_act_in_a_page_or_a_spreadsheet(tmp_path: Path) -> None:
    rows = [{**row, "Nền tảng": "<script>alert(1)</script>", "Tỉnh thành": "=1+1"} for row in invented_rows(300)]
    write_rows(tmp_path / "=1+1.csv", rows)
    done = run("report", "=1+1.csv", "--study", "q3", "--title", "<b>Quý 3</b> & ‘hè’", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "q3" / "report" / "report.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "<b>Quý" not in page
    for table in (tmp_path / "q3").rglob("*.csv"):
        cells = [cell for row in csv.reader(table.read_text(encoding="utf-8-sig").splitlines()) for cell in row]
        assert not [cell for cell in cells if cell[:1] in set("=+-@\t") and not cell[1:].replace(".", "").isdigit()]


@pytest.mark.parametrize(
    ("command", "told"),
    [("clean", "‹số điện thoại›: 1"), ("words", "cty → cong ty"), ("words", "bh → bay gio")],
)
def test_what_was_done_to_a_file_is_shown(tmp_path: Path, command: str, told: str) -> None:
    rows = invented_rows(30)
    rows[0]["Nội dung"] = "cty chậm lương, bh mới trả? gọi 0912 000 345"
    write_rows(tmp_path / "c.csv", rows)
    done = run(command, "c.csv", cwd=tmp_path)
    assert told in done.stdout
    assert "0912" not in done.stdout
    assert [p.name for p in tmp_path.iterdir()] == ["c.csv"]


def test_rows_left_out_are_counted_and_named(tmp_path: Path) -> None:
    rows = [
        *invented_rows(60),
        {**invented_rows(1)[0], "Nội dung": "  "},
        {**invented_rows(1)[0], "Nội dung": "x" * 30_000},
    ]
    write_rows(tmp_path / "c.csv", rows)
    done = run("report", "c.csv", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    listed = (tmp_path / "c-study" / "left-out.csv").read_text(encoding="utf-8-sig").splitlines()
    assert sorted(line.split(",")[1:] for line in listed[1:]) == [["62", "empty_text"], ["63", "too_long"]]


def test_a_read_only_folder_is_said(comments: Path, tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    (tmp_path / "khoá").mkdir(mode=0o500)
    done = run("report", comments, "--study", tmp_path / "khoá" / "q3")
    assert done.returncode == 7
    assert "Traceback" not in done.stderr


def test_no_week_group_or_phrase_below_k_leaves(tmp_path: Path) -> None:
    rows = invented_rows(300)
    for number in range(6):
        rows[number]["Tỉnh thành"] = "Lai Châu"
        rows[number]["Nội dung"] = f"câu riêng biệt mã {number} nói về sầu riêng xuất khẩu"
    write_rows(tmp_path / "c.csv", rows)
    assert run("report", "c.csv", cwd=tmp_path).returncode == 0
    report = tmp_path / "c-study" / "report"
    said = (report / "report.json").read_text(encoding="utf-8") + (report / "report.html").read_text(encoding="utf-8")
    assert "sầu riêng" not in said
    groups = (report / "data" / "group-totals.csv").read_text(encoding="utf-8-sig")
    assert "Lai Châu" not in groups
    assert "khác (gộp) / other (merged)" in groups
