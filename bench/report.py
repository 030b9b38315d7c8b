"""The whole command, timed: ``python -m bench.report 10k 100k 1M``.

Each size is generated where it is missing. Beside each run stands one bare pass over the same file
(:mod:`bench.bare_pass`) in the same minute; the ratio of the two holds from one machine to another better than seconds
do. CPU seconds are those of the whole process, imports included.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench.cost import Cost, run
from bench.sizes import ROOT, comments, label, size
from bench.table import figure, markdown, write_section

if TYPE_CHECKING:
    from collections.abc import Sequence

PAGE = ROOT / "docs" / "bench.md"
_IMPORTS = "import langnghe.cli, langnghe.reporting, langnghe.report.docx, langnghe.report.html, langnghe.report.pdf"
SCREEN = ("html", "data")
"""Formats for reading on a screen; the others, PDF and Word, are made where none are named."""

_PATHS = os.pathsep.join([str(ROOT / "src"), str(ROOT)])


@dataclass(frozen=True)
class Stage:
    """The cost of one stage, as the command wrote it into the study's log."""

    name: str
    cpu_s: float
    wall_s: float
    peak_mb: float


@dataclass(frozen=True)
class Timed:
    """One run of the command: its start ('first' without compiled code, or 'warm'), its formats, what it cost, and its stages."""

    rows: int
    start: str
    formats: tuple[str, ...]
    cost: Cost
    bare: Cost
    stages: tuple[Stage, ...]


def command() -> list[str]:
    """How the command is started: the script beside this Python, else the module."""
    script = Path(sys.executable).with_name("langnghe")
    return [str(script)] if script.is_file() else [sys.executable, "-m", "langnghe"]


def stages(study: Path) -> tuple[Stage, ...]:
    """Read the stages from `log.jsonl` of a study; none where it is missing. Lines of other things are passed over."""
    logs = [path for path in (study / "products" / "log.jsonl", study / "log.jsonl") if path.is_file()]
    if not logs:
        return ()
    lines = [json.loads(line) for line in logs[0].read_text(encoding="utf-8").splitlines() if line.startswith("{")]
    return tuple(
        Stage(str(row["stage"]), float(row["cpu_s"]), float(row.get("wall_s", "nan")), float(row.get("peak_mb", "nan")))
        for row in lines
        if "stage" in row and "cpu_s" in row
    )


def timed(rows: int, kept: Path, formats: tuple[str, ...] = (), *, first: bool) -> Timed:
    """Run the command on the generated file of a size, and the bare pass before it.

    Parameters
    ----------
    rows : size of the file.
    kept : folder of what a first run compiles and learns for the later ones.
    formats : of the report; all where none is named.
    first : True where nothing is in it, as on the first day; Python's own files are compiled, as after installing.
    """
    path = comments(rows)
    env = {"PYTHONPATH": _PATHS, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(kept / "python")}
    env |= {"NUMBA_CACHE_DIR": str(kept / "compiled"), "LANGNGHE_CACHE": str(kept / "learnt")}
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        if first:
            run([sys.executable, "-c", _IMPORTS], env)
        env["LANGNGHE_LEDGER"] = str(Path(folder) / "ledger")
        bare = run([sys.executable, "-m", "bench.bare_pass", str(path)], env)
        study = Path(folder) / "study"
        asked = [word for name in formats for word in ("--format", name)]
        cost = run([*command(), "report", str(path), "--study", str(study), *asked], env)
        return Timed(rows, "first" if first else "warm", formats, cost, bare, stages(study))


def table(runs: Sequence[Timed]) -> str:
    """The runs as Markdown: one table of whole runs, one of stages."""
    header = "rows|start|formats|CPU-s|clock s|peak MiB|bare pass CPU-s|in bare passes|CPU-µs per text".split("|")
    body = [
        [
            label(t.rows), t.start, ", ".join(t.formats) or "all", figure(t.cost.cpu_s), figure(t.cost.wall_s), figure(t.cost.peak_mb),
            figure(t.bare.cpu_s), figure(t.cost.cpu_s / t.bare.cpu_s), figure(t.cost.cpu_s / t.rows * 1e6),
        ]
        for t in runs
    ]  # fmt: skip
    parts = [markdown(header, body)]
    staged = [t for t in runs if t.stages and t.start == "warm" and not t.formats]
    if staged:
        parts.append(_stage_table(staged))
    return "\n\n".join(parts)


def _stage_table(runs: Sequence[Timed]) -> str:
    names = list(dict.fromkeys(stage.name for t in runs for stage in t.stages))
    body = [[name, *(_stage(t, name) for t in runs)] for name in names]
    rest = ["start, imports and the rest", *(figure(t.cost.cpu_s - sum(s.cpu_s for s in t.stages)) for t in runs)]
    return markdown(["stage, CPU-s (peak MiB so far)", *(label(t.rows) for t in runs)], [*body, rest])


def _stage(one: Timed, name: str) -> str:
    chosen = [stage for stage in one.stages if stage.name == name]
    return f"{figure(sum(s.cpu_s for s in chosen))} ({figure(max(s.peak_mb for s in chosen))})" if chosen else "–"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m bench.report", description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="+", type=size, metavar="SIZE", help="10k, 100k, 1M …")
    parser.add_argument(
        "--first", action="store_true", help="show the first run of the smallest size too, with nothing compiled"
    )
    parser.add_argument("--write", action="store_true", help=f"write the table into {PAGE.relative_to(ROOT)}")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as kept:
        runs = _runs(sorted(chosen.sizes), Path(kept))
    if runs and not chosen.first:
        del runs[0]
    if not runs:
        return 1
    print(table(runs))
    if chosen.write:
        write_section(PAGE, "report", table(runs))
    return 0


def _runs(sizes: Sequence[int], kept: Path) -> list[Timed]:
    """Every size, the smallest one for the screen too: first without compiled code, then again. None where the command failed."""
    runs: list[Timed] = []
    for rows, formats in ((sizes[0], SCREEN), (sizes[0], SCREEN), *((rows, ()) for rows in sizes)):
        if not _made(rows):
            return []
        runs.append(timed(rows, kept, formats, first=not runs))
        if runs[-1].cost.exit_code:
            print(f"{label(rows)}: the command ended with {runs[-1].cost.exit_code}\n{runs[-1].cost.output}")
            return []
    return runs


def _made(rows: int) -> bool:
    if not comments(rows).is_file():
        cost = run([sys.executable, "-m", "bench.generate", label(rows)], {"PYTHONPATH": _PATHS})
        print(cost.output.strip())
    return comments(rows).is_file()


if __name__ == "__main__":
    sys.exit(main())
