"""Run one step of the Makefile and say how long it took.

    python tools/step.py NAME COMMAND …

Ends with the command's own exit code.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time


def main(name: str, *command: str) -> int:
    """Run a command; print its name, its seconds and its CPU seconds."""
    began = time.perf_counter()
    code = subprocess.run(command, check=False).returncode
    seconds = time.perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    outcome = "" if code == 0 else f", failed ({code})"
    print(f"── {name}: {seconds:.1f} s, {used.ru_utime + used.ru_stime:.1f} CPU-s{outcome}", flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
