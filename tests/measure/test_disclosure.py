"""No small cell leaves, and none can be calculated from what does: an attacker with integer programming tries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.attacker import Attacker, Place
from langnghe.errors import CheckFailed, SettingError
from langnghe.measure.cells import count_cells, with_alone
from langnghe.measure.disclosure import Links, Sum, Table, Then, merge_small, publish, rule_for
from langnghe.measure.tables import Counted
from langnghe.nouns import MERGED, Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

RULE = Rule(10, "accounts")
Shown = Mapping[str, pl.DataFrame]


def table(rows: Sequence[tuple[Any, ...]], dimensions: Mapping[str, str]) -> Table:
    """A table whose texts are all by different people."""
    counts = pl.DataFrame(rows, schema=[*dimensions, "texts"], orient="row")
    texts = pl.col("texts")
    same = counts.with_columns(messages=texts, voices=texts, voice=texts.cast(pl.Float64), shown_by=texts)
    return Table(same, dimensions)


def weeks_of(*counts: int) -> dict[str, Table]:
    return {
        "total": table([(sum(counts),)], {}),
        "weeks": table(list(enumerate(counts)), {"week": "week"}),
    }


def hidden(shown: pl.DataFrame) -> list[bool]:
    return shown["hidden"].to_list()


def test_a_small_cell_takes_the_smallest_other_one_with_it() -> None:
    shown = publish(weeks_of(50, 3, 20, 30), RULE)["weeks"]
    assert shown["texts"].to_list() == [50, None, None, 30]
    assert hidden(shown) == [False, True, True, False]


def test_small_cells_that_hide_each_other_need_no_other() -> None:
    assert hidden(publish(weeks_of(50, 6, 7, 30), RULE)["weeks"]) == [False, True, True, False]
    assert sum(hidden(publish(weeks_of(50, 2, 3, 30), RULE)["weeks"])) == 3  # 5 texts in all: neither could be 9


def test_zeros_look_like_small_cells() -> None:
    assert hidden(publish(weeks_of(50, 0, 20, 30), RULE)["weeks"]) == [False, True, True, False]


def test_nothing_is_hidden_where_all_is_large() -> None:
    assert not any(hidden(publish(weeks_of(50, 20, 10), RULE)["weeks"]))


def test_nothing_is_shown_of_a_corpus_below_k() -> None:
    assert hidden(publish(weeks_of(5, 4), RULE)["weeks"]) == [True, True]


def test_linked_tables_are_protected_together() -> None:
    # row by row nothing but one other cell a row would be hidden; the columns would then give it all away
    counts = [[3, 40, 50], [60, 30, 70], [80, 90, 45]]
    tables = {
        "total": table([(sum(map(sum, counts)),)], {}),
        "sources": table([(s, sum(row)) for s, row in enumerate(counts)], {"source": "source"}),
        "weeks": table([(w, sum(column)) for w, column in enumerate(zip(*counts, strict=True))], {"week": "week"}),
        "both": table(
            [(s, w, n) for s, row in enumerate(counts) for w, n in enumerate(row)],
            {"source": "source", "week": "week"},
        ),
    }
    shown = publish(tables, RULE)
    gone = {(row["source"], row["week"]) for row in shown["both"].filter("hidden").to_dicts()}
    assert gone == {(0, 0), (0, 1), (1, 0), (1, 1)}
    assert not any(hidden(shown["sources"]) + hidden(shown["weeks"]))


def test_a_district_in_its_province_is_a_sum_too() -> None:
    tables = {
        "total": table([(180,)], {}),
        "provinces": table([("Hà Nam", 60), ("Nam Định", 120)], {"p": "group.tỉnh"}),
        "districts": table([("A", 55), ("B", 5), ("C", 70), ("D", 50)], {"d": "group.huyện"}),
    }
    inside = {"A": "Hà Nam", "B": "Hà Nam", "C": "Nam Định", "D": "Nam Định"}
    apart = publish(tables, RULE)["districts"]
    together = publish(tables, RULE, Links(nested=(("group.huyện", "group.tỉnh", inside),)))["districts"]
    assert hidden(apart) == [False, True, False, True]  # 60 - 55 would give B away
    assert hidden(together) == [True, True, False, False]


def test_what_overlaps_gives_away_the_least_it_can_be() -> None:
    # 100 texts fit some issue; two issues of 60 and 37 leave at least 3 for the small one
    states = table([(0, 100), (1, 100)], {"state": "state"})
    issues = table([(0, 60), (1, 37), (2, 5)], {"issue": "issue"})
    fits = Sum(tuple(frozenset({("issue", n)}) for n in range(3)), frozenset({("state", 0)}), "-")
    shown = publish({"total": table([(200,)], {}), "states": states, "issues": issues}, RULE, Links(sums=(fits,)))
    assert hidden(shown["issues"])[2]
    assert any(hidden(shown["issues"])[:2]) or hidden(shown["states"])[0]


def test_a_group_of_few_is_not_said_to_be_all_of_one_mind() -> None:
    totals = table([("A", 25), ("B", 100), ("C", 90)], {"v": "group.xưởng"})
    cells = table(
        [(0, "A", 24), (0, "B", 40), (0, "C", 30)],
        {"issue": "issue", "v": "group.xưởng"},
    )
    tables = {"total": table([(215,)], {}), "issues": table([(0, 94)], {"issue": "issue"}), "t": totals, "g": cells}
    shown = publish(tables, RULE)
    assert hidden(shown["t"]) == [False, False, False]
    assert hidden(shown["g"]) == [True, False, True]


def test_figures_that_can_not_be_protected_stop_the_publication() -> None:
    with pytest.raises(CheckFailed) as failed:
        publish(weeks_of(50, 3, 30), RULE, Links(known=[frozenset({("week", 0)}), frozenset({("week", 2)})]))
    assert "week = 1" in failed.value.where


def test_shares_go_with_their_counts() -> None:
    tables = weeks_of(50, 3, 20, 30)
    cells = tables["weeks"].cells.with_columns(share=pl.col("texts") / 103)
    shown = publish({**tables, "weeks": Table(cells, {"week": "week"})}, RULE)["weeks"]
    assert [share is None for share in shown["share"].to_list()] == hidden(shown)


# ---- random corpora ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Corpus:
    counted: Counted
    tables: dict[str, Table]


def corpus(rows: list[tuple[int, int, int, int, frozenset[int]]], districts: int) -> Corpus:
    """Texts of (person, week, source, district, issues); a district lies in province number // 2."""
    texts = pl.DataFrame(
        {
            "text_id": range(len(rows)),
            "copy_of": range(len(rows)),
            "batch": [0] * len(rows),
            "voice": [1.0] * len(rows),
            "week": [None if row[1] == 3 else row[1] for row in rows],
            "source": [f"s{row[2]}" for row in rows],
            "group.huyện": [f"h{row[3] % districts}" for row in rows],
            "group.tỉnh": [f"t{row[3] % districts // 2}" for row in rows],
            "reaction": [row[0] % 6 for row in rows],
            "state": [0 if row[4] else 1 for row in rows],
        },
        schema_overrides={"week": pl.Int64, "reaction": pl.UInt8, "state": pl.UInt8},
    )
    days = pl.lit("2026-06-01").str.to_date() + pl.duration(days=7 * pl.col("week"))
    dated = with_alone(texts.with_columns(week=days.cast(pl.Date)))
    pairs = [(number, issue) for number, row in enumerate(rows) for issue in sorted(row[4] or {2 + row[0] % 2})]
    assigned = pl.DataFrame(pairs, schema={"text_id": pl.Int64, "issue": pl.UInt8}, orient="row")
    spoken = assigned.join(dated, on="text_id", maintain_order="left")
    counted = Counted(dated, spoken, [0, 1, 2, 3], 2, {"group.tỉnh": [1]}, "1w")
    return Corpus(counted, counted.tables())


ROWS = st.lists(
    st.tuples(
        st.integers(0, 11),
        st.integers(0, 3),
        st.integers(0, 2),
        st.integers(0, 5),
        st.frozensets(st.integers(0, 1), max_size=2),
    ),
    min_size=5,
    max_size=150,
)
CORPORA = st.builds(corpus, ROWS, st.integers(2, 6))
SMALL = Rule(5, "accounts")


def attacker_of(made: Corpus, shown: Mapping[str, pl.DataFrame]) -> Attacker:
    attacker = Attacker(measures=("texts",))
    for name, declared in made.tables.items():
        attacker.read(shown[name], declared.dimensions)
    attacker.add_up()
    issues = {number: frozenset({("issue", number)}) for number in range(4)}
    attacker.sums([issues[0], issues[1]], frozenset({("state", 0)}), most=False)
    for place in list(attacker.places):
        if not any(name == "issue" for name, _ in place):
            parts = [place | issues[number] for number in (2, 3) if place | issues[number] in attacker.places]
            attacker.sums(parts, place, least=False)
    attacker.sums([issues[2], issues[3]], frozenset({("state", 1)}))
    for place in list(attacker.places):
        province = next((value for name, value in place if name == "group.tỉnh"), None)
        if province is not None:
            rest = place - {("group.tỉnh", province)}
            number = int(province[1:])
            inside = [rest | {("group.huyện", f"h{d}")} for d in (2 * number, 2 * number + 1)]
            attacker.sums([part for part in inside if part in attacker.places], place)
    return attacker


@settings(max_examples=12)
@given(CORPORA)
def test_no_small_cell_can_be_narrowed(made: Corpus) -> None:
    shown = publish(made.tables, SMALL, made.counted.links())
    true = {
        place: texts
        for declared in made.tables.values()
        for place, texts in zip(declared.coordinates(), declared.cells["shown_by"], strict=True)
    }
    if true[frozenset()] < SMALL.k:
        assert all(all(hidden(frame)) for frame in shown.values())
        return
    attacker = attacker_of(made, shown)
    small = [place for place, count in true.items() if count < SMALL.k]
    assert set(small) <= attacker.hidden
    for low, high in attacker.intervals(small[:8], whole_numbers=False).values():
        assert low <= 1e-6
        assert high >= SMALL.k - 1 - 1e-6


def counts_of(made: Corpus) -> dict[Place, int]:
    return {
        place: texts
        for declared in made.tables.values()
        for place, texts in zip(declared.coordinates(), declared.cells["texts"], strict=True)
    }


def printed(made: Corpus, shown: Mapping[str, pl.DataFrame]) -> dict[Place, int]:
    return {
        place: texts
        for name, declared in made.tables.items()
        for place, texts in zip(declared.coordinates(), shown[name]["texts"], strict=True)
        if texts is not None
    }


def attacker_of_two(first: Corpus, before: Shown, second: Corpus, after: Shown) -> Attacker:
    attacker = Attacker(measures=("texts",))
    unknown = {name: frame.with_columns(hidden=True) for name, frame in after.items()}
    for report, made, shown in (("then", first, before), ("now", second, after), ("growth", second, unknown)):
        for name, declared in made.tables.items():
            told = shown[name].with_columns(report=pl.lit(report))
            attacker.read(told, {**declared.dimensions, "report": "report"})
    attacker.add_up()
    for place in counts_of(first):
        now = in_report("now", place)
        if now in attacker.places:
            attacker.sums([in_report("then", place), in_report("growth", place)], now)
    return attacker


def in_report(report: str, place: Place) -> Place:
    return place | {("report", report)}


@settings(max_examples=6)
@given(ROWS, st.integers(2, 6), st.floats(0.4, 0.95))
def test_two_reports_narrow_neither_a_small_growth_nor_a_small_cell(
    rows: list[Any], districts: int, cut: float
) -> None:
    first, second = corpus(rows[: max(2, int(cut * len(rows)))], districts), corpus(rows, districts)
    before = publish(first.tables, SMALL, first.counted.links())
    links = replace(second.counted.links(), earlier=(Then(printed(first, before)),))
    try:
        after = publish(second.tables, SMALL, links)
    except CheckFailed:
        return
    then, now = counts_of(first), counts_of(second)
    attacker = attacker_of_two(first, before, second, after)
    growths = [place for place in now if 0 < now[place] - then.get(place, 0) < SMALL.k and place in then]
    protected = [in_report("growth", place) for place in growths]
    if now[frozenset()] - then[frozenset()] < SMALL.k:  # a few new texts in all: there was nothing to publish before
        assert not printed(first, before)
        return
    protected += [
        in_report(report, place)
        for report, true in (("then", then), ("now", now))
        for place in true
        if true[place] == 0
    ]
    ends = attacker.intervals(protected[::5][:12], whole_numbers=False)
    for low, high in ends.values():
        assert low <= 1e-6
        assert high >= SMALL.k - 1 - 1e-6


@settings(max_examples=5)
@given(CORPORA, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_tables_does_not_matter(made: Corpus, random: Any) -> None:
    links = made.counted.links()
    shuffled = list(made.tables.items())
    random.shuffle(shuffled)
    mixed = {name: Table(t.cells.sample(fraction=1, shuffle=True, seed=1), t.dimensions) for name, t in shuffled}
    first, second = publish(made.tables, SMALL, links), publish(mixed, SMALL, links)
    for name, frame in first.items():
        keys = list(made.tables[name].dimensions)
        same = second[name].sort(keys, nulls_last=True) if keys else second[name]
        assert (frame.sort(keys, nulls_last=True) if keys else frame).equals(same)


@settings(max_examples=5)
@given(CORPORA)
def test_what_is_published_again_stays_as_it_is(made: Corpus) -> None:
    links = made.counted.links()
    first = publish(made.tables, SMALL, links)
    known = [
        place
        for name, declared in made.tables.items()
        for place, gone in zip(declared.coordinates(), first[name]["hidden"], strict=True)
        if not gone
    ]
    again = publish(made.tables, SMALL, Links(links.excluding, links.nested, links.sums, known))
    assert all(frame.equals(again[name]) for name, frame in first.items())


@given(st.lists(st.integers(10, 60), min_size=1, max_size=9))
def test_tables_without_small_cells_are_left_alone(counts: list[int]) -> None:
    assert not any(hidden(publish(weeks_of(*counts), RULE)["weeks"]))


# ---- the rule, and small units -----------------------------------------------------------------------------------------


def test_small_groups_become_one() -> None:
    values = ["A"] * 40 + ["B"] * 8 + ["C"] * 7 + ["D"] * 30
    texts = pl.DataFrame({"v": values}).with_row_index("copy_of").with_columns(voice=pl.lit(1.0), batch=pl.lit(0))
    assert count_cells(merge_small(texts, "v", RULE), ["v"])["v"].to_list() == ["A", "D", MERGED]
    few = texts.filter(pl.col("v") != "C")
    assert count_cells(merge_small(few, "v", RULE), ["v"]).select("v", "texts").rows() == [("A", 40), (MERGED, 38)]


def test_k_doubles_without_authors_and_is_never_below_five() -> None:
    assert rule_for(10, has_authors=False) == Rule(20, "messages")
    assert rule_for(10, has_authors=True) == Rule(10, "accounts")
    with pytest.raises(SettingError):
        rule_for(4, has_authors=True)
