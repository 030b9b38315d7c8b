"""Teencode and spelling repaired: token accuracy on the dev split of the normalisation set.

Ours is the text written out (`langnghe.words.normal.write_out`); no entry of the table comes from the set.

Alignment: texts are split at spaces. Where the repaired text and the text that is meant have equally many tokens they
are compared place by place, otherwise by their longest matching blocks; the accuracy is the share of the tokens meant
that are right. Case and tone placement (hoà, hòa) don't count. Three measures: with diacritics (what people are shown),
folded (what counting and matching stand on), and with punctuation split off as tokens of its own, over the longer of
the two texts: that is how figures told elsewhere for texts left alone (83.8) seem to have been counted.
"""

from __future__ import annotations

import importlib
import importlib.util
import re
import time
import unicodedata
from typing import TYPE_CHECKING

from evals.datasets import shared
from evals.metrics import token_accuracy, tokens_right
from evals.results import Result
from langnghe.words.fold import fold
from langnghe.words.normal import write_out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DATA = "normalisation, dev"
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


def results() -> Iterator[Result]:
    """Ours, the texts left alone, and the peers that are installed."""
    rows = shared("normalisation", split="dev")
    written, meant = rows["original"].to_list(), rows["normalized"].to_list()
    for method, normalise in _methods().items():
        began = time.process_time()
        repaired = [normalise(text) for text in written]
        seconds = time.process_time() - began
        accuracy = token_accuracy([_tokens(t) for t in repaired], [_tokens(t) for t in meant])
        folded = token_accuracy([fold(t).split() for t in repaired], [fold(t).split() for t in meant])
        apart = longest_share([_apart(t) for t in repaired], [_apart(t) for t in meant])
        yield Result("teencode", DATA, method, "token accuracy", accuracy, seconds)
        yield Result("teencode", DATA, method, "token accuracy, folded", folded, seconds)
        yield Result("teencode", DATA, method, "token accuracy, punctuation apart", apart, seconds)


def longest_share(written: list[list[str]], meant: list[list[str]]) -> float:
    """Tokens right over the length of the longer of the two texts, summed over all texts."""
    total = sum(max(len(a), len(b)) for a, b in zip(written, meant, strict=True))
    return sum(map(tokens_right, written, meant)) / total


def _methods() -> dict[str, Callable[[str], str]]:
    methods: dict[str, Callable[[str], str]] = {
        "left alone": str,
        "ours": write_out,
    }
    if importlib.util.find_spec("underthesea"):
        methods["underthesea text_normalize"] = importlib.import_module("underthesea").text_normalize
    if importlib.util.find_spec("pyvi"):
        methods["pyvi add_accents"] = _or_alone(importlib.import_module("pyvi.ViUtils").add_accents)
    for name in ("underthesea", "pyvi"):
        if not importlib.util.find_spec(name):
            print(f"teencode: {name} skipped, it is not installed (requirements/evals.txt)")
    return methods


def _or_alone(method: Callable[[str], str]) -> Callable[[str], str]:
    """The method, and the text as it is where the method can't read one of its characters."""

    def careful(text: str) -> str:
        try:
            return method(text)
        except KeyError:
            return text

    return careful


def _tokens(text: str) -> list[str]:
    return [_one_tone_place(token) for token in text.lower().split()]


def _apart(text: str) -> list[str]:
    plain = unicodedata.normalize("NFC", text.lower())
    return [_one_tone_place(token) for token in re.findall(r"\w+|[^\w\s]", plain)]


def _one_tone_place(token: str) -> str:
    """The tone at the end of the token, wherever it was written."""
    apart = unicodedata.normalize("NFD", token)
    return "".join(c for c in apart if c not in _TONES) + "".join(c for c in apart if c in _TONES)
