"""What is learnt from a sample of a corpus before its texts are placed: issues, candidates and their typical phrases."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from langnghe.issues.discovery import IssueDiscovery, NothingInCommon
from langnghe.issues.guided import Seeds, codebook_seeds, count_seeds
from langnghe.issues.names import candidates, is_vietnamese, typical_phrases
from langnghe.words.lookup import PhraseTable, find_phrases, phrase_table
from langnghe.words.neighbours import neighbours
from langnghe.words.phrases import mine_phrases, shown_forms

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from langnghe.issues.codebook import Codebook, Issue
    from langnghe.words.vocabulary import Vocabulary, Words

LEAST_COVERED = 0.25
"""Below this share of distinct messages a code-book is taken not to fit the corpus, and its issues are not used."""

LEAST_FOR_DISCOVERY = 60
"""Distinct messages without an issue of the code-book that are needed to look for candidates among them."""


@dataclass(frozen=True)
class IssueModel:
    """Issues as learnt from a sample.

    Attributes
    ----------
    ids : ids of all issues, those of the code-book first, then the discovered ones ('found_1' …).
    guided : number of issues that come from the code-book.
    covered : share of the sample's texts with an issue of the code-book (nan without one).
    seeds, reactions, reaction_order : lookups of the code-book.
    discovery : the mixture for the texts that no code-book issue fits, or None.
    phrases : folded phrases that may be typical of an issue.
    shown : how people write them.
    naming : how well each of them names something, 0–1; 0 for what can't be part of a name.
    """

    ids: tuple[str, ...]
    guided: int
    covered: float
    seeds: Seeds | None
    reactions: Seeds | None
    reaction_order: tuple[Issue, ...]
    discovery: IssueDiscovery | None
    phrases: tuple[tuple[str, ...], ...]
    shown: tuple[str, ...]
    naming: tuple[float, ...]
    table: PhraseTable = field(repr=False)


def learn(
    sample: Words,
    vocabulary: Vocabulary,
    codebook: Codebook,
    *,
    use: bool | None = None,
    random_state: int = 0,
    points: NDArray[np.float32] | None = None,
) -> IssueModel:
    """Learn the issues of a sample of distinct messages.

    Parameters
    ----------
    sample, vocabulary : words of the sample.
    codebook : its issues guide, its reactions are always used.
    use : whether to use the code-book's issues; None decides by `LEAST_COVERED`.
    random_state : seed of discovery.
    points : points of the sample's texts from outside (see `langnghe.issues.embeddings`), one more view for discovery.

    Returns
    -------
    IssueModel
    """
    seeds, reactions = codebook_seeds(codebook)
    counts = count_seeds(sample, vocabulary, seeds)
    covered = float((counts.sum(axis=1) > 0).mean()) if len(counts) else 0.0
    guided = covered >= LEAST_COVERED if use is None else use
    member = counts > 0 if guided else np.zeros((len(counts), 0), dtype=np.bool_)
    discovery = None
    if int((~member.any(axis=1)).sum()) >= LEAST_FOR_DISCOVERY:
        discovery = _discover(sample, vocabulary, random_state, points, _shared_out(member))
    ids = tuple(issue.id for issue in codebook.issues) if guided else ()
    if discovery is not None:
        placed = discovery.predict(sample, vocabulary).issue
        placed[member.any(axis=1)] = -1
        found = np.arange(discovery.found_)
        member = np.concatenate([member, placed[:, None] == found], axis=1)
        ids += tuple(f"found_{n + 1}" for n in found)
    return _with_phrases(
        sample, vocabulary, member, ids, _Parts(codebook, guided, covered, seeds, reactions, discovery)
    )


@dataclass(frozen=True)
class _Parts:
    codebook: Codebook
    guided: bool
    covered: float
    seeds: Seeds
    reactions: Seeds
    discovery: IssueDiscovery | None


def _discover(
    words: Words,
    vocabulary: Vocabulary,
    random_state: int,
    points: NDArray[np.float32] | None,
    known: NDArray[np.float32],
) -> IssueDiscovery | None:
    try:
        return IssueDiscovery(random_state=random_state).fit(words, vocabulary, points, known)
    except NothingInCommon:
        return None


def _shared_out(member: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Each text shared out evenly among its issues: rows sum to 1, or to 0 without an issue."""
    return np.asarray(member / np.maximum(member.sum(axis=1, keepdims=True), 1), dtype=np.float32)


def _with_phrases(
    sample: Words, vocabulary: Vocabulary, member: NDArray[np.bool_], ids: tuple[str, ...], parts: _Parts
) -> IssueModel:
    mined = mine_phrases(sample, vocabulary, least=max(5, len(sample.offsets) // 4000))
    keys = [phrase.keys for phrase in mined]
    table = phrase_table(keys)
    hits = find_phrases(sample, vocabulary, table)
    shown, written = shown_forms(keys, hits, sample, vocabulary)
    beside = neighbours(keys, hits, sample, vocabulary)
    judged = candidates(keys, shown, written, beside, vietnamese=is_vietnamese(vocabulary))
    kept = typical_phrases(judged, hits, member)
    chosen = tuple(keys[i] for i in kept)
    return IssueModel(
        ids=ids,
        guided=len(parts.codebook.issues) if parts.guided else 0,
        covered=parts.covered,
        seeds=parts.seeds if parts.guided else None,
        reactions=parts.reactions,
        reaction_order=parts.codebook.reactions,
        discovery=parts.discovery,
        phrases=chosen,
        shown=tuple(shown[i] for i in kept),
        naming=tuple(round(float(judged.weight[i]), 6) for i in kept),
        table=phrase_table(chosen),
    )


def subset(words: Words, rows: NDArray[np.int64]) -> Words:
    """The words of some texts of a batch, in the order of `rows`."""
    lengths = words.offsets[rows + 1] - words.offsets[rows]
    offsets = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
    where = np.repeat(words.offsets[rows] - offsets[:-1], lengths) + np.arange(offsets[-1])
    return type(words)(words.keys[where], offsets, words.surfaces[where])
