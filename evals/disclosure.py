"""Disclosure: small cells of linked tables that an attacker finds or narrows, and what is lost by hiding.

Beside ours: hiding small cells alone, and hiding a second cell in each row by a rule, each table for itself.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from evals.attacker import Attacker, Place
from evals.datasets import shared
from evals.results import Result
from evals.tauargus import hidden_by_tauargus, is_there
from langnghe.errors import CheckFailed
from langnghe.measure.disclosure import Links, Table, Then, publish
from langnghe.nouns import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

RULE = Rule(10, "accounts")
CORPORA = 10
RANDOM = 1_000
PAIRS = 200
SLICES, SLICE = 20, 300
SOURCES, WEEKS, ISSUES, PLACES = 4, 8, 4, 6
"""Corpora that are drawn, random ones, pairs of reports, slices of a real set and their texts; sizes of the tables."""

Tables = dict[str, Table]


def results() -> Iterator[Result]:
    """Small cells found exactly and narrowed below 0 … k - 1 by linear programming; cells hidden of all cells."""
    drawn = [_corpus(np.random.default_rng(seed)) for seed in range(CORPORA)]
    methods: dict[str, Method] = {"ours": _ours, "second cell by rule": _second_cell, "threshold alone": _threshold}
    if is_there():
        methods["pytauargus"] = hidden_by_tauargus
    for name, method in methods.items():
        yield from _told("linked tables", name, drawn, method)
    yield from _told(f"{RANDOM:,} random linked tables", "ours", [_random(seed) for seed in range(RANDOM)], _ours)
    for data in ("reviews", "feedback", "aspects"):
        yield from _told(f"{data}, slices of 300 texts", "ours", real_tables(data), _ours)
    yield from _two_reports()


Method = Callable[["Tables"], "dict[str, pl.DataFrame]"]


def _told(data: str, name: str, drawn: Sequence[Tables], method: Method) -> Iterator[Result]:
    began = time.process_time()
    published = [method(tables) for tables in drawn]
    seconds = time.process_time() - began
    found = np.array([_attacked(tables, shown) for tables, shown in zip(drawn, published, strict=True)]).sum(axis=0)
    exact, narrowed, above_zero, positive, small, hidden, cells = found
    for metric, value in (
        ("small cells found exactly", exact / small),
        ("small cells narrowed", narrowed / small),
        ("small cells above zero narrowed", above_zero / max(positive, 1)),
        ("cells hidden", hidden / cells),
        ("cells that are small", small / cells),
    ):
        yield Result("disclosure", data, name, metric, float(value), seconds)


def _random(seed: int) -> Tables:
    random = np.random.default_rng(10_000 + seed)
    return _corpus(random, *(int(random.integers(*bounds)) for bounds in ((2, 5), (2, 6), (1, 4), (2, 5))))


def _two_reports() -> Iterator[Result]:
    """A report, and one on the same texts and some more: what the two together say of the growth of a cell, and of what either hides."""
    began = time.process_time()
    counts = np.sum([_pair(seed) for seed in range(PAIRS)], axis=0)
    growths, found, narrowed, small, small_narrowed, refused, hidden, alone, cells = counts
    data = f"{PAIRS} pairs of reports"
    for metric, value in (
        ("small growths found exactly", found / growths),
        ("small growths narrowed", narrowed / growths),
        ("small cells of either narrowed", small_narrowed / small),
        ("second reports refused", refused / PAIRS),
        ("cells hidden in the second", hidden / cells),
        ("cells hidden in the second, first unknown", alone / cells),
    ):
        yield Result("disclosure", data, "ours", metric, float(value), time.process_time() - began)


def _sum(table: Table, more: Table) -> Table:
    counted = {
        name: pl.Series(table.cells[name] + more.cells[name])
        for name in ("texts", "messages", "voices", "voice", "shown_by")
    }
    return Table(table.cells.with_columns(**counted), table.dimensions)


def _pair(seed: int) -> tuple[int, ...]:
    """Small growths, those found, those narrowed; small cells, those narrowed; reports refused; cells hidden, also without the first; cells."""
    random = np.random.default_rng(50_000 + seed)
    first, more = _corpus(random, 3, 4, 2, 3), _corpus(random, 3, 4, 2, 3, texts=0.15)
    second = {name: _sum(table, more[name]) for name, table in first.items()}
    before = publish(first, RULE)
    try:
        after = publish(second, RULE, Links(earlier=(Then(_shown(first, before)),)))
    except CheckFailed:
        return 0, 0, 0, 0, 0, 1, 0, 0, 0
    cells = len(_true(second))
    hidden = (cells - len(_shown(second, one)) for one in (after, publish(second, RULE)))
    return *_subtracted(first, before, second, after), 0, *hidden, cells


THEN, NOW, GROWTH = "then", "now", "growth"


def _subtracted(
    first: Tables, before: Mapping[str, pl.DataFrame], second: Tables, after: Mapping[str, pl.DataFrame]
) -> tuple[int, ...]:
    """What an attacker who has both reports knows: counts of then and growth add up to those of now, and nothing fell."""
    attacker = Attacker(measures=("texts",))
    for name, table in second.items():
        unknown = after[name].with_columns(hidden=True)
        for report, frame in ((THEN, before[name]), (NOW, after[name]), (GROWTH, unknown)):
            attacker.read(frame.with_columns(report=pl.lit(report)), {**table.dimensions, "report": "report"})
    attacker.add_up()
    then, now = _true(first), _true(second)
    for place in now:
        attacker.sums([_in(THEN, place), _in(GROWTH, place)], _in(NOW, place))
    growths = [_in(GROWTH, place) for place in now if 0 < now[place] - then[place] < RULE.k]
    small = [
        _in(report, place) for report, true in ((THEN, then), (NOW, now)) for place in true if true[place] < RULE.k
    ]
    ends = attacker.intervals([*growths, *small], whole_numbers=False)
    grown, rest = ([ends[place, "texts"] for place in places] for places in (growths, small))
    exact = sum(high - low < 0.5 for low, high in grown)
    return len(grown), exact, _narrowed(grown), len(rest), _narrowed(rest)


def _in(report: str, place: Place) -> Place:
    return place | {("report", report)}


def _narrowed(ends: Sequence[tuple[float, float]]) -> int:
    return sum(low > 1e-4 or high < RULE.k - 1 - 1e-4 for low, high in ends)


def _true(tables: Tables) -> dict[Place, int]:
    return {
        place: texts for t in tables.values() for place, texts in zip(t.coordinates(), t.cells["texts"], strict=True)
    }


def _shown(tables: Tables, published: Mapping[str, pl.DataFrame]) -> dict[Place, int]:
    """The cells that a report prints."""
    return {
        place: texts
        for name, table in tables.items()
        for place, texts, hidden in zip(
            table.coordinates(), published[name]["texts"], published[name]["hidden"], strict=True
        )
        if not hidden
    }


def real_tables(data: str) -> list[Tables]:
    """Issues × groups of slices of a real set: its aspects or topics by stars, polarity or sentiment."""
    frame = _labelled(data)
    order = np.random.default_rng(5).permutation(len(frame))[: SLICES * SLICE].reshape(SLICES, SLICE)
    return [_of_slice(frame[np.sort(rows).tolist()]) for rows in order]


def _labelled(data: str) -> pl.DataFrame:
    """Issues (list of numbers) and group (a number), one row per text."""
    frame = shared(data)
    if data == "reviews":
        said = (
            frame["label"].fill_null("").str.extract_all(r"\{([^#}]+)#").list.eval(pl.element().str.strip_chars("{#"))
        )
        frame = pl.DataFrame({"issues": said, "group": frame["n_star"]})
    else:
        issue, group = ("topic", "sentiment") if data == "feedback" else ("aspect", "polarity")
        frame = pl.DataFrame(
            {"issues": frame[issue].cast(pl.String).reshape((-1, 1)).arr.to_list(), "group": frame[group]}
        )
    names = {name: number for number, name in enumerate(frame["issues"].explode().drop_nulls().unique().sort())}
    issues = [sorted({names[name] for name in row if name}) for row in frame["issues"].to_list()]
    return pl.DataFrame({"issues": issues, "group": frame["group"].rank("dense").cast(pl.Int64)}).drop_nulls()


def _of_slice(rows: pl.DataFrame) -> Tables:
    groups, issues = sorted(rows["group"].unique()), sorted(rows["issues"].explode().drop_nulls().unique())
    within = {group: rows.filter(pl.col("group") == group)["issues"].to_list() for group in groups}
    spots = {(i, g): sum(i in said for said in within[g]) for i in issues for g in groups}
    return {
        "total": _table({(): len(rows)}, ()),
        "places": _table({(g,): len(within[g]) for g in groups}, ("group.place",)),
        "issues": _table({(i,): sum(spots[i, g] for g in groups) for i in issues}, ("issue",)),
        "spots": _table(spots, ("issue", "group.place")),
    }


def _corpus(
    random: np.random.Generator,
    sources: int = SOURCES,
    weeks_: int = WEEKS,
    issues: int = ISSUES,
    places_: int = PLACES,
    texts: float = 1.0,
) -> Tables:
    """Sources × weeks, and issues × weeks and × places, with all their totals; every text of its own author."""
    both = random.poisson(texts * random.gamma(1.2, 20, (sources, 1)) * random.gamma(4, 0.25, (1, weeks_)))
    weeks, total = both.sum(axis=0), int(both.sum())
    tables = {
        "total": _table({(): total}, ()),
        "sources": _table({(s,): int(n) for s, n in enumerate(both.sum(axis=1))}, ("source",)),
        "both": _table({(s, w): int(n) for (s, w), n in np.ndenumerate(both)}, ("source", "week")),
    }
    places = random.multinomial(total, random.dirichlet(np.full(places_, 1.0)))
    spoken = np.array([random.binomial(weeks, p) for p in random.beta(1, 5, issues)])
    spots = np.array([random.multivariate_hypergeometric(places, int(n)) for n in spoken.sum(axis=1)])
    by_week = {(None, w): int(n) for w, n in enumerate(weeks)}
    by_week |= {(i, w): int(n) for (i, w), n in np.ndenumerate(spoken)}
    tables["issues"] = _table({(i,): int(n) for i, n in enumerate(spoken.sum(axis=1))}, ("issue",))
    tables["weeks"] = _table(by_week, ("issue", "week"))
    tables["places"] = _table({(p,): int(n) for p, n in enumerate(places)}, ("group.place",))
    tables["spots"] = _table({(i, p): int(n) for (i, p), n in np.ndenumerate(spots)}, ("issue", "group.place"))
    return tables


def _table(counts: Mapping[tuple[int | None, ...], int], dimensions: tuple[str, ...]) -> Table:
    texts = pl.col("texts")
    frame = pl.DataFrame([(*place, n) for place, n in counts.items()], schema=[*dimensions, "texts"], orient="row")
    same = frame.with_columns(messages=texts, voices=texts, voice=texts.cast(pl.Float64), shown_by=texts)
    return Table(same, {name: name for name in dimensions})


def _ours(tables: Tables) -> dict[str, pl.DataFrame]:
    return publish(tables, RULE)


def _threshold(tables: Tables) -> dict[str, pl.DataFrame]:
    return {name: table.cells.with_columns(hidden=pl.col("texts") < RULE.k) for name, table in tables.items()}


def _second_cell(tables: Tables) -> dict[str, pl.DataFrame]:
    """In each row of a table the smallest cells are hidden until they are two, and k texts together."""
    return {name: _row_by_row(table) for name, table in tables.items()}


def _row_by_row(table: Table) -> pl.DataFrame:
    row: list[str] | pl.Expr = list(table.dimensions)[:-1] or pl.lit(0)
    ranked = table.cells.sort("texts", maintain_order=True)
    before = (pl.col("texts").cum_sum() - pl.col("texts")).over(row)
    small = (pl.col("texts") < RULE.k).sum().over(row)
    rank = pl.int_range(pl.len()).over(row)
    return ranked.with_columns(hidden=(small > 0) & ((rank < small) | (rank < 2) | (before < RULE.k)))


def _attacked(tables: Tables, shown: Mapping[str, pl.DataFrame]) -> tuple[int, ...]:
    """Small cells found exactly, and narrowed, and of those above zero narrowed; these, small cells, hidden cells, cells."""
    attacker = Attacker(measures=("texts",))
    for name, table in tables.items():
        attacker.read(shown[name], table.dimensions)
    attacker.add_up()
    true = _true(tables)
    small = [place for place, texts in true.items() if texts < RULE.k]
    hidden = [place for place in small if place in attacker.hidden]
    ends = {place: ends for (place, _), ends in attacker.intervals(hidden, whole_numbers=False).items()}
    ends |= {place: (float(true[place]),) * 2 for place in small if place not in ends}
    exact = sum(high - low < 0.5 for low, high in ends.values())
    narrow = {place for place, (low, high) in ends.items() if low > 1e-4 or high < RULE.k - 1 - 1e-4}
    positive = {place for place in small if true[place]}
    return exact, len(narrow), len(narrow & positive), len(positive), len(small), len(attacker.hidden), len(true)
