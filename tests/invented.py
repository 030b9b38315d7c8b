"""Comments invented for tests, as rows and as files."""

from __future__ import annotations

import csv
import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PLACES = ["Bắc Ninh", "Đồng Nai", "Cà Mau"]
OPENINGS = [
    "Tháng này",
    "thang nay",
    "Dạo này",
    "Hôm qua",
    "Chỗ em",
    "ở xưởng tui",
    "mn ơi",
    "Bữa nay",
    "Trời ơi",
    "Nói thiệt",
]
TROUBLES = [
    "chậm lương hoài mà không ai nói gì",
    "cham luong hon 10 ngay roi",
    "tăng ca tới 10 giờ đêm mệt quá",
    "bị ép tăng ca cả chủ nhật",
    "cơm ca thiu không ai dám ăn",
    "com ca it qua an khong no",
    "tiền trọ lại tăng thêm 200k",
    "chủ trọ tính điện nước cao quá",
    "bảo hiểm xã hội chưa chốt sổ",
    "bao gio moi duoc chot so bhxh vay",
    "xưởng nóng như cái lò",
    "xe đưa đón tới trễ mãi",
]
ENDINGS = [
    "",
    " 😭",
    " huhu",
    " mong cty xem lại",
    " ai biết chỉ giúp em với?",
    " cảm ơn mọi người",
    "...",
    " chán ghê",
    " 🙏",
]
PETITION = "Kính mong công đoàn lên tiếng để công nhân ở trọ được tính giá điện nước theo giá nhà nước quy định"


def invented_rows(count: int, seed: int = 0) -> list[dict[str, str]]:
    """Rows of an export: 12 weeks, 3 provinces, accounts that write once to thrice, a petition copied by many."""
    chance = random.Random(seed)
    rows = []
    for number in range(count):
        text = chance.choice(OPENINGS) + " " + chance.choice(TROUBLES) + chance.choice(ENDINGS)
        if number % 12 == 0:
            text = PETITION + chance.choice(["", " 🙏", " #congnhan", "!!"])
        rows.append(
            {
                "Thời gian": f"{1 + chance.randrange(28):02d}/{7 + chance.randrange(3):02d}/2026 {chance.randrange(24):02d}:15",
                "Nền tảng": chance.choice(["Facebook", "TikTok"]),
                "Người bình luận": f"Tài khoản vẽ ra {chance.randrange(max(1, int(count * 0.7))):05d}",
                "Tỉnh thành": chance.choice(PLACES),
                "Nội dung": text,
                "Lượt thích": str(chance.randrange(50)),
            }
        )
    return rows


def write_rows(path: Path, rows: list[dict[str, str]]) -> Path:
    """Write rows as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path
