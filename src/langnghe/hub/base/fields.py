"""Fields of tables that more than one app needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    _Whole = models.BigIntegerField[int, int]
else:
    _Whole = models.BigIntegerField  # Django's fields take no types when they run


class RandomKey(_Whole):
    """A random key that is also the place of a row: SQLite keeps rows in its order, so that nothing tells which came first."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        """'integer' in SQLite, which makes it the rowid itself; any other type would get a hidden one that counts up."""
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)
