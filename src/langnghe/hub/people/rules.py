"""What a password must be, in both languages: long, not common, not like one's own name, not made of words of this organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import password_validation as django
from django.core.exceptions import ValidationError

from langnghe.hub.base.templatetags.say import say
from langnghe.hub.units.models import Unit
from langnghe.words.fold import fold

if TYPE_CHECKING:
    from langnghe.hub.people.models import Person

LEAST = 12
OWN_LEAST = 8
"""Least signs of a password; least that are left of it without words of the organisation."""

OWN_WORDS = (
    "lang nghe", "cong doan", "lien doan", "lao dong", "nguoi lao dong", "mat khau", "password", "union", "hub",
    "quan tri", "admin", "nghien cuu", "researcher", "can bo", "officer", "viet nam",
)  # fmt: skip
"""Words that anybody would try first here: the organisation, the program, the roles. Names of units are added to them."""


class LongEnough(django.MinimumLengthValidator):
    """Twelve signs."""

    def __init__(self) -> None:
        super().__init__(LEAST)

    def get_error_message(self) -> str:
        """What is wrong."""
        return say("Mật khẩu quá ngắn: cần ít nhất {n} ký tự.", "Too short: at least {n} characters are needed.", n=LEAST)  # fmt: skip


class NotCommon(django.CommonPasswordValidator):
    """None of 20,000 that many people have."""

    def get_error_message(self) -> str:
        """What is wrong."""
        return say("Mật khẩu này nhiều người dùng, rất dễ đoán.", "Many people have this password; it is easily guessed.")  # fmt: skip


class NotLikeTheName(django.UserAttributeSimilarityValidator):
    """Not like one's own name or address."""

    def __init__(self) -> None:
        super().__init__(("name", "email"))

    def get_error_message(self) -> str:
        """What is wrong."""
        return say("Mật khẩu quá giống tên hoặc thư điện tử của bạn.", "It is too much like your name or your e-mail.")


class OwnWords:
    """Not made of words of this organisation."""

    def validate(self, password: str, user: Person | None = None) -> None:
        """Raise ValidationError where hardly anything else is left."""
        del user
        left = _bare(password)
        names = map(_bare, (*OWN_WORDS, *Unit.objects.values_list("name", flat=True)))
        for word in sorted(names, key=len, reverse=True):
            left = left.replace(word, "") if word else left
        if len(left) < OWN_LEAST:
            raise ValidationError(
                say(
                    "Mật khẩu gần như chỉ gồm tên đơn vị, tên hệ thống hay vai trò. Hãy thêm vài từ của riêng bạn.",
                    "It is hardly more than the name of a unit, of this program or of a role. Add some words of your own.",
                )
            )

    def get_help_text(self) -> str:
        """Nothing beside what the form says."""
        return ""


def _bare(text: str) -> str:
    """Small letters and digits without accents."""
    return "".join(filter(str.isalnum, fold(text)))
