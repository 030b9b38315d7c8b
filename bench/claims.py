"""The check desk: matches per second and size of the index, embedded and in PostgreSQL.

``python -m bench.claims 10k 100k 1M [--postgres ADDRESS]``. Checks are spliced from pieces of real texts (see `bench.pieces`); above
100k each of these stands several times, with other tokens left out and one of its own, and is not read again. Messages are checks with words left out, typed
without diacritics. A match is the whole answer: candidates, features, re-ranking. Matches are timed in CPU seconds of the process, and of
the server's process for PostgreSQL.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, overload

import numpy as np

from bench.pieces import real_texts
from bench.sizes import ROOT, label, size
from bench.table import figure, markdown, write_section

if TYPE_CHECKING:
    from langnghe.check.checks import Check
    from langnghe.check.index import Index
    from langnghe.check.match import Finder
    from langnghe.check.said import Said
    from langnghe.check.table import CodeTable

PAGE = ROOT / "docs" / "bench.md"
BASE = 100_000
MESSAGES = 300
LONGEST = 25
"""Base texts at most; messages that are timed; words of a text."""


class Claims(Sequence["Check"]):
    """Checks made when they are asked for, so that a million of them take no memory."""

    def __init__(self, texts: list[str], rows: int) -> None:
        self.texts, self.rows = texts, rows

    def __len__(self) -> int:
        return self.rows

    @overload
    def __getitem__(self, row: int) -> Check: ...
    @overload
    def __getitem__(self, row: slice) -> Sequence[Check]: ...
    def __getitem__(self, row: int | slice) -> Check | Sequence[Check]:
        """The check of a row: a base text, from the second time on with another number and without some words."""
        from langnghe.check.checks import Check  # noqa: PLC0415 - the process that only starts others stays small

        if isinstance(row, slice):
            return [self[i] for i in range(*row.indices(self.rows))]
        if row >= self.rows:
            raise IndexError(row)
        time_of, base = divmod(row, len(self.texts))
        words = self.texts[base].split()
        kept = [word for place, word in enumerate(words) if not time_of or (place * 7 + time_of) % 5]
        return Check(f"c{row}", " ".join(kept) + (f" số {time_of * 31 + base % 17}" if time_of else ""))


def texts(rows: int) -> list[str]:
    """Base texts: two pieces of real texts each, of at most `LONGEST` words."""
    pieces, _ = real_texts()
    chance = random.Random(5)  # noqa: S311 - no secret
    drawn = (f"{chance.choice(pieces)} {chance.choice(pieces)}" for _ in range(10 * BASE))
    kept = (" ".join(text.split()[:LONGEST]) for text in drawn if len(text.split()) >= 8)
    return list(islice(kept, min(rows, BASE)))


def messages(claims: Claims) -> list[str]:
    """Checks as somebody types them."""
    from langnghe.words.fold import fold  # noqa: PLC0415

    chance = random.Random(6)  # noqa: S311 - no secret
    chosen = [claims[chance.randrange(len(claims))].claim.split() for _ in range(MESSAGES)]
    return ["ad oi cho hoi " + fold(" ".join(w for w in words if chance.random() < 0.7)) for words in chosen]


def timed(claims: Claims, finder: Finder, table: CodeTable, server: int = 0) -> tuple[float, float]:
    """Matches per CPU second, those of a server's process among them, and per second by the clock."""
    from langnghe.check.match import Matcher  # noqa: PLC0415

    matcher, asked = Matcher(claims, finder, table), messages(claims)
    matcher.match(asked[0])
    cpu, wall = time.process_time() + seconds_of(server), time.perf_counter()
    for message in asked:
        matcher.match(message)
    return len(asked) / (time.process_time() + seconds_of(server) - cpu), len(asked) / (time.perf_counter() - wall)


def seconds_of(process: int) -> float:
    """CPU seconds of a process on this machine (Linux); 0 for none."""
    if not process:
        return 0.0
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def lines(rows: int, address: str | None) -> Iterator[list[str]]:
    """Lines of the table for so many checks: embedded, and in PostgreSQL where an address is given."""
    from langnghe.check.index import Index  # noqa: PLC0415
    from langnghe.check.said import said_of  # noqa: PLC0415
    from langnghe.check.table import CodeTable  # noqa: PLC0415

    claims = Claims(texts(rows), rows)
    began = time.process_time()
    read = [said_of(claims[row]) for row in range(min(rows, BASE))]
    read += [thinned(read[row % BASE], row // BASE) for row in range(BASE, rows)]
    reading = time.process_time() - began if rows <= BASE else math.nan
    table = CodeTable.of(read)
    embedded = Index.of_hashes(one.hashes for one in read)
    built = time.process_time() - began if rows <= BASE else math.nan
    added = adding(embedded, table, claims[0])
    yield line("embedded", rows, timed(claims, embedded, table), embedded.size + table.size, built, added)
    if address is not None:
        from langnghe.check.postgres import PostgresIndex, connect  # noqa: PLC0415

        with connect(address) as connection:
            server = connection.info.backend_pid
            began = time.process_time() + seconds_of(server)
            shared = PostgresIndex.of_hashes(connection, (one.hashes for one in read))
            built = reading + time.process_time() + seconds_of(server) - began
            rates, size_of = timed(claims, shared, table, server), shared.size + table.size
            began = time.process_time() + seconds_of(server)
            shared.added(read[0].hashes)
            more = time.process_time() + seconds_of(server) - began
            yield line("PostgreSQL", rows, rates, size_of, built, more)


def thinned(read: Said, time_of: int) -> Said:
    """A check that was read, once more: with other tokens left out, and one of its own."""
    from langnghe.check.said import Said  # noqa: PLC0415

    kept = [(np.arange(len(part)) * 7 + time_of) % 5 > 0 for part in (read.hashes, read.codes[0])]
    own = hash((int(read.hashes[0]), time_of)) if len(read.hashes) else time_of
    codes = np.append(read.codes[0][kept[1]], np.uint32(own % (1 << 29)))
    return Said(np.append(read.hashes[kept[0]], np.uint64(own % (1 << 63))), (np.unique(codes),), 1)


def adding(index: Index, table: CodeTable, claim: Check) -> float:
    """CPU seconds for one more check, without reading the others again."""
    from langnghe.check.index import Index  # noqa: PLC0415
    from langnghe.check.said import said_of  # noqa: PLC0415
    from langnghe.check.table import CodeTable  # noqa: PLC0415

    began = time.process_time()
    read, many = [said_of(claim)], len(table)
    index.moved(np.arange(many), many + 1).joined(Index.of_hashes([read[0].hashes]).moved(np.array([many]), many + 1))
    table.joined(CodeTable.of(read), np.arange(many + 1))
    return time.process_time() - began


def line(name: str, rows: int, rate: tuple[float, float], size_of: int, built: float, added: float) -> list[str]:
    """One line of the table."""
    return [name, label(rows), *map(figure, (rate[0], rate[1], size_of / 2**20, built, added))]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m bench.claims", description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=size, metavar="SIZE", help="10k, 100k, 1M …")
    parser.add_argument("--postgres", metavar="ADDRESS", help="a database, for the same in PostgreSQL")
    parser.add_argument("--write", action="store_true", help=f"write the table into {PAGE.relative_to(ROOT)}")
    chosen = parser.parse_args(arguments)
    if not real_texts()[0]:
        print("skipped: no real texts (set LANGNGHE_DATA)")
        return 0
    header = ["index", "checks", "matches per CPU-s", "matches per s", "MiB", "made in CPU-s", "one more in CPU-s"]
    found = []
    for rows in sorted(chosen.sizes):
        for row in lines(rows, chosen.postgres):
            print(" | ".join(row), flush=True)
            found.append(row)
    page = markdown(header, found)
    if chosen.write:
        write_section(PAGE, "claims", page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
