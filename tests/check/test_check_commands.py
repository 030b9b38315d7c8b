from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from desk_rows import LAW
from langnghe.cli import main

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE = {
    "law": LAW,
    "article": "125",
    "title": "Sa thải",
    "text": "Người lao động tự ý bỏ việc 05 ngày cộng dồn trong 30 ngày thì bị sa thải.",
}


class Officer:
    """Somebody at the command line, in the folder of a desk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def types(self, *words: str, who: str = "lan", lang: str = "vi") -> str:
        """What is printed for a command that goes well."""
        done = CliRunner().invoke(
            main, ["--lang", lang, "check", *words, "--desk", str(self.folder)], env={"LANGNGHE_WHO": who}
        )
        assert done.exit_code == 0, done.output
        return done.output


@pytest.fixture
def desk(tmp_path: Path) -> Officer:
    """A desk with one article of law and one claim received."""
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "luat.jsonl").write_text(json.dumps(ARTICLE), encoding="utf-8")
    officer = Officer(tmp_path)
    officer.types("add", "Nghỉ ngang 3 ngày là bị sa thải")
    return officer


def test_each_step_says_what_comes_next(desk: Officer) -> None:
    assert "check triage" not in desk.types("show")
    assert "Tiếp theo: langnghe check evidence c-0001" in desk.types("triage", "c-0001", "checkable")
    assert "Điều 125" in desk.types("evidence", "c-0001")
    assert "verdict c-0001 draft" in desk.types("evidence", "c-0001", "--cite", "1")
    said = desk.types("verdict", "c-0001", "draft", "--verdict", "false", "--summary", "Sai. Phải 5 ngày.")
    assert "verdict c-0001 read" in said
    assert "Next: langnghe check verdict c-0001 publish" in desk.types(
        "verdict", "c-0001", "read", who="minh", lang="en"
    )


def test_the_second_reader_sees_the_draft_and_its_sources(desk: Officer) -> None:
    desk.types("triage", "c-0001", "checkable")
    desk.types("evidence", "c-0001", "--cite", "1")
    desk.types(
        "verdict", "c-0001", "draft", "--verdict", "false", "--summary", "Sai. Phải 5 ngày.", "--explanation", "Đọc kỹ."
    )
    shown = desk.types("show", "c-0001", who="minh")
    for part in ("bản nháp", "Sai. Phải 5 ngày.", "Đọc kỹ.", f"Điều 125 {LAW}", "soạn"):
        assert part in shown


def test_an_officer_sees_the_nearest_checks_even_when_none_is_sure(desk: Officer, tmp_path: Path) -> None:
    rows = [
        {"id": f"n{i}", "claim": f"Nghỉ ngang {i} ngày thì mất lương tháng {i}.", "publisher": "Toà soạn A"}
        for i in range(4, 9)
    ]
    path = tmp_path / "khac.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    desk.types("import", str(path))
    said = desk.types("add", "Nghỉ việc thì phải trả lại áo bảo hộ")
    assert "Chưa được kiểm chứng" in said
    assert "Gần nhất" in said
    assert "(Toà soạn A)" in said
    assert "Toà soạn A" not in desk.types("match", "Nghỉ việc thì phải trả lại áo bảo hộ")


def test_a_claim_about_the_union_is_shown_as_a_conflict_of_interest(desk: Officer) -> None:
    desk.types("add", "Kinh phí công đoàn trừ vào lương công nhân 2 %")
    assert "xung đột lợi ích" in desk.types("show")
