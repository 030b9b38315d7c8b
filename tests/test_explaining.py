"""People inside a study can read why texts were given their issues; nothing of it is kept or leaves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import langnghe as ln
from invented import invented_rows, write_rows
from langnghe.cli import main
from langnghe.errors import SettingError
from langnghe.report.document import Facts

if TYPE_CHECKING:
    from pathlib import Path

    from langnghe.report.document import Lang


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> ln.Study:
    folder = tmp_path_factory.mktemp("explained")
    path = write_rows(folder / "binh-luan.csv", invented_rows(300, seed=4))
    return ln.Study.create(folder / "q3", settings=ln.Settings(inputs=(str(path),), codebook="always"))


def test_texts_of_an_issue_are_explained_as_they_are_drawn_for_reading(study: ln.Study) -> None:
    explained = ln.explain_issue(study, "wages", most=3)
    assert [one.text for one in explained] == ln.typical_texts(study, "wages", most=3)["text"].to_list()
    assert any(reason.weight > 0 for one in explained for issue in one.issues for reason in issue.reasons)


def test_a_text_typed_in_is_masked_first_and_stands_in_no_file(study: ln.Study) -> None:
    one = ln.explain_text(study, "nợ lương hai tháng, gọi 0912 000 345 cũng vậy")
    assert "0912" not in one.text
    assert one.issues[0].issue == "wages"
    assert [path for path in study.folder.rglob("*") if path.is_file() and b"cung vay" in path.read_bytes()] == []


@pytest.mark.parametrize(("lang", "said"), [("vi", "cụm từ của sổ mã"), ("en", "phrases of the code-book")])
def test_the_command_says_it_in_words(study: ln.Study, lang: str, said: str) -> None:
    done = CliRunner().invoke(
        main, ["issues", "--lang", lang, str(study.folder), "explain", "--text", "Cty nợ lương hai tháng"]
    )
    assert done.exit_code == 0, done.output
    assert f"{said}: “nợ lương”" in done.output
    assert "+++ “" in done.output


@pytest.mark.parametrize(
    ("lang", "said"), [("vi", "Đó là dự tính, không phải đo"), ("en", "This is expected, not measured")]
)
def test_a_draft_says_how_often_the_machine_errs_and_that_nobody_measured_it(
    study: ln.Study, lang: Lang, said: str
) -> None:
    facts = [
        run.text
        for section in ln.make_report(study, lang).sections
        for block in section.blocks
        if isinstance(block, Facts)
        for fact in block.facts
        for run in fact.value
        if "%" in run.text and said in run.text
    ]
    assert len(facts) == 1


@pytest.mark.parametrize(
    ("lang", "said"), [("vi", r"có lẽ (\d+)–(\d+).% là sai"), ("en", r"probably (\d+)–(\d+)% are wrong")]
)
def test_the_first_page_and_the_list_of_issues_say_between_which_figures_the_error_may_lie(
    study: ln.Study, lang: Lang, said: str
) -> None:
    listed = CliRunner().invoke(main, ["issues", "--lang", lang, str(study.folder)]).output
    told = [re.search(said, text) for text in (ln.make_report(study, lang).status_sentence, listed)]
    ranges = {(int(found[1]), int(found[2])) for found in told if found}
    assert all(told)
    assert len(ranges) == 1
    assert all(low < high for low, high in ranges)


def test_the_command_wants_an_issue_or_a_text(study: ln.Study) -> None:
    assert CliRunner().invoke(main, ["issues", str(study.folder), "explain"]).exit_code == 2


def test_without_a_codebook_there_is_nothing_to_explain(study: ln.Study, tmp_path: Path) -> None:
    path = write_rows(tmp_path / "khac.csv", invented_rows(80, seed=1))
    other = ln.Study.create(tmp_path / "q4", settings=ln.Settings(inputs=(str(path),), codebook="none"))
    with pytest.raises(SettingError, match="q4"):
        ln.explain_text(other, "nợ lương")
