"""Number plates of cars and motorbikes, in digits and letters or spoken."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from langnghe.clean.masks.marks import Span
from langnghe.clean.masks.sieve import Needed, needed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from langnghe.clean.masks.marks import Draft

_GAP = r"\s?[\-._/]?\s?"
_TAIL = r"(?:\d[\s.]?\d[\s.]?\d[\s.,]{0,2}\d[\s.]?\d(?![\d])|\d{4}(?![\d]))"
_WRITTEN = re.compile(
    rf"(?<!\d)(?<!\d[.,/:\-])(?P<place>[1-9]\s?[0-9]){_GAP}(?P<series>[a-hk-npr-z]{{1,2}})(?:{_GAP}\d(?={_GAP}{_TAIL}))?{_GAP}{_TAIL}(?![.,]?\d|[ol]{{2}})"
)
_NUMBER = r"(?:\d|khong|mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin)"
_SPOKEN = re.compile(
    rf"(?<![^\W_])(?:[1-9]\d|{_NUMBER}\s{_NUMBER})\s(?P<series>[a-hk-npr-vx-z]|ld|md)\s(?:{_NUMBER}\s)?(?:{_NUMBER}\s?){{4,5}}(?![^\W_])"
)
_SPOKEN_GROUPED = re.compile(
    rf"(?<![^\W_])[1-9]\d\s(?P<series>[a-hk-npr-vx-z]|ld|md)\s{_NUMBER}\s(?:\d{{3}}[\s.]?\d{{2}}|\d{{4,5}})(?!\d)"
)
NEEDED_BY_PLATES = Needed(tuple(needed(pattern.pattern) for pattern in (_WRITTEN, _SPOKEN, _SPOKEN_GROUPED)))

_CUE = re.compile(
    r"(?<![^\W\d_])(?:xe|bien|bien so|phat nguoi|bs|bks|bsx|o to|oto|ô tô|lai|cop|container|cont|wave|sirius|vision|exciter|future|dream|lead|ab|air blade)(?![^\W\d_])"
)
_UNITS = frozenset("k m h g t d kg km cm mm tr p".split())
"""Letters that stand behind numbers as units: in small letters, apart from the digits, they need a word about a vehicle."""
_NEAR = 40


def plates(draft: Draft) -> Iterator[Span]:
    """Number plates. Where small letters could be a unit, only if the text speaks of a vehicle."""
    for found in _WRITTEN.finditer(draft.plain):
        if _is_plate(draft, found):
            yield Span(found.start(), found.end(), "plate")
    for pattern in (_SPOKEN, _SPOKEN_GROUPED):
        for found in pattern.finditer(draft.plain):
            yield Span(found.start(), found.end() - (found[0][-1] == " "), "plate")


def _is_plate(draft: Draft, found: re.Match[str]) -> bool:
    if _CUE.search(draft.plain, max(0, found.start() - _NEAR), found.end() + _NEAR):
        return True
    series = draft.text[found.start("series") : found.end("series")]
    if series.isupper() or series not in _UNITS:
        return series.lower() not in {"kg", "km", "cm", "mm", "tr"}
    tight = re.match(r"\d\d[\-./_]?[a-z]{1,2}(?:\d[\s\-./_]?|[\-./_]?)\d{3}", found[0]) is not None
    return tight and (sum(map(str.isdigit, found[0])) > 6 or series in {"d", "g", "p"})
