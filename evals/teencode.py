"""Teencode and spelling repaired: token accuracy on the dev split of the normalisation set.

Alignment: texts are split at spaces. Where the repaired text and the text that is meant have equally many tokens they
are compared place by place, otherwise by their longest matching blocks; the accuracy is the share of the tokens meant
that are right. Case and tone placement (hoà, hòa) don't count. Two measures: with diacritics (what people are shown)
and folded (what counting and matching stand on).
"""

from __future__ import annotations

import importlib
import importlib.util
import time
import unicodedata
from typing import TYPE_CHECKING

from evals.datasets import shared
from evals.metrics import token_accuracy
from evals.results import Result
from evals.teencode_table import repair
from langnghe.words.fold import fold
from langnghe.words.teencode import keys_of

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
        if method != "ours, keys":
            yield Result("teencode", DATA, method, "token accuracy", accuracy, seconds)
        yield Result("teencode", DATA, method, "token accuracy, folded", folded, seconds)


def _methods() -> dict[str, Callable[[str], str]]:
    methods: dict[str, Callable[[str], str]] = {
        "left alone": str,
        "ours": repair,
        "ours, keys": lambda text: " ".join(key for word in text.lower().split() for key in keys_of(word)),
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


def _one_tone_place(token: str) -> str:
    """The tone at the end of the token, wherever it was written."""
    apart = unicodedata.normalize("NFD", token)
    return "".join(c for c in apart if c not in _TONES) + "".join(c for c in apart if c in _TONES)
