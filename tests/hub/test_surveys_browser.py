"""A survey in a real browser: made from a spreadsheet, answered on a telephone without scripts, its result seen by staff."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.urls import reverse

from langnghe.hub.roles import Role
from langnghe.hub.surveys.models import Answer, Survey, store

from .browser import DESK, MARKS, SHOTS, TELEPHONE, look, served
from .conftest import PASSWORD
from .second import SEED, code_of
from .xlsforms import MEALS, save

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext

    from langnghe.hub.people.models import Person

    from .browser import Driven

pytestmark = MARKS


def test_from_a_spreadsheet_to_a_result(person_of: Callable[[Role], Person], chromium: Driven, tmp_path: Path) -> None:
    officer = person_of(Role.OFFICER)
    with served(chromium) as url:
        staff = chromium(made_by_staff, url, officer.email, save(tmp_path, MEALS))
        survey = Survey.objects.get()
        chromium(answered_without_scripts, url + reverse("surveys:answer", args=[survey.slug]))
        assert Answer.objects.count() == 1
        for number in range(23):
            said = {"wishes": "other", "other": f"canh nguội, gọi 0912 000 3{number:02d}"} if number % 2 else {}
            own = {"eats": "yes", "good": "bad" if number % 2 else "fair", "years": str(number)}
            store(survey, 977 + number, own | said)
        chromium(seen_by_staff, staff, url, survey.pk)


def made_by_staff(browser: Browser, url: str, email: str, form: Path) -> BrowserContext:
    staff = browser.new_context(viewport=DESK)
    page = staff.new_page()
    page.goto(f"{url}{reverse('account_login')}")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button")
    page.fill("input[name=code]", code_of(SEED))
    page.click("main button")
    page.goto(f"{url}{reverse('surveys:list')}")
    look(page, "list-empty")
    page.get_by_role("link", name="Khảo sát mới", exact=True).click()
    page.set_input_files("input[type=file]", form)
    for name, text in (
        ("title_vi", "Bữa ăn ca quý 3"),
        ("title_en", "Shift meals"),
        ("contact", "Văn phòng, 12 phố Ví Dụ"),
    ):
        page.fill(f"[name={name}]", text)
    page.fill("[name=purpose_vi]", "Để công đoàn đề nghị bữa ăn tốt hơn.")
    page.select_option("[name=unit]", label="Khu công nghiệp Bến Mơ")
    page.fill("[name=opens]", "2020-01-01")
    page.fill("[name=closes]", (dt.date.today() + dt.timedelta(30)).isoformat())  # noqa: DTZ011 - any day to come
    look(page, "edit")
    page.get_by_role("button", name="Lưu", exact=True).click()
    look(page, "draft")
    page.get_by_role("link", name="Xem trước", exact=True).click()
    look(page, "preview")
    page.go_back()
    page.get_by_role("button", name="Cho phép trả lời", exact=True).click()
    look(page, "open")
    return staff


def answered_without_scripts(browser: Browser, link: str) -> None:
    telephone = browser.new_context(viewport=TELEPHONE, java_script_enabled=False)
    page = telephone.new_page()
    page.goto(link)
    page.check("[name=consent]")
    page.get_by_role("button", name="Bắt đầu trả lời", exact=True).click()
    page.check("[name=q-eats][value=yes]")
    page.get_by_role("button", name="Tiếp tục", exact=True).click()
    page.get_by_role("button", name="Tiếp tục", exact=True).click()
    assert page.locator("#q-good-fault").inner_text() == "Hãy trả lời câu này."
    page.check("[name=q-good][value=fair]")
    page.check("[name=q-wishes][value=other]")
    page.get_by_role("button", name="Tiếp tục", exact=True).click()
    page.fill("[name=q-other]", "Canh nguội, gọi 0912 000 345")
    page.fill("[name=q-years]", "99")
    page.get_by_role("button", name="Gửi câu trả lời", exact=True).click()
    assert page.locator("#q-years-fault").inner_text() == "Từ 0 đến 59 năm."
    page.fill("[name=q-years]", "4")
    page.get_by_role("button", name="Gửi câu trả lời", exact=True).click()
    assert "Đã nhận câu trả lời của bạn" in page.inner_text("main")
    page.reload()
    assert "Đã nhận câu trả lời của bạn" in page.inner_text("main")
    assert telephone.cookies() == []
    if SHOTS:
        shown_on(browser.new_context(viewport=TELEPHONE), link, "phone-vi")
        shown_on(browser.new_context(viewport=TELEPHONE), link + "?lang=en", "phone-en")
        shown_on(browser.new_context(viewport=DESK), link, "desk-vi")


def shown_on(context: BrowserContext, link: str, name: str) -> None:
    """The pages of a respondent as pictures."""
    page = context.new_page()
    page.goto(link)
    look(page, f"{name}-notice")
    page.check("[name=consent]")
    page.click("button[value=next]")
    page.click("button[value=next]")
    look(page, f"{name}-fault")
    page.check("[name=q-eats][value=yes]")
    page.click("button[value=next]")
    look(page, f"{name}-choices")
    page.check("[name=q-good][value=fair]")
    page.check("[name=q-wishes][value=other]")
    page.click("button[value=next]")
    look(page, f"{name}-texts")


def seen_by_staff(_: Browser, staff: BrowserContext, url: str, number: int) -> None:
    page = staff.new_page()
    page.goto(f"{url}{reverse('surveys:show', args=[number])}")
    assert "ít nhất 20 phiếu" in page.inner_text("main")
    page.get_by_text("Đóng hẳn", exact=True).click()
    page.get_by_role("button", name="Đóng hẳn bây giờ").click()
    look(page, "closed")
    page.get_by_role("link", name="Xem kết quả", exact=True).click()
    page.click("summary")
    text = page.inner_text("main")
    assert "24 phiếu" in text
    assert "0912" not in text
    look(page, "results")
    page.set_viewport_size(TELEPHONE)
    look(page, "results-phone")
    page.goto(f"{url}{reverse('surveys:list')}")
    look(page, "list-phone")
