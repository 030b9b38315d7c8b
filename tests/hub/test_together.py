"""Threads that write in the same moment write together: each hears what came of its own row, and none waits for nothing."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from langnghe.hub.base.together import Together


def test_those_that_come_while_somebody_writes_are_written_in_one_go() -> None:
    batches: list[list[int]] = []
    begun, go = threading.Event(), threading.Event()

    def write(rows: list[int]) -> list[int]:
        batches.append(rows)
        begun.set()
        assert go.wait(10)
        return [row * row for row in rows]

    written = Together(write)
    with ThreadPoolExecutor(8) as pool:
        first = pool.submit(written, 1)
        assert begun.wait(10)
        others = [pool.submit(written, number) for number in range(2, 8)]
        while len(written.waiting) < len(others):
            pass
        go.set()
        assert first.result() == 1
        assert [one.result() for one in others] == [4, 9, 16, 25, 36, 49]
    assert batches[0] == [1]
    assert sorted(batches[1]) == [2, 3, 4, 5, 6, 7]
    assert len(batches) == 2


def test_what_goes_wrong_is_told_and_the_next_one_is_written() -> None:
    def write(rows: list[int]) -> list[int]:
        if 0 in rows:
            raise ZeroDivisionError
        return rows

    written = Together(write)
    with pytest.raises(ZeroDivisionError):
        written(0)
    assert written(5) == 5


def test_a_thousand_rows_of_eight_threads_are_each_written_once() -> None:
    rows: list[int] = []

    def write(batch: list[int]) -> list[int]:
        rows.extend(batch)
        return batch

    written = Together(write)
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(written, range(1000))) == list(range(1000))
    assert sorted(rows) == list(range(1000))
