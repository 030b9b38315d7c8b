"""A PostgreSQL server for tests: Debian's programs, in a folder that is thrown away, reached by a socket alone."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


def programs() -> Path:
    """Where Debian keeps PostgreSQL's programs: /usr/lib/postgresql/15/bin."""
    return max(Path("/usr/lib/postgresql").glob("*/bin"))


@contextmanager
def cluster() -> Iterator[str]:
    """Start a server and give its address; PostgreSQL refuses to run as root, and is then run by the account of Debian's package."""
    folder = Path(tempfile.mkdtemp(prefix="langnghe-pg-", dir="/tmp"))
    given: dict[str, Any] = {}
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        given = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    data = folder / "data"
    _run([programs() / "initdb", "-D", data, "-U", "langnghe", "-A", "trust", "-E", "UTF8", "--no-sync"], given)
    options = f"-k {folder} -c listen_addresses='' -c fsync=off -c full_page_writes=off"
    _run([programs() / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start"], given)
    try:
        yield f"postgresql://langnghe@/postgres?host={folder}"
    finally:
        _run([programs() / "pg_ctl", "-D", data, "-m", "immediate", "stop"], given)
        shutil.rmtree(folder)


def _run(command: list[Path | str], given: dict[str, Any]) -> None:
    # not captured by a pipe: the server would keep it open
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", **given)
