"""A letter in a real browser: written on a telephone without scripts, answered at a desk, read with the receipt code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from langnghe.hub.feedback.models import Letter
from langnghe.hub.roles import Role

from .browser import DESK, MARKS, TELEPHONE, look, served, window
from .conftest import PASSWORD
from .second import SEED, code_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser

    from langnghe.hub.people.models import Person
    from langnghe.hub.units.models import Unit

    from .browser import Driven

pytestmark = MARKS
WORDS = "Công ty nợ lương hai tháng. Gọi cho tôi số 0912 345 678."
ANSWER = "Chúng tôi đã làm việc với công ty, tuần sau sẽ trả."


def test_a_letter_its_receipt_and_its_answer(
    person_of: Callable[[Role], Person], province: Unit, chromium: Driven
) -> None:
    officer = person_of(Role.OFFICER)
    officer.unit = province
    officer.save()
    with served(chromium) as url:
        code = chromium(written, url + reverse("feedback:write"))
        chromium(answered, url, officer, Letter.objects.get())
        chromium(read, url + reverse("feedback:read"), code)
    assert Letter.objects.get().messages.count() == 3


def written(browser: Browser, address: str) -> str:
    context = browser.new_context(viewport=TELEPHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.fill("[name=text]", WORDS)
    page.select_option("[name=topic]", label="Tiền lương, thưởng")
    page.get_by_role("button", name="Gửi", exact=True).click()
    assert "Hãy đánh dấu nếu bạn đồng ý" in page.inner_text("main")
    assert page.input_value("[name=text]") == WORDS
    page.check("[name=consent]")
    page.get_by_role("button", name="Gửi", exact=True).click()
    code = page.inner_text("code.code")
    page.reload()
    assert page.inner_text("code.code") == code, "sent again it is the same letter"
    assert context.cookies() == []
    return code


def answered(browser: Browser, url: str, officer: Person, letter: Letter) -> None:
    page = window(browser, url, "", DESK).new_page()
    page.goto(url + reverse("account_login"))
    page.fill("input[name=login]", officer.email)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button")
    look(page, "login-code")
    page.fill("input[name=code]", code_of(SEED))
    page.click("main button")
    page.get_by_role("link", name="Góp ý", exact=True).first.click()
    look(page, "feedback-inbox-desk")
    page.get_by_role("link", name=letter.short).click()
    assert "0912" not in page.inner_text("main")
    page.get_by_role("button", name="Tôi phụ trách thư này").click()
    assert WORDS in page.inner_text("main")
    page.fill("[name=text]", ANSWER)
    page.get_by_role("button", name="Gửi trả lời").click()
    look(page, "feedback-letter-answered")


def read(browser: Browser, address: str, code: str) -> None:
    context = browser.new_context(viewport=TELEPHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.fill("[name=code]", code.lower().replace("-", " "))
    page.get_by_role("button", name="Xem", exact=True).click()
    assert ANSWER in page.inner_text("main")
    page.fill("[name=text]", "Cảm ơn, tôi chờ.")
    page.get_by_role("button", name="Gửi thêm").click()
    assert "Đã thêm vào thư" in page.inner_text("main")
    assert context.cookies() == []
