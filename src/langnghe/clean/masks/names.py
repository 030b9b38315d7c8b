"""Names of people: full names in capitals or small letters, given names after a title or a word that a name follows.

Evidence is added up: a family name, a middle name and a given name in a row, capitals where the text uses them, a title or a
cue before, an end after. After words for streets, schools, firms and places nothing is a person's name.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from langnghe.clean.masks.lexicon import lexicon
from langnghe.clean.masks.marks import Span
from langnghe.clean.masks.words import Word, is_common, words_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from langnghe.clean.masks.marks import Draft
    from langnghe.clean.masks.words import Words

_LONGEST = 5
_ENOUGH = 4.0
"""Evidence from which on a row of syllables in small letters is a name."""


_NO_WORD = Word("", "", "lower", bare=True)
_SPACE = re.compile(r"\s")
_LOOSE = re.compile(r"[\s:.,\-/\"“'(]{1,3}")
_NOTHING = re.compile(r"[\s:./\-]{0,3}")


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
            yield Span(*words.span(at, length), "name")
            free = at + length


def _hopeful(words: Words) -> Iterator[int]:
    """Where a name may begin: a cheap look that spares most words the others."""
    tell, every = words.capitals_tell, words.words
    before = _NO_WORD
    for at, (word, after) in enumerate(zip(every, (*every, _NO_WORD)[1:], strict=True)):
        if tell and word.case != "lower":
            named = word.surname or word.given or word.telex != word.key
            hope = (before.opens and (word.likely or len(word.key) == 1)) or (
                named and (after.calls or after.case != "lower")
            )
        else:
            hope = (word.family and after.inner) or (before.opens and _opened(before, word, after))
        before = word
        if hope:
            yield at


def _opened(title: Word, word: Word, after: Word) -> bool:
    """Whether a word in letters that tell nothing may begin a name behind a title or a cue."""
    return (
        (title.titles and word.lone)
        or (word.family > 0 and after.given)
        or (word.likely and (word.key, after.key) in lexicon().double)
    )


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
    if not word.surname and not (words.raised(at) and word.bare and word.telex in lexicon().surnames):
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
    known = any(word.telex in lexicon().syllables for word in rest)
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
        or (at + 1 < len(words.words) and not words.raised(at + 1) and ":" in words.behind(at, 12))
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
    if not words.raised(at) or _row(words, at, 3) != 2 or not words.words[at].given:
        return 0
    if at and words.joined(at) and words.raised(at - 1):
        return 0
    return 2 if words.words[at + 1].surname and not _in_place(words, at, 2) else 0


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
    if not fourth.given:
        return 0
    if words.words[at + 1].key in lexicon().sure_surnames or (not fourth.bare and third.key in lexicon().middle):
        return 1
    return int(
        (third.key, fourth.key) in lexicon().double or (third.key in lexicon().middle and not _common(words, fourth))
    )


def _evidence(words: Words, part: Sequence[Word]) -> float:
    """What the syllables of a row say for its being a full name; 0 where it can be none."""
    first, last = part[0], part[-1]
    if not first.family or not all(word.inner for word in part[1:-1]):
        return 0
    found = (
        1.5 * (first.case == "title")
        + first.family
        + max((_middle(word) for word in part[1:-1]), default=0)
        + 0.5 * (len(part) > 3)
    )
    if last.given:
        return found + _last(words, last)
    strange = len(part) > 2 and part[-2].key in {"thi", "van"} and first.family > 1 and not _common(words, last)
    return found - 0.5 if strange else 0


def _middle(word: Word) -> float:
    if word.key in {"thi", "van"}:
        return 2.0
    return 1.5 if word.key in lexicon().sure_middle else 1.0


def _last(words: Words, word: Word) -> float:
    if _common(words, word):
        return 0.5 if word.bare and words.stripped else 1.0
    return 2.0


def _common(words: Words, word: Word) -> bool:
    return is_common(word, stripped=words.stripped)


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
    if not at or not words.words[at - 1].opens:
        return 0
    known = lexicon()
    letter = words.raised(at) and len(words.words[at].key) == 1
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
    while length and not words.words[at + length - 1].given:
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
    part = words.words[at : at + 2]
    if len(part) == 2 and words.joined(at + 1) and _double(words, part):
        return 2
    lone = titled and part[0].given and not _common(words, part[0])
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


def _bare(words: Words, at: int) -> int:
    """A given name with a capital inside a sentence, or before 'ơi'."""
    word = words.words[at]
    if not words.raised(at) or word.case == "upper" or not word.given or _row(words, at, 2) > 1:
        return 0
    if _compound(words, at):
        return 0
    called = at + 1 < len(words.words) and words.words[at + 1].calls and words.joined(at + 1)
    known = lexicon()
    led = words.follows(at, known.weak_cues, _SPACE) > 0 or words.follows(at, known.cues, _SPACE) > 0
    inside = led and not words.raised(at - 1) and not _common(words, word)
    if not (called or inside) or _in_place(words, at, 1):
        return 0
    return 1
