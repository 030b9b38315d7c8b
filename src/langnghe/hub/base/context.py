"""What every template knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

from langnghe._version import __version__
from langnghe.hub.roles import may_open, role_of

if TYPE_CHECKING:
    from django.http import HttpRequest

MENU = (
    ("surveys:list", "Khảo sát", "Surveys"),
    ("feedback:inbox", "Góp ý", "Feedback"),
    ("studies:list", "Nghiên cứu", "Studies"),
    ("coding:list", "Mã hoá", "Coding"),
    ("units:list", "Đơn vị", "Units"),
    ("people:list", "Người dùng", "People"),
    ("audit:list", "Nhật ký", "Audit log"),
)
"""(name of a page, Vietnamese, English), in the order of the menu; a role sees what it may open."""


def page(request: HttpRequest) -> dict[str, Any]:
    """The language, the version, the role, the menu, and whether all here is invented."""
    role = role_of(request) if hasattr(request, "user") else None
    menu = [entry for entry in MENU if role and may_open(role, entry[0])]
    lang, is_demo = getattr(request, "LANGUAGE_CODE", "vi"), settings.INSTANCE.is_demo
    return {"lang": lang, "version": __version__, "role": role, "menu": menu, "is_demo": is_demo}
