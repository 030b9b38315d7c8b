"""Names of people: full names in capitals or small letters, given names after a title or a word that a name follows.

Evidence is added up: a family name, a middle name and a given name in a row, capitals where the text uses them, a title or a
cue before, an end after. After words for streets, schools, firms and places nothing is a person's name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from langnghe.clean.masks.lexicon import canonical, lexicon
from langnghe.clean.masks.marks import Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from langnghe.clean.masks.lexicon import Phrases
    from langnghe.clean.masks.marks import Draft

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_BREAK = re.compile(r"[.!?:;,…\"“”()\[\]\n\-–/|\d\ufdd0-\ufdef<>]|[^\w\s]")
_LONGEST = 5
_ENOUGH = 4.0
"""Evidence from which on a row of syllables in small letters is a name."""


class Word(NamedTuple):
    """A word of a draft: where it stands, in small letters, folded, and how its letters are (title, upper, lower).

    `bare` tells whether it was typed without any diacritics.
    """

    start: int
    end: int
    small: str
    key: str
    case: str
    bare: bool


@dataclass(frozen=True)
class Words:
    """The words of a draft, and what stands between them."""

    text: str
    words: tuple[Word, ...]

    @cached_property
    def capitals_tell(self) -> bool:
        """Whether capitals tell names from other words: not in a text of capitals, nor where each word has one."""
        raised = sum(word.case != "lower" for word in self.words)
        return raised <= 0.6 * len(self.words) or len(self.words) <= 4

    @cached_property
    def stripped(self) -> bool:
        """Whether the text is typed without diacritics, but for a word here and there."""
        return sum(not word.bare for word in self.words) < 0.3 * len(self.words)

    def reads(self, word: Word, written: str) -> bool:
        """Whether a word may be meant for what is written so, with diacritics."""
        return word.small == written or canonical(word.small) == written or (word.bare and self.stripped)

    def before(self, at: int) -> str:
        """What stands between a word and the one before it."""
        return self.text[self.words[at - 1].end if at else 0 : self.words[at].start]

    def after(self, at: int) -> str:
        """What stands between a word and the next one."""
        return self.text[self.words[at].end : self.words[at + 1].start if at + 1 < len(self.words) else len(self.text)]

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
        """The length of the longest of the phrases that stands right before a word, 0 where none does."""
        endings = phrases.get(self.words[at - 1].key) if at else None
        if not endings or not between.fullmatch(self.before(at)):
            return 0
        for phrase, writings in endings.items():
            part = self.words[max(at - len(phrase), 0) : at]
            same = len(part) == len(phrase) and all(word.key == key for word, key in zip(part, phrase, strict=True))
            if same and any(all(map(self.reads, part, one)) for one in writings):
                return len(phrase)
        return 0


_SPACE = re.compile(r"\s")
_LOOSE = re.compile(r"[\s:.,\-/\"“'(]{1,3}")
_NOTHING = re.compile(r"[\s:./\-]{0,3}")


def words_of(draft: Draft) -> Words:
    """The words of a draft."""
    found = []
    for match in _WORD.finditer(draft.text):
        written = match[0]
        case = "lower" if written[0].islower() else "upper" if len(written) > 1 and written.isupper() else "title"
        start, end = match.span()
        found.append(Word(start, end, written.lower(), draft.plain[start:end], case, written.isascii()))
    return Words(draft.text, tuple(found))


def names(draft: Draft, known: Mapping[str, Collection[str]] = MappingProxyType({})) -> Iterator[Span]:
    """Names of people.

    Parameters
    ----------
    draft : the text, other personal data masked.
    known : by its first syllable, names that are known to be of people (authors), folded, of two syllables or more.
    """
    words = words_of(draft)
    hopeful = set(_hopeful(words))
    begun = {at for at, word in enumerate(words.words) if word.key in known} if known else set()
    free = 0
    for at in sorted(hopeful | begun):
        if at < free:
            continue
        length = _known(words, at, known) if at in begun else 0
        if not length and at in hopeful:
            length = _full(words, at) or _given(words, at) or _bare(words, at)
        if length:
            yield Span(words.words[at].start, words.words[at + length - 1].end, "name")
            free = at + length


def _hopeful(words: Words) -> Iterator[int]:
    """Where a name may begin: a cheap look that spares most words the others."""
    known, tell, every = lexicon(), words.capitals_tell, words.words
    opened = False  # whether the word before opens a name
    for at, word in enumerate(every):
        likely = word.key in known.syllables
        if tell and word.case != "lower":
            hope = likely or len(word.key) == 1 or (word.bare and at + 1 < len(every) and every[at + 1].case != "lower")
        else:
            hope = (opened and likely) or (
                word.key in known.surnames and at + 1 < len(every) and every[at + 1].key in known.syllables
            )
        opened = word.key in known.openers
        if hope:
            yield at


def _is(word: Word, table: Mapping[str, frozenset[str]]) -> bool:
    writings = table.get(word.key)
    return writings is not None and (word.bare or canonical(word.small) in writings)


def _known(words: Words, at: int, known: Mapping[str, Collection[str]]) -> int:
    beginning = known.get(words.words[at].key, ())
    if not beginning:
        return 0
    for length in range(min(_LONGEST, len(words.words) - at), 1, -1):
        part = words.words[at : at + length]
        if " ".join(word.key for word in part) in beginning and all(words.joined(at + k) for k in range(1, length)):
            return length
    return 0


# ---- full names ----------------------------------------------------------------------------------------------------


def _full(words: Words, at: int) -> int:
    """The number of words of the full name that begins at a word, 0 where none does."""
    word = words.words[at]
    if not _is(word, lexicon().surnames) and not (
        words.raised(at) and word.bare and _telex(word.key) in lexicon().surnames
    ):
        return _turned(words, at)
    if words.raised(at):
        return _raised(words, at)
    return 0 if _compound(words, at) else _small(words, at)


def _row(words: Words, at: int, most: int = _LONGEST) -> int:
    """How many words in a row from a word on have capitals, with a space between two."""
    length = 1
    while length < most and at + length < len(words.words) and words.raised(at + length) and words.joined(at + length):
        length += 1
    return length


def _raised(words: Words, at: int) -> int:
    length = _row(words, at, 5 if _is_double(words, at) else 4)
    while length > 1 and _is_label(words, at + length - 1):
        length -= 1
    if length < 2 or _in_place(words, at, length):
        return 0
    rest = words.words[at + 1 : at + length]
    known = any(_telex(word.key) in lexicon().syllables for word in rest)
    if not known and not (length > 2 and not words.begins(at)) and not _called(words, at):
        return 0
    if at and words.joined(at) and words.raised(at - 1) and not _may_precede(words, at):
        return 0
    return length


def _is_double(words: Words, at: int) -> bool:
    """Whether two family names stand in a row ('Hoàng Trần Duy Công')."""
    return at + 1 < len(words.words) and words.words[at + 1].key in lexicon().sure_surnames


_LABELS = frozenset(
    "noi ngan so stk bhxh hoi em toi anh chi cong cty dang sinh ngay dia sdt dt ho nam nu cccd cmnd mail email zalo fb la da".split()
)


def _is_label(words: Words, at: int) -> bool:
    """Whether a word with a capital after a name begins something else ('… Nội dung: …')."""
    word = words.words[at]
    if word.key not in _LABELS:
        return False
    return (
        ":" in words.after(at)
        or word.key not in lexicon().syllables
        or (at + 1 < len(words.words) and not words.raised(at + 1) and ":" in words.text[word.end : word.end + 12])
    )


def _may_precede(words: Words, at: int) -> bool:
    """Whether the word with a capital before a name is no part of it: it begins the sentence, is a title or a cue."""
    return words.begins(at - 1) or _called(words, at) or _surely(words, at)


def _called(words: Words, at: int) -> bool:
    known = lexicon()
    return any(words.follows(at, table, _LOOSE) for table in (known.kin, known.work, known.cues))


def _surely(words: Words, at: int) -> bool:
    """Whether a family name and a middle name stand in a row that are seldom anything else ('Nguyễn Thị …')."""
    following = words.words[at + 1 : at + 2]
    known = lexicon()
    return (
        bool(following)
        and words.words[at].key in known.sure_surnames | {"tran", "le"}
        and following[0].key in known.sure_middle
    )


def _in_place(words: Words, at: int, length: int) -> bool:
    """Whether a row is the name of a place, a street, a school or a firm."""
    known = lexicon()
    wider = tuple(word.key for word in words.words[max(at - 1, 0) : at + length + 1])
    if any(wider[n : n + size] in known.places for size in (2, 3, 4) for n in range(len(wider) - size + 1)):
        return True
    title = max(
        words.follows(at, known.work, _SPACE),
        words.follows(at, known.kin, _SPACE),
        words.follows(at, known.cues, _SPACE),
    )
    first = at
    while not _surely(words, at) and first > 0 and words.raised(first - 1) and words.joined(first) and at - first < 4:
        first -= 1
    if any(words.follows(one, known.place_words, _SPACE) > (title if one == at else 0) for one in range(first, at + 1)):
        return True
    return not title and _after_firm(words, first)


_FIRMS = frozenset("cty cti ctty tnhh tiem quan".split())
_FIRM_PHRASES = frozenset(
    {
        ("cong", "ty"),
        ("nha", "may"),
        ("xi", "nghiep"),
        ("co", "phan"),
        ("ngan", "hang"),
        ("cua", "hang"),
        ("doanh", "nghiep"),
    }
)


def _after_firm(words: Words, at: int) -> bool:
    """Whether a word for a firm stands up to three words before, in the same part of the sentence."""
    for back in range(at - 1, max(at - 5, -1), -1):
        if not words.joined(back + 1):
            return False
        if words.words[back].key in _FIRMS or (
            back and (words.words[back - 1].key, words.words[back].key) in _FIRM_PHRASES
        ):
            return True
    return False


def _turned(words: Words, at: int) -> int:
    """A given name and a family name in this order ('Trang Tran')."""
    if not words.raised(at) or _row(words, at, 3) != 2 or not _is(words.words[at], lexicon().given):
        return 0
    if at and words.joined(at) and words.raised(at - 1):
        return 0
    return 2 if _is(words.words[at + 1], lexicon().surnames) and not _in_place(words, at, 2) else 0


def _small(words: Words, at: int) -> int:
    """A full name in letters that tell nothing: as long as the evidence is enough."""
    for length in (3, 4, 2):
        if _one_row(words, at, length) and (length > 2 or _two_may(words, at)):
            evidence = _evidence(words, words.words[at : at + length])
            if (
                evidence
                and not _compound(words, at + length - 1)
                and evidence + _around(words, at, length) >= _ENOUGH + 0.5 * (length == 2)
                and not _in_place(words, at, length)
            ):
                return length + _fourth(words, at, length)
    return 0


def _two_may(words: Words, at: int) -> bool:
    """Whether a family name and a given name alone may stand here: after a title or a cue, and no common word."""
    return _called(words, at) and not _common(words, words.words[at + 1])


def _one_row(words: Words, at: int, length: int) -> bool:
    case = words.words[at].case
    return at + length <= len(words.words) and all(
        words.joined(at + k) and (words.words[at + k].case == case or not words.capitals_tell) for k in range(1, length)
    )


def _fourth(words: Words, at: int, length: int) -> int:
    """1 where a given name of two syllables ends with the word after three ('lê thị ngọc | ánh')."""
    if length != 3 or not _one_row(words, at, 4):
        return 0
    third, fourth = words.words[at + 2], words.words[at + 3]
    if not _is(fourth, lexicon().given):
        return 0
    if words.words[at + 1].key in lexicon().sure_surnames or (not fourth.bare and third.key in lexicon().middle):
        return 1
    return int(
        (third.key, fourth.key) in lexicon().double or (third.key in lexicon().middle and not _common(words, fourth))
    )


def _evidence(words: Words, part: Sequence[Word]) -> float:
    """What the syllables of a row say for its being a full name; 0 where it can be none."""
    known = lexicon()
    first, last = part[0], part[-1]
    if not _family(first) or not all(
        _is(word, known.middle) or (word.key in known.sure_surnames and _is(word, known.surnames))
        for word in part[1:-1]
    ):
        return 0
    found = (
        1.5 * (first.case == "title")
        + _family(first)
        + max((_middle(word) for word in part[1:-1]), default=0)
        + 0.5 * (len(part) > 3)
    )
    if _is(last, known.given):
        return found + _last(words, last)
    strange = len(part) > 2 and part[-2].key in {"thi", "van"} and _family(first) > 1 and not _common(words, last)
    return found - 0.5 if strange else 0


def _family(word: Word) -> float:
    known = lexicon()
    if not word.bare:
        return 3.0 if word.key in known.sure_surnames else 2.0
    if word.key == "nguyen":
        return 3.0
    if word.key not in known.small_surnames:
        return 0.0
    return 1.5 if word.key in known.sure_surnames and word.key not in known.stripped else 0.75


def _middle(word: Word) -> float:
    if word.key in {"thi", "van"}:
        return 2.0
    return 1.5 if word.key in lexicon().sure_middle else 1.0


def _last(words: Words, word: Word) -> float:
    if _common(words, word):
        return 0.5 if word.bare and words.stripped else 1.0
    return 2.0


def _common(words: Words, word: Word) -> bool:
    """Whether a syllable in small letters is mostly another word than a name."""
    known = lexicon()
    proper = not word.bare or (not words.stripped and word.small in known.given.get(word.key, ()))
    return canonical(word.small) in known.common if proper else word.key in known.stripped


def _around(words: Words, at: int, length: int) -> float:
    """What stands before and after a row says for its being a name."""
    known = lexicon()
    if words.follows(at, known.cues, _LOOSE) or words.follows(at, known.work, _LOOSE):
        before = 1.5
    elif words.follows(at, known.kin, _LOOSE):
        before = 1.0
    else:
        before = 0.5 if words.follows(at, known.weak_cues, _SPACE) or words.begins(at) else -0.5
    return before + 0.5 * words.ends(at + length - 1)


# ---- given names ---------------------------------------------------------------------------------------------------


def _given(words: Words, at: int) -> int:
    """A given name after a title or a cue: one word or two."""
    known = lexicon()
    letter = words.raised(at) and words.words[at].end - words.words[at].start == 1
    if words.words[at].key not in known.given and words.words[at].key not in known.middle and not letter:
        return 0
    title = words.follows(at, known.work, _NOTHING) or words.follows(at, known.kin, _NOTHING)
    cue = words.follows(at, known.cues, _LOOSE)
    if not title and not cue:
        return 0
    if letter:
        return int(title > 0 and not re.match(r"\d|\s\d", words.after(at)))
    if words.raised(at):
        return _raised_given(words, at)
    return _small_given(words, at, titled=title > 0)


def _raised_given(words: Words, at: int) -> int:
    length = _row(words, at, 3)
    word = words.words[at]
    if words.begins(at - 1) and words.raised(at - 1) and length > 2:
        return 0
    while length and not _is(words.words[at + length - 1], lexicon().given):
        length -= 1
    if (
        not length
        or (length == 1 and _compound(words, at))
        or _in_place(words, at, length)
        or (word.case == "upper" and len(word.key) < 3 and not word.key.endswith("y"))
    ):
        return 0
    return length


def _small_given(words: Words, at: int, *, titled: bool) -> int:
    known = lexicon()
    part = words.words[at : at + 2]
    if len(part) == 2 and words.joined(at + 1) and _double(words, part):
        return 2
    lone = titled and _is(part[0], known.given) and not _common(words, part[0])
    return int(lone and not _compound(words, at) and not _in_place(words, at, 1))


def _compound(words: Words, at: int) -> bool:
    """Whether a word is a syllable of a longer word, with the next one or the one before."""
    pairs = [
        (words.words[one].key, words.words[one + 1].key) for one in (at - 1, at) if 0 <= one < len(words.words) - 1
    ]
    return any(pair in lexicon().compounds for pair in pairs)


def _double(words: Words, part: Sequence[Word]) -> bool:
    writings = lexicon().double.get(tuple(word.key for word in part), frozenset())
    return any(all(map(words.reads, part, one)) for one in writings)


_CALL = frozenset({"oi", "ui", "oii"})


def _bare(words: Words, at: int) -> int:
    """A given name with a capital inside a sentence, or before 'ơi'."""
    word = words.words[at]
    if not words.raised(at) or word.case == "upper" or not _is(word, lexicon().given) or _row(words, at, 2) > 1:
        return 0
    if _compound(words, at):
        return 0
    called = at + 1 < len(words.words) and words.words[at + 1].key in _CALL and words.joined(at + 1)
    known = lexicon()
    led = words.follows(at, known.weak_cues, _SPACE) > 0 or words.follows(at, known.cues, _SPACE) > 0
    inside = led and not words.raised(at - 1) and not _common(words, word)
    if not (called or inside) or _in_place(words, at, 1):
        return 0
    return 1


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
