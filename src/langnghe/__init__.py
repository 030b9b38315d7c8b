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
    from langnghe.collect import read
    from langnghe.errors import LangngheError
    from langnghe.hand_coding import draw_sample, measure_agreement, read_codings
    from langnghe.nouns import Figures, Texts
    from langnghe.report.document import Document
    from langnghe.settings import Settings
    from langnghe.study import Study
    from langnghe.verbs import (
        clean_texts,
        find_copies,
        find_issues,
        find_words,
        label_issues,
        make_report,
        measure_issues,
        save_report,
        typical_texts,
    )

_WHERE = {
    "Document": "langnghe.report.document",
    "Figures": "langnghe.nouns",
    "LangngheError": "langnghe.errors",
    "Settings": "langnghe.settings",
    "Study": "langnghe.study",
    "Texts": "langnghe.nouns",
    "clean_texts": "langnghe.verbs",
    "draw_sample": "langnghe.hand_coding",
    "find_copies": "langnghe.verbs",
    "find_issues": "langnghe.verbs",
    "find_words": "langnghe.verbs",
    "label_issues": "langnghe.verbs",
    "make_report": "langnghe.verbs",
    "measure_agreement": "langnghe.hand_coding",
    "measure_issues": "langnghe.verbs",
    "read": "langnghe.collect",
    "read_codings": "langnghe.hand_coding",
    "save_report": "langnghe.verbs",
    "typical_texts": "langnghe.verbs",
}

__all__ = [
    "Document",
    "Figures",
    "LangngheError",
    "Settings",
    "Study",
    "Texts",
    "__version__",
    "clean_texts",
    "draw_sample",
    "find_copies",
    "find_issues",
    "find_words",
    "label_issues",
    "make_report",
    "measure_agreement",
    "measure_issues",
    "read",
    "read_codings",
    "save_report",
    "typical_texts",
]


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used, so that `import langnghe` is light."""
    if name in _WHERE:
        return getattr(import_module(_WHERE[name]), name)
    raise AttributeError(f"module 'langnghe' has no attribute {name!r}")
