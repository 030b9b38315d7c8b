"""What people may do with a claim, and when: from received to published, and what follows.

received → triaged → evidence → draft → read → published → corrected, retracted, or to review again. A verdict comes from a person's
draft alone, and a second, different person has to read it before it is published.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from langnghe.check.checks import VERDICTS, Check, Source, source_of
from langnghe.errors import Say, SettingError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from langnghe.check.record import Record

STATES = {
    "received": Say("đã nhận", "received"),
    "triaged": Say("kiểm chứng được", "can be checked"),
    "set_aside": Say("không kiểm chứng", "set aside"),
    "evidence": Say("đang tìm căn cứ", "evidence"),
    "draft": Say("bản nháp", "draft"),
    "read": Say("đã có người đọc lại", "read by a second person"),
    "published": Say("đã đăng", "published"),
    "corrected": Say("đã đính chính", "corrected"),
    "retracted": Say("đã rút lại", "retracted"),
    "review": Say("cần xem lại", "to review again"),
}

TRIAGES = {
    "checkable": Say("kiểm chứng được", "can be checked"),
    "opinion": Say("ý kiến, không đúng sai", "an opinion, neither right nor wrong"),
    "duplicate": Say("trùng với một điều đã nhận", "the same as one received before"),
    "out_of_scope": Say(
        "ngoài phạm vi: chính trị, cá nhân, hoặc không phải việc làm",
        "out of scope: politics, persons, or not about work",
    ),
}

WORDS = {
    "receive": Say("nhận", "received"),
    "triage": Say("phân loại", "triaged"),
    "evidence": Say("dẫn căn cứ", "cited evidence"),
    "draft": Say("soạn", "drafted"),
    "read": Say("đọc lại", "read"),
    "return": Say("trả lại", "returned"),
    "publish": Say("đăng", "published"),
    "retract": Say("rút lại", "retracted"),
    "review": Say("đưa ra xem lại", "put up for review"),
}
"""Act → what was done, in words."""

NEXT = {
    "received": "triage {} checkable",
    "triaged": "evidence {}",
    "evidence": "verdict {} draft --verdict … --summary …",
    "draft": "verdict {} read --who …",
    "read": "verdict {} publish",
    "published": "publish …",
    "corrected": "publish …",
    "retracted": "publish …",
    "review": "evidence {}",
}
"""State → the command that comes next, where there is one."""

ACTS: Mapping[str, frozenset[str]] = {
    "receive": frozenset({""}),
    "triage": frozenset({"received", "triaged", "set_aside"}),
    "evidence": frozenset({"triaged", "evidence", "draft", "review"}),
    "draft": frozenset({"evidence", "draft", "review", "published", "corrected"}),
    "read": frozenset({"draft"}),
    "return": frozenset({"draft", "read"}),
    "publish": frozenset({"read"}),
    "retract": frozenset({"published", "corrected", "review"}),
    "review": frozenset({"published", "corrected"}),
}
"""Act → the states in which it may be done."""


@dataclass(frozen=True)
class Correction:
    """What was changed after publication: day, and what."""

    date: str
    what: str


@dataclass(frozen=True)
class File:
    """A claim at the desk as its records leave it.

    Attributes
    ----------
    id, text : the claim as received, masked.
    state : a key of `STATES`.
    seen : number of the last record about it; an act states the one it was decided on.
    triage, same_as : how it was triaged, and for a duplicate of which claim.
    wordings, addresses : other ways of putting it, and where it was seen.
    sources : what was brought as evidence.
    draft : the check that is being written; None before a draft.
    drafters : who wrote it, since the last publication.
    reader : who read it; '' before.
    roles : roles of the writer and of the reader, for the page.
    published : the check that stands in the open; None where none does.
    first_published, corrections, retracted : days and what was changed; the reason of a retraction.
    interest : whether it is about the federation itself.
    """

    id: str
    text: str = ""
    state: str = ""
    seen: int = 0
    triage: str = ""
    same_as: str = ""
    wordings: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    draft: Check | None = None
    correction: str = ""
    drafters: frozenset[str] = frozenset()
    reader: str = ""
    roles: tuple[str, str] = ("", "")
    published: Check | None = None
    published_roles: tuple[str, str] = ("", "")
    first_published: str = ""
    corrections: tuple[Correction, ...] = ()
    retracted: str = ""
    interest: bool = False
    history: tuple[Record, ...] = field(default=())


def apply(file: File, record: Record) -> File:
    """The claim after one more record.

    Raises
    ------
    SettingError
        The act may not be done now, or lacks what it needs.
    """
    if record.act not in ACTS or file.state not in ACTS[record.act]:
        raise _not_now(file, record.act)
    changed = _DO[record.act](file, record)
    return replace(changed, seen=record.number, history=(*file.history, record))


def _receive(file: File, record: Record) -> File:
    said = record.said
    return replace(
        file,
        text=said["text"],
        state="received",
        addresses=tuple(said.get("addresses", ())),
        interest=bool(said.get("interest")),
    )


def _triage(file: File, record: Record) -> File:
    kind = str(record.said.get("kind", ""))
    _one_of(file, "triage", kind, TRIAGES)
    state = "triaged" if kind == "checkable" else "set_aside"
    return replace(file, state=state, triage=kind, same_as=str(record.said.get("same_as", "")))


def _evidence(file: File, record: Record) -> File:
    return replace(file, state="evidence", sources=(*file.sources, source_of(record.said)))


def _draft(file: File, record: Record) -> File:
    said = record.said
    _one_of(file, "verdict", str(said.get("verdict", "")), VERDICTS)
    if not file.sources:
        raise _lacks(file, Say("Chưa có căn cứ nào.", "There is no evidence yet."), "evidence")
    if not str(said.get("summary", "")).strip():
        raise _lacks(file, Say("Bản nháp thiếu câu trả lời ngắn.", "The draft lacks its short answer."), "--summary")
    correction = str(said.get("correction", ""))
    if file.published is not None and not correction.strip():
        raise _lacks(file, Say("Đính chính phải nói đã sửa gì.", "A correction says what was changed."), "--correction")
    before = file.draft or Check(file.id, file.text)
    check = Check(
        id=file.id,
        claim=str(said.get("claim") or before.claim),
        title=str(said.get("title") or before.title),
        summary=str(said["summary"]),
        wordings=file.wordings,
        verdict=str(said["verdict"]),
        explanation=str(said.get("explanation") or before.explanation),
        sources=file.sources,
        topic=str(said.get("topic") or before.topic),
        addresses=file.addresses,
    )
    drafters = file.drafters | {record.who}
    return replace(file, state="draft", draft=check, correction=correction, drafters=drafters, roles=(record.role, ""))


def _read(file: File, record: Record) -> File:
    if _same_person(record.who) in {_same_person(name) for name in file.drafters}:
        raise SettingError(
            file.id,
            Say("Người đọc lại phải là người khác với người soạn.", "The second reader is not one of those who wrote it."),
            Say("Hãy nhờ một cán bộ khác đọc.", "Ask another officer to read it."),
        )  # fmt: skip
    return replace(file, state="read", reader=record.who, roles=(file.roles[0], record.role))


def _return(file: File, _record: Record) -> File:
    return replace(file, state="evidence", reader="")


def _publish(file: File, record: Record) -> File:
    if file.draft is None or not file.reader:
        raise _not_now(file, "publish")
    day = record.at[:10]
    corrections = file.corrections
    if file.published is not None:
        corrections = (*corrections, Correction(day, file.correction))
    first = file.first_published or day
    check = replace(file.draft, date=_day(first), wordings=file.wordings)
    state = "corrected" if file.published is not None else "published"
    return replace(
        file, state=state, published=check, published_roles=file.roles, first_published=first, corrections=corrections,
        drafters=frozenset(), reader="", correction="",
    )  # fmt: skip


def _retract(file: File, record: Record) -> File:
    reason = str(record.said.get("reason", "")).strip()
    if not reason:
        raise _lacks(file, Say("Rút lại phải nói lý do.", "A retraction gives its reason."), "--reason")
    return replace(file, state="retracted", retracted=reason, corrections=(*file.corrections, Correction(record.at[:10], reason)))  # fmt: skip


def _review(file: File, _record: Record) -> File:
    return replace(file, state="review")


_DO: Mapping[str, Callable[[File, Record], File]] = {
    "receive": _receive, "triage": _triage, "evidence": _evidence, "draft": _draft, "read": _read, "return": _return,
    "publish": _publish, "retract": _retract, "review": _review,
}  # fmt: skip


def state_of(file: File) -> Say:
    """Where a claim stands, in words; why it was set aside, where it was."""
    if file.state != "set_aside":
        return STATES[file.state]
    why, of = TRIAGES[file.triage], f": {file.same_as}" if file.same_as else ""
    return Say(why.vi + of, why.en + of)


def with_duplicates(files: Mapping[str, File]) -> dict[str, File]:
    """The claims, each with the wordings and addresses of those that people found to be the same."""
    joined = dict(files)
    for file in files.values():
        target = joined.get(file.same_as)
        if file.triage == "duplicate" and target is not None:
            joined[target.id] = _with_wording(target, file)
    return joined


def _with_wording(target: File, same: File) -> File:
    wordings = tuple(dict.fromkeys([*target.wordings, same.text]))
    seen_at = tuple(dict.fromkeys([*target.addresses, *same.addresses]))
    checks = [replace(c, wordings=wordings, addresses=seen_at) if c else None for c in (target.draft, target.published)]
    return replace(target, wordings=wordings, addresses=seen_at, draft=checks[0], published=checks[1])


def _same_person(name: str) -> str:
    return " ".join(name.casefold().split())


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _one_of(file: File, name: str, value: str, known: Sequence[str] | Mapping[str, Any]) -> None:
    if value not in known:
        raise SettingError(
            file.id,
            Say(f"{name}: không có '{value}'.", f"{name}: there is no '{value}'."),
            Say(f"Hãy chọn: {', '.join(known)}.", f"Choose one of: {', '.join(known)}."),
        )


def _lacks(file: File, what: Say, option: str) -> SettingError:
    return SettingError(file.id, what, Say(f"Hãy thêm bằng {option}.", f"Add it with {option}."))


def _not_now(file: File, act: str) -> SettingError:
    state = STATES.get(file.state, Say("chưa nhận", "not received"))
    known = [name for name, states in ACTS.items() if file.state in states]
    return SettingError(
        file.id,
        Say(
            f"Điều này đang ở bước '{state.vi}' nên chưa thể {WORDS[act].vi if act in WORDS else act}.",
            f"This claim is at '{state.en}', where '{act}' can't be done.",
        ),
        Say(
            f"Lúc này có thể: {', '.join(f'{name} ({WORDS[name].vi})' for name in known) or 'không làm gì'}.",
            f"What can be done now: {', '.join(known) or 'nothing'}.",
        ),
    )
