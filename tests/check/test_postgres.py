from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from cluster import cluster
from desk_rows import CHECKS
from langnghe.check.index import Index, hashed, tokens
from langnghe.check.match import Matcher
from langnghe.check.postgres import PostgresIndex, connect
from langnghe.check.said import said_of
from langnghe.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.needs("pg_lsclusters"), pytest.mark.slow]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A server of our own."""
    pytest.importorskip("psycopg")
    with cluster() as address:
        yield address


def test_it_gives_the_same_candidates_scores_and_answers_as_the_embedded_index(server: str) -> None:
    documents = [said_of(check).hashes for check in CHECKS]
    connection = connect(server)
    embedded, shared = Index.of_hashes(documents), PostgresIndex.of_hashes(connection, documents)
    assert len(shared) == len(embedded)
    assert shared.size > 0
    for message in ("rut bhxh 1 lan", "nam 2024 luong toi thieu vung", "giá vàng", "'; DROP TABLE langnghe_check; --"):
        one, two = embedded.best(hashed(tokens(message))), shared.best(hashed(tokens(message)))
        assert [n for n, _ in one] == [n for n, _ in two]
        assert [score for _, score in one] == pytest.approx([score for _, score in two], rel=1e-5)
        assert Matcher(CHECKS, embedded).match(message).kind == Matcher(CHECKS, shared).match(message).kind
    fewer = PostgresIndex.of_hashes(connection, documents[:-1]).added(documents[-1])
    asked = hashed(tokens("lam dem duoc tra them 30%"))
    assert [n for n, _ in fewer.best(asked)] == [n for n, _ in embedded.best(asked)]
    assert [score for _, score in fewer.best(asked)] == pytest.approx([s for _, s in embedded.best(asked)], rel=1e-5)
    connection.close()


def test_a_database_that_is_not_there_is_told() -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(InputError, match="can't be reached"):
        connect("postgresql://nobody@/nothing?host=/nonexistent")


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(InputError, match="postgres"):
        connect("postgresql:///langnghe")
