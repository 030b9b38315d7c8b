"""Who may see what: every page of the hub by its name, and the roles that may open it.

A page that is not named here is open to nobody. What a role may see *within* a page (an officer: the unit and what is below it)
is said where that page asks for its rows, by `langnghe.hub.units.models.Unit.within`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import HttpRequest


class Role(StrEnum):
    """What a person may do: `PUBLIC` is anybody, without an account."""

    PUBLIC = "public"
    VIEWER = "viewer"
    CODER = "coder"
    OFFICER = "officer"
    RESEARCHER = "researcher"
    ADMIN = "admin"


ANYBODY = frozenset(Role)
STAFF = frozenset(Role) - {Role.PUBLIC}
ADMINS = frozenset({Role.ADMIN})
OFFICERS = frozenset({Role.OFFICER})
INBOX = frozenset({Role.ADMIN, Role.OFFICER})
RESEARCH = frozenset({Role.ADMIN, Role.RESEARCHER})
SURVEYORS = RESEARCH | {Role.OFFICER}
READERS = SURVEYORS | {Role.VIEWER}
CODING = RESEARCH | {Role.CODER}

SECOND_FACTOR = SURVEYORS
"""Who logs in with a second factor: they see letters as they were written, export what single people answered, or change accounts. Coders
and viewers see masked texts and figures of many; they may have one."""

MINUTES = {Role.ADMIN: 60, Role.RESEARCHER: 60, Role.OFFICER: 60, Role.CODER: 240, Role.VIEWER: 240}
"""After how many minutes of doing nothing somebody is logged out. An hour is what NIST SP 800-63B-4 asks for with two factors; shorter, and
an officer loses an answer while telephoning about it."""

LONGEST = 12 * 60
"""After how many minutes everybody is logged out."""

PAGES: dict[str, frozenset[Role]] = {
    # base
    "home": ANYBODY,
    "health": ANYBODY,
    "language": ANYBODY,
    # accounts (allauth): signing up and mail are closed, an invitation makes an account
    "account_login": ANYBODY,
    "account_logout": STAFF,
    "account_change_password": STAFF,
    "account_reauthenticate": STAFF,
    "account_inactive": ANYBODY,
    "mfa_index": STAFF,  # the own account: second factor, sessions, what happened to it
    "mfa_authenticate": ANYBODY,
    "mfa_reauthenticate": STAFF,
    "mfa_activate_totp": STAFF,
    "mfa_deactivate_totp": STAFF,
    "mfa_view_recovery_codes": STAFF,
    "mfa_generate_recovery_codes": STAFF,
    # people
    "people:list": ADMINS,
    "people:invite": ADMINS,
    "people:change": ADMINS,
    "people:accept": ANYBODY,
    "people:reset": ADMINS,
    "people:end": STAFF,  # own sessions
    "people:end_all": ADMINS,
    "people:password": ANYBODY,  # who has the link
    # units
    "units:list": STAFF,
    "units:add": ADMINS,
    "units:change": ADMINS,
    # surveys
    "surveys:answer": ANYBODY,
    "surveys:list": READERS,
    "surveys:show": READERS,
    "surveys:preview": READERS,
    "surveys:results": READERS,
    "surveys:add": SURVEYORS,
    "surveys:example": SURVEYORS,
    "surveys:change": SURVEYORS,
    "surveys:release": SURVEYORS,
    "surveys:close": SURVEYORS,
    "surveys:poster": SURVEYORS,
    "surveys:export": RESEARCH,
    "surveys:import": RESEARCH,
    "surveys:study": RESEARCH,
    # feedback: workers write and read without an account; an administrator assigns, an officer in charge answers
    "feedback:write": ANYBODY,
    "feedback:read": ANYBODY,
    "feedback:inbox": INBOX,
    "feedback:letter": INBOX,
    "feedback:take": OFFICERS,
    "feedback:assign": ADMINS,
    "feedback:answer": OFFICERS,
    "feedback:close": OFFICERS,
    "feedback:figures": STAFF,
    "feedback:export": RESEARCH,
    "feedback:rules": ADMINS,
    "feedback:rule": ADMINS,
    # checks: what was published
    **dict.fromkeys(("checks:index", "checks:page", "checks:check"), ANYBODY),
    # studies
    "studies:list": READERS,
    "studies:show": READERS,
    "studies:report": READERS,
    "studies:compare": READERS,
    "studies:download": READERS,
    **dict.fromkeys(
        ("studies:begin", "studies:progress", "studies:columns", "studies:start", "studies:upload", "studies:erase"),
        RESEARCH,
    ),
    **dict.fromkeys(("studies:announce", "studies:part"), RESEARCH),
    # issues: what people decide on a code-book
    **dict.fromkeys(("issues:list", "issues:show", "issues:texts", "issues:decide", "issues:undo"), RESEARCH),
    **dict.fromkeys(("issues:book", "issues:sign"), RESEARCH),
    # coding: coders see texts and their own codes; agreement and disagreements are for researchers
    **dict.fromkeys(
        ("coding:list", "coding:desk", "coding:give", "coding:undo", "coding:sheet", "coding:filled"), CODING
    ),
    **dict.fromkeys(
        ("coding:plan", "coding:draw", "coding:learn", "coding:seats", "coding:talk", "coding:agree"), RESEARCH
    ),
    # audit
    "audit:list": ADMINS,
}
"""Name of a page → roles that may open it."""


SETTING_UP = frozenset(
    {"language", "account_logout", "account_reauthenticate", "mfa_reauthenticate", "mfa_activate_totp"}
)
"""Pages that open before a second factor is set up, beside those of the public."""


def waits_for_second(role: Role, page: str) -> bool:
    """Whether a page opens to a role only once a second factor is set up."""
    is_open = page in SETTING_UP or (may_open(Role.PUBLIC, page) and page != "home")
    return role in SECOND_FACTOR and not is_open


def may_open(role: Role, page: str) -> bool:
    """Whether a role may open a page."""
    return role in PAGES.get(page, frozenset())


def role_of(request: HttpRequest) -> Role:
    """The role of who asks."""
    person = request.user
    return Role(person.role) if person.is_authenticated and person.is_active else Role.PUBLIC
