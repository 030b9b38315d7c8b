"""A small desk for tests: invented checks, and a clock."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from langnghe.check.checks import Check, Source
from langnghe.check.desk import Desk
from langnghe.clean.masks import mask_text

if TYPE_CHECKING:
    from pathlib import Path

LAW = "Bộ luật Lao động 45/2019/QH14"

CHECKS = (
    Check("tet", "Tết Âm lịch được nghỉ 5 ngày hưởng lương.", "Nghỉ Tết 5 ngày", "Đúng. Nghỉ 05 ngày.", ("nghỉ tết năm ngày có lương",), "true"),
    Check("tet9", "Tết Âm lịch được nghỉ 9 ngày hưởng lương.", "Luật không cho 9 ngày", "Sai.", ("nghỉ tết chín ngày",), "false"),
    Check("vung25", "Năm 2025 lương tối thiểu vùng tăng 6 %.", "Lương tối thiểu 2025", "Sai.", ("2025 lương vùng tăng 6%",), "false"),
    Check("vung24", "Năm 2024 lương tối thiểu vùng tăng 6 %.", "Lương tối thiểu 2024", "Đúng.", ("2024 lương vùng tăng 6%",), "true"),
    Check("rut", "Từ 1/7/2025 không ai được rút bảo hiểm xã hội một lần.", "Rút BHXH một lần", "Sai.", ("bỏ rút bhxh 1 lần",), "false", addresses=("vidu.vn/tin/rut",)),
    Check("bhtn", "Nghỉ việc không được rút bảo hiểm thất nghiệp một lần.", "BHTN không rút một lần", "Đúng.", ("bhtn không rút một cục được",), "true"),
    Check("phep", "Làm đủ một năm được 12 ngày phép.", "Phép năm 12 ngày", "Đúng.", ("một năm mười hai ngày phép",), "true"),
    Check("dem", "Làm ca đêm được trả thêm ít nhất 30 %.", "Ca đêm thêm 30 %", "Đúng.", ("phụ cấp đêm 30%",), "true"),
)  # fmt: skip


def at(minute: int) -> str:
    return f"2026-07-01T08:{minute:02}:00+07:00"


def received(folder: Path, text: str = "Từ 1/7 bỏ rút BHXH một lần", minute: int = 0) -> Desk:
    return Desk.create(folder).receive(text, who="lan", role="cán bộ kiểm chứng", at=at(minute), mask=mask_text)


def published(folder: Path, text: str = "Từ 1/7 bỏ rút BHXH một lần") -> Desk:
    desk = received(folder, text)
    source = asdict(Source(LAW, "168", "3", verified=True, quote="trích </script><b>"))
    for minute, (who, act, said) in enumerate(
        (
            ("lan", "triage", {"kind": "checkable"}),
            ("lan", "evidence", source),
            ("lan", "draft", {"verdict": "false", "summary": "Sai. Quy định vẫn còn.", "title": "Chưa bỏ rút một lần"}),
            ("minh", "read", {}),
            ("minh", "publish", {}),
        ),
        1,
    ):
        desk = desk.act("c-0001", act, said, who=who, role=f"vai của {who}", at=at(minute))
    settings = folder / "desk.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('url = ""', 'url = "https://vidu.vn/kc"'), encoding="utf-8")  # fmt: skip
    return Desk.open(folder)
