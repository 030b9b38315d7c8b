"""What columns are called: names that people and platforms give to texts, dates, authors, sources and groups."""

from __future__ import annotations

import re
import unicodedata


def fold(name: str) -> str:
    """Fold a name: lower case, no diacritics, words apart ('Bình_luận', 'binhLuan' → 'binh luan')."""
    apart = re.sub(r"(?<=[a-zà-ỹ0-9])(?=[A-ZĐ])", " ", unicodedata.normalize("NFC", name))
    plain = unicodedata.normalize("NFD", apart.lower().replace("đ", "d"))
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[a-z0-9]+", bare))


TEXT = (
    "binh luan|noi dung|noi dung binh luan|noi dung gop y|noi dung phan anh|noi dung tin nhan|noi dung y kien"
    "|y kien|gop y"
    "|y kien gop y|y kien dong gop|phan hoi|nhan xet|cau tra loi|tra loi|loi nhan|tin nhan|phan anh|kien nghi"
    "|van ban"
    "|cam nhan|tam tu|comment|comments|comment text|comment body|comment content|comment message|text|texts"
    "|full text"
    "|content|contents|message|message text|body|review|reviews|review text|review body|review content|feedback"
    "|feedback text|answer|response|reply|reply text|opinion|utterance|sentence|text original|text display"
    "|van ban goc"
).split("|")
"""Exact names of texts."""

TEXT_WEAK = (
    "mo ta|chi tiet|tieu de|cau hoi|ghi chu|bai viet|bai dang|trang thai|danh gia|description|detail|details"
    "|title|question"
    "|note|notes|post|post text|status|caption|tweet|remark|remarks|summary|verbatim|cau|doan van"
).split("|")
"""Names that may be texts when nothing better is there."""

TEXT_WITHIN = (
    "binh luan|noi dung|y kien|gop y|phan hoi|nhan xet|cau tra loi|kien nghi|phan anh|tam tu|nguyen vong"
    "|mong muon|de xuat"
    "|comment|feedback|review|message|suggestion|opinion|text|content"
).split("|")
"""Words within a longer name, such as a survey's question."""

DATE = (
    "ngay gio|thoi gian|ngay dang|ngay gui|ngay tao|ngay binh luan|thoi gian dang|thoi gian gui|thoi gian tao"
    "|thoi diem"
    "|thoi gian binh luan|ngay|ngay thang|ngay viet|ngay nhan|ngay phan anh|dau thoi gian|gio dang|created at"
    "|created time"
    "|created|creation date|date created|create time|createtime|published at|publish date|published"
    "|publish time|posted at"
    "|post date|posted|comment date|comment time|comment created at|review date|date time|datetime|timestamp"
    "|time stamp"
    "|sent at|submitted at|submission date|submit time|submitdate|date|time|day|at|created utc|updated at|ts"
).split("|")
"""Exact names of dates, the best first."""

AUTHOR = (
    "author id|user id|account id|author channel id|from id|commenter id|profile id|uid|userid|username"
    "|user name|account"
    "|account name|screen name|handle|nickname|nick|ten tai khoan|tai khoan|ten dang nhap|id nguoi dung"
    "|ma nguoi dung"
    "|author|author name|author display name|tac gia|nguoi binh luan|ten nguoi binh luan|nguoi dung|ten nguoi dung"
    "|nguoi gui|ten nguoi gui|nguoi viet|nguoi dang|nguoi gop y|nguoi phan anh|nguoi tra loi|ho ten|ho va ten"
    "|ten day du"
    "|commenter|commenter name|reviewer|reviewer name|reviewer id|user|sender|sender name|from|from name|posted by"
    "|created by|profile name|profile|full name|fullname|display name|name|ten|khach hang|customer|customer id"
    "|respondent"
    "|respondent id|email|e mail|email address|dia chi email"
).split("|")
"""Exact names of authors, the surest to tell accounts apart first."""

SOURCE = (
    "nguon|nguon tin|kenh|nen tang|ten nguon|ten kenh|ten trang|trang|fanpage|source|source name|platform|channel"
    "|channel name|page|page name|site|site name|website|network|media|app|outlet|newspaper|bao"
).split("|")
"""Exact names of sources, the best first."""

GROUP = (
    "tinh|tinh thanh|tinh tp|tinh thanh pho|tinh thanh pho truc thuoc|province|province city|khu vuc|region"
    "|vung|vung mien"
    "|nganh|nganh nghe|sector|industry"
).split("|")
"""Names of groups that are harmless enough to be taken without being asked for."""

_NOT_A_TEXT = set(
    (
        "id ids uid count counts number num no date time datetime length len type kind url link lang language"
        " score rating"
        " star stars likes like label labels sentiment topic category split status code ma so ngay gio luot"
        " diem loai ngon"
        " duong lien ket nhan chu source author user name email"
    ).split()
)

PRIVATE_WORDS = set(
    (
        "id ids uid uuid guid userid username user name fullname nickname nick handle author email mail phone"
        " mobile tel"
        " telephone sdt dt zalo cccd cmnd passport profile url link uri avatar ip address birth birthday dob"
        " account"
    ).split()
)
PRIVATE_PHRASES = (
    "tac gia",
    "ho ten",
    "ho va ten",
    "nguoi binh luan",
    "nguoi dung",
    "nguoi gui",
    "so dien thoai",
    "dien thoai",
    "di dong",
    "dia chi",
    "ngay sinh",
    "can cuoc",
    "chung minh",
    "ho chieu",
    "tai khoan",
    "ma so thue",
    "ma nhan vien",
    "ma so",
    "so bhxh",
    "bien so",
    "trang ca nhan",
    "duong dan",
    "lien ket",
)
_HARMLESS_NAMED = (
    "ten nguon",
    "ten kenh",
    "ten trang",
    "source name",
    "channel name",
    "page name",
    "site name",
    "ten tinh",
)


def is_text_name(folded: str) -> bool:
    """Whether a folded name is one of texts; doubles ('text 2') count as their first."""
    return re.sub(r" \d+$", "", folded) in _TEXT


def is_text_within(folded: str) -> bool:
    """Whether a folded name speaks of texts somewhere, and not of their number, date or author."""
    if set(folded.split()) & _NOT_A_TEXT and len(folded.split()) <= _SHORT:
        return False
    return any(f" {words} " in f" {folded} " for words in TEXT_WITHIN)


def is_known(folded: str) -> bool:
    """Whether a folded name is one that this module knows for any role."""
    short = len(folded.split()) <= _SHORT
    return is_text_name(folded) or folded in _KNOWN or (short and is_text_within(folded))


def is_private(folded: str) -> bool:
    """Whether a folded name says that the column holds ids, names, addresses, phones or profiles."""
    if folded in _HARMLESS_NAMED:
        return False
    words = folded.split()
    if PRIVATE_WORDS & set(words) or folded in {"ten", "ma", "sdt", "so dt"}:
        return True
    return any(f" {phrase} " in f" {folded} " for phrase in PRIVATE_PHRASES)


_TEXT = frozenset(TEXT)
_KNOWN = frozenset([*TEXT_WEAK, *DATE, *AUTHOR, *SOURCE, *GROUP, "label", "id", "stt", "rating", "sentiment", "topic"])
_SHORT = 4
