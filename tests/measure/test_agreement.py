"""Agreement of two coders."""

from __future__ import annotations

import polars as pl
import pytest

from langnghe.measure.coding.agreement import agreement, alpha, disagreements

ISSUES = ["wages", "hours", "meals"]


def coded(**rows: str) -> pl.DataFrame:
    """Codings written as code='wages hours / complaint'."""
    split = {code: said.split(" / ") for code, said in rows.items()}
    return pl.DataFrame(
        {
            "code": list(split),
            "issues": [issues.split() for issues, _ in split.values()],
            "reaction": [reaction for _, reaction in split.values()],
        },
        schema={"code": pl.String, "issues": pl.List(pl.String), "reaction": pl.String},
    )


def test_alpha_of_a_worked_example() -> None:
    # Krippendorff (2011), example B: two observers, ten units, nominal values 0 and 1: alpha = 0.095
    first, second = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert alpha(list(zip(first, second, strict=True))) == pytest.approx(0.095, abs=0.001)


def test_coders_who_say_the_same_agree() -> None:
    one = coded(A="wages / complaint", B="hours / question", C=" / other")
    found = agreement(one, one, ISSUES)
    assert found.filter(pl.col("what") == "wages").row(0) == ("wages", 3, 1, 1.0, 1.0, 1.0, 1.0)
    assert found.filter(pl.col("what") == "reaction")["alpha"].item() == 1.0


def test_an_issue_that_nobody_used_has_no_alpha() -> None:
    one = coded(A="wages / complaint", B="hours / question")
    row = agreement(one, one, ISSUES).filter(pl.col("what") == "meals").row(0, named=True)
    assert (row["used"], row["agree"], row["alpha"]) == (0, 1.0, None)


def test_only_texts_coded_twice_count() -> None:
    found = agreement(coded(A="wages / complaint", B="hours / other"), coded(A="wages / complaint"), ISSUES)
    assert set(found["texts"]) == {1}


def test_the_interval_holds_the_value_and_narrows_with_more_texts() -> None:
    def of(texts: int) -> dict[str, float]:
        first = coded(**{f"T{n}": f"{'wages' if n % 3 else ''} / complaint" for n in range(texts)})
        second = coded(**{f"T{n}": f"{'wages' if n % 3 and n % 7 else ''} / complaint" for n in range(texts)})
        return agreement(first, second, ISSUES).row(0, named=True)

    few, many = of(60), of(600)
    assert few["low"] < few["alpha"] < few["high"]
    assert many["high"] - many["low"] < few["high"] - few["low"]


def test_disagreements_name_what_both_said() -> None:
    first = coded(A="wages / complaint", B="hours / question", C="wages hours / other")
    second = coded(A="wages / complaint", B="meals / question", C="hours wages / other")
    found = disagreements(first, second)
    assert found["code"].to_list() == ["B"]
    assert found.row(0, named=True)["issues_2"] == ["meals"]
