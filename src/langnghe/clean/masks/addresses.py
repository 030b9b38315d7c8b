"""Addresses of homes: house number and street, alley, hamlet, room of a boarding house, flat.

An address is a row of parts ('số 36', 'hẻm 429', 'đường Trần Phú', 'tổ 19', 'ấp 2', 'nhà trọ Kim Liên', '12/3/4'). A part alone
is none ('bàn số 8', 'đường 3/2', 'tổ 3'): it takes a number of a house or room and what it belongs to, or a number with a
slash and a street.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from langnghe.clean.masks.lexicon import lexicon, street_names
from langnghe.clean.masks.marks import Span, plain
from langnghe.clean.masks.sieve import Needed, needed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from langnghe.clean.masks.marks import Draft

_DIGIT = r"(?:\d{1,4}|(?:mot|hai|ba|bon|nam|sau|bay|tam|chin|linh|muoi)(?: (?:mot|hai|ba|bon|nam|sau|bay|tam|chin|linh|muoi))*(?= x| duong))"
_SLASHED = rf"[kh]?{_DIGIT}[a-z]?(?:\s?(?:/|xet|xuyet|suyet|sec|-(?=\d+ [a-z]{{2}}))\s?[a-z]?{_DIGIT}[a-z]?)+"
_PLAIN_NUMBER = rf"(?:{_SLASHED}|{_DIGIT}[a-z]?)(?:\s?bis|\s?ter)?"
_NUMBER = rf"{_PLAIN_NUMBER}(?![^\W_]|[.,]\d)"
_CODE = r"(?:[a-z]{1,2}\d{1,3}-\d{1,4}|[a-z]{0,2}\d{1,4}[a-z]?)(?![^\W_]|[/\-])"
_B = r"(?<![^\W_])"

_HOUSE = rf"{_B}(?:(?:so nha|nha so|so|sn|nha)\s?{_NUMBER}(?:\s?\(so cu {_NUMBER}\))?|{_SLASHED}(?:\s?bis)?(?=duong|dg|[\W_]|$))"
_ROOM = rf"{_B}(?:(?:phong(?: tro)?(?: so)?|p\.?|can(?: ho)?|lau|tang|block|lo|day|toa)\s?{_CODE}|(?:day|block|lo|toa)\s[a-h](?=[\s,]))"
_AREA = (
    r"(?<![^\W\d_])(?:(?:to(?: dan pho)?|tdp|ap|thon|xom|doi|khu pho|kp|ngo|ngach|hem|kiet|duong(?: so)?|d\.|dg|pho|quoc lo|ql|tinh lo|tl|huong lo|hl|khu)\.?\s?"
    r"(?:\d{1,4}[a-z]?(?:/\d{1,4}[a-z]?)*(?![^\W_])|\s(?:[a-z]{1,2}\s?\d{1,3}|xvnt)(?![^\W_]))|(?:duong|dg|d\.)\s(?:[a-z]{1,3}\s?\d{1,3}[a-z]?|xvnt)(?![^\W_]))"
)
_OF = (
    rf"{_B}(?:(?:(?:ktx|ky tuc xa)(?: cong nhan)?|phong tro phia sau)(?=[\s,]|$)"
    r"|(?P<of>duong|d\.|dg|pho|ap|thon|xom|ban|khu pho|tdp|to dan pho \d+|nha tro|phong tro|day tro|tro|chung cu(?: nha o xa hoi)?|kdc|khu dan cu|cu xa|hem|ngo)\s)"
)
_STREET = (
    rf"{_B}(?P<number>(?:so |so nha |nha so )?{_PLAIN_NUMBER}(?=duong|dg|[\W_]))\s?(?P<road>(?:duong|d\.|dg|pho)\s)?"
)
_JOIN = re.compile(r"[\s,]{1,3}$|$")
_ENDING = re.compile(r"(?:,? ?(?:phong tro phia sau|phia sau|cong nhan|nha o xa hoi))")
_NAME_WORD = re.compile(r"\s?([^\W\d_]++(?!\d)|[a-z]?\d{1,2}(?![\d/]))")
_STOP = frozenset(
    """va voi nha nhe nka a ad em anh chi toi tui minh co khong ko k hok gan la ma de o tai bi do cho den toi tu tang thu dien giat giam gium dum ho may mat
    phong so sdt dt lau tang ngay cuoi thang sap cua nhung thi da dang se roi lam lm xin hoi sau truoc trc cu cuu muon ba hai mot mong chua chap mo moi tham
    tra ko kh nuoc cap chu nguoi ng uy bao lut ho de khi cong benh xa huyen tinh quan phuong thanh tp tx p q h ve nua ban le""".split()
)
_NO_NAME = frozenset("so nha o thi em toi tui minh nao nay va khong".split())
_ADDRESS_CUE = re.compile(
    r"(?:#|o|tai|toi|den|ve|dia chi|dc|đc|ghe|o tro|tro|nha|gan|so|la|ngu|em|:|\n|,)\s?(?:la|em|:|so)?\s?$"
)
_UNIT_AFTER = re.compile(
    r"\s?(?:nguoi|cong|gio|tieng|ngay|thang|nam|phut|lan|trieu|tr|k|nghin|ngan|dong|cai|con|doi|san pham|do|diem|met|m2?|kg|km|%|cu|phan|dot|h|suat|chiec|bo|ca|tuan|buoi|to|chuyen|xuong|ban|anh|chi|em|ong|ba)(?![^\W_])"
)

_ROAD_CODE = re.compile(r"\s(?:dt|ql|tl|hl|dx|nb|tx|d|n)\s?\d{1,3}[a-z]?(?![^\W_])")

Part = tuple[int, int, str]


@cache
def _streets() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(plain(name).split()) for name in street_names())


@cache
def needed_by_addresses() -> Needed:
    """A house, a room, an area, two parts that take a name, or a number before what may be a street.

    That is a word for a road, its code, a known name, two words that begin somebody's name, or two words with capitals.
    """
    known = lexicon()
    roads = r"(?:duong|d\.|dg|pho)\s|(?:dt|ql|tl|hl|dx|nb|tx|d|n)\s?\d|x"
    streets = "|".join(sorted({r"\s?".join(name[:2]) for name in _streets() if len(name) > 1}))
    people = rf"(?:{'|'.join(sorted(known.surnames))})\s?(?:{'|'.join(sorted(known.sure_middle))})"
    named, number = needed(_OF), needed(_PLAIN_NUMBER)
    return Needed(
        (
            needed(_HOUSE),
            needed(_ROOM),
            needed(_AREA),
            f"{named}.*{named}",
            rf"{number}\s?(?:{roads}|{streets}|{people})",
        ),
        (r"\d\p{L}?(?:\s?(?i:bis|ter))?\s?\p{Uppercase}[\p{L}\p{M}\p{N}]*\s?\p{Uppercase}",),
    )


def addresses(draft: Draft) -> Iterator[Span]:
    """Addresses of homes."""
    row: list[Part] = []
    for part in [*_parts(draft), None]:
        if row and (part is None or not _JOIN.match(draft.plain[row[-1][1] : part[0]])):
            if _is_address(draft, row):
                yield Span(row[0][0], _with_ending(draft, row[-1][1]), "address")
            row = []
        if part is not None:
            row.append(part)


def _with_ending(draft: Draft, end: int) -> int:
    ending = _ENDING.match(draft.plain, end)
    return ending.end() if ending else end


def _parts(draft: Draft) -> Iterator[Part]:
    """The parts of addresses in a draft, from left to right, none within another."""
    found = (_named(draft, match, kind) for pattern, kind in _PATTERNS for match in pattern.finditer(draft.plain))
    position = 0
    for part in sorted(filter(None, found), key=lambda p: (p[0], -p[1])):
        if part[0] >= position:
            yield part
            position = part[1]


def _named(draft: Draft, found: re.Match[str], kind: str) -> Part | None:
    """The part that a match begins: with the name that belongs to it where it takes one."""
    if kind in {"house", "room", "area"}:
        end = found.end()
        if kind == "house" or (kind == "area" and found[0][-1].isdigit()):
            slashed = kind == "area" and "/" in found[0] and found[0][0] in "hnk"
            end = max(
                end, (_name_end(draft, end, 2) if slashed else _street_end(draft, end, known_only=kind == "area"))
            )
            kind = "street" if (kind == "house" or slashed) and end > found.end() else kind
        return found.start(), end, kind
    if kind == "street":
        end = _street_end(draft, found.end() - (found[0][-1] == " "), known_only=False)
        if found["road"]:
            end = max(end, _name_end(draft, found.end() - 1, 2))
        return (found.start(), end, "street") if end > found.end() else None
    if found["of"] is None:
        return found.start(), found.end(), "of"
    end = _name_end(draft, found.end() - 1, 2)
    return (found.start(), end, "of") if end > found.end() - 1 else None


_PATTERNS = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in ((_HOUSE, "house"), (_ROOM, "room"), (_AREA, "area"), (_OF, "of"), (_STREET, "street"))
)


def _street_end(draft: Draft, start: int, *, known_only: bool) -> int:
    """Where the name of a street ends that begins after `start`: a known one, or a row of words with capitals."""
    words = list(_words(draft, start, 6))
    for length in range(min(5, len(words)), 1, -1):
        if tuple(draft.plain[a:b] for a, b in words[:length]) in _streets():
            after = words[length : length + 1]
            roads = draft.plain[words[0][0] : words[1][1]] in {"quoc lo", "tinh lo", "huong lo"}
            return after[0][1] if roads and after else words[length - 1][1]
    code = _ROAD_CODE.match(draft.plain, start)
    if code:
        return code.end()
    keys = [draft.plain[a:b] for a, b in words[:3]]
    if (
        len(keys) == 3
        and keys[0] in lexicon().surnames
        and keys[1] in lexicon().sure_middle
        and keys[2] in lexicon().given
    ):
        return words[2][1]
    if known_only:
        return start
    raised = 0
    while (
        raised < min(4, len(words))
        and draft.text[words[raised][0]].isupper()
        and draft.plain[slice(*words[raised])] not in {"tp", "kcn", "p"}
    ):
        raised += 1
    return words[raised - 1][1] if raised > 1 else start


def _words(draft: Draft, start: int, most: int) -> Iterator[tuple[int, int]]:
    for _ in range(most):
        found = _NAME_WORD.match(draft.plain, start)
        if not found:
            return
        yield found.start(1), found.end(1)
        start = found.end()


def _name_end(draft: Draft, start: int, most: int) -> int:
    """Where the name after 'ấp', 'nhà trọ', 'đường' … ends: a known street, words with capitals, else two words at most."""
    known = _street_end(draft, start, known_only=False)
    if known > start:
        numbered = re.compile(r" \d{1,2}(?![\w/:])").match(draft.plain, known)
        return numbered.end() if numbered else known
    if draft.plain[start : start + 2].strip()[:1].isdigit():
        return start
    end, taken = start, 0
    for a, b in _words(draft, start, most + 2):
        word = draft.plain[a:b]
        raised = draft.text[a].isupper()
        if not raised and word in (_STOP if taken else _NO_NAME):
            break
        if taken >= most and not (word[0].isdigit() or raised):
            break
        end, taken = b, taken + 1
    return end


_HOMES = re.compile(r"nha tro|phong tro|day tro|\btro\b|chung cu|ktx|ky tuc xa|kdc|khu dan cu|cu xa")


def _is_address(draft: Draft, row: Sequence[Part]) -> bool:
    """Whether a row of parts tells where somebody lives."""
    kinds = {kind for _, _, kind in row}
    written = draft.plain[row[0][0] : row[-1][1]]
    if _UNIT_AFTER.match(draft.plain, row[-1][1]) and len(row) == 1 and row[0][2] != "street":
        return False
    if "street" in kinds:
        return _likely_street(draft, row, written)
    if "house" in kinds:
        return bool(kinds & {"area", "of"}) or "room" in kinds
    if "room" in kinds:
        return (_HOMES.search(written) is not None and bool(re.search(r"\d", written))) or (
            bool(kinds & {"area"}) and len(row) > 2
        )
    return len(row) > 1 and re.search(r"\d", written) is not None


def _likely_street(draft: Draft, row: Sequence[Part], written: str) -> bool:
    """Whether a number and a street in a row are an address: more parts, a slash, a letter, or words before that say so."""
    if len(row) > 1 or re.match(r"so|nha|sn|k\d", written) or re.match(r"\d+(?:\s?(?:/|x)|[a-z]|-)", written):
        return True
    begins = row[0][0] == 0 or not draft.plain[: row[0][0]].strip()
    return begins or _ADDRESS_CUE.search(draft.plain[max(0, row[0][0] - 14) : row[0][0]]) is not None
