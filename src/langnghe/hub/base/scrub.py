"""Erased means gone from the files of the database, too."""

from __future__ import annotations

from django.db import connection


def scrub(*tables: str) -> None:
    """Leave nothing in the database's files of rows that were erased or written anew, nor of the order in which they came.

    SQLite overwrites erased rows (secure_delete), but its log of writes still has them; PostgreSQL keeps them in its tables. Within a
    transaction, as in tests, nothing is done.
    """
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return
        for table in tables:
            cursor.execute(f"VACUUM FULL {connection.ops.quote_name(table)}")
