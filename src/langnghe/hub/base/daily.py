"""What is done every day, by the worker of jobs at two in the morning: the functions that `settings.DAILY` names."""

from __future__ import annotations

import datetime as dt
import logging

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task
from django_tasks_db.models import DBTaskResult

HOUR = 2
_LOG = logging.getLogger("langnghe.daily")


def do_all() -> None:
    """Do all; what fails holds up nothing else."""
    for name in settings.DAILY:
        try:
            import_string(name)()
        except Exception:  # noqa: BLE001 - the next one shall run whatever this one did
            _LOG.exception("daily: %s failed", name)


@task()
def daily() -> None:
    """Do all, and see to it that it is done tomorrow."""
    plan()
    do_all()


def plan() -> None:
    """Put the next run into the queue, unless it waits there; a hub that was off for days runs it once when it starts."""
    waiting = DBTaskResult.objects.filter(task_path=daily.module_path, status="READY")
    if not waiting.exists():
        daily.using(run_after=next_run(timezone.now())).enqueue()


def next_run(now: dt.datetime) -> dt.datetime:
    """Two in the morning in Viet Nam, today or tomorrow."""
    local = timezone.localtime(now)
    run = local.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return run if run > local else run + dt.timedelta(days=1)
