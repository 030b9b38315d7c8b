"""Which claims the texts of a study repeat: which text speaks of which claim. What may be shown of it is decided by `measure`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from langnghe.check.claims import Claim, ClaimSense, find_claims, shipped_sense
from langnghe.check.keys import content, keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from langnghe.check.match import Matcher


@dataclass(frozen=True)
class Repeated:
    """The claims of a corpus, and which text speaks of which.

    Attributes
    ----------
    claims : a sentence for each claim that has not been checked, the most checkable wording of it.
    checks : for each claim, the id of the check that answers it; '' where it was not checked yet.
    spoken : frame text_id (UInt32), claim (UInt32, position): one row per text and claim.
    """

    claims: tuple[Claim, ...]
    checks: tuple[str, ...]
    spoken: pl.DataFrame


def repeated_claims(texts: pl.DataFrame, matcher: Matcher | None = None, sense: ClaimSense | None = None) -> Repeated:
    """Find the claims in texts.

    Parameters
    ----------
    texts : text_id, text, and copy_of where copies are known: a text is looked at once for all its copies.
    matcher : the checks of the desk; a sentence that one of them surely answers counts for it.
    sense : what tells claims from other sentences.
    """
    sense = sense or shipped_sense()
    roots = texts.unique(subset="copy_of", keep="first", maintain_order=True) if "copy_of" in texts.columns else texts
    number: dict[tuple[str, ...], int] = {}
    claims: list[Claim] = []
    checks: list[str] = []
    rows: list[tuple[int, int]] = []
    for text_id, text in roots.select("text_id", "text").iter_rows():
        for claim in find_claims(text, sense):
            key = _key(claim.text, matcher)
            place = number.setdefault(key, len(number))
            if place == len(claims):
                claims.append(claim)
                checks.append(key[1] if key[0] == _CHECK else "")
            elif claim.score > claims[place].score:
                claims[place] = claim
            rows.append((text_id, place))
    spoken = pl.DataFrame(list(dict.fromkeys(rows)), schema={"text_id": pl.UInt32, "claim": pl.UInt32}, orient="row")
    return Repeated(tuple(claims), tuple(checks), _copied(spoken, texts))


_CHECK = "="


def _key(text: str, matcher: Matcher | None) -> tuple[str, ...]:
    """What makes two sentences one claim: the same check, else the same words that matter in any order."""
    if matcher is not None:
        answer = matcher.match(text)
        if answer.kind == "checked":
            return (_CHECK, answer.matches[0].check.id)
    return tuple(sorted({key for key in content(keys(text)) if key}))


def _copied(spoken: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """What a text says, its copies say too."""
    if "copy_of" not in texts.columns:
        return spoken
    roots = spoken.join(texts.select("text_id", "copy_of"), on="text_id").drop("text_id")
    return (
        texts.select("text_id", "copy_of").join(roots, on="copy_of").select("text_id", "claim").sort("text_id", "claim")
    )


def ranked(claims: Sequence[Claim]) -> list[int]:
    """Positions of claims, the most checkable first."""
    return sorted(range(len(claims)), key=lambda place: (-claims[place].score, place))
