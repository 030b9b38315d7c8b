"""Evidence for a claim: the articles of law and passages that speak of it, each with its citation, and a warning where the law was not in force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from langnghe.check.facts import date_of, read_facts
from langnghe.check.index import Index, hashed, tokens
from langnghe.check.keys import content, keys, pairs

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from langnghe.check.checks import Source
    from langnghe.check.laws import Article
    from langnghe.errors import Say


@dataclass(frozen=True)
class Found:
    """An article or passage that speaks of a claim.

    Attributes
    ----------
    article : where it stands.
    clause, text : the clause that is nearest to the claim, and its words.
    score : BM25; higher is nearer.
    source : as a source of a verdict; `source.citation()` is how it is cited.
    warning : what a reader must know of its effect on the day the claim speaks of; None where it was in force.
    """

    article: Article
    clause: str
    text: str
    score: float
    source: Source
    warning: Say | None


class Evidence:
    """Passages to be looked through for claims.

    Parameters
    ----------
    articles : as `laws.read_laws` gives them.
    """

    def __init__(self, articles: Sequence[Article]) -> None:
        self.articles = articles
        self.index = Index.of_tokens([*tokens(a.title), *tokens(a.text)] for a in articles)

    def best(self, claim: str, day: dt.date, number: int = 5) -> list[Found]:
        """The articles nearest to a claim.

        Parameters
        ----------
        claim : a claim or a question, with diacritics or without.
        day : the day for which the law is asked, where the claim names none itself.
        number : how many at most.
        """
        asked = question_tokens(claim)
        on = date_of(claim) or day
        return [self._found(asked, position, score, on) for position, score in self.index.best(hashed(asked), number)]

    def _found(self, asked: Sequence[str], position: int, score: float, day: dt.date) -> Found:
        article = self.articles[position]
        weights = dict(zip(asked, self.index.weights(asked).tolist(), strict=True))
        near = [(sum(weights.get(t, 0.0) for t in set(tokens(text))), text, c) for c, text in article.clauses()]
        weight, text, clause = max(near, key=lambda row: row[0])
        chosen = clause if weight else ""
        return Found(article, chosen, text, score, article.source(chosen, text[:1_000]), article.warning(day))


def question_tokens(text: str) -> list[str]:
    """What is looked for of a question: its keys without words around the matter, pairs, amounts and dates."""
    kept = content(keys(text))
    return [*(key for key in kept if key), *pairs(kept), *read_facts(text).tokens]
