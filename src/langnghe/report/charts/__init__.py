"""Charts as SVG, drawn by us from plain values; each as one wide and one narrow drawing."""

from langnghe.report.charts.dots import CopyRow, ShareRow, dot_plot, dumbbell
from langnghe.report.charts.reactions import MixRow, reaction_mix
from langnghe.report.charts.sources import SourceRow, coverage
from langnghe.report.charts.weeks import Panel, Week, weekly

__all__ = [
    "CopyRow",
    "MixRow",
    "Panel",
    "ShareRow",
    "SourceRow",
    "Week",
    "coverage",
    "dot_plot",
    "dumbbell",
    "reaction_mix",
    "weekly",
]
