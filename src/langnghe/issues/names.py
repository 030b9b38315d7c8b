"""Typical phrases of issues, and names for issues that nobody named."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from langnghe.words.fold import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from langnghe.words.lookup import Hits

PER_ISSUE = 40
SURE = 10.83
"""Candidates for typical phrases that are counted exactly, per issue; keyness that a typical phrase must have (the 0.1 % point of
chi² with one degree of freedom)."""


@lru_cache(maxsize=1)
def stop_words() -> tuple[frozenset[str], frozenset[str]]:
    """Function words, which neither begin nor end a name: with their diacritics, and folded."""
    lines = files("langnghe.vi").joinpath("stopwords.txt").read_text(encoding="utf-8").splitlines()
    words = frozenset(word for line in lines if (word := line.split("#")[0].strip()))
    return words, frozenset(map(fold, words))


def is_stop(syllable: str) -> bool:
    """Whether a written syllable is a function word; without diacritics it is when any function word folds to it.

    Examples
    --------
    >>> is_stop("cả"), is_stop("ca"), is_stop("cá")
    (True, True, False)
    """
    written, folded = stop_words()
    return syllable in written or (syllable.isascii() and syllable in folded)


def keyness(
    inside: NDArray[np.int64], outside: NDArray[np.int64], total_in: int, total_out: int
) -> NDArray[np.float64]:
    """How much more often phrases stand inside a group of texts than outside: signed log-likelihood ratio (Dunning 1993).

    Parameters
    ----------
    inside, outside : texts with each phrase, in the group and in the rest.
    total_in, total_out : texts in the group and in the rest.
    """
    together = (inside + outside) / max(total_in + total_out, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        first = np.where(inside > 0, inside * np.log(inside / np.maximum(total_in * together, 1e-12)), 0.0)
        second = np.where(outside > 0, outside * np.log(outside / np.maximum(total_out * together, 1e-12)), 0.0)
    more = inside / max(total_in, 1) > outside / max(total_out, 1)
    return np.where(more, 2 * (first + second), 0.0)


def meaningful(shown: str) -> bool:
    """Whether a phrase can stand for something: it neither begins nor ends with a function word.

    Inside a longer phrase a syllable without diacritics is no evidence: 'tăng ca' is kept though 'cả' folds to 'ca'.
    """
    words = shown.split()
    alone = len(words) == 1
    ends = {words[0], words[-1]}
    return len(shown) > 2 and not any(is_stop(word) if alone else word in stop_words()[0] for word in ends)


def typical_phrases(shown: Sequence[str], hits: Hits, member: NDArray[np.bool_]) -> list[int]:
    """Choose the phrases that are worth counting: for each issue the `PER_ISSUE` with most keyness.

    Parameters
    ----------
    shown : mined phrases as people write them; their positions are the numbers in `hits`.
    hits : where they stand in the sample.
    member : bool array (texts of the sample × issues).

    Returns
    -------
    list of positions in `shown`, rising.
    """
    pairs = np.unique(np.stack([hits.phrase.astype(np.int64), hits.text.astype(np.int64)]), axis=1)
    total = np.bincount(pairs[0], minlength=len(shown))
    usable = np.fromiter(map(meaningful, shown), np.bool_, len(shown))
    chosen: set[int] = set()
    for issue in range(member.shape[1]):
        members = int(member[:, issue].sum())
        inside = np.bincount(pairs[0][member[pairs[1], issue]], minlength=len(shown))
        score = keyness(inside, total - inside, members, len(member) - members) * usable
        best = np.argsort(-score, kind="stable")[:PER_ISSUE]
        chosen.update(int(i) for i in best if score[i] > SURE)
    return sorted(chosen)


def name_from(phrases: Sequence[str], most: int = 3) -> str:
    """A name from typical phrases in order of keyness: the first ones that share no syllable.

    Examples
    --------
    >>> name_from(["tăng ca", "ca đêm", "giờ làm", "chủ nhật"])
    'Tăng ca, giờ làm, chủ nhật'
    """
    taken: set[str] = set()
    parts: list[str] = []
    for phrase in phrases:
        syllables = set(fold(phrase).split())
        if not syllables & taken:
            parts.append(phrase)
            taken |= syllables
        if len(parts) == most:
            break
    name = ", ".join(parts)
    return name[:1].upper() + name[1:]
