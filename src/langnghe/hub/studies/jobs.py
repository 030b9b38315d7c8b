"""Jobs of studies, done by the worker: look at a file, run the stages. A job that was killed is begun again and goes on where it was."""

from __future__ import annotations

import datetime as dt
import logging
import time
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django_tasks import task

import langnghe as ln
from langnghe.collect.columns import ROLES
from langnghe.collect.describe import describe
from langnghe.collect.reading import open_table
from langnghe.deciding import list_issues
from langnghe.errors import CheckFailed, LangngheError, Say
from langnghe.hub.studies.locking import patient_lock
from langnghe.hub.studies.models import State, Study, Upload
from langnghe.manifest import code_hash
from langnghe.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

logger = logging.getLogger(__name__)

EVERY = 0.5
PATIENCE = 60.0
"""Seconds between two notes of how far a run is; seconds that a run waits for another."""


@task()
def look(number: int) -> None:
    """Look at the file that was uploaded: how it would be read. Nothing is kept of it yet."""
    study = Study.objects.get(pk=number)
    with _told(study):
        files = [file.path for file in _waiting(study)]
        columns = list(dict.fromkeys(name for file in files for name in open_table(file).columns))
        study.reading = {"asked": study.reading.get("asked", {}), "columns": columns, "said": {}}
        study.save(update_fields=["reading"])  # with the columns people can mend what is wrong below
        asked = _asked(study)
        texts = ln.read(files, **asked, progress=_teller(study))
        study.reading["said"] = {lang: describe(texts.files, lang) for lang in ("vi", "en")}
        study.reading["used"] = _used(texts)
        study.become(State.CHECK, reading=study.reading, fault={})


def _used(texts: ln.Texts) -> dict[str, list[str]]:
    """Role → columns of the files that are read so, each once."""
    names = {role: [file.columns[role] for file in texts.files if role in file.columns] for role in ROLES}
    names["groups"] = [name for file in texts.files for name in file.groups]
    return {role: list(dict.fromkeys(found)) for role, found in names.items()}


@task()
def run(number: int) -> None:
    """Run all stages: read, mask, erase the file, find issues, count, write the report."""
    study = Study.objects.get(pk=number)
    with _told(study):
        folder = _prepared(study).watched(_teller(study))
        with patient_lock(folder, PATIENCE):
            kept = ln.keep_texts(folder)
            for file in _waiting(study):
                file.erase()
            ln.save_report(kept)
            list_issues(kept)
        study.become(State.DONE, fault={}, stale=False, code=code_hash())


def _prepared(study: Study) -> ln.Study:
    """The study with its settings and the files that wait to be read."""
    before = (
        ln.Study.open(study.path).settings if (study.path / "study.toml").is_file() else Settings(title=study.title)
    )
    files = _waiting(study)
    if not files:
        return ln.Study.create(study.path, settings=replace(before, title=study.title))
    changed = replace(before, title=study.title, inputs=(), **_asked(study))
    return ln.add_texts(ln.Study.create(study.path, settings=changed), [file.path for file in files])


def _asked(study: Study) -> dict[str, Any]:
    """What people said about the columns of the file that waits."""
    asked = study.reading.get("asked", {})
    day = asked.get("as_of")
    return {
        **{role: asked.get(role) for role in ROLES},
        "groups": tuple(asked.get("groups") or ()),
        "as_of": dt.date.fromisoformat(day) if day else None,
    }


@contextmanager
def _told(study: Study) -> Iterator[None]:
    """Keep what goes wrong for the person who waits; a fault of the hub itself goes to the log too."""
    try:
        yield
    except LangngheError as fault:
        study.fail(fault)
    except Exception:
        logger.exception("a job of study %s broke", study.pk)
        study.fail(
            CheckFailed(
                study.title,
                Say("lượt chạy bị lỗi của hệ thống.", "the run broke by a fault of the hub."),
                Say(
                    "Hãy chạy lại; nếu vẫn lỗi, hãy báo người quản trị.",
                    "Run again; if it stays, tell the administrator.",
                ),
            )
        )


def _waiting(study: Study) -> list[Upload]:
    return list(study.uploads.filter(whole=True, erased=None))


def _teller(study: Study) -> Callable[[str, int, int], None]:
    at, before = 0.0, ""

    def tell(stage: str, done: int, total: int) -> None:
        nonlocal at, before
        now = time.monotonic()
        if stage != before or now - at > EVERY:
            at, before = now, stage
            study.tell(stage, done, total)

    return tell
