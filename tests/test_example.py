"""The example study: what was planted in it is found, and what must not leave does not."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import subprocess
import sys
import unicodedata
import zipfile
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from pypdf import PdfReader

import langnghe as ln
from evals.redrawn import redrawn
from langnghe.nouns import SILENT
from langnghe.report.tables import publish

EXAMPLE = Path(__file__).parent.parent / "examples" / "quy-3"
TRUTH = json.loads((EXAMPLE / "truth.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> ln.Study:
    folder = tmp_path_factory.mktemp("example") / "quy-3"
    study = ln.Study.create(folder, settings=ln.Settings(inputs=((EXAMPLE / "comments.csv").as_posix(),)))
    ln.save_report(study)
    return study


@pytest.fixture(scope="module")
def everything(study: ln.Study) -> str:
    """All that any file of the study folder says: Parquet read, archives unpacked, the PDF's text extracted."""
    return unicodedata.normalize(
        "NFC", "\n".join(said(path) for path in sorted(study.folder.rglob("*")) if path.is_file())
    )


def said(path: Path) -> str:
    if path.suffix == ".parquet":
        return str(pl.read_parquet(path).select(pl.selectors.string()).rows())
    if path.suffix == ".pdf":
        return "\n".join(page.extract_text() for page in PdfReader(path).pages)
    if path.suffix in {".docx", ".xlsx"}:
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
            return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return path.read_bytes().decode("utf-8", "replace")


def report(study: ln.Study) -> dict[str, object]:
    read: dict[str, object] = json.loads((study.folder / "report" / "report.json").read_text(encoding="utf-8"))
    return read


def test_the_committed_files_are_what_the_script_writes() -> None:
    done = subprocess.run([sys.executable, str(EXAMPLE / "assemble.py"), "--check"], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_the_planted_burst_is_named(study: ln.Study) -> None:
    bursts = report(study)["tables"]["bursts"]  # type: ignore[index]
    named = {(b["issue"], b["week"]) for b in bursts}
    assert ("meals", "2026-09-07") in named
    assert named <= {("meals", "2026-09-07"), ("meals", "2026-09-14")}  # the second week is missed: see docs/evals.md
    assert any("Bữa ăn ca tăng đột biến" in f["text"] for f in report(study)["findings"])  # type: ignore[attr-defined]


def test_gaps_in_collection_are_in_the_open_data(study: ln.Study) -> None:
    gaps = pl.DataFrame(
        [("Zalo", dt.date(2026, 7, 13), False), ("Facebook", dt.date(2026, 7, 6), True)], SILENT, orient="row"
    )
    files = publish(replace(ln.measure_issues(study), gaps=gaps), ln.label_issues(study), "")
    assert files["gaps.csv"].decode("utf-8-sig").split() == [
        "source,week,judged",
        "Facebook,2026-07-06,true",
        "Zalo,2026-07-13,false",
    ]
    described = {r["name"]: r for r in json.loads(files["datapackage.json"])["resources"]}["gaps"]
    assert all(field["description"] for field in described["schema"]["fields"])


def test_no_sentence_shows_the_place_of_a_word(study: ln.Study) -> None:
    assert "{m." not in (study.folder / "report" / "report.html").read_text(encoding="utf-8")


def test_a_study_that_nobody_coded_is_a_draft(study: ln.Study) -> None:
    document = ln.make_report(study)
    assert document.status == "draft"
    assert "số máy đếm" in document.status_sentence


@pytest.mark.slow
def test_intervals_of_the_example_hold_what_was_planted(study: ln.Study) -> None:
    found = redrawn(study, draws=12)
    held = (found["low"].fill_null(0.0) <= found["true"]) & (found["true"] <= found["high"])
    assert held.mean() >= 0.9  # type: ignore[operator]  # a mean; 200 draws: python -m evals redrawn


def test_the_planted_shared_message_is_named_with_most_of_its_copies(study: ln.Study) -> None:
    (shared,) = ln.measure_issues(study).shared.to_dicts()
    rows = [json.loads(line) for line in (EXAMPLE / "truth.jsonl").read_text(encoding="utf-8").splitlines()]
    planted = {number for number, row in enumerate(rows) if row["shared"]}
    copies = ln.find_copies(study).filter(pl.col("copy_of") == shared["copy_of"])["text_id"]
    assert set(copies) <= planted
    assert len(copies) >= 0.9 * len(planted)
    assert shared["sources"] == 5
    assert "gửi lại" in " ".join(f["text"] for f in report(study)["findings"])  # type: ignore[attr-defined]


def test_no_account_name_is_in_any_file(study: ln.Study, everything: str) -> None:
    with (EXAMPLE / "comments.csv").open(encoding="utf-8", newline="") as file:
        accounts = {row["Người bình luận"] for row in csv.DictReader(file)} - {"", "Ẩn danh", "Người dùng Facebook"}
    assert len(accounts) >= 900
    assert [name for name in accounts if name in everything] == []


def test_no_planted_personal_data_is_in_any_file(everything: str) -> None:
    rows = [json.loads(line) for line in (EXAMPLE / "truth.jsonl").read_text(encoding="utf-8").splitlines()]
    planted = {datum["value"] for row in rows for datum in row["pii"]}
    assert len(planted) >= 60
    assert sorted(value for value in planted if unicodedata.normalize("NFC", value) in everything) == []
