"""Sessions of staff: whose they are, when they began and were last used; they end after a time of doing nothing, and after a working day."""

from __future__ import annotations

import datetime as dt
import time
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from langnghe.hub.base.templatetags.say import say
from langnghe.hub.people.models import Session
from langnghe.hub.roles import LONGEST, MINUTES, role_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.sessions.backends.base import SessionBase
    from django.http import HttpRequest, HttpResponse

    from langnghe.hub.people.models import Person

BEGAN, SEEN, DEVICE = "began", "seen", "device"
"""What a session holds beside what Django puts there: seconds since 1970, twice; what kind of browser it is."""

BROWSERS = {"coc_coc": "Cốc Cốc", "Edg": "Edge", "OPR/": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}  # fmt: skip
SYSTEMS = {"Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows", "Mac OS": "macOS", "Linux": "Linux"}  # fmt: skip
"""Signs in what a browser says of itself → what of it is kept, the first that is found. Many browsers also call themselves Chrome and Safari."""


class SessionStore(DatabaseStore):
    """Django's sessions in the database, with their owner beside them."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Where they are kept."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row of a session."""
        row = cast("Session", super().create_model_instance(data))
        row.person_id = data.get("_auth_user_id")
        row.began, row.seen = _moment(data.get(BEGAN)), _moment(data.get(SEEN))
        row.device = data.get(DEVICE, "")
        return row


def _moment(seconds: int | None) -> dt.datetime | None:
    return None if seconds is None else dt.datetime.fromtimestamp(seconds, tz=dt.UTC)


def begin(request: HttpRequest | None, **_: Any) -> None:
    """Note when somebody logged in, and with what."""
    if request is not None:
        now = int(time.time())
        request.session.update({BEGAN: now, SEEN: now, DEVICE: device_of(request.headers.get("User-Agent", ""))})


def device_of(agent: str) -> str:
    """'Firefox, Windows': as much of what a browser says of itself as its owner needs to know it again."""
    found = [next((name for sign, name in names.items() if sign in agent), "") for names in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, found))


def limits(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: log out who did nothing for too long, and everybody after a working day."""

    def answer(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return get_response(request)
        now = int(time.time())
        if is_over(request.session, MINUTES[role_of(request)], now):
            logout(request)
            messages.info(request, say("Đã lâu bạn không dùng nên hệ thống tự đăng xuất. Hãy đăng nhập lại.", "You were logged out, as nothing was done for a long time. Log in again."))  # fmt: skip
            return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")
        asks_by_itself = (
            request.headers.get("HX-Request") == "true"
        )  # a page that renews itself is not somebody at work
        if not asks_by_itself and now - request.session.get(SEEN, 0) >= 60:
            request.session[SEEN] = now
        return get_response(request)

    return answer


def is_over(session: SessionBase, minutes: int, now: int) -> bool:
    """Whether a session has lasted too long, or was not used for too long."""
    began, seen = session.get(BEGAN, now), session.get(SEEN, now)
    return bool(now - seen > 60 * minutes or now - began > 60 * LONGEST)


def end(person: Person, besides: str | None = None) -> int:
    """End the sessions of a person, all but the one with a key; gives back how many there were."""
    return person.sessions.exclude(session_key=besides or "").delete()[0]


def erase_old() -> int:
    """Erase those that are over; done every day."""
    return Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]
