"""A backup: one ZIP with the database, the studies and a list of hashes.

Neither the secret of the hub nor the list of what was erased is in it: who finds a backup can't check guessed receipt codes, and an older
backup can't hide what was erased after it. Files that are being uploaded are not in it either.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import os
import secrets
import tempfile
import zipfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection

from langnghe._version import __version__
from langnghe.errors import OutputError, Say
from langnghe.hub import erasures
from langnghe.hub.dump import dump
from langnghe.hub.studies.locking import patient_lock
from langnghe.study import Study
from langnghe.write import writing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from langnghe.hub.instance import Instance

FORMAT = 1
FACTS = "backup.json"
PATIENCE = 600.0
"""Seconds that a backup waits for a study that is being run."""

_PIECE = 1 << 20


@dataclass(frozen=True)
class Facts:
    """What a backup says of itself.

    Attributes
    ----------
    format : of the file.
    version : of the program that made it.
    made : when, ISO 8601 in UTC.
    database : 'sqlite' or 'postgresql'.
    erased : how many erasures had been noted before it was made.
    salt, proof : with them a secret can be recognised as the one of this hub.
    files : name → SHA-256.
    """

    format: int
    version: str
    made: str
    database: str
    erased: int
    salt: str
    proof: str
    files: dict[str, str]


def proof_of(secret: str, salt: str) -> str:
    """What shows that somebody has the secret, and does not give it away."""
    return hmac.new(secret.encode(), salt.encode(), hashlib.sha256).hexdigest()


def save_backup(path: Path) -> Path:
    """Write a backup of the hub; the file is there whole, or not at all.

    Raises
    ------
    OutputError
        There is a file already, or it can't be written.
    CheckFailed, InputError
        The database is damaged, or the program of PostgreSQL is missing or gave up.
    StudyError
        A study is being run for longer than `PATIENCE`.
    """
    instance: Instance = settings.INSTANCE
    if path.exists():
        _refuse(path)
    with writing(path), tempfile.TemporaryDirectory(prefix=".langnghe-", dir=path.parent) as folder:
        made = Path(folder) / "backup.zip"
        made.touch(mode=0o600)
        _written(made, instance, Path(folder))
        if path.exists():  # made meanwhile
            _refuse(path)
        made.replace(path)
    return path


def _refuse(path: Path) -> None:
    raise OutputError(
        path.name,
        Say("đã có tệp này.", "there is this file already."),
        Say("Hãy đặt tên khác; bản sao lưu cũ được giữ.", "Choose another name; the older backup is kept."),
    )


def _written(path: Path, instance: Instance, folder: Path) -> None:
    erased = len(
        erasures.noted(instance.folder)
    )  # before the database is read: one too many is done again, none too few
    database = dump(folder)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        files = {database.name: _added(archive, database, database.name)}
        for study in studies(instance):
            with patient_lock(Study.open(study), PATIENCE):
                files |= _added_all(archive, study, instance.folder)
        for also in (instance.ledger, instance.checks):
            files |= _added_all(archive, also, instance.folder)
        if instance.is_demo:
            files[instance.demo.name] = _added(archive, instance.demo, instance.demo.name)
        salt = secrets.token_hex(16)
        proof = proof_of(instance.secret(), salt)
        made = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        facts = Facts(FORMAT, __version__, made, connection.vendor, erased, salt, proof, files)
        archive.writestr(FACTS, json.dumps(asdict(facts), ensure_ascii=False, indent=1))
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _added_all(archive: zipfile.ZipFile, folder: Path, top: Path) -> dict[str, str]:
    names = {path: path.relative_to(top).as_posix() for path in _files(folder)}
    return {name: _added(archive, path, name) for path, name in names.items()}


def studies(instance: Instance) -> list[Path]:
    """The folders of studies that were begun."""
    return sorted(file.parent for file in instance.studies.glob("*/study.toml"))


def _files(folder: Path) -> Iterator[Path]:
    """The files of a folder, without locks and what is half written."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and not path.name.startswith("."):
            yield path


def _added(archive: zipfile.ZipFile, path: Path, name: str) -> str:
    """Add a file to an archive; gives back its hash."""
    known = hashlib.sha256()
    with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as target:
        while piece := source.read(_PIECE):
            known.update(piece)
            target.write(piece)
    return known.hexdigest()
