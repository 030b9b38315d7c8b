"""E-mail addresses, links and @handles, also as people write them to get past a filter ('a còng', 'chấm com', '[at]')."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from langnghe.clean.masks.lexicon import lexicon
from langnghe.clean.masks.marks import Span
from langnghe.clean.masks.sieve import Needed, needed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from langnghe.clean.masks.marks import Draft

# All patterns are matched on the folded text.
_END = r"com|vn|net|org|edu|info|con|cm|cpm|comm|me|co|biz|asia|us|uk|jp|kr|tw|de|fr|au"
_PROVIDER = r"g[\s.]?mail|gmai|gmal|gmial|gamil|gmaill|yahoo|yaho|ymail|hotmail|hotmai|outlook|icloud|rocketmail|proton(?:mail)?|zohomail|live|yandex|mail"
_AT = r"(?:\s?@{1,2}\s?|\s?[(\[{<]\s?(?:at|a|a cong|a moc)\s?[)\]}>]\s?|\s(?:at|a\s?-?\s?cong|acong|a\s?moc|amoc|a vong)\s)"
_DOT = r"(?:\s?(?:\.{1,2}|[(\[{]\s?(?:dot|cham|\.)\s?[)\]}])\s?|\s(?:dot|cham)\s)"
_LOCAL = r"[\w+\-](?:[\w.+\-]{0,63})(?:\s(?:cham|gach duoi|gach ngang|dot)\s[\w.+\-]{1,40}){0,3}"
_LOCAL_TIGHT = r"[\w+\-][\w.+\-]{0,63}"
_EMAIL = re.compile(
    rf"(?<![\w.+\-@])(?P<local>{_LOCAL}){_AT}(?:"
    rf"(?:{_PROVIDER})(?:(?:{_DOT}|,\s?|\s)?(?:com|con|cm|cpm|vn|net|me)\b(?:{_DOT}vn\b)?|(?![\w.]))"
    rf"|[\w\-]+(?:{_DOT}[\w\-]{{2,20}}){{0,3}}{_DOT}(?:{_END})\b)"
    rf"|(?<![\w.+\-@]){_LOCAL_TIGHT}@[\w\-]+(?:\.[\w\-]{{1,20}}){{0,3}}\.[a-z]{{2,10}}\b"
)

_TLD = r"com|vn|net|org|me|ly|info|top|xyz|shop|site|link|gl|be|io|am|cam|tv|gg|to|cc|co|app|live|id|us|page|bio|ee|online|store|club|vip|pro|asia|fun|win"
_SOCIAL = r"facebook|fb|fbook|face|zalo|tiktok|tik tok|instagram|insta|youtube|youtu|messenger|telegram|twitter|linkedin|threads|locket|pinterest|shopee|lazada|m|t|x|wa|line|viber|chat\.zalo"
_POINT = r"\s?(?:\.|\[\.\]|\(\.\)|,)\s?"
_SLASH = r"\s?/\s?"
_SCHEME = re.compile(r"[a-z]{2,12}://\s?[^\s<>\"'“”\ufdd0-\ufdef]+")
_HOST = re.compile(rf"(?<![\w@.])(?:[a-z0-9\-]+\.)+(?:{_TLD})(?::\d+)?/[^\s<>\"'“”\ufdd0-\ufdef]+")
_SPACED = re.compile(
    rf"(?<![\w@.])(?:(?:www|m|vt|vm|web|chat){_POINT})?(?:{_SOCIAL})(?:{_POINT}|\s(?:cham|dot)\s)(?:com|me|net|vn|be|am|cam)"
    rf"(?:{_SLASH}|\s(?:xet|xuyet|gach cheo|gach|suyet|tren|sec|so)\s)[^\s<>\"'“”\ufdd0-\ufdef]+"
)
_BROKEN = re.compile(r"(?<=/) (?=[a-z]*[._\d][a-z0-9._]*)[a-z0-9._\-]+")
_TAIL = ".,;:!?)]}>'\"…*"
_PUBLIC = re.compile(
    r"(?:https?://)?(?:[a-z0-9\-]+\.)*(?:gov\.vn|edu\.vn|org\.vn|chinhphu\.vn|congdoan\.vn|baohiemxahoi\.vn|thuvienphapluat\.vn|luatvietnam\.vn|quochoi\.vn|wikipedia\.org)\b"
)
_BARE = re.compile(r"https?://(?:[a-z0-9\-]+\.)+[a-z]{2,10}/?$")

_HANDLE = re.compile(r"@\s?(?P<name>[\w.\-]{2,60})")
_SPOKEN_HANDLE = re.compile(r"(?<!\w)a\s?(?:cong|moc)\s(?P<name>[\w.\-]{2,60})")
_LABEL = r"(?:ig|insta|instagram|tik\s?tok|tiktok|tele|telegram|zalo|fb|facebook|nick|user(?:name)?|acc|skype|wechat|line|viber|threads|discord|yt|youtube)"
_LABELLED = re.compile(
    rf"(?<!\w)(?:(?:id|{_LABEL})[\s:=/]+)*(?:id\s{_LABEL}|{_LABEL}\sid|{_LABEL})\s?[:=/]?\s?(?:la\s)?(?P<name>[a-z][\w.\-]{{3,59}})"
)
_EVERYONE = frozenset("all everyone here channel ban moi tat ca nhom admin ad mn".split())
_LIKE_NUMBER = re.compile(r"[\doli._\-]+$")
_ONE_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ch|ph|qu|th|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?$"
)

NEEDED_BY_LINKS = Needed(
    (
        r"@|[(\[{<]\s?a|\s(?:at|a\s?-?\s?cong|a\s?moc|a vong)\s",
        r"://",
        needed(_HOST.pattern),
        needed(_SPACED.pattern),
        needed(r"(?<!\w)a\s?(?:cong|moc)\s"),
        needed(_LABELLED.pattern.replace(r"(?P<name>[a-z][\w.\-]{3,59})", r"[a-z](?:\S*[\d_.]|\S{7})")),
    )
)
"""What all three detectors need; the name of an account is long or has a digit or a point in it."""


def emails(draft: Draft) -> Iterator[Span]:
    """E-mail addresses."""
    if "@" in draft.text or " a" in draft.plain or "(a" in draft.plain or "[a" in draft.plain:
        for found in _EMAIL.finditer(draft.plain):
            yield Span(_local_start(draft, found), found.end(), "email")


def _local_start(draft: Draft, found: re.Match[str]) -> int:
    """Where the address begins: a local part of digits alone may have a name before it, in words ('le thi sen 000@')."""
    if found["local"] is None or any(c.isalpha() for c in found["local"]):
        return found.start()
    words = list(re.finditer(r"[a-z]+(?= )", draft.plain[: found.start()]))[-4:]
    for at, word in enumerate(words[:-1]):
        if word[0] in lexicon().surnames and all(w[0] in lexicon().syllables for w in words[at:]):
            return word.start()
    return found.start()


def links(draft: Draft) -> Iterator[Span]:
    """Links to profiles, posts and chats. Addresses of sites alone and of public offices are none."""
    for pattern in (_SCHEME, _SPACED, _HOST):
        for found in pattern.finditer(draft.plain):
            written = found[0].rstrip(_TAIL)
            end = _link_end(draft, found.start() + len(written))
            if not _PUBLIC.match(written) and not (_BARE.match(written) and end == found.start() + len(written)):
                yield Span(found.start(), end, "link")


def _link_end(draft: Draft, end: int) -> int:
    broken = _BROKEN.match(draft.plain, end)
    return end + len(broken[0].rstrip(_TAIL)) if broken else end


def handles(draft: Draft) -> Iterator[Span]:
    """@handles, and names of accounts after what says so ('ig: …', 'id tiktok …', 'a còng …')."""
    if "@" in draft.text:
        for found in _HANDLE.finditer(draft.plain):
            name = found["name"].rstrip(".-")
            spaced = found[0][1:2].isspace()
            if _is_handle(name) and (not spaced or _is_coined(name)):
                yield Span(found.start(), found.start("name") + len(name), "handle")
    if "a cong" in draft.plain or "acong" in draft.plain or "a moc" in draft.plain:
        yield from _spoken(draft)
    for found in _LABELLED.finditer(draft.plain):
        name = found["name"].rstrip(".-")
        if _is_coined(name) or (len(name) > 7 and _named(found[0]) and not _ONE_SYLLABLE.match(name)):
            yield Span(found.start("name"), found.start("name") + len(name), "handle")


def _spoken(draft: Draft) -> Iterator[Span]:
    for found in _SPOKEN_HANDLE.finditer(draft.plain):
        name = found["name"].rstrip(".-")
        said = "òng" in draft.text[found.start() : found.start("name")].lower() and not _ONE_SYLLABLE.match(name)
        if said or _is_coined(name):
            yield Span(found.start(), found.start("name") + len(name), "handle")


def _named(label: str) -> bool:
    """Whether the label says that an account's name follows: 'id tiktok', 'ig:'."""
    return (
        re.match(rf"(?:(?:id|{_LABEL})[\s:=/]+)*(?:id\s{_LABEL}\s|{_LABEL}\sid\s|{_LABEL}\s?[:=/])", label) is not None
    )


def _is_handle(name: str) -> bool:
    return any(c.isalnum() for c in name) and name.split(".", maxsplit=1)[0] not in _EVERYONE


def _is_coined(name: str) -> bool:
    """Whether no word looks so: letters joined with digits, points or underscores."""
    return (
        re.search(r"[\d_]|\w\.\w", name) is not None
        and _LIKE_NUMBER.match(name) is None
        and any(map(str.isalpha, name))
    )
