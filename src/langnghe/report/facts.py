"""What a report says about the run that made it, and small things that all sections need."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping  # noqa: TC003 - dataclass fields are read at run time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from langnghe.nouns import ClaimSeen, Figures, IssueLabel  # noqa: TC001 - likewise
from langnghe.report.coded import last_period
from langnghe.report.document import Lang  # noqa: TC001 - likewise
from langnghe.report.numbers import day, number, percent, short_day

if TYPE_CHECKING:
    from langnghe.errors import Say

MAIN_ISSUES = 20
MOST_SHARED = 8
LEAST_PHRASES = 3
"""Issues that get a row in the main figure and a page of their own; shared messages that are listed; typical phrases that a group
beside the code-book needs to be shown as a candidate."""


@dataclass(frozen=True)
class RunFacts:
    """What is known of a run besides its figures.

    Attributes
    ----------
    title, reporter : from the settings; '' takes a plain title and names nobody.
    run : short hash of everything that the report depends on.
    version : of Lắng Nghe.
    reading : how the files were read (files as `nouns.FileReading`, groups, has_authors).
    codebook : name of the code-book whose issues were used; None where it did not fit the texts.
    codebook_notes : sentences on it: who signed it, what changed since the report before.
    covered : share of distinct messages (of a sample) with an issue of the code-book.
    stated : bounds and errors of the machine's decisions (`issues.stated.Stated` as a mapping); None where nothing is known.
    confused : pairs of ids of issues of which the first is often taken for the second.
    claims : claims that the texts repeat, most often seen first, after disclosure control.
    messages : masked texts of shared messages that at least k voices sent word for word, by text id.
    """

    title: str
    reporter: str
    lang: Lang
    run: str
    version: str
    reading: Mapping[str, Any]
    codebook: Say | None
    codebook_id: str
    codebook_sha256: str
    covered: float
    messages: Mapping[int, str] = field(default_factory=dict)
    codebook_notes: tuple[Say, ...] = ()
    claims: tuple[ClaimSeen, ...] = ()
    stated: Mapping[str, float | None] = field(default_factory=dict)
    confused: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Material:
    """All that the sections of a report are written from."""

    figures: Figures
    labels: tuple[IssueLabel, ...]
    facts: RunFacts

    @property
    def lang(self) -> Lang:
        """The language of the report."""
        return self.facts.lang

    def say(self, vi: str, en: str) -> str:
        """The sentence in the language of the report."""
        return vi if self.lang == "vi" else en

    def number(self, value: float, decimals: int = 0) -> str:
        """A number as printed."""
        return number(value, self.lang, decimals)

    def percent(self, share: float) -> str:
        """A share as printed."""
        return percent(share, self.lang)

    def day(self, date: dt.date) -> str:
        """A date as printed."""
        return day(date, self.lang)

    def few(self, count: int | None) -> str:
        """A count as printed, blurred where it is below k, '×' where it is hidden."""
        if count is None:
            return "×"
        if 0 < count < self.figures.rule.k:
            return self.say(f"dưới {self.figures.rule.k}", f"fewer than {self.figures.rule.k}")
        return self.number(count)

    def name(self, issue: int) -> str:
        """Name of an issue; a discovered one is put in quotes, as its name is made of what people wrote."""
        label = self.labels[issue]
        return f"“{label.name[self.lang]}”" if label.found else label.name[self.lang]

    def anchor(self, issue: int) -> str:
        """Id of an issue's section."""
        return "issue-" + self.labels[issue].id.replace("_", "-")

    @property
    def shown_issues(self) -> list[dict[str, Any]]:
        """The issues that may be shown, by falling share of distinct messages, at most `MAIN_ISSUES`.

        They are those of the code-book, or, where it was not used, the groups that the machine found.
        """
        return [row for row in self._shown if self.labels[row["issue"]].found != self.guided][:MAIN_ISSUES]

    @property
    def candidates(self) -> list[dict[str, Any]]:
        """Groups found beside the code-book that say something: with at least `LEAST_PHRASES` typical phrases."""
        found = [row for row in self._shown if self.labels[row["issue"]].found]
        return [row for row in found if len(self.labels[row["issue"]].phrases) >= LEAST_PHRASES] if self.guided else []

    @property
    def _shown(self) -> list[dict[str, Any]]:
        return self.figures.issues.filter(~self.figures.issues["hidden"]).to_dicts()

    @property
    def final(self) -> bool:
        """Whether the report has findings: people coded the whole random sample of its last period, by its code-book."""
        period = last_period(self.figures)
        return self.guided and period is not None and period.whole

    @property
    def guided(self) -> bool:
        """Whether the issues of a code-book were used."""
        return self.facts.codebook is not None

    @property
    def unit(self) -> str:
        """What k counts, in words."""
        if self.figures.rule.basis == "accounts":
            return self.say("tài khoản", "accounts")
        return self.say("thông điệp khác nhau", "distinct messages")

    @property
    def period(self) -> str:
        """The data window as printed."""
        first, last = self.figures.overview.first, self.figures.overview.last
        if first is None or last is None:
            return self.say("không rõ ngày", "no dates")
        return f"{self.day(first)} – {self.day(last)}"

    def week(self, date: dt.date) -> str:
        """A week (or month, quarter) with its name, as printed: 'tuần 06/7 – 12/7/2026', 'tháng 7/2026'."""
        if self.figures.every == "month":
            return self.say(f"tháng {date.month}/{date.year}", f"month {date.month}/{date.year}")
        if self.figures.every == "quarter":
            quarter = (date.month + 2) // 3
            return self.say(f"quý {quarter}/{date.year}", f"quarter {quarter}/{date.year}")
        ends = f"{short_day(date, self.lang)} – {self.day(date + dt.timedelta(days=6))}"
        return self.say(f"tuần {ends}", f"week {ends}")

    @property
    def step(self) -> str:
        """What time is counted in: tuần, tháng or quý."""
        names = {"week": ("tuần", "week"), "month": ("tháng", "month"), "quarter": ("quý", "quarter")}
        return self.say(*names[self.figures.every])

    @property
    def steps(self) -> str:
        """The same in the plural."""
        return self.say(self.step, f"{self.step}s")
