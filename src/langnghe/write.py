"""Write a file in one step: the old content or the new one, never half of it."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from langnghe.errors import OutputError, Say

if TYPE_CHECKING:
    from collections.abc import Iterator

FULL = {errno.ENOSPC, errno.EDQUOT}


def write_bytes(path: Path, data: bytes) -> None:
    """Write `data` to a temporary file beside `path`, and put it in its place.

    Parameters
    ----------
    path : file to write; its folder must exist.
    data : the whole content.

    Raises
    ------
    OutputError
        The target is open elsewhere or a folder, its folder is missing or read-only, or the disk is full. What stood at
        `path` is left as it was, and no temporary file stays.
    """
    with writing(path):
        _replace(path, data)


def _replace(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_mode(path))
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _mode(path: Path) -> int:
    """Give the rights of the file that is replaced, or those that a new file gets."""
    try:
        return path.stat().st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _output_error(path: Path, fault: OSError) -> OutputError:
    """Say what went wrong and how to mend it."""
    where = path.name
    if fault.errno in FULL:
        return OutputError(
            where,
            Say("Ổ đĩa đã đầy nên không ghi được tệp này.", "The disk is full, so this file can't be written."),
            Say(
                "Hãy xoá bớt tệp hoặc chọn ổ đĩa khác, rồi chạy lại.",
                "Free some space or choose another disk, then run again.",
            ),
        )
    if isinstance(fault, FileNotFoundError | NotADirectoryError):
        return OutputError(
            where,
            Say("Không có thư mục để ghi tệp này.", "The folder for this file does not exist."),
            Say("Hãy tạo thư mục hoặc sửa lại đường dẫn.", "Create the folder or correct the path."),
        )
    if isinstance(fault, IsADirectoryError) or path.is_dir():
        return OutputError(
            where,
            Say("Tên này là một thư mục, không phải tệp.", "This name is a folder, not a file."),
            Say("Hãy đặt tên tệp khác.", "Choose another file name."),
        )
    return _refused(path, fault)


def _refused(path: Path, fault: OSError) -> OutputError:
    """Tell a file that is open elsewhere from a folder that can't be written to."""
    if isinstance(fault, PermissionError) and path.exists() and os.access(path.parent, os.W_OK):
        return OutputError(
            path.name,
            Say("Tệp đang mở trong chương trình khác nên không ghi được.", "The file is open in another program."),
            Say(
                "Hãy đóng tệp đó (Word, Excel, trình đọc PDF) rồi chạy lại.",
                "Close it (Word, Excel, PDF reader), then run again.",
            ),
        )
    return OutputError(
        path.name,
        Say("Không được phép ghi vào thư mục này.", "This folder can't be written to."),
        Say(
            "Hãy chọn thư mục khác bằng -o, hoặc xin quyền ghi.",
            "Choose another folder with -o, or ask for the right to write.",
        ),
    )


@contextmanager
def writing(place: Path) -> Iterator[None]:
    """Say clearly what went wrong when something under `place` can't be written.

    Raises
    ------
    OutputError
        See `write_bytes`.
    """
    try:
        yield
    except OSError as fault:
        raise _output_error(place, fault) from fault
