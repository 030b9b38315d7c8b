"""CheckThat 2022, task 2A in English: tweets → checked claims, through the code of the check desk.

Files, as the organisers publish them, in `$LANGNGHE_CHECKTHAT` or `checkthat` in the folder of shared data, at any depth:
a folder `vclaims` with one JSON a claim (vclaim_id, vclaim, title, subtitle, date), or one file with a claim a line; for each split
queries as TSV (id, tweet) and qrels as TSV (id, 0, vclaim_id, 1). The re-ranker is learnt on the train split alone.
"""

from __future__ import annotations

import csv
import html
import json
import re
from typing import TYPE_CHECKING

import numpy as np

from evals.datasets import DataMissing
from evals.results import Result
from langnghe.check.checks import Check
from langnghe.check.features import FEATURES
from langnghe.check.match import Matcher
from langnghe.check.ranker import LineFit, weights_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

DATA = "CheckThat 2022 2A, English"
CANDIDATES = 60
_QUERIES = re.compile(r"quer|tweets", re.IGNORECASE)
_QRELS = re.compile(r"qrels", re.IGNORECASE)


def checkthat() -> Iterator[Result]:
    """MAP@5 of the re-ranker learnt on the train split, and of BM25 alone, on dev and test."""
    from evals.claims import folder_of  # noqa: PLC0415 - it imports this module

    folder = folder_of("LANGNGHE_CHECKTHAT", "checkthat")
    checks = claims(folder)
    splits = {name: split(folder, name) for name in ("train", "dev", "test")}
    if not splits["train"]:
        message = f"no train split in {folder.name}"
        raise DataMissing(message)
    matcher = Matcher(checks)
    rows, right, message_of = candidates(matcher, splits["train"])
    found = np.concatenate(right)
    learnt = LineFit(FEATURES, 3.0).fit(np.vstack(rows), found, weights_of(found, np.concatenate(message_of))).line_
    for name in ("dev", "test"):
        if splits[name]:
            rows, right, _ = candidates(matcher, splits[name])
            odds = [learnt.log_odds(r) for r in rows]
            yield Result("claims", f"{DATA}, {name}", "ours", "MAP@5", mean_precision(right, odds))
            flat = [-np.arange(len(r), dtype=np.float64) for r in rows]
            yield Result("claims", f"{DATA}, {name}", "BM25 alone", "MAP@5", mean_precision(right, flat))


def claims(folder: Path) -> list[Check]:
    """The checked claims."""
    files = sorted(path for path in folder.rglob("*.json") if "vclaim" in path.parent.name.lower())
    rows = [json.loads(path.read_text(encoding="utf-8")) for path in files]
    for path in sorted(folder.rglob("*vclaims*.jsonl")) if not rows else []:
        rows += [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    for path in sorted([*folder.rglob("*claims*.tsv"), *folder.rglob("*.docs.tsv")]) if not rows else []:
        rows += _tsv(path)
    if not rows:
        message = f"no verified claims in {folder.name}"
        raise DataMissing(message)
    return [
        Check(
            id=str(row.get("vclaim_id", row.get("id"))),
            claim=_plain(row.get("vclaim") or row.get("claim") or row.get("title") or ""),
            title=_plain(row.get("title") or ""),
            summary=_plain(row.get("subtitle") or ""),
        )
        for row in rows
    ]


def split(folder: Path, name: str) -> list[tuple[str, frozenset[str]]]:
    """The tweets of a split, each with the ids of its claims."""
    near = [path for path in sorted(folder.rglob("*.tsv")) if name in str(path.relative_to(folder)).lower()]
    gold: dict[str, set[str]] = {}
    for path in (path for path in near if _QRELS.search(path.name)):
        for line in path.read_text(encoding="utf-8").splitlines():
            cells = line.split("\t")
            if len(cells) >= 4 and cells[3].strip() == "1":
                gold.setdefault(cells[0], set()).add(cells[2])
    texts = {
        next(iter(row.values())): _plain(list(row.values())[1])
        for path in near
        if _QUERIES.search(path.name) and not _QRELS.search(path.name)
        for row in _tsv(path)
    }
    return [(texts[number], frozenset(ids)) for number, ids in gold.items() if number in texts]


def candidates(
    matcher: Matcher, asked: Sequence[tuple[str, frozenset[str]]]
) -> tuple[list[NDArray[np.float64]], list[NDArray[np.bool_]], list[NDArray[np.int64]]]:
    """The candidates of each tweet: features, whether right, number of the tweet."""
    rows, right, number_of = [], [], []
    for number, (text, gold) in enumerate(asked):
        found = matcher.candidates(text, CANDIDATES)
        if len(found.positions):
            rows.append(found.rows)
            right.append(np.array([matcher.checks[p].id in gold for p in found.positions]))
            number_of.append(np.full(len(found.positions), number))
    return rows, right, number_of


def mean_precision(right: Sequence[NDArray[np.bool_]], odds: Sequence[NDArray[np.float64]]) -> float:
    """Mean average precision at 5, where nearly every tweet has one right claim."""
    found = []
    for r, o in zip(right, odds, strict=True):
        top = r[np.argsort(-o, kind="stable")][:5]
        hits = np.flatnonzero(top) + 1
        found.append(float(np.mean([(i + 1) / place for i, place in enumerate(hits)])) if len(hits) else 0.0)
    return float(np.mean(found)) if found else float("nan")


def _tsv(path: Path) -> list[Mapping[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _plain(text: str) -> str:
    return re.sub(
        r"https?://\S+|pic\.twitter\.com\S+", " ", html.unescape(str(text).replace("#", " ").replace("@", " "))
    )
