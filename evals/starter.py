"""Agreement of the two codings of the starter set: Krippendorff's alpha (nominal, two coders) per issue and for reactions."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from evals.results import Result
from langnghe.measure.coding.agreement import alpha

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TOGETHER = 4
"""The first parts, which were written and coded together; the later ones are told one by one."""


def codings() -> dict[int, list[tuple[dict[str, Any], dict[str, Any]]]]:
    """Number of a part → the first and the second coding of each of its texts that was coded twice."""
    folder = files("langnghe.vi").joinpath("starter")
    second = [json.loads(text) for text in folder.joinpath("second.jsonl").read_text(encoding="utf-8").splitlines()]
    found: dict[int, list[tuple[dict[str, Any], dict[str, Any]]]] = {}
    for row in second:
        found.setdefault(int(row["id"].split("-")[0]), []).append((_first(row["id"]), row))
    return dict(sorted(found.items()))


@cache
def _part(number: str) -> list[str]:
    return files("langnghe.vi").joinpath("starter", f"part-{number}.jsonl").read_text(encoding="utf-8").splitlines()


def _first(name: str) -> dict[str, Any]:
    part, line = name.split("-")
    first: dict[str, Any] = json.loads(_part(part)[int(line) - 1])
    return first


def results() -> Iterator[Result]:
    """Agreement per issue, its mean, and that of reactions: over all parts, then by parts."""
    parts = codings()
    every = [pair for pairs in parts.values() for pair in pairs]
    yield from _agreement("starter set", every, each=True)
    first = [pair for part, pairs in parts.items() if part <= TOGETHER for pair in pairs]
    later = {f"part {part}": pairs for part, pairs in parts.items() if part > TOGETHER}
    if later:
        for name, pairs in {f"parts 1 to {TOGETHER}": first, **later}.items():
            yield from _agreement(f"starter set, {name}", pairs, each=False)


def _agreement(data: str, pairs: Sequence[tuple[dict[str, Any], dict[str, Any]]], *, each: bool) -> Iterator[Result]:
    issues = sorted({issue for row, _ in pairs for issue in row["issues"]})
    alphas = {issue: alpha([(issue in a["issues"], issue in b["issues"]) for a, b in pairs]) for issue in issues}
    reaction = alpha([(a["reaction"], b["reaction"]) for a, b in pairs])
    equal = sum(set(a["issues"]) == set(b["issues"]) for a, b in pairs) / len(pairs)
    figures = {
        "number of texts coded twice": float(len(pairs)),
        **({f"alpha, {issue}": value for issue, value in alphas.items()} if each else {}),
        "alpha, mean of issues": sum(alphas.values()) / len(alphas),
        "alpha, lowest of issues": min(alphas.values()),
        "alpha, reaction": reaction,
        "same set of issues": equal,
    }
    for metric, value in figures.items():
        yield Result("starter", data, "two codings", metric, value)
