"""A text as folded keys: what claims, questions and passages of law are compared by, with diacritics or without."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from langnghe.words.teencode import folded_keys, keys_of, meaning_between, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

BREAK = ""
"""Stands between two sentences, so that no pair reaches over the end of one."""

LONGEST = 20_000
"""Characters of a text that are read; a claim and a question are shorter by far."""

_PARTS = re.compile(r"‹[^›]*›|\d+(?:[.,/]\d+)*[^\W_]*|[^\W_]+|[.?!;\n]+")
_ENDS = frozenset(".?!;\n")


@lru_cache(maxsize=1 << 17)
def _alone(surface: str) -> tuple[str, ...]:
    return tuple(keys_of(surface))


def keys(text: str) -> tuple[str, ...]:
    """The folded keys of a text, teencode and abbreviations written out; `BREAK` stands between sentences.

    Examples
    --------
    >>> keys("Ko đc rút BHXH 1 lần?")
    ('khong', 'duoc', 'rut', 'bao', 'hiem', 'xa', 'hoi', '1', 'lan', '')
    """
    parts: list[str] = _PARTS.findall(unicodedata.normalize("NFC", text[:LONGEST]).lower())
    return tuple(key for found in _keys_of(parts) for key in found)


def _keys_of(parts: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The keys of each part of a text."""
    context = table().context
    for number, part in enumerate(parts):
        if part[0] in _ENDS:
            yield (BREAK,)
        elif part in context:
            yield _between(part, _beside(parts, number - 1), _beside(parts, number + 1))
        else:
            yield _alone(part)


def _beside(parts: Sequence[str], number: int) -> str | None:
    return parts[number] if 0 <= number < len(parts) and parts[number][0] not in _ENDS else None


@lru_cache(maxsize=1 << 15)
def _between(part: str, before: str | None, after: str | None) -> tuple[str, ...]:
    meant = meaning_between(part, before, after)
    return tuple(folded_keys(meant)) if meant else _alone(part)


def pairs(found: Sequence[str]) -> list[str]:
    """Adjacent pairs of keys, none over the end of a sentence: 'bao hiem', 'hiem xa'."""
    return [f"{a} {b}" for a, b in pairwise(found) if a and b]


@lru_cache(maxsize=1 << 18)
def token_hash(token: str) -> int:
    """A 64-bit number for a key or a pair, the same on every machine."""
    return int.from_bytes(blake2b(token.encode(), digest_size=8).digest(), "little")


@dataclass(frozen=True)
class Phrases:
    """Phrases as folded keys, each with what it stands for; the longest are found first.

    Attributes
    ----------
    of : first key → the phrases that begin with it, longest first, with what each stands for.
    """

    of: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]

    @classmethod
    def from_names(cls, named: Mapping[str, Sequence[str]]) -> Phrases:
        """Phrases by what they stand for."""
        rows: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name, phrases in named.items():
            for phrase in phrases:
                folded = tuple(key for key in keys(phrase) if key)
                rows.setdefault(folded[0], []).append((folded, name))
        return cls({first: tuple(sorted(found, key=lambda row: -len(row[0]))) for first, found in rows.items()})

    def spans(self, found: Sequence[str]) -> list[tuple[int, int, str]]:
        """Where phrases stand: start, end, what it stands for; the longest at each place, none inside another."""
        spans: list[tuple[int, int, str]] = []
        free = 0
        for place, key in enumerate(found):
            if place < free or key not in self.of:
                continue
            for phrase, name in self.of[key]:
                if tuple(found[place : place + len(phrase)]) == phrase:
                    free = place + len(phrase)
                    spans.append((place, free, name))
                    break
        return spans

    def names(self, found: Sequence[str]) -> frozenset[str]:
        """What the phrases of a text stand for."""
        return frozenset(name for _, _, name in self.spans(found))


@cache
def desk_words() -> dict[str, Any]:
    """The words of the check desk (`vi/claims.toml`)."""
    return tomllib.loads(files("langnghe.vi").joinpath("claims.toml").read_text(encoding="utf-8"))


@cache
def _noise() -> Phrases:
    return Phrases.from_names({"noise": desk_words()["noise"]["phrases"]})


def _around(found: Sequence[str]) -> set[int]:
    """The places of keys that are words around the matter; none where there is nothing else."""
    covered = {place for start, end, _ in _noise().spans(found) for place in range(start, end)}
    return covered if any(key for place, key in enumerate(found) if place not in covered) else set()


def content(found: Sequence[str]) -> tuple[str, ...]:
    """Keys without greetings, politeness and other words around the matter; a text of nothing else keeps all."""
    around = _around(found)
    return tuple(key for place, key in enumerate(found) if place not in around)


def matter_of(sentence: str) -> str:
    """A sentence as typed, without words around the matter: the words that all who say the same have in common.

    Examples
    --------
    >>> matter_of("Ad ơi cho em hỏi, từ 1/7/2025 bỏ rút BHXH 1 lần phải không ạ?")
    'từ 1/7/2025 bỏ rút BHXH 1 lần'
    """
    plain = unicodedata.normalize("NFC", sentence[:LONGEST])
    parts = list(_PARTS.finditer(plain))
    ends = [*(part.start() for part in parts[1:]), len(plain)]
    keyed = list(_keys_of([part[0].lower() for part in parts]))
    around = _around([key for found in keyed for key in found])
    kept, place = [], 0
    for part, found, end in zip(parts, keyed, ends, strict=True):
        if any(number not in around for number in range(place, place + len(found))):
            kept.append(plain[part.start() : end])
        place += len(found)
    return " ".join("".join(kept).split()).strip(" .,;:!?…-")
