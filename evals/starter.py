"""Agreement of the two codings of the starter set: Krippendorff's alpha (nominal, two coders) per issue and for reactions."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from evals.results import Result
from langnghe.measure.coding.agreement import alpha

if TYPE_CHECKING:
    from collections.abc import Iterator

PARTS = (1, 2, 3, 4, 5)


def codings() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """The first and the second coding of each text."""
    folder = files("langnghe.vi").joinpath("starter")
    first = {
        f"{part}-{line}": json.loads(text)
        for part in PARTS
        for line, text in enumerate(folder.joinpath(f"part-{part}.jsonl").read_text(encoding="utf-8").splitlines(), 1)
    }
    second = [json.loads(text) for text in folder.joinpath("second.jsonl").read_text(encoding="utf-8").splitlines()]
    return [(first[row["id"]], row) for row in second]


def results() -> Iterator[Result]:
    """Agreement per issue, its mean, and that of reactions."""
    pairs = codings()
    issues = sorted({issue for row, _ in pairs for issue in row["issues"]})
    each = {issue: alpha([(issue in a["issues"], issue in b["issues"]) for a, b in pairs]) for issue in issues}
    for issue, value in each.items():
        yield Result("starter", "starter set", "two codings", f"alpha, {issue}", value)
    yield Result("starter", "starter set", "two codings", "alpha, mean of issues", sum(each.values()) / len(each))
    reaction = alpha([(a["reaction"], b["reaction"]) for a, b in pairs])
    yield Result("starter", "starter set", "two codings", "alpha, reaction", reaction)
