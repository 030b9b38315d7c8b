"""The form of a Vietnamese syllable: onset, rhyme and tone, as the orthography allows them; and where its tone is written."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import product

_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph r s t th tr v x".split()
_RHYMES = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu "
    "o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot "
    "ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uên uênh uêt ui um un ung "
    "uơ uôc uôi uôm uôn uông uôt up ut uy uya uych uyên uyêt uyn uynh uyt uyu "
    "ư ưa ưc ưi ưm ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu"
).split()
_AFTER_QU = (
    "a ac ach ai an ang anh ao at au ay ăc ăm ăn ăng ăp ăt ân âng ât âu ây e en eng eo et ê ên êt êu i in it "
    "o ôc ơ y ych yên yêt ynh yt yu"
).split()
_BACK, _FRONT = ("c", "g", "ng"), ("k", "gh", "ngh")  # the latter are spelt before e, ê, i, y, and nowhere else
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_STOPPED = ("c", "ch", "p", "t")
_LATE = {f"{first}{unicodedata.normalize('NFC', second + tone)}": (first, second, tone) for first, second in ("oa", "oe", "uy") for tone in _TONES}  # fmt: skip
_EARLY = {f"{unicodedata.normalize('NFC', first + tone)}{second}": (first, second, tone) for first, second, tone in _LATE.values()}  # fmt: skip
_OPEN_LATE = re.compile(rf"(?<!q)({'|'.join(_LATE)})$", re.IGNORECASE)
_CLOSED_EARLY = re.compile(rf"({'|'.join(_EARLY)})(?=(?:ng|nh|ch|[cmnpt])$)", re.IGNORECASE)


def _all_syllables() -> frozenset[str]:
    spelt = {
        onset + rhyme
        for onset, rhyme in product(_ONSETS, _RHYMES)
        if onset not in (_BACK if rhyme[0] in "eêiy" else _FRONT)
    }
    glided = {"gi" + rhyme[1:] for rhyme in _RHYMES if rhyme.startswith("i")} | {"gi"}
    return frozenset(spelt | glided | set(_RHYMES) | {"qu" + rhyme for rhyme in _AFTER_QU} | {"quôc"})


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFD", text.replace("đ", "d"))
    return "".join(c for c in apart if not unicodedata.combining(c))


_SYLLABLES = _all_syllables()
_PLAIN = frozenset(map(_plain, _SYLLABLES))


@lru_cache(maxsize=1 << 12)
def _tone_of(character: str) -> tuple[str, str]:
    apart = unicodedata.normalize("NFD", character)
    tone = "".join(c for c in apart if c in _TONES)
    return unicodedata.normalize("NFC", "".join(c for c in apart if c not in _TONES)), tone


@lru_cache(maxsize=1 << 12)
def is_syllable(word: str) -> bool:
    """Whether a word in lower case (NFC) can be a Vietnamese syllable with its diacritics.

    Examples
    --------
    >>> is_syllable("lương"), is_syllable("luong"), is_syllable("lươg"), is_syllable("họcc")
    (True, False, False, False)
    """
    letters, tones = zip(*map(_tone_of, word), strict=True) if word else ((), ())
    tone = "".join(tones)
    if len(tone) > 1 or "".join(letters) not in _SYLLABLES:
        return False
    return not (tone and word.endswith(_STOPPED)) or tone in "\u0301\u0323"


def is_plain_syllable(key: str) -> bool:
    """Whether a folded key can be a Vietnamese syllable without its diacritics."""
    return key in _PLAIN


def has_marks(word: str) -> bool:
    """Whether a word has a letter with a tone or accent, or đ."""
    return not word.isascii() and any(c == "đ" or _tone_of(c)[1] or _tone_of(c)[0] in "ăâêôơư" for c in word)


def place_tone(word: str) -> str:
    """A word with its tone where dictionaries of the older style put it: hoà → hòa, khoẻ → khỏe, thuý → thúy; tòan → toàn.

    Case stays. A word without such a rhyme comes back as it is.
    """
    moved = _OPEN_LATE.sub(lambda found: _moved(found[1], first=True), word)
    return _CLOSED_EARLY.sub(lambda found: _moved(found[1], first=False), moved)


def _moved(vowels: str, *, first: bool) -> str:
    (one, tone_one), (two, tone_two) = map(_tone_of, vowels)
    tone = tone_one + tone_two
    return unicodedata.normalize("NFC", one + tone + two if first else one + two + tone)
