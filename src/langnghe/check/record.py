"""The record of a check desk: what people did, one line of JSON each, appended and never changed.

Each record holds the hash of the one before it, so that a change, a gap or a swap is told with the first bad record.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from filelock import FileLock

from langnghe.errors import CheckFailed, Say
from langnghe.write import writing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FIRST = "0" * 64
"""What stands for the hash before the first record."""


@dataclass(frozen=True)
class Record:
    """One act of a person.

    Attributes
    ----------
    number : 1, 2, 3 … in the file.
    at : when, ISO 8601 with its offset.
    who, role : the officer's name at the desk, and the role that pages show.
    claim : id of the claim.
    act : what was done, a key of `acts.ACTS`.
    said : what the act says, by name.
    before, hash : hash of the record before, and of this one.
    """

    number: int
    at: str
    who: str
    role: str
    claim: str
    act: str
    said: Mapping[str, Any]
    before: str
    hash: str = ""

    def digest(self) -> str:
        """The hash of this record: of all but the hash itself."""
        content = {name: value for name, value in asdict(self).items() if name != "hash"}
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def line(self) -> str:
        """The record as a line of the file."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":")) + "\n"


def read_records(path: Path) -> list[Record]:
    """Read a record and hold it against its hashes.

    Raises
    ------
    CheckFailed
        The chain is broken; the message names the first bad record.
    """
    if not path.is_file():
        return []
    records: list[Record] = []
    for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
        if line.strip():
            records.append(_checked(path.name, number, line, records[-1].hash if records else FIRST))
    return records


def _checked(name: str, number: int, line: bytes, before: str) -> Record:
    try:
        record = Record(**json.loads(line))
        digest = record.digest()
    except (ValueError, TypeError) as fault:
        raise _broken(name, number, Say("dòng này không đọc được", "this line can't be read")) from fault
    if record.number != number:
        what = Say(f"ghi số {record.number}", f"it says it is number {record.number}")
        raise _broken(name, number, what)
    if record.before != before:
        what = Say("không nối tiếp bản ghi ngay trước", "it does not follow the record before it")
        raise _broken(name, number, what)
    if record.hash != digest:
        raise _broken(name, number, Say("nội dung đã bị sửa", "its content was changed"))
    return record


def _broken(name: str, number: int, what: Say) -> CheckFailed:
    return CheckFailed(
        f"{name}, {number}",
        Say(f"Chuỗi bản ghi bị đứt ở bản ghi {number}: {what.vi}.", f"The chain breaks at record {number}: {what.en}."),
        Say(
            "Hãy lấy lại tệp từ bản sao lưu; không sửa tay tệp này. Nếu hai người ghi vào hai bản sao, hãy giữ một bản và làm lại việc của bản kia.",
            "Restore the file from a copy; never edit it by hand. If two people wrote into two copies, keep one and do the other's acts again.",
        ),
    )


def append(path: Path, last: Record | None, act: Mapping[str, Any]) -> Record:
    """Append an act to a record.

    Parameters
    ----------
    path : the file.
    last : the record that the act was decided on, the last of the file as the caller read it.
    act : at, who, role, claim, act, said.

    Raises
    ------
    CheckFailed
        Somebody appended in between.
    """
    number, before = (last.number + 1, last.hash) if last else (1, FIRST)
    draft = Record(number=number, before=before, **act)
    record = Record(**{**asdict(draft), "hash": draft.digest()})
    with writing(path), FileLock(path.with_suffix(".lock")):
        present = read_records(path)
        if (present[-1].hash if present else FIRST) != before:
            raise _moved(path.name, number)
        with path.open("ab") as file:
            file.write(record.line().encode())
            file.flush()
            os.fsync(file.fileno())
    return record


def _moved(name: str, number: int) -> CheckFailed:
    return CheckFailed(
        f"{name}, {number}",
        Say("Có người vừa ghi vào bàn kiểm chứng.", "Somebody has just written to this desk."),
        Say("Hãy xem lại rồi làm lại việc này.", "Look again, then do this once more."),
    )
