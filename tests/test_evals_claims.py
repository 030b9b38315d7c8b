from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from evals.checkthat import claims, mean_precision, split
from evals.claims import folder_of
from evals.datasets import DataMissing
from evals.laws import read

if TYPE_CHECKING:
    from pathlib import Path


def test_checkthat_files_are_read(tmp_path: Path) -> None:
    (tmp_path / "vclaims").mkdir()
    claim = {"vclaim_id": "v1", "vclaim": "A cat flew.", "title": "Did a cat fly?", "subtitle": "No."}
    (tmp_path / "vclaims" / "v1.json").write_text(json.dumps(claim), encoding="utf-8")
    (tmp_path / "train").mkdir()
    (tmp_path / "train" / "tweets-train.tsv").write_text("id\ttweet\n7\t#cat flew! https://t.co/x\n", encoding="utf-8")
    (tmp_path / "train" / "qrels-train.tsv").write_text("7\t0\tv1\t1\n", encoding="utf-8")
    assert claims(tmp_path)[0].claim == "A cat flew."
    ((text, gold),) = split(tmp_path, "train")
    assert (text.split(), set(gold)) == (["cat", "flew!"], {"v1"})
    assert split(tmp_path, "test") == []


def test_alqac_files_are_read(tmp_path: Path) -> None:
    law = [{"id": "45/2019/QH14", "articles": [{"id": "1", "text": "Phạm vi."}]}]
    question = [{"question_id": "q", "text": "Phạm vi?", "relevant_articles": [{"law_id": "45/2019/QH14", "article_id": "1"}]}]  # fmt: skip
    (tmp_path / "law.json").write_text(json.dumps(law), encoding="utf-8")
    (tmp_path / "train.json").write_text(json.dumps(question), encoding="utf-8")
    articles, asked = read(tmp_path)
    assert (articles[0].article, asked) == ("1", [("Phạm vi?", [("45/2019/QH14", "1")])])


def test_missing_data_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGNGHE_ALQAC", str(tmp_path / "nothing"))
    with pytest.raises(DataMissing, match="alqac"):
        folder_of("LANGNGHE_ALQAC", "alqac")


def test_mean_precision_by_hand() -> None:
    import numpy as np  # noqa: PLC0415

    right = [np.array([False, True]), np.array([True, False]), np.array([False, False])]
    odds = [np.array([2.0, 1.0]), np.array([2.0, 1.0]), np.array([2.0, 1.0])]
    assert mean_precision(right, odds) == pytest.approx((0.5 + 1 + 0) / 3)
