"""Hand-coding a study: sheets that people fill in with a spreadsheet program, and what is read back."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import zipfile
from typing import TYPE_CHECKING

import fastexcel
import polars as pl
import pytest
import xlsxwriter

import langnghe as ln
from invented import invented_rows, write_rows
from langnghe.drawing import files_of
from langnghe.errors import InputError, SettingError
from langnghe.hand_coding import (
    code_texts,
    draw_learning,
    draw_sample,
    measure_agreement,
    progress_of,
    read_codings,
    write_disagreements,
)
from langnghe.measure.coding.store import codings_of, read_coding, write_coding

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from langnghe.study import Study

MARGINS = "nhóm;giá trị;tỷ lệ\nTỉnh thành;Bắc Ninh;60 %\nTỉnh thành;Đồng Nai;30\nTỉnh thành;Cà Mau;10\n"
TODAY = dt.date(2026, 10, 1)
Row = dict[str, str | None]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a study of 400 comments whose sample is drawn."""
    folder = tmp_path_factory.mktemp("coding")
    path = write_rows(folder / "quy3.csv", invented_rows(400))
    draw_sample(ln.Study.create(folder / "quy3", ln.read(path)), size=60, divide=False, today=TODAY)
    return folder


@pytest.fixture
def study(prepared: Path) -> Study:
    """The study, with nothing coded yet."""
    opened = ln.Study.open(prepared / "quy3")
    (opened.folder / "coding" / "codings.csv").unlink(missing_ok=True)
    return opened


def sheet(study: Study, coder: int) -> pl.DataFrame:
    """A coder's sheet as a spreadsheet program shows it."""
    path = study.folder / "coding" / f"2026-Q3-coder-{coder}.xlsx"
    return fastexcel.read_excel(path).load_sheet(0, dtypes="string").to_polars()


def save(frame: pl.DataFrame, path: Path) -> Path:
    """What a coder sends back."""
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet()
    page.write_row(0, 0, frame.columns)
    for number, row in enumerate(frame.iter_rows(), 1):
        page.write_row(number, 0, row)
    book.close()
    return path


def filled(study: Study, coder: int, path: Path, fill: Callable[[str], Row]) -> Path:
    """A coder's sheet, each row filled in with what `fill` says of its text."""
    blank = dict.fromkeys(["Vấn đề 1", "Vấn đề 2", "Vấn đề 3", "Vấn đề 4", "Cách lên tiếng", "Ghi chú"])
    rows = [{**row, **blank, **fill(row["Ý kiến"])} for row in sheet(study, coder).iter_rows(named=True)]
    return save(pl.DataFrame(rows, schema=dict.fromkeys(rows[0], pl.String)), path)


def by_words(text: str) -> Row:
    """A coder who knows the words of the invented texts."""
    issue = "Tiền lương" if "luong" in text or "lương" in text else "(không vấn đề nào)"
    return {"Vấn đề 1": issue, "Cách lên tiếng": "Phàn nàn"}


def codings(study: Study) -> pl.DataFrame:
    return codings_of(read_coding(study.folder / "coding"), files_of(study))


def test_a_sheet_has_drop_downs_the_code_book_and_no_guess_of_a_machine(study: Study) -> None:
    path = study.folder / "coding" / "2026-Q3-coder-1.xlsx"
    reader = fastexcel.read_excel(path)
    assert reader.sheet_names == ["Mã hoá", "Sổ mã", "Hướng dẫn"]
    frame = sheet(study, 1)
    assert [name for name in frame.columns if frame[name].is_not_null().any()] == ["Mã", "Ý kiến"]
    names = reader.load_sheet("Sổ mã", dtypes="string").to_polars()["Vấn đề"]
    assert names[0] == "(không vấn đề nào)"
    assert len(names) == 21
    with zipfile.ZipFile(path) as archive:
        page = archive.read("xl/worksheets/sheet1.xml").decode()
    assert page.count("<dataValidation ") == 2
    assert not (study.folder / "products" / "issues").exists(), "nothing was classified before the draw"


def test_names_of_authors_and_dates_are_on_no_sheet(study: Study) -> None:
    said = " ".join(" ".join(str(cell) for cell in row) for row in sheet(study, 1).iter_rows())
    assert "Tài khoản" not in said
    assert "2026" not in said.replace("2026-Q3", "")


def test_what_people_fill_in_is_read_back(study: Study, tmp_path: Path) -> None:
    taken = read_codings(study, [filled(study, 1, tmp_path / "a.xlsx", by_words)])
    found = codings(study)
    assert taken == sheet(study, 1).height
    assert set(found["purpose"]) == {"estimate"}
    texts = dict(ln.clean_texts(study).select("text_id", "text").iter_rows())
    for text_id, issues in found.select("text_id", "issues").iter_rows():
        assert (issues == ["wages"]) == ("luong" in texts[text_id] or "lương" in texts[text_id])
    assert len(found) == 60, "texts with the same words are coded once and count each"


def test_half_a_sheet_can_be_sent_and_the_rest_later(study: Study, tmp_path: Path) -> None:
    seen: list[str] = []

    def half(text: str) -> Row:
        seen.append(text)
        return by_words(text) if len(seen) <= 10 else {}

    read_codings(study, [filled(study, 1, tmp_path / "a.xlsx", half)])
    assert [one.done for one in progress_of(study)] == [10, 0]
    read_codings(study, [filled(study, 1, tmp_path / "a.xlsx", by_words)])
    assert progress_of(study)[0].done == progress_of(study)[0].given


@pytest.mark.parametrize(
    ("change", "place", "said"),
    [
        ({"Vấn đề 1": "Tiền lươngg"}, "C4", "có phải “tiền lương”?"),
        ({"Vấn đề 1": None}, "C4", "chưa chọn vấn đề nào"),
        ({"Cách lên tiếng": None}, "G4", "chưa chọn cách lên tiếng"),
        ({"Vấn đề 2": "(không vấn đề nào)"}, "C4", "vừa “(không vấn đề nào)”"),
        ({"Mã": "XXXXX-1"}, "A4", "mã này không có trong nghiên cứu"),
        ({"Ý kiến": "một ý kiến khác"}, "B4", "không đi với mã"),
    ],
)
def test_a_cell_that_cannot_be_is_named_and_nothing_is_taken(
    study: Study, tmp_path: Path, change: Row, place: str, said: str
) -> None:
    rows = [
        {**row, "Vấn đề 1": "Tiền lương", "Cách lên tiếng": "Phàn nàn", **(change if number == 2 else {})}
        for number, row in enumerate(sheet(study, 1).iter_rows(named=True))
    ]
    path = save(pl.DataFrame(rows, schema=dict.fromkeys(rows[0], pl.String)), tmp_path / "a.xlsx")
    with pytest.raises(InputError) as fault:
        read_codings(study, [path])
    assert f"1 ô cần sửa: {place}: " in fault.value.sentence("vi")
    assert said in fault.value.sentence("vi")
    assert fault.value.where == "a.xlsx, “Sheet1”"
    assert codings(study).is_empty()


@pytest.mark.slow
@pytest.mark.needs("soffice")
def test_a_sheet_comes_back_whole_from_libreoffice(study: Study, tmp_path: Path) -> None:
    blank = through_libreoffice(study.folder / "coding" / "2026-Q3-coder-1.xlsx", tmp_path)
    with zipfile.ZipFile(blank) as archive:
        page = archive.read("xl/worksheets/sheet1.xml").decode()
    assert page.count("<dataValidation ") >= 2, "drop-downs are still there"
    before = sheet(study, 1)
    after = fastexcel.read_excel(blank).load_sheet("Mã hoá", dtypes="string").to_polars()
    assert after.select("Mã", "Ý kiến").equals(before.select("Mã", "Ý kiến"))
    path = through_libreoffice(filled(study, 1, tmp_path / "a.xlsx", by_words), tmp_path)
    assert read_codings(study, [path]) == before.height
    taken = codings(study)
    read_codings(study, [tmp_path / "a.xlsx"])
    assert codings(study).equals(taken), "as it was before"


def through_libreoffice(path: Path, folder: Path) -> Path:
    """A workbook that LibreOffice has opened and saved again."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    out = folder / "out"
    command = ["soffice", "--headless", profile, "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out)]
    subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=300)
    return out / path.name


def test_a_sheet_sorted_by_one_column_alone_is_refused(study: Study, tmp_path: Path) -> None:
    frame = sheet(study, 1).with_columns(
        pl.col("Ý kiến").sort(), pl.lit("Tiền lương").alias("Vấn đề 1"), pl.lit("Hỏi").alias("Cách lên tiếng")
    )
    with pytest.raises(InputError, match="sorted apart"):
        read_codings(study, [save(frame, tmp_path / "a.xlsx")])


def test_a_sheet_may_be_sorted_as_a_whole(study: Study, tmp_path: Path) -> None:
    read_codings(study, [filled(study, 1, tmp_path / "a.xlsx", by_words)])
    before = codings(study)
    frame = fastexcel.read_excel(tmp_path / "a.xlsx").load_sheet(0, dtypes="string").to_polars().sort("Ý kiến")
    read_codings(study, [save(frame, tmp_path / "b.xlsx")])
    assert codings(study).equals(before)


def test_another_workbook_is_refused(study: Study, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is no coding sheet"):
        read_codings(study, [save(pl.DataFrame({"Tên": ["a"], "Tuổi": ["3"]}), tmp_path / "other.xlsx")])


def test_two_coders_agreement_and_what_they_see_differently(study: Study, tmp_path: Path) -> None:
    def other(text: str) -> Row:
        return {**by_words(text), "Cách lên tiếng": "Hỏi" if "?" in text else "Phàn nàn"}

    code_texts(study, [filled(study, 1, tmp_path / "a.xlsx", by_words)])
    said = code_texts(study, [filled(study, 2, tmp_path / "b.xlsx", other)])
    both = sheet(study, 2)
    differ = both.filter(pl.col("Ý kiến").str.contains("?", literal=True))
    found = measure_agreement(study)
    assert found.filter(pl.col("what") == "wages")["alpha"].item() == 1.0
    reaction = found.filter(pl.col("what") == "reaction").row(0, named=True)
    assert reaction["agree"] == pytest.approx(1 - differ.height / both.height)
    assert differ.height > 0
    talk = study.folder / "coding" / "2026-Q3-agreed.xlsx"
    assert talk.name in said
    rows = fastexcel.read_excel(talk).load_sheet(0, dtypes="string").to_polars()
    assert set(rows["Ý kiến"]) == set(differ["Ý kiến"])
    assert rows["Người 2"].str.contains("Hỏi").all()
    agreed = rows.with_columns(pl.lit("Đời sống, giá cả").alias("Vấn đề 1"), pl.lit("Hỏi").alias("Cách lên tiếng"))
    name = {issue.id: issue.name.vi for issue in ln.label_issues(study) if not issue.found}["cost_of_living"]
    read_codings(study, [save(agreed.with_columns(pl.lit(name).alias("Vấn đề 1")), tmp_path / "c.xlsx")])
    assert write_disagreements(study) == []
    first = codings(study).unique("text_id", keep="first", maintain_order=True)
    assert "agreed" in set(first["coder"])


def test_a_new_file_gets_its_own_sample_and_what_was_coded_stays(tmp_path: Path) -> None:
    one = write_rows(tmp_path / "quy3.csv", invented_rows(200))
    later = [{**row, "Thời gian": "05/11/2026 08:00"} for row in invented_rows(150, seed=1)]
    two = write_rows(tmp_path / "quy4.csv", later)
    study = ln.Study.create(tmp_path / "s", ln.read(one))
    draw_sample(study, size=40, divide=False, today=TODAY)
    read_codings(study, [filled(study, 1, tmp_path / "a.xlsx", by_words)])
    texts = dict(ln.clean_texts(study).select("text_id", "text").iter_rows())
    before = {texts[text_id]: issues for text_id, issues in codings(study).select("text_id", "issues").iter_rows()}
    both = ln.Study.create(tmp_path / "s", ln.read([two, one]))  # the new file comes first
    draw_sample(both, size=40, divide=False, today=TODAY)
    coding = read_coding(both.folder / "coding")
    assert coding.periods["period"].to_list() == ["2026-Q3", "2026-11"]
    assert coding.sample["period"].value_counts().sort("period").rows() == [("2026-11", 40), ("2026-Q3", 40)]
    texts = dict(ln.clean_texts(both).select("text_id", "text").iter_rows())
    after = {texts[text_id]: issues for text_id, issues in codings(both).select("text_id", "issues").iter_rows()}
    assert after == before
    assert draw_sample(both, today=TODAY) == [], "every text is covered"


@pytest.mark.parametrize("wrong", [{"size": 3}, {"width": 80.0}, {"coders": 0}, {"second_share": 0.0}])
def test_numbers_that_cannot_be_are_refused(study: Study, wrong: dict[str, float]) -> None:
    with pytest.raises(SettingError, match="Choose one of"):
        draw_sample(study, **wrong)  # type: ignore[arg-type]


def test_a_sheet_that_is_there_is_never_written_over(study: Study) -> None:
    path = study.folder / "coding" / "2026-Q3-coder-1.xlsx"
    before = path.read_bytes()
    code_texts(study)
    assert path.read_bytes() == before
    path.unlink()
    assert path.name in code_texts(study)
    assert path.read_bytes() == before, "the same bytes when it is written again"


def test_a_text_that_looks_like_a_formula_stays_a_text(tmp_path: Path) -> None:
    rows = [{**row, "Nội dung": f"=HYPERLINK(1) chậm lương {n}"} for n, row in enumerate(invented_rows(40))]
    study = ln.Study.create(tmp_path / "s", ln.read(write_rows(tmp_path / "a.csv", rows)))
    (path, _) = draw_sample(study, divide=False, today=TODAY)
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        assert "<f>" not in archive.read("xl/worksheets/sheet1.xml").decode().split("<conditionalFormatting")[0]


@pytest.mark.slow
def test_a_report_is_final_when_the_whole_sample_is_coded_and_a_draft_before(tmp_path: Path) -> None:
    study = ln.Study.create(tmp_path / "s", ln.read(write_rows(tmp_path / "a.csv", invented_rows(400))))
    settings = ln.Settings(inputs=study.settings.inputs, codebook="always", groups=("Tỉnh thành",))
    study = ln.Study.create(tmp_path / "s", settings=settings)
    (study.folder / "margins.csv").write_text(MARGINS, encoding="utf-8")
    draw_sample(study, size=120, today=TODAY)
    _is_chosen_before_coding(study)
    seen: list[str] = []

    def some(text: str) -> Row:
        seen.append(text)
        return by_words(text) if len(seen) <= 20 else {}

    read_codings(study, [filled(study, 1, tmp_path / "a.xlsx", some)])
    draft = ln.make_report(study)
    assert draft.status == "draft"
    assert "phải xong cả mẫu mới có kết quả" in draft.status_sentence
    read_codings(study, [filled(study, 1, tmp_path / "a.xlsx", by_words)])
    final = ln.make_report(study)
    assert final.status == "final"
    figures = ln.measure_issues(study)
    share = figures.shares.filter((pl.col("id") == "wages") & (pl.col("basis") == "texts")).row(0, named=True)
    true = _share_of_wages(ln.clean_texts(study)["text"])
    assert share["low"] < true < share["high"]
    first = "".join(run.text for run in final.front[0].findings[0].text)  # type: ignore[union-attr]  # the findings
    assert "Tiền lương" in first
    assert "–" in first, "a share stands with its interval"
    assert "120 ý kiến người đọc mã hoá" in final.front[0].findings[0].base  # type: ignore[union-attr]
    weighted = figures.shares.filter((pl.col("id") == "wages") & (pl.col("basis") == "weighted")).row(0, named=True)
    assert weighted["low"] < true < weighted["high"]
    assert weighted["design_effect"] > share["design_effect"], "weights cost"
    said = str(final)
    assert "chắc như" in said, "the effective size stands in the methods"
    assert "không nói thay cho tất cả" in said, "who answered of their own accord is no sample"
    _learning_changes_no_share(study, figures.shares, tmp_path)


def _is_chosen_before_coding(study: Study) -> None:
    """How each share is estimated is kept with the sample, whose texts were drawn without a look at scores."""
    coding = read_coding(study.folder / "coding")
    assert len(coding.estimators) == 26, "20 issues and 6 reactions"
    divided = coding.estimators.filter(pl.col("estimator") == "stratified")
    assert "wages" in divided["id"].to_list(), "the words of the invented texts tell wages apart"
    assert (divided["width"] <= 0.85 * divided["wilson_width"]).all()
    named = {one.partition("=")[0] for row in coding.sample["strata"].to_list() for one in row}
    assert named <= {f"{kind}.{one}" for kind, one in divided.select("kind", "id").iter_rows()}
    for path in (study.folder / "coding").iterdir():
        path.unlink()
    draw_sample(study, size=120, divide=False, today=TODAY)
    alone = read_coding(study.folder / "coding")
    assert alone.sample.drop("strata").equals(coding.sample.drop("strata"))
    assert alone.estimators.is_empty()
    write_coding(coding, study.folder / "coding")


def _learning_changes_no_share(study: Study, shares: pl.DataFrame, folder: Path) -> None:
    """A round of texts to learn from has sheets of its own, of other texts, and never enters an estimate."""
    (path,) = draw_learning(study, 30)
    assert path.name == "2026-Q3-round-2-coder-1.xlsx"
    sample = read_coding(study.folder / "coding").sample
    learning, drawn = (sample.filter(pl.col("purpose") == purpose) for purpose in ("learning", "estimate"))
    assert (len(learning), len(drawn)) == (30, 120)
    assert learning["stratum"].value_counts()["count"].to_list() == [15, 15], "half unsure, half at random"
    assert not set(learning["code"]) & set(drawn["code"])
    frame = fastexcel.read_excel(path).load_sheet(0, dtypes="string").to_polars()
    names = {"Vấn đề 1": "(không vấn đề nào)", "Cách lên tiếng": "Phàn nàn"}
    done = frame.with_columns(pl.lit(value).alias(name) for name, value in names.items())
    assert read_codings(study, [save(done, folder / "c.xlsx")]) == 30
    assert set(codings(study)["purpose"]) == {"estimate", "learning"}
    assert ln.measure_issues(study).shares.equals(shares)


def _share_of_wages(texts: pl.Series) -> float:
    return sum("luong" in text or "lương" in text for text in texts) / len(texts)
