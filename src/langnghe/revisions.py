"""What changed in a study's code-book since its last report, and who stands for it: notes that the report prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from langnghe.errors import LangngheError, Say
from langnghe.issues.codebook import parse_codebook
from langnghe.issues.custom import is_custom, is_signed
from langnghe.write import write_bytes, writing

if TYPE_CHECKING:
    from pathlib import Path

    from langnghe.issues.codebook import Codebook, Issue

FOLDER = "decisions"
_LAST, _EARLIER = "reported-last.toml", "reported-earlier.toml"
"""Folder in a study; the code-book of its last report, and the one before that was another."""


def codebook_notes(study: Path, book: Codebook) -> tuple[Say, ...]:
    """Sentences on a code-book: whether it is the study's own, who signed it, and what changed since the report before."""
    notes = [_state(book)] if is_custom(book) else []
    before = _before(study, book)
    changes = changes_between(before, book) if before is not None else ()
    if before is not None and changes:
        notes.append(
            Say(
                f"Thay đổi so với báo cáo trước (sổ mã {before.version}, SHA-256 {before.sha256[:16]}): "
                + "; ".join(one.vi for one in changes)
                + ".",
                f"Changed since the report before (code-book {before.version}, SHA-256 {before.sha256[:16]}): "
                + "; ".join(one.en for one in changes)
                + ".",
            )
        )
    return tuple(notes)


def remember_codebook(study: Path, book: Path) -> None:
    """Keep the code-book of a report that was written; the same one twice changes nothing."""
    folder, raw = study / FOLDER, book.read_bytes()
    last = folder / _LAST
    if last.is_file() and last.read_bytes() == raw:
        return
    with writing(folder):
        folder.mkdir(exist_ok=True)
    if last.is_file():
        write_bytes(folder / _EARLIER, last.read_bytes())
    write_bytes(last, raw)


def _before(study: Path, book: Codebook) -> Codebook | None:
    """The code-book of the last report that was made with another one; None where there is none that can be read."""
    for name in (_LAST, _EARLIER):
        path = study / FOLDER / name
        if path.is_file():
            try:
                kept = parse_codebook(path.read_bytes(), name)
            except LangngheError:
                return None
            if kept.sha256 != book.sha256:
                return kept
    return None


def _state(book: Codebook) -> Say:
    signature = book.signature
    if signature is not None and is_signed(book):
        return Say(
            f"Sổ mã riêng, khác bản đi kèm Lắng Nghe; soạn: {signature.editor}; ký ngày {signature.date}: {signature.signer}.",
            f"A code-book of one's own, other than the one of Lắng Nghe; edited by {signature.editor}; signed on {signature.date} by "
            f"{signature.signer}.",
        )
    return Say(
        "Sổ mã riêng, khác bản đi kèm Lắng Nghe, chưa có người thứ hai ký: không công bố gì dưới cấp tỉnh.",
        "A code-book of one's own, other than the one of Lắng Nghe, that no second person signed: nothing is shown below the province.",
    )


def changes_between(before: Codebook, after: Codebook) -> tuple[Say, ...]:
    """What changed from one code-book to another, issue by issue in the order of the new one; then what is gone."""
    old = {issue.id: issue for issue in (*before.issues, *before.reactions)}
    new = {issue.id: issue for issue in (*after.issues, *after.reactions)}
    changes = [change for name, issue in new.items() for change in _changes(old.get(name), issue)]
    gone = [Say(f"bỏ '{old[name].name.vi}'", f"'{old[name].name.en}' is gone") for name in old if name not in new]
    return (*changes, *gone)


def _changes(old: Issue | None, new: Issue) -> list[Say]:
    name = new.name
    if old is None:
        return [Say(f"thêm '{name.vi}'", f"'{name.en}' is new")]
    found = []
    if old.name != name:
        found.append(Say(f"'{old.name.vi}' đổi tên thành '{name.vi}'", f"'{old.name.en}' is now called '{name.en}'"))
    if (old.definition, old.belongs, old.excludes) != (new.definition, new.belongs, new.excludes):
        found.append(Say(f"định nghĩa của '{name.vi}'", f"the definition of '{name.en}'"))
    for key, vi, en in (("seeds", "cụm từ", "phrases"), ("counter", "cụm từ loại trừ", "counter phrases")):
        had, has = set(getattr(old, key)), set(getattr(new, key))
        if had != has:
            found.append(
                Say(
                    f"'{name.vi}' thêm {len(has - had)}, bớt {len(had - has)} {vi}",
                    f"'{name.en}' has {len(has - had)} {en} more and {len(had - has)} fewer",
                )
            )
    return found
