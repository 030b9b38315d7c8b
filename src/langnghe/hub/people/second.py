"""The second factor: an app on a telephone that shows codes. Who must have one is written in `langnghe.hub.roles.SECOND_FACTOR`.

Its seeds stand in the database encrypted, by a key made of the secret of the hub, which no backup holds.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any, ClassVar

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.utils.crypto import salted_hmac

from langnghe.hub.base.templatetags.say import say_later
from langnghe.hub.people.sessions import end
from langnghe.hub.roles import Role, waits_for_second

if TYPE_CHECKING:
    from django.http import HttpRequest

    from langnghe.hub.people.models import Person


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Encrypts seeds of TOTP and of recovery codes, and speaks both languages."""

    error_messages: ClassVar[dict[str, Any]] = DefaultMFAAdapter.error_messages | {
        "incorrect_code": say_later(
            "Mã không đúng, hoặc đã hết hạn. Hãy gõ mã đang hiện trên điện thoại.",
            "This code is wrong, or too old. Type the one that the telephone shows now.",
        ),
    }

    def encrypt(self, text: str) -> str:
        """Encrypt a seed (AES-128-CBC with HMAC-SHA256)."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt it."""
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> Fernet:
    key = salted_hmac("langnghe.people.second", "", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))


def has_second(person: Person) -> bool:
    """Whether somebody logs in with a second factor."""
    return bool(Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists())


def codes_left(person: Person) -> int:
    """How many recovery codes somebody has not used yet."""
    found = Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(found.wrap().get_unused_codes()) if found else 0


def must_set_up(request: HttpRequest, role: Role, page: str) -> bool:
    """Whether a second factor is to be set up before a page opens. In a demo, where all is invented, it may be left."""
    if not waits_for_second(role, page) or settings.INSTANCE.is_demo:
        return False
    return not has_second(request.user)  # type: ignore[arg-type]  # who has a role is a person


def remove(person: Person) -> None:
    """Take away the second factor and its recovery codes, and end all sessions."""
    Authenticator.objects.filter(user=person).delete()
    end(person)
