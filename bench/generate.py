"""Files of invented comments with planted copies: ``python -m bench.generate 10k 100k 1M``.

Pieces of real texts are spliced into rows that are distinct but for the copies that are planted; what was planted is
the truth and is written beside the file. The same seed gives the same bytes. Rows are written 50,000 at a time.

What is not real here: the pieces of a row do not belong together, so that a row speaks of nothing; the vocabulary is
that of some 60,000 texts plus typing errors, whatever the number of rows; and at 1M rows each piece stands in about 20.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from bench.edits import edited, typo
from bench.pieces import pieces, real_texts
from bench.sizes import OUT, comments, size, truth

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

COLUMNS = ("Ngày đăng", "Nền tảng", "Người viết", "Tỉnh", "Nội dung")
TRUTH = pl.Schema(
    {
        "row": pl.UInt32(),  # position in the file, from 0
        "group": pl.UInt32(),  # planted group of copies; null for a row of its own
        "edit": pl.String(),  # 'own', 'root' (the first of its group), or a kind of `bench.edits`
    }
)
"""The columns of the truth."""

CHUNK = 50_000
MEDIAN_WORDS, SPREAD = 15, 0.7
"""Length of a comment in words: log-normal."""

ROOT_MEDIAN_WORDS, ROOT_SPREAD, ROOT_LEAST = 22, 0.5, 8
"""The same for messages that are passed on: people copy what is longer."""

COPIED = 0.2
LARGEST = 400
TYPING_ERRORS, CONTACTS = 0.1, 0.01
"""Share of rows in planted groups; largest group; share of the other rows with a typing error, and with an invented
phone number or link."""

_FIRST_DAY = dt.date(2026, 1, 5)
_DAYS = 26 * 7
_PLATFORMS = {"Facebook": 46, "TikTok": 24, "YouTube": 14, "Báo điện tử": 10, "Đường dây góp ý": 6}
_PROVINCES = (
    "TP.HCM", "Hà Nội", "Đồng Nai", "Bắc Ninh", "Hải Phòng", "Tây Ninh", "Hưng Yên", "Thanh Hoá", "Phú Thọ", "Cần Thơ",
    "Nghệ An", "Ninh Bình", "Thái Nguyên", "Đà Nẵng", "An Giang", "Đồng Tháp", "Vĩnh Long", "Gia Lai", "Lâm Đồng",
    "Khánh Hoà", "Quảng Ninh", "Đắk Lắk", "Quảng Ngãi", "Cà Mau", "Hà Tĩnh", "Quảng Trị", "Huế", "Lào Cai", "Sơn La",
    "Tuyên Quang", "Lạng Sơn", "Cao Bằng", "Điện Biên", "Lai Châu",
)  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """Which rows belong to which planted group.

    Attributes
    ----------
    group : int64 array (rows); -1 for a row of its own.
    roots : the message of each group.
    centre : float64 array (groups): the day around which the group was posted.
    """

    group: NDArray[np.int64]
    roots: Sequence[str]
    centre: NDArray[np.float64]


class Splicer:
    """Puts pieces together to texts; a piece that is a whole text is used once only."""

    def __init__(self, parts: Sequence[str], generator: np.random.Generator) -> None:
        self.parts = pl.Series(parts)
        self.generator = generator
        self.mean = float(np.mean([len(part.split()) for part in parts[:20_000]]))
        self.alone = 0

    def texts(self, count: int, median: float, spread: float, least: int = 1) -> list[str]:
        """Texts whose length in words is about log-normal."""
        wanted = np.clip(self.generator.lognormal(np.log(median), spread, count), least, 200)
        numbers = np.where(wanted < 1.15 * self.mean, 1, np.maximum(np.rint(wanted / self.mean), 2)).astype(np.int64)
        single = np.flatnonzero(numbers == 1)
        fresh = single[: max(len(self.parts) - self.alone, 0)]
        numbers[single[len(fresh) :]] = 2
        picks = self.generator.integers(0, len(self.parts), int(numbers.sum()))
        picks[np.cumsum(numbers)[fresh] - 1] = np.arange(self.alone, self.alone + len(fresh))
        self.alone += len(fresh)
        rows = pl.Series(np.repeat(np.arange(count), numbers)).set_sorted()
        joined = (
            pl.DataFrame({"row": rows, "piece": self.parts.gather(picks)})
            .group_by("row", maintain_order=True)
            .agg(pl.col("piece").str.join(" "))
        )
        return joined["piece"].str.strip_chars_end(",;: ").to_list()


def plan(rows: int, splicer: Splicer) -> Plan:
    """Choose the planted groups: two copies mostly, several hundred rarely."""
    generator = splicer.generator
    wanted = int(COPIED * rows)
    drawn = np.floor(2 / (1 - generator.random(wanted // 2 + 1)) ** (1 / 1.1))
    sizes = np.clip(drawn, 2, max(2, min(LARGEST, rows // 20))).astype(np.int64)
    sizes = sizes[: int(np.searchsorted(np.cumsum(sizes), wanted)) + 1]
    member = np.repeat(np.arange(len(sizes)), sizes)
    group = np.full(rows, -1, dtype=np.int64)
    group[generator.permutation(rows)[: len(member)]] = member
    roots = splicer.texts(len(sizes), ROOT_MEDIAN_WORDS, ROOT_SPREAD, ROOT_LEAST)
    return Plan(group, roots, generator.uniform(0, _DAYS, len(sizes)))


def generate(rows: int, texts: Sequence[str], out: Path = OUT, seed: int = 2026) -> tuple[Path, Path]:
    """Write a file of invented comments and its truth.

    Parameters
    ----------
    rows : how many.
    texts : real or invented texts to cut pieces from.
    out : folder; made where it is missing.
    seed : the same seed and texts give the same bytes.

    Returns
    -------
    Paths of the CSV and of the Parquet with the truth (schema `TRUTH`).
    """
    out.mkdir(parents=True, exist_ok=True)
    path, beside = comments(rows, out), truth(rows, out)
    edits: list[str] = []
    splicer = Splicer(pieces(texts, seed), np.random.default_rng(seed))
    planned = plan(rows, splicer)
    with path.open("wb") as file:
        for frame, kinds in _chunks(planned, splicer, random.Random(seed)):  # noqa: S311 - reproducible, no secret
            frame.write_csv(file, include_header=file.tell() == 0)
            edits += kinds
    groups = pl.Series("group", planned.group).replace(-1, None)
    frame = pl.DataFrame({"row": range(rows), "group": groups, "edit": edits}, schema=TRUTH, strict=False)
    frame.write_parquet(beside)
    return path, beside


def _chunks(planned: Plan, splicer: Splicer, chance: random.Random) -> Iterator[tuple[pl.DataFrame, list[str]]]:
    seen: set[int] = set()
    others = [word for part in splicer.parts.head(4_000) for word in part.split()]
    for start in range(0, len(planned.group), CHUNK):
        group = planned.group[start : start + CHUNK]
        texts, kinds = _texts(group, planned, splicer, chance, others, seen)
        yield _columns(texts, group, planned, splicer.generator), kinds


def _texts(
    group: NDArray[np.int64],
    planned: Plan,
    splicer: Splicer,
    chance: random.Random,
    others: Sequence[str],
    seen: set[int],
) -> tuple[list[str], list[str]]:
    texts = splicer.texts(len(group), MEDIAN_WORDS, SPREAD)
    kinds = ["own"] * len(group)
    for row, number in enumerate(group.tolist()):
        if number < 0:
            texts[row] = _disturbed(texts[row], chance)
        elif number in seen:
            texts[row], kinds[row] = edited(planned.roots[number], chance, others)
        else:
            seen.add(number)
            texts[row], kinds[row] = planned.roots[number], "root"
    return texts, kinds


def _disturbed(text: str, chance: random.Random) -> str:
    if chance.random() < TYPING_ERRORS:
        text = typo(text.split(), chance)
    if chance.random() < CONTACTS:
        number = f"09{chance.randrange(10)}{chance.randrange(10)} 000 {chance.randrange(1000):03d}"
        text += chance.choice((f" gọi {number}", f" zalo {number}", f" https://vidu.vn/{chance.randrange(9999)}"))
    return text


def _columns(texts: list[str], group: NDArray[np.int64], planned: Plan, generator: np.random.Generator) -> pl.DataFrame:
    count = len(texts)
    spread = np.where(group >= 0, generator.normal(planned.centre[group], 10), generator.uniform(0, _DAYS, count))
    days = np.where((spread < 0) | (spread >= _DAYS), generator.uniform(0, _DAYS, count), spread)
    accounts = np.floor(0.6 * len(planned.group) * generator.random(count) ** 2).astype(np.int64)
    province = np.minimum(generator.geometric(0.08, count) - 1, len(_PROVINCES) - 1)
    shares = np.array(list(_PLATFORMS.values())) / sum(_PLATFORMS.values())
    moments = pl.Series((days * 1440).astype(np.int64)).cast(pl.Duration("ms")) * 60_000
    first = dt.datetime.combine(_FIRST_DAY, dt.time())
    return pl.DataFrame(
        {
            COLUMNS[0]: (moments + first).dt.strftime("%d/%m/%Y %H:%M"),
            COLUMNS[1]: pl.Series(list(_PLATFORMS)).gather(generator.choice(len(shares), count, p=shares)),
            COLUMNS[2]: "nguoiviet" + pl.Series(accounts).cast(pl.String).str.zfill(7),
            COLUMNS[3]: pl.Series(_PROVINCES).gather(province),
            COLUMNS[4]: texts,
        }
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m bench.generate", description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="+", type=size, metavar="SIZE", help="10k, 100k, 1M …")
    parser.add_argument("--seed", type=int, default=2026)
    chosen = parser.parse_args(arguments)
    texts, missing = real_texts()
    if not texts:
        print(f"skipped: no real texts ({', '.join(missing)} missing; set LANGNGHE_DATA)")
        return 0
    if missing:
        print(f"missing, and left out: {', '.join(missing)}")
    for rows in chosen.sizes:
        path, beside = generate(rows, texts, seed=chosen.seed)
        print(f"{path} ({path.stat().st_size / 1e6:.1f} MB), {beside.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
