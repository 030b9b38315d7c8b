"""A text written out in full: teencode, abbreviations and dropped letters become words, everything else stays as typed.

The product shows people what was typed and counts folded keys; writing out is for reading along and for measuring the table.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from langnghe.words.syllables import has_marks, is_syllable, place_tone
from langnghe.words.teencode import meaning_between, table

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = re.compile(r"‹[^›]*›|\d+(?:[.,/]\d+)*[^\W_]*|[^\W_]+")
_BREAK = re.compile(r"[^\w\s'\"()\[\]*+<>%@#&/\\|~^`–—“”‘’-]")


def write_out(text: str) -> str:
    """Write a text out in full.

    A word is replaced where the table or a rule of spelling knows what it means between its neighbours, in the case it was typed
    in. Tones are put where the older style has them (hoà → hòa). Spaces, punctuation, emoji and masks stay.

    Parameters
    ----------
    text : any text.

    Returns
    -------
    str, composed (NFC).

    Examples
    --------
    >>> write_out("Cty nợ lương, e k bik hỏi ai. Tháng 500k thôi")
    'Công ty nợ lương, em không biết hỏi ai. Tháng 500 nghìn thôi'
    """
    composed = unicodedata.normalize("NFC", text)
    found = list(_WORD.finditer(composed))
    lowered = [word[0].lower() for word in found]
    unmarked = not any(map(has_marks, lowered))
    written: list[str] = []
    done = 0
    for number, word in enumerate(found):
        before = lowered[number - 1] if _joined(composed, found, number) else None
        after = lowered[number + 1] if _joined(composed, found, number + 1) else None
        written += (
            composed[done : word.start()],
            _written(word[0], _meant(lowered[number], before, after, unmarked=unmarked)),
        )
        done = word.end()
    return "".join((*written, composed[done:]))


def _joined(text: str, found: Sequence[re.Match[str]], number: int) -> bool:
    """Whether no break stands before the word of that number."""
    if not 0 < number < len(found):
        return False
    return not _BREAK.search(text, found[number - 1].end(), found[number].start())


def _meant(word: str, before: str | None, after: str | None, *, unmarked: bool) -> str:
    if word.startswith("‹"):
        return word
    meant = meaning_between(word, before, after)
    if meant is None and (unmarked or not is_syllable(word)):
        meant = table().plain.get(word)
    return meant or word


def _written(word: str, meant: str) -> str:
    if meant == word.lower():
        return place_tone(word)
    placed = " ".join(map(place_tone, meant.split()))
    if word.isupper() and len(word) > 1:
        return placed.upper()
    return placed[0].upper() + placed[1:] if word[0].isupper() else placed
