"""Taking the lock of a study: what is quick waits a moment for what is quick, instead of being refused at once."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from langnghe.errors import StudyError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from langnghe.study import Study

STEP = 0.05


@contextmanager
def patient_lock(study: Study, seconds: float = 5.0) -> Iterator[None]:
    """Hold the lock of a study; try for so many seconds.

    Raises
    ------
    StudyError
        Another run had it all the time.
    """
    end = time.monotonic() + seconds
    while True:
        lock = study.lock()
        try:
            lock.__enter__()
        except StudyError:
            if time.monotonic() > end:
                raise
            time.sleep(STEP)
        else:
            break
    try:
        yield
    finally:
        lock.__exit__(None, None, None)
