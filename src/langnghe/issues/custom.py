"""A code-book of one's own, its signature, and what it may show below the province.

Words can be disguised (see `langnghe.issues.refusals`). So what is counted by a code-book that is not the shipped one is shown below
the province only when a second person stands for it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from langnghe.issues.codebook import SHIPPED, read_codebook, shipped_sha256
from langnghe.words.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from langnghe.issues.codebook import Codebook, Issue

SHELTERED = frozenset({"union", "treatment"})
"""Issues that are never shown below the province: what is said of the union or of superiors must not point to a place."""

_SHARED_SEEDS = 1 / 3
"""Share of an issue's seeds that are those of a sheltered one, from which on it is sheltered too, whatever its id."""

_KINDS = frozenset({"tinh", "tp", "city", "province"})
_NO_PLACE = frozenset(
    map(fold, ("khác", "không rõ", "chưa rõ", "không có", "toàn quốc", "cả nước", "other", "unknown"))
)


def is_custom(book: Codebook) -> bool:
    """Whether a code-book counts, or calls, anything otherwise than the shipped one.

    Issues that were left out, comments, order, laws and the version make no custom code-book; a name, a definition, a seed or a
    counter phrase that differs does.
    """
    if book.sha256 == shipped_sha256():
        return False
    shipped = read_codebook(SHIPPED)
    known = {_asked(one) for one in (*shipped.issues, *shipped.reactions)}
    return any(_asked(one) not in known for one in (*book.issues, *book.reactions))


def _asked(issue: Issue) -> tuple[object, ...]:
    said = (issue.id, issue.name, issue.definition, issue.belongs, issue.excludes)
    return (*said, frozenset(issue.seeds), frozenset(issue.counter), issue.sub, issue.merged)


def is_signed(book: Codebook) -> bool:
    """Whether a second person signed exactly what the code-book counts today."""
    signature = book.signature
    if signature is None or signature.sha256 != book.content_sha256():
        return False
    return same_person(signature.editor, signature.signer) is False


def same_person(one: str, other: str) -> bool:
    """Whether two names or roles, as people type them, are the same one.

    >>> same_person("Chị Lan, ban Chính sách", "chi lan ban chinh sach")
    True
    """
    return _letters(one) == _letters(other)


def _letters(text: str) -> str:
    return "".join(sign for sign in fold(text) if sign.isalnum())


def may_go_below_province(book: Codebook) -> bool:
    """Whether figures of this code-book may be shown for groups below the province."""
    return not is_custom(book) or is_signed(book)


def sheltered(book: Codebook) -> frozenset[str]:
    """Ids of the issues that are never shown below the province: the union and treatment, and what was made of their phrases."""
    shipped = {phrase for one in read_codebook(SHIPPED).issues if one.id in SHELTERED for phrase in one.seeds}
    return SHELTERED | frozenset(
        issue.id
        for issue in book.issues
        if SHELTERED & {issue.split_from, *issue.merged}
        or len(shipped & set(issue.seeds)) >= _SHARED_SEEDS * len(issue.seeds)
    )


@dataclass(frozen=True)
class Withheld:
    """What is not shown by group: columns of groups that are left out, and numbers of issues per column that stays."""

    columns: tuple[str, ...]
    issues: dict[str, tuple[int, ...]]


def withheld(book: Codebook, ids: Sequence[str], groups: Mapping[str, Iterable[str | None]]) -> Withheld:
    """What must not be shown by group.

    Parameters
    ----------
    book : the code-book.
    ids : ids of the issues by their number.
    groups : columns of groups with their values.
    """
    below = [name for name, values in groups.items() if not are_provinces(values)]
    if not may_go_below_province(book):
        return Withheld(tuple(below), {})
    hidden = sheltered(book)
    numbers = tuple(number for number, name in enumerate(ids) if name in hidden)
    return Withheld((), dict.fromkeys(below, numbers))


def are_provinces(values: Iterable[str | None]) -> bool:
    """Whether all values of a column of groups are provinces, those of before July 2025 included; blanks and 'other' may be among them.

    Examples
    --------
    >>> are_provinces(["Bắc Ninh", "tỉnh Cà Mau", "TP. Hồ Chí Minh", "Bắc Giang", None, "Khác"])
    True
    >>> are_provinces(["Bắc Ninh", "Xưởng 2"])
    False
    """
    named = {_place(value) for value in values if value is not None and value.strip()} - _NO_PLACE
    return bool(named) and named <= _provinces()


def _place(value: str) -> str:
    words = "".join(sign if sign.isalnum() else " " for sign in fold(value)).split()
    if words[:2] == ["thanh", "pho"]:
        words = words[2:]
    elif len(words) > 1 and words[0] in _KINDS:
        words = words[1:]
    return " ".join(words[:-1] if len(words) > 1 and words[-1] in {"city", "province"} else words)


@lru_cache(maxsize=1)
def _provinces() -> frozenset[str]:
    rows = tomllib.loads((files("langnghe.vi") / "places.toml").read_text("utf-8"))["place"]
    both = [place for row in rows for place in (row, *row["former"])]
    return frozenset(_place(written) for place in both for written in (place["name"], *place["written"]))
