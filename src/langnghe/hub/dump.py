"""The database as one file: SQLite by its online backup, PostgreSQL by pg_dump, both while the hub is at work.

Sessions and jobs are left out: nobody who has logged out is let in by a backup, and no job runs twice.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from typing import TYPE_CHECKING

from django.db import connection

from langnghe.errors import CheckFailed, InputError, Say
from langnghe.hub.base.scrub import scrub_all

if TYPE_CHECKING:
    from pathlib import Path

NAMES = {"sqlite": "hub.sqlite3", "postgresql": "hub.pgdump"}
"""Kind of database → the file of its dump. That of SQLite is the database itself."""

LEFT_OUT = ("people_session", "django_tasks_database_dbtaskresult")
"""Tables of which no rows are kept."""


def dump(folder: Path) -> Path:
    """Write the database of the hub into a folder, as it is at one moment.

    Raises
    ------
    CheckFailed
        The program of PostgreSQL gave up.
    InputError
        It is not installed.
    """
    path = folder / NAMES[connection.vendor]
    if connection.vendor == "sqlite":
        _copied(path)
    else:
        scrub_all()  # pg_dump writes rows as they lie
        left_out = [f"--exclude-table-data={table}" for table in LEFT_OUT]
        _run(["pg_dump", "--format=custom", "--no-owner", "--no-privileges", *left_out, f"--file={path}"])
    return path


def _copied(path: Path) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
        for table in LEFT_OUT:
            copy.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own
        copy.commit()
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.execute("VACUUM")  # leaves nothing of erased rows
    look_through(path)


def look_through(path: Path) -> None:
    """Look whether a database of SQLite is whole.

    Raises
    ------
    CheckFailed
        It is damaged.
    """
    try:
        with closing(sqlite3.connect(path)) as database:
            whole = database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            whole = whole and not database.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError:
        whole = False
    if not whole:
        raise CheckFailed(
            path.name,
            Say("cơ sở dữ liệu bị hỏng.", "the database is damaged."),
            Say("Hãy dùng một bản sao lưu khác.", "Use another backup."),
        )


def load(path: Path) -> None:
    """Load a dump into the empty database that DATABASE_URL names (PostgreSQL).

    Raises
    ------
    CheckFailed
        The database is not empty, or the program of PostgreSQL gave up; then nothing was loaded.
    InputError
        It is not installed.
    """
    if connection.introspection.table_names():
        raise CheckFailed(
            "DATABASE_URL",
            Say("cơ sở dữ liệu này không trống.", "this database is not empty."),
            Say("Hãy tạo một cơ sở dữ liệu mới: createdb hub2.", "Make a new one: createdb hub2."),
        )
    connection.close()
    name = str(connection.settings_dict["NAME"])
    _run(
        [
            "pg_restore",
            "--no-owner",
            "--no-privileges",
            "--exit-on-error",
            "--single-transaction",
            f"--dbname={name}",
            str(path),
        ]
    )


def _run(command: list[str]) -> None:
    """Run a program of PostgreSQL, told by its environment where the database is: arguments can be seen by others."""
    found = shutil.which(command[0])
    if found is None:
        raise InputError(
            command[0],
            Say("máy này chưa có chương trình này.", "this program is not installed."),
            Say("Hãy cài postgresql-client.", "Install postgresql-client."),
        )
    done = subprocess.run([found, *command[1:]], env=os.environ | _place(), capture_output=True, check=False)  # noqa: S603 - our own command
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip()[-600:]
        raise CheckFailed(
            command[0],
            Say("không làm xong.", "did not finish."),
            Say(f"Chương trình nói: {said}", f"It said: {said}"),
        )


def _place() -> dict[str, str]:
    """Where the database is, as PostgreSQL's programs read it from their environment: from all parts of the address, its query too."""
    told = connection.get_connection_params()
    names = {"PGDATABASE": "dbname"} | {f"PG{name.upper()}": name for name in _TOLD}
    return {ours: str(told[theirs]) for ours, theirs in names.items() if told.get(theirs)}


_TOLD = ("host", "port", "user", "password", "sslmode", "sslrootcert")
