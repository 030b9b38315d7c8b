"""Lắng Nghe: what workers say, as an honest report.

Examples
--------
>>> import langnghe as ln
>>> study = ln.Study.create("q3", ln.read("comments.csv"))  # doctest: +SKIP
>>> issues = ln.find_issues(study)  # doctest: +SKIP
>>> ln.save_report(study, "q3.html")  # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from langnghe._version import __version__

if TYPE_CHECKING:
    from langnghe.check.claims import find_claims
    from langnghe.check.desk import Desk
    from langnghe.check.match import Matcher
    from langnghe.claims_seen import measure_claims
    from langnghe.collect import read
    from langnghe.deciding import (
        accept_issue,
        add_issue,
        add_texts,
        drop_issue,
        list_issues,
        merge_issues,
        read_decisions,
        rename_issue,
        sign_codebook,
        split_issue,
        undo_decision,
    )
    from langnghe.errors import LangngheError
    from langnghe.explaining import explain_issue, explain_text
    from langnghe.hand_coding import draw_sample, measure_agreement, read_codings
    from langnghe.nouns import Figures, Texts
    from langnghe.report.document import Document
    from langnghe.reporting import label_issues, make_report, save_report, typical_texts
    from langnghe.settings import Settings
    from langnghe.study import Study
    from langnghe.verbs import (
        clean_texts,
        find_copies,
        find_issues,
        find_words,
        keep_texts,
        measure_issues,
    )

_WHERE = {
    "Desk": "langnghe.check.desk",
    "Document": "langnghe.report.document",
    "Figures": "langnghe.nouns",
    "LangngheError": "langnghe.errors",
    "Matcher": "langnghe.check.match",
    "Settings": "langnghe.settings",
    "Study": "langnghe.study",
    "Texts": "langnghe.nouns",
    "accept_issue": "langnghe.deciding",
    "add_issue": "langnghe.deciding",
    "add_texts": "langnghe.deciding",
    "clean_texts": "langnghe.verbs",
    "draw_sample": "langnghe.hand_coding",
    "drop_issue": "langnghe.deciding",
    "explain_issue": "langnghe.explaining",
    "explain_text": "langnghe.explaining",
    "find_claims": "langnghe.check.claims",
    "find_copies": "langnghe.verbs",
    "find_issues": "langnghe.verbs",
    "find_words": "langnghe.verbs",
    "keep_texts": "langnghe.verbs",
    "label_issues": "langnghe.reporting",
    "list_issues": "langnghe.deciding",
    "make_report": "langnghe.reporting",
    "measure_agreement": "langnghe.hand_coding",
    "measure_claims": "langnghe.claims_seen",
    "measure_issues": "langnghe.verbs",
    "merge_issues": "langnghe.deciding",
    "read": "langnghe.collect",
    "read_codings": "langnghe.hand_coding",
    "read_decisions": "langnghe.deciding",
    "rename_issue": "langnghe.deciding",
    "save_report": "langnghe.reporting",
    "sign_codebook": "langnghe.deciding",
    "split_issue": "langnghe.deciding",
    "typical_texts": "langnghe.reporting",
    "undo_decision": "langnghe.deciding",
}

__all__ = [
    "Desk",
    "Document",
    "Figures",
    "LangngheError",
    "Matcher",
    "Settings",
    "Study",
    "Texts",
    "__version__",
    "accept_issue",
    "add_issue",
    "add_texts",
    "clean_texts",
    "draw_sample",
    "drop_issue",
    "explain_issue",
    "explain_text",
    "find_claims",
    "find_copies",
    "find_issues",
    "find_words",
    "keep_texts",
    "label_issues",
    "list_issues",
    "make_report",
    "measure_agreement",
    "measure_claims",
    "measure_issues",
    "merge_issues",
    "read",
    "read_codings",
    "read_decisions",
    "rename_issue",
    "save_report",
    "sign_codebook",
    "split_issue",
    "typical_texts",
    "undo_decision",
]


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used, so that `import langnghe` is light."""
    if name in _WHERE:
        return getattr(import_module(_WHERE[name]), name)
    raise AttributeError(f"module 'langnghe' has no attribute {name!r}")
