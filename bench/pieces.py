"""Real texts → pieces of 1 to 6 words, from which invented rows are put together."""

from __future__ import annotations

import csv
import json
import os
import random
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

from bench.sizes import ROOT

SOURCES = (("reviews.csv", "comment"), ("shop.csv", "text"), ("feedback.jsonl", "text"), ("aspects.jsonl", "text"))
"""Files of the shared data and their column of texts."""

LEAST, MOST = 3, 6
_ENDS = frozenset(".,!?;:…")
_LONGEST_WORD = 20


def data_folder() -> Path:
    """Where the shared data lie: ``$LANGNGHE_DATA``, else ``../shared/data`` beside the repository."""
    return Path(os.environ.get("LANGNGHE_DATA", ROOT.parent / "shared" / "data"))


def real_texts(folder: Path | None = None) -> tuple[list[str], list[str]]:
    """Read the texts of all sources that are there.

    Returns
    -------
    The texts, and the names of the files that are missing.
    """
    folder = folder or data_folder()
    texts: list[str] = []
    missing: list[str] = []
    for name, column in SOURCES:
        path = folder / name
        if path.is_file():
            texts += _column(path, column)
        else:
            missing.append(name)
    return texts, missing


def _column(path: Path, column: str) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines) if path.suffix == ".csv" else map(json.loads, lines)
        yield from (str(row[column]) for row in rows if row[column])


def pieces(texts: Iterable[str], seed: int) -> list[str]:
    """Cut texts into distinct pieces: at the end of a clause, else after 3 to 6 words.

    Two pieces that differ in case, marks or punctuation only are one (the first counts), so that no two invented rows
    are alike by accident.
    """
    chance = random.Random(seed)  # noqa: S311 - reproducible, no secret
    found: dict[str, str] = {}
    for text in texts:
        for piece in _cut(unicodedata.normalize("NFC", text).split(), chance):
            found.setdefault(plain(piece), piece)
    found.pop("", None)
    kept = [piece for piece in found.values() if len(piece.split()) <= MOST]
    chance.shuffle(kept)
    return kept


def _cut(words: list[str], chance: random.Random) -> Iterator[str]:
    begin, length = 0, chance.randint(LEAST, MOST)
    for position, word in enumerate(words, 1):
        if word[-1] in _ENDS or position - begin >= length or position == len(words):
            if max(map(len, words[begin:position])) <= _LONGEST_WORD:
                yield " ".join(words[begin:position])
            begin, length = position, chance.randint(LEAST, MOST)


def strip_marks(text: str) -> str:
    """The text without diacritics, as many people type it."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare.replace("đ", "d").replace("Đ", "D"))


def plain(text: str) -> str:
    """The words of a text in lower case without marks and punctuation."""
    return " ".join("".join(c if c.isalnum() else " " for c in strip_marks(text.lower())).split())
