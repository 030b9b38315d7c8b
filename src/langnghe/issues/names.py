"""Typical phrases of issues, and names for issues that nobody named.

A name is made of one to three phrases that at least k used. They are whole (no pieces of words or of longer phrases), name
something rather than judge it, stand far more often in this issue than in any other (keyness, Dunning 1993), and no other
issue is called by them. A name has at most `MOST_SYLLABLES` syllables: fewer than the run of words by which a text could be
looked up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from langnghe.words.fold import fold
from langnghe.words.syllables import is_plain_syllable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from langnghe.words.lookup import Hits
    from langnghe.words.neighbours import Neighbours
    from langnghe.words.vocabulary import Vocabulary

PER_ISSUE, PER_NAME = 40, 12
"""Candidates that are counted exactly, per issue: for typical phrases, and for names besides."""

SURE = 10.83
"""Keyness that a typical phrase must have (the 0.1 % point of chi² with one degree of freedom)."""

PURE, PIECE, DOMINATED, COUNTED = 0.6, 0.5, 0.6, 0.4
"""Share of a phrase's writings that must be the shown one; share of occurrences tied to a neighbour from which a syllable is a
piece of a word; share with one and the same neighbour from which a longer phrase is a piece of another; share after numbers,
or after what begins the name of a place, from which a phrase is a unit, or such a name."""

MOST_SYLLABLES, MOST_PARTS, LEAST_PART = 5, 3, 0.2
"""Syllables of a name; phrases of a name; weight that a further phrase needs, as a share of the first one's."""


# --- word lists -------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def _listed(name: str) -> frozenset[str]:
    lines = files("langnghe.vi").joinpath(name).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if (word := line.split("#")[0].strip()))


@lru_cache(maxsize=1)
def stop_words() -> tuple[frozenset[str], frozenset[str]]:
    """Function words, which neither begin nor end a phrase: with their diacritics, and folded."""
    words = _listed("stopwords.txt")
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


def is_vietnamese(vocabulary: Vocabulary) -> bool:
    """Whether most words of a corpus can be Vietnamese syllables; if not, the function words of English are left out."""
    syllable = np.fromiter(map(is_plain_syllable, vocabulary.keys), np.bool_, len(vocabulary.keys))
    counts = vocabulary.counts.astype(np.float64)
    spoken = vocabulary.length > 0
    first = vocabulary.key_ids[vocabulary.first[spoken]]
    total = float(counts[spoken].sum())
    return bool(total == 0 or counts[spoken][syllable[first]].sum() >= 0.5 * total)


def meaningful(shown: str, *, vietnamese: bool = True) -> bool:
    """Whether a phrase can stand for something: it neither begins nor ends with a function word.

    Inside a longer phrase a syllable without diacritics is no evidence: 'tăng ca' is kept though 'cả' folds to 'ca'.
    """
    words = shown.split()
    ends = {words[0], words[-1]}
    if len(shown) <= 2:
        return False
    if not vietnamese:
        return not ends & _listed("stopwords-en.txt")
    alone = len(words) == 1
    return not any(is_stop(word) if alone else word in stop_words()[0] for word in ends)


def judges(shown: str) -> bool:
    """Whether a phrase stands in the list of words that praise, blame or react."""
    return shown in _listed("evaluative.txt")


def naming_share(shown: str) -> float:
    """The share of a phrase's syllables that neither judge nor are vague nor function words.

    Two syllables are mostly one word, so that one of them that names something is enough.

    Examples
    --------
    >>> naming_share("pin trâu"), naming_share("máy mới"), naming_share("tăng ca"), naming_share("kính nhờ công đoàn")
    (1.0, 0.0, 1.0, 0.5)
    """
    words = shown.split()
    empty = _listed("evaluative.txt") | _listed("vague.txt") | stop_words()[0]
    begin = naming = 0
    while begin < len(words):
        widths = [n for n in range(len(words) - begin, 0, -1) if " ".join(words[begin : begin + n]) in empty]
        naming += not widths
        begin += widths[0] if widths else 1
    return float(naming > 0) if len(words) <= 2 else naming / len(words)


# --- choosing phrases -------------------------------------------------------------------------------------------------


def keyness(
    inside: NDArray[np.int64],
    outside: NDArray[np.int64],
    total_in: NDArray[np.int64] | int,
    total_out: NDArray[np.int64] | int,
) -> NDArray[np.float64]:
    """How much more often phrases stand inside a group of texts than outside: signed log-likelihood ratio (Dunning 1993).

    Parameters
    ----------
    inside, outside : texts with each phrase, in the group and in the rest.
    total_in, total_out : texts in the group and in the rest.
    """
    together = (inside + outside) / np.maximum(total_in + total_out, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        first = np.where(inside > 0, inside * np.log(inside / np.maximum(total_in * together, 1e-12)), 0.0)
        second = np.where(outside > 0, outside * np.log(outside / np.maximum(total_out * together, 1e-12)), 0.0)
    more = inside / np.maximum(total_in, 1) > outside / np.maximum(total_out, 1)
    return np.where(more, 2 * (first + second), 0.0)


@dataclass(frozen=True)
class Candidates:
    """Mined phrases and what they are fit for.

    Attributes
    ----------
    typical : bool array (phrases): whole and meaningful, may be a typical phrase.
    weight : float64 array (phrases): how well a phrase names something, 0–1; 0 for what can't be part of a name.
    """

    typical: NDArray[np.bool_]
    weight: NDArray[np.float64]


def candidates(
    keys: Sequence[tuple[str, ...]],
    shown: Sequence[str],
    written: NDArray[np.float64],
    beside: Neighbours,
    *,
    vietnamese: bool = True,
) -> Candidates:
    """Judge mined phrases.

    Parameters
    ----------
    keys, shown, written : folded phrases, how they are shown, and the share of their writings that are so.
    beside : how they stand among their neighbours.
    vietnamese : of the corpus.
    """
    alone = np.fromiter((len(k) == 1 for k in keys), np.bool_, len(keys))
    syllable = alone & np.fromiter((is_plain_syllable(k[0]) for k in keys), np.bool_, len(keys)) & vietnamese
    whole = np.where(syllable, beside.tied < PIECE, beside.dominated < DOMINATED)
    sensible = np.fromiter((meaningful(s, vietnamese=vietnamese) for s in shown), np.bool_, len(keys))
    typical = whole & sensible & (written >= PURE)
    names = np.fromiter(map(naming_share, shown), np.float64, len(keys))
    noun = np.where(alone, beside.noun**2, 0.4 + 0.6 * beside.noun)
    other = np.maximum(beside.counted, beside.place) >= COUNTED
    weight = np.where(syllable, 0.6, np.where(alone, 0.9, 1.0)) * noun * written
    return Candidates(typical, weight * names * (typical & ~other))


def typical_phrases(judged: Candidates, hits: Hits, member: NDArray[np.bool_]) -> list[int]:
    """Choose the phrases that are worth counting: those with most keyness for each issue.

    Parameters
    ----------
    judged : the mined phrases; their positions are the numbers in `hits`.
    hits : where they stand in the sample.
    member : bool array (texts of the sample × issues).

    Returns
    -------
    list of positions, rising.
    """
    count = len(judged.typical)
    pairs = np.sort(hits.text.astype(np.int64) * max(count, 1) + hits.phrase, kind="stable")  # nearly sorted already
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]
    texts, phrases = np.divmod(pairs, max(count, 1))
    present = sparse.csr_matrix((np.ones(len(pairs), np.int64), (texts, phrases)), shape=(len(member), count))
    total = np.bincount(phrases, minlength=count)
    members = member.sum(axis=0)
    chosen: set[int] = set()
    for issue, inside in enumerate((sparse.csr_matrix(member.T.astype(np.int64)) @ present).toarray()):
        score = keyness(inside, total - inside, members[issue], len(member) - members[issue]) * judged.typical
        for weighed, most in ((score, PER_ISSUE), (score * judged.weight, PER_NAME)):
            best = np.argsort(-weighed, kind="stable")[:most]
            chosen.update(int(i) for i in best if score[i] > SURE and weighed[i] > 0)
    return sorted(chosen)


# --- naming -----------------------------------------------------------------------------------------------------------


_ALIKE = (("ch", "tr"), ("b", "p"), ("s", "x"), ("l", "n"), ("k", "c"))
"""First letters that people take for each other: 'bin' for 'pin', 'xạc' for 'sạc'."""


def sounds(phrase: str) -> frozenset[str]:
    """The folded syllables of a phrase, those that are often misspelt for each other as one.

    Examples
    --------
    >>> sounds("pin") == sounds("Bin"), sounds("sạc pin") >= sounds("xạc"), sounds("giá") == sounds("da")
    (True, True, False)
    """
    heard = set()
    for syllable in fold(phrase).replace(",", " ").split():
        pair = next((pair for pair in _ALIKE if syllable.startswith(pair) and is_plain_syllable(syllable)), None)
        heard.add(syllable if pair is None else pair[0] + syllable.removeprefix(pair[1]).removeprefix(pair[0]))
    return frozenset(heard)


def with_capitals(name: str) -> str:
    """A name with a capital first, names of countries with theirs, and abbreviations (no vowel in them) in capitals.

    Examples
    --------
    >>> with_capitals("nhân viên tgdd"), with_capitals("hàng việt nam, wifi")
    ('Nhân viên TGDD', 'Hàng Việt Nam, wifi')
    """
    words = [
        word.upper() if len(word) > 1 and not set(fold(word)) & set("aeiouy0123456789") else word
        for word in name.split(" ")
    ]
    said = " ".join(words)
    for country in _listed("countries.txt"):
        said = re.sub(rf"\b{country}\b", country, said, flags=re.IGNORECASE)
    return said[:1].upper() + said[1:]


def name_from(phrases: Sequence[str], weights: Sequence[float]) -> str:
    """A name from phrases, the weightiest first: those that share no syllable, nor a misspelt one, as long as the name stays short.

    A phrase is added where it weighs enough beside the first one, and in any case to a single Vietnamese syllable, which has
    too many meanings to be a name.

    Examples
    --------
    >>> name_from(["tăng ca", "ca đêm", "giờ làm", "chủ nhật"], [9, 8, 7, 6])
    'Tăng ca, giờ làm'
    >>> name_from(["pin trâu", "camera"], [100, 1])
    'Pin trâu'
    >>> name_from(["ca", "xe đưa rước", "cổng"], [100, 1, 1])
    'Ca, xe đưa rước'
    >>> name_from(["samsung", "sam sung", "bin", "pin"], [9, 8, 7, 6])
    'Samsung, bin'
    """
    parts: list[str] = []
    for phrase, weight in zip(phrases, weights, strict=True):
        taken = fold(" ".join(parts)).split()
        bare = len(taken) == 1 and is_plain_syllable(taken[0])
        enough = not parts or bare or weight >= LEAST_PART * weights[0]
        short = len(taken) + len(phrase.split()) <= MOST_SYLLABLES
        again = sounds(phrase) & sounds(" ".join(parts)) or fold(phrase).replace(" ", "") in "".join(taken)
        if enough and short and not again:
            parts.append(phrase)
        if len(parts) == MOST_PARTS:
            break
    return with_capitals(", ".join(parts))
