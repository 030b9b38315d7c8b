"""Start the hub: its database, the first link, a worker for jobs, and the web server."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from langnghe.errors import InputError, Say
from langnghe.hub.instance import DATABASE, FOLDER, Instance
from langnghe.ledger import PLACE as LEDGER

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = "langnghe.hub.settings"
PATIENCE = 10.0
"""Seconds that the worker has to end by itself."""


def existing(folder: Path | None) -> Path:
    """The folder of a hub that has been started before.

    Raises
    ------
    InputError
        There is none.
    """
    place = folder or Instance.from_environment().folder
    if not (place / "secret.key").is_file():
        raise InputError(
            str(place),
            Say("đây không phải thư mục của hệ thống.", "this is not the folder of a hub."),
            Say("Hãy chỉ đúng thư mục: --folder THƯ_MỤC.", "Name its folder: --folder FOLDER."),
        )
    return place


def connect(folder: Path | None = None) -> Instance:
    """Start Django for an instance: its folders and its secret are made where they are missing; the database is left as it is."""
    if folder is not None:
        os.environ[FOLDER] = str(folder.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    instance = Instance.from_environment()
    instance.prepare()
    instance.secret()
    os.environ.setdefault(LEDGER, str(instance.ledger))
    import django  # noqa: PLC0415 - it reads the settings, which read the environment set above

    django.setup()
    return instance


def prepare(folder: Path | None = None) -> Instance:
    """Make an instance ready: folders, secret, Django, database. Run again it changes nothing that is there."""
    instance = connect(folder)
    from django.core.management import call_command  # noqa: PLC0415 - after `setup`

    call_command("migrate", interactive=False, verbosity=0)
    from langnghe.hub.base.daily import plan  # noqa: PLC0415 - after `setup`

    plan()
    return instance


def first_link(base: str) -> str | None:
    """A link to make the first account with; None where there is an account."""
    from langnghe.hub.people.models import Invitation, Person  # noqa: PLC0415 - after `prepare`
    from langnghe.hub.roles import Role  # noqa: PLC0415 - likewise

    if Person.objects.exists():
        return None
    Invitation.objects.filter(made_by=None, used=None).delete()  # an earlier first link is void
    _, secret = Invitation.make(Role.ADMIN.value)
    return f"{base}/people/join/{secret}"


def start_worker() -> subprocess.Popen[bytes]:
    """Start the worker of jobs as a process of its own; jobs that were killed with the one before are done again."""
    requeue()
    environment = os.environ | {DATABASE: os.environ.get(DATABASE, "")}
    return subprocess.Popen([sys.executable, "-m", "django", "db_worker"], env=environment)


def fill_demo(base: str, lang: str) -> int:
    """Fill the hub with the demo, in a process of its own, which says what a newcomer needs; gives back its exit code."""
    return subprocess.run([sys.executable, "-m", "langnghe.hub.demo", base, lang], check=False).returncode  # noqa: S603 - our own command


def requeue() -> None:
    """Put jobs that nobody does any more back into the queue: at the start there is no worker."""
    from django_tasks import TaskResultStatus  # noqa: PLC0415 - after `prepare`
    from django_tasks_db.models import DBTaskResult  # noqa: PLC0415 - likewise

    DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).update(status=TaskResultStatus.READY)


def run(host: str, port: int) -> None:
    """Serve, and do jobs, until stopped."""
    worker = start_worker()
    try:
        serve_pages(host, port)
    finally:
        stop(worker)


def stop(worker: subprocess.Popen[bytes]) -> None:
    """Stop the worker; a run that it is at is cut short, and goes on where it was at the next start."""
    worker.terminate()
    try:
        worker.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()


def serve_pages(host: str, port: int) -> None:
    """Serve pages until stopped, in a process that begins anew: in a copy of this one, threads that count here (Polars) would be missing."""
    from granian import Granian  # noqa: PLC0415 - heavy
    from granian.constants import Interfaces  # noqa: PLC0415 - likewise
    from granian.log import LogLevels  # noqa: PLC0415 - likewise

    multiprocessing.set_start_method("spawn", force=True)
    Granian(
        "langnghe.hub.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,  # limits against floods are counted in its memory
        blocking_threads=8,
        log_access=False,
        log_level=LogLevels.error,  # what it says of its threads helps nobody who starts a hub
    ).serve()
