"""Found issues as people meet them again: ids that come from their words, and main groups above them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from langnghe.issues.discovery import IssueDiscovery

PER_GROUP = 3
"""Issues that a main group holds on average: there are a third as many main groups as issues."""

IDS = 900
"""Different ids: found_100 … found_999."""


def found_ids(model: IssueDiscovery) -> tuple[str, ...]:
    """Ids of the found issues, in their order.

    The number is made of the feature that tells most for the issue (its part of the divergence from all issues together), so
    an issue keeps it in a larger corpus, or beside other issues, as long as that feature stays the same. Where a larger issue
    has the number already, the next feature counts.
    """
    share = np.exp(model.log_share_[model.known_ :])
    everywhere = model.words_ @ (share / share.sum())
    telling = model.words_ * np.log(model.words_ / everywhere[:, None])
    taken: list[int] = []
    for column in np.argsort(-telling, axis=0, kind="stable").T:
        numbers = 100 + (model.feature_hashes_[column] >> np.uint64(20)) % np.uint64(IDS)
        taken.append(next(int(number) for number in numbers if int(number) not in taken))
    return tuple(f"found_{number}" for number in taken)


def main_groups(model: IssueDiscovery) -> tuple[int, ...]:
    """The main group of each found issue, numbered from 0 by the largest issue in it.

    Average linkage over one less the affinity of the word distributions (Bhattacharyya), cut at `PER_GROUP` issues a group.
    """
    if model.found_ < 2:
        return (0,) * model.found_
    roots = np.sqrt(model.words_)
    apart = np.maximum(1 - roots.T @ roots, 0)
    np.fill_diagonal(apart, 0)
    from scipy.cluster.hierarchy import fcluster, linkage  # noqa: PLC0415 - loaded where issues were found
    from scipy.spatial.distance import squareform  # noqa: PLC0415 - likewise

    tree = linkage(squareform((apart + apart.T) / 2, checks=False), "average")
    cut = fcluster(tree, -(-model.found_ // PER_GROUP), "maxclust").tolist()
    order = list(dict.fromkeys(cut))  # issues stand by falling size
    return tuple(order.index(group) for group in cut)
