"""Copies grouped by us and by peers, each from plain texts, with what it cost.

The peers get the same shingles (three folded words) and the same way to groups as we use: texts are visited in order,
each joins the most similar earlier root, or becomes one. So what differs is the library.
"""

from __future__ import annotations

import importlib
import importlib.util
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from bench.pieces import plain
from langnghe.clean.copies import find_copies, sign
from langnghe.words.find import find_words
from langnghe.words.vocabulary import Vocabulary, VocabularyBuilder, Words, unfold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import NDArray

BATCH = 131_072
PERMUTATIONS, BANDS = 128, 32
THRESHOLD = 0.5


@dataclass(frozen=True)
class Grouping:
    """Texts in groups.

    Attributes
    ----------
    group : int64 array (texts): the position of the group's root or first text.
    cpu_s : CPU seconds from the plain texts to the groups.
    parts : CPU seconds of its parts.
    """

    group: NDArray[np.int64]
    cpu_s: float
    parts: dict[str, float] = field(default_factory=dict)


def ours(texts: pl.Series) -> Grouping:
    """Group copies as the command does: words, signatures, stars. Compiled beforehand."""
    _group(pl.Series(["một câu đủ dài để được dịch sang mã máy trước"] * 2), {})
    parts: dict[str, float] = {}
    began = time.process_time()
    group = _group(texts, parts)
    return Grouping(group, time.process_time() - began, parts)


def _group(texts: pl.Series, parts: dict[str, float]) -> NDArray[np.int64]:
    clock = time.process_time()
    builder = VocabularyBuilder()
    batches = (_numbered(texts, start) for start in range(0, len(texts), BATCH))
    found = list(find_words(batches, builder))
    vocabulary = Vocabulary.from_frame(builder.frame())
    parts["words"] = time.process_time() - clock
    clock = time.process_time()
    signatures = [sign(words, vocabulary) for words in _unfolded(found, vocabulary)]
    parts["sign"] = time.process_time() - clock
    clock = time.process_time()
    copies = find_copies(pl.concat([frame["text_id"] for frame in found]), signatures)
    parts["group"] = time.process_time() - clock
    return copies["copy_of"].cast(pl.Int64).to_numpy()


def _numbered(texts: pl.Series, start: int) -> pl.DataFrame:
    batch = texts.slice(start, BATCH).alias("text")
    ids = pl.Series("text_id", np.arange(start, start + len(batch)), dtype=pl.UInt32)
    return pl.DataFrame([ids, batch])


def _unfolded(found: Iterable[pl.DataFrame], vocabulary: Vocabulary) -> Iterator[Words]:
    return (unfold(frame["surfaces"], vocabulary) for frame in found)


def shingles(text: str) -> list[str]:
    """The distinct runs of three folded words of a text; of a shorter text, the whole."""
    words = plain(text).split()
    return sorted({" ".join(words[i : i + 3]) for i in range(max(len(words) - 2, 1))})


def rensa(texts: pl.Series) -> Grouping:
    """Group copies with rensa: RMinHash of 128 permutations, LSH of 32 bands."""
    library: Any = importlib.import_module("rensa")
    index = library.RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=BANDS)

    def signature(words: list[str]) -> Any:  # noqa: ANN401 - the library ships no types
        hashed = library.RMinHash(num_perm=PERMUTATIONS, seed=42)
        hashed.update(words)
        return hashed

    return _peer(texts, signature, index.insert, index.query)


def datasketch(texts: pl.Series) -> Grouping:
    """Group copies with datasketch: MinHash of 128 permutations, LSH of the best bands for the threshold."""
    library: Any = importlib.import_module("datasketch")
    index = library.MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)

    def signature(words: list[str]) -> Any:  # noqa: ANN401 - the library ships no types
        hashed = library.MinHash(num_perm=PERMUTATIONS, seed=42)
        hashed.update_batch([word.encode() for word in words])
        return hashed

    return _peer(texts, signature, index.insert, index.query)


def _peer(
    texts: pl.Series,
    signature: Callable[[list[str]], Any],
    insert: Callable[[int, Any], object],
    query: Callable[[Any], Iterable[int]],
) -> Grouping:
    began = time.process_time()
    group = np.arange(len(texts))
    roots: dict[int, Any] = {}
    for number, text in enumerate(texts.to_list()):
        hashed = signature(shingles(text))
        near = [(hashed.jaccard(roots[root]), -root) for root in query(hashed)]
        similarity, root = max(near, default=(0.0, 0))
        if similarity >= THRESHOLD:
            group[number] = -root
        else:
            roots[number] = hashed
            insert(number, hashed)
    return Grouping(group, time.process_time() - began)


METHODS: dict[str, Callable[[pl.Series], Grouping]] = {"ours": ours, "rensa": rensa, "datasketch": datasketch}


def installed(method: str) -> bool:
    """Whether a method can run here: ours can, a peer only where it is installed."""
    return method == "ours" or importlib.util.find_spec(method) is not None
