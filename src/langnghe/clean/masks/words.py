"""The words of a draft: what the lexicon knows of each, how its letters are, and what stands between them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from langnghe.clean.masks.lexicon import canonical, lexicon
from langnghe.clean.masks.marks import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from langnghe.clean.masks.lexicon import Phrases
    from langnghe.clean.masks.marks import Draft

_WORD = re.compile(r"([^\W\d_]+(?:['’][^\W\d_]+)?)")
_BREAK = re.compile(r"[.!?:;,…\"“”()\[\]\n\-–/|\d\ufdd0-\ufdef<>]|[^\w\s]")
_CALL = frozenset({"oi", "ui", "oii"})


class Word(NamedTuple):
    """A written word.

    Attributes
    ----------
    small, key : in small letters, folded.
    case : 'title', 'upper' or 'lower'.
    bare : whether it was typed without any diacritics.
    likely : whether it is a syllable of names, whatever its diacritics.
    surname, given : whether it is a family name, a given name.
    telex : the syllable that was meant, where it was typed in raw Telex ('nguyeenx'), else the key.
    family : what it says in letters that tell nothing for its being a family name; 0 where it can be none.
    inner : whether it may stand between a family name and a given name.
    lone : whether it is a given name that is not always another word first.
    titles, opens : whether it ends a title; a title or a cue.
    calls : whether it calls somebody whose name stands before it.
    """

    small: str
    key: str
    case: str
    bare: bool
    likely: bool = False
    surname: bool = False
    given: bool = False
    telex: str = ""
    family: float = 0
    inner: bool = False
    lone: bool = False
    titles: bool = False
    opens: bool = False
    calls: bool = False


@lru_cache(maxsize=1 << 16)
def _word(written: str) -> Word:
    """What is known of a written word: looked up once, for texts have far fewer words than times they use them."""
    case = "lower" if written[0].islower() else "upper" if len(written) > 1 and written.isupper() else "title"
    word, known = Word(written.lower(), plain(written), case, written.isascii()), lexicon()
    key, surname, given = word.key, _is(word, known.surnames), _is(word, known.given)
    return word._replace(
        likely=key in known.syllables,
        surname=surname,
        given=given,
        telex=_telex(key),
        family=_family(word) if surname else 0,
        inner=_is(word, known.middle) or (surname and key in known.sure_surnames),
        lone=given and not (is_common(word, stripped=True) and is_common(word, stripped=False)),
        titles=key in known.kin or key in known.work,
        opens=key in known.openers,
        calls=key in _CALL,
    )


def _is(word: Word, table: Mapping[str, frozenset[str]]) -> bool:
    writings = table.get(word.key)
    return writings is not None and (word.bare or canonical(word.small) in writings)


def _family(word: Word) -> float:
    known = lexicon()
    if not word.bare:
        return 3.0 if word.key in known.sure_surnames else 2.0
    if word.key == "nguyen":
        return 3.0
    if word.key not in known.small_surnames:
        return 0.0
    return 1.5 if word.key in known.sure_surnames and word.key not in known.stripped else 0.75


def is_common(word: Word, *, stripped: bool) -> bool:
    """Whether a syllable in small letters is mostly another word than a name, in a text typed without diacritics or with them."""
    known = lexicon()
    proper = not word.bare or (not stripped and word.small in known.given.get(word.key, ()))
    return canonical(word.small) in known.common if proper else word.key in known.stripped


_TONE_LETTERS = "sfrxj"
_DOUBLED = (("aa", "a"), ("ee", "e"), ("oo", "o"), ("aw", "a"), ("ow", "o"), ("uw", "u"), ("dd", "d"))


def _telex(key: str) -> str:
    """A syllable typed in raw Telex ('nguyeenx') without its keys for tones and accents; others stay."""
    if key in lexicon().syllables:
        return key
    shorter = key.rstrip(_TONE_LETTERS) if len(key) > 2 else key
    for typed, meant in _DOUBLED:
        shorter = shorter.replace(typed, meant)
    return shorter if shorter in lexicon().syllables else key


@dataclass(frozen=True)
class Words:
    """The words of a draft, and what stands before, between and behind them: one gap more than words."""

    text: str
    words: tuple[Word, ...]
    gaps: Sequence[str]

    def span(self, at: int, length: int = 1) -> tuple[int, int]:
        """Where a word, or a row of words, stands in the text."""
        start = sum(len(word.key) for word in self.words[:at]) + sum(map(len, self.gaps[: at + 1]))
        row = sum(len(word.key) for word in self.words[at : at + length]) + sum(
            map(len, self.gaps[at + 1 : at + length])
        )
        return start, start + row

    @cached_property
    def capitals_tell(self) -> bool:
        """Whether capitals tell names from other words: not in a text of capitals, nor where each word has one."""
        raised = len(self.words) - [word.case for word in self.words].count("lower")
        return raised <= 0.6 * len(self.words) or len(self.words) <= 4

    @cached_property
    def stripped(self) -> bool:
        """Whether the text is typed without diacritics, but for a word here and there."""
        return [word.bare for word in self.words].count(False) < 0.3 * len(self.words)

    def reads(self, word: Word, written: str) -> bool:
        """Whether a word may be meant for what is written so, with diacritics."""
        return word.small == written or canonical(word.small) == written or (word.bare and self.stripped)

    def before(self, at: int) -> str:
        """What stands between a word and the one before it."""
        return self.gaps[at]

    def after(self, at: int) -> str:
        """What stands between a word and the next one."""
        return self.gaps[at + 1]

    def behind(self, at: int, most: int) -> str:
        """What stands behind a word, so many characters at most."""
        _, end = self.span(at)
        return self.text[end : end + most]

    def begins(self, at: int) -> bool:
        """Whether a word begins a sentence or a part of one."""
        return at == 0 or _BREAK.search(self.before(at)) is not None

    def ends(self, at: int) -> bool:
        """Whether a word ends a sentence or a part of one."""
        return at + 1 == len(self.words) or _BREAK.search(self.after(at)) is not None

    def raised(self, at: int) -> bool:
        """Whether a word has a capital that tells something."""
        return self.capitals_tell and self.words[at].case != "lower"

    def joined(self, at: int) -> bool:
        """Whether a word stands against the one before it, with a space between."""
        return at > 0 and self.before(at).isspace()

    def follows(self, at: int, phrases: Phrases, between: re.Pattern[str]) -> int:
        """The length of the longest of the phrases that stands right before a word, 0 where none does. `between` allows a space."""
        endings = phrases.get(self.words[at - 1].key) if at else None
        if not endings or not (self.gaps[at] == " " or between.fullmatch(self.gaps[at])):
            return 0
        for phrase, writings in endings.items():
            part = self.words[max(at - len(phrase), 0) : at]
            same = len(part) == len(phrase) and all(word.key == key for word, key in zip(part, phrase, strict=True))
            if same and any(all(map(self.reads, part, one)) for one in writings):
                return len(phrase)
        return 0


def words_of(draft: Draft) -> Words:
    """The words of a draft."""
    parts = _WORD.split(draft.text)
    return Words(draft.text, tuple(map(_word, parts[1::2])), parts[::2])
