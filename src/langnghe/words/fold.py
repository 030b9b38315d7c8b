"""The folded key of a syllable: one key however it was typed.

'Bảo', 'BẢO', 'bao', decomposed 'bảo' and 'bảooo' share the key 'bao'; 'hoà' and 'hòa' are both 'hoa'. All counting, matching and
learning stands on folded keys; people are shown the form that most wrote (see :mod:`langnghe.words.vocabulary`).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_EXTRA = {
    "đ": "d",
    "Đ": "d",
    "ð": "d",
    "Ð": "d",
    "ƌ": "d",
    "ı": "i",
    "ł": "l",
    "ø": "o",
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
}
LOOKALIKES = dict(zip("асеорхуіѕјһкмтвнԁԛԝ", "aceopxyisjhkmtbhdqw", strict=True)) | dict(
    zip("αεικνορτυχɑɡ", "aeiknoptuxag", strict=True)
)
"""Letters of other alphabets that look like Latin ones, in lower case."""

_REPEATED = re.compile(r"([^\W\d_])\1{2,}")
_REPEATED_VOWEL = re.compile(r"([aeiouy])\1+$")
_ONE_LETTER = re.compile(r"([^\W\d_aeiouy])\1{2,}")
_MANY_REPEATED = re.compile(r"([^\W\d_])\1{3,}")
_VOWEL = re.compile("[aeiouy]")
_LATIN = re.compile("[a-z]")
_LETTERS = re.compile(r"[^\W\d_]+")
_TWICE = re.compile(r"(.)\1", re.DOTALL)
_NO_FOLD = re.compile(r"^[a-z0-9]+$")


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    if character in _EXTRA:
        return _EXTRA[character]
    base = unicodedata.normalize("NFKD", character)
    base = "".join(c for c in base if not unicodedata.combining(c)).lower()
    return "".join(_EXTRA.get(c, c) for c in base)


def fold(text: str) -> str:
    """Fold a syllable or a text: lower case, no tone or accent, đ → d, letters repeated for emphasis reduced.

    Runs of three or more of one letter become one ('mệttttt' → 'met'), and so does a doubled vowel at the end of a syllable
    ('đii' → 'di'). A word without a vowel is an abbreviation: it keeps its letters ('pccc', 'cccd'), but for runs of four or
    more; one consonant alone is kept three times ('kkkkk' → 'kkk'). Letters of other alphabets that look like Latin ones, in
    a word that has Latin letters too, become those. Folding is idempotent, and the same for composed and decomposed input.

    Parameters
    ----------
    text : str
        Any text. Spaces and punctuation stay.

    Returns
    -------
    str

    Examples
    --------
    >>> fold("Bảo Hiểm Xã Hội")
    'bao hiem xa hoi'
    >>> fold("hoà") == fold("hòa") == "hoa"
    True
    >>> fold("mệttttt quáaa")
    'met qua'
    """
    lowered = text.lower()
    if not lowered.isascii():
        lowered = "".join(map(_fold_character, unicodedata.normalize("NFC", lowered)))
        if not lowered.isascii():
            lowered = _LETTERS.sub(_latin, lowered)
    if _NO_FOLD.match(lowered) and not _TWICE.search(lowered):
        return lowered
    return " ".join(_shorten(part) for part in lowered.split(" ")) if " " in lowered else _shorten(lowered)


def _latin(word: re.Match[str]) -> str:
    if not _LATIN.search(word[0]):
        return word[0]
    return "".join(LOOKALIKES.get(letter, letter) for letter in word[0])


def _shorten(word: str) -> str:
    if word.isdigit() or not _TWICE.search(word):
        return word
    while True:
        shorter = _shorter(word)
        if shorter == word:
            return word
        word = shorter


def _shorter(word: str) -> str:
    if _VOWEL.search(word):
        return _REPEATED_VOWEL.sub(r"\1", _REPEATED.sub(r"\1", word))
    if _ONE_LETTER.fullmatch(word):
        return word[0] * 3
    return _MANY_REPEATED.sub(r"\1", word)
