"""Masking personal data: what could lead to a person is replaced by its kind, '‹số điện thoại›'.

A pass over the bytes of a batch tells which texts may hold what (:mod:`~langnghe.clean.masks.glance`), and one over those which hold what
is needed at least (:mod:`~langnghe.clean.masks.sieve`); only these are looked at closely, by the modules for links, plates, numbers,
addresses and names. Masking is idempotent: a mask is never masked again, and a text is looked at until nothing more is found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from langnghe.clean.masks.addresses import addresses, needed_by_addresses
from langnghe.clean.masks.glance import ADDRESSES, INITIALS, LINKS, NAMES, NUMBERS, PLATES, glance
from langnghe.clean.masks.initials import initials
from langnghe.clean.masks.links import NEEDED_BY_LINKS, emails, handles, links
from langnghe.clean.masks.marks import MASKS, begun, count, ended, plain
from langnghe.clean.masks.names import names
from langnghe.clean.masks.numbers import numbers
from langnghe.clean.masks.plates import NEEDED_BY_PLATES, plates
from langnghe.clean.masks.sieve import worth

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from langnghe.clean.masks.marks import Draft
    from langnghe.clean.masks.sieve import Needed

__all__ = ["MASKS", "mask", "mask_text"]

_STEPS = (
    (LINKS, emails),
    (LINKS, links),
    (LINKS, handles),
    (PLATES, plates),
    (NUMBERS, numbers),
    (ADDRESSES, addresses),
    (INITIALS, initials),
)
"""What a text has to be suspected of, and what looks for it, in order: names last."""


def mask(texts: pl.Series, known_names: Collection[str] = ()) -> pl.DataFrame:
    """Mask the personal data of a batch.

    Parameters
    ----------
    texts : Series of String, normalised, without nulls.
    known_names : names of the authors of the texts, as written: they are masked where others mention them. Names of one
        syllable are left out. They are used in memory alone and stand in no result.

    Returns
    -------
    DataFrame with the columns text (String) and masks (UInt16, how many were set), one row per text.
    """
    known: dict[str, set[str]] = {}
    for syllables in (plain(name).split() for name in known_names):
        if len(syllables) > 1:
            known.setdefault(syllables[0], set()).add(" ".join(syllables))
    suspected = glance(texts, known_names)
    rows = suspected.nonzero()[0]
    if not len(rows):
        return pl.DataFrame({"text": texts, "masks": pl.zeros(len(texts), pl.UInt16, eager=True)})
    chosen = texts.gather(rows).to_list()
    looked_at = dict(zip(chosen, suspected[rows].tolist(), strict=True))  # of copies one is looked at
    masked = dict(zip(looked_at, _all_masked(looked_at, known), strict=True))
    pairs = [masked[text] for text in chosen]
    counts = pl.zeros(len(texts), pl.UInt16, eager=True).scatter(rows, [number for _, number in pairs])
    return pl.DataFrame({"text": texts.clone().scatter(rows, [text for text, _ in pairs]), "masks": counts})


def mask_text(text: str, known_names: Collection[str] = ()) -> tuple[str, int]:
    """Mask the personal data of one normalised text.

    Returns
    -------
    The text with masks, and how many were set.

    Examples
    --------
    >>> mask_text("gọi em 0912 000 345 nha, lương 12.500.000đ")
    ('gọi em ‹số điện thoại› nha, lương 12.500.000đ', 1)
    >>> mask_text("anh Tuấn tổ may nói vậy")
    ('anh ‹tên người› tổ may nói vậy', 1)
    """
    masked, number = mask(pl.Series([text], dtype=pl.String), known_names).row(0)
    return masked, number


def _needed() -> dict[int, Needed]:
    return {LINKS: NEEDED_BY_LINKS, PLATES: NEEDED_BY_PLATES, ADDRESSES: needed_by_addresses()}


def _all_masked(suspected: Mapping[str, int], known: Mapping[str, Collection[str]]) -> Iterator[tuple[str, int]]:
    drafts = [begun(text) for text in suspected]
    bits = np.fromiter(suspected.values(), dtype=np.uint8, count=len(drafts))
    hopeful = worth(drafts, bits, _needed())
    for text, draft, every, some in zip(suspected, drafts, bits.tolist(), hopeful.tolist(), strict=True):
        first = _step(draft, some, known) if some else draft
        if first == draft:
            yield text, 0
        else:
            yield _masked(draft, first if some == every else _step(draft, every, known), every, known)


def _masked(begin: Draft, draft: Draft, suspected: int, known: Mapping[str, Collection[str]]) -> tuple[str, int]:
    before = begin
    while draft != before:  # a mask may free what stood against it
        before, draft = draft, _step(draft, suspected, known)
    return ended(draft), count(draft) - count(begin)


def _step(draft: Draft, suspected: int, known: Mapping[str, Collection[str]]) -> Draft:
    for bit, detect in _STEPS:
        if suspected & bit:
            draft = draft.masked(detect(draft))
    return draft.masked(names(draft, known)) if suspected & NAMES else draft
