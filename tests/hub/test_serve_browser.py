"""The first day of a hub in a real browser: the first link, an account, a file of comments, and its report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .browser import DESK, MARKS, TELEPHONE, look
from .conftest import PASSWORD
from .running import Running, running
from .second import code_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from .browser import Driven

pytestmark = MARKS
COMMENTS = Path(__file__).parents[2] / "examples" / "quy-3" / "comments.csv"
MINUTES = 5 * 60_000
"""Milliseconds that a run may take on a busy machine."""


def test_from_the_first_start_to_a_report(chromium: Driven, tmp_path: Path) -> None:
    with running(tmp_path / "hub") as hub:
        chromium(first_day, hub)
        assert [path for path in (hub.folder / "uploads").rglob("*") if path.is_file()] == [], "the file is erased"


def first_day(browser: Browser, hub: Running) -> None:
    page = browser.new_context(viewport=DESK, bypass_csp=True).new_page()
    joined(page, hub)
    page.get_by_role("link", name="Nghiên cứu", exact=True).first.click()
    page.get_by_role("link", name="Bắt đầu một nghiên cứu").click()
    page.fill("[name=title]", "Ý kiến quý 3")
    page.get_by_role("button", name="Tiếp: chọn tệp").click()
    uploaded(page)
    watched(page)
    page.get_by_role("link", name="Mở báo cáo").click()
    page.wait_for_url("**/report")
    assert "Ý kiến quý 3" in page.inner_text("h1")
    look(page, "serve-report")
    page.set_viewport_size(TELEPHONE)
    look(page, "serve-report-phone")


def joined(page: Page, hub: Running) -> None:
    """Make the first account by the link that was printed, and its second factor; the link works once."""
    page.goto(hub.link)
    look(page, "serve-join")
    page.fill("[name=name]", "Nguyễn Thị Ví Dụ")
    page.fill("[name=email]", "vidu@example.org")
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Tạo tài khoản").click()
    page.wait_for_url("**/totp/activate/")
    look(page, "serve-second")
    page.get_by_text("Không quét được").click()
    page.fill("[name=code]", code_of(page.inner_text("code.key")))
    page.get_by_role("button", name="Xong").click()
    page.get_by_role("link", name="Tôi đã ghi lại").wait_for()
    look(page, "serve-codes")
    page.get_by_role("link", name="Tôi đã ghi lại").click()
    page.wait_for_url(f"{hub.url}/")
    look(page, "serve-home")
    again = page.context.new_page()
    answer = again.goto(hub.link)
    assert answer is not None
    assert answer.status == 404
    again.close()


def uploaded(page: Page) -> None:
    """Send the file and see how its columns are read."""
    page.set_input_files("input[type=file]", COMMENTS)
    page.get_by_role("button", name="Tải lên").click()
    page.get_by_role("button", name="Đúng rồi, chạy").wait_for(timeout=MINUTES)
    assert "Nội dung" in page.inner_text("pre.told")
    look(page, "serve-columns")


def watched(page: Page) -> None:
    """Start the run; the page says how far it is and renews itself until the report is there."""
    page.get_by_role("button", name="Đúng rồi, chạy").click()
    page.locator(".stages [aria-current=step]").wait_for(timeout=MINUTES)
    look(page, "serve-progress")
    page.get_by_role("link", name="Mở báo cáo").wait_for(timeout=MINUTES)
    look(page, "serve-done")
