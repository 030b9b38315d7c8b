"""Syllables of names, titles and cues, as they are looked up: `langnghe/vi/names.toml` and `places.toml`, read once."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from langnghe.clean.masks.marks import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

Phrase = tuple[str, ...]
Phrases = Mapping[str, Mapping[Phrase, frozenset[Phrase]]]
"""Last word of phrases, folded → phrases, folded, longest first → the ways they are written with diacritics."""


@dataclass(frozen=True)
class Lexicon:
    """What a name can be told by. All keys are folded; the values of mappings are the writings with diacritics.

    Attributes
    ----------
    surnames, middle, given : syllable → the ways it is written with diacritics.
    sure_surnames, sure_middle : those that are seldom another word, without diacritics too.
    common : given names that are common words in small letters, with diacritics.
    stripped : syllables that are mostly another word after a title when typed without diacritics.
    small_surnames : family names that are looked for in small letters without diacritics.
    compounds : words of two syllables, folded, that no name is read into.
    double : given names of two syllables that are common as such.
    kin, work : titles.
    cues, weak_cues : phrases that a name follows, always or at times.
    place_words : phrases after which a name is that of a place or firm.
    places : names of places and of people in names of streets, as phrases.
    """

    surnames: Mapping[str, frozenset[str]]
    middle: Mapping[str, frozenset[str]]
    given: Mapping[str, frozenset[str]]
    sure_surnames: frozenset[str]
    sure_middle: frozenset[str]
    common: frozenset[str]
    stripped: frozenset[str]
    small_surnames: frozenset[str]
    compounds: Mapping[Phrase, frozenset[Phrase]]
    double: Mapping[Phrase, frozenset[Phrase]]
    kin: Phrases
    work: Phrases
    cues: Phrases
    weak_cues: Phrases
    place_words: Phrases
    places: frozenset[Phrase]

    @cached_property
    def syllables(self) -> frozenset[str]:
        """All syllables of names, folded."""
        return frozenset(self.surnames) | frozenset(self.middle) | frozenset(self.given)

    @cached_property
    def openers(self) -> frozenset[str]:
        """The last words of titles and cues, folded."""
        return frozenset(self.kin) | frozenset(self.work) | frozenset(self.cues) | frozenset(self.weak_cues)


@cache
def lexicon() -> Lexicon:
    """The lexicon that comes with Lắng Nghe."""
    names = tomllib.loads((files("langnghe.vi") / "names.toml").read_text("utf-8"))
    places = tomllib.loads((files("langnghe.vi") / "places.toml").read_text("utf-8"))
    surnames, middle, given = names["surnames"], names["middle"], names["given"]
    common = given["words"].lower().split()
    return Lexicon(
        surnames=_written(surnames["sure"], surnames["other"]),
        middle=_written(middle["sure"], middle["other"]),
        given=_written(given["names"]),
        sure_surnames=frozenset(_written(surnames["sure"])),
        sure_middle=frozenset(_written(middle["sure"])),
        common=frozenset(map(canonical, common)),
        stripped=frozenset(given["stripped"].split()),
        small_surnames=frozenset(_written(surnames["small"])),
        compounds=_pairs(names["compounds"]["words"]),
        double=_pairs(given["double"]),
        kin=_phrases(names["titles"]["kin"].replace(" ", "|")),
        work=_phrases(names["titles"]["work"]),
        cues=_phrases(names["cues"]["sure"]),
        weak_cues=_phrases(names["cues"]["maybe"]),
        place_words=_phrases(names["places"]["words"]),
        places=frozenset(_pairs("|".join([names["places"]["famous"], *_places(places)]))),
    )


@cache
def street_names() -> frozenset[str]:
    """Names that streets bear in many towns, in small letters with diacritics."""
    text = tomllib.loads((files("langnghe.vi") / "streets.toml").read_text("utf-8"))["streets"]
    return frozenset(name for line in text.lower().splitlines() for name in line.split("|") if name)


_TONE_PLACES = tuple(
    (older + second, first + newer)
    for first, seconds, pairs in (("o", "ae", "òóỏõọ"), ("u", "y", "ùúủũụ"))
    for older, second, newer in (
        (marked, second, unicodedata.normalize("NFC", second + unicodedata.normalize("NFD", marked)[-1]))
        for marked in pairs
        for second in seconds
    )
)
"""Ends of words in the older spelling, and in the newer."""


def canonical(word: str) -> str:
    """A word in small letters with its tone where the newer spelling puts it ('hòa' → 'hoà', 'thúy' → 'thuý')."""
    for older, newer in _TONE_PLACES:
        if older in word:
            return word[: -len(older)] + newer if word.endswith(older) else word
    return word


def _written(*lists: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for word in " ".join(lists).lower().split():
        found.setdefault(plain(word), set()).add(canonical(word))
    return {key: frozenset(written) for key, written in found.items()}


def _pairs(text: str) -> dict[Phrase, frozenset[Phrase]]:
    found: dict[Phrase, set[Phrase]] = {}
    for line in text.lower().splitlines():
        for phrase in filter(str.strip, line.split("|")):
            written = tuple(map(canonical, phrase.split()))
            found.setdefault(tuple(map(plain, written)), set()).add(written)
    return {key: frozenset(written) for key, written in found.items()}


def _phrases(text: str) -> dict[str, dict[Phrase, frozenset[Phrase]]]:
    found: dict[str, dict[Phrase, frozenset[Phrase]]] = {}
    for key, written in sorted(_pairs(text).items(), key=lambda pair: (-len(pair[0]), pair[0])):
        found.setdefault(key[-1], {})[key] = written
    return found


def _places(table: Mapping[str, Any]) -> Iterable[str]:
    for place in table["place"]:
        for one in (place, *place.get("former", ())):
            yield from (one["name"], *one.get("written", ()))
