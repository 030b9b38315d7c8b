"""Backup and restore: whole or not at all, nothing overwritten, and what was erased stays erased."""

from __future__ import annotations

import json
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from langnghe.errors import LangngheError, OutputError
from langnghe.hub.backup import save_backup
from langnghe.hub.restore import unpacked

from .backed_up import ERASED, KEPT, RAW, WITHDRAWN, Kept, backed_up, everything, restored, rows, start

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from langnghe.hub.instance import Instance


NIGHT = """
import pathlib, sys
from langnghe.hub.serve import prepare; prepare(pathlib.Path(sys.argv[1]))
from langnghe.hub.base.daily import do_all; do_all()
"""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return backed_up(tmp_path_factory.mktemp("backup") / "hub", str)


def assert_nothing_came_back(kept: Kept, new: Path) -> None:
    """Restore a backup from before things were erased; nothing of them is in a row or in a file."""
    database = kept.new_database()
    done = restored(kept, new, database=database)
    assert done.returncode == 0, done.stderr
    assert "5 things that were erased since" in done.stdout  # the letter taken back is erased, too
    assert rows(new, database, "SELECT text FROM feedback_message ORDER BY letter_id") == [(KEPT,), ("",), ("",)]
    assert rows(new, database, "SELECT masked FROM feedback_message WHERE letter_id = 3") == [("",)]
    told = rows(new, database, "SELECT contact, state FROM feedback_letter ORDER BY id")
    assert told == [("ở đây", "received"), ("", "closed"), ("", "closed")]
    assert rows(new, database, "SELECT is_sealed FROM surveys_survey") == [(True,)]
    held = everything(new, database)
    assert KEPT.encode() in held
    for gone in (ERASED, WITHDRAWN, RAW):
        assert gone.encode() not in held, "neither in a row nor left over in a file"
        assert json.dumps(gone)[1:-1].encode() not in held


def test_a_restored_hub_is_the_same_without_what_was_erased_since(kept: Kept, tmp_path: Path) -> None:
    new = tmp_path / "new"
    assert_nothing_came_back(kept, new)
    assert (new / "secret.key").read_bytes() == (kept.folder / "secret.key").read_bytes()
    assert "nghiên cứu" in (new / "studies" / "abc" / "study.toml").read_text(encoding="utf-8")
    assert not (new / "studies" / "gone").exists()
    assert new.stat().st_mode & 0o077 == 0
    again = restored(kept, new)
    assert again.returncode == 7, "a folder that is there is not overwritten"


@pytest.mark.slow
@pytest.mark.needs("pg_lsclusters")
def test_a_hub_on_postgresql_is_restored_without_what_was_erased_since(
    new_postgresql: Callable[[], str], tmp_path: Path
) -> None:
    first, second = new_postgresql(), new_postgresql()
    databases = iter([first, second])
    kept = backed_up(tmp_path / "hub", lambda: next(databases))
    assert_nothing_came_back(kept, tmp_path / "new")
    again = restored(kept, tmp_path / "again", database=first)
    assert again.returncode == 8, "a database that is not empty is not loaded into"
    assert not (tmp_path / "again").exists()
    assert WITHDRAWN.encode() in everything(kept.folder, first), "the look at the files finds what is there"
    start(sys.executable, "-c", NIGHT, str(kept.folder), database=first)
    for gone in (ERASED, WITHDRAWN):
        assert gone.encode() not in everything(kept.folder, first), "after the night"


def test_another_secret_or_an_older_list_of_erasures_is_refused(kept: Kept, tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("of another hub", encoding="ascii")
    done = restored(kept, tmp_path / "new", keys=tmp_path)
    assert done.returncode == 3
    assert "--keys" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["secret.key"], "nothing is left behind"


def test_no_secret_is_in_a_backup_nobody_is_logged_in_by_it_and_others_cannot_read_it(kept: Kept) -> None:
    assert kept.backup.stat().st_mode & 0o077 == 0
    secret = (kept.folder / "secret.key").read_bytes()
    with zipfile.ZipFile(kept.backup) as archive:
        assert not {"secret.key", "erased.log"} & set(archive.namelist())
        assert not [name for name in archive.namelist() if secret in archive.read(name)]


def copy_of(archive: Path, to: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(to, "w") as new:
        for name in old.namelist():
            data = change(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
    return to


@pytest.mark.parametrize(
    "change",
    [
        lambda name, data: data[:-1] + b"x" if name == "hub.sqlite3" else data,
        lambda name, data: None if name.endswith("study.toml") else data,
        lambda name, data: None if name == "backup.json" else data,
        lambda name, data: data.replace(b'"studies/', b'"../studies/') if name == "backup.json" else data,
        lambda name, data: data.replace(b'"format": 1', b'"format": 2') if name == "backup.json" else data,
    ],
    ids=["changed", "a file missing", "no list", "leads elsewhere", "newer"],
)
def test_a_damaged_backup_is_refused(kept: Kept, tmp_path: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    with pytest.raises(LangngheError):
        unpacked(copy_of(kept.backup, tmp_path / "bad.zip", change), tmp_path / "new")


def test_any_byte_that_was_cut_off_is_noticed(kept: Kept, tmp_path: Path) -> None:
    data = kept.backup.read_bytes()
    (tmp_path / "bad.zip").write_bytes(data[: len(data) // 2])
    with pytest.raises(LangngheError):
        unpacked(tmp_path / "bad.zip", tmp_path / "new")


@pytest.mark.usefixtures("db")
def test_an_older_backup_is_not_overwritten(instance: Instance, tmp_path: Path) -> None:
    (tmp_path / "hub.zip").write_bytes(b"older")
    with pytest.raises(OutputError):
        save_backup(tmp_path / "hub.zip")
    assert (tmp_path / "hub.zip").read_bytes() == b"older"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["hub", "hub.zip"], "nothing half done is left"
