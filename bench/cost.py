"""What a command costs: CPU seconds of the process and its children, clock, peak memory."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True)
class Cost:
    """The cost of a finished command.

    Attributes
    ----------
    cpu_s : user and system time of the process and of the children it waited for, in seconds.
    wall_s : seconds by the clock.
    peak_mb : largest resident memory of one of the processes, in MiB.
    exit_code : 0 when it went well.
    output : the end of what it wrote to both outputs.
    """

    cpu_s: float
    wall_s: float
    peak_mb: float
    exit_code: int
    output: str


def run(command: Sequence[str], env: Mapping[str, str] | None = None) -> Cost:
    """Run a command in a fresh process and measure it.

    Notes
    -----
    A child's peak begins with the memory of the process that starts it: call this from a small one.
    """
    with tempfile.TemporaryFile() as written:
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=written, stderr=subprocess.STDOUT, env={**os.environ, **(env or {})})
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        written.seek(max(0, os.fstat(written.fileno()).st_size - 4000))
        output = written.read().decode("utf-8", "replace")
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024, process.returncode, output)
