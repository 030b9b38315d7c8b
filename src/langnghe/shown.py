"""What the command line shows while it works and when it is done."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import click

from langnghe import usage
from langnghe.collect.describe import describe
from langnghe.errors import Say

if TYPE_CHECKING:
    from pathlib import Path

    from langnghe.nouns import Texts
    from langnghe.study import Study

STAGES = {
    "collect": Say("Đọc tệp", "Reading"),
    "clean": Say("Làm sạch, che dữ liệu cá nhân", "Cleaning, masking personal data"),
    "words": Say("Tách từ", "Splitting into words"),
    "copies": Say("Tìm bản sao", "Finding copies"),
    "issues": Say("Tìm vấn đề", "Finding issues"),
    "measure": Say("Đếm", "Counting"),
    "report": Say("Viết báo cáo", "Writing the report"),
}
"""The stages in their order, as people call them."""

_PATIENCE = 1.0
_BLANK = "\r" + " " * 100 + "\r"


class Shown:
    """Progress on the terminal: one line that changes, only after a second, and nothing where the output is piped."""

    def __init__(self, lang: str, *, verbose: bool = False, quiet: bool = False) -> None:
        self.lang = lang
        self.verbose = verbose
        self.quiet = quiet
        self.began = time.monotonic()
        self.stage = ""
        self.live = sys.stderr.isatty() and not quiet

    def reading(self, texts: Texts) -> None:
        """Say how the files were read, before the run goes on."""
        if not self.quiet:
            self._clear()
            click.echo(describe(texts.files, self.lang), err=True)

    def sending(self, host: str) -> None:
        """Say that texts leave this machine, even where all else is quiet."""
        self._clear()
        say = Say(
            f"CHÚ Ý: study.toml cho phép gửi các ý kiến (đã che) ra khỏi máy này, tới {host}.",
            f"NOTE: study.toml allows (masked) texts to be sent out of this machine, to {host}.",
        )
        click.echo(say[self.lang], err=True)

    def progress(self, stage: str, done: int, total: int) -> None:
        """Show how far a stage is."""
        if self.verbose and stage != self.stage:
            self._clear()
            spent = f"{usage.cpu_seconds():.1f} CPU-s, {usage.peak_megabytes():.0f} MB"
            click.echo(f"{STAGES[stage][self.lang] if stage in STAGES else stage} … ({spent})", err=True)
        self.stage = stage
        if self.live and time.monotonic() - self.began > _PATIENCE:
            share = f" {100 * done // total} %" if total else ""
            name = STAGES[stage][self.lang] if stage in STAGES else stage
            click.echo(f"{_BLANK}{name}{share}", nl=False, err=True)

    def done(self, written: list[Path]) -> None:
        """Say what was written."""
        if self.quiet:
            return
        self._clear()
        spent = time.monotonic() - self.began
        click.echo(Say(f"Xong sau {spent:.1f} giây.", f"Done in {spent:.1f} seconds.")[self.lang], err=True)
        main = [path for path in written if path.parent.name != "data"]
        for path in main:
            click.echo(str(path))
        if len(written) > len(main):
            click.echo(str(written[-1].parent if written[-1].parent.name == "data" else main[0].parent / "data"))

    def _clear(self) -> None:
        if self.live:
            click.echo(_BLANK, nl=False, err=True)


def describe_study(study: Study, lang: str) -> str:
    """A study in a few lines: its settings and its stages."""
    made = study.manifest.stages()
    lines = [Say(f"Nghiên cứu: {study.folder}", f"Study: {study.folder}")[lang]]
    for name, value in vars(study.settings).items():
        if value not in (None, "", ()):
            lines.append(f"  {name}: {', '.join(value) if isinstance(value, tuple) else value}")
    for stage, say in STAGES.items():
        if stage == "collect":
            continue
        state = Say("đã làm", "made")[lang] if stage in made else Say("chưa làm", "not made yet")[lang]
        lines.append(f"  {say[lang]}: {state}")
    return "\n".join(lines)
