"""Charts: nothing overlaps, nothing is cut, and what is suppressed is never drawn as a number."""

from __future__ import annotations

import dataclasses
import datetime as dt
from itertools import combinations
from typing import Literal
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demonstration import ISSUES, TEXTS, charts, demonstration
from langnghe.report.charts import (
    CopyRow,
    MixRow,
    Panel,
    ShareRow,
    SourceRow,
    Week,
    coverage,
    dot_plot,
    dumbbell,
    reaction_mix,
    weekly,
)
from langnghe.report.charts.scale import scale
from langnghe.report.document import Chart, Lang  # noqa: TC001 - names of types in constants
from langnghe.report.fonts import missing_glyphs, text_width

# ruff: noqa: S314 - the XML is our own
SVG = "{http://www.w3.org/2000/svg}"
TITLE, DESC = "Tiêu đề", "Mô tả"
LANGS: list[Lang] = ["vi", "en"]


@dataclasses.dataclass(frozen=True)
class Words:
    """A line of text on a chart and the box it takes."""

    text: str
    size: float
    left: float
    right: float
    top: float
    bottom: float


def words_of(svg: str) -> list[Words]:
    found = []
    for node in ET.fromstring(svg).iter(f"{SVG}text"):
        size, x, y = float(node.get("font-size", 0)), float(node.get("x", 0)), float(node.get("y", 0))
        width = text_width(node.text or "", size, semibold=node.get("font-weight") == "600")
        left = x - {"start": 0, "middle": width / 2, "end": width}[node.get("text-anchor", "start")]
        found.append(Words(node.text or "", size, left, left + width, y - 0.75 * size, y + 0.2 * size))
    return found


def overlap(one: Words, other: Words) -> bool:
    apart = one.right <= other.left or other.right <= one.left or one.bottom <= other.top or other.bottom <= one.top
    return not apart


def check_drawing(svg: str) -> None:
    root = ET.fromstring(svg)
    _, _, width, height = map(float, (root.get("viewBox") or "").split())
    words = words_of(svg)
    assert [pair for pair in combinations(words, 2) if overlap(*pair)] == []
    assert [
        word for word in words if word.left < -0.5 or word.right > width + 0.5 or word.top < 0 or word.bottom > height
    ] == []
    assert all(word.size >= 12 for word in words)
    assert missing_glyphs("".join(word.text for word in words)) == set()


def check(chart: Chart) -> None:
    check_drawing(chart.wide)
    check_drawing(chart.narrow)
    assert 'viewBox="0 0 680 ' in chart.wide
    assert 'viewBox="0 0 342 ' in chart.narrow


def texts(svg: str) -> list[str]:
    return [word.text for word in words_of(svg)]


@pytest.mark.parametrize("status", ["draft", "final"])
def test_the_charts_of_the_demonstration_overlap_nowhere_and_are_cut_nowhere(status: str) -> None:
    for chart in charts(demonstration(status)):
        check(chart)


NAMES = st.text(st.sampled_from("ẰỄộgươngđ aeiou   nthcĐW%1"), min_size=1, max_size=90)
SHARES = st.one_of(st.none(), st.floats(0, 1))
COUNTS = st.one_of(st.none(), st.integers(0, 2_000_000))


@settings(max_examples=12, deadline=None)
@given(rows=st.lists(st.tuples(NAMES, SHARES, SHARES), min_size=1), lang=st.sampled_from(LANGS), draft=st.booleans())
def test_any_labels_and_shares_fit_a_dot_plot(
    rows: list[tuple[str, float | None, float | None]], lang: Lang, *, draft: bool
) -> None:
    shares = [
        ShareRow(name, one, other, None if one is None else (one * 0.9, min(1, one * 1.1))) for name, one, other in rows
    ]
    check(dot_plot(shares, lang=lang, draft=draft, title=TITLE, desc=DESC))


@settings(max_examples=10, deadline=None)
@given(st.lists(st.tuples(NAMES, SHARES, SHARES), min_size=1, max_size=6), st.sampled_from(LANGS))
def test_any_labels_and_shares_fit_a_dumbbell_plot(
    rows: list[tuple[str, float | None, float | None]], lang: Lang
) -> None:
    check(dumbbell([CopyRow(*row) for row in rows], lang=lang, title=TITLE, desc=DESC))


@settings(max_examples=10, deadline=None)
@given(
    rows=st.lists(
        st.tuples(NAMES, st.lists(st.tuples(COUNTS, st.booleans()), min_size=8, max_size=8)), min_size=1, max_size=5
    ),
    one_scale=st.booleans(),
    step=st.sampled_from([7, 31]),
)
def test_any_counts_fit_the_weekly_panels(
    rows: list[tuple[str, list[tuple[int | None, bool]]]], *, one_scale: bool, step: int
) -> None:
    first = dt.date(2025, 12, 29)
    panels = [
        Panel(
            name,
            tuple(
                Week(first + dt.timedelta(days=step * index), count, "count" if count is not None else "gap", burst)
                for index, (count, burst) in enumerate(weeks)
            ),
        )
        for name, weeks in rows
    ]
    check(weekly(panels, lang="vi", one_scale=one_scale, title=TITLE, desc=DESC))


@settings(max_examples=10, deadline=None)
@given(st.lists(st.tuples(NAMES, COUNTS), min_size=1, max_size=6), st.integers(1, 60))
def test_any_number_of_weeks_fits_the_strip_of_sources(rows: list[tuple[str, int | None]], number: int) -> None:
    weeks = [dt.date(2025, 12, 29) + dt.timedelta(weeks=index) for index in range(number)]
    check(
        coverage(
            [SourceRow(name, (total,) * number, total) for name, total in rows],
            weeks,
            lang="vi",
            title=TITLE,
            desc=DESC,
        )
    )


@settings(max_examples=10, deadline=None)
@given(st.lists(st.tuples(NAMES, st.lists(st.integers(0, 50), min_size=6, max_size=6)), min_size=1, max_size=6))
def test_any_mix_of_reactions_fits(rows: list[tuple[str, list[int]]]) -> None:
    mixes = [
        MixRow(name, tuple(c / sum(counts) for c in counts) if sum(counts) else None, sum(counts))
        for name, counts in rows
    ]
    check(reaction_mix(mixes, lang="vi", title=TITLE, desc=DESC))


def test_a_suppressed_share_is_a_cross_and_is_explained() -> None:
    chart = dot_plot(
        [ShareRow("Lương", 0.2, 0.2), ShareRow("Công đoàn", None, None)], lang="vi", title=TITLE, desc=DESC
    )
    assert texts(chart.wide).count("×") == 2
    assert "× không in: quá ít, hoặc để không ai tính ngược ra một số quá ít." in texts(chart.wide)


def test_a_draft_has_no_interval_and_says_why() -> None:
    rows = [ShareRow("Lương", 0.2, 0.2, (0.18, 0.22))]
    final, draft = (dot_plot(rows, lang="vi", draft=draft, title=TITLE, desc=DESC).wide for draft in (False, True))
    assert "18,0–22,0" in texts(final)
    assert "18,0–22,0" not in texts(draft)
    assert any(words.startswith("Bản nháp: máy đếm") for words in texts(draft))


def test_a_line_never_runs_over_a_gap_or_a_suppressed_week() -> None:
    start = dt.date(2026, 7, 6)
    kinds: list[Literal["count", "suppressed", "gap"]] = [
        "count",
        "count",
        "gap",
        "count",
        "count",
        "suppressed",
        "count",
    ]
    weeks = tuple(
        Week(start + dt.timedelta(weeks=index), 20 if kind == "count" else None, kind)
        for index, kind in enumerate(kinds)
    )
    svg = weekly([Panel("Lương", weeks)], lang="vi", title=TITLE, desc=DESC).wide
    stretches = [node for node in ET.fromstring(svg).iter(f"{SVG}path") if node.get("stroke") == "#14598f"]
    assert len(stretches) == 2
    assert len(list(ET.fromstring(svg).iter(f"{SVG}circle"))) == 1
    note = next(words for words in texts(svg) if words.startswith("×"))
    assert "không có dữ liệu" in note


def test_the_highest_burst_bears_its_count() -> None:
    weeks = tuple(
        Week(dt.date(2026, 7, 6) + dt.timedelta(weeks=i), c, burst=c > 30) for i, c in enumerate((10, 67, 12, 40))
    )
    assert "67" in texts(weekly([Panel("Suất ăn", weeks)], lang="vi", title=TITLE, desc=DESC).wide)


def test_numbers_are_written_in_the_language_of_the_report() -> None:
    rows = [SourceRow("Facebook", (1234,), 1234)]
    assert "1.234" in texts(coverage(rows, [dt.date(2026, 7, 6)], lang="vi", title=TITLE, desc=DESC).wide)
    assert "1,234" in texts(coverage(rows, [dt.date(2026, 7, 6)], lang="en", title=TITLE, desc=DESC).wide)


def test_labels_are_escaped_and_titles_say_the_finding() -> None:
    rows = [ShareRow('<script>alert("1")</script> & co', 0.2)]
    svg = dot_plot(rows, title="Lương < giờ làm", desc="Mô tả & số", lang="vi").wide
    root = ET.fromstring(svg)
    assert root.findtext(f"{SVG}title") == "Lương < giờ làm"
    assert root.findtext(f"{SVG}desc") == "Mô tả & số"
    assert "<script" not in svg


def test_ids_differ_from_chart_to_chart_so_that_many_can_stand_on_one_page() -> None:
    ids = [
        node.get("id")
        for chart in charts(demonstration())
        for svg in (chart.wide, chart.narrow)
        for node in ET.fromstring(svg).iter()
        if node.get("id")
    ]
    assert len(ids) == len(set(ids))


def test_scales_start_at_zero_and_hold_the_largest_value() -> None:
    assert scale(0.242, 5).ticks() == pytest.approx([0, 0.05, 0.1, 0.15, 0.2, 0.25])
    assert scale(54, 3, whole=True).ticks() == [0, 20, 40, 60]
    assert scale(0, 3, whole=True).ticks() == [0, 1]
    assert scale(0.0, 5).top > 0


@given(largest=st.floats(0, 1e9), steps=st.integers(2, 6), whole=st.booleans())
def test_any_scale_holds_its_largest_value(largest: float, steps: int, *, whole: bool) -> None:
    made = scale(largest, steps, whole=whole)
    assert made.top >= largest * (1 - 1e-9)
    assert len(made.ticks()) <= steps + 2


def test_the_demonstration_is_of_the_size_of_a_real_report() -> None:
    assert len(ISSUES) >= 12
    assert TEXTS == 1512
