"""The feedback line, as a worker and an officer meet it: write, receipt, answer, add, take back; masked for others; erased in time."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from langnghe.hub.audit.models import Entry
from langnghe.hub.feedback import duties, flood, models
from langnghe.hub.feedback.models import Letter, Message, Rule, State
from langnghe.hub.people.models import Person
from langnghe.hub.roles import Role
from langnghe.hub.units.models import Unit

from .second import with_second

if TYPE_CHECKING:
    from collections.abc import Callable

Page = Any  # an answer as the test client gives it

WRITE, READ = reverse("feedback:write"), reverse("feedback:read")
TEXT = "Công ty nợ lương hai tháng. Gọi cho tôi số 0912 345 678."
SECRET = "0912 345 678"


@pytest.fixture(autouse=True)
def calm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flood, "GATES", {"writing": flood.new_writing(), "reading": flood.new_reading()})


def shown(answer: Page) -> str:
    return str(answer.content.decode())


def token_of(answer: Page) -> str:
    found = re.search(r'name="token" value="([^"]+)"', shown(answer))
    assert found
    return found[1]


def sent(client: Client, token: str = "", **changes: Any) -> Page:
    root = Unit.objects.filter(parent=None).order_by("path").first()
    form = {"token": token or token_of(client.get(WRITE)), "text": TEXT, "consent": "yes", "go": "send"}
    return client.post(WRITE, form | {"reader": root.pk if root else ""} | changes)


def code_in(answer: Page) -> str:
    found = re.search(r'<code class="code">([^<]+)</code>', shown(answer))
    assert found, shown(answer)
    return found[1]


def read(client: Client, code: str, **changes: str) -> Page:
    return client.post(READ, {"token": token_of(client.get(READ)), "code": code} | changes)


def staff(role: Role, unit: Unit | None, name: str) -> tuple[Client, Person]:
    person = Person.objects.create_user(f"{name}@example.org", "x", name=name, role=role.value, unit=unit)
    with_second(person)
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client, person


def page_of(client: Client, letter: Letter) -> str:
    return shown(client.get(reverse("feedback:letter", args=[letter.pk])))


def act(client: Client, what: str, letter: Letter, **form: Any) -> int:
    return client.post(reverse(f"feedback:{what}", args=[letter.pk]), form).status_code


def test_the_whole_way_of_a_letter(province: Unit) -> None:
    worker = Client()
    code = code_in(sent(worker, contact="Chị Hoa, xưởng 3", topic="wages"))
    letter = Letter.objects.get()
    officer, _ = staff(Role.OFFICER, province, "an")
    assert letter.short in shown(officer.get(reverse("feedback:inbox")))
    assert SECRET not in page_of(officer, letter)
    act(officer, "take", letter)
    assert SECRET in page_of(officer, letter)
    assert "xưởng 3" in page_of(officer, letter)
    act(officer, "answer", letter, text="Chúng tôi đã làm việc với công ty.")
    page = shown(read(worker, code.lower().replace("-", " ")))
    assert "đã làm việc với công ty" in page
    assert "Đã trả lời" in page
    read(worker, code, go="add", text="Vẫn chưa trả đủ.")
    letter.refresh_from_db()
    assert letter.state == State.HANDLED, "an answer is awaited again"
    assert "Vẫn chưa trả đủ" in page_of(officer, letter)
    act(officer, "close", letter)
    letter.refresh_from_db()
    assert (letter.state, letter.closed_on) == (State.CLOSED, models.today())
    done = list(Entry.objects.order_by("id").values_list("what", flat=True))
    assert [one for one in done if "opened" not in one and one != "person.logged_in"] == [
        "feedback.taken",
        "feedback.answered",
        "feedback.closed",
    ]
    assert not worker.cookies, "no cookie on the whole way"


def test_others_see_it_masked_and_may_not_answer(province: Unit) -> None:
    sent(Client(), contact="0987 654 321")
    letter = Letter.objects.get()
    first, _ = staff(Role.OFFICER, province, "an")
    second, other = staff(Role.OFFICER, province, "binh")
    admin, _ = staff(Role.ADMIN, None, "chi")
    act(first, "take", letter)
    act(first, "answer", letter, text="Chúng tôi sẽ gọi 0912 345 678.")
    for client in (second, admin):
        page = page_of(client, letter)
        assert "nợ lương" in page
        assert SECRET not in page
        assert "0987 654 321" not in page
    assert act(second, "answer", letter, text="x") == 404
    assert act(second, "close", letter) == 404
    act(second, "take", letter)
    letter.refresh_from_db()
    assert letter.in_charge_id != other.pk, "it is taken"
    act(admin, "assign", letter, officer=other.pk)
    assert SECRET in page_of(second, letter)
    assert SECRET not in page_of(first, letter)


def test_an_officer_of_another_unit_cannot_open_take_or_be_assigned_it(province: Unit) -> None:
    sent(Client())
    letter, zone = Letter.objects.get(), Unit.objects.get(kind="zone")
    client, person = staff(Role.OFFICER, zone, "an")
    admin, _ = staff(Role.ADMIN, None, "binh")
    assert client.get(reverse("feedback:letter", args=[letter.pk])).status_code == 404
    assert act(client, "take", letter) == 404
    act(admin, "assign", letter, officer=person.pk)
    letter.refresh_from_db()
    assert letter.in_charge is None


def test_a_page_sent_twice_is_stored_once_and_gives_the_same_code(province: Unit) -> None:
    client = Client()
    token = token_of(client.get(WRITE))
    codes = {code_in(sent(client, token)) for _ in range(3)}
    assert len(codes) == 1
    assert Message.objects.count() == 1
    assert "<code" not in shown(sent(client, token, text="Một thư khác")), "no code for who does not know the text"
    code = codes.pop()
    again = {"token": token_of(client.get(READ)), "code": code, "go": "add", "text": "Thêm"}
    for _ in range(2):
        client.post(READ, again)
    assert Message.objects.count() == 2


@pytest.mark.parametrize("missing", [{"consent": ""}, {"text": "  "}, {"text": "x" * 5001}, {"topic": "politics"}])
def test_what_is_not_right_is_stored_nowhere_and_shown_again(province: Unit, missing: dict[str, str]) -> None:
    answer = sent(Client(), contact="ghi lại", **missing)
    assert "ghi lại" in shown(answer)
    assert not Letter.objects.exists()


def test_a_form_of_another_site_is_refused(province: Unit) -> None:
    client = Client(headers={"Sec-Fetch-Site": "cross-site"})
    assert sent(client).status_code == 403
    assert sent(Client(), "made up").status_code == 403
    assert not Letter.objects.exists()


def test_an_old_page_is_shown_again_and_then_taken(province: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client()
    token = token_of(client.get(WRITE))
    with monkeypatch.context() as patched:
        patched.setattr("langnghe.hub.base.intake.HOLDS", -1)
        answer = sent(client, token)
    assert "nợ lương" in shown(answer)
    assert code_in(sent(client, token_of(answer)))


def test_nothing_that_marks_a_worker_is_stored(province: Unit) -> None:
    canary = {"User-Agent": "canary-agent", "X-Forwarded-For": "203.0.113.77", "Cookie": "mark=canary-cookie"}
    client = Client(headers=canary, REMOTE_ADDR="203.0.113.77")
    code = code_in(sent(client))
    read(client, code, go="add", text="Thêm")
    dumped = "\n".join(connection.connection.iterdump()) if connection.vendor == "sqlite" else ""
    stored = dumped.partition('"feedback_')[2] + str([list(table.objects.values()) for table in (Letter, Message)])
    for mark in ("canary", "203.0.113.77", code, code.replace("-", "")):
        assert mark not in dumped + stored
    assert not Entry.objects.exists(), "nothing about workers in the audit log"
    times = [one.name for table in (Letter, Message) for one in table._meta.fields if "Time" in one.get_internal_type()]
    assert times == []


def test_personal_data_is_erased_in_time_and_the_masked_text_stays(
    province: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    Rule.objects.create(unit=province, keep_days=30)
    code = code_in(sent(Client(), contact="0987 654 321"))
    letter = Letter.objects.get()
    officer, _ = staff(Role.OFFICER, province, "an")
    act(officer, "take", letter)
    act(officer, "close", letter)
    now = models.today()
    monkeypatch.setattr(duties, "today", lambda: now + dt.timedelta(days=29))
    assert duties.erase_old() == 0
    monkeypatch.setattr(duties, "today", lambda: now + dt.timedelta(days=30))
    call_command("daily")
    assert duties.erase_old() == 0, "once"
    letter.refresh_from_db()
    assert (letter.contact, letter.messages.get().text) == ("", "")
    for page in (page_of(officer, letter), shown(read(Client(), code))):
        assert "nợ lương" in page
        assert SECRET not in page


def test_an_answered_letter_closes_by_itself_when_nobody_adds(province: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    sent(Client())
    letter, now = Letter.objects.get(), models.today()
    officer, _ = staff(Role.OFFICER, province, "an")
    monkeypatch.setattr(duties, "today", lambda: now + duties.QUIET)
    act(officer, "take", letter)
    assert duties.close_quiet() == 0, "nobody has answered"
    act(officer, "answer", letter, text="Đã xong.")
    monkeypatch.setattr(duties, "today", lambda: now + duties.QUIET - dt.timedelta(days=1))
    assert duties.close_quiet() == 0
    monkeypatch.setattr(duties, "today", lambda: now + duties.QUIET)
    duties.daily()
    letter.refresh_from_db()
    assert (letter.state, letter.closed_on) == (State.CLOSED, now + duties.QUIET)


def test_a_worker_takes_a_letter_back(province: Unit) -> None:
    client = Client()
    code = code_in(sent(client, contact="0987 654 321", may_study="yes"))
    read(client, code, go="withdraw")
    assert Message.objects.get().text == TEXT, "only when the box is ticked"
    read(client, code, go="withdraw", sure="yes")
    letter = Letter.objects.get()
    assert (letter.contact, letter.may_study, letter.state) == ("", False, State.CLOSED)
    assert (Message.objects.get().text, Message.objects.get().masked) == ("", "")
    read(client, code, go="add", text="Thêm")
    assert Message.objects.count() == 1


def test_messages_are_only_added(province: Unit) -> None:
    sent(Client())
    message = Message.objects.get()
    with pytest.raises(TypeError):
        message.save()
    with pytest.raises(TypeError):
        message.delete()
    for statement in ("UPDATE feedback_message SET text = 'x'", "DELETE FROM feedback_message"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_overdue_letters_are_on_the_first_page_of_who_should_see_to_them(province: Unit) -> None:
    sent(Client())
    letter = Letter.objects.get()
    mine, _ = staff(Role.OFFICER, province, "an")
    other, _ = staff(Role.OFFICER, province, "binh")
    researcher, _ = staff(Role.RESEARCHER, None, "chi")
    assert letter.short not in shown(mine.get("/"))
    Letter.objects.update(due=models.today() - dt.timedelta(days=1))
    assert letter.short in shown(other.get("/"))
    act(mine, "take", letter)
    assert letter.short in shown(mine.get("/"))
    assert letter.short not in shown(other.get("/"))
    assert letter.short not in shown(researcher.get("/"))


def test_a_unit_promises_what_the_one_above_does_unless_it_says_otherwise(browser: Callable[[Role], Client]) -> None:
    zone, base = Unit.objects.get(kind="zone"), Unit.objects.get(kind="grassroots")
    admin = browser(Role.ADMIN)
    address = reverse("feedback:rule", args=[zone.pk])
    assert admin.post(address, {"answer_days": 0, "keep_days": 90}).status_code == 200
    assert admin.post(address, {"answer_days": 5, "keep_days": 60}).status_code == 302
    assert (Rule.of(base).answer_days, Rule.of(base).keep_days) == (5, 60)
    assert Rule.of(Unit.objects.get(parent=None)).answer_days == models.ANSWER_DAYS


def test_the_pages_of_workers_are_small_and_run_no_script(province: Unit) -> None:
    for number in range(150):
        Unit.objects.create(name=f"Công đoàn xã Ví Dụ số {number}", kind="commune", parent=province)
    for address in (WRITE, READ):
        page = shown(Client().get(address))
        assert "<script" not in page
        assert len(page.encode()) < 40_000, "with styles and fonts below 100 KB"
    assert "Write to the union" in shown(Client().get(WRITE, {"lang": "en"}))


@pytest.mark.django_db
def test_without_a_unit_the_line_is_not_open() -> None:
    assert "chưa mở" in shown(Client().get(WRITE))
