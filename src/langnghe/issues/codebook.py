"""Code-books: which issues there are, what belongs to them, and which phrases speak for them.

A code-book is a TOML file that a person reads and edits. It is checked when it is read; all faults are named at once, each with its
line. What no issue may be about is refused here (see `langnghe.issues.refusals`).
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import asdict, dataclass, replace
from functools import cache, lru_cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from langnghe.errors import Say, SettingError
from langnghe.issues.form import (
    Faults,
    Place,
    lines_of,
    read_id,
    read_listed,
    read_phrases,
    read_rows,
    read_say,
    read_table,
)
from langnghe.issues.refusals import find_refusals
from langnghe.words.lookup import LONGEST
from langnghe.words.vocabulary import fold_phrase

if TYPE_CHECKING:
    from collections.abc import Mapping

REACTIONS = ("complaint", "request", "question", "praise", "information", "other")
"""The reactions, in the one order in which every chart and table shows them."""

SHIPPED = "labour-vi"
"""The code-book that comes with Lắng Nghe."""

MOST_ISSUES = 200
MOST_SUBS = 50
_MAX_BYTES = 2_000_000
_BOOK_KEYS = frozenset("id version licence name description issue reaction dropped signature".split())
_REACTION_KEYS = frozenset("id name definition belongs excludes seeds counter".split())
_ISSUE_KEYS = _REACTION_KEYS | frozenset("sub law ilo ilo_ratified origin merged split_from".split())
_SUB_KEYS = frozenset("id name definition seeds".split())
_LAW_KEYS = frozenset("law articles verified".split())
_DROPPED_KEYS = frozenset("id name phrases".split())
_SIGNATURE_KEYS = frozenset("editor signer date sha256".split())


@dataclass(frozen=True)
class Law:
    """Articles of one law that apply to an issue; `verified` when their text was read for this code-book."""

    law: str
    articles: tuple[int, ...]
    verified: bool


@dataclass(frozen=True)
class SubIssue:
    """A part of an issue; its seeds are among those of the issue."""

    id: str
    name: Say
    definition: Say
    seeds: tuple[str, ...]


@dataclass(frozen=True)
class Issue:
    """One issue (or reaction) of a code-book.

    Attributes
    ----------
    id, name, definition, belongs, excludes, law, ilo : what it is, for people.
    seeds, counter : phrases that speak for it, those of its sub-issues included; phrases that hide seeds.
    ilo_ratified : those of `ilo` that Viet Nam has ratified.
    sub : its sub-issues.
    origin : 'found' where people took it over from a candidate, else ''.
    merged : ids of issues that went into it; hand-codings with them count for this issue.
    split_from : id of the issue that it was split from, else ''.
    """

    id: str
    name: Say
    definition: Say
    belongs: Say
    excludes: Say
    seeds: tuple[str, ...]
    counter: tuple[str, ...]
    law: tuple[Law, ...] = ()
    ilo: tuple[str, ...] = ()
    ilo_ratified: tuple[str, ...] = ()
    sub: tuple[SubIssue, ...] = ()
    origin: str = ""
    merged: tuple[str, ...] = ()
    split_from: str = ""


@dataclass(frozen=True)
class Dropped:
    """A candidate or an issue that people do not want: known again by its phrases."""

    name: Say
    phrases: tuple[str, ...]
    id: str = ""


@dataclass(frozen=True)
class Signature:
    """A second person stands for a code-book: who edited it, who signed, when, and the hash of what was signed."""

    editor: str
    signer: str
    date: str
    sha256: str


@dataclass(frozen=True)
class Codebook:
    """A code-book: its issues and reactions in their order.

    Attributes
    ----------
    id, version, name : what it is.
    sha256 : of the file it was read from; printed in the report.
    issues, reactions : what is counted.
    dropped : what people do not want to be proposed again.
    signature : of the second person, or None.
    """

    id: str
    version: int
    name: Say
    sha256: str
    issues: tuple[Issue, ...]
    reactions: tuple[Issue, ...]
    dropped: tuple[Dropped, ...] = ()
    signature: Signature | None = None

    def content_sha256(self) -> str:
        """The hash of what is counted, and of what it is called: comments, order of keys, law and version do not change it."""
        kept = [asdict(one) for one in (*self.issues, *self.reactions)]
        for row in kept:
            del row["law"], row["ilo"], row["ilo_ratified"]
        return sha256(repr(kept).encode()).hexdigest()

    def current_ids(self) -> dict[str, str]:
        """Every id that a hand-coding may hold → the id of the issue that it counts for today."""
        known = {old: issue.id for issue in self.issues for old in issue.merged}
        return known | {issue.id: issue.id for issue in self.issues}


def read_codebook(source: str | Path) -> Codebook:
    """Read a code-book by its name ('labour-vi') or from a TOML file.

    Raises
    ------
    SettingError
        The file is missing, no TOML, breaks a rule of the form, or an issue is about what no issue may be about; the message names
        all faults with their lines.
    """
    raw = _bytes(source)
    return parse_codebook(raw, SHIPPED if raw == _shipped() else str(source))


@lru_cache(maxsize=16)
def parse_codebook(raw: bytes, where: str) -> Codebook:
    """A code-book from the bytes of its file; `where` names it in errors. See `read_codebook`."""
    data = _toml(raw, where)
    faults = Faults(where, lines_of(raw.decode("utf-8-sig")))
    read_table(data, Place(), _BOOK_KEYS, faults)
    rows = read_rows(data.get("issue", []), Place(key="issue"), faults, MOST_ISSUES)
    reactions = read_rows(data.get("reaction", []), Place(key="reaction"), faults, len(REACTIONS))
    dropped = read_rows(data.get("dropped", []), Place(key="dropped"), faults, MOST_ISSUES)
    book = Codebook(
        id=str(data.get("id", Path(where).stem)),
        version=_version(data.get("version", 1), faults),
        name=read_say(data.get("name", where), Place(key="name"), faults),
        sha256=sha256(raw).hexdigest(),
        issues=tuple(_issue(row, Place("issue", n), faults) for n, row in enumerate(rows, 1)),
        reactions=tuple(_issue(row, Place("reaction", n), faults) for n, row in enumerate(reactions, 1)),
        dropped=tuple(_dropped(row, Place("dropped", n), faults) for n, row in enumerate(dropped, 1)),
        signature=_signature(data.get("signature"), faults),
    )
    if raw != _shipped():  # that one is checked by a test, so that no run need do it
        _check(book, faults)
    faults.raise_any()
    return _with_names(book)


def _with_names(book: Codebook) -> Codebook:
    """The code-book with names where an issue says by id what it leaves to another: '…: bonus' → '… (see “Bonus”)'."""
    names = {one.id: one.name for one in (*book.issues, *book.reactions)}

    def named(one: Issue) -> Issue:
        return replace(one, excludes=Say(*(_see(one.excludes[lang], names, lang) for lang in ("vi", "en"))))

    return replace(book, issues=tuple(map(named, book.issues)), reactions=tuple(map(named, book.reactions)))


def _see(text: str, names: Mapping[str, Say], lang: str) -> str:
    def name(found: re.Match[str]) -> str:
        known = names.get(found[1])
        return f" ({Say('xem', 'see')[lang]} “{known[lang]}”)" if known else found[0]

    return re.sub(r": (\w+)(?=;|$)", name, text)


def _toml(raw: bytes, where: str) -> dict[str, Any]:
    try:
        return tomllib.loads(raw.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SettingError(
            where,
            Say(f"không đọc được sổ mã: {error}.", f"the code-book can't be read: {error}."),
            Say("Hãy sửa tệp TOML (mã UTF-8) ở chỗ đó.", "Mend the TOML file (UTF-8) there."),
        ) from None


def _version(value: Any, faults: Faults) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    faults.add(Place(key="version"), "cần một số nguyên", "needs a whole number")
    return 0


def codebook_bytes(source: str | Path) -> bytes:
    """The file of a code-book, by its name or its path."""
    return _bytes(source)


def shipped_sha256() -> str:
    """SHA-256 of the file of the shipped code-book."""
    return sha256(_shipped()).hexdigest()


@cache
def _shipped() -> bytes:
    return _bytes(SHIPPED)


def _bytes(source: str | Path) -> bytes:
    named = files("langnghe.vi").joinpath(f"{source}.toml")
    if not str(source).endswith(".toml") and named.is_file():
        return named.read_bytes()
    path = Path(source)
    if not path.is_file() or path.stat().st_size > _MAX_BYTES:
        raise SettingError(
            str(source),
            Say("không có sổ mã này, hoặc tệp quá lớn.", "there is no such code-book, or the file is too large."),
            Say(
                "Hãy dùng 'labour-vi', 'none' hoặc đường dẫn tới một tệp .toml dưới 2 MB.",
                "Use 'labour-vi', 'none' or the path of a .toml file under 2 MB.",
            ),
        )
    return path.read_bytes()


def _issue(value: Any, place: Place, faults: Faults) -> Issue:
    row = read_table(value, place, _ISSUE_KEYS if place.table == "issue" else _REACTION_KEYS, faults)
    name = read_id(row.get("id"), place, faults)
    place = Place(place.table, place.number, id=name)
    subs = read_rows(row.get("sub", []), place.at("sub"), faults, MOST_SUBS)
    sub = tuple(_sub(one, Place(place.table, place.number, n, id=name), faults) for n, one in enumerate(subs, 1))
    seeds = read_phrases(row.get("seeds", []), place.at("seeds"), faults)
    return Issue(
        id=name,
        name=read_say(row.get("name", name), place.at("name"), faults),
        definition=read_say(row.get("definition", ""), place.at("definition"), faults),
        belongs=read_listed(row.get("belongs", []), place.at("belongs"), faults),
        excludes=read_listed(row.get("excludes", []), place.at("excludes"), faults),
        seeds=tuple(dict.fromkeys((*seeds, *(seed for part in sub for seed in part.seeds)))),
        counter=read_phrases(row.get("counter", []), place.at("counter"), faults),
        law=tuple(_law(one, place.at("law"), faults) for one in read_rows(row.get("law", []), place, faults, 50)),
        ilo=read_phrases(row.get("ilo", []), place.at("ilo"), faults),
        ilo_ratified=read_phrases(row.get("ilo_ratified", []), place.at("ilo_ratified"), faults),
        sub=sub,
        origin=_origin(row.get("origin", ""), place.at("origin"), faults),
        merged=read_phrases(row.get("merged", []), place.at("merged"), faults),
        split_from=read_id(row["split_from"], place, faults) if "split_from" in row else "",
    )


def _origin(value: Any, place: Place, faults: Faults) -> str:
    if value in {"", "found"}:
        return str(value)
    faults.add(place, "chỉ có thể là 'found'", "can only be 'found'")
    return ""


def _sub(value: Any, place: Place, faults: Faults) -> SubIssue:
    row = read_table(value, place, _SUB_KEYS, faults)
    name = read_id(row.get("id"), place, faults)
    return SubIssue(
        id=name,
        name=read_say(row.get("name", name), place.at("name"), faults),
        definition=read_say(row.get("definition", ""), place.at("definition"), faults),
        seeds=read_phrases(row.get("seeds", []), place.at("seeds"), faults),
    )


def _law(value: Any, place: Place, faults: Faults) -> Law:
    row = read_table(value, place, _LAW_KEYS, faults)
    articles, verified = row.get("articles", []), row.get("verified", False)
    whole = isinstance(articles, list) and all(
        isinstance(n, int) and not isinstance(n, bool) and n > 0 for n in articles
    )
    if not whole or not isinstance(row.get("law"), str) or not isinstance(verified, bool):
        faults.add(
            place,
            'cần { law = "…", articles = [số], verified = true hoặc false }',
            'needs { law = "…", articles = [numbers], verified = true or false }',
        )
        return Law("", (), verified=False)
    return Law(row["law"], tuple(articles), verified)


def _dropped(value: Any, place: Place, faults: Faults) -> Dropped:
    row = read_table(value, place, _DROPPED_KEYS, faults)
    phrases = read_phrases(row.get("phrases", []), place.at("phrases"), faults)
    if not phrases:
        faults.add(place.at("phrases"), "không có cụm từ nào", "has no phrases")
    name = read_say(row.get("name", "; ".join(phrases[:3])), place.at("name"), faults)
    return Dropped(name, phrases, str(row.get("id", "")))


def _signature(value: Any, faults: Faults) -> Signature | None:
    if value is None:
        return None
    place = Place(key="signature")
    row = read_table(value, place, _SIGNATURE_KEYS, faults)
    parts = {key: str(row.get(key, "")) for key in ("editor", "signer", "date", "sha256")}
    if not all(part.strip() for part in parts.values()):
        faults.add(place, "cần editor, signer, date và sha256", "needs editor, signer, date and sha256")
        return None
    return Signature(**parts)


def _check(book: Codebook, faults: Faults) -> None:
    if not book.issues:
        faults.add(Place(), "không có [[issue]] nào", "has no [[issue]]")
    for n, issue in enumerate(book.issues, 1):
        _check_issue(issue, Place("issue", n, id=issue.id), faults)
    for n, reaction in enumerate(book.reactions, 1):
        place = Place("reaction", n, id=reaction.id)
        if reaction.id not in REACTIONS:
            faults.add(
                place, f"chỉ có các reaction: {', '.join(REACTIONS)}", f"the reactions are: {', '.join(REACTIONS)}"
            )
        _check_issue(reaction, place, faults)
    for table, rows in (("issue", book.issues), ("reaction", book.reactions)):
        seen = Counter(one.id for one in rows if one.id)
        for n, one in enumerate(rows, 1):
            if seen[one.id] > 1:
                faults.add(Place(table, n, id=one.id), f"id '{one.id}' lặp lại", f"the id '{one.id}' is given twice")
    taken = Counter(old for issue in book.issues for old in (issue.id, *issue.merged))
    for n, issue in enumerate(book.issues, 1):
        for old in (old for old in issue.merged if taken[old] > 1):
            faults.add(
                Place("issue", n, key="merged", id=issue.id),
                f"id '{old}' đã thuộc vấn đề khác",
                f"the id '{old}' is of another issue too",
            )


def _check_issue(issue: Issue, place: Place, faults: Faults) -> None:
    for key, phrases in (("seeds", issue.seeds), ("counter", issue.counter)):
        folded = {phrase: len(fold_phrase(phrase)) if any(map(str.isalnum, phrase)) else 0 for phrase in phrases}
        for phrase in (phrase for phrase, length in folded.items() if not 0 < length <= LONGEST):
            faults.add(
                place.at(key),
                f"cụm từ phải có từ 1 đến {LONGEST} âm tiết: '{phrase[:60]}'",
                f"a phrase must have 1 to {LONGEST} syllables: '{phrase[:60]}'",
            )
    if not issue.seeds:
        faults.add(place.at("seeds"), "không có cụm từ 'seeds'", "has no 'seeds'")
    for refusal in find_refusals(text for text in asked_by(issue) if text not in _shipped_texts()):
        told = f" ('{refusal.phrase}')" if refusal.phrase else ""
        faults.add(place, f"bị từ chối: {refusal.reason.vi}{told}", f"is refused: {refusal.reason.en}{told}")


@lru_cache(maxsize=1)
def _shipped_texts() -> frozenset[str]:
    """What the shipped code-book says; a test looks at all of it, so that each run need not."""
    data = tomllib.loads(_shipped().decode())
    faults = Faults(SHIPPED, {})
    rows = [(kind, n, row) for kind in ("issue", "reaction") for n, row in enumerate(data[kind], 1)]
    return frozenset(text for kind, n, row in rows for text in asked_by(_issue(row, Place(kind, n), faults)))


def asked_by(issue: Issue) -> tuple[str, ...]:
    """All that an issue asks for, as texts: its id, names, definitions, what belongs to it, its seeds; not what it excludes."""
    said = [issue.name, issue.definition, issue.belongs]
    said += [one for part in issue.sub for one in (part.name, part.definition)]
    ids = [one.replace("_", " ") for one in (issue.id, *(part.id for part in issue.sub))]
    return tuple(dict.fromkeys((*ids, *(text for one in said for text in (one.vi, one.en) if text), *issue.seeds)))
