"""What all tests share: one profile of hypothesis, and programs that some tests need."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from typing import TYPE_CHECKING

import hypothesis
import pytest

from invented import invented_rows, write_rows

if TYPE_CHECKING:
    from pathlib import Path

PACKAGES = {
    "chromium": "chromium",
    "pdftoppm": "poppler-utils",
    "pdftotext": "poppler-utils",
    "pg_lsclusters": "postgresql",
    "soffice": "libreoffice",
}
"""Program → the Debian package that brings it."""

LONGEST = "test_postgres.py"
"""The tests of the hub once more, as one test."""

INSTALL = "apt-get install "
"""How the reason begins with which a test is skipped."""

# No deadline: busy machines are slow. On CI the same examples each time, so that a red run is about the change.
hypothesis.settings.register_profile("house", deadline=None, derandomize=bool(os.environ.get("CI")))
hypothesis.settings.load_profile("house")


def pytest_configure() -> None:
    os.environ["LANGNGHE_LEDGER"] = tempfile.mkdtemp(prefix="langnghe-ledger-")  # for what whole modules share
    if "PYTEST_XDIST_WORKER" not in os.environ:  # the workers share one
        os.environ["LANGNGHE_CACHE"] = tempfile.mkdtemp(prefix="langnghe-cache-")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest module begins first: else one core does it at the end, and the others wait."""
    items.sort(key=lambda item: item.path.name != LONGEST)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test marked `needs("chromium")` where that program is missing; the reason is counted at the end of the run."""
    programs = [program for mark in item.iter_markers("needs") for program in mark.args]
    packages = sorted({PACKAGES[program] for program in programs if shutil.which(program) is None})
    if not packages:
        return
    pytest.skip(INSTALL + " ".join(packages))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reasons = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", ())]
    missing = Counter(package for reason in reasons for package in reason.partition(INSTALL)[2].rstrip("')").split())
    if not missing:
        return
    terminalreporter.section("NOT CHECKED: Debian packages are missing", yellow=True)
    for package, tests in sorted(missing.items()):
        terminalreporter.line(f"{package}: {tests} tests skipped")
    terminalreporter.line(f"To run them: {INSTALL}{' '.join(sorted(missing))}")


@pytest.fixture(autouse=True)
def _own_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test begins as if nothing had been published before."""
    monkeypatch.setenv("LANGNGHE_LEDGER", str(tmp_path / "ledger-of-user"))


@pytest.fixture
def comments(tmp_path: Path) -> Path:
    """A CSV of 600 invented comments."""
    return write_rows(tmp_path / "binh-luan.csv", invented_rows(600))
