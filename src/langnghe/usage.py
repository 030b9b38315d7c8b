"""CPU time and memory of this process, for the log of a run and for benches."""

from __future__ import annotations

import sys
import time

try:
    import resource
except ImportError:  # Windows has no such module: memory is then not measured
    resource = None  # type: ignore[assignment]


def cpu_seconds() -> float:
    """CPU seconds (user and system) of this process so far."""
    return time.process_time()


def peak_megabytes() -> float:
    """The largest resident memory of this process so far, in MB; 0 where the system does not tell."""
    if resource is None:
        return 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)
