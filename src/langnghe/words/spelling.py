"""Spellings that no Vietnamese syllable has, read by rule: 'khôg', 'rồj', 'fải', 'kũng', 'luowng', 'ngonnn'.

A rule speaks only where the word is no syllable as typed and becomes one; where English words are spelt alike ('dog', 'fan', 'key'),
only a word with diacritics is read. What rules can't tell stands in `vi/teencode.toml`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import groupby
from operator import ne
from typing import TYPE_CHECKING

from langnghe.words.fold import fold
from langnghe.words.syllables import has_marks, is_plain_syllable, is_syllable

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKED = (
    (re.compile(r"(?<=[^\Wn])[gq]$"), "ng"),  # khôg, đaq
    (re.compile(r"(?<=[^\Wcnkpt])h$"), "nh"),  # mìh
    (re.compile(r"(?<=[ìíỉĩịi])k$"), "ch"),  # thík
    (re.compile(r"(?<=iế)k$"), "t"),  # biếk
    (re.compile(r"k$"), "c"),  # đượk
    (re.compile(r"^f"), "ph"),  # fải
    (re.compile(r"^w"), "qu"),  # wá
    (re.compile(r"^k(?=[^heêéèẻẽẹếềểễệiíìỉĩịyýỳỷỹỵ])"), "c"),  # kũng
    (re.compile(r"^j(?=[iíìỉĩị])"), "g"),  # jì
    (re.compile(r"^j"), "gi"),  # jờ
    (re.compile(r"^c(?=[eêéèẻẽẹếềểễệiíìỉĩịyýỳỷỹỵ])"), "k"),  # cí
    (re.compile(r"^q(?=[^u])"), "qu"),  # qá
)
_ANY = (
    (re.compile(r"(?<=\w)j"), "i"),  # rồj, vjệc, bjt
    (re.compile(r"^ng(?=[eêéèẻẽẹếềểễệiíìỉĩị])"), "ngh"),  # ngỉ
)
_TELEX = re.compile(r"^dd|uw|uow|iee|yee|uoo|(?:aa|ee|oo|[aou]w)[a-z]*[fxj]$")
_ENGLISH = frozenset("beef roof reef proof hoof woof see too bee fee lee tee moo boo inn".split())
"""Words that a rule would take for Vietnamese."""

_SHAPES = (("aa", "â"), ("ee", "ê"), ("oo", "ô"), ("aw", "ă"), ("uow", "ươ"), ("ow", "ơ"), ("uw", "ư"), ("dd", "đ"))
_TELEX_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_LONG_END = frozenset("mntcghaeiouy")
"""Letters that are doubled for emphasis at the end of a syllable; p only where the word has diacritics ('app')."""


def respell(word: str) -> str | None:
    """The syllable that a word stands for by rule, or None where no rule is sure.

    Parameters
    ----------
    word : in lower case, NFC.

    Examples
    --------
    >>> respell("khôg"), respell("rồj"), respell("luowng"), respell("quáaaa"), respell("dog")
    ('không', 'rồi', 'lương', 'quá', None)
    """
    if not word.isalpha() or word in _ENGLISH or _stands(word):
        return None
    return next((reading for reading in _readings(word) if _stands(reading)), None)


def _readings(word: str) -> Iterator[str]:
    short = shortened(word)
    yield short
    for pattern, written in _ANY:
        yield pattern.sub(written, short)
    if has_marks(short):
        yield from _respelt(short)
    if short.isascii():
        telex = _from_telex(short) if short == word else None
        yield telex or _from_telex(word) or short


def _respelt(word: str) -> Iterator[str]:
    once = [pattern.sub(written, word) for pattern, written in _MARKED if pattern.search(word)]
    yield from once
    for first in once:
        yield from (pattern.sub(written, first) for pattern, written in _MARKED if pattern.search(first))


def _stands(word: str) -> bool:
    return is_syllable(word) or (word.isascii() and is_plain_syllable(word))


def shortened(word: str) -> str:
    """A word without letters repeated for emphasis: runs of three, and two at the end; its tone stays.

    Examples
    --------
    >>> shortened("quáaa"), shortened("đẹppp"), shortened("ngonn"), shortened("app")
    ('quá', 'đẹp', 'ngon', 'app')
    """
    letters = [*map(_folded, word)]
    if all(map(ne, letters, letters[1:])):
        return word
    runs = ["".join(run) for _, run in groupby(word, key=_folded)]
    end = _LONG_END | {"p"} if has_marks(word) else _LONG_END
    return "".join(_one(run) if _is_emphasis(run, end, last=i == len(runs) - 1) else run for i, run in enumerate(runs))


_folded = lru_cache(maxsize=4096)(fold)


def _is_emphasis(run: str, end: frozenset[str], *, last: bool) -> bool:
    return len(run) >= 3 or (last and len(run) == 2 and fold(run[0]) in end)


def _one(run: str) -> str:
    return max(run, key=lambda letter: (not letter.isascii(), unicodedata.normalize("NFD", letter)))


def _from_telex(word: str) -> str | None:
    if not _TELEX.search(word):
        return None
    body, tone = (word[:-1], _TELEX_TONES[word[-1]]) if word[-1] in _TELEX_TONES else (word, "")
    for typed, letter in _SHAPES:
        body = body.replace(typed, letter)
    body = body.replace("uơ", "ươ").replace("ưo", "ươ")
    return next((made for made in _with_tone(body, tone) if is_syllable(made)), None)


def _with_tone(body: str, tone: str) -> Iterator[str]:
    if not tone:
        yield body
        return
    vowels = [i for i, letter in enumerate(body) if fold(letter) in "aeiouy"]
    shaped = [i for i in vowels if not body[i].isascii()]
    for i in [*shaped[::-1], *vowels]:
        yield unicodedata.normalize("NFC", body[: i + 1] + tone + body[i + 1 :])
