"""Find copies: from the signatures of all batches to one row per text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from langnghe.clean.copies.pairs import Messages
from langnghe.clean.copies.sketches import ROWS, factors, sketch
from langnghe.clean.copies.stars import stars

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from langnghe.clean.copies.signatures import Signatures

COPIES = pl.Schema(
    {
        "text_id": pl.UInt32(),
        "copy_of": pl.UInt32(),  # the first text of the group; a text without copies, and the first one, have their own id
        "similarity": pl.Float32(),  # Jaccard similarity of word pairs to the group's root, 1 for exact copies
        "length": pl.UInt16(),  # words, at most 65,535
    }
)
"""The columns of `find_copies`."""

LEAST = {8: 0.7, 10: 0.6, 14: 0.5}
"""From how many words on which Jaccard similarity is enough; of two texts the shorter decides, and below the first number only
exact copies count. So one word of ten may differ, and of eight words the first or the last: short texts are alike by themselves."""


def find_copies(text_ids: pl.Series, signatures: Sequence[Signatures]) -> pl.DataFrame:
    """Group copies over all batches.

    Parameters
    ----------
    text_ids : Series of UInt32, the texts in the order of the signatures.
    signatures : one per batch.

    Returns
    -------
    DataFrame of schema `COPIES`, one row per text.
    """
    length = np.concatenate([batch.length for batch in signatures])
    first, message = _distinct(np.concatenate([batch.exact for batch in signatures]))
    root, similarity = _grouped(first, length, signatures)
    group = root[message]
    earliest = np.full(len(first), len(length), dtype=np.int64)
    np.minimum.at(earliest, group, np.arange(len(length)))
    ids = text_ids.to_numpy()
    found = {"text_id": ids, "copy_of": ids[earliest[group]], "similarity": similarity[message], "length": length}
    return pl.DataFrame(found, schema=COPIES)


def _distinct(exact: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The distinct messages in the order of visits: the place of a text of each, and the message of each text.

    What was said most often comes first, so that a group's root is what most people wrote; then the hash decides.
    """
    _, first, inverse, counts = np.unique(exact, return_index=True, return_inverse=True, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    return first[order], place[inverse]


def _grouped(
    first: NDArray[np.int64], length: NDArray[np.uint16], signatures: Sequence[Signatures]
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The root of each distinct message and its similarity to it; short messages are roots."""
    root = np.arange(len(first))
    similarity = np.ones(len(first), dtype=np.float32)
    long = np.flatnonzero(length[first] >= min(LEAST))
    texts = first[long]
    shingles = np.concatenate([batch.shingles for batch in signatures])
    starts, stops = (positions[texts] for positions in _ranges(signatures))
    keys, bits = sketch(starts, stops, shingles, factors(), ROWS)
    steps = np.searchsorted(list(LEAST), length[texts], side="right") - 1
    least = np.array(list(LEAST.values()))[steps]
    chosen, similarity[long] = stars(Messages(starts, stops, shingles, bits, least), keys)
    root[long] = long[chosen]
    return root, similarity


def _ranges(signatures: Sequence[Signatures]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where the shingles of each text begin and end among those of all batches."""
    shifts = np.cumsum([0, *(len(batch.shingles) for batch in signatures[:-1])])
    pairs = list(zip(signatures, shifts, strict=True))
    starts = np.concatenate([batch.offsets[:-1] + shift for batch, shift in pairs])
    return starts, np.concatenate([batch.offsets[1:] + shift for batch, shift in pairs])
