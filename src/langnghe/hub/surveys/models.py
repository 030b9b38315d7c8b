"""Surveys and their answers. An answer knows neither who gave it nor when: no address, no browser, no account, at most a day."""

from __future__ import annotations

import datetime as dt
import json
import secrets
import time
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone

from langnghe.hub.base.fields import RandomKey
from langnghe.hub.base.intake import Bucket
from langnghe.hub.base.scrub import empty_log
from langnghe.hub.base.together import Together
from langnghe.hub.erasures import note
from langnghe.hub.surveys.form import Answers, Form, from_json
from langnghe.hub.units.models import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.backends.utils import CursorWrapper

    from langnghe.hub.people.models import Person

K = 10
"""The least number of answers that anything shown stands for."""

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
SLUG = 10
"""Letters of a link, which may have to be typed from paper: no l, i, o, 0, 1."""


RECENT = 2.0
"""Seconds for which a survey that is being answered is not read again."""

_RECENT: dict[str, tuple[float, Survey]] = {}


class State(models.TextChoices):
    """Where a survey is in its life; it never goes back."""

    DRAFT = "draft", "Bản nháp"
    WAITING = "waiting", "Chưa đến ngày mở"
    OPEN = "open", "Đang mở"
    ENDED = "ended", "Đã hết hạn"
    CLOSED = "closed", "Đã đóng"


def new_slug() -> str:
    """A random link."""
    return "".join(secrets.choice(ALPHABET) for _ in range(SLUG))


def today() -> dt.date:
    """The day in Viet Nam."""
    return timezone.localdate()


class Survey(models.Model):
    """A survey: its form, when it is open, and what respondents are told."""

    slug = models.CharField(max_length=16, unique=True, default=new_slug, editable=False)
    title_vi = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    purpose_vi = models.TextField(max_length=600)
    purpose_en = models.TextField(max_length=600, blank=True)
    contact = models.CharField(max_length=200)
    keep_months = models.PositiveSmallIntegerField(default=12)
    opens = models.DateField()
    closes = models.DateField()
    form_json = models.TextField(editable=False)
    is_released = models.BooleanField(default=False, editable=False)
    is_sealed = models.BooleanField(default=False, editable=False)
    sealed_on = models.DateField(null=True, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+")

    class Meta:
        """Newest first."""

        ordering = ("-id",)

    def __str__(self) -> str:
        return self.title_vi

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; respondents see it at once."""
        super().save(*args, **kwargs)
        _RECENT.pop(self.slug, None)

    @cached_property
    def drawn(self) -> dict[str, bytes]:
        """Pages for everybody that were drawn of it, by name and language."""
        return {}

    @property
    def form(self) -> Form:
        """The form."""
        return from_json(self.form_json)

    @property
    def state(self) -> State:
        """Draft, waiting, open, ended (to be closed) or closed."""
        if self.is_sealed:
            return State.CLOSED
        if not self.is_released:
            return State.DRAFT
        if today() < self.opens:
            return State.WAITING
        return State.OPEN if today() <= self.closes else State.ENDED

    @property
    def is_open(self) -> bool:
        """Whether it can be answered."""
        return self.state == State.OPEN

    @property
    def erased_on(self) -> dt.date:
        """The day from which its answers are erased."""
        return (self.sealed_on or self.closes) + dt.timedelta(days=30 * self.keep_months)

    @classmethod
    def of_link(cls, slug: str) -> Survey | None:
        """The released survey of a link, as it was at most `RECENT` seconds ago; storing looks again whether it is open."""
        now = time.monotonic()
        kept = _RECENT.get(slug)
        if kept is None or now - kept[0] > RECENT:
            found = cls.objects.select_related("unit").filter(slug=slug, is_released=True).first()
            if found is None:
                return None
            kept = (now, found)
            _RECENT[slug] = kept
        return kept[1]

    @classmethod
    def within(cls, person: Person) -> models.QuerySet[Survey]:
        """The surveys that a person may see: all, or for an officer those of the own unit and below."""
        return cls.objects.filter(unit__in=Unit.within(person)).select_related("unit")

    def about_how_many(self) -> int:
        """The number of answers, rounded down to tens: a counter that goes up by one would tell who has just answered."""
        return self.answers.count() // K * K

    def sealed_answers(self) -> list[Answers]:
        """All answers, once it has closed and there are at least `K`; else none."""
        if not self.is_sealed:
            return []
        rows = list(self.answers.values_list("answers", flat=True))
        return rows if len(rows) >= K else []


class Answer(models.Model):
    """The answers of one respondent."""

    id = RandomKey(primary_key=True)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="answers")
    day = models.DateField(null=True)
    answers = models.JSONField()

    def __str__(self) -> str:
        return "answer"


def store(survey: Survey, key: int, answers: Answers) -> bool:
    """Store answers under the key of the page that they were written on: sent again, they are stored once.

    Returns
    -------
    Whether they are stored, now or before; False where the survey has closed meanwhile.
    """
    row = [key, survey.pk, today().isoformat(), json.dumps(answers, ensure_ascii=False), survey.pk]
    return _stored_together(row) or is_stored(survey, key)


def _stored(rows: list[list[Any]]) -> list[bool]:
    """Write answers in one transaction; gives back which are new."""
    is_sqlite, are_new = connection.vendor == "sqlite", []
    with transaction.atomic(), connection.cursor() as cursor:
        for row in rows:
            cursor.execute(_STORE if is_sqlite else _STORE_LOCKED, row)
            are_new.append(cursor.rowcount == 1)
            if is_sqlite and are_new[-1]:
                _stir(cursor, row[:2])
    if is_sqlite and EMPTYING.take():
        empty_log(patience=0)
    return are_new


def _stir(cursor: CursorWrapper, place: list[int]) -> None:
    """Lay a new answer and those beside it down anew in a random order: SQLite fills a page of its file as rows come.

    Few statements, each of one step: after a step, other threads may have their turn.
    """
    key, survey = place
    cursor.execute(_BESIDE, [survey, key, NEAR, survey, key, NEAR])
    rows = json.loads(cursor.fetchone()[0])
    secrets.SystemRandom().shuffle(rows)
    cursor.execute(_LIFT, [json.dumps([row[0] for row in rows])])
    cursor.execute(_LAY, [survey, json.dumps(rows)])


_stored_together = Together(_stored)
"""Databases have one writer at a time for a survey, and each waits for the disk."""

NEAR = K // 2
"""Answers of a survey on either side, in the order of keys, that are laid down anew with each new one: it may be any of more than `K`."""

EMPTYING = Bucket(1 / 60, 1)
"""How often the log of SQLite, in which writes stand as they came, is emptied while answers come: once a minute."""

_BESIDE = (
    "SELECT json_group_array(json_array(id, day, answers)) FROM ("
    "SELECT * FROM (SELECT id, day, answers FROM surveys_answer WHERE survey_id = %s AND id >= %s ORDER BY id LIMIT %s) "
    "UNION ALL "
    "SELECT * FROM (SELECT id, day, answers FROM surveys_answer WHERE survey_id = %s AND id < %s ORDER BY id DESC LIMIT %s))"
)
_LIFT = "DELETE FROM surveys_answer WHERE id IN (SELECT value FROM json_each(%s))"
_LAY = (
    "INSERT INTO surveys_answer (id, survey_id, day, answers) "
    "SELECT json_extract(value, '$[0]'), %s, json_extract(value, '$[1]'), json_extract(value, '$[2]') FROM json_each(%s)"
)
_STORE = (
    "INSERT INTO surveys_answer (id, survey_id, day, answers) SELECT %s, %s, %s, %s FROM surveys_survey "
    "WHERE id = %s AND is_released AND NOT is_sealed ON CONFLICT (id) DO NOTHING"
)
_STORE_LOCKED = (
    "INSERT INTO surveys_answer (id, survey_id, day, answers) SELECT %s, %s, %s::date, %s::jsonb FROM surveys_survey "
    "WHERE id = %s AND is_released AND NOT is_sealed FOR NO KEY UPDATE ON CONFLICT (id) DO NOTHING"
)
"""One statement looks whether the survey is open and stores: nothing can come in between. SQLite has one writer at a time; in PostgreSQL
the survey is locked against being closed meanwhile."""


def is_stored(survey: Survey, key: int) -> bool:
    """Whether answers of a page are stored already."""
    return Answer.objects.filter(pk=key, survey=survey).exists()


def replace_all(survey: Survey, rows: Iterable[tuple[dt.date | None, Answers]]) -> None:
    """Put answers in place of all that are there, in a random order and under new random keys."""
    fresh = [Answer(id=secrets.randbits(62), survey=survey, day=day, answers=answers) for day, answers in rows]
    secrets.SystemRandom().shuffle(fresh)
    survey.answers.all().delete()
    Answer.objects.bulk_create(fresh, batch_size=500)


def erase_old() -> int:
    """Erase the answers of surveys that were to be kept no longer; gives back how many."""
    old: list[Any] = [one.pk for one in Survey.objects.filter(is_sealed=True) if one.erased_on <= today()]
    held = Answer.objects.filter(survey__in=old)
    for number in held.values_list("survey", flat=True).distinct():
        note("survey.erased", number)
    return held.delete()[0]
