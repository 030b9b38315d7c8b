"""Words: what each step costs per text, from the text as typed to its phrases, beside segmenters and one bare pass.

``python -m bench.words 10k 100k 1M``. Every size runs in a process of its own, batch by batch, with the words of a batch on disk between two steps, as the command does; what
compiling or loading compiled code costs is left out and told in its own column. Peers tokenise the first 10,000 texts at most.
"""

from __future__ import annotations

import argparse
import csv
import importlib
import importlib.util
import json
import os
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from bench.cost import run
from bench.generate import generate
from bench.pieces import real_texts
from bench.sizes import ROOT, comments, label, size
from bench.table import figure, markdown, write_section

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import polars as pl

PAGE = ROOT / "docs" / "bench.md"
STEPS = ("normalise", "fold and tokenise", "vocabulary", "unfold", "find phrases")
PEERS = {"underthesea": ("underthesea", "word_tokenize"), "pyvi": ("pyvi.ViTokenizer", "tokenize")}
BATCH = 131_072
MOST_FOR_PEERS = 10_000
_PATHS = os.pathsep.join([str(ROOT / "src"), str(ROOT)])


def measure(rows: int) -> dict[str, float]:
    """CPU seconds of every step over a generated file, and of one start."""
    import polars as pl  # noqa: PLC0415 - the process that only starts others stays small

    from bench.bare_pass import TEXT  # noqa: PLC0415
    from langnghe.clean.normalise import normalised  # noqa: PLC0415
    from langnghe.words.find import find_words  # noqa: PLC0415
    from langnghe.words.lookup import find_phrases, phrase_table  # noqa: PLC0415
    from langnghe.words.vocabulary import Vocabulary, VocabularyBuilder, fold_phrase, unfold  # noqa: PLC0415

    spent: defaultdict[str, float] = defaultdict(float)
    folder = Path(tempfile.mkdtemp())
    table = phrase_table([fold_phrase(phrase) for phrase in _seeds()])

    @contextmanager
    def timed(step: str) -> Iterator[None]:
        began = time.process_time()
        yield
        spent[step] += time.process_time() - began

    def texts() -> Iterator[pl.DataFrame]:
        with comments(rows).open(encoding="utf-8", newline="") as lines:
            read = (row[TEXT] for row in csv.DictReader(lines))
            while batch := list(islice(read, BATCH)):
                yield pl.DataFrame({TEXT: batch}).with_columns(text_id=pl.int_range(len(batch), dtype=pl.UInt32))

    def words(batches: Iterator[pl.DataFrame]) -> Iterator[pl.Series]:
        builder = VocabularyBuilder()
        parts = 0
        for batch in batches:
            with timed("normalise"):
                plain = batch.select("text_id", text=normalised(batch[TEXT]))
            with timed("fold and tokenise"):
                (found,) = find_words([plain], builder)
            found.write_parquet(folder / f"{parts}.parquet", compression="zstd")
            parts += 1
        with timed("vocabulary"):
            vocabulary = Vocabulary.from_frame(builder.frame())
        for part in range(parts):
            surfaces = pl.read_parquet(folder / f"{part}.parquet")["surfaces"]
            with timed("unfold"):
                unfolded = unfold(surfaces, vocabulary)
            with timed("find phrases"):
                find_phrases(unfolded, vocabulary, table)
            yield surfaces

    with timed("start"):
        sum(
            map(
                len,
                words(
                    iter(
                        [
                            pl.DataFrame(
                                {TEXT: ["Lương 5 k 😭"], "text_id": [0]}, schema_overrides={"text_id": pl.UInt32}
                            )
                        ]
                    )
                ),
            )
        )
    for step in STEPS:
        spent.pop(step, None)
    sum(map(len, words(texts())))
    shutil.rmtree(folder)
    return dict(spent)


def _seeds() -> list[str]:
    """The phrases of the code-book labour-vi."""
    from langnghe.issues.codebook import read_codebook  # noqa: PLC0415

    book = read_codebook(ROOT / "src" / "langnghe" / "vi" / "labour-vi.toml")
    return [phrase for issue in (*book.issues, *book.reactions) for phrase in (*issue.seeds, *issue.counter)]


def peer(name: str, rows: int) -> float:
    """CPU seconds per text of a segmenter; nan where it is not installed."""
    module, function = PEERS[name]
    if not importlib.util.find_spec(name):
        return float("nan")
    import polars as pl  # noqa: PLC0415

    from bench.bare_pass import TEXT  # noqa: PLC0415

    tokenise: Callable[[str], object] = getattr(importlib.import_module(module), function)
    texts = pl.read_csv(comments(rows), columns=[TEXT], n_rows=MOST_FOR_PEERS)[TEXT].fill_null("").to_list()
    tokenise("Lương chậm quá")
    began = time.process_time()
    for text in texts:
        tokenise(text)
    return (time.process_time() - began) / len(texts)


def line(rows: int) -> list[str]:
    """One line of the table."""
    env = {"PYTHONPATH": _PATHS}
    bare = run([sys.executable, "-m", "bench.bare_pass", str(comments(rows))], env)
    cost = run([sys.executable, "-m", "bench.words", "--measure", str(rows)], env)
    spent: dict[str, float] = json.loads(cost.output.strip().splitlines()[-1])
    steps = [spent.get(step, 0.0) / rows * 1e6 for step in STEPS]
    bare_each = bare.cpu_s / rows * 1e6
    return [
        label(rows),
        *map(figure, steps),
        figure(sum(steps)),
        figure(bare_each),
        figure(cost.peak_mb),
        figure(spent["start"]),
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m bench.words", description=__doc__.splitlines()[0])
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
    header = [
        "rows",
        *(f"{step}, CPU-µs" for step in STEPS),
        "together",
        "bare pass, whole process",
        "peak MiB",
        "start, CPU-s",
    ]
    page = markdown(header, [line(rows) for rows in sorted(chosen.sizes)])
    peers = [[name, figure(peer(name, min(chosen.sizes)) * 1e6)] for name in PEERS]
    page += "\n\n" + markdown(["segmenter", "CPU-µs per text"], peers)
    print(page)
    if chosen.write:
        write_section(PAGE, "words", page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
