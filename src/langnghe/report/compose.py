"""Figures → the document that people read, in the order of a good public-opinion report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from langnghe.report.document import NO_DATE, Document, printed
from langnghe.report.facts import Material, RunFacts
from langnghe.report.fonts import printable
from langnghe.report.sections.claims import claims
from langnghe.report.sections.contrasts import contrasts
from langnghe.report.sections.findings import status_sentence
from langnghe.report.sections.front import cover, draft_sentence, front
from langnghe.report.sections.heard import heard
from langnghe.report.sections.issues import issues
from langnghe.report.sections.methods import methods
from langnghe.report.sections.shared import shared
from langnghe.report.sections.weeks import weeks

if TYPE_CHECKING:
    from langnghe.nouns import Figures, IssueLabel


def compose(figures: Figures, labels: tuple[IssueLabel, ...], facts: RunFacts) -> Document:
    """Compose a report.

    Parameters
    ----------
    figures : after disclosure control.
    labels : the issues, in the order of the model: `figures` names them by position.
    facts : what is known of the run besides.

    Returns
    -------
    Document: what a stage has not measured is left out of it.
    """
    m = Material(figures, labels, facts)
    title = facts.title or (
        m.say("Người lao động nói gì", "What workers say")
        if m.guided
        else m.say("Những ý kiến này nói gì", "What these texts say")
    )
    sections = [*heard(m), *issues(m), *contrasts(m), *weeks(m), *shared(m), *claims(m), *methods(m)]
    document = Document(
        title=title,
        subtitle=m.period,
        lang=m.lang,
        reporter=facts.reporter,
        date=figures.overview.last or NO_DATE,
        status="final" if m.final else "draft",
        status_sentence=status_sentence(m) if m.final else draft_sentence(m),
        facts=cover(m),
        front=front(m),
        sections=tuple(sections),
    )
    return printed(document, printable)
