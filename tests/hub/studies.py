"""What tests of studies share: an instance of their own, a study that was run once for all of them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from langnghe.hub.studies.models import State, Study
from langnghe.manifest import code_hash

if TYPE_CHECKING:
    from pathlib import Path

    from langnghe.hub.people.models import Person


def study_of(person: Person, made: Path | None = None) -> Study:
    """A study of a person; with the folder of one that was run, a copy of it."""
    study = Study.objects.create(title="Ý kiến quý 3", made_by=person)
    if made is not None:
        shutil.copytree(made, study.path)
        study.become(State.DONE, code=code_hash())
    return study
