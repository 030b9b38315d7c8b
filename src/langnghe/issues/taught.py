"""Classifiers that were taught, and what they were taught by. What they learn from the code-book and the starter set alone is learnt once."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from langnghe.issues.calibration import Calibration
from langnghe.issues.classifier import NEVER, TextClassifier
from langnghe.issues.shipped import shipped

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


@dataclass(frozen=True)
class Course:
    """What codes and shipped data alone teach.

    Attributes
    ----------
    name : of the arrays that come with the package.
    codes : that are learnt.
    exclusive : whether a text has exactly one of them.
    seed : of the order in which texts are visited.
    lessons : gives the labelled texts.
    """

    name: str
    codes: Sequence[Issue]
    exclusive: bool
    seed: int
    lessons: Callable[[], Lessons]

    @property
    def made_of(self) -> object:
        """All that what is learnt depends on beside shipped data and the program."""
        return [(code.id, code.merged, code.seeds) for code in self.codes], self.exclusive, self.seed

    def taught(self) -> Taught:
        """Teach it."""
        return teach(self.lessons(), exclusive=self.exclusive, seed=self.seed, least=LEAST)

    def learnt(self) -> Arrays:
        """What is learnt, in arrays; weights and probabilities in half precision, which is a third of the space."""
        taught = self.taught()
        told = {name: value for name, value in vars(taught.classifier).items() if isinstance(value, np.ndarray)}
        told |= {name: told[name].astype(np.float16) for name in ("weights_", "judged_")}
        given = {"labels": taught.labels, "weight": taught.weight, "fold": taught.fold}
        return {**told, **vars(taught.classifier.calibration_), **given}


def teach_once(cache: Cache, course: Course) -> Taught:
    """Teach a classifier, unless that was done before: by whoever made this package, or by this user."""
    arrays = shipped(course.name, course.made_of)
    return _restored(cache.arrays(course.made_of, course.learnt) if arrays is None else arrays, course)


def _restored(arrays: Arrays, course: Course) -> Taught:
    kept = dict(arrays)
    labels, weight, fold = (kept.pop(name) for name in ("labels", "weight", "fold"))
    classifier = TextClassifier(exclusive=course.exclusive, random_state=course.seed)
    classifier.calibration_ = Calibration(**{one.name: kept.pop(one.name) for one in fields(Calibration)})
    wide = {"weights_": kept["weights_"].astype(np.float32), "judged_": kept["judged_"].astype(np.float64)}
    vars(classifier).update({**kept, **wide})
    return Taught(classifier, labels, weight, fold)
