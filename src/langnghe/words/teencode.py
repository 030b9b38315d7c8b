"""Teencode and abbreviations: from a written form to what is meant, by the table `vi/teencode.toml` and by rules of spelling.

Most forms have one meaning. Those with several ('k': không, or nghìn after a number) are read by their neighbours, one on each side;
:func:`keys_of` alone gives the meaning that they have otherwise.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any

from langnghe.words.fold import fold
from langnghe.words.spelling import respell
from langnghe.words.syllables import is_plain_syllable

TESTS = ("after_number", "before_number", "after", "before")
"""What is asked of the neighbours, in this order."""

_NUMBER = re.compile(r"\d+(?:[.,/]\d+)*")
_GLUED = re.compile(r"(\d+(?:[.,]\d+)*)([^\W\d_]+)(\d*)")
_LAUGH = re.compile(
    r"a?(?:h[aáàăâ]+){2,}h?|(?:h[iíì]+){2,}h?|(?:h[eéèêế]+){2,}h?|(?:h[uúư]+){2,}h?|(?:k[aá]){3,}k?|k{3,}|(?:a+h+){2,}a*"
)
_MOUTH = {")": ":)", "(": ":("}


@dataclass(frozen=True)
class Reading:
    """What a form means where a test holds: `neighbour` is the folded key beside it, for the tests 'after' and 'before'."""

    test: str
    neighbour: str
    meaning: str


@dataclass(frozen=True)
class Teencode:
    """The hand-written table.

    Attributes
    ----------
    typed : written form, matched as typed → what is meant, with diacritics.
    folded : folded written form → what is meant.
    context : forms with several meanings, matched as typed → readings in order of the tests.
    loans : foreign words → the folded keys that they count as.
    plain : folded syllables that can only be one word, typed without diacritics → that word. For writing out alone.
    """

    typed: dict[str, str]
    folded: dict[str, str]
    context: dict[str, tuple[Reading, ...]]
    loans: dict[str, str]
    plain: dict[str, str]


@lru_cache(maxsize=1)
def table() -> Teencode:
    """Read the table."""
    data = tomllib.loads(files("langnghe.vi").joinpath("teencode.toml").read_text(encoding="utf-8"))
    rows = data["context"]
    alone = {row["key"]: row["otherwise"] for row in rows if "otherwise" in row}
    exact = {**data["words"], **data["abbreviations"]}
    typed = {**exact, **data["typed"], **{row["key"]: row["key"] for row in rows}, **alone}
    simple = Teencode(typed, _folded(exact), {}, data["loans"], data["plain"])
    return replace(simple, context={row["key"]: _readings(row, simple) for row in rows})


def _folded(exact: dict[str, str]) -> dict[str, str]:
    """The entries that may be looked up folded; of two that fold alike the one without diacritics counts."""
    found: dict[str, str] = {}
    for written in sorted(exact, key=lambda form: not form.isascii()):
        key = fold(written)
        ruled = respell(written) == exact[written]  # the rules of spelling know it, with its diacritics
        if written.isascii() or not (ruled or is_plain_syllable(key)):
            found.setdefault(key, exact[written])
    return found


def _readings(row: dict[str, Any], simple: Teencode) -> tuple[Reading, ...]:
    found: list[Reading] = []
    for test in TESTS:
        meaning = row.get(test)
        if isinstance(meaning, str):
            found.append(Reading(test, "", meaning))
        elif meaning:
            side = -1 if test == "after" else 0
            found.extend(
                Reading(test, fold(_alone(word, simple) or word).split()[side], m) for word, m in meaning.items()
            )
    return tuple(found)


def _alone(surface: str, known: Teencode) -> str | None:
    """What a form means without its neighbours; None where the table and the rules say nothing of it."""
    if surface in known.typed:
        return known.typed[surface]
    respelt = respell(surface)
    if respelt is not None and not surface.isascii():
        return known.typed.get(respelt, respelt)
    meant = known.folded.get(fold(surface))
    if meant is None and respelt is not None:
        return known.typed.get(respelt, known.folded.get(fold(respelt), respelt))
    return meant


@lru_cache(maxsize=1 << 14)
def meaning(surface: str) -> str | None:
    """What a written form means by itself, with diacritics where the table has them; None where it stands for itself.

    Examples
    --------
    >>> meaning("cty"), meaning("khôngggg"), meaning("15k"), meaning("lương")
    ('công ty', 'không', '15 nghìn', None)
    """
    glued = _GLUED.fullmatch(surface)
    if glued:
        unit = next((r.meaning for r in table().context.get(glued[2], ()) if r.test == "after_number"), None)
        if unit:
            return " ".join(filter(None, (glued[1], unit, glued[3])))
    return _alone(surface, table())


def keys_of(surface: str) -> list[str]:
    """The folded keys that one written form stands for by itself.

    Breaks ('.', '?', '!') have none; a mask has itself; 'cty' has two (cong, ty); an emoticon has ':)' or ':('.

    Examples
    --------
    >>> keys_of("Mệttt")
    ['met']
    >>> keys_of("500k")
    ['500', 'nghin']
    >>> keys_of("?")
    []
    """
    if surface in {".", "?", "!"}:
        return []
    if surface.startswith("‹"):
        return [surface]
    if surface[-1] in _MOUTH:
        return [_MOUTH[surface[-1]]]
    if _LAUGH.fullmatch(surface):
        return ["haha"]
    return folded_keys(meaning(surface) or surface) or [surface]


def folded_keys(meant: str) -> list[str]:
    """The folded keys of a meaning; foreign words count as the word they stand for ('thanks' → cam, on)."""
    loans = table().loans
    return fold(" ".join(loans.get(word, word) for word in meant.split())).split()


def is_number(surface: str) -> bool:
    """Whether a written form is a number in digits: '500', '4.2', '12.500.000', '1/2'."""
    return surface[0].isdigit() and _NUMBER.fullmatch(surface) is not None


def meaning_between(surface: str, before: str | None, after: str | None) -> str | None:
    """What a written form means between its neighbours (None: a break); None where it stands for itself.

    Examples
    --------
    >>> meaning_between("k", "500", None), meaning_between("k", "em", "biết")
    ('nghìn', 'không')
    """
    readings = table().context.get(surface)
    if readings is None:
        return meaning(surface)
    left = keys_of(before)[-1:] if before else []
    right = keys_of(after)[:1] if after else []
    numbers = {
        "after_number": bool(before) and is_number(before or ""),
        "before_number": bool(after) and is_number(after or ""),
    }
    beside = {"after": left, "before": right}
    for reading in readings:
        if numbers.get(reading.test) or reading.neighbour in beside.get(reading.test, ()):
            return reading.meaning
    return meaning(surface)
