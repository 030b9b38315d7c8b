"""Fill an empty hub."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from langnghe.errors import Say, SettingError
from langnghe.hub.demo.checks import make_checks
from langnghe.hub.demo.letters import make_letters
from langnghe.hub.demo.people import PEOPLE, SAID, address_of, make_people, make_units
from langnghe.hub.demo.study import make_study
from langnghe.hub.demo.survey import make_surveys
from langnghe.hub.feedback.models import Letter
from langnghe.hub.people.models import Person
from langnghe.hub.studies.models import Study
from langnghe.hub.surveys.models import Survey
from langnghe.hub.units.models import Unit

if TYPE_CHECKING:
    from langnghe.hub.instance import Instance

HELD = (Person, Unit, Survey, Letter, Study)
"""What an empty hub has none of."""


@dataclass(frozen=True)
class Demo:
    """What a newcomer needs: the password of all accounts, the link of the open survey, receipt codes of two letters."""

    password: str
    slug: str
    codes: tuple[str, ...]

    def to_text(self) -> str:
        """As it is kept in the folder of the instance."""
        return "\n".join((self.password, self.slug, *self.codes)) + "\n"

    @classmethod
    def from_text(cls, text: str) -> Demo:
        """Read what was kept."""
        password, slug, *codes = text.split()
        return cls(password, slug, tuple(codes))

    def told(self, base: str, lang: str) -> str:
        """What is printed."""
        head = Say(
            "BẢN THỬ: mọi thứ trong đó là bịa. Các tài khoản, chung một mật khẩu (ở đây không đòi bước xác thực thứ hai):",
            "DEMO: everything in it is invented. The accounts, which share one password (no second factor is asked for here):",
        )[lang]
        people = [f"  {address_of(word):<24} {SAID[word][lang]}" for word, *_ in PEOPLE]
        survey = Say("Khảo sát đang mở:", "The open survey:")[lang]
        checks = Say("Tin đã kiểm chứng:", "Checked claims:")[lang]
        codes = Say("Đọc trả lời góp ý với mã:", "Read the answers to letters with the codes:")[lang]
        return "\n".join(
            [
                head,
                *people,
                f"  {Say('mật khẩu', 'password')[lang]}: {self.password}",
                f"{survey} {base}{reverse('surveys:answer', args=[self.slug])}",
                f"{checks} {base}{reverse('checks:index')}",
                f"{codes} {'  '.join(self.codes)}  {base}{reverse('feedback:read')}",
            ]
        )


def fill() -> Demo:
    """Fill the hub, or say again what it was filled with.

    Raises
    ------
    SettingError
        It holds something already that is no demo.
    """
    instance: Instance = settings.INSTANCE
    told = instance.demo.read_text(encoding="utf-8") if instance.is_demo else ""
    if told:
        return Demo.from_text(told)
    if any(model.objects.exists() for model in HELD):
        raise SettingError(
            "--demo",
            Say("hệ thống này đã có dữ liệu.", "this hub holds something already."),
            Say("Hãy chọn một thư mục mới: --folder ban-thu.", "Choose a new folder: --folder demo."),
        )
    return _filled(instance)


def _filled(instance: Instance) -> Demo:
    password = "-".join(secrets.token_hex(2) for _ in range(4))
    instance.mark_demo("")  # first of all: what is half filled is marked too
    with transaction.atomic():
        units = make_units()
        people = make_people(units, password)
        survey = make_surveys(units["province"], people["researcher"])
        codes = make_letters(units, people)
    demo = Demo(password, survey.slug, codes)
    instance.mark_demo(demo.to_text())
    make_checks(instance)
    make_study(people)
    return demo
