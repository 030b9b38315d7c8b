from __future__ import annotations

import itertools
import random
import statistics
import sys
import unicodedata
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pytest

from bench import generate as generator
from bench import report
from bench.bare_pass import TEXT, words
from bench.cost import run
from bench.edits import EDITS, edited
from bench.generate import COLUMNS, generate
from bench.grouping import ours, shingles
from bench.pieces import MOST, pieces, plain, real_texts
from bench.sizes import label, size
from bench.table import figure, markdown, write_section
from evals.metrics import b_cubed, singletons

if TYPE_CHECKING:
    from pathlib import Path

WHO = (
    "chị tổ trưởng",
    "anh bảo vệ",
    "bà chủ trọ",
    "cô kế toán",
    "bác lái xe",
    "em thợ may",
    "chú thủ kho",
    "bạn cùng ca",
)
DID = ("bảo", "kể", "nhắn", "hỏi", "dặn", "nói", "viết", "gọi báo")
WHAT = (
    "lương về trễ",
    "xe đưa đón hỏng",
    "cơm trưa nguội",
    "tuần này tăng ca",
    "mưa dột nhà xưởng",
    "sắp họp tổ",
    "quạt đã sửa",
)
WHEN = ("hôm qua", "sáng nay", "tối thứ bảy", "đầu tháng", "giờ nghỉ trưa", "lúc tan ca", "cuối tuần rồi")
INVENTED = [f"{a} {b} {c} {d}, rồi thôi." for a, b, c, d in itertools.product(WHO, DID, WHAT, WHEN)] + [
    f"số {n} mẫu {n * 7 % 1000} lô {n * 13 % 997}" for n in range(3000)
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[pl.DataFrame, pl.DataFrame]:
    path, truth = generate(2000, INVENTED, tmp_path_factory.mktemp("bench"), seed=3)
    return pl.read_csv(path, infer_schema=False), pl.read_parquet(truth)


def test_every_row_has_its_truth(made: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    rows, truth = made
    assert tuple(rows.columns) == COLUMNS
    assert len(rows) == len(truth) == 2000
    assert truth["row"].to_list() == list(range(2000))
    assert (truth["group"].is_null() == (truth["edit"] == "own")).all()
    assert set(truth["edit"]) <= {"own", "root", "two_edits", *EDITS}


def test_a_group_has_one_root_and_at_least_one_copy(made: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    groups = made[1].drop_nulls("group").group_by("group").agg(pl.len(), roots=(pl.col("edit") == "root").sum())
    assert (groups["roots"] == 1).all()
    assert groups["len"].min() == 2
    assert groups["len"].sum() == pytest.approx(400, abs=100)


def test_exact_copies_are_exact_and_other_edits_are_not(made: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    rows, truth = made
    both = truth.with_columns(text=rows[TEXT]).drop_nulls("group")
    roots = both.filter(pl.col("edit") == "root").select("group", root="text")
    copies = both.filter(pl.col("edit") != "root").join(roots, on="group")
    exact = copies.filter(pl.col("edit") == "exact")
    assert (exact["text"] == exact["root"]).all()
    stripped = copies.filter(pl.col("edit") == "stripped")
    assert all(text.isascii() for text in stripped["text"])
    assert [plain(t) for t in stripped["text"]] == [plain(t) for t in stripped["root"]]
    longer = copies.filter(pl.col("edit") == "words_before")
    assert all(text.endswith(root) for text, root in longer.select("text", "root").iter_rows())


def test_rows_of_their_own_are_distinct(made: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    rows, truth = made
    own = rows.filter(truth["edit"] == "own")[TEXT]
    assert own.n_unique() >= 0.99 * len(own)


def test_the_file_looks_like_an_export(made: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    rows, _ = made
    days = rows[COLUMNS[0]].str.to_datetime("%d/%m/%Y %H:%M").dt.epoch("d").to_list()
    posts = rows[COLUMNS[2]].value_counts()["count"].to_list()
    lengths = rows[TEXT].str.split(" ").list.len().to_list()
    assert 150 < max(days) - min(days) < 182
    assert max(posts) > 5 * statistics.median(posts)
    assert 10 <= statistics.median(lengths) <= 22
    assert all(unicodedata.is_normalized("NFC", text) for text in rows[TEXT])


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    first = generate(300, INVENTED, tmp_path / "a", seed=5)
    again = generate(300, INVENTED, tmp_path / "b", seed=5)
    other = generate(300, INVENTED, tmp_path / "c", seed=6)
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in again]
    assert first[0].read_bytes() != other[0].read_bytes()


def test_rows_over_several_chunks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generator, "CHUNK", 128)
    path, truth = generate(500, INVENTED, tmp_path, seed=1)
    assert len(pl.read_csv(path, infer_schema=False)) == len(pl.read_parquet(truth)) == 500


def test_our_copies_agree_with_what_was_planted(made: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    rows, truth = made
    true = singletons(truth["group"])
    precision, recall = b_cubed(ours(rows[TEXT]).group, true)
    assert precision >= 0.9  # the invented sentences are much alike
    assert recall >= 0.95
    assert b_cubed(np.arange(2000), true)[1] < 0.9


@pytest.mark.parametrize("kind", sorted(EDITS))
def test_no_edit_empties_a_text(kind: str) -> None:
    chance = random.Random(0)
    for _ in range(20):
        assert EDITS[kind][1](["một", "câu", "ngắn"], chance, ["khác"]).strip()
    first, again = (edited("một câu ngắn", random.Random(7), ["khác"]) for _ in range(2))
    assert first == again


def test_pieces_are_short_and_distinct() -> None:
    cut = pieces(["Lương về TRỄ, buồn quá!", "luong ve tre", "một hai ba bốn năm sáu bảy tám chín"], seed=0)
    assert max(len(piece.split()) for piece in cut) <= MOST
    assert [plain(piece) for piece in cut].count("luong ve tre") == 1


def test_without_real_texts_it_says_skipped(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANGNGHE_DATA", str(tmp_path))
    assert real_texts()[0] == []
    assert generator.main(["10"]) == 0
    assert capsys.readouterr().out.startswith("skipped:")


@pytest.mark.parametrize(("written", "rows"), [("2000", 2000), ("10k", 10_000), ("1M", 1_000_000), ("1m", 1_000_000)])
def test_sizes_as_people_write_them(written: str, rows: int) -> None:
    assert size(written) == rows
    assert size(label(rows)) == rows


@pytest.mark.parametrize("wrong", ["", "k", "-1", "0", "1.5M", "1G"])
def test_other_sizes_are_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="10k"):
        size(wrong)


def test_the_bare_pass_counts_words(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(f"{TEXT}\nLương về trễ\nđói\n", encoding="utf-8")
    assert words(file) == 4


def test_the_cost_of_a_command() -> None:
    busy = run([sys.executable, "-c", "x = bytearray(60_000_000); print(sum(range(3_000_000))); raise SystemExit(3)"])
    assert busy.exit_code == 3
    assert busy.output.strip() == "4499998500000"
    assert 0.01 < busy.cpu_s < 10
    assert busy.peak_mb > 60


def test_stages_are_read_from_the_log_of_a_study(tmp_path: Path) -> None:
    assert report.stages(tmp_path) == ()
    log = [
        '{"stage": "clean", "cpu_s": 1.5, "wall_s": 2, "peak_mb": 80}',
        '{"note": "x"}',
        "broken",
        '{"stage": "words", "cpu_s": 1}',
    ]
    (tmp_path / "products").mkdir()
    (tmp_path / "products" / "log.jsonl").write_text("\n".join(log), encoding="utf-8")
    assert [(stage.name, stage.cpu_s) for stage in report.stages(tmp_path)] == [("clean", 1.5), ("words", 1)]


def test_shingles_of_folded_words() -> None:
    assert shingles("Lương về TRỄ quá!") == ["luong ve tre", "ve tre qua"]
    assert shingles("ok") == ["ok"]


def test_a_section_is_put_between_its_markers(tmp_path: Path) -> None:
    page = tmp_path / "docs" / "bench.md"
    write_section(page, "a", "one")
    write_section(page, "b", "two")
    write_section(page, "a", r"three \1")
    assert page.read_text(encoding="utf-8") == (
        "<!-- begin:a -->\nthree \\1\n<!-- end:a -->\n\n<!-- begin:b -->\ntwo\n<!-- end:b -->\n"
    )


def test_a_table_escapes_what_would_break_it() -> None:
    assert markdown(["a", "b"], [["x|y", "1"]]).splitlines()[-1] == r"| x\|y | 1 |"


@pytest.mark.parametrize(("value", "shown"), [(0.1234, "0.123"), (1.234, "1.23"), (12.34, "12.3"), (1234.5, "1,234")])
def test_figures_have_three_digits(value: float, shown: str) -> None:
    assert figure(value) == shown
