from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from desk_rows import CHECKS
from langnghe.check.index import Index, hashed, tokens
from langnghe.check.match import Matcher
from langnghe.check.postgres import PostgresIndex, connect
from langnghe.check.said import said_of
from langnghe.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.needs("pg_lsclusters"), pytest.mark.slow]


def programs() -> Path:
    """Where Debian keeps PostgreSQL's programs: /usr/lib/postgresql/15/bin."""
    return max(Path("/usr/lib/postgresql").glob("*/bin"))


def start(command: list[Path | str], given: dict[str, Any]) -> None:
    subprocess.run(command, check=True, capture_output=True, cwd="/", **given)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A server of our own on a socket; PostgreSQL refuses to run as root."""
    pytest.importorskip("psycopg")
    folder = Path("/tmp") / f"langnghe-pg-{os.getpid()}"  # noqa: S108 - the path of a socket has to be short
    folder.mkdir(mode=0o777)
    given: dict[str, Any] = {}
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        given = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    data = folder / "data"
    start([programs() / "initdb", "-D", data, "-U", "langnghe", "-A", "trust", "--no-sync"], given)
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"
    start([programs() / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start"], given)
    yield f"postgresql://langnghe@/postgres?host={folder}"
    start([programs() / "pg_ctl", "-D", data, "-m", "immediate", "stop"], given)
    shutil.rmtree(folder)


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
