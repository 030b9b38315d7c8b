"""Conditions in forms: the part of XPath that is understood, and nothing else."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langnghe.hub.surveys.expressions import NotUnderstood, holds, parse

ANSWERS = {"sex": "nu", "age": "34", "wishes": "fresh more", "born": "1990-05-02", "empty": ""}


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("${sex} = 'nu'", True),
        ("${sex} != 'nu'", False),
        ("${age} > 30 and ${age} <= 34", True),
        ("${age} = 34.0", True),
        ("${age} > '9'", True),
        ("selected(${wishes}, 'more')", True),
        ("selected(${wishes}, 'mor')", False),
        ("count-selected(${wishes}) >= 2", True),
        ("not(${sex} = 'nam') or false()", True),
        ("${none} = ''", True),
        ("${empty} > 0 or ${empty} <= 0", False),
        ("${sex} > 1", False),
        ("${born} < '2000-01-01'", True),
        ("${born} < today()", True),
        ("string-length(${sex}) = 2", True),
        ("(${sex} = 'nam' or ${age} = 34) and true()", True),
        ("${sex} = 'nam' or ${age} = 34 and true()", True),
        ('${sex} = "nu"', True),
        ("${age} >= -1", True),
        ("${sex} = true()", True),
    ],
)
def test_what_a_condition_says(text: str, truth: bool) -> None:  # noqa: FBT001 - a column of the table
    assert holds(parse(text), ANSWERS, today=dt.date(2026, 7, 31)) is truth


def test_the_answer_itself_in_a_constraint() -> None:
    limits = parse(". >= 0 and . < 60")
    assert holds(limits, {}, "59")
    assert not holds(limits, {}, "60")
    assert not holds(limits, {}, "nhiều")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "${a",
        "__import__('os')",
        "${a} = 1; 2",
        "regex(., 'a+')",
        "selected(${a})",
        "${a} + 1",
        "pulldata('a')",
        "(" * 30 + "1" + ")" * 30,
        "1 and",
        "= 1",
        "'open",
        "${a} = 'x'" + " or ${a} = 'x'" * 200,
        "a.b",
        "not ${a}",
    ],
)
def test_what_is_outside_is_not_understood(text: str) -> None:
    with pytest.raises(NotUnderstood):
        parse(text)


PIECES = st.sampled_from(
    ["${a}", "and", "or", "not(", "(", ")", "selected(", ",", "'x'", "1.5", ".", "=", "<=", "-", "today()", "é", "$"]
)


@settings(max_examples=60)
@given(st.one_of(st.text(max_size=20), st.lists(PIECES, max_size=12).map(" ".join)))
def test_any_text_is_parsed_or_not_understood(text: str) -> None:
    try:
        node = parse(text)
    except NotUnderstood:
        return
    assert holds(node, ANSWERS) in {True, False}


names = st.sampled_from(["sex", "age", "wishes", "empty", "none"])
values = st.one_of(
    names.map("${{{}}}".format),
    st.integers(-50, 50).map(str),
    st.sampled_from(["'nu'", "'34'", "''", "'2026-01-01'", "today()", "true()"]),
)
comparisons = st.tuples(values, st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), values).map(" ".join)
conditions = st.recursive(
    comparisons,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from([" and ", " or "]), inner).map("".join),
        inner.map("not({})".format),
        inner.map("({})".format),
    ),
    max_leaves=5,
)


@settings(max_examples=40)
@given(conditions)
def test_not_turns_a_condition_round(text: str) -> None:
    assert holds(parse(f"not({text})"), ANSWERS) is not holds(parse(text), ANSWERS)


@settings(max_examples=40)
@given(conditions, conditions)
def test_and_and_or_are_those_of_logic(left: str, right: str) -> None:
    a, b = holds(parse(left), ANSWERS), holds(parse(right), ANSWERS)
    assert holds(parse(f"({left}) and ({right})"), ANSWERS) is (a and b)
    assert holds(parse(f"({left}) or ({right})"), ANSWERS) is (a or b)


@settings(max_examples=40)
@given(conditions)
def test_blanks_change_nothing(text: str) -> None:
    assert parse(text.replace(" ", "   ")) == parse(text)
