from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import langnghe as ln
from desk_rows import published
from langnghe.nouns import ClaimSeen

if TYPE_CHECKING:
    from pathlib import Path

SAID = "Từ ngày 1/7/2025 bỏ rút BHXH một lần theo luật mới"
RARE = "Từ ngày 1/9/2026 phụ cấp xăng xe tăng lên 700k một tháng"


WORDS = "xưởng căn tin máy may cắt vải đóng gói kho hàng cổng bảo vệ xe đưa rước nhà trọ sân bóng phòng khám quạt đèn ghế bàn cửa sổ mái tôn".split()


def around(number: int) -> str:
    """Twelve words of its own, so that no two texts are copies."""
    return " ".join(WORDS[(number * step + step * step) % len(WORDS)] + str(number * step) for step in range(2, 14))


def comments(folder: Path) -> Path:
    rows = [(f"{around(i)}. {SAID}.", f"2026-07-{1 + i % 20:02}", f"tk{i}") for i in range(24)]
    rows += [(f"{RARE}!", f"2026-07-{1 + i:02}", f"ai{i}") for i in range(3)]
    rows += [(f"Hôm nay ăn món {chr(97 + i)}{i}, cũng được", "2026-07-05", f"an{i}") for i in range(20)]
    lines = ["Nội dung,Ngày,Tác giả", *(f'"{text}",{day},{who}' for text, day, who in rows)]
    path = folder / "y-kien.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_claims_are_counted_from_k_on_and_stand_in_the_report(tmp_path: Path) -> None:
    study = ln.Study.create(tmp_path / "study", ln.read(comments(tmp_path)))
    assert ln.make_report(study).sections
    assert "claims" not in {section.id for section in ln.make_report(study).sections}
    seen = ln.measure_claims(study, published(tmp_path / "desk", SAID))
    assert [(one.texts, one.voices) for one in seen] == [(24, 24)]
    assert all(texts is None or texts >= 10 for texts in seen[0].weeks.values())
    (section,) = [section for section in ln.make_report(study).sections if section.id == "claims"]
    assert "700k" not in str(section)
    assert seen[0].claim in str(section)


def told(folder: Path, said: list[tuple[str, str]], columns: str = "Nội dung,Ngày,Tác giả") -> ln.Study:
    """A study of comments, each with its account, and twenty others that say nothing to check."""
    rows = [(f"{around(i)}. {text}.", who) for i, (text, who) in enumerate(said)]
    rows += [(f"Hôm nay ăn món {chr(97 + i)}{i}, cũng được", f"an{i}") for i in range(20)]
    lines = [columns, *(",".join([f'"{text}"', "2026-07-05", who][: columns.count(",") + 1]) for text, who in rows)]
    path = folder / "y-kien.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return ln.Study.create(folder / "study", ln.read(path))


def test_of_a_claim_not_checked_only_words_that_k_accounts_share_are_shown(tmp_path: Path) -> None:
    said = [(f"nghe nói {SAID}" if i % 2 else f"{SAID} phải không ạ", f"tk{i}") for i in range(11)]
    seen = ln.measure_claims(told(tmp_path, [*said, (f"{SAID} ở chuyền bảy tổ bà Sáu", "tk99")]))
    (one,) = seen
    assert (one.check, one.voices) == ("", 11)
    assert one.claim == SAID


def test_one_account_that_says_a_claim_often_does_not_bring_it_into_the_report(tmp_path: Path) -> None:
    assert ln.measure_claims(told(tmp_path, [(SAID, "tk1") for _ in range(30)])) == ()
    assert ln.measure_claims(told(tmp_path, [(SAID, f"tk{i}") for i in range(9)])) == ()


def test_without_accounts_messages_count_and_k_doubles(tmp_path: Path) -> None:
    (tmp_path / "few").mkdir()
    (tmp_path / "many").mkdir()
    few = told(tmp_path / "few", [(SAID, "") for _ in range(19)], "Nội dung,Ngày")
    many = told(tmp_path / "many", [(SAID, "") for _ in range(21)], "Nội dung,Ngày")
    assert ln.measure_claims(few) == ()
    assert [(one.texts, one.voices) for one in ln.measure_claims(many)] == [(21, None)]


def test_claims_are_never_counted_by_group_source_or_unit() -> None:
    names = {field.name for field in fields(ClaimSeen)}
    assert names == {"claim", "check", "verdict", "summary", "sources", "texts", "messages", "voices", "weeks"}
