"""Classifiers that were taught, and what they were taught by. What they learn from the code-book and the starter set alone is kept."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from langnghe.issues.calibration import Calibration
from langnghe.issues.classifier import NEVER, TextClassifier

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from langnghe.cache import Arrays, Cache
    from langnghe.issues.codebook import Issue
    from langnghe.issues.knowledge import Lessons

LEAST = 2
"""Texts that a feature stands in among lessons that hold the starter set: those of one text take a third of the time and teach nothing."""


@dataclass(frozen=True)
class Taught:
    """A classifier and the labels that it was taught; see `knowledge.Lessons` and `classifier.TextClassifier`."""

    classifier: TextClassifier
    labels: NDArray[np.bool_]
    weight: NDArray[np.float64]
    fold: NDArray[np.int64]

    @property
    def seen(self) -> NDArray[np.bool_]:
        """Texts that were judged by classifiers that had not seen them."""
        return np.asarray(self.fold != NEVER)


def teach(lessons: Lessons, *, exclusive: bool, seed: int, least: int = 1) -> Taught:
    """Teach a classifier; features that stand in fewer than `least` texts are left out."""
    classifier = TextClassifier(exclusive=exclusive, least=least, random_state=seed)
    classifier.fit(lessons.texts, lessons.labels, lessons.weight, lessons.fold)
    return Taught(classifier, lessons.labels, lessons.weight, lessons.fold)


def teach_once(
    cache: Cache, codes: Sequence[Issue], lessons: Callable[[], Lessons], *, exclusive: bool, seed: int
) -> Taught:
    """Teach a classifier by lessons that follow from the codes and shipped data alone, unless that was done before."""

    def arrays() -> Arrays:
        taught = teach(lessons(), exclusive=exclusive, seed=seed, least=LEAST)
        learnt = {name: value for name, value in vars(taught.classifier).items() if isinstance(value, np.ndarray)}
        return {
            **learnt,
            **vars(taught.classifier.calibration_),
            "labels": taught.labels,
            "weight": taught.weight,
            "fold": taught.fold,
        }

    asked = [(code.id, code.merged, code.seeds) for code in codes]
    kept = dict(cache.arrays((asked, exclusive, seed), arrays))
    labels, weight, fold = (kept.pop(name) for name in ("labels", "weight", "fold"))
    classifier = TextClassifier(exclusive=exclusive, random_state=seed)
    classifier.calibration_ = Calibration(**{one.name: kept.pop(one.name) for one in fields(Calibration)})
    vars(classifier).update(kept)
    return Taught(classifier, labels, weight, fold)
