"""Charts as PNG, for formats that can't draw SVG in our fonts."""

from __future__ import annotations

import json
from collections.abc import Sequence  # noqa: TC003 - part of the signatures

import typst

from langnghe.report.pdf import fonts

SOURCE = b"""
#set page(width: auto, height: auto, margin: 0pt)
#set text(fallback: false)
#for (i, svg) in json(bytes(sys.inputs.charts)).enumerate() {
  if i > 0 { pagebreak() }
  image(bytes(svg), format: "svg")
}
"""


def png(charts: Sequence[str], ppi: float = 240) -> list[bytes]:
    """Draw SVG charts as PNG, with our fonts only.

    Parameters
    ----------
    charts : SVG texts.
    ppi : pixels an inch; a chart of 680 px is 7.1 inches wide.

    Returns
    -------
    One PNG a chart, in order.
    """
    if not charts:
        return []
    compiler = typst.Compiler(SOURCE, font_paths=fonts())
    drawn = compiler.compile(format="png", ppi=ppi, sys_inputs={"charts": json.dumps(list(charts))})
    return drawn if isinstance(drawn, list) else [drawn or b""]
