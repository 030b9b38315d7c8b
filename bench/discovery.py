"""Discovery alone: learning from at most 20,000 texts, and placing all of them batch by batch, as the command does.

``python -m bench.discovery 10k 100k 1M``. Every size runs in a process of its own; reading and splitting into words is not counted,
nor is compiling, but the memory is that of the whole process.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from typing import TYPE_CHECKING

from bench.cost import run
from bench.generate import generate
from bench.pieces import real_texts
from bench.sizes import ROOT, comments, label, size
from bench.table import figure, markdown, write_section

if TYPE_CHECKING:
    from collections.abc import Sequence

PAGE = ROOT / "docs" / "bench.md"
SAMPLE = 20_000
BATCH = 131_072
_PATHS = os.pathsep.join([str(ROOT / "src"), str(ROOT)])


def measure(rows: int) -> dict[str, float]:
    """CPU seconds of learning and of placing, and the share of texts that were placed."""
    import numpy as np  # noqa: PLC0415 - the process that only starts others stays small
    import polars as pl  # noqa: PLC0415

    from bench.bare_pass import TEXT  # noqa: PLC0415
    from evals.texts import normalised  # noqa: PLC0415
    from langnghe.issues.discovery import IssueDiscovery  # noqa: PLC0415
    from langnghe.issues.knowledge import subset  # noqa: PLC0415
    from langnghe.words.find import find_words  # noqa: PLC0415
    from langnghe.words.vocabulary import Vocabulary, VocabularyBuilder, unfold  # noqa: PLC0415

    texts = pl.read_csv(comments(rows), columns=[TEXT])[TEXT].fill_null("")
    parts = [texts[begin : begin + BATCH] for begin in range(0, rows, BATCH)]
    builder = VocabularyBuilder()
    frames = (pl.DataFrame({"text": normalised(part)}).with_row_index("text_id") for part in parts)
    surfaces = [found["surfaces"] for found in find_words(frames, builder)]
    vocabulary = Vocabulary.from_frame(builder.frame())
    whole = pl.concat(surfaces).gather_every(-(-rows // SAMPLE))
    sample = unfold(whole, vocabulary)
    few = subset(sample, np.arange(500, dtype=np.int64))
    IssueDiscovery(4).fit(few, vocabulary).predict(few, vocabulary)  # compiles
    began = time.process_time()
    model = IssueDiscovery().fit(sample, vocabulary)
    learnt = time.process_time() - began
    placing, placed = 0.0, 0
    for batch in surfaces:
        words = unfold(batch, vocabulary)
        began = time.process_time()
        issue = model.predict(words, vocabulary).issue
        placing += time.process_time() - began
        placed += int((issue >= 0).sum())
    return {"learn": learnt, "place": placing, "placed": placed / rows}


def line(rows: int) -> list[str]:
    """One line of the table."""
    cost = run([sys.executable, "-m", "bench.discovery", "--measure", str(rows)], {"PYTHONPATH": _PATHS})
    spent: dict[str, float] = json.loads(cost.output.strip().splitlines()[-1])
    both = spent["learn"] + spent["place"]
    return [
        label(rows),
        *map(figure, (spent["learn"], spent["place"], both, both / rows * 1e6, cost.peak_mb)),
        f"{spent['placed']:.1%}",
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m bench.discovery", description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=size, metavar="SIZE", help="10k, 100k, 1M …")
    parser.add_argument("--measure", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--write", action="store_true", help=f"write the table into {PAGE.relative_to(ROOT)}")
    chosen = parser.parse_args(arguments)
    if chosen.measure:
        print(json.dumps(measure(chosen.measure)))
        return 0
    for rows in chosen.sizes:
        if not comments(rows).is_file():
            if not (texts := real_texts()[0]):
                print("skipped: no real texts (set LANGNGHE_DATA)")
                return 0
            generate(rows, texts)
    header = ["rows", "learn, CPU-s", "place, CPU-s", "together", "CPU-µs per text", "peak MiB", "texts placed"]
    page = markdown(header, [line(rows) for rows in sorted(chosen.sizes)])
    print(page)
    if chosen.write:
        write_section(PAGE, "discovery", page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
