"""The units and the people of the demo. No such units, no such people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from langnghe.errors import Say
from langnghe.hub.people.models import Person
from langnghe.hub.units.models import Unit

if TYPE_CHECKING:
    from collections.abc import Mapping

UNITS = (
    ("province", "Liên đoàn Lao động tỉnh Ví Dụ (thử)", "province", None, ""),
    ("zone", "Công đoàn Khu công nghiệp Bến Mơ (thử)", "zone", "province", "KCN huyện Cũ"),
    ("commune", "Công đoàn phường Sông Mẫu (thử)", "commune", "province", "thị trấn Sông Mẫu; huyện Cũ"),
    ("sector", "Công đoàn ngành Dệt may (thử)", "sector", "province", ""),
    ("lucky", "Công đoàn cơ sở May Mắn (thử)", "grassroots", "zone", ""),
    ("shoes", "Công đoàn cơ sở Giày Bốn Mùa (thử)", "grassroots", "zone", ""),
    ("food", "Công đoàn cơ sở Bếp Ăn Vui (thử)", "grassroots", "commune", ""),
)
"""(word for it here, name, kind, the unit above, old names)."""

PEOPLE = (
    ("admin", "Quản trị (thử)", "admin", None),
    ("researcher", "Nghiên cứu (thử)", "researcher", None),
    ("coder", "Mã hoá một (thử)", "coder", None),
    ("coder2", "Mã hoá hai (thử)", "coder", None),
    ("officer", "Cán bộ tỉnh (thử)", "officer", "province"),
    ("officer2", "Cán bộ khu công nghiệp (thử)", "officer", "zone"),
    ("viewer", "Người xem (thử)", "viewer", None),
)
"""(word for it here, name, role, unit)."""

SAID = {
    "admin": Say("quản trị: người dùng, đơn vị, nhật ký", "administrator: people, units, audit log"),
    "researcher": Say("nghiên cứu: nghiên cứu, sổ mã, khảo sát", "researcher: studies, code-book, surveys"),
    "coder": Say("mã hoá phần 1", "codes part 1"),
    "coder2": Say("mã hoá phần 2", "codes part 2"),
    "officer": Say("cán bộ tỉnh: hộp thư góp ý, khảo sát", "officer of the province: feedback, surveys"),
    "officer2": Say("cán bộ khu công nghiệp: chỉ thấy thư gửi khu", "officer of a zone: sees the zone's letters alone"),
    "viewer": Say("chỉ xem báo cáo và kết quả", "sees reports and results alone"),
}
"""What each of them can be used to look at."""


def make_units() -> dict[str, Unit]:
    """Make the units, by their word."""
    made: dict[str, Unit] = {}
    for word, name, kind, above, old in UNITS:
        parent = made[above] if above else None
        made[word] = Unit.objects.create(name=name, kind=kind, parent=parent, old_names=old)
    return made


def make_people(units: Mapping[str, Unit], password: str) -> dict[str, Person]:
    """Make the accounts, by their word; they share a password."""
    return {
        word: Person.objects.create_user(
            address_of(word), password, name=name, role=role, unit=units[unit] if unit else None
        )
        for word, name, role, unit in PEOPLE
    }


def address_of(word: str) -> str:
    """The address to log in with; mail to it reaches nobody."""
    return f"{word}@example.org"
