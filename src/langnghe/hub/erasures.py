"""What was erased or closed, in a file outside the database, so that an older backup does not bring it back.

A line says what and which number, with the day: never what was written or by whom. The file is only added to. It lies in the folder of the
instance (`erased.log`), is no part of a backup, and is asked for when one is restored: what was noted after the backup is done again.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FILE = "erased.log"


@dataclass(frozen=True)
class Erasure:
    """One thing that was done for good.

    Attributes
    ----------
    what : 'letter.erased', 'letter.withdrawn', 'survey.closed', 'survey.erased', 'study.erased' or 'person.closed'.
    number : its key.
    day : ISO 8601.
    """

    what: str
    number: int
    day: str


def note(what: str, number: int) -> None:
    """Write down what is about to be done: should it then fail, a restored backup lacks what was to go anyway."""
    day = timezone.localdate().isoformat()
    line = json.dumps(asdict(Erasure(what, number, day))) + "\n"
    folder: Path = settings.INSTANCE.folder
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(folder / FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())


def noted(folder: Path) -> tuple[Erasure, ...]:
    """All that was noted in a folder, in its order. A last line that was cut off is passed over."""
    path = folder / FILE
    lines = path.read_text(encoding="ascii").splitlines() if path.is_file() else []
    return tuple(Erasure(**json.loads(line)) for line in lines if line.endswith("}"))


def done_again(erasures: Sequence[Erasure]) -> int:
    """Do again what was done after a backup; gives back how much of it the backup still had."""
    return sum(_AGAIN[one.what](one) for one in erasures)


def _letter(one: Erasure) -> bool:
    from langnghe.hub.feedback.models import Letter, State  # noqa: PLC0415 - models note what they erase: they import this module

    letter = Letter.objects.filter(pk=one.number).first()
    if letter is None:
        return False
    if one.what == "letter.withdrawn":
        letter.withdraw()
    else:
        letter.erase()
        Letter.objects.filter(pk=letter.pk).update(state=State.CLOSED, closed_on=letter.closed_on or one.day)
    return True


def _survey(one: Erasure) -> bool:
    from langnghe.hub.surveys.models import Answer, Survey  # noqa: PLC0415 - as above
    from langnghe.hub.surveys.seal import seal  # noqa: PLC0415 - as above

    survey = Survey.objects.filter(pk=one.number).first()
    if survey is None:
        return False
    if one.what == "survey.erased":
        return Answer.objects.filter(survey=survey).delete()[0] > 0
    if not survey.is_sealed:
        seal(survey)
        Survey.objects.filter(pk=survey.pk).update(sealed_on=one.day)
    return True


def _study(one: Erasure) -> bool:
    from langnghe.hub.studies.models import Study  # noqa: PLC0415 - as above

    study = Study.objects.filter(pk=one.number).first()
    if study is not None:
        study.erase()
    return study is not None


def _person(one: Erasure) -> bool:
    from langnghe.hub.people.models import Person  # noqa: PLC0415 - as above

    return bool(Person.objects.filter(pk=one.number).update(is_active=False))


_AGAIN = {
    "letter.erased": _letter,
    "letter.withdrawn": _letter,
    "survey.closed": _survey,
    "survey.erased": _survey,
    "study.erased": _study,
    "person.closed": _person,
}
