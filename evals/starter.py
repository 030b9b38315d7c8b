"""Agreement of the two codings of the starter set: Krippendorff's alpha (nominal, two coders) per issue and for reactions."""

from __future__ import annotations

import json
from collections import Counter
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from evals.results import Result

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

PARTS = (1, 2, 3, 4)


def alpha(pairs: Sequence[tuple[Hashable, Hashable]]) -> float:
    """Krippendorff's alpha for nominal data, two coders, nothing missing (Krippendorff 2011)."""
    values = Counter(value for pair in pairs for value in pair)
    total = 2 * len(pairs)
    observed = sum(a != b for a, b in pairs) / len(pairs)
    expected = 1 - sum(n * (n - 1) for n in values.values()) / (total * (total - 1))
    return 1 - observed / expected if expected else 1.0


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
