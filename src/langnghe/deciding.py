"""People decide on the issues of a study: each decision is an edit of its code-book, kept in a journal, replayed on every run.

A candidate is what the machine found; an issue is what people want to be counted. Nothing of what people decided is lost by a run:
it stands in codebook.toml, and the folder `decisions` of the study holds who decided what, and the code-book as it was before.
"""

from __future__ import annotations

import datetime as dt
import difflib
import json
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from langnghe.errors import Say, SettingError
from langnghe.issues import edits
from langnghe.issues.codebook import Signature, parse_codebook, read_codebook
from langnghe.issues.custom import is_custom, is_signed, same_person
from langnghe.issues.saved import load_model
from langnghe.report.numbers import span
from langnghe.reporting import label_issues
from langnghe.study import Study, stored_path
from langnghe.verbs import measure_issues
from langnghe.write import write_bytes, writing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

FOLDER = "decisions"
_LISTED = "listed.json"


@dataclass(frozen=True)
class ListedIssue:
    """An issue or a candidate as it is listed for a decision.

    Attributes
    ----------
    id : of the code-book, or 'found_417' … for a candidate.
    found : whether it is a candidate.
    name : what it is called.
    phrases : typical phrases, each used by at least k.
    main : number of the main group that a candidate is in, from 1; None for an issue of the code-book.
    texts, messages, share : how many texts and distinct messages, share of the messages (0–1); None where hidden.
    """

    id: str
    found: bool
    name: Say
    phrases: tuple[str, ...]
    main: int | None
    texts: int | None
    messages: int | None
    share: float | None


@dataclass(frozen=True)
class Decision:
    """One decision on a code-book.

    Attributes
    ----------
    number : 1, 2 … in the journal of the study.
    what : accept, rename, merge, split, drop, add, sign or undo.
    about : ids that it is about.
    by : who decided, as they called themselves (a role or initials); may be ''.
    when : time in UTC, ISO 8601.
    before, after : SHA-256 of the code-book's file.
    change : the edit, as lines with - and +.
    """

    number: int
    what: str
    about: tuple[str, ...]
    by: str
    when: str
    before: str
    after: str
    change: str = ""


def list_issues(study: Study) -> tuple[ListedIssue, ...]:
    """List the issues and candidates of a study: those of the code-book in its order, then candidates by main group and falling size.

    Figures have passed disclosure control. Not among them are candidates that people dropped before, and small groups without a
    phrase that k used: there is nothing in them to decide on.
    """
    listed = tuple(row for row in _groups(study) if row.phrases or not row.found)
    known = {"of": study.manifest.hash_of("issues"), "decisions": len(read_decisions(study))}
    kept = {**known, "rows": [asdict(row) for row in listed]}
    write_bytes(study.folder / "products" / _LISTED, json.dumps(kept, ensure_ascii=False, indent=1).encode())
    return listed


def _groups(study: Study) -> list[ListedIssue]:
    """All issues, and all groups that the machine found, in the order of the list."""
    figures = measure_issues(study)
    sizes = {row["issue"]: row for row in figures.issues.iter_rows(named=True)}
    model = load_model(study.product("issues"))
    rows = [
        ListedIssue(
            label.id,
            label.found,
            label.name,
            label.phrases,
            model.main[number - model.guided] + 1 if label.found else None,
            *((sizes[number][key] for key in _SIZES) if number in sizes else (0, 0, 0.0)),
        )
        for number, label in enumerate(label_issues(study))
        if not label.found or number in sizes
    ]
    return sorted(rows, key=lambda row: (row.found, row.main or 0, -(row.messages or 0) if row.found else 0))


def listed_last(study: Study) -> tuple[ListedIssue, ...]:
    """The issues as people last decided, with the sizes of the last list, and the candidates that nobody decided on since.

    Nothing is counted: sizes are None where an issue is newer than the list.
    """
    path = study.folder / "products" / _LISTED
    nothing: dict[str, Any] = {"rows": [], "decisions": 0}
    kept: dict[str, Any] = json.loads(path.read_bytes()) if path.is_file() else nothing
    rows = {row["id"]: _listed(row) for row in kept["rows"]}
    since = [one for one in _standing(read_decisions(study)) if one.number > kept.get("decisions", 0)]
    gone = {name for one in since for name in one.about}
    book = read_codebook(study.codebook_path).issues
    issues = [
        replace(rows[one.id], name=one.name)
        if one.id in rows
        else ListedIssue(
            one.id, found=False, name=one.name, phrases=one.seeds, texts=None, messages=None, share=None, main=None
        )
        for one in book
    ]
    return (*issues, *(row for row in rows.values() if row.found and row.id not in gone))


_SIZES = ("texts", "messages", "share_messages")


def _candidates(study: Study) -> dict[str, ListedIssue]:
    """The candidates as they were listed last, as long as the issues were not found again since.

    So several can be decided on one after the other, though each decision makes the next run find other ones.
    """
    path = study.folder / "products" / _LISTED
    if path.is_file() and "issues" in study.manifest.stages():
        kept = json.loads(path.read_bytes())
        if kept["of"] == study.manifest.hash_of("issues"):
            return {row["id"]: _listed(row) for row in kept["rows"] if row["found"]}
    return {row.id: row for row in list_issues(study) if row.found}


def _listed(row: dict[str, Any]) -> ListedIssue:
    return ListedIssue(**{**row, "name": Say(**row["name"]), "phrases": tuple(row["phrases"])})


def _candidate(study: Study, name: str) -> ListedIssue:
    found = _candidates(study)
    if name in found:
        return found[name]
    raise SettingError(
        name,
        Say("không có ứng viên này.", "there is no such candidate."),
        Say("Xem danh sách bằng 'langnghe issues THƯ_MỤC'.", "List them with 'langnghe issues FOLDER'."),
    )


def accept_issue(
    study: Study,
    candidate: str,
    *,
    id: str,  # noqa: A002 - an issue has an id
    name: str | Say | None = None,
    by: str = "",
) -> Decision:
    """Take a candidate over into the code-book: its typical phrases become the seeds of a new issue.

    Parameters
    ----------
    study : a study.
    candidate : 'found_417' … as `list_issues` gave it.
    id : of the new issue: small letters, digits, underscore.
    name : what it is called; None keeps the candidate's name.
    by : who decided.

    Raises
    ------
    SettingError
        There is no such candidate, the id is taken, or the issue would be about what no issue may be about; nothing is changed.
    """
    found = _candidate(study, candidate)
    called = _said(name) if name is not None else found.name
    return _decide(
        study,
        "accept",
        (candidate, id),
        by,
        lambda text: edits.add_issue(text, id, called, found.phrases, origin="found"),
    )


def add_issue(
    study: Study,
    *,
    id: str,  # noqa: A002 - an issue has an id
    name: str | Say,
    seeds: Sequence[str],
    definition: str | Say = "",
    by: str = "",
) -> Decision:
    """Add an issue of one's own. See `accept_issue` for the errors."""
    return _decide(
        study,
        "add",
        (id,),
        by,
        lambda text: edits.add_issue(text, id, _said(name), seeds, definition=_said(definition)),
    )


def rename_issue(study: Study, issue: str, name: str | Say, *, by: str = "") -> Decision:
    """Call an issue otherwise; its id, and so what was coded by hand, stays."""
    return _decide(study, "rename", (issue,), by, lambda text: edits.rename_issue(text, issue, _said(name)))


def merge_issues(study: Study, issues: Sequence[str], into: str, *, by: str = "") -> Decision:
    """Merge issues or candidates into an issue: it gets their phrases; hand-codings with the old ids count for it."""
    gone = [name for name in dict.fromkeys(issues) if name != into]
    known = {one.id for one in read_codebook(study.codebook_path).issues}
    found = [_candidate(study, name) for name in gone if name not in known]

    def edit(text: str) -> str:
        merged = edits.merge_issues(text, [name for name in gone if name in known], into)
        for one in found:
            merged = edits.add_seeds(merged, into, one.phrases)
        return merged

    return _decide(study, "merge", (*gone, into), by, edit)


def split_issue(
    study: Study,
    issue: str,
    *,
    id: str,  # noqa: A002 - an issue has an id
    name: str | Say,
    phrases: Sequence[str],
    by: str = "",
) -> Decision:
    """Split an issue: the phrases chosen become an issue of their own."""
    return _decide(
        study, "split", (issue, id), by, lambda text: edits.split_issue(text, issue, id, _said(name), phrases)
    )


def drop_issue(study: Study, issue: str, *, by: str = "") -> Decision:
    """Drop an issue or a candidate; it is known again by its phrases and not proposed any more."""
    if issue in {one.id for one in read_codebook(study.codebook_path).issues}:
        return _decide(study, "drop", (issue,), by, lambda text: edits.drop_issue(text, issue))
    found = _candidate(study, issue)
    return _decide(study, "drop", (issue,), by, lambda text: edits.drop_candidate(text, found.name, found.phrases))


def sign_codebook(study: Study, *, editor: str, signer: str, today: dt.date | None = None) -> Decision:
    """Sign a code-book of one's own as its second person, which opens groups below the province.

    Raises
    ------
    SettingError
        The signer is the editor, or decided on the code-book as it stands.
    """
    book = read_codebook(study.codebook_path)
    known = {editor, *deciders(study)}
    if not editor.strip() or not signer.strip() or any(same_person(signer, one) for one in known):
        raise SettingError(
            "signer",
            Say("người ký phải là người khác với người soạn.", "the signer must be somebody else than the editor."),
            Say(
                "Nhờ một người khác đọc sổ mã rồi ký bằng tên hay chức vụ của họ.",
                "Ask another person to read the code-book and to sign with their own name or role.",
            ),
        )
    day = (today or dt.date.today()).isoformat()  # noqa: DTZ011 - people's day
    signature = Signature(editor.strip(), signer.strip(), day, book.content_sha256())
    return _decide(study, "sign", (), signer, lambda text: edits.sign(text, signature))


def deciders(study: Study) -> frozenset[str]:
    """Who decided on the code-book as it stands, signing it aside."""
    return frozenset(one.by for one in _standing(read_decisions(study)) if one.what != "sign" and one.by)


def undo_decision(study: Study, *, by: str = "") -> Decision:
    """Undo the last decision that stands: the code-book is put back as it was before it.

    Raises
    ------
    SettingError
        Nothing was decided, or the code-book was edited by hand since.
    """
    standing = _standing(read_decisions(study))
    if not standing:
        raise SettingError(
            "undo",
            Say("chưa có quyết định nào để hoàn tác.", "there is no decision to undo."),
            Say("Xem tệp decisions/journal.jsonl.", "See the file decisions/journal.jsonl."),
        )
    last = standing[-1]
    kept = _before(study, last.number)
    if _sha(study.codebook_path.read_bytes()) != last.after or not kept.is_file():
        raise SettingError(
            "codebook.toml",
            Say(
                f"đã được sửa tay sau quyết định {last.number}, nên không hoàn tác được.",
                f"was edited by hand after decision {last.number}, so it can't be undone.",
            ),
            Say(
                f"Bản trước quyết định ấy ở {kept.relative_to(study.folder).as_posix()}; hãy sửa tay.",
                f"The code-book before it is {kept.relative_to(study.folder).as_posix()}; edit by hand.",
            ),
        )
    text = kept.read_bytes().decode("utf-8-sig")
    return _decide(study, "undo", (str(last.number),), by, lambda _text: text)


def _standing(decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions that were not undone."""
    kept: list[Decision] = []
    for one in decisions:
        if one.what == "undo":
            kept.pop()
        else:
            kept.append(one)
    return kept


def read_decisions(study: Study) -> tuple[Decision, ...]:
    """The journal of a study: all decisions in their order, undone ones and undoings included."""
    path = study.folder / FOLDER / "journal.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    rows = (json.loads(line) for line in lines if line.strip())
    return tuple(Decision(**{**row, "about": tuple(row["about"])}) for row in rows)


def add_texts(study: Study, paths: str | Path | Sequence[str | Path]) -> Study:
    """Add input files to a study; what people decided stays. Files that it has already are not added twice.

    Returns
    -------
    The study with its new settings; nothing is read yet.
    """
    given = [paths] if isinstance(paths, str | Path) else list(paths)
    new = [stored_path(Path(path), study.folder) for path in given]
    inputs = tuple(dict.fromkeys((*study.settings.inputs, *new)))
    made = Study.create(study.folder, settings=replace(study.settings, inputs=inputs))
    return made.watched(study.progress, study.on_read)


def _decide(study: Study, what: str, about: tuple[str, ...], by: str, edit: Callable[[str], str]) -> Decision:
    """Edit the code-book, check it, keep what it was, and write the journal; nothing is changed where the result can't be."""
    raw = study.codebook_path.read_bytes()
    text = raw.decode("utf-8-sig")
    after = edit(text).encode()
    parse_codebook(after, study.codebook_path.name)
    journal = read_decisions(study)
    decision = Decision(
        len(journal) + 1,
        what,
        about,
        by.strip(),
        dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        _sha(raw),
        _sha(after),
        _change(text, after.decode()),
    )
    folder = study.folder / FOLDER
    with writing(folder):
        folder.mkdir(exist_ok=True)
    write_bytes(_before(study, decision.number), raw)
    write_bytes(study.codebook_path, after)
    lines = [json.dumps({**asdict(one), "change": ""}, ensure_ascii=False) for one in (*journal, decision)]
    write_bytes(folder / "journal.jsonl", ("\n".join(lines) + "\n").encode())
    return decision


def _before(study: Study, number: int) -> Path:
    return study.folder / FOLDER / f"{number:04d}-before.toml"


def _sha(raw: bytes) -> str:
    return sha256(raw).hexdigest()


def _change(before: str, after: str) -> str:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return "\n".join(line for line in list(lines)[2:] if not line.startswith("@@"))


def _said(name: str | Say) -> Say:
    return Say(name, name) if isinstance(name, str) else name


def describe_issues(study: Study, lang: str) -> str:
    """The issues and candidates of a study for people who decide: sizes, names, typical phrases."""
    listed = list_issues(study)
    book = read_codebook(study.codebook_path)
    lines = [Say("Vấn đề của sổ mã:", "Issues of the code-book:")[lang]]
    lines += [_line(row, lang) for row in listed if not row.found]
    lines += [said[lang] for said in _erring(load_model(study.product("issues")).stated)]
    candidates = _candidate_lines([row for row in listed if row.found], lang)
    none = Say("Không có ứng viên nào.", "There are no candidates.")[lang]
    unnamed = sum(1 for row in _groups(study) if row.found and not row.phrases)
    head = Say(
        "Ứng viên do máy tìm ra, chờ người quyết định:", "Candidates that the machine found, for people to decide:"
    )
    lines += ["", *([head[lang], *candidates] if candidates else [none])]
    if unnamed:
        lines += ["", _unnamed(unnamed)[lang]]
    if is_custom(book):
        state = (
            Say("Sổ mã riêng, đã có người thứ hai ký.", "A code-book of your own, signed by a second person.")
            if is_signed(book)
            else Say(
                "Sổ mã riêng chưa có người thứ hai ký: không công bố gì dưới cấp tỉnh.",
                "A code-book of your own that no second person signed: nothing is shown below the province.",
            )
        )
        lines += ["", state[lang]]
    return "\n".join(lines)


def _erring(stated: Mapping[str, float | None]) -> list[Say]:
    """How many of the issues given are wrong, as far as the machine can tell."""
    wrong, most, coded = (stated.get(name) for name in ("wrong", "wrong_most", "coded"))
    if wrong is None or most is None:
        return []
    vi, en = f"{span(wrong, most, 'vi', 0)} %", f"{span(wrong, most, 'en', 0)}%"
    if coded:
        return [
            Say(
                f"Trong các vấn đề máy xếp, {vi} là sai (đo trên {coded:.0f} ý kiến đã mã hoá).",
                f"Of the issues that the machine gives, {en} are wrong (measured on {coded:.0f} hand-coded texts).",
            )
        ]
    return [
        Say(
            f"Trong các vấn đề máy xếp, có lẽ {vi} là sai. Chưa ai đo: hãy mã hoá một mẫu ('langnghe code THƯ_MỤC').",
            f"Of the issues that the machine gives, probably {en} are wrong. Nobody measured it: code a sample ('langnghe code FOLDER').",
        )
    ]


def _unnamed(groups: int) -> Say:
    """What is said of the groups that can't be decided on."""
    return Say(
        f"Ngoài ra máy gom được {groups} nhóm nhỏ không có cụm từ nào đủ người dùng; không có gì để quyết định nên không liệt kê.",
        f"Besides, {groups} small {'group' if groups == 1 else 'groups'} without a phrase that enough people used: "
        "nothing to decide on, so not listed.",
    )


def _candidate_lines(rows: Sequence[ListedIssue], lang: str) -> list[str]:
    """Candidates under their main groups, each with its typical phrases."""
    lines: list[str] = []
    for main, members in groupby(rows, key=lambda row: row.main):
        lines.append(Say(f" Nhóm lớn {main}", f" Main group {main}")[lang])
        lines += [line for row in members for line in (_line(row, lang), f"      {'; '.join(row.phrases)}")]
    return lines


def _line(row: ListedIssue, lang: str) -> str:
    hidden = Say("bị ẩn", "hidden")[lang]
    size = hidden if row.share is None else f"{row.share:6.1%}"
    if lang == "vi":
        size = size.replace(".", ",")
    return f"  {row.id:<24} {size:>7}  {row.name[lang]}"
