"""Erased means gone from the files of the database, too."""

from __future__ import annotations

from contextlib import suppress

from django.db import OperationalError, connection

BY_ANYBODY = ("surveys_answer", "feedback_letter", "feedback_message")
"""Tables in which words of people without an account stand."""

PATIENCE = 20.0
"""Seconds to wait for others who are reading."""


def scrub(*tables: str) -> None:
    """Leave nothing in the database's files of rows that were erased or written anew, nor of the order in which they came.

    See `write_anew` for SQLite. PostgreSQL keeps erased rows in its tables, which are written anew in the order of their random keys,
    and can be neither read nor written meanwhile: not for every request. Within a transaction, as in tests, nothing is done.
    """
    if connection.in_atomic_block:
        return
    if connection.vendor == "sqlite":
        write_anew()
        return
    with connection.cursor() as cursor:
        for table in tables:
            index = connection.ops.quote_name(f"{table}_pkey")
            cursor.execute(f"CLUSTER {connection.ops.quote_name(table)} USING {index}")


def write_anew() -> None:
    """Write SQLite's file anew, and empty its log; other databases, and a transaction, are left as they are.

    SQLite overwrites erased rows (secure_delete), but not what a row left behind when it moved to another page, and its log of writes
    still has all. Others can't write meanwhile (a second for a hundred megabytes), and as much of the disk as the file takes has to be free.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    with suppress(OperationalError), connection.cursor() as cursor:
        cursor.execute("VACUUM")  # where somebody writes for long, or the disk is full, the night does it again
    empty_log()


def scrub_all() -> None:
    """Scrub all that people without an account wrote: each night, and before a backup."""
    scrub(*BY_ANYBODY)


def empty_log(patience: float = PATIENCE) -> None:
    """Empty SQLite's log of writes, in which what was overwritten still stands; other databases, and a transaction, are left as they are."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {round(1000 * patience)}")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute(f"PRAGMA busy_timeout = {round(1000 * PATIENCE)}")
