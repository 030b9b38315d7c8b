"""What is learnt from a sample of a corpus before its texts are placed: issues, candidates and their typical phrases."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from langnghe.cache import NO_CACHE, Cache
from langnghe.issues.codes import Codes, learn_issues, learn_reactions
from langnghe.issues.discovery import IssueDiscovery, NothingInCommon
from langnghe.issues.features import hashed, written_hashes
from langnghe.issues.grouped import found_ids, main_groups
from langnghe.issues.guided import count_seeds, seeds
from langnghe.issues.names import candidates, is_vietnamese, stop_words, typical_phrases
from langnghe.words.lookup import PhraseTable, find_phrases, phrase_table
from langnghe.words.neighbours import neighbours
from langnghe.words.phrases import mine_phrases, shown_forms

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from langnghe.issues.codebook import Codebook
    from langnghe.issues.knowledge import Coded
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
    ids : ids of all issues, those of the code-book first, then the discovered ones (see `grouped.found_ids`).
    guided : number of issues that come from the code-book.
    covered : share of the sample's texts with a phrase of the code-book.
    issues, reactions : classifiers for the code-book's issues (None where it is not used) and for reactions.
    written : numbers of the surfaces of the corpus that were typed with diacritics (see `langnghe.issues.features`).
    discovery : the mixture for the texts that no code-book issue fits, or None.
    main : main group of each discovered issue (see `grouped.main_groups`).
    phrases : folded phrases that may be typical of an issue.
    shown : how people write them.
    naming : how well each of them names something, 0–1; 0 for what can't be part of a name.
    """

    ids: tuple[str, ...]
    guided: int
    covered: float
    issues: Codes | None
    reactions: Codes
    written: NDArray[np.uint64] = field(repr=False)
    discovery: IssueDiscovery | None
    main: tuple[int, ...]
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
    coded: Coded | None = None,
    cache: Cache = NO_CACHE,
) -> IssueModel:
    """Learn the issues of a sample of distinct messages.

    Parameters
    ----------
    sample, vocabulary : words of the sample.
    codebook : its issues guide, its reactions are always used.
    use : whether to use the code-book's issues; None decides by `LEAST_COVERED`.
    random_state : seed of discovery.
    points : points of the sample's texts from outside (see `langnghe.issues.embeddings`), one more view for discovery.
    coded : hand-coded texts to learn from.
    cache : of what follows from the code-book and the starter set alone.

    Returns
    -------
    IssueModel
    """
    covered = _covered(sample, vocabulary, codebook)
    guided = covered >= LEAST_COVERED if use is None else use
    written = written_hashes(vocabulary)
    issues = learn_issues(codebook.issues, sample, vocabulary, coded, random_state, cache) if guided else None
    reactions = learn_reactions(codebook.reactions, coded, random_state, hashed(sample, vocabulary, written), cache)
    likely = np.zeros((len(sample.offsets) - 1, 0), dtype=np.float32)
    member = np.zeros(likely.shape, dtype=np.bool_)
    if issues is not None:
        likely = issues.probabilities(hashed(sample, vocabulary, written))
        member = likely >= issues.stated.sure
    discovery = None
    if int((~member.any(axis=1)).sum()) >= LEAST_FOR_DISCOVERY:
        discovery = _discover(sample, vocabulary, random_state, points, _known(likely, member))
    ids = tuple(issue.id for issue in codebook.issues) if guided else ()
    if discovery is not None:
        placed = discovery.predict(sample, vocabulary).issue
        placed[member.any(axis=1)] = -1
        found = np.arange(discovery.found_)
        member = np.concatenate([member, placed[:, None] == found], axis=1)
        ids += found_ids(discovery)
    return _with_phrases(sample, vocabulary, member, ids, _Parts(covered, issues, reactions, written, discovery))


@dataclass(frozen=True)
class _Parts:
    covered: float
    issues: Codes | None
    reactions: Codes
    written: NDArray[np.uint64]
    discovery: IssueDiscovery | None


def _covered(sample: Words, vocabulary: Vocabulary, codebook: Codebook) -> float:
    """The share of texts in which a phrase of the code-book stands: a classifier would always find something."""
    counts = count_seeds(sample, vocabulary, seeds(codebook.issues))
    return float((counts.sum(axis=1) > 0).mean()) if len(counts) else 0.0


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


def _known(likely: NDArray[np.float32], member: NDArray[np.bool_]) -> NDArray[np.float32]:
    """How probably each text is of a known issue, rows summing to 1 at most: one that has issues is shared out among them."""
    shared = member / np.maximum(member.sum(axis=1, keepdims=True), 1)
    rest = likely / np.maximum(likely.sum(axis=1, keepdims=True), 1)
    return np.asarray(np.where(member.any(axis=1, keepdims=True), shared, rest), dtype=np.float32)


def _with_phrases(
    sample: Words, vocabulary: Vocabulary, member: NDArray[np.bool_], ids: tuple[str, ...], parts: _Parts
) -> IssueModel:
    mined = mine_phrases(sample, vocabulary, least=max(5, len(sample.offsets) // 4000))
    keys = [phrase.keys for phrase in mined]
    table = phrase_table(keys)
    hits = find_phrases(sample, vocabulary, table)
    shown, written = shown_forms(keys, hits, sample, vocabulary)
    beside = neighbours(keys, hits, sample, vocabulary, stop_words()[0])
    judged = candidates(keys, shown, written, beside, vietnamese=is_vietnamese(vocabulary))
    kept = typical_phrases(judged, hits, member)
    chosen = tuple(keys[i] for i in kept)
    return IssueModel(
        ids=ids,
        guided=parts.issues.count if parts.issues else 0,
        covered=parts.covered,
        issues=parts.issues,
        reactions=parts.reactions,
        written=parts.written,
        discovery=parts.discovery,
        main=main_groups(parts.discovery) if parts.discovery else (),
        phrases=chosen,
        shown=tuple(shown[i] for i in kept),
        naming=tuple(round(float(judged.weight[i]), 6) for i in kept),
        table=phrase_table(chosen),
    )
