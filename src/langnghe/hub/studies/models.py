"""Studies of the hub: where their folders are, and how far their runs are. What was found stands in the folder alone."""

from __future__ import annotations

import re
import shutil
import uuid
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone

from langnghe.hub.erasures import note
from langnghe.manifest import code_hash
from langnghe.study import Study as Folder

if TYPE_CHECKING:
    from langnghe.errors import LangngheError
    from langnghe.hub.people.models import Person

MOST_BYTES = 200_000_000
"""Size of an uploaded file at most."""

SILENT_FOR = timedelta(minutes=10)
"""A run that said nothing for so long was killed."""

_UNSAFE = re.compile(r"[^\w.\- ]+")


class State(models.TextChoices):
    """Where a study stands."""

    EMPTY = "empty", "Chưa có tệp"
    READING = "reading", "Đang xem tệp"
    CHECK = "check", "Chờ xem lại các cột"
    RUNNING = "running", "Đang chạy"
    DONE = "done", "Xong"
    FAILED = "failed", "Có lỗi"


def _folder() -> str:
    return uuid.uuid4().hex


class Study(models.Model):
    """A study of the hub."""

    title = models.CharField(max_length=160)
    folder = models.CharField(max_length=80, default=_folder, unique=True, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.EMPTY)
    stage = models.CharField(max_length=12, blank=True)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    told = models.DateTimeField(null=True)  # when the run last said how far it is
    fault = models.JSONField(default=dict, blank=True)  # where, what and mend, in both languages; never a text
    reading = models.JSONField(default=dict, blank=True)  # how the file was read, in both languages, and its columns
    stale = models.BooleanField(default=False)  # people decided something since the last run
    code = models.CharField(max_length=64, blank=True)  # hash of the program that ran it last

    class Meta:
        """Newest first."""

        ordering = ("-id",)

    def __str__(self) -> str:
        return self.title

    @classmethod
    def adopt(cls, name: str, title: str, person: Person) -> Study:
        """The row of a study folder that another part of the hub made; a run can be started at once."""
        study, _ = cls.objects.get_or_create(folder=name, defaults={"title": title[:160], "made_by": person})
        return study

    @property
    def can_start(self) -> bool:
        """Whether there are texts to run: a file that waits, or a study that was begun elsewhere."""
        return self.uploads.filter(whole=True, erased=None).exists() or (self.path / "study.toml").is_file()

    @property
    def path(self) -> Path:
        """Its folder."""
        return Path(settings.INSTANCE.studies) / self.folder

    def open(self) -> Folder:
        """The study itself."""
        return Folder.open(self.path)

    @property
    def has_report(self) -> bool:
        """Whether there is a report to open."""
        return (self.path / "report" / "report.html").is_file()

    @property
    def is_old(self) -> bool:
        """Whether another version of the program ran it: what is asked of it now would first run all of it again."""
        return self.code != code_hash()

    @property
    def is_at_work(self) -> bool:
        """Whether a job reads or runs it."""
        return self.state in {State.READING, State.RUNNING}

    @property
    def is_silent(self) -> bool:
        """Whether its job was killed, as far as one can see."""
        return self.is_at_work and self.told is not None and timezone.now() - self.told > SILENT_FOR

    def tell(self, stage: str, done: int, total: int) -> None:
        """Write down how far the run is."""
        now = timezone.now()
        Study.objects.filter(pk=self.pk).update(stage=stage, done=done, total=total, told=now)

    def erase(self) -> None:
        """Erase the study: its folder with all texts and codings, files that wait, its row."""
        note("study.erased", self.pk)
        for upload in self.uploads.filter(erased=None):
            upload.erase()
        if self.path.is_dir():
            shutil.rmtree(self.path)
        self.delete()

    def become(self, state: State, **changes: object) -> None:
        """Take another state."""
        fresh: dict[str, object] = {"state": state, "stage": "", "done": 0, "total": 0, "told": timezone.now()}
        Study.objects.filter(pk=self.pk).update(**fresh | changes)
        self.refresh_from_db()

    def fail(self, fault: LangngheError) -> None:
        """Keep what went wrong, for people."""
        said = {lang: {"what": fault.what[lang], "mend": fault.mend[lang]} for lang in ("vi", "en")}
        self.become(State.FAILED, fault={"where": _plain(fault.where), **said})


def _plain(where: str) -> str:
    """A place without the folders of this machine."""
    return where.replace(str(settings.INSTANCE.folder), "").lstrip("/")[:200]


class Upload(models.Model):
    """A file that is being uploaded; it is erased once its texts were read."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="uploads")
    name = models.CharField(max_length=120)
    size = models.BigIntegerField(default=0)  # bytes that it will have
    whole = models.BooleanField(default=False)
    added = models.DateTimeField(auto_now_add=True)
    erased = models.DateTimeField(null=True)

    class Meta:
        """In the order in which they came."""

        ordering = ("id",)

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where it lies until it is erased."""
        return Path(settings.INSTANCE.uploads) / f"{self.study.folder}-{self.pk}" / self.name

    @property
    def received(self) -> int:
        """Bytes that are there."""
        return self.path.stat().st_size if self.path.is_file() else 0

    def append(self, data: bytes) -> None:
        """Add to its end."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self.path.open("ab") as file:
            file.write(data)

    def erase(self) -> None:
        """Erase the file; that there was one, stays."""
        self.path.unlink(missing_ok=True)
        if self.path.parent.is_dir():
            self.path.parent.rmdir()
        Upload.objects.filter(pk=self.pk).update(erased=timezone.now())


def safe_name(name: str) -> str:
    """The name of an uploaded file without anything that a path could be made of, and no longer than a disk takes."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = _UNSAFE.sub("_", last).strip(" .")
    stem, dot, suffix = plain.rpartition(".")
    return f"{_cut(stem, 80) or 'tep'}{dot}{_cut(suffix, 10)}" if dot else (_cut(plain, 90) or "tep")


def _cut(text: str, most: int) -> str:
    """The beginning of a text: disks count bytes, of which a letter has up to four."""
    return text[:most].encode()[: 2 * most].decode(errors="ignore")
