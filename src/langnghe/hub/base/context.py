"""What every template knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

from langnghe._version import __version__
from langnghe.errors import Say
from langnghe.hub.roles import SECOND_FACTOR, may_open, role_of

if TYPE_CHECKING:
    from django.http import HttpRequest

MENU = (
    ("surveys:list", Say("Khảo sát", "Surveys"), Say("Hỏi người lao động mà không biết ai trả lời.", "Ask workers without knowing who answers.")),
    ("feedback:inbox", Say("Góp ý", "Feedback"), Say("Hộp thư của người lao động: nhận, trả lời, đóng.", "Letters of workers: take charge, answer, close.")),
    ("studies:list", Say("Nghiên cứu", "Studies"), Say("Từ một tệp ý kiến đến báo cáo.", "From a file of comments to a report.")),
    ("coding:list", Say("Mã hoá", "Coding"), Say("Đọc từng ý kiến trong phần được giao cho bạn.", "Read the texts that were given to you.")),
    ("units:list", Say("Đơn vị", "Units"), Say("Cây đơn vị: tỉnh, xã phường, khu, ngành, cơ sở.", "The tree of units: province, communes, zones, sectors, grassroots.")),
    ("people:list", Say("Người dùng", "People"), Say("Mời người, đổi vai trò, cho vào lại.", "Invite people, change roles, let somebody in again.")),
    ("audit:list", Say("Nhật ký", "Audit log"), Say("Cán bộ đã làm gì, lúc nào.", "What staff did, and when.")),
)  # fmt: skip
"""(name of a page, what it is called, what it is for), in the order of the menu; a role sees what it may open."""


def page(request: HttpRequest) -> dict[str, Any]:
    """The language, the version, the role and those that need a second factor, the menu, and whether all here is invented."""
    role = role_of(request) if hasattr(request, "user") else None
    is_setting_up = request.resolver_match is not None and request.resolver_match.view_name == "mfa_activate_totp"
    menu = [entry for entry in MENU if role and not is_setting_up and may_open(role, entry[0])]
    lang, is_demo = getattr(request, "LANGUAGE_CODE", "vi"), settings.INSTANCE.is_demo
    return {
        "lang": lang,
        "version": __version__,
        "role": role,
        "menu": menu,
        "is_demo": is_demo,
        "second_factor": SECOND_FACTOR,
    }
