"""The nouns that stages exchange: Polars schemas and frozen dataclasses, nothing that acts.

A stage takes a noun and gives back a new one. The columns of every frame that crosses a wall between two rooms are written
here, with their units.
"""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - dataclass fields are read at run time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import polars as pl

from langnghe.errors import Say

LEAST_K = 5
"""The smallest k that can be set."""

GROUP_PREFIX = "group."
"""Columns of groups are called 'group.' + the name of the user's column: 'group.ngành'."""

MERGED = "khác (gộp) / other (merged)"
"""The group or source that small ones were merged into, whatever the language of the report."""

TEXTS = pl.Schema(
    {
        "text_id": pl.UInt32(),  # 0, 1, 2 … over all files, in the order of the rows that were kept
        "text": pl.String(),  # as typed. In memory only: no file of a study holds it
        "date": pl.Date(),  # null where the row has no date that could be read
        "source": pl.String(),  # never null: the file's stem where there is no column of sources
        "voice": pl.Float64(),  # a power of 1/2 or 0; null where the input has no authors
        "batch": pl.UInt16(),  # number of the input file
    }
)
"""What `collect` gives. Columns of groups follow (String, null where empty), named `GROUP_PREFIX` + label."""

CLEAN = pl.Schema(
    {
        "text_id": pl.UInt32(),
        "text": pl.String(),  # normalised (NFC), personal data masked
        "date": pl.Date(),
        "source": pl.String(),
        "voice": pl.Float64(),  # null where the input has no authors
        "batch": pl.UInt16(),
        "masks": pl.UInt16(),  # how many masks were set in the text
        "language": pl.String(),  # vi (with diacritics), vi-plain (without), other, none (no words)
        "flag": pl.String(),  # why the text looks like an advert or spam (a reason of `clean.flags`), else null
    }
)
"""What `clean` gives. Columns of groups follow."""

CODINGS = pl.Schema(
    {
        "text_id": pl.UInt32(),
        "coder": pl.String(),  # '1', '2' … or 'agreed': what coders agreed on after talking it over
        "period": pl.String(),  # whose sample the text belongs to
        "round": pl.UInt16(),  # 1 the random sample, then rounds of texts chosen for learning
        "purpose": pl.String(),  # estimate (the random sample) or learning (never enters an estimate)
        "issues": pl.List(pl.String()),  # ids of the code-book, empty where the text speaks of none
        "reaction": pl.String(),  # id of a reaction
    }
)
"""Hand-codings: one row per text and coder."""

SCORES = pl.Schema(
    {
        "text_id": pl.UInt32(),
        "issue": pl.UInt8(),  # position among the code-book's issues in the model; null in rows of reactions
        "reaction": pl.UInt8(),  # position in REACTIONS; null in rows of issues
        "probability": pl.Float32(),  # 0.02 and more; what is not there is below
    }
)
"""How probable codes are. For a hand-coded text by classifiers that saw neither it nor its copies."""

SHARES = pl.Schema(
    {
        "period": pl.String(),
        "kind": pl.String(),  # issue or reaction
        "id": pl.String(),  # of the issue or the reaction
        "basis": pl.String(),  # texts, messages or weighted (texts, each with its population weight): what it is a share of
        "estimate": pl.Float64(),  # 0–1; null where only the upper limit is told
        "low": pl.Float64(),
        "high": pl.Float64(),  # the 95 % interval
        "coded": pl.Int64(),  # texts that people coded
        "estimator": pl.String(),  # wilson, stratified or upper bound
        "design_effect": pl.Float64(),
        "wilson_low": pl.Float64(),
        "wilson_high": pl.Float64(),  # Wilson's interval of the same answers, whatever the estimator
    }
)
"""Shares from hand-coding."""

CHANGES = pl.Schema(
    {
        "before": pl.String(),
        "after": pl.String(),  # the two periods
        "id": pl.String(),  # of the issue
        "basis": pl.String(),
        "estimate": pl.Float64(),  # share after − share before
        "low": pl.Float64(),
        "high": pl.Float64(),
        "adjusted": pl.Float64(),  # probability, held over all changes of the report
        "clear": pl.Boolean(),  # whether the report may say that it changed
    }
)
"""Differences between the shares of the last two periods."""

CONTRASTS = pl.Schema(
    {
        "period": pl.String(),
        "group": pl.String(),
        "value": pl.String(),
        "id": pl.String(),  # of the issue
        "coded": pl.Int64(),  # coded texts of the group
        "share": pl.Float64(),  # of its texts
        "rest": pl.Float64(),  # of all other texts of the period
        "estimate": pl.Float64(),  # share − rest
        "low": pl.Float64(),
        "high": pl.Float64(),
        "adjusted": pl.Float64(),  # probability, held over all changes and contrasts of the report
        "clear": pl.Boolean(),  # whether the report may say that the group differs
    }
)
"""Differences between groups in the last period: a group's share of the texts against that of all others."""

WEIGHTING = pl.Schema(
    {
        "period": pl.String(),
        "groups": pl.String(),  # whose known shares were used
        "answers": pl.Int64(),
        "effective": pl.Float64(),  # answers of equal weight that would be as sure (Kish)
        "design_effect": pl.Float64(),
        "limited": pl.Float64(),  # share of the answers whose weight lies at a limit
        "sampling": pl.String(),  # random or opt-in
        "whom_vi": pl.String(),  # of whom a share may be told
        "whom_en": pl.String(),
    }
)
"""Population weights of a survey's answers, period by period."""

CODED = pl.Schema({"period": pl.String(), "texts": pl.Int64(), "drawn": pl.Int64(), "coded": pl.Int64()})
"""How much of each period people coded: its texts, the texts of its random sample, and those that were coded."""

IMPACT = pl.Schema(
    {
        "issue": pl.UInt8(),
        "messages": pl.Int64(),
        "voices": pl.Int64(),  # accounts, at least
        "sources": pl.Int64(),  # sources with at least k of them; null where that is not told
        "weeks": pl.Int64(),  # weeks (months, quarters) with at least k of them
        "intensity": pl.Float64(),  # share of its distinct messages that complain or ask, 0–1
        "intensity_low": pl.Float64(),
        "intensity_high": pl.Float64(),
        "momentum": pl.Float64(),  # its share lately over its share before; null where there is too little
        "momentum_low": pl.Float64(),
        "momentum_high": pl.Float64(),
    }
)
"""The impact of issues as a profile: machine counts, each with its unit."""

AGREEMENT = pl.Schema(
    {
        "what": pl.String(),  # id of an issue, or 'reaction'
        "texts": pl.Int64(),  # coded twice
        "used": pl.Int64(),  # of these: at least one coder gave this issue
        "agree": pl.Float64(),  # share of the texts coded alike
        "alpha": pl.Float64(),  # Krippendorff's; null where nobody used it: nothing can be said
        "low": pl.Float64(),
        "high": pl.Float64(),  # 95 % interval of alpha, by bootstrap over texts
    }
)
"""How far two coders agree: one row per issue, and one for the reaction."""

SILENT = pl.Schema(
    {
        "source": pl.String(),
        "week": pl.Date(),  # its first day (of the month, the quarter)
        "judged": pl.Boolean(),  # whether the week is still judged: the source usually brings little of all texts
    }
)
"""Gaps in collection: weeks in which a source brought far fewer texts than it does."""

LEFT_OUT = pl.Schema({"file": pl.String(), "row": pl.UInt64(), "reason": pl.String()})
"""Rows that were left out: file name, row number as a spreadsheet shows it (the header is row 1), reason id."""

Progress = Callable[[str, int, int], None]
"""Called as progress(stage, done, total) on long work; total is 0 where it is not known."""


def no_progress(_stage: str, _done: int, _total: int) -> None:
    """Progress that nobody looks at."""


@dataclass(frozen=True)
class FileReading:
    """How one file was read: shown before the run, kept in the study, printed in the report's methods.

    Counts are rows. `columns` maps a role (text, date, author, source) to the user's column name; `groups` are the names of
    columns of groups; `ignored` counts the columns that were not named: nothing of them is stored.
    """

    name: str
    sha256: str
    format: str  # csv, tsv, xlsx, jsonl, json, parquet
    encoding: str  # utf-8, utf-8-sig, utf-16, windows-1258 … ('' where the format has none)
    delimiter: str
    rows: int
    kept: int
    columns: Mapping[str, str]
    groups: tuple[str, ...]
    ignored: int
    dates: str  # how dates were read: iso, dmy, mdy, epoch, serial (Excel's), words, relative; joined by '+'
    ambiguous_dates: int  # dates such as 03/04/2026, read as `dates` says
    undated: int  # rows kept without a date
    as_of: dt.date | None  # the day from which 'hôm qua' and '2 tuần trước' are counted; None where none occurs
    repaired: Mapping[str, int] = field(default_factory=dict)  # repairs by kind (broken quotes, bad bytes, NUL …)
    left_out: Mapping[str, int] = field(default_factory=dict)  # rows left out, by reason id


@dataclass(frozen=True)
class Texts:
    """Texts that were read: how they were read, and the texts as batches.

    Attributes
    ----------
    files : how each file was read, in order.
    left_out : frame of schema `LEFT_OUT`.
    groups : labels of the columns of groups, over all files.
    has_authors : True when every file has an author column, so that `voice` counts accounts.
    batches : a function that reads the texts again from the start, as frames of at most 131,072 rows (schema `TEXTS`).
    inputs : the paths that were asked for.
    asked, asked_groups : the columns that were asked for by name; roles that were recognised are not among them.
    as_of, k : as asked for.
    """

    files: tuple[FileReading, ...]
    left_out: pl.DataFrame
    groups: tuple[str, ...]
    has_authors: bool
    batches: Callable[[], Iterator[pl.DataFrame]]
    inputs: tuple[str, ...] = ()
    asked: Mapping[str, str] = field(default_factory=dict)
    asked_groups: tuple[str, ...] = ()
    as_of: dt.date | None = None
    k: int = 10

    def frame(self) -> pl.DataFrame:
        """All texts as one frame (schema `TEXTS` and the columns of groups)."""
        return pl.concat(list(self.batches()))


@dataclass(frozen=True)
class Rule:
    """The disclosure rule in force.

    Attributes
    ----------
    k : least number that a published cell stands for.
    basis : 'accounts' or 'messages': what is counted for k.
    """

    k: int
    basis: str


@dataclass(frozen=True)
class Overview:
    """What the corpus is made of. Counts of texts unless said otherwise; None where a count is hidden."""

    texts: int
    messages: int
    voices: int | None
    copies: int
    sources: int
    first: dt.date | None
    last: dt.date | None
    undated: int | None
    masks: int
    with_issue: int | None
    found: int | None
    undecided: int | None


@dataclass(frozen=True)
class Figures:
    """All figures of a study, after disclosure control.

    Attributes
    ----------
    rule : the disclosure rule that was applied.
    every : 'week', 'month' or 'quarter': what the column week holds the first day of.
    overview : the corpus as a whole.
    issues : issue, texts, messages, voices, share_texts, share_messages (0–1), hidden; by falling share of messages.
    weeks : issue (null for all texts), week, texts, messages, hidden: every week (or month, quarter) of the window.
    sources : source (`MERGED` where small ones were merged), texts, messages, voices, hidden.
    source_weeks : source, week, texts, hidden: every week of the window.
    groups : group, value (`MERGED` likewise), issue, texts, share (of the texts of that value), hidden.
    group_totals : group, value, texts, hidden.
    reactions : issue (null for all), reaction, texts, share, hidden.
    bursts : issue, week, expected, ratio; only weeks that are shown, and calculated from what is shown.
    phrases : issue, phrase (position in the model), texts, messages, voices; each used by at least k.
    shared : copy_of, message (text id of one that has the root's very words), texts, voices, verbatim (voices that used those
        words), own (words of its own), sources, first_week, last_week, weeks.
    shares, changes, contrasts, coded, agreement : from hand-coding, of the schemas `SHARES`, `CHANGES`, `CONTRASTS`, `CODED` and
        `AGREEMENT`; empty without it.
    weighting : population weights, of schema `WEIGHTING`; empty where no margins are given.
    impact : profile of each issue, of schema `IMPACT`.
    gaps : gaps in collection, of schema `SILENT`.
    """

    rule: Rule
    every: str
    overview: Overview
    issues: pl.DataFrame
    weeks: pl.DataFrame
    sources: pl.DataFrame
    source_weeks: pl.DataFrame
    groups: pl.DataFrame
    group_totals: pl.DataFrame
    reactions: pl.DataFrame
    bursts: pl.DataFrame
    phrases: pl.DataFrame
    shared: pl.DataFrame
    shares: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=SHARES))
    changes: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=CHANGES))
    coded: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=CODED))
    agreement: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=AGREEMENT))
    impact: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=IMPACT))
    contrasts: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=CONTRASTS))
    weighting: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=WEIGHTING))
    gaps: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=SILENT))


@dataclass(frozen=True)
class IssueLabel:
    """How an issue is called and what it is, for people.

    Attributes
    ----------
    id : of the code-book, or 'found_417' … for a discovered one.
    found : whether it was discovered in the texts.
    name, definition : for a discovered issue the name is made of its typical phrases.
    phrases : typical phrases, most typical first, each used by at least k; for a code-book issue too.
    belongs, excludes, seeds, law, counter, sub, ilo : from the code-book, printed in the report; `sub` are names of sub-issues.
    """

    id: str
    found: bool
    name: Say
    definition: Say
    phrases: tuple[str, ...] = ()
    belongs: Say = field(default_factory=lambda: Say("", ""))
    excludes: Say = field(default_factory=lambda: Say("", ""))
    seeds: tuple[str, ...] = ()
    law: Say = field(default_factory=lambda: Say("", ""))
    counter: tuple[str, ...] = ()
    sub: tuple[Say, ...] = ()
    ilo: Say = field(default_factory=lambda: Say("", ""))


@dataclass(frozen=True)
class ClaimSeen:
    """A claim that the texts of a study repeat, after disclosure control.

    Attributes
    ----------
    claim : what is said, masked: the claim of the check, or for one not checked yet the wording of the texts.
    check : id of its check; '' where it was not checked yet.
    verdict : the word of the verdict; empty where it was not checked yet.
    summary, sources : what was found, and on what it rests.
    texts, messages, voices : how often it was seen; voices is None where the input has no authors.
    weeks : first day of a week → texts, None where hidden.
    """

    claim: str
    check: str
    verdict: Say
    summary: str
    sources: tuple[str, ...]
    texts: int
    messages: int
    voices: int | None
    weeks: Mapping[dt.date, int | None] = field(default_factory=dict)
