"""Fill the hub that the environment names, in a process of its own, which gives back its memory: `python -m langnghe.hub.demo BASE LANG`."""

from __future__ import annotations

import sys

from langnghe.errors import LangngheError
from langnghe.hub.serve import connect


def main(base: str, lang: str) -> int:
    """Fill it and say what a newcomer needs; gives back the exit code."""
    connect()
    from langnghe.hub.demo.fill import fill  # noqa: PLC0415 - after `connect`

    try:
        said = fill().told(base, lang)
    except LangngheError as fault:
        sys.stderr.write(fault.sentence(lang) + "\n")
        return fault.exit_code
    sys.stdout.buffer.write((said + "\n").encode())
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
