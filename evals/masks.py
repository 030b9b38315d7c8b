"""Masks on the masking test set and on names in news: covered first, kind second, and what is masked by mistake.

A datum is covered when every letter and digit of it is hidden. It has the right kind when all of it is hidden by masks
of its kind, or by the masks for numbers and links of which its kind is one.

The test set is split by context (:mod:`evals.contexts`): rules were written with dev rows in view, the figures that count are
those of the held-out rows.
"""

from __future__ import annotations

import re
import time
from collections import defaultdict
from typing import TYPE_CHECKING

from evals.contexts import DEV, HELD_OUT, split
from evals.coverage import Hidden, hidden
from evals.datasets import MASK_KINDS, masks, shared
from evals.results import Result
from evals.texts import normalised
from langnghe.clean.masks import MASKS, mask

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import polars as pl

WIDER = {
    "profile_link": ("link",),
    "id_number": ("number",),
    "social_insurance_number": ("number",),
    "bank_account": ("number",),
}
"""Kind of the test set → kinds of ours that say the same with less detail."""

WORST = 5
"""Slices printed per kind: those with the least covered of the dev rows, of slices with at least `LEAST` data."""

LEAST = 6

_WORD = re.compile(r"[^\W_]+")

Span = tuple[int, int, str]


def results() -> Iterator[Result]:
    """Every kind of the test set, its texts without personal data, then names in news."""
    for part in (DEV, HELD_OUT):
        for kind in MASK_KINDS:
            yield from _kind(kind, _part(kind, part), part)
        yield from _clean(_part("clean", part), part)
    yield from _news(shared("names"))


def _part(kind: str, part: str) -> pl.DataFrame:
    rows = masks(kind)
    return rows.filter(split(kind, rows) == part)


def _data(name: str, part: str) -> str:
    """How figures call their data: 'phone' for the held-out rows, which count, 'phone, dev' for the others."""
    return name if part == HELD_OUT else f"{name}, {part}"


def _spans(written: Sequence[Sequence[str]]) -> list[Span]:
    return [(int(start), int(end), kind) for start, end, kind in written]


def _masked(texts: pl.Series) -> tuple[list[Hidden], float]:
    began = time.process_time()
    after = mask(normalised(texts))["text"]
    seconds = time.process_time() - began
    return [hidden(text, copy) for text, copy in zip(texts.to_list(), after.to_list(), strict=True)], seconds


def _accepted(kind: str) -> set[str]:
    return {MASKS[name].strip("‹›") for name in (kind, *WIDER.get(kind, ())) if name in MASKS}


def _kind(kind: str, rows: pl.DataFrame, part: str) -> Iterator[Result]:
    found, seconds = _masked(rows["text"])
    covered: dict[str, list[bool]] = defaultdict(list)
    right = 0
    for seen, written, note in zip(found, rows["spans"].to_list(), rows["note"].to_list(), strict=True):
        for start, end, name in _spans(written):
            if name == kind:
                labels = seen.within(start, end)
                covered[note].append(all(labels))
                right += all(labels) and set(labels) <= _accepted(kind)
    every = [one for marks in covered.values() for one in marks]
    outside, words = _outside(rows, found)
    yield Result("masks", _data(kind, part), "ours", "number of data", len(every), seconds)
    yield Result("masks", _data(kind, part), "ours", "covered", sum(every) / len(every), seconds)
    yield Result("masks", _data(kind, part), "ours", "covered with the right kind", right / len(every), seconds)
    yield Result("masks", _data(kind, part), "ours", "share of other words masked", outside / words, seconds)
    if kind == "name":
        yield from _names_by_form(covered, part)
    if part == DEV:
        yield from _worst(kind, covered)


def _names_by_form(covered: dict[str, list[bool]], part: str) -> Iterator[Result]:
    for form, slices in (("full", "full"), ("title and given name", "title"), ("given name alone", "bare")):
        chosen = [one for note, marks in covered.items() if note.startswith(slices) for one in marks]
        if chosen:
            yield Result("masks", _data(f"name, {form}", part), "ours", "covered", sum(chosen) / len(chosen))


def _worst(kind: str, covered: dict[str, list[bool]]) -> Iterator[Result]:
    shares = {note: sum(part) / len(part) for note, part in covered.items() if len(part) >= LEAST}
    for note, share in sorted(shares.items(), key=lambda pair: (pair[1], pair[0]))[:WORST]:
        if share < 1:
            yield Result("masks", f"{kind}, dev, {note}", "ours", "covered", share)


def _outside(rows: pl.DataFrame, found: list[Hidden]) -> tuple[int, int]:
    """Words that are no personal datum: how many are hidden, at least in part, and how many there are."""
    wrong = words = 0
    for text, written, seen in zip(rows["text"].to_list(), rows["spans"].to_list(), found, strict=True):
        spans = _spans(written)
        for match in _WORD.finditer(text):
            if not any(start < match.end() and match.start() < end for start, end, _ in spans):
                words += 1
                wrong += any(seen.within(match.start(), match.end()))
    return wrong, words


def _clean(rows: pl.DataFrame, part: str) -> Iterator[Result]:
    found, seconds = _masked(rows["text"])
    touched = [any(seen.labels) for seen in found]
    wrong, words = _outside(rows, found)
    notes: dict[str, list[bool]] = defaultdict(list)
    for note, one in zip(rows["note"].to_list(), touched, strict=True):
        notes[note].append(one)
    yield Result("masks", _data("clean", part), "ours", "number of texts", len(touched), seconds)
    yield Result("masks", _data("clean", part), "ours", "share of texts touched", sum(touched) / len(touched), seconds)
    yield Result("masks", _data("clean", part), "ours", "share of words masked", wrong / words, seconds)
    shares = sorted(((sum(marks) / len(marks), note) for note, marks in notes.items()), key=lambda p: (-p[0], p[1]))
    for share, note in shares[:WORST]:
        if share > 0 and part == DEV:
            yield Result("masks", f"clean, dev, {note}", "ours", "share of texts touched", share)


def _news(rows: pl.DataFrame) -> Iterator[Result]:
    """Names of people in news: dotted initials ('N.V.A.') and full names apart."""
    found, seconds = _masked(rows["text"])
    covered: dict[str, list[bool]] = {"initials": [], "full names": []}
    for text, written, seen in zip(rows["text"].to_list(), rows["spans"].to_list(), found, strict=True):
        for start, end, kind in _spans(written):
            if kind == "NAME":
                covered["initials" if _initials(text[start:end]) else "full names"].append(all(seen.within(start, end)))
    for form, part in covered.items():
        yield Result("masks", f"names.jsonl, {form}", "ours", "number of data", len(part), seconds)
        yield Result("masks", f"names.jsonl, {form}", "ours", "covered", sum(part) / len(part), seconds)
    wrong, words = _outside(rows, found)
    yield Result("masks", "names.jsonl", "ours", "share of other words masked", wrong / words, seconds)


def _initials(name: str) -> bool:
    return all(len(part) <= 2 for part in _WORD.findall(name)) and "." in name
