"""The ledger: what was published before, so that two reports can't be subtracted from each other.

Each publication is one file, named by the hash of its content and never changed: in the study's folder 'ledger', and in a folder
of the user, where reports that were written without a study and other studies of the same files find it. A record holds the
hashes of the inputs and counts that were printed, nothing else.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from dataclasses import asdict, dataclass, field, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from langnghe.errors import CheckFailed, Say
from langnghe.measure.disclosure import Links, Then
from langnghe.measure.figures import FITS
from langnghe.nouns import GROUP_PREFIX, MERGED
from langnghe.write import write_bytes, writing

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from langnghe.nouns import Figures

Coordinates = frozenset[tuple[str, Any]]

PLACE = "LANGNGHE_LEDGER"
"""Environment variable that names the user's folder of the ledger."""

FOUND = "found_"
"""Begins the ids of discovered issues: those of two reports are not the same."""

UNKNOWN = "?"
"""What stands in a record of an earlier version for what it does not say."""


@dataclass(frozen=True)
class Publication:
    """One publication.

    Attributes
    ----------
    inputs : SHA-256 of the files, sorted.
    scope : hash of the settings that say which texts and dates are read.
    definition : hash of what decides which issue a text has.
    k : least count. version : hash of the program. every : step of time. first, last : dates of its first and last text (ISO).
    asked, groups : columns of groups that were asked for, and those that were printed.
    cells : coordinates as a string → texts; only cells that were printed.
    """

    inputs: tuple[str, ...]
    scope: str
    definition: str
    k: int
    version: str
    asked: tuple[str, ...] = ()
    every: str = ""
    first: str = ""
    last: str = ""
    groups: tuple[str, ...] = ()
    cells: dict[str, int] = field(default_factory=dict)

    @property
    def settings(self) -> tuple[Any, ...]:
        """What makes two runs the same run."""
        return self.inputs, self.scope, self.definition, self.k, self.version, self.asked

    def of(self, figures: Figures, names: Sequence[str]) -> Publication:
        """The publication with its figures."""
        return replace(
            self,
            every=figures.every,
            first=_iso(figures.overview.first),
            last=_iso(figures.overview.last),
            groups=tuple(figures.group_totals["group"].unique().sort()),
            cells={coordinate_key(place, names): texts for place, texts in _printed(figures)},
        )


def user_folder() -> Path:
    """The user's folder of the ledger."""
    if given := os.environ.get(PLACE):
        return Path(given)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "langnghe" / "ledger"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "langnghe" / "ledger"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "langnghe" / "ledger"


def coordinate_key(place: Coordinates, names: Sequence[str]) -> str:
    """Coordinates as a string, issues by their ids."""
    said = {name: names[value] if name == "issue" else str(value) for name, value in place}
    return json.dumps(said, sort_keys=True, ensure_ascii=False)


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _printed(figures: Figures) -> Iterator[tuple[Coordinates, int]]:
    """The cells that were printed, and their texts."""
    yield frozenset(), figures.overview.texts
    if figures.overview.with_issue:
        yield frozenset({("state", FITS)}), figures.overview.with_issue
    plain = {"issues": ["issue"], "weeks": ["issue", "week"], "sources": ["source"], "source_weeks": ["source", "week"]}
    for name, columns in {**plain, "reactions": ["issue", "reaction"]}.items():
        frame = getattr(figures, name).filter(~pl.col("hidden"))
        for *values, texts in frame.select(*columns, "texts").iter_rows():
            pairs = zip(columns, values, strict=True)
            yield frozenset((c, v) for c, v in pairs if c != "issue" or v is not None), texts
    for frame, issue in ((figures.group_totals.with_columns(issue=None), False), (figures.groups, True)):
        rows = frame.filter(~pl.col("hidden")).select("group", "value", "issue", "texts").iter_rows()
        for group, value, number, texts in rows:
            named = {(GROUP_PREFIX + group, value)}
            yield frozenset(named | {("issue", number)} if issue else named), texts


def publications(folders: Iterable[Path]) -> list[Publication]:
    """All publications in some folders, each once, in an order that depends on their content alone."""
    paths = {path.name: path for folder in folders if folder.is_dir() for path in folder.glob("*.json")}
    return [_read(paths[name]) for name in sorted(paths)]


def _read(path: Path) -> Publication:
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != path.stem:
        raise _damaged(path.name)
    return _parsed(data, path.name)


@lru_cache(maxsize=256)
def _parsed(data: bytes, name: str) -> Publication:
    read = json.loads(data)
    if not {"inputs", "cells"} <= set(read):
        raise _damaged(name)
    return _understood(read)


def _damaged(name: str) -> CheckFailed:
    return CheckFailed(
        name,
        Say("sổ công bố bị sửa hoặc hỏng.", "this record of the ledger was changed or is damaged."),
        Say(
            "Hãy lấy lại tệp đó từ bản sao lưu; không có nó thì không biết đã công bố những gì.",
            "Restore it from a backup: without it nobody knows what was published.",
        ),
    )


def _understood(read: dict[str, Any]) -> Publication:
    """A record of any version of the program: of what it does not say the strictest is assumed.

    It is then of another run than this one, may be of the same texts and issues, and has the groups that its cells name.
    """
    named = {name for key in read["cells"] for name in json.loads(key) if name.startswith(GROUP_PREFIX)}
    groups = sorted(name.removeprefix(GROUP_PREFIX) for name in named)
    unsaid = {"scope": UNKNOWN, "definition": UNKNOWN, "k": 0, "version": UNKNOWN, "asked": [UNKNOWN], "groups": groups}
    told: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in {**unsaid, **read}.items()
        if key in _FIELDS
    }
    return Publication(**told)


_FIELDS = {entry.name for entry in fields(Publication)}


def _may_be(one: str, other: str) -> bool:
    """Whether two scopes, or two definitions, may be the same."""
    return one == other or UNKNOWN in {one, other}


def record(publication: Publication, folders: Iterable[Path]) -> None:
    """Add a publication to the ledger; one that is there already is left alone."""
    data = json.dumps(asdict(publication), sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    name = f"{hashlib.sha256(data).hexdigest()}.json"
    for folder in folders:
        with writing(folder):
            folder.mkdir(parents=True, exist_ok=True)
        if not (folder / name).is_file():
            write_bytes(folder / name, data)


@dataclass(frozen=True)
class Earlier:
    """What earlier publications say about the texts of a run.

    Attributes
    ----------
    same : publications of the very same texts.
    other : publications that share texts with this run.
    definition : of this run's issues.
    """

    same: tuple[Publication, ...] = ()
    other: tuple[Publication, ...] = ()
    definition: str = ""

    def links(self, places: Collection[Coordinates], names: Sequence[str], every: str, links: Links) -> Links:
        """The links of a run with what is known beside it."""
        known = {place for one in self.same for place in self._told(one, places, names, every)}
        reports: dict[tuple[str, ...], dict[Coordinates, float]] = {}
        for one in self.other:
            told = self._told(one, places, names, every)
            empty = dict.fromkeys(_empty_then(one, places), 0.0)
            reports.setdefault(one.inputs, {}).update({**empty, **told})
        nearest = sorted((told for told in reports.values() if told), key=lambda told: -told.get(frozenset(), 0.0))
        return replace(links, known=known, earlier=tuple(Then(told) for told in nearest))

    def _told(
        self, one: Publication, places: Collection[Coordinates], names: Sequence[str], every: str
    ) -> dict[Coordinates, float]:
        """The cells of now that a publication printed: not those of issues defined otherwise, of another step or of merged groups."""
        told = {}
        for place in places:
            pairs = dict(place)
            issue = names[pairs["issue"]] if "issue" in pairs else ""
            decided = issue or "state" in pairs
            if decided and (issue.startswith(FOUND) or not _may_be(one.definition, self.definition)):
                continue
            if MERGED in pairs.values() or ("week" in pairs and one.every not in {every, ""}):
                continue
            key = coordinate_key(place, names)
            if key in one.cells:
                told[place] = float(one.cells[key])
        return told


def _empty_then(one: Publication, places: Collection[Coordinates]) -> Iterator[Coordinates]:
    """The cells of now whose weeks lie before the first or after the last text of a publication."""
    if not (one.first and one.last):
        return
    weeks = sorted({week.isoformat() for place in places for name, week in place if name == "week" and week})
    first = max((week for week in weeks if week <= one.first), default="")
    for place in places:
        week = dict(place).get("week")
        if week and not first <= week.isoformat() <= one.last:
            yield place


def earlier(run: Publication, study: Path, groups: Collection[str]) -> Earlier:
    """What was published before that a run has to be checked against; not the same run itself.

    Raises
    ------
    CheckFailed
        The same texts were published by another grouping, which this run leaves out: whether the two together give anyone
        away can't be seen.
    """
    own, everywhere = publications([study / "ledger"]), publications([user_folder(), study / "ledger"])
    others = [one for one in everywhere if one.settings != run.settings and _may_be(one.scope, run.scope)]
    same = tuple(one for one in others if one.inputs == run.inputs)
    for one in same:
        missing = sorted(set(one.groups) - set(groups))
        if missing and set(groups) - set(one.groups):
            raise _left_out(missing)
    inputs = set(run.inputs)
    related = [one for one in others if one.inputs != run.inputs and (inputs & set(one.inputs) or one in own)]
    return Earlier(same, tuple(related), run.definition)


def _left_out(missing: Sequence[str]) -> CheckFailed:
    options = " ".join(f'--group "{name}"' for name in missing)
    return CheckFailed(
        ", ".join(missing),
        Say(
            "đã có báo cáo từ cùng tệp chia theo nhóm này; thêm một cách chia khác mà bỏ cách cũ thì không kiểm tra được hai báo cáo ghép lại có lộ ai "
            "không.",
            "an earlier report on the same files has this grouping; with another one in its place nobody can check what the two reports "
            "give away together.",
        ),
        Say(f"Hãy thêm {options} rồi chạy lại.", f"Add {options} and run again."),
    )
