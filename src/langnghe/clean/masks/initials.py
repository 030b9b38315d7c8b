"""Names written in other ways: with initials ('Phạm Q. Nhất', 'T.T.Cẩm'), in one word ('BuiThiHue'), of the highlands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from langnghe.clean.masks.lexicon import lexicon
from langnghe.clean.masks.marks import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from langnghe.clean.masks.marks import Draft

_WORD = re.compile(r"[^\W\d_]+")

_CAP = "A-ZĐÂĂÊÔƠƯÁÀẢÃẠẮẰẲẴẶẤẦẨẪẬÉÈẺẼẸẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌỐỒỔỖỘỚỜỞỠỢÚÙỦŨỤỨỪỬỮỰÝỲỶỸỴ"
_TITLE = rf"[{_CAP}][^\W\d_]+"
_INITIALS = re.compile(
    rf"(?<![\w.])(?:[{_CAP}]\.\s?){{2,3}}(?:{_TITLE}|[{_CAP}](?![\w]))|(?<![\w.])(?:[{_CAP}]\.){{3}}"
)
_SHORT_FIRST = re.compile(rf"(?<![\w.])[{_CAP}]\.\s?{_TITLE}(?:\s{_TITLE}){{0,2}}")
_SHORT_MIDDLE = re.compile(rf"(?<![\w.])(?P<family>{_TITLE})\s[{_CAP}]\.?\s{_TITLE}")
_CAMEL = re.compile(rf"(?<!\w)(?:[{_CAP}][^\W\d_{_CAP}]+){{2,4}}(?!\w)")
_PART = re.compile(rf"[{_CAP}][^\W\d_{_CAP}]+")
_HIGHLAND = re.compile(
    rf"(?<![\w.])(?:[hH]['’]\s?[^\W\d_]{{2,}}|(?:Y|A|K)\s[{_CAP}][^\W\d_{_CAP}]+)(?:\s(?:[{_CAP}][^\W\d_]+|nie|niê|eban|êban|mlo|mlô|kbuor|kbuôr|kdam|kđăm|bya|byă|knul|ayun|ayŭn))?"
)
_WARDS = frozenset("PQHXDĐT")


def initials(draft: Draft) -> Iterator[Span]:
    """Names with initials ('Phạm Q. Nhất', 'T.T.Cẩm'), in one word ('BuiThiHue') and of peoples of the highlands."""
    for found in _INITIALS.finditer(draft.text):
        if not found[0].upper().startswith(("T.P.", "U.S", "V.I.P", "U.B", "C.A", "V.N", "T.W", "U.K")):
            yield Span(found.start(), found.end(), "name")
    for found in _SHORT_FIRST.finditer(draft.text):
        parts = [match[0] for match in _WORD.finditer(draft.plain, found.start(), found.end())]
        sure = found[0][0] not in _WARDS or (len(parts) > 2 and parts[-2] in lexicon().middle)
        if sure and parts[-1] in lexicon().given and tuple(parts[-2:]) not in lexicon().places:
            yield Span(found.start(), found.end(), "name")
    for found in _SHORT_MIDDLE.finditer(draft.text):
        if draft.plain[found.start() : found.end("family")] in lexicon().surnames:
            yield Span(found.start(), found.end(), "name")
    for found in _CAMEL.finditer(draft.text):
        parts = [
            draft.plain[match.start() : match.end()] for match in _PART.finditer(draft.text, found.start(), found.end())
        ]
        if parts[0] in lexicon().surnames and all(part in lexicon().syllables for part in parts):
            yield Span(found.start(), found.end(), "name")
    yield from (Span(found.start(), found.end(), "name") for found in _HIGHLAND.finditer(draft.text))
