"""Errors of this room in one line: where, the fault and its mend, each in Vietnamese and in English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from langnghe.errors import ColumnError, InputError, Say

if TYPE_CHECKING:
    from pathlib import Path

Mend = tuple[str, str]

ANOTHER: Mend = ("Hãy chọn một tệp khác.", "Choose another file.")
SAVE_AGAIN: Mend = (
    "Hãy lưu lại thành CSV UTF-8, XLSX, JSONL hoặc Parquet.",
    "Save it as CSV in UTF-8, XLSX, JSONL or Parquet.",
)
_OPEN_ELSEWHERE: Mend = (
    "Hãy đóng chương trình đang mở tệp, hoặc xin quyền đọc rồi thử lại.",
    "Close the program that has it open, or get permission to read it, and try again.",
)


def input_fault(where: str, vi: str, en: str, mend: Mend) -> InputError:
    """An `InputError` from sentences in two languages."""
    return InputError(where, Say(vi=vi, en=en), Say(vi=mend[0], en=mend[1]))


def column_fault(where: str, vi: str, en: str, mend: Mend) -> ColumnError:
    """A `ColumnError` from sentences in two languages."""
    return ColumnError(where, Say(vi=vi, en=en), Say(vi=mend[0], en=mend[1]))


def unreadable(path: Path, fault: Exception) -> InputError:
    """The error for a path that can't be read: no permission, a broken disk, open elsewhere."""
    if isinstance(fault, PermissionError):
        return input_fault(str(path), "Không có quyền đọc.", "There is no permission to read it.", _OPEN_ELSEWHERE)
    return input_fault(str(path), "Không đọc được.", "It can't be read.", _OPEN_ELSEWHERE)


def damaged(name: str, kind: str) -> InputError:
    """The error for a file that breaks off or does not hold what its kind must."""
    return input_fault(name, f"Tệp {kind} bị hỏng.", f"The {kind} file is damaged.", SAVE_AGAIN)


def listed(names: tuple[str, ...] | list[str], most: int = 30) -> str:
    """Names of columns for a message: each cut at 40 characters, `most` at most."""
    shown = [f"'{name[:40]}…'" if len(name) > 40 else f"'{name}'" for name in names[:most]]
    return ", ".join(shown) + (f" … ({len(names)})" if len(names) > most else "")
