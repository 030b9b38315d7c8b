from __future__ import annotations

from typing import TYPE_CHECKING

import langnghe as ln
from desk_rows import published

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
