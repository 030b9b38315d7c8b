"""What comes learnt with the package is what the code-book and the starter set teach, and is used for these alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from langnghe.cache import Cache
from langnghe.issues.codebook import read_codebook
from langnghe.issues.codes import issues_course, learn_issues, learn_reactions, reactions_course
from langnghe.issues.knowledge import words_of
from langnghe.issues.shipped import shipped

if TYPE_CHECKING:
    from pathlib import Path

    from langnghe.issues.taught import Course

BOOK = read_codebook("labour-vi")
COURSES = [issues_course(BOOK.issues, None, 0), reactions_course(BOOK.reactions, None, 0)]


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.name)
def test_it_is_there_for_the_codebook_and_the_starter_set_as_they_stand(course: Course) -> None:
    assert shipped(course.name, course.made_of) is not None, "code-book or starter set changed: run `make learnt`"


@pytest.mark.slow
@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.name)
def test_it_is_what_learning_gives(course: Course) -> None:
    """But for what processors differ in: the last digits of logarithms and of sums, of which weights of half precision show little."""
    kept, now = shipped(course.name, course.made_of), course.learnt()
    assert kept is not None
    assert kept.keys() == now.keys()
    for name in now:
        assert kept[name].dtype == now[name].dtype
        np.testing.assert_allclose(kept[name], now[name], rtol=0.01, atol=0.01, err_msg=f"{name}: run `make learnt`")
        if now[name].dtype.kind != "f":
            np.testing.assert_array_equal(kept[name], now[name], err_msg=f"{name}: run `make learnt`")


def test_nothing_is_learnt_for_the_codebook_that_comes_with_the_package(tmp_path: Path) -> None:
    learn_issues(BOOK.issues, *words_of(["công ty"]), None, 0, Cache(tmp_path))
    learn_reactions(BOOK.reactions, None, 0, cache=Cache(tmp_path))
    assert not list(tmp_path.iterdir())


def test_another_codebook_seed_or_name_is_learnt_anew() -> None:
    issues, reactions = COURSES
    edited = [replace(BOOK.issues[0], seeds=BOOK.issues[0].seeds[1:]), *BOOK.issues[1:]]
    for course in (
        issues_course(edited, None, 0),
        issues_course(BOOK.issues, None, 1),
        replace(reactions, name="issues"),
    ):
        assert shipped(course.name, course.made_of) is None
    assert shipped("nothing of ours", issues.made_of) is None
