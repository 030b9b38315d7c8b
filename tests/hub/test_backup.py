"""Backup and restore: whole or not at all, nothing overwritten, and what was erased stays erased."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from langnghe.errors import LangngheError, OutputError
from langnghe.hub.backup import save_backup
from langnghe.hub.restore import unpacked

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from langnghe.hub.instance import Instance

KEPT, ERASED, WITHDRAWN, RAW = "cơm nguội", "gọi 0900 111 222", "rút lại điều này", "0933 444 555"

HUB = """
import datetime as dt, pathlib, sys
from langnghe.hub.serve import connect, prepare
folder = pathlib.Path(sys.argv[1])
prepare(folder)
from langnghe.hub.backup import save_backup
from langnghe.hub.feedback.models import Letter
from langnghe.hub.people.models import Person
from langnghe.errors import Say
from langnghe.hub.studies.models import Study
from langnghe.hub.surveys.form import Form, Question
from langnghe.hub.surveys.models import Survey, store
from langnghe.hub.surveys.seal import seal
from langnghe.hub.units.models import Unit
import langnghe as ln

unit = Unit.objects.create(name="Tỉnh Ví Dụ", kind="province")
person = Person.objects.create_user("a@example.org", "x", role="officer", unit=unit)
day = dt.date.today()
letters = []
for number, text in enumerate(sys.argv[2:5]):
    letters.append(Letter.objects.create(id=number + 1, code_hash=str(number), reader=unit, day=day, due=day, contact="ở đây"))
    letters[-1].write(text)
survey = Survey.objects.create(title_vi="x", unit=unit, purpose_vi="x", contact="x", opens=day, closes=day + dt.timedelta(9),
    form_json=Form(Say("x", "x"), (Question("other", "text", Say("x", "x")),)).to_json(), is_released=True)
store(survey, 7, {"other": "tôi, " + sys.argv[5]})
ln.Study.create(folder / "studies" / "abc", settings=ln.Settings(title="nghiên cứu"))
gone = Study.objects.create(title="x", folder="gone", made_by=person)
ln.Study.create(gone.path, settings=ln.Settings(title="x"))
save_backup(folder.parent / "hub.zip")
gone.erase()
letters[1].erase()
letters[2].withdraw()
seal(survey)
"""


@dataclass(frozen=True)
class Kept:
    """A hub that was backed up and in which things were erased afterwards."""

    folder: Path
    backup: Path


def start(*command: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "LANGNGHE_HUB"}}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


def restored(kept: Kept, to: Path, **changes: Path) -> subprocess.CompletedProcess[str]:
    given = {"file": kept.backup, "keys": kept.folder} | changes
    options = ("--folder", str(to), "--keys", str(given["keys"]))
    return start(sys.executable, "-m", "langnghe", "--lang", "en", "hub", "restore", str(given["file"]), *options)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    folder = tmp_path_factory.mktemp("backup") / "hub"
    done = start(sys.executable, "-c", HUB, str(folder), KEPT, ERASED, WITHDRAWN, RAW)
    assert done.returncode == 0, done.stderr
    return Kept(folder, folder.parent / "hub.zip")


def rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / "hub.sqlite3")) as database:
        return database.execute(query).fetchall()


def test_a_restored_hub_is_the_same_without_what_was_erased_since(kept: Kept, tmp_path: Path) -> None:
    new = tmp_path / "new"
    done = restored(kept, new)
    assert done.returncode == 0, done.stderr
    assert "5 things that were erased since" in done.stdout  # the letter taken back is erased, too
    assert rows(new, "SELECT text FROM feedback_message ORDER BY letter_id") == [(KEPT,), ("",), ("",)]
    assert rows(new, "SELECT masked FROM feedback_message WHERE letter_id = 3") == [("",)]
    assert rows(new, "SELECT contact, state FROM feedback_letter ORDER BY id")[1:] == [("", "closed"), ("", "closed")]
    assert rows(new, "SELECT is_sealed FROM surveys_survey") == [(1,)]
    everything = b"".join(path.read_bytes() for path in new.rglob("*") if path.is_file())
    assert KEPT.encode() in everything
    for gone in (ERASED, WITHDRAWN, RAW):
        assert gone.encode() not in everything, "neither in a row nor left over in a file"
        assert json.dumps(gone)[1:-1].encode() not in everything
    assert (new / "secret.key").read_bytes() == (kept.folder / "secret.key").read_bytes()
    assert "nghiên cứu" in (new / "studies" / "abc" / "study.toml").read_text(encoding="utf-8")
    assert not (new / "studies" / "gone").exists()
    assert new.stat().st_mode & 0o077 == 0
    again = restored(kept, new)
    assert again.returncode == 7, "a folder that is there is not overwritten"


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
