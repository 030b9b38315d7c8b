"""CPU time and memory of this process, for the log of a run and for benches."""

from __future__ import annotations

import importlib.util
import sys
import time


def cpu_seconds() -> float:
    """CPU seconds (user and system) of this process so far."""
    return time.process_time()


def peak_megabytes() -> float:
    """The largest resident memory of this process so far, in MB; 0 where the system does not tell."""
    if importlib.util.find_spec("resource") is None:  # Windows
        return 0.0
    import resource  # noqa: PLC0415 - not there on every system

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)
