"""Questions → articles of law, in ALQAC's form, through the evidence of the check desk.

Files in `$LANGNGHE_ALQAC` or `alqac` in the folder of shared data: laws as JSON ([{id, articles: [{id, text}]}]; names with 'law' or
'corpus'), and questions as JSON ([{question_id, text, relevant_articles: [{law_id, article_id}]}]).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from evals.datasets import DataMissing
from evals.results import Result
from langnghe.check.evidence import Evidence, question_tokens
from langnghe.check.index import hashed
from langnghe.check.laws import Article
from langnghe.words.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DATA = "ALQAC"


def passages() -> Iterator[Result]:
    """Recall@10 and MAP of articles, for questions as typed and without diacritics."""
    from evals.claims import folder_of  # noqa: PLC0415 - it imports this module

    articles, asked = read(folder_of("LANGNGHE_ALQAC", "alqac"))
    index = Evidence(articles).index
    place = {(a.law, a.article): number for number, a in enumerate(articles)}
    for data, change in ((DATA, str), (f"{DATA}, stripped", fold)):
        recalls, precisions = [], []
        for text, gold in asked:
            found = [number for number, _ in index.best(hashed(question_tokens(change(text))), 10)]
            wanted = {place[key] for key in gold if key in place}
            hits = [i + 1 for i, number in enumerate(found) if number in wanted]
            recalls.append(len(hits) / max(len(gold), 1))
            precisions.append(sum((n + 1) / i for n, i in enumerate(hits)) / max(len(gold), 1))
        yield Result("claims", data, "ours", "recall@10", float(np.mean(recalls)))
        yield Result("claims", data, "ours", "MAP", float(np.mean(precisions)))


def read(folder: Path) -> tuple[list[Article], list[tuple[str, list[tuple[str, str]]]]]:
    """The articles, and the questions with the articles that answer them."""
    articles: list[Article] = []
    asked: list[tuple[str, list[tuple[str, str]]]] = []
    for path in sorted(folder.rglob("*.json")):
        rows = json.loads(path.read_text(encoding="utf-8-sig"))
        for row in rows if isinstance(rows, list) else rows.get("items", []):
            if "articles" in row:
                articles += [_article(row, article) for article in row["articles"]]
            elif row.get("relevant_articles"):
                gold = [(str(g["law_id"]), str(g["article_id"])) for g in row["relevant_articles"]]
                asked.append((row.get("text") or row.get("question") or row.get("statement") or "", gold))
    if not articles or not asked:
        message = f"no laws or no questions in {folder.name}"
        raise DataMissing(message)
    return articles, asked


def _article(law: dict[str, Any], article: dict[str, Any]) -> Article:
    name = str(law["id"])
    return Article(name, name, str(article["id"]), str(article.get("title", "")), article["text"], "alqac")
