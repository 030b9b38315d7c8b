"""Whether something that a person wrote in a code-book names a person or an account."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from langnghe.words.fold import fold

_ACCOUNT = re.compile(
    r"(?<![\w.])@\w{3,}|https?://|www\.|\b(?:facebook|fb|tiktok|youtube|instagram)\.com|zalo\.me|\bt\.me/|"
    r"[\w.+-]+@[\w-]+\.\w{2,}|(?<!\d)(?:\+84|0)(?:[ .-]?\d){8,10}(?!\d)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
_MIDDLE = frozenset({"văn", "thị", "van", "thi"})
_NO_NAME = frozenset("hoa phong ban nghe kien truong xa tran su hoc the chi chu".split())
_PLAIN = frozenset("nguyen tran le pham huynh phan vu vo dang bui ngo duong".split())
"""Middle names by which a full name is known in any case; what follows them in words ('văn hóa', 'thị trường');
family names typed without diacritics."""


@dataclass(frozen=True)
class _Names:
    surnames: frozenset[str]
    given: frozenset[str]
    common: frozenset[str]
    plain: frozenset[str]
    compounds: frozenset[tuple[str, str]]
    titles: frozenset[str]
    places: frozenset[str]
    famous: frozenset[str]


@lru_cache(maxsize=1)
def _names() -> _Names:
    data = tomllib.loads((files("langnghe.vi") / "names.toml").read_text("utf-8"))
    split = {key: re.split(r"[|\n]", data[key[0]][key[1]]) for key in (("compounds", "words"), ("titles", "work"))}
    pairs = [tuple(map(fold, pair.split())) for pair in split["compounds", "words"]]
    titles = {title.split()[-1] for title in split["titles", "work"] if title} | set(data["titles"]["kin"].split())
    return _Names(
        surnames=frozenset(f"{data['surnames']['sure']} {data['surnames']['other']}".lower().split()),
        given=frozenset(data["given"]["names"].lower().split()),
        common=frozenset(data["given"]["words"].lower().split()),
        plain=frozenset(map(fold, f"{data['given']['names']} {data['given']['words']}".lower().split())),
        compounds=frozenset((pair[0], pair[1]) for pair in pairs if len(pair) == 2),
        titles=frozenset(titles),
        places=frozenset(re.split(r"[|\n]", data["places"]["words"])),
        famous=frozenset(part.strip() for part in re.split(r"[|\n]", data["places"]["famous"])),
    )


def names_someone(text: str) -> bool:
    """Whether a person's name, an account, a link, a phone number or an e-mail address stands in a text.

    Examples
    --------
    >>> names_someone("Chuyện của ông Hùng tổ trưởng"), names_someone("Thái độ của tổ trưởng")
    (True, False)
    """
    if _ACCOUNT.search(text):
        return True
    words = _WORD.findall(text.replace("_", " "))
    capitals = any(word.istitle() for word in words[1:])
    return any(
        _full_name(words, i) or (capitals and (_capitals(words, i) or _titled(words, i))) for i in range(len(words))
    )


def _full_name(words: list[str], i: int) -> bool:
    """'nguyễn văn …', 'tran thi …', in any case."""
    known = _names()
    if i + 2 >= len(words) or words[i + 1].lower() not in _MIDDLE or fold(words[i + 2]) in _NO_NAME:
        return False
    surname, given = words[i].lower(), words[i + 2].lower()
    if words[i + 1].isascii():
        return surname in _PLAIN and fold(given) in known.plain
    return surname in known.surnames and given in known.given | known.common


def _capitals(words: list[str], i: int) -> bool:
    """'Nguyễn Minh Tâm': a family name and two or three more words with capitals, the last one a given name."""
    run = []
    for word in words[i : i + 4]:
        if not word.istitle():
            break
        run.append(word.lower())
    if len(run) < 3 or run[0] not in _names().surnames or all(word.istitle() for word in words):
        return False
    known = _names()
    before = {" ".join(words[max(0, i - n) : i]).lower() for n in (1, 2, 3)}
    return run[2] in known.given and not before & known.places and " ".join(run[:3]) not in known.famous


def _titled(words: list[str], i: int) -> bool:
    """'ông Hùng', 'sếp Tuấn', 'chị Lan tổ trưởng'."""
    known = _names()
    if i == 0 or words[i - 1].lower() not in known.titles or not words[i].istitle() or len(words[i]) < 2:
        return False
    name, after = words[i].lower(), words[i + 1] if i + 1 < len(words) else ""
    if name not in known.given | known.common or all(word.istitle() for word in words):
        return False
    return (fold(name), fold(after)) not in known.compounds and (name not in known.common or not after.istitle())
