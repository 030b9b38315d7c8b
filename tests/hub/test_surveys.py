"""Surveys: answered by anybody without being known, seen by nobody before they have closed."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from langnghe.hub.audit.models import Entry
from langnghe.hub.base import intake
from langnghe.hub.roles import Role
from langnghe.hub.surveys import models, public
from langnghe.hub.surveys.models import Answer, State, Survey, store
from langnghe.hub.surveys.seal import seal
from langnghe.hub.units.models import Unit

from .xlsforms import MEALS, workbook

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = dt.date(2026, 7, 20)
FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
ANSWERS = {"q-eats": "yes", "q-good": "fair", "q-wishes": ["more", "other"], "q-other": "Canh nguội", "q-years": "4"}


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> Callable[[dt.date], None]:
    """Today is 20 July 2026, until a test says otherwise."""

    def set_to(date: dt.date) -> None:
        for place in ("models", "public", "seal", "exchange", "forms"):
            monkeypatch.setattr(f"langnghe.hub.surveys.{place}.today", lambda: date)

    set_to(DAY)
    return set_to


def about(unit: Unit, **changes: Any) -> dict[str, Any]:
    return {
        "title_vi": "Bữa ăn ca quý 3",
        "title_en": "Meals",
        "unit": unit.pk,
        "purpose_vi": "Để công đoàn đề nghị bữa ăn tốt hơn",
        "contact": "Văn phòng công đoàn, 12 phố Ví Dụ",
        "opens": "2026-07-20",
        "closes": "2026-07-31",
        "keep_months": 12,
        "questions": SimpleUploadedFile("form.xlsx", workbook(MEALS)),
        **changes,
    }


@pytest.fixture
def survey(browser: Callable[[Role], Client], province: Unit) -> Survey:
    """An open survey of the zone about meals, made as an officer makes it."""
    client = browser(Role.OFFICER)
    client.post(reverse("surveys:add"), about(Unit.objects.get(kind="zone")))
    made = Survey.objects.get()
    client.post(reverse("surveys:release", args=[made.pk]))
    return Survey.objects.get()


def link(survey: Survey) -> str:
    return reverse("surveys:answer", args=[survey.slug])


def carried(page: str) -> dict[str, Any]:
    """What a page would send along by itself."""
    return dict(FIELD.findall(page))


def walk(survey: Survey, answers: dict[str, Any], client: Client | None = None) -> Any:
    """Answer a survey page by page, as a browser without scripts does."""
    browser = client or Client()
    page = browser.get(link(survey))
    sent = {"consent": "yes", "go": "next"}
    for _ in range(8):
        text = page.content.decode()
        asked = {name: value for name, value in answers.items() if f'name="{name}"' in text}
        go = "send" if 'value="send"' in text else "next"
        fields = carried(text) | asked | sent | {"go": go}
        page = browser.post(link(survey), fields)
        if "token" not in carried(page.content.decode()):
            return page
    return page


def logged_in(survey: Survey) -> Client:
    """The browser of the officer who made a survey."""
    client = Client()
    assert survey.made_by is not None
    client.force_login(survey.made_by, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def fill(survey: Survey, number: int, **changes: str) -> None:
    for place in range(number):
        store(survey, 10**6 + place * 7919, {"eats": "yes", "good": "bad" if place % 3 else "fair"} | changes)


def test_a_worker_answers_page_by_page_and_it_is_stored_once(survey: Survey) -> None:
    page = walk(survey, ANSWERS)
    assert "Đã nhận câu trả lời của bạn" in page.content.decode()
    row = Answer.objects.get()
    assert row.answers == {"eats": "yes", "good": "fair", "wishes": "more other", "other": "Canh nguội", "years": "4"}
    assert row.day == DAY


def test_a_question_that_is_not_asked_is_passed_over(survey: Survey) -> None:
    walk(survey, ANSWERS | {"q-eats": "no"})
    assert Answer.objects.get().answers == {"eats": "no", "years": "4"}


def test_sending_again_stores_once(survey: Survey) -> None:
    client = Client()
    token = carried(client.get(link(survey)).content.decode())["token"]
    sent = ANSWERS | {"token": token, "page": "3", "consent": "yes", "go": "send"}
    for _ in range(3):
        assert "Đã nhận" in client.post(link(survey), sent).content.decode()
    assert Answer.objects.count() == 1


def test_nothing_is_stored_without_consent_or_before_send_is_pressed(survey: Survey) -> None:
    client = Client()
    token = carried(client.get(link(survey)).content.decode())["token"]
    page = client.post(link(survey), ANSWERS | {"token": token, "page": "3", "go": "send"}).content.decode()
    assert "Hãy đánh dấu vào ô này" in page
    assert "checked" not in page
    client.post(link(survey), ANSWERS | {"token": token, "page": "3", "consent": "yes", "go": "next"})
    assert not Answer.objects.exists()


def test_going_back_keeps_what_was_answered(survey: Survey) -> None:
    client = Client()
    fields = carried(client.get(link(survey)).content.decode())
    sent = fields | {"page": "2", "consent": "yes", "go": "back", "q-eats": "yes", "q-good": "bad"}
    page = client.post(link(survey), sent).content.decode()
    assert 'value="yes" checked' in page
    assert carried(page)["q-good"] == "bad"


def test_what_is_missing_is_said_beside_the_question(survey: Survey) -> None:
    fields = carried(Client().get(link(survey)).content.decode())
    page = Client().post(link(survey), fields | {"page": "1", "consent": "yes", "go": "next"}).content.decode()
    assert 'id="q-eats-fault" role="alert">Hãy trả lời câu này.' in page


def test_a_page_that_was_changed_on_the_way_is_looked_at_again(survey: Survey) -> None:
    fields = carried(Client().get(link(survey)).content.decode())
    sent = fields | {"page": "3", "consent": "yes", "go": "send", "q-eats": "yes", "q-good": "excellent"}
    assert "Hãy chọn một trong các ý" in Client().post(link(survey), sent).content.decode()
    assert not Answer.objects.exists()


@pytest.mark.parametrize("page", ["99999", "-1", "x", "٣", "1" * 5000])
def test_numbers_of_pages_that_are_none_do_no_harm(survey: Survey, page: str) -> None:
    fields = carried(Client().get(link(survey)).content.decode())
    assert Client().post(link(survey), fields | {"page": page, "consent": "yes", "go": "back"}).status_code == 200


CANARY: dict[str, Any] = {
    "HTTP_USER_AGENT": "canary-agent",
    "REMOTE_ADDR": "203.0.113.77",
    "HTTP_ACCEPT_LANGUAGE": "canary-lang",
}


def test_nothing_tells_who_answered(survey: Survey, caplog: pytest.LogCaptureFixture) -> None:
    client = Client(**CANARY, HTTP_COOKIE="seen=canary-cookie")
    page = walk(survey, ANSWERS, client)
    assert not page.cookies
    assert "Set-Cookie" not in page.headers
    assert page.headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        stored = []
        for name in names:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")  # noqa: S608 - our own tables
            stored += [repr(row) for row in cursor.fetchall()]
    everything = "\n".join(stored) + caplog.text
    assert "canary" not in everything
    assert "203.0.113" not in everything
    assert {field.name for field in Answer._meta.get_fields()} == {"id", "survey", "day", "answers"}
    assert not Entry.objects.filter(what__contains="answer").exists()


def test_a_foreign_page_or_a_forged_token_is_refused(survey: Survey) -> None:
    fields = carried(Client().get(link(survey)).content.decode()) | {
        "page": "3",
        "consent": "yes",
        "go": "send",
        "q-eats": "no",
    }
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example.org"}, {"Origin": "null"}):
        assert Client().post(link(survey), fields, headers=headers).status_code == 403
    other = intake.new_token(f"survey.{survey.pk + 1}")
    for token in ("", "x", fields["token"] + "x", other):
        assert Client().post(link(survey), fields | {"token": token}).status_code == 403
    assert not Answer.objects.exists()
    same = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
    assert "Đã nhận" in Client().post(link(survey), fields, headers=same).content.decode()


def test_a_page_that_was_open_for_too_long_is_sent_again_and_stored_once(
    survey: Survey, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = carried(Client().get(link(survey)).content.decode()) | {
        "page": "3",
        "consent": "yes",
        "go": "send",
        "q-eats": "no",
    }
    monkeypatch.setattr(intake, "HOLDS", -1)
    page = Client().post(link(survey), fields).content.decode()
    assert "hãy bấm tiếp một lần nữa" in page
    monkeypatch.undo()
    models_today = pytest.MonkeyPatch()
    for place in ("models", "public"):
        models_today.setattr(f"langnghe.hub.surveys.{place}.today", lambda: DAY)
    for token in (carried(page)["token"], fields["token"]):
        Client().post(link(survey), fields | {"token": token})
    models_today.undo()
    assert Answer.objects.count() == 1


def test_a_flood_waits_and_loses_nothing(survey: Survey, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    bucket = intake.Bucket(rate=1, most=2, clock=lambda: now[0])
    monkeypatch.setattr(public, "TAKEN", bucket)
    for _ in range(2):
        assert walk(survey, {"q-eats": "no"}).status_code == 200
    page = walk(survey, {"q-eats": "no", "q-years": "8"})
    assert page.status_code == 503
    assert int(page.headers["Retry-After"]) > 0
    text = page.content.decode()
    assert 'value="8"' in text
    now[0] = 1.0
    Client().post(link(survey), carried(text) | {"q-years": "8", "go": "send"})
    assert Answer.objects.count() == 3


def test_too_much_is_refused(survey: Survey) -> None:
    fields = carried(Client().get(link(survey)).content.decode()) | {"page": "3", "q-other": "x" * 500_000}
    assert Client().post(link(survey), fields).status_code == 413


def test_a_survey_opens_and_closes_on_its_days(survey: Survey, day: Callable[[dt.date], None]) -> None:
    said = {}
    for date in ("2026-07-19", "2026-07-20", "2026-07-31", "2026-08-01"):
        day(dt.date.fromisoformat(date))
        said[date] = Client().get(link(survey)).content.decode()
    assert "mở từ ngày 20/07/2026" in said["2026-07-19"]
    assert 'name="consent"' in said["2026-07-20"]
    assert 'name="consent"' in said["2026-07-31"]
    assert "đã đóng" in said["2026-08-01"]


def test_answers_to_a_survey_that_closed_meanwhile_are_not_taken(survey: Survey) -> None:
    seal(survey)
    assert not store(survey, 1, {"eats": "no"})
    assert not Answer.objects.exists()


def test_a_draft_is_open_to_nobody(browser: Callable[[Role], Client], province: Unit) -> None:
    browser(Role.ADMIN).post(reverse("surveys:add"), about(province))
    draft = Survey.objects.get()
    assert draft.state == State.DRAFT
    assert Client().get(link(draft)).status_code == 404
    assert not store(draft, 1, {"eats": "no"})


def test_the_notice_says_who_asks_what_for_and_how_long(survey: Survey) -> None:
    page = Client().get(link(survey)).content.decode()
    for words in ("Khu công nghiệp Bến Mơ", "12 phố Ví Dụ", "bữa ăn tốt hơn", "12 tháng", "91/2025/QH15", "tự nguyện"):
        assert words in page
    english = Client().get(link(survey) + "?lang=en").content.decode()
    assert "erased 12 months after closing" in english
    assert "Do you eat at work?" in walk_to_first(survey, "?lang=en")


def walk_to_first(survey: Survey, asked: str) -> str:
    fields = carried(Client().get(link(survey) + asked).content.decode())
    return Client().post(link(survey) + asked, fields | {"consent": "yes", "go": "next"}).content.decode()


def test_a_page_with_its_style_is_small(survey: Survey) -> None:
    pages = [Client().get(link(survey)).content, walk_to_first(survey, "").encode()]
    style = Client().get("/static/surveys/answer.css")
    icon = Client().get("/static/hub/icon.svg")
    weight = sum(len(b"".join(one)) for one in (style, icon))
    for page in pages:
        assert len(page) + weight < 30_000
        assert b"<script" not in page
        assert b"style=" not in page
        assert set(re.findall(rb'(?:href|src)="(/static/[^"]+)"', page)) == {
            b"/static/surveys/answer.css",
            b"/static/hub/icon.svg",
        }


def test_a_form_with_faults_is_refused_and_says_where(browser: Callable[[Role], Client], province: Unit) -> None:
    bad = SimpleUploadedFile("form.xlsx", workbook(MEALS.replace("integer              ", "geopoint             ")))
    page = browser(Role.ADMIN).post(reverse("surveys:add"), about(province, questions=bad)).content.decode()
    assert "survey, dòng 8" in page
    assert not Survey.objects.exists()


@pytest.mark.parametrize(
    "changes", [{"closes": "2026-07-19"}, {"opens": "2026-08-05", "closes": "2026-08-01"}, {"keep_months": 99}]
)
def test_days_that_cannot_be_are_refused(
    browser: Callable[[Role], Client], province: Unit, changes: dict[str, Any]
) -> None:
    assert browser(Role.ADMIN).post(reverse("surveys:add"), about(province, **changes)).status_code == 200
    assert not Survey.objects.exists()


def test_what_respondents_were_told_stays_but_the_last_day_may_move(
    survey: Survey, browser: Callable[[Role], Client]
) -> None:
    zone = Unit.objects.get(kind="zone")
    admin = browser(Role.ADMIN)
    admin.post(reverse("surveys:change", args=[survey.pk]), about(zone, purpose_vi="Để việc khác", closes="2026-08-15"))
    after = Survey.objects.get()
    assert after.purpose_vi == survey.purpose_vi
    assert after.closes == dt.date(2026, 8, 15)


def test_an_officer_sees_the_surveys_of_the_own_unit_alone(
    survey: Survey, browser: Callable[[Role], Client], province: Unit
) -> None:
    browser(Role.ADMIN).post(reverse("surveys:add"), about(province, title_vi="Của tỉnh"))
    whole = Survey.objects.get(title_vi="Của tỉnh")
    officer = logged_in(survey)
    page = officer.get(reverse("surveys:list")).content.decode()
    assert "Meals" not in page
    assert "Bữa ăn ca quý 3" in page
    assert "Của tỉnh" not in page
    assert officer.get(reverse("surveys:show", args=[whole.pk])).status_code == 404


def test_before_it_has_closed_nobody_sees_an_answer(survey: Survey, browser: Callable[[Role], Client]) -> None:
    fill(survey, 23, other="canary-answer")
    admin = browser(Role.ADMIN)
    seen = [admin.get(reverse(f"surveys:{name}", args=[survey.pk])).content.decode() for name in ("show", "results")]
    assert "ít nhất 20 phiếu" in seen[0]
    said = re.sub(r"<svg.*?</svg>|<[^>]*>", " ", seen[0].replace(survey.slug, ""), flags=re.DOTALL)
    assert "23" not in said, "attributes hold random tokens and are not looked at"
    assert "canary" not in "".join(seen)
    assert admin.get(reverse("surveys:export", args=[survey.pk, "csv"])).status_code == 404


def test_closing_masks_and_shuffles_under_new_keys(survey: Survey, day: Callable[[dt.date], None]) -> None:
    fill(survey, 11, other="anh Tuấn tổ may bảo gọi 0912 000 345 mà không ai nghe")
    day(dt.date(2026, 7, 21))
    store(survey, 5, {"eats": "no", "other": "gọi 0912 000 345"})
    before = set(Answer.objects.values_list("pk", flat=True))
    closed = seal(survey)
    rows = list(Answer.objects.all())
    assert closed.state == State.CLOSED
    assert len(rows) == 12
    assert not before & {row.pk for row in rows}
    assert "0912" not in str([row.answers for row in rows])
    assert "Tuấn" not in str([row.answers for row in rows])
    assert {row.day for row in rows} == {DAY, None}, "a day that fewer than ten share is dropped"
    assert [row.pk for row in Answer.objects.all()] == [row.pk for row in seal_again(closed)]


def seal_again(survey: Survey) -> list[Answer]:
    seal(survey)
    return list(Answer.objects.all())


def test_a_survey_whose_last_day_has_passed_is_closed_when_it_is_looked_at(
    survey: Survey, browser: Callable[[Role], Client], day: Callable[[dt.date], None]
) -> None:
    fill(survey, 12)
    day(dt.date(2026, 8, 1))
    assert "Xem kết quả" in browser(Role.VIEWER).get(reverse("surveys:show", args=[survey.pk])).content.decode()
    assert Survey.objects.get().is_sealed


def test_answers_are_erased_when_their_time_is_over(
    survey: Survey, browser: Callable[[Role], Client], day: Callable[[dt.date], None]
) -> None:
    fill(survey, 12)
    seal(survey)
    day(dt.date(2027, 7, 20))
    browser(Role.VIEWER).get(reverse("surveys:list"))
    assert not Answer.objects.exists()


def test_what_staff_did_is_in_the_audit_log(survey: Survey) -> None:
    done = Entry.objects.exclude(what="person.logged_in").values_list("what", flat=True)
    assert list(done) == ["survey.released", "survey.added"]
    assert models.K == 10


def test_the_poster_is_one_page_with_the_link(survey: Survey) -> None:
    officer = logged_in(survey)
    answer = officer.get(reverse("surveys:poster", args=[survey.pk]))
    read = PdfReader(io.BytesIO(answer.content))
    assert len(read.pages) == 1
    text = read.pages[0].extract_text()
    assert f"http://testserver/s/{survey.slug}" in text
    assert "20/07/2026" in text
    assert "Không ai biết bạn là ai" in text
    assert answer.content == officer.get(reverse("surveys:poster", args=[survey.pk])).content
