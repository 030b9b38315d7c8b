"""What can go wrong, as exceptions that say where, what is wrong and how to mend it.

Every error that a user can meet is a :class:`LangngheError`. It carries three sentences: `where` (file, row, column,
setting), `what` (the fault) and `mend` (what to do), in Vietnamese and in English, and an exit code for the command line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Say:
    """One sentence in the two languages of the product."""

    vi: str
    en: str

    def __getitem__(self, lang: str) -> str:
        return self.vi if lang == "vi" else self.en


class LangngheError(Exception):
    """The root of all errors that a user can meet.

    Parameters
    ----------
    where : str
        The place: a file name, 'file, row 12', a setting. Never a text and never an author.
    what, mend : Say
        The fault, and how to mend it, in both languages.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, where: str, what: Say, mend: Say) -> None:
        self.where = where
        self.what = what
        self.mend = mend
        super().__init__(self.sentence("en"))

    def sentence(self, lang: str = "vi") -> str:
        """The whole message on one line: where, what is wrong, how to mend it."""
        return f"{self.where}: {self.what[lang]} {self.mend[lang]}"


class InputError(LangngheError):
    """A file or folder given by the user can't be used (exit code 3)."""

    exit_code = 3


class ColumnError(LangngheError):
    """No column, or more than one, fits a role; or a column may not have that role (exit code 4)."""

    exit_code = 4


class SettingError(LangngheError):
    """A setting, an option or a code-book says something that can't be (exit code 5)."""

    exit_code = 5


class StudyError(LangngheError):
    """A study folder is missing, damaged, of another version or in use by another run (exit code 6)."""

    exit_code = 6


class OutputError(LangngheError):
    """An output can't be written: it is open elsewhere, the folder is read-only, the disk is full (exit code 7)."""

    exit_code = 7


class CheckFailed(LangngheError):
    """A check on the run failed, so that nothing is published (exit code 8)."""

    exit_code = 8
