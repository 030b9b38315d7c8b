"""A text or a check read once: what finds it in the index, and what it is compared by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from langnghe.check.codes import codes_of
from langnghe.check.facts import read_facts
from langnghe.check.index import tokens_of
from langnghe.check.keys import keys, token_hash

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from langnghe.check.checks import Check


@dataclass(frozen=True)
class Said:
    """What a message or a check says.

    Attributes
    ----------
    hashes : uint64, the tokens of all its texts, for the index.
    codes : uint32 of each text, for comparing.
    short : how many of its texts, the first, put the claim as a whole.
    """

    hashes: NDArray[np.uint64]
    codes: tuple[NDArray[np.uint32], ...]
    short: int


def said(texts: Sequence[str], short: int = 1) -> Said:
    """Read texts, the first `short` of which are whole claims."""
    hashes: list[int] = []
    codes = []
    for text in texts:
        found = keys(text)
        facts = read_facts(text, found)
        hashes += map(token_hash, tokens_of(found, facts))
        codes.append(codes_of(found, facts))
    return Said(np.array(hashes, dtype=np.uint64), tuple(codes), short)


def said_of(check: Check) -> Said:
    """What a check says: all that its page has."""
    return said(check.texts, len(check.said))
