"""Conditions in forms: a small part of XPath, parsed into a tree and evaluated by us; nothing is ever handed to Python.

    expression := or;  or := and ('or' and)*;  and := comparison ('and' comparison)*
    comparison := value (('=' | '!=' | '<' | '<=' | '>' | '>=') value)?
    value      := ${name} | . | 'text' | number | ( expression ) | not(e) | true() | false() | today()
                | selected(value, 'choice') | count-selected(value) | string-length(value)

Comparisons follow XPath 1.0 (3.4): an answer is a text; beside a number, or with < and >, both sides are read as numbers, what
is no number compares as false. Days (2026-07-31) are numbers too. An answer that was not given is ''.
"""

from __future__ import annotations

import datetime as dt
import operator
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Value = str | float | bool

MAX_LETTERS = 1_000
MAX_DEPTH = 20
FUNCTIONS = {"not": 1, "true": 0, "false": 0, "today": 0, "selected": 2, "count-selected": 1, "string-length": 1}
"""Limits of an expression; functions, and how many arguments each has."""

_TOKEN = re.compile(
    r"\s*(?:(?P<name>\$\{\s*[A-Za-z_][\w.-]*\s*\})|(?P<text>'[^']*'|\"[^\"]*\")|(?P<number>\d+(?:\.\d+)?)|(?P<this>\.)"
    r"|(?P<sign><=|>=|!=|=|<|>|\(|\)|,|-)|(?P<word>[A-Za-z][A-Za-z-]*))"
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"\s*-?(?:\d+\.?\d*|\.\d+)\s*", re.ASCII)
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


class NotUnderstood(ValueError):
    """An expression is outside the part of XPath that is understood; the argument is the piece that is not."""


@dataclass(frozen=True)
class Node:
    """A part of an expression.

    Attributes
    ----------
    kind : 'value', 'answer', 'this', 'and', 'or', a sign of comparison, or the name of a function.
    value : of a 'value'; the name of an 'answer'.
    parts : what it is made of.
    """

    kind: str
    value: Value = ""
    parts: tuple[Node, ...] = ()

    def __iter__(self) -> Iterator[Node]:
        """The node and all below it."""
        yield self
        for part in self.parts:
            yield from part

    def names(self) -> frozenset[str]:
        """The questions whose answers are asked for."""
        return frozenset(str(node.value) for node in self if node.kind == "answer")


@lru_cache(maxsize=4_096)
def parse(text: str) -> Node:
    """Parse an expression.

    Raises
    ------
    NotUnderstood
        It is too long, nested too deeply, or says something that is not in the part described above.
    """
    if len(text) > MAX_LETTERS:
        raise NotUnderstood(f"{text[:20]}…")
    parser = _Parser(list(_tokens(text)))
    node = parser.either()
    if parser.rest:
        raise NotUnderstood(parser.rest[0][1])
    return node


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    place = 0
    while text[place:].strip():
        found = _TOKEN.match(text, place)
        if found is None or found.lastgroup is None:
            raise NotUnderstood(text[place:].strip()[:20])
        yield found.lastgroup, found[found.lastgroup]
        place = found.end()


class _Parser:
    """Goes through tokens from left to right."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.rest = tokens
        self.depth = 0

    def take(self, *wanted: str) -> str | None:
        """Take the next token if it is one of these signs or words."""
        if self.rest and self.rest[0][0] in {"sign", "word"} and self.rest[0][1] in wanted:
            return self.rest.pop(0)[1]
        return None

    def need(self, sign: str) -> None:
        if self.take(sign) is None:
            raise NotUnderstood(self.rest[0][1] if self.rest else "…")

    def either(self) -> Node:
        parts = [self.both()]
        while self.take("or"):
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else Node("or", parts=tuple(parts))

    def both(self) -> Node:
        parts = [self.comparison()]
        while self.take("and"):
            parts.append(self.comparison())
        return parts[0] if len(parts) == 1 else Node("and", parts=tuple(parts))

    def comparison(self) -> Node:
        left = self.single()
        sign = self.take("=", "!=", *_COMPARE)
        return Node(sign, parts=(left, self.single())) if sign else left

    def single(self) -> Node:
        if not self.rest:
            raise NotUnderstood("…")
        kind, text = self.rest.pop(0)
        if kind == "name":
            return Node("answer", text[2:-1].strip())
        if kind == "text":
            return Node("value", text[1:-1])
        if kind == "number":
            return Node("value", float(text))
        if kind == "this":
            return Node("this")
        if text == "-" and self.rest and self.rest[0][0] == "number":
            return Node("value", -float(self.rest.pop(0)[1]))
        return self.nested(kind, text)

    def nested(self, kind: str, text: str) -> Node:
        """Parentheses, or a function with its arguments."""
        self.depth += 1
        if self.depth > MAX_DEPTH or (text not in FUNCTIONS if kind == "word" else text != "("):
            raise NotUnderstood(text)
        if kind == "word":
            self.need("(")
        parts = self.arguments(1 if kind == "sign" else FUNCTIONS[text])
        self.need(")")
        self.depth -= 1
        return parts[0] if kind == "sign" else Node(text, parts=parts)

    def arguments(self, number: int) -> tuple[Node, ...]:
        parts = []
        for place in range(number):
            if place:
                self.need(",")
            parts.append(self.either())
        return tuple(parts)


def holds(node: Node, answers: Mapping[str, str], this: str = "", today: dt.date | None = None) -> bool:
    """Whether a condition holds.

    Parameters
    ----------
    answers : name of a question → its answer; choices of a question with several are separated by blanks.
    this : the answer that '.' stands for.
    today : what today() gives.
    """
    return _truth(_value(node, answers, this, today))


def _value(node: Node, answers: Mapping[str, str], this: str, today: dt.date | None) -> Value:
    if node.kind == "value":
        return node.value
    if node.kind == "answer":
        return answers.get(str(node.value), "")
    if node.kind == "this":
        return this
    if node.kind in {"and", "or"}:
        gathered = (_truth(_value(part, answers, this, today)) for part in node.parts)
        return all(gathered) if node.kind == "and" else any(gathered)
    return _applied(node.kind, [_value(part, answers, this, today) for part in node.parts], today)


def _applied(kind: str, values: list[Value], today: dt.date | None) -> Value:
    if kind in _COMPARE:
        return _COMPARE[kind](_number(values[0]), _number(values[1]))
    if kind in {"=", "!="}:
        return _equal(values[0], values[1], is_wanted=kind == "=")
    if kind == "today":
        return (today or dt.date.min).isoformat()
    return _FUNCTIONS[kind](values)


def _equal(left: Value, right: Value, *, is_wanted: bool) -> bool:
    """= and != of XPath 1.0: as truths if one is a truth, as numbers if one is a number, else as texts."""
    if isinstance(left, bool) or isinstance(right, bool):
        return (_truth(left) == _truth(right)) is is_wanted
    if isinstance(left, float) or isinstance(right, float):
        return (_number(left) == _number(right)) is is_wanted
    return (left == right) is is_wanted


def _truth(value: Value) -> bool:
    return value == value and value != 0 if isinstance(value, float) else bool(value)  # noqa: PLR0124 - not a number


def _number(value: Value) -> float:
    """A number; a day is counted from the first of year 1; what is none is not a number, which compares as false."""
    if not isinstance(value, str):
        return float(value)
    if _DAY.fullmatch(value):
        try:
            return float(dt.date.fromisoformat(value).toordinal())
        except ValueError:
            return float("nan")
    return float(value) if _NUMBER.fullmatch(value) else float("nan")


_FUNCTIONS: dict[str, Callable[[list[Value]], Value]] = {
    "not": lambda values: not _truth(values[0]),
    "true": lambda _: True,
    "false": lambda _: False,
    "selected": lambda values: _text(values[1]) in _text(values[0]).split(),
    "count-selected": lambda values: float(len(_text(values[0]).split())),
    "string-length": lambda values: float(len(_text(values[0]))),
}


def _text(value: Value) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).lower() if isinstance(value, bool) else str(value)
