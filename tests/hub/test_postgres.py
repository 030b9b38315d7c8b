"""The tests of the hub once more, on PostgreSQL: whatever database it has, it does the same."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cluster import cluster

HERE = Path(__file__).parent
WITHOUT_A_DATABASE = ("test_intake.py", "test_issues.py", "test_surveys_expressions.py", "test_surveys_form.py")
"""What these test stands in files or in memory."""


@pytest.mark.slow
@pytest.mark.needs("pg_lsclusters")
def test_the_tests_of_the_hub_hold_on_postgresql() -> None:
    left_out = [f"--ignore={HERE / name}" for name in WITHOUT_A_DATABASE]
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "pytest",
        HERE,
        *left_out,
        "-m",
        "not slow",
        "-q",
        "-p",
        "no:cacheprovider",
    ]
    outer = ("PYTEST_", "COV_")  # what tells a run of pytest that it is a part of another
    given = {name: value for name, value in os.environ.items() if not name.startswith(outer)}
    with cluster() as address:
        given["DATABASE_URL"] = address
        done = subprocess.run(command, env=given, cwd=HERE.parents[1], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
