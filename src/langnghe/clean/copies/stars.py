"""Stars: which messages are roots, and which root each other one belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from langnghe.clean.copies.pairs import similar

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from langnghe.clean.copies.pairs import Messages


def stars(messages: Messages, keys: NDArray[np.uint32]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Group messages so that each member is similar to its root.

    In the order of the messages each joins the most similar earlier root, or becomes one. Those that were found similar
    to members only, never to a root, go round again among themselves.

    Parameters
    ----------
    messages : n distinct messages.
    keys : uint32 array (bands, n), see `sketches.sketch`.

    Returns
    -------
    root : int64 array (n): the place of each message's root; a root has its own.
    similarity : float32 array (n) to the root; 1 for roots.
    """
    root = np.arange(len(messages.starts))
    similarity = np.ones(len(root), dtype=np.float32)
    left = root.copy()
    while len(left):
        near, measured = similar(messages, keys, left)
        chosen, found = _settle(near, measured)
        settled = chosen >= 0
        root[left[settled]] = left[chosen[settled]]
        similarity[left] = found
        left = left[~settled]
    return root, similarity


def _settle(near: NDArray[np.int32], similarity: NDArray[np.float32]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Choose each message's root: itself where nothing earlier is similar, −1 where no root is among what is."""
    alone = near[:, 0] < 0
    root = np.where(alone, np.arange(len(near)), near[:, 0])
    found = np.where(alone, np.float32(1), similarity[:, 0])
    for text in np.flatnonzero(~alone[root]):  # what is most similar is no root for certain: decide in order
        choices = [place for place, other in enumerate(near[text]) if other >= 0 and root[other] == other]
        root[text] = near[text, choices[0]] if choices else -1
        found[text] = similarity[text, choices[0]] if choices else 1
    return root, found
