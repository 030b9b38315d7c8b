"""What several threads write in the same moment is written together: one transaction, one wait for the disk."""

from __future__ import annotations

import threading
from collections import deque
from concurrent.futures import Future
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Row = TypeVar("Row")
Result = TypeVar("Result")


class Together(Generic[Row, Result]):
    """A function of one row, made of one that writes many: a thread whose turn it is writes for all that wait.

    Parameters
    ----------
    write : writes rows in one transaction, all or none; gives back what came of each.
    """

    def __init__(self, write: Callable[[list[Row]], list[Result]]) -> None:
        self.write = write
        self.turn = threading.Lock()
        self.waiting: deque[tuple[Row, Future[Result]]] = deque()

    def __call__(self, row: Row) -> Result:
        """Write a row; gives back what came of it once it is on the disk, and raises what went wrong for all that it was written with."""
        mine: Future[Result] = Future()
        self.waiting.append((row, mine))
        with self.turn:
            if not mine.done():
                self._write_all()
        return mine.result()

    def _write_all(self) -> None:
        batch = [self.waiting.popleft() for _ in range(len(self.waiting))]
        try:
            results = self.write([row for row, _ in batch])
        except Exception as wrong:  # noqa: BLE001 - it is raised again in each thread that waits
            for _, future in batch:
                future.set_exception(wrong)
            return
        for (_, future), result in zip(batch, results, strict=True):
            future.set_result(result)
