"""Invented names of accounts, as people choose them on social media.

All are put together from syllables. None is a common word, and none stands in any text of the study.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from making.nouns import Person, fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from making.chance import Dice

SHORTEST = 8
"""Letters that a name has at least."""

_SURNAMES = (
    "Nguyễn Trần Lê Phạm Huỳnh Hoàng Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Trịnh Đoàn Mai Tô Trương Lâm Phùng Tạ"
    " Châu Quách Thái Hứa Kiều"
).split()
_MIDDLES = (
    "Thị Thị Thị Thị Văn Văn Văn Hữu Kim Ngọc Bích Thu Minh Út Hồng Đình Xuân Mỹ Bá Diễm Thuỳ Quốc Cẩm Thanh"
).split()
_GIVEN = (
    "Sim Mua Khế Lựu Me Đót Sậy Rạ Lạch Đước Vẹt Bần Trám Cói Đay Kén Thoi Nhót Dâu Chanh Quýt Mận Ổi Sung Vả Ngâu"
    " Mộc Lài Lý Sứ Bông Nếp Nương Rẫy Suối Khe Ghềnh Cồn Bãi Phà Đò Chèo Lưới Câu Mắm Muối Tơ Lụa Chỉ Kim Nút Ren"
    " Thêu Vải Nhung Sợi Cúc Bè Mây Sương Nắng Gió Trăng Lúa Đòng Cau Trầu Gừng Riềng Nghệ Sả Tỏi Hành Ớt"
).split()
_ROLES = ("Mẹ|Ba|Bố|Má|Cậu|Dì|Chị Hai|Anh Ba|Chị Tư|Chú Năm|Út|Tía|Cô Bảy|Bà Tám|Mợ Chín|Anh Cả|Bác|Mẹ Cu|Ba Bé").split(
    "|"
)
_PETS = (
    "Bống Tồ|Tí Sún|Mít Ướt|Sóc Nâu|Gạo Nếp|Cà Pháo|Bắp Rang|Tôm Tít|Cún Xù|Nhím Con|Khoai Lang|Bánh Bò|Kẹo Dừa"
    "|Ốc Hương|Mướp Đắng|Sò Lông|Nấm Rơm|Thỏ Trắng|Bí Ngô|Cua Càng|Ngô Non|Gấu Mập|Chôm Chôm|Dế Mèn|Cốm Xanh"
    "|Xoài Cát|Na Dai|Vịt Bầu|Đậu Phộng|Hạt Tiêu|Mận Đỏ|Sữa Chua|Bột Lọc|Lạc Rang|Cá Cơm"
    "|Chuối Hột|Ong Vàng|Bơ Sáp|Kem Que|Tép Riu"
).split("|")
_TAILS = (
    "Quê Lúa|Bến Sông|Xóm Trọ|Miền Gió|Phố Núi|Ven Đê|Xứ Dừa|Đồng Chiêm|Chợ Phiên|Cầu Khỉ|Bãi Ngang|Vườn Cau|Ngõ Nhỏ"
    "|Đất Võ|Xứ Nẫu|Cù Lao|Đầm Sen|Nắng Cháy|Mưa Dầm|Ba Nội|Ca Ba|Tăng Ca|Chuyền Sáu|Dãy Tôn"
).split("|")
_HANDLES = (
    "gio dong bac nang muon co may mua rao la bang sao hom trang khuyet song lang bong vang da cuoi cay que chim sau"
    " tre gia nuoc mat rom kho bui do hat de canh dieu"
).split()


def invent(people: Sequence[Person], texts: Iterable[str], dice: Dice) -> list[str]:
    """Give every person a name of its own.

    Parameters
    ----------
    people : whom to name; TikTok and YouTube use handles more often.
    texts : texts in which no name may stand.

    Returns
    -------
    list of names in the order of `people`, unique after folding.
    """
    said = " | ".join(f" {fold(text)} " for text in texts)
    taken: set[str] = set()
    return [_unused(person, said, taken, dice) for person in people]


def _unused(person: Person, said: str, taken: set[str], dice: Dice) -> str:
    while True:
        name = _style(person, dice)(dice)
        if fold(name) not in taken and fits(name, said):
            taken.add(fold(name))
            return name


def fits(name: str, said: str) -> bool:
    """Whether a name is long and odd enough, and is not a part of what is `said` (folded)."""
    several = any(not sign.isalpha() for sign in name.strip())
    return several and len(fold(name)) >= SHORTEST and fold(name) not in said


def _style(person: Person, dice: Dice) -> Callable[[Dice], str]:
    handles = {"TikTok": 6.0, "YouTube": 3.0, "Facebook": 0.6}.get(person.source, 0.2)
    nicknames = 0.3 if person.source == "Đường dây góp ý" else 3.0
    return dice.weigh((_full, _plain, _nickname, _handle), (4.0, 1.0, nicknames, handles))


def _full(dice: Dice) -> str:
    second = f" {dice.pick(_GIVEN)}" if dice.share() < 0.5 else ""
    return f"{dice.pick(_SURNAMES)} {dice.pick(_MIDDLES)} {dice.pick(_GIVEN)}{second}"


def _plain(dice: Dice) -> str:
    return fold(f"{dice.pick(_MIDDLES)} {dice.pick(_GIVEN)} {dice.pick(_GIVEN)}").title()


def _nickname(dice: Dice) -> str:
    tail = dice.pick(_TAILS) if dice.share() < 0.6 else str(1980 + dice.below(26))
    sign = dice.pick(("", "", "", " 🌻", " 🌾", " ☘", " 🐟"))
    return f"{dice.pick(_ROLES)} {dice.pick(_PETS)} {tail}{sign}"


def _handle(dice: Dice) -> str:
    joint = dice.pick(("_", ".", ""))
    return f"{dice.pick(_HANDLES)}{joint}{dice.pick(_HANDLES)}{joint}{dice.pick(_HANDLES)}_{dice.below(1000):03d}"
