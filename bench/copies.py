"""Copies: ours beside rensa and datasketch on a generated file.

``python -m bench.copies 10k 100k 1M``: above 100k ours alone, unless ``--only`` names a peer. With ``--reworded`` the shares of
messages that are found again after heavier rewording, see `bench.reworded`.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

import polars as pl

from bench.bare_pass import TEXT
from bench.generate import generate
from bench.grouping import METHODS, Grouping, installed
from bench.pieces import real_texts
from bench.reworded import joined, plant
from bench.sizes import ROOT, comments, label, size, truth
from bench.table import figure, markdown, write_section
from evals.metrics import b_cubed, singletons

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

PAGE = ROOT / "docs" / "bench.md"
HEADER = ["method", "rows", "CPU-µs per text", "words", "sign", "group", "B³ precision", "B³ recall", "largest group"]

PEERS_UP_TO = 100_000
"""Rows up to which peers run unasked: datasketch takes minutes for a million."""

REWORDED = ["way", "rows", "messages", "words changed"]


def row(method: str, rows: int, found: Grouping, planted: NDArray[np.int64]) -> list[str]:
    """One line of the table."""
    precision, recall = b_cubed(found.group, planted)
    largest = int(pl.Series(found.group).value_counts()["count"].max() or 0)  # type: ignore[arg-type] # a column of numbers
    return [
        method,
        label(rows),
        figure(found.cpu_s / rows * 1e6),
        *(figure(found.parts.get(part, float("nan")) / rows * 1e6) for part in ("words", "sign", "group")),
        f"{precision:.4f}",
        f"{recall:.4f}",
        str(largest),
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m bench.copies", description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="+", type=size, metavar="SIZE", help="10k, 100k, 1M …")
    parser.add_argument("--only", choices=list(METHODS), action="append", help="a method; may be repeated")
    parser.add_argument("--reworded", action="store_true", help="heavier rewording instead of cost and light edits")
    parser.add_argument("--write", action="store_true", help=f"write the table into {PAGE.relative_to(ROOT)}")
    chosen = parser.parse_args(arguments)
    methods = chosen.only or list(METHODS)
    missing = [name for name in methods if not installed(name)]
    if missing:
        print(f"skipped: {', '.join(missing)} not installed (requirements/evals.txt)")
    methods = [name for name in methods if name not in missing]
    lines: list[list[str]] = []
    for rows in sorted(chosen.sizes):
        if not comments(rows).is_file() and not (texts := real_texts()[0]):
            print("skipped: no real texts (set LANGNGHE_DATA)")
            return 0
        if not comments(rows).is_file():
            generate(rows, texts)
        if chosen.reworded:
            lines += _reworded(rows, methods)
        else:
            lines += _lines(rows, methods if chosen.only or rows <= PEERS_UP_TO else ["ours"])
    page = markdown([*REWORDED, *methods] if chosen.reworded else HEADER, lines)
    print(page)
    if chosen.write:
        write_section(PAGE, "reworded" if chosen.reworded else "copies", page)
    return 0


def _lines(rows: int, methods: Sequence[str]) -> list[list[str]]:
    texts = pl.read_csv(comments(rows), columns=[TEXT])[TEXT]
    planted = singletons(pl.read_parquet(truth(rows))["group"])
    return [row(name, rows, METHODS[name](texts), planted) for name in methods]


def _reworded(rows: int, methods: Sequence[str]) -> list[list[str]]:
    texts = pl.read_csv(comments(rows), columns=[TEXT])[TEXT]
    texts, planted = plant(texts, pl.read_parquet(truth(rows)))
    shares = [joined(METHODS[name](texts), planted) for name in methods]
    return [
        [way, label(rows), str(count), f"{changed:.2f}", *(f"{share['joined'][line]:.3f}" for share in shares)]
        for line, (way, count, changed, _) in enumerate(shares[0].iter_rows())
    ]


if __name__ == "__main__":
    sys.exit(main())
