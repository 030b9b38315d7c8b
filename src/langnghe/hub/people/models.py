"""Accounts of staff, and invitations to make one."""

from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone

from langnghe.errors import Say
from langnghe.hub.roles import STAFF, Role
from langnghe.hub.units.models import Unit

if TYPE_CHECKING:
    from django.contrib.sessions.backends.base import SessionBase

CALLED = {
    Role.ADMIN.value: Say("Quản trị", "Administrator"),
    Role.RESEARCHER.value: Say("Nghiên cứu", "Researcher"),
    Role.CODER.value: Say("Mã hoá", "Coder"),
    Role.OFFICER.value: Say("Cán bộ đơn vị", "Officer of a unit"),
    Role.VIEWER.value: Say("Chỉ xem", "Viewer"),
}
ROLES = [(role, name.vi) for role, name in CALLED.items()]
INVITED_FOR = timedelta(days=7)
"""Roles of staff, as people call them, and as choices; how long an invitation holds."""


class People(BaseUserManager["Person"]):
    """Makes accounts."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """Make an account; without a password nobody can log in to it."""
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save()
        return person


class Person(AbstractBaseUser, PermissionsMixin):
    """A member of staff."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=12, choices=ROLES, default=Role.VIEWER.value)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="people")
    language = models.CharField(max_length=2, default="vi")
    is_active = models.BooleanField(default=True)
    joined = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[People] = People()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        """By name."""

        ordering = ("name", "email")

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def role_said(self) -> Say:
        """The role as people call it."""
        return CALLED[self.role]

    def get_full_name(self) -> str:
        """The name, for libraries that ask."""
        return str(self)


class Session(AbstractBaseSession):
    """One browser in which somebody is logged in. Its address is kept nowhere."""

    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="sessions")
    began = models.DateTimeField(null=True)
    seen = models.DateTimeField(null=True)
    device = models.CharField(max_length=40, blank=True)  # 'Firefox, Windows', for its owner to know it again

    class Meta:
        """The one used last first."""

        ordering = ("-seen",)

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        """What reads and writes them."""
        from langnghe.hub.people.sessions import SessionStore  # noqa: PLC0415 - it needs this module

        return SessionStore

    @property
    def name(self) -> str:
        """A name that a page may show: the key itself would let in who knows it."""
        return _hash(self.session_key)[:16]


class Invitation(models.Model):
    """A link with which one person makes one account, once. Only a hash of it is stored."""

    hashed = models.CharField(max_length=64, unique=True)
    role = models.CharField(max_length=12, choices=ROLES)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.role} {self.unit or ''}".strip()

    @property
    def role_said(self) -> Say:
        """The role as people call it."""
        return CALLED[self.role]

    @classmethod
    def make(cls, role: str, unit: Unit | None = None, made_by: Person | None = None) -> tuple[Invitation, str]:
        """Make an invitation; gives back the secret that stands in its link, which is kept nowhere."""
        if role not in STAFF:
            message = f"no such role: {role}"
            raise ValueError(message)
        secret = secrets.token_urlsafe(32)
        expires = timezone.now() + INVITED_FOR
        return cls.objects.create(hashed=_hash(secret), role=role, unit=unit, made_by=made_by, expires=expires), secret

    @classmethod
    def open(cls, secret: str) -> Invitation | None:
        """The invitation of a link that still holds."""
        return cls.objects.filter(hashed=_hash(secret), used=None, expires__gt=timezone.now()).first()


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
