"""What no issue may be about: persons, beliefs, strikes, organising, loyalty. The words for it are data (`vi/refusals.toml`).

Only what people write in a code-book is looked at, never a text of a corpus. Words can be disguised, so this is one lock of two:
the other is that a code-book of one's own publishes nothing below the province until a second person signs it
(see `langnghe.issues.custom`).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from langnghe.errors import Say
from langnghe.issues.persons import names_someone
from langnghe.words.fold import fold
from langnghe.words.vocabulary import fold_phrase

if TYPE_CHECKING:
    from collections.abc import Iterable

_Keys = tuple[str, ...]
_Span = tuple[int, int]

_INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")
_INSIDE = re.compile(r"(?<=\w)[^\w\s]+(?=\w)|_")
_NO_WORD = re.compile(r"[^\w\s]|_")
_SPACED = re.compile(r"(?<!\S)(?:[^\W_]\s+){2,}[^\W_](?!\S)")
_DISGUISED = str.maketrans("0134578@$€£!", "oieastbaseli")
_SHORTEST = 7
"""Letters that a phrase must have to be looked for within one run of letters, such as 'dinhcong'."""


@dataclass(frozen=True)
class Refusal:
    """Why an issue is refused: the rule, its reason, and the phrase of ours that gave it away ('' for a person's name)."""

    rule: str
    reason: Say
    phrase: str


_Phrases = dict[str, list[tuple[_Keys, str, int]]]
"""Phrases by their first key: folded keys, as written, number of the rule."""


@dataclass(frozen=True)
class _Pair:
    rule: int
    one: _Phrases
    other: _Phrases
    within: int


@dataclass(frozen=True)
class _Rules:
    """All rules as they are looked up; `together` are phrases without their spaces."""

    ids: tuple[str, ...]
    reasons: tuple[Say, ...]
    phrases: _Phrases
    accented: _Phrases
    exempt: _Phrases
    pairs: tuple[_Pair, ...]
    together: dict[str, tuple[int, str]]
    pattern: re.Pattern[str]


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    rows = tomllib.loads((files("langnghe.vi") / "refusals.toml").read_text("utf-8"))["refusal"]
    kinds = ("phrases", "accented", "except")
    listed = {kind: [(phrase, n) for n, row in enumerate(rows) for phrase in row.get(kind, [])] for kind in kinds}
    joined = {fold(phrase.replace(" ", "")): (n, phrase) for phrase, n in listed["phrases"] if " " in phrase}
    together = {run: told for run, told in joined.items() if len(run) >= _SHORTEST}
    return _Rules(
        ids=tuple(row["id"] for row in rows),
        reasons=tuple(Say(row["reason"]["vi"], row["reason"]["en"]) for row in rows),
        phrases=_index(listed["phrases"]),
        accented=_index(listed["accented"]),
        exempt=_index(listed["except"]),
        pairs=tuple(
            _Pair(n, _index([(one, n) for one in pair["one"]]), _index([(o, n) for o in pair["other"]]), pair["within"])
            for n, row in enumerate(rows)
            for pair in row.get("pair", [])
        ),
        together=together,
        pattern=re.compile("|".join(sorted(together))),
    )


def _index(phrases: Iterable[tuple[str, int]]) -> _Phrases:
    found: _Phrases = {}
    for phrase, rule in phrases:
        keys = tuple(fold(word) for word in phrase.split())
        found.setdefault(keys[0], []).append((keys, phrase, rule))
    return found


def find_refusals(texts: Iterable[str]) -> tuple[Refusal, ...]:
    """Look for what no issue may be about.

    Parameters
    ----------
    texts : what a person wrote for one issue: id, name, definition, what belongs, seeds.

    Returns
    -------
    One `Refusal` for each rule that is broken, in the order of the rules; empty for an ordinary issue.

    Examples
    --------
    >>> [one.rule for one in find_refusals(["Ai hay rủ nhau d.i.n.h c0ng"])]
    ['persons', 'strikes']
    >>> find_refusals(["Tiền ăn ca quá thấp"])
    ()
    """
    rules = _rules()
    found: dict[int, str] = {}
    for text in texts:
        for rule, phrase in _broken(text):
            found.setdefault(rule, phrase)
    return tuple(Refusal(rules.ids[rule], rules.reasons[rule], found[rule]) for rule in sorted(found))


@lru_cache(maxsize=20_000)
def _broken(text: str) -> tuple[tuple[int, str], ...]:
    """The rules that a text breaks, each with the phrase that gave it away."""
    told: list[tuple[int, str]] = []
    for written in _readings(text):
        simple = tuple(fold(word) for word in written)
        for keys in dict.fromkeys((simple, fold_phrase(" ".join(written)))):
            told += _among(keys)
        told += [*_accented(written, simple), *_run_together(simple)]
    if names_someone(unicodedata.normalize("NFC", text)):
        told.append((0, ""))
    return tuple(told)


def _readings(text: str) -> tuple[_Keys, ...]:
    """The ways in which a text can be read as written words: as typed, letters joined, digits as letters."""
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).lower()
    ways = [_NO_WORD.sub(" ", plain)]
    if _INSIDE.search(plain):
        ways.append(_NO_WORD.sub(" ", _INSIDE.sub("", plain)))
        ways.append(_NO_WORD.sub(" ", plain.translate(_DISGUISED)))
    ways += [way.translate(_DISGUISED) for way in ways if any(sign.isdigit() for sign in way)]
    ways += [_SPACED.sub(lambda run: re.sub(r"\s", "", run[0]), way) for way in ways if _SPACED.search(way)]
    return tuple(dict.fromkeys(tuple(way.split()) for way in ways))


def _among(keys: _Keys) -> list[tuple[int, str]]:
    rules = _rules()
    hidden = [(low, high, rule) for low, high, _, rule in _spans(keys, rules.exempt)]
    told = [
        (rule, phrase)
        for start, end, phrase, rule in _spans(keys, rules.phrases)
        if not any(low <= start and end <= high and rule == other for low, high, other in hidden)
    ]
    for pair in rules.pairs:
        for start, end, phrase, rule in _spans(keys, pair.one):
            for low, high, beside, _ in _spans(keys, pair.other):
                if (low >= end or start >= high) and max(low - end, start - high) <= pair.within:
                    told.append((rule, f"{phrase} … {beside}"))
    return told


def _spans(keys: _Keys, phrases: _Phrases) -> list[tuple[int, int, str, int]]:
    """Where phrases stand: start, end, phrase, rule."""
    return [
        (start, start + len(phrase), shown, rule)
        for start, key in enumerate(keys)
        for phrase, shown, rule in phrases.get(key, ())
        if keys[start : start + len(phrase)] == phrase
    ]


def _accented(written: _Keys, simple: _Keys) -> list[tuple[int, str]]:
    """Phrases whose diacritics are as written, or that are written without any; one syllable alone needs its own."""
    told = []
    for start, end, phrase, rule in _spans(simple, _rules().accented):
        alike = all(a in (b, fold(b)) for a, b in zip(written[start:end], phrase.split(), strict=True))
        if alike and (end - start > 1 or written[start] == phrase):
            told.append((rule, phrase))
    return told


def _run_together(simple: _Keys) -> list[tuple[int, str]]:
    """Phrases written without spaces."""
    rules = _rules()
    found = (rules.pattern.search(word) for word in simple if len(word) >= _SHORTEST)
    return [rules.together[run[0]] for run in found if run]
