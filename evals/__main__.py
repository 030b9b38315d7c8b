"""The command: ``python -m evals [TASK …] [--write]``."""

from __future__ import annotations

import argparse
import importlib
import sys
from typing import TYPE_CHECKING

from evals.datasets import DataMissing
from evals.results import Result, frame, table, write

if TYPE_CHECKING:
    from collections.abc import Sequence

TASKS = (
    "copies",
    "masks",
    "teencode",
    "stripped",
    "discovery",
    "bertopic",
    "stability",
    "hidden",
    "guided",
    "example",
    "expected",
    "starter",
    "shared",
    "names",
    "intervals",
    "redrawn",
    "trends",
    "claims",
    "disclosure",
)
"""Names of tasks; each is the module of that name, with a function `results`."""


def run(task: str) -> list[Result]:
    """The results of a task; none where its data are missing, which is said."""
    module = importlib.import_module(f"evals.{task}")
    found: list[Result] = []
    try:
        found.extend(module.results())
    except DataMissing as missing:
        print(f"{task}: skipped, {missing}")
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m evals", description="Quality on named data, with peers beside us.")
    parser.add_argument("tasks", nargs="*", metavar="TASK", help=", ".join(TASKS))
    parser.add_argument("--write", action="store_true", help="write the tables into docs/evals.md")
    parser.add_argument("--out", metavar="FILE", help="write all results to a Parquet file, timings included")
    chosen = parser.parse_args(arguments)
    unknown = sorted(set(chosen.tasks) - set(TASKS))
    if unknown:
        parser.error(f"no task {', '.join(unknown)}; there are {', '.join(TASKS)}")
    every: list[Result] = []
    for task in chosen.tasks or TASKS:
        found = run(task)
        if found:
            print(f"\n{task}\n\n{table(found, seconds=True)}", flush=True)
        every += found
    if chosen.write:
        write(every)
    if chosen.out:
        frame(every).write_parquet(chosen.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
