"""Which files to read: paths and folders to files, what each holds, its hash and the day on which it was written."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from langnghe.collect.faults import ANOTHER, SAVE_AGAIN, input_fault, unreadable

if TYPE_CHECKING:
    from collections.abc import Sequence

SUFFIXES = {
    ".csv": "csv",
    ".tsv": "csv",
    ".tab": "csv",
    ".txt": "csv",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".parquet": "parquet",
    ".pq": "parquet",
}
MAX_FILES = 1_000
VIET_NAM = dt.timezone(dt.timedelta(hours=7))
"""Time in Viet Nam, which has had no summer time since 1975 (Asia/Ho_Chi_Minh without a time-zone database)."""

_BLOCK = 1 << 22
_HEAD = 4096
_NAME_ONE = ("Hãy nêu một tệp hoặc thư mục.", "Name a file or a folder.")
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "Excel 97–2003 (.xls)"),
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x7fELF", "ELF"),
    (b"MZ\x90", "EXE"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"Rar!", "RAR"),
    (b"SQLite format 3", "SQLite"),
    (b"{\\rtf", "RTF"),
    (b"BZh", "bzip2"),
    (b"\x28\xb5\x2f\xfd", "Zstandard"),
)


def list_files(given: Sequence[str | os.PathLike[str]]) -> tuple[Path, ...]:
    """Files to read, in the order given; a folder stands for its readable files, sorted by name.

    Raises
    ------
    InputError
        A path does not exist, is no file or folder, or a folder holds nothing that can be read.
    """
    if not given:
        raise input_fault("langnghe.read", "Chưa có tệp nào.", "No file was given.", _NAME_ONE)
    files = [file for path in given for file in _files_at(Path(path))]
    once = tuple({os.path.realpath(file): file for file in reversed(files)}.values())[::-1]
    if len(once) > MAX_FILES:
        said = f"Có {len(once)} tệp, quá {MAX_FILES}.", f"There are {len(once)} files, more than {MAX_FILES}."
        raise input_fault(str(given[0]), *said, ("Hãy gộp bớt các tệp.", "Join some of them."))
    return once


def digest(path: Path) -> str:
    """SHA-256 of a file, as hexadecimal."""
    total = hashlib.sha256()
    with opened(path) as file:
        while block := file.read(_BLOCK):
            total.update(block)
    return total.hexdigest()


def written(path: Path) -> dt.date:
    """The day (in Viet Nam) on which a file was last changed."""
    return dt.datetime.fromtimestamp(path.stat().st_mtime, tz=VIET_NAM).date()


def stamp(path: Path) -> tuple[int, int]:
    """Size and time of the last change: tells whether a file changed between two readings."""
    try:
        state = path.stat()
    except OSError as fault:
        raise unreadable(path, fault) from fault
    return state.st_size, state.st_mtime_ns


def head(path: Path, size: int) -> bytes:
    """The first bytes of a file."""
    with opened(path) as file:
        return file.read(size)


def whole(path: Path, limit: int) -> bytes:
    """All bytes of a file that has to be held in memory.

    Raises
    ------
    InputError
        The file is larger than `limit` bytes.
    """
    size = path.stat().st_size
    if size > limit:
        raise input_fault(
            path.name,
            f"Tệp lớn {size >> 20} MB và phải đọc trọn vào bộ nhớ, tối đa {limit >> 20} MB.",
            f"The file has {size >> 20} MB and must be read as a whole, at most {limit >> 20} MB.",
            ("Hãy chia tệp, hoặc lưu lại thành CSV UTF-8.", "Split it, or save it as CSV in UTF-8."),
        )
    return head(path, limit + 1)


def opened(path: Path) -> BinaryIO:
    """Open a file to read bytes, with a clear error where that can't be."""
    try:
        return path.open("rb")
    except OSError as fault:
        raise unreadable(path, fault) from fault


def kind(path: Path) -> str:
    """What a file holds by its first bytes, else by its name: csv, xlsx, jsonl, json or parquet.

    Raises
    ------
    InputError
        The file is empty, or holds something that is no table of texts.
    """
    first = head(path, _HEAD)
    if len(first) < _HEAD and not first.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise input_fault(path.name, "Tệp trống.", "The file is empty.", ANOTHER)
    _refuse_foreign(path, first)
    if first.startswith(b"PK"):
        return "xlsx"
    if first.startswith(b"PAR1"):
        return "parquet"
    return _text_kind(path, first)


def _text_kind(path: Path, first: bytes) -> str:
    named = SUFFIXES.get(path.suffix.lower(), "csv")
    start = first.replace(b"\0", b"").lstrip(b"\xff\xfe\xef\xbb\xbf \t\r\n")
    if named in {"xlsx", "parquet"}:
        vi = f"Tệp mang tên {path.suffix} nhưng bên trong không phải vậy."
        raise input_fault(path.name, vi, f"The file is called {path.suffix} but holds something else.", SAVE_AGAIN)
    if named == "csv" and not _like_objects(start):
        return "csv"
    return "json" if start.startswith(b"[") or (named == "json" and not _many_objects(start)) else "jsonl"


def _like_objects(start: bytes) -> bool:
    return start.startswith((b'{"', b'[{"'))


def _many_objects(start: bytes) -> bool:
    lines = start.splitlines()
    return len(lines) > 1 and lines[0].rstrip().endswith(b"}") and lines[1].lstrip().startswith(b"{")


def _refuse_foreign(path: Path, first: bytes) -> None:
    for magic, what in _FOREIGN:
        if first.startswith(magic):
            raise input_fault(
                path.name,
                f"Đây là tệp {what}, không phải bảng dữ liệu.",
                f"This is {what}, no table of texts.",
                SAVE_AGAIN,
            )


def _files_at(path: Path) -> Sequence[Path]:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError as fault:
        where = "Không có tệp hay thư mục này.", "There is no such file or folder."
        raise input_fault(str(path), *where, ("Hãy kiểm tra lại đường dẫn.", "Check the path.")) from fault
    except (OSError, ValueError) as fault:
        raise unreadable(path, fault) from fault
    if stat.S_ISDIR(mode):
        return _files_in(path)
    if not stat.S_ISREG(mode):
        raise input_fault(str(path), "Đây không phải là tệp thường.", "This is no ordinary file.", ANOTHER)
    return [path]


def _files_in(folder: Path) -> Sequence[Path]:
    try:
        inside = sorted(file for file in folder.iterdir() if file.is_file())
    except OSError as fault:
        raise unreadable(folder, fault) from fault
    files = [file for file in inside if file.suffix.lower() in SUFFIXES and not file.name.startswith((".", "~$"))]
    if not files:
        seen = ", ".join(file.name for file in inside[:5]) or "–"
        raise input_fault(
            str(folder),
            f"Thư mục không có tệp nào đọc được (đang có: {seen}).",
            f"The folder holds no file that can be read (it has: {seen}).",
            SAVE_AGAIN,
        )
    return files
