"""Dev and held-out halves of the masking test set, by context: rules may be written from dev rows, figures are told of both.

The texts of the set are values filled into hand-written contexts (`evals/data/masks/source/`) and retyped. A row belongs
to the context whose letters are nearest to its own, the data left out; 40 % of the contexts of a kind, chosen by the hash
of what they say, are dev.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from bench.sizes import ROOT
from langnghe.words.fold import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

MASK_SOURCES = ROOT / "evals" / "data" / "masks" / "source"
"""Where the contexts lie, a file for each kind."""

DEV, HELD_OUT = "dev", "held-out"
SHARE_OF_DEV = 0.4
"""Share of the contexts of a kind that are dev."""

_VALUE = re.compile(r"\{[^}]*\}|<[^>]*>|\\n")
_GROUP = re.compile(r"^[A-Za-z0-9]+[ \t]+(?=.*\{)")
_LETTERS = re.compile(r"[^a-z]+")


def contexts(kind: str) -> list[str]:
    """The hand-written contexts of a kind (or the sentences of 'clean'), values and headings left out."""
    lines = [
        line
        for path in sorted(MASK_SOURCES.glob(f"{kind}*.txt"))
        for line in path.read_text(encoding="utf-8").split("\n")
        if line.strip() and not line.startswith("## ")
    ]
    return [_GROUP.sub("", line) if kind == "name" else line for line in lines]


def split(kind: str, rows: pl.DataFrame) -> pl.Series:
    """For each row 'dev' or 'held-out'; rows of one context share the same.

    Parameters
    ----------
    kind : one of `MASK_KINDS`, or 'clean'.
    rows : columns text and spans.
    """
    known = contexts(kind)
    dev = _dev([_letters(_VALUE.sub(" ", line)) for line in known])
    texts = [_blanked(text, spans) for text, spans in zip(rows["text"].to_list(), rows["spans"].to_list(), strict=True)]
    nearest = _nearest([_letters(text) for text in texts], [_letters(_VALUE.sub(" ", line)) for line in known])
    return pl.Series("split", [DEV if at in dev else HELD_OUT for at in nearest])


def _dev(letters: Sequence[str]) -> frozenset[int]:
    """The positions of dev contexts: two contexts with the same letters fall on the same side."""
    distinct = sorted(set(letters), key=lambda line: hashlib.sha256(line.encode()).digest())
    chosen = set(distinct[: round(SHARE_OF_DEV * len(distinct))])
    return frozenset(at for at, line in enumerate(letters) if line in chosen)


def _blanked(text: str, spans: Sequence[Sequence[str]]) -> str:
    for start, end, _ in sorted(spans, key=lambda span: -int(span[0])):
        text = f"{text[: int(start)]} {text[int(end) :]}"
    return text


def _letters(text: str) -> str:
    return _LETTERS.sub(" ", fold(text)).strip()


def _trigrams(letters: str) -> Counter[str]:
    padded = f"  {letters} "
    return Counter(padded[at : at + 3] for at in range(len(padded) - 2)) if letters else Counter()


def _nearest(texts: Sequence[str], known: Sequence[str]) -> list[int]:
    """For each text the context that shares most trigrams with it (Dice); the one of fewest letters where none does."""
    counts = [_trigrams(line) for line in known]
    number = {gram: at for at, gram in enumerate(sorted(set().union(*counts)))}
    table = np.zeros((len(number), len(known)))
    for at, grams in enumerate(counts):
        for gram, times in grams.items():
            table[number[gram], at] = times
    sizes = table.sum(axis=0)
    found = []
    for text in texts:
        grams = _trigrams(text)
        chosen = [(number[gram], times) for gram, times in grams.items() if gram in number]
        shared = np.minimum(table[[at for at, _ in chosen]], np.array([[t] for _, t in chosen] or [[0]])[: len(chosen)])
        alike = 2 * shared.sum(axis=0) / np.maximum(sizes + grams.total(), 1)
        found.append(int(alike.argmax()) if alike.any() else int(sizes.argmin()))
    return found
