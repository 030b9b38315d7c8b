"""The same index in PostgreSQL, behind the same two functions: for desks that several offices share.

Needs the extra `postgres` (psycopg). One row a posting, clustered by key, so that a question reads its rarest keys alone; scores
are those of the embedded index.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from langnghe.check.index import K1, RARE_POSTINGS, B, idf
from langnghe.errors import InputError, Say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

_TABLES = """
DROP TABLE IF EXISTS langnghe_posting, langnghe_key, langnghe_check;
CREATE TABLE langnghe_check (number integer PRIMARY KEY, length integer NOT NULL);
CREATE TABLE langnghe_posting (key bigint NOT NULL, number integer NOT NULL, count smallint NOT NULL, length integer NOT NULL);
"""
_AFTER = """
CREATE UNIQUE INDEX langnghe_posting_key ON langnghe_posting (key, number) INCLUDE (count, length);
CREATE TABLE langnghe_key AS SELECT key, count(*)::integer AS spread FROM langnghe_posting GROUP BY key;
ALTER TABLE langnghe_key ADD PRIMARY KEY (key);
"""
_ONE_MORE = """
INSERT INTO langnghe_key AS known VALUES (%s, 1) ON CONFLICT (key) DO UPDATE SET spread = known.spread + 1
"""
_SCORED = """
SELECT p.number, sum(w.weight * p.count * %(k1)s / (p.count + %(flat)s + %(slope)s * p.length)) AS score
FROM unnest(%(keys)s::bigint[], %(weights)s::float8[]) AS w (key, weight)
{only}
JOIN langnghe_posting p ON p.key = w.key {same}
GROUP BY p.number ORDER BY score DESC, p.number LIMIT %(number)s
"""
_ALL = _SCORED.format(only="", same="")
_SOME = _SCORED.format(only="CROSS JOIN unnest(%(only)s::integer[]) AS o (number)", same="AND p.number = o.number")


def connect(address: str) -> Any:
    """Connect to a database ('postgresql:///langnghe').

    Raises
    ------
    InputError
        psycopg is not installed, or the database can't be reached.
    """
    try:
        import psycopg  # noqa: PLC0415 - an extra
    except ImportError as fault:
        raise InputError(
            "PostgreSQL",
            Say("Chưa cài phần nối với PostgreSQL.", "What connects to PostgreSQL is not installed."),
            Say("pip install 'langnghe[postgres]'", "pip install 'langnghe[postgres]'"),
        ) from fault
    try:
        return psycopg.connect(address, autocommit=True)
    except psycopg.Error as fault:
        raise InputError(
            "PostgreSQL",
            Say("Không nối được với cơ sở dữ liệu.", "The database can't be reached."),
            Say("Hãy kiểm tra địa chỉ và máy chủ.", "Check its address and the server."),
        ) from fault


class PostgresIndex:
    """An index that lies in PostgreSQL.

    Parameters
    ----------
    connection : as `connect` gives it.
    """

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        number, mean = self._row("SELECT count(*), coalesce(avg(length), 1) FROM langnghe_check")
        self._number, self._mean = int(number), max(float(mean), 1.0)

    @classmethod
    def of_hashes(cls, connection: Any, documents: Iterable[NDArray[np.uint64]]) -> PostgresIndex:
        """Index documents whose keys and pairs are numbers; an earlier index in the database is replaced."""
        lengths: list[int] = []
        with connection.transaction(), connection.cursor() as cursor:
            cursor.execute(_TABLES)
            with cursor.copy("COPY langnghe_posting (key, number, count, length) FROM STDIN") as copy:
                for number, found in enumerate(documents):
                    lengths.append(len(found))
                    copy.write("".join(f"{key}\t{number}\t{count}\t{len(found)}\n" for key, count in _counted(found)))
            with cursor.copy("COPY langnghe_check (number, length) FROM STDIN") as copy:
                copy.write("".join(f"{number}\t{length}\n" for number, length in enumerate(lengths)))
            cursor.execute(_AFTER)
        connection.execute("VACUUM ANALYZE langnghe_posting, langnghe_key, langnghe_check")
        return cls(connection)

    def added(self, found: NDArray[np.uint64]) -> PostgresIndex:
        """The index with one more document behind the others; only its own rows are written."""
        counted = _counted(found)
        with self.connection.transaction(), self.connection.cursor() as cursor:
            cursor.execute("INSERT INTO langnghe_check VALUES (%s, %s)", (len(self), len(found)))
            rows = [(key, len(self), count, len(found)) for key, count in counted]
            cursor.executemany("INSERT INTO langnghe_posting VALUES (%s, %s, %s, %s)", rows)
            cursor.executemany(_ONE_MORE, [(key,) for key, _ in counted])
        return PostgresIndex(self.connection)

    def __len__(self) -> int:
        return self._number

    @property
    def size(self) -> int:
        """Bytes of the tables with their indexes."""
        names = ("langnghe_posting", "langnghe_key", "langnghe_check")
        return sum(int(self._row("SELECT pg_total_relation_size(%s::regclass)", (name,))[0]) for name in names)

    def best(self, asked: NDArray[np.uint64], number: int = 50) -> list[tuple[int, float]]:
        """The documents with the highest BM25 for a question's keys and pairs, as `Index.best` gives them."""
        spread = self._spread(np.unique(asked).view(np.int64).tolist())
        if not spread:
            return []
        keys = sorted(spread, key=lambda key: (spread[key], key % (1 << 64)))
        weights = idf(np.array([spread[key] for key in keys], dtype=np.float64), len(self)).tolist()
        rare = max(1, int(np.searchsorted(np.cumsum([spread[key] for key in keys]), RARE_POSTINGS, side="right")))
        if rare >= len(keys):
            return self._scored(keys, weights, number)
        first = [row[0] for row in self._scored(keys[:rare], weights[:rare], 4 * number)]
        return self._scored(keys, weights, number, first)

    def _scored(
        self, keys: list[int], weights: list[float], number: int, only: list[int] | None = None
    ) -> list[tuple[int, float]]:
        given = {
            "keys": keys, "weights": weights, "number": number, "k1": K1 + 1, "flat": K1 * (1 - B),
            "slope": K1 * B / self._mean, "only": only,
        }  # fmt: skip
        rows = self.connection.execute(_ALL if only is None else _SOME, given).fetchall()
        return [(int(n), float(score)) for n, score in rows]

    def _spread(self, hashed: list[int]) -> dict[int, int]:
        rows = self.connection.execute("SELECT key, spread FROM langnghe_key WHERE key = ANY(%s)", (hashed,)).fetchall()
        return {int(key): int(spread) for key, spread in rows}

    def _row(self, query: str, given: Sequence[Any] = ()) -> tuple[Any, ...]:
        row: tuple[Any, ...] = self.connection.execute(query, given).fetchone()
        return row


def _counted(found: NDArray[np.uint64]) -> list[tuple[int, int]]:
    """The keys of a document and how often each occurs, 255 times at most."""
    known, counts = np.unique(found.view(np.int64), return_counts=True)
    return list(zip(known.tolist(), np.minimum(counts, 255).tolist(), strict=True))
