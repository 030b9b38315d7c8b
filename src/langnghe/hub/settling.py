"""What is done once with a hub that was restored, before anybody uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from langnghe.errors import CheckFailed, InputError, Say
from langnghe.hub import erasures
from langnghe.hub.base.daily import do_all
from langnghe.hub.people.models import Invitation
from langnghe.hub.studies.models import State, Study, Upload

if TYPE_CHECKING:
    from langnghe.hub.instance import Instance


def refuse_newer() -> None:
    """Refuse a database that a newer version has changed.

    Raises
    ------
    InputError
        It has migrations that this version does not know.
    """
    loader = MigrationLoader(connection)
    if set(loader.applied_migrations) - set(loader.disk_migrations):
        raise InputError(
            "backup",
            Say("bản sao lưu này do phiên bản mới hơn làm ra.", "this backup was made by a newer version."),
            Say("Hãy cập nhật langnghe rồi khôi phục.", "Update langnghe, then restore."),
        )


def settle(instance: Instance, known: int) -> int:
    """Erase again what was erased after the backup, and what is due by now; end what was at work; gives back how much was erased again."""
    again = erasures.done_again(erasures.noted(instance.folder)[known:])
    do_all()
    now = timezone.now()
    Invitation.objects.filter(used=None).update(expires=now)  # some may have been used since
    Upload.objects.filter(erased=None).update(erased=now)  # uploaded files are no part of a backup
    for study in Study.objects.filter(state__in=(State.READING, State.CHECK, State.RUNNING)):
        study.fail(_ended(study))
    _compact()
    connection.close()
    return again


def _ended(study: Study) -> CheckFailed:
    return CheckFailed(
        study.title,
        Say(
            "hệ thống được khôi phục khi nghiên cứu này đang chạy dở.",
            "the hub was restored while this study was at work.",
        ),
        Say("Hãy tải tệp lên lại, hoặc bấm Chạy lại.", "Upload the file again, or run it again."),
    )


def _compact() -> None:
    """Leave nothing of what was erased in the files of the database."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM FULL" if connection.vendor == "postgresql" else "VACUUM")
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
