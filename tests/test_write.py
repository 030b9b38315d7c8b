"""Writing a file: all of it or nothing, and a message that says how to mend it."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

import pytest

from langnghe.errors import OutputError
from langnghe.write import write_bytes


def test_a_file_is_written_and_replaced(tmp_path: Path) -> None:
    target = tmp_path / "báo cáo.html"
    write_bytes(target, b"one")
    write_bytes(target, b"two")
    assert target.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [target]


def test_a_new_file_can_be_read_by_others_as_usual(tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(b"")
    write_bytes(tmp_path / "report.pdf", b"")
    assert (tmp_path / "report.pdf").stat().st_mode == (tmp_path / "plain").stat().st_mode


def refuse(monkeypatch: pytest.MonkeyPatch, fault: OSError, where: str) -> None:
    """Let a step of writing fail as the system would (a full disk or a lock of Windows can't be had in a test)."""

    def fail(*_: object, **__: object) -> None:
        raise fault

    if where == "sync":
        monkeypatch.setattr(os, "fsync", fail)
    elif where == "replace":
        monkeypatch.setattr(Path, "replace", fail)
    else:
        monkeypatch.setattr(tempfile, "mkstemp", fail)


@pytest.mark.parametrize(
    ("fault", "where", "words"),
    [
        (OSError(errno.ENOSPC, "full"), "sync", "disk is full"),
        (PermissionError(errno.EACCES, "open"), "replace", "open in another program"),
        (OSError(errno.EROFS, "read-only"), "temporary", "can't be written to"),
    ],
)
def test_what_stood_there_stays_and_the_message_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: OSError, where: str, words: str
) -> None:
    target = tmp_path / "report.docx"
    target.write_bytes(b"old")
    refuse(monkeypatch, fault, where)
    with pytest.raises(OutputError, match=words) as caught:
        write_bytes(target, b"new")
    assert caught.value.where == "report.docx"
    assert caught.value.exit_code == 7
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="does not exist"):
        write_bytes(tmp_path / "none" / "report.pdf", b"")


def test_a_name_that_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "report").mkdir()
    with pytest.raises(OutputError, match="is a folder"):
        write_bytes(tmp_path / "report", b"")
    assert [entry.name for entry in tmp_path.iterdir()] == ["report"]
