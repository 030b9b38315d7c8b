"""Which characters of a text a masked copy of it hides, whatever else was normalised on the way."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher

_MASK = re.compile(r"‹([^‹›]*)›")


@dataclass(frozen=True)
class Hidden:
    """What is hidden in a text.

    Attributes
    ----------
    labels : for each letter or digit of the text, in order, the mask that hides it, or ''.
    positions : the index of each of them in the text.
    """

    labels: tuple[str, ...]
    positions: tuple[int, ...]

    def within(self, start: int, end: int) -> list[str]:
        """The labels of the letters and digits from start to end."""
        return [label for label, at in zip(self.labels, self.positions, strict=True) if start <= at < end]


def hidden(text: str, masked: str) -> Hidden:
    """Compare a text with its masked copy by their letters and digits alone.

    Spaces, signs, emoji, case and compatibility forms (full width, 𝗯𝗼𝗹𝗱) may differ between the two. Where the pieces
    between the masks don't stand in the text as they should, the longest matching blocks decide.
    """
    plain, positions = _spoken(text)
    pieces = [_spoken(piece)[0] for piece in _MASK.split(masked)[::2]]
    labels = _MASK.findall(masked)
    match = re.fullmatch("(.*?)".join(map(re.escape, pieces)), plain) if labels else None
    marks = [""] * len(plain)
    if match:
        for number, label in enumerate(labels, 1):
            marks[match.start(number) : match.end(number)] = [label] * (match.end(number) - match.start(number))
    elif labels or "".join(pieces) != plain:
        marks = _by_blocks(plain, masked)
    return Hidden(tuple(marks), positions)


def _spoken(text: str) -> tuple[str, tuple[int, ...]]:
    pairs = [
        (c, at)
        for at, written in enumerate(text)
        for c in unicodedata.normalize("NFKC", written).lower()
        if c.isalnum()
    ]
    return "".join(c for c, _ in pairs), tuple(at for _, at in pairs)


def _by_blocks(plain: str, masked: str) -> list[str]:
    labels = _MASK.findall(masked)
    marks = [labels[0] if labels else ""] * len(plain)
    rest = _spoken(_MASK.sub(" ", masked))[0]
    for block in SequenceMatcher(None, plain, rest, autojunk=False).get_matching_blocks():
        marks[block.a : block.a + block.size] = [""] * block.size
    return marks
