"""The few SVG elements that the charts are drawn with, as strings; and the palette.

Lengths are pixels. Every number is printed with at most two decimals, so that the bytes are the same everywhere.
"""

from __future__ import annotations

import hashlib
from html import escape

from langnghe.report.fonts import SANS, printable

ACCENT = "#14598f"
TINT = "#dbe7f1"  # the accent, very light: areas under lines
INK = "#1a1a1a"
SOFT = "#575757"  # secondary text; 7:1 on white
MID = "#8f8f8f"  # thin marks
RULE = "#e4e4e4"  # rules between rows
GRID = "#ededed"
PAPER = "#ffffff"
ID = "\0"  # never in printable text
SIZE = 13.0
SMALL = 12.0
WIDE, NARROW = 680, 342


def length(value: float) -> str:
    """Print a length with at most two decimals.

    >>> length(2.50), length(-0.001)
    ('2.5', '0')
    """
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def element(name: str, content: str = "", /, **attributes: str | float) -> str:
    """Write one element; underscores in the names of attributes become hyphens, values are escaped, content is not."""
    parts = [name, *(f'{key.rstrip("_").replace("_", "-")}="{_value(value)}"' for key, value in attributes.items())]
    start = " ".join(parts)
    return f"<{start}>{content}</{name}>" if content else f"<{start}/>"


def _value(value: str | float) -> str:
    return escape(value) if isinstance(value, str) else length(value)


def text(
    x: float,
    y: float,
    words: str,
    *,
    size: float = SIZE,
    fill: str = INK,
    anchor: str = "start",
    semibold: bool = False,
) -> str:
    """Write one line of text with its baseline at `y`."""
    style: dict[str, str | float] = {"x": x, "y": y, "font_size": size, "fill": fill}
    if anchor != "start":
        style["text_anchor"] = anchor
    if semibold:
        style["font_weight"] = "600"
    return element("text", escape(printable(words), quote=False), **style)


def lines(
    x: float,
    y: float,
    words: list[str],
    *,
    size: float = SIZE,
    fill: str = INK,
    anchor: str = "start",
    semibold: bool = False,
) -> str:
    """Write lines of text under each other, the first with its baseline at `y`."""
    step = leading(size)
    return "".join(
        text(x, y + step * number, line, size=size, fill=fill, anchor=anchor, semibold=semibold)
        for number, line in enumerate(words)
    )


def leading(size: float) -> float:
    """Give the distance of lines for a type size: Vietnamese capitals carry two marks."""
    return round(size * 1.26, 1)


def stroke(x0: float, y0: float, x1: float, y1: float, *, colour: str = MID, width: float = 1, dash: str = "") -> str:
    """Draw a straight line."""
    extra: dict[str, str | float] = {"stroke_dasharray": dash} if dash else {}
    return element("line", x1=x0, y1=y0, x2=x1, y2=y1, stroke=colour, stroke_width=width, **extra)


def disc(x: float, y: float, radius: float, *, fill: str = ACCENT, rim: str = "", width: float = 1.6) -> str:
    """Draw a disc; with a `rim` and white `fill` it is a ring."""
    extra: dict[str, str | float] = {"stroke": rim, "stroke_width": width} if rim else {}
    return element("circle", cx=x, cy=y, r=radius, fill=fill, **extra)


def box(x: float, y: float, width: float, height: float, *, fill: str, rim: str = "") -> str:
    """Draw a rectangle."""
    extra: dict[str, str | float] = {"stroke": rim, "stroke_width": 1} if rim else {}
    return element("rect", x=x, y=y, width=width, height=height, fill=fill, **extra)


def path(steps: str, *, fill: str = "none", colour: str = "", width: float = 1.6) -> str:
    """Draw a path."""
    extra: dict[str, str | float] = (
        {"stroke": colour, "stroke_width": width, "stroke_linejoin": "round"} if colour else {}
    )
    return element("path", d=steps, fill=fill, **extra)


def cross(x: float, y: float, reach: float = 3.5, colour: str = SOFT) -> str:
    """Draw the mark of a suppressed figure."""
    steps = f"M{length(x - reach)} {length(y - reach)}l{length(2 * reach)} {length(2 * reach)}m0 {length(-2 * reach)}"
    return path(f"{steps}l{length(-2 * reach)} {length(2 * reach)}", colour=colour, width=1.4)


def upward(x: float, y: float, side: float = 8, colour: str = ACCENT) -> str:
    """Draw a triangle that points up, with its tip at `y`."""
    return path(f"M{length(x)} {length(y)}l{length(side / 2)} {length(side)}h{length(-side)}z", fill=colour)


def drawing(width: float, height: float, body: str, *, title: str, desc: str) -> str:
    """Put a body into an SVG with a title and a description.

    The sign `ID` in the body becomes a short hash of the drawing, so that ids stay unique where many stand on a page.
    """
    head = element("title", escape(printable(title), quote=False), id=f"{ID}-t") + element(
        "desc", escape(printable(desc), quote=False), id=f"{ID}-d"
    )
    plain = element(
        "svg",
        head + body,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {length(width)} {length(height)}",
        width=width,
        height=height,
        role="img",
        aria_labelledby=f"{ID}-t {ID}-d",
        font_family=SANS,
    )
    return plain.replace(ID, "c" + hashlib.sha256(plain.encode()).hexdigest()[:10])
