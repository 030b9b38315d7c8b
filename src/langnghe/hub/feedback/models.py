"""Letters of workers and what is written about them. A letter knows neither who wrote it nor when: no account, no address, at most a day."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import TYPE_CHECKING, Any, NoReturn

import polars as pl
from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from langnghe.clean.masks import mask
from langnghe.clean.normalise import normalised
from langnghe.errors import Say
from langnghe.hub.base.fields import RandomKey
from langnghe.hub.base.scrub import empty_log
from langnghe.hub.erasures import note
from langnghe.hub.feedback.readers import seen_by
from langnghe.hub.units.models import Unit

if TYPE_CHECKING:
    from langnghe.hub.people.models import Person

LONGEST, LONGEST_CONTACT = 5_000, 200
"""Letters of a text, of a contact."""

MOST_MESSAGES = 100
"""Messages of a thread."""

ANSWER_DAYS, KEEP_DAYS = 10, 90
"""Working days until an answer is due, and days after closing until personal data is erased, where no unit says otherwise."""


TOPICS = {
    "wages": Say("Tiền lương, thưởng", "Wages and bonuses"),
    "hours": Say("Giờ làm, tăng ca, nghỉ phép", "Working hours, overtime, leave"),
    "contract": Say("Hợp đồng, mất việc", "Contract, loss of work"),
    "social_insurance": Say("Bảo hiểm", "Insurance"),
    "safety": Say("An toàn, sức khỏe, điều kiện làm việc", "Safety, health, working conditions"),
    "meals": Say("Bữa ăn ca", "Meals at work"),
    "treatment": Say("Đối xử, quấy rối", "Treatment, harassment"),
    "housing": Say("Nhà ở, đi lại, con cái", "Housing, getting to work, children"),
    "other": Say("Việc khác", "Something else"),
}
"""What a letter may be about, near to the words of the code-book."""


class State(models.TextChoices):
    """Where a letter is."""

    RECEIVED = "received"
    HANDLED = "handled"
    ANSWERED = "answered"
    CLOSED = "closed"


STATES = {
    "received": Say("Đã nhận", "Received"),
    "handled": Say("Đang xử lý", "Being handled"),
    "answered": Say("Đã trả lời", "Answered"),
    "closed": Say("Đã đóng", "Closed"),
}
"""States as people call them."""

OPEN = (State.RECEIVED, State.HANDLED)
"""States in which an answer is awaited."""


class Rule(models.Model):
    """What a unit promises: it holds for the unit and for what is below it and has none of its own."""

    unit = models.OneToOneField(Unit, models.CASCADE, related_name="+")
    answer_days = models.PositiveSmallIntegerField(default=ANSWER_DAYS)
    keep_days = models.PositiveSmallIntegerField(default=KEEP_DAYS)

    def __str__(self) -> str:
        return str(self.unit)

    @classmethod
    def of(cls, unit: Unit) -> Rule:
        """The rule that holds for a unit: the nearest above it, else the usual one."""
        line = [int(part) for part in unit.path.split("/") if part]
        rules = {rule.unit_id: rule for rule in cls.objects.filter(unit__in=line)}
        return next((rules[number] for number in reversed(line) if number in rules), cls(unit=unit))


class Letter(models.Model):
    """What one worker wrote, as a case that somebody answers."""

    id = RandomKey(primary_key=True)
    code_hash = models.CharField(max_length=64, unique=True)
    reader = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    about = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    topic = models.CharField(max_length=20, blank=True)
    contact = models.CharField(max_length=LONGEST_CONTACT, blank=True)
    may_study = models.BooleanField(default=False)
    day = models.DateField()
    due = models.DateField()
    state = models.CharField(max_length=10, default=State.RECEIVED.value)
    in_charge = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    closed_on = models.DateField(null=True, blank=True)
    erased_on = models.DateField(null=True, blank=True)
    is_withdrawn = models.BooleanField(default=False)

    class Meta:
        """What is due first comes first; letters of one day in no order that tells anything."""

        ordering = ("due", "id")

    def __str__(self) -> str:
        return str(self.pk)

    @classmethod
    def within(cls, person: Person) -> models.QuerySet[Letter]:
        """The letters that a person may see."""
        return cls.objects.filter(seen_by(person)).select_related("reader", "about", "in_charge")

    @property
    def short(self) -> str:
        """The last digits of its number, for people."""
        return f"{self.pk % 10**6:06d}"

    @property
    def topic_said(self) -> Say:
        """The topic as people call it; a dash where none was chosen."""
        return TOPICS.get(self.topic, Say("–", "–"))

    @property
    def state_said(self) -> Say:
        """The state as people call it."""
        return STATES[self.state]

    @property
    def is_overdue(self) -> bool:
        """Whether an answer is awaited and the day has passed."""
        return self.state in OPEN and self.due < today()

    def shows_all_to(self, person: Person) -> bool:
        """Whether a person sees personal data: the officer in charge alone."""
        return person.is_active and person.role == "officer" and self.in_charge_id == person.pk

    def write(self, text: str, *, key: int | None = None, is_staff: bool = False) -> Message:
        """Add to the thread. Sent again under the same key, it is there once."""
        with transaction.atomic():
            Letter.objects.select_for_update().get(pk=self.pk)
            before = Message.objects.filter(pk=key).first() if key is not None else None
            if before is not None:
                return before
            message = Message(
                id=secrets.randbits(62) if key is None else key,
                letter=self,
                number=self.messages.count() + 1,
                is_staff=is_staff,
                text=text,
                masked=masked(text),
                day=today(),
            )
            message.save(force_insert=True)
            return message

    def reopen(self) -> None:
        """The worker wrote again: an answer is awaited anew."""
        self.state = State.HANDLED if self.in_charge_id else State.RECEIVED
        self.due = working_days_after(today(), Rule.of(self.reader).answer_days)
        self.closed_on = self.erased_on = None
        self.save(update_fields=["state", "due", "closed_on", "erased_on"])

    def erase(self) -> None:
        """Erase personal data: the contact and the texts as written; masked texts stay."""
        note("letter.erased", self.pk)
        with transaction.atomic():
            self.messages.exclude(text="").update(text="")
            self.contact, self.erased_on = "", today()
            self.save(update_fields=["contact", "erased_on"])

    def withdraw(self) -> None:
        """Erase all that the worker wrote, masked or not, because the worker asks for it; the case is closed."""
        note("letter.withdrawn", self.pk)
        with transaction.atomic():
            self.erase()
            self.messages.filter(is_staff=False).update(masked="")
            self.state, self.closed_on, self.is_withdrawn, self.may_study = State.CLOSED, today(), True, False
            self.save(update_fields=["state", "closed_on", "is_withdrawn", "may_study"])
        empty_log()  # the rest, and PostgreSQL's tables, at night


class Message(models.Model):
    """One message of a thread. Messages are added, and their text may be emptied; the database refuses anything else."""

    id = RandomKey(primary_key=True)
    letter = models.ForeignKey(Letter, models.PROTECT, related_name="messages")
    number = models.PositiveSmallIntegerField()
    is_staff = models.BooleanField()
    text = models.TextField(max_length=LONGEST)
    masked = models.TextField()
    day = models.DateField()

    class Meta:
        """In the order of the thread."""

        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["letter", "number"], name="feedback_message_place")]

    def __str__(self) -> str:
        return f"{self.letter} {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the message; one that is there can't be changed."""
        if not self._state.adding:
            self._refuse()
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse."""
        self._refuse()

    def _refuse(self) -> NoReturn:
        message = "messages are only added"
        raise TypeError(message)


def today() -> dt.date:
    """The day in Viet Nam."""
    return timezone.localdate()


def working_days_after(day: dt.date, days: int) -> dt.date:
    """The day that is some working days later, Monday to Friday; public holidays are not known here."""
    weeks, rest = divmod(days, 5)
    start = day - dt.timedelta(days=max(0, day.weekday() - 4))
    over = 2 if start.weekday() + rest > 4 else 0
    return start + dt.timedelta(days=7 * weeks + rest + over)


def masked(text: str) -> str:
    """A text with personal data masked."""
    return str(mask(normalised(pl.Series([text], dtype=pl.String)))["text"][0])
