"""The check desk: a folder with the record of what people decided, their documents, and an index that can be made again."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from langnghe.check.acts import File, apply, with_duplicates
from langnghe.check.addresses import addresses
from langnghe.check.checks import Check, read_checks
from langnghe.check.claims import ClaimSense, shipped_sense
from langnghe.check.keys import Phrases, keys
from langnghe.check.match import Matcher
from langnghe.check.record import FIRST, Record, append, read_records
from langnghe.check.shelf import shelved
from langnghe.errors import CheckFailed, InputError, Say, SettingError, StudyError
from langnghe.write import write_bytes, writing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

RECORD, SETTINGS, IMPORTED, INDEX = "record.jsonl", "desk.toml", "imported", "index"
LONGEST_CLAIM = 2_000
_PERSON = "‹tên người›"
_OURS = ("công đoàn", "liên đoàn lao động", "tổng liên đoàn", "cán bộ công đoàn", "đoàn phí", "kinh phí công đoàn")
"""What the federation itself is called by: claims about it are marked as a conflict of interest."""

_NEW = """\
# Bàn kiểm chứng. Sửa được bằng tay. / The check desk. Edit it freely.
name = "{name}"
language = "vi"
url = ""        # địa chỉ nơi đăng / the address at which its pages stand
ours = []       # các tên khác của đơn vị mình / other names of our own organisation
funding.vi = ""
funding.en = ""
contact = ""    # nơi gửi đính chính / where corrections are sent
"""


@dataclass(frozen=True)
class DeskSettings:
    """What a desk says of itself: who it is, where its pages stand, who pays for it, where corrections are sent."""

    name: str
    language: str = "vi"
    url: str = ""
    ours: tuple[str, ...] = ()
    funding: Say = Say("", "")  # noqa: RUF009 - frozen
    contact: str = ""


@dataclass(frozen=True)
class Desk:
    """A check desk.

    Attributes
    ----------
    folder : where it is kept.
    settings : what it says of itself.
    records : all records, in order; their chain has been checked.
    """

    folder: Path
    settings: DeskSettings
    records: tuple[Record, ...]

    @classmethod
    def create(cls, folder: Path, name: str = "Bàn kiểm chứng") -> Desk:
        """Open a desk, and make its folder where there is none."""
        if not (folder / SETTINGS).is_file():
            with writing(folder):
                folder.mkdir(parents=True, exist_ok=True)
            write_bytes(folder / SETTINGS, _NEW.format(name=name.replace('"', "'")).encode())
        return cls.open(folder)

    @classmethod
    def open(cls, folder: Path) -> Desk:
        """Open a desk.

        Raises
        ------
        StudyError
            The folder is no desk.
        CheckFailed
            The chain of its record is broken; the message names the first bad record.
        """
        path = folder / SETTINGS
        if not path.is_file():
            raise StudyError(
                folder.name,
                Say("Thư mục này không phải bàn kiểm chứng.", "This folder is no check desk."),
                Say("Tạo bàn mới bằng 'langnghe check add'.", "Make one with 'langnghe check add'."),
            )
        return cls(folder, _settings(path), tuple(read_records(folder / RECORD)))

    @cached_property
    def files(self) -> dict[str, File]:
        """The claims as the records leave them, in the order in which they were received."""
        files: dict[str, File] = {}
        for record in self.records:
            files[record.claim] = apply(files.get(record.claim, File(record.claim)), record)
        return with_duplicates(files)

    def file(self, claim: str) -> File:
        """One claim.

        Raises
        ------
        InputError
            There is none with that id.
        """
        if claim not in self.files:
            raise InputError(
                claim,
                Say("Không có điều nào mang mã này.", "There is no claim with this id."),
                Say("Xem các mã bằng 'langnghe check find'.", "See the ids with 'langnghe check find'."),
            )
        return self.files[claim]

    def receive(self, text: str, *, who: str, role: str, at: str, mask: Callable[[str], tuple[str, int]]) -> Desk:
        """Take in a claim.

        Parameters
        ----------
        text : the claim as people put it.
        who, role, at : who takes it in, in which role, and when.
        mask : masks personal data (`clean.masks.mask_text`); a claim that names a person is not taken in.

        Raises
        ------
        InputError
            It is empty, too long, or names a person.
        """
        plain = " ".join(text.split())
        found_at = addresses(plain)
        masked, _ = mask(plain[: LONGEST_CLAIM + 1])
        _takable(masked)
        number = sum(1 for record in self.records if record.act == "receive") + 1
        said = {"text": masked, "addresses": list(found_at), "interest": self.is_ours(masked)}
        return self.appended(f"c-{number:04}", "receive", said, who=who, role=role, at=at)

    def act(
        self, claim: str, act: str, said: Mapping[str, Any], *, who: str, role: str, at: str, seen: int | None = None
    ) -> Desk:
        """Do something with a claim.

        Parameters
        ----------
        claim, act, said : which claim, what (a key of `acts.ACTS`), and what it says.
        seen : number of the record that the person saw last of this claim (`File.seen`); None: what the desk was opened with.

        Raises
        ------
        CheckFailed
            Somebody else changed the claim since.
        SettingError
            It may not be done now, or lacks what it needs.
        """
        file = self.file(claim)
        current = Desk.open(self.folder)
        now = current.file(claim)
        if now.seen != (file.seen if seen is None else seen):
            raise _edited(now)
        if act == "triage" and said.get("kind") == "duplicate":
            target = current.file(str(said.get("same_as", "")))
            if target.id == claim or target.triage == "duplicate":
                raise SettingError(
                    claim,
                    Say("Không thể trùng với chính nó hay với một điều trùng.", "It can't be the same as itself, or as a duplicate."),
                    Say("Hãy nêu mã của điều gốc.", "Give the id of the original."),
                )  # fmt: skip
        return current.appended(claim, act, said, who=who, role=role, at=at)

    def appended(self, claim: str, act: str, said: Mapping[str, Any], *, who: str, role: str, at: str) -> Desk:
        """Append an act to the record; `act` and `receive` have looked whether it fits."""
        if not who.strip():
            raise SettingError(
                "who",
                Say("Chưa nói ai làm việc này.", "It is not said who does this."),
                Say("Thêm --who TÊN, hoặc đặt LANGNGHE_WHO.", "Add --who NAME, or set LANGNGHE_WHO."),
            )
        last = self.records[-1] if self.records else None
        done: dict[str, Any] = {"at": at, "who": who, "role": role, "claim": claim, "act": act, "said": dict(said)}
        number, before = (last.number + 1, last.hash) if last else (1, FIRST)
        apply(
            self.files.get(claim, File(claim)), Record(number=number, before=before, **done)
        )  # refuses what may not be
        record = append(self.folder / RECORD, last, done)
        return replace(self, records=(*self.records, record))

    def is_ours(self, text: str) -> bool:
        """Whether a claim is about the federation itself."""
        return bool(Phrases.from_names({"ours": [*_OURS, *self.settings.ours]}).names(keys(text)))

    @property
    def sense(self) -> ClaimSense:
        """What tells claims from other sentences, learnt from the triage of this desk."""
        triaged = [file for file in self.files.values() if file.triage in {"checkable", "opinion"}]
        return shipped_sense().learned([f.text for f in triaged], [f.triage == "checkable" for f in triaged])

    def checks(self) -> list[Check]:
        """The checks that stand in the open: our own, then imported ones."""
        ours = [f.published for f in self.files.values() if f.published and f.state != "retracted"]
        imported = [check for path in sorted((self.folder / IMPORTED).glob("*.jsonl")) for check in read_checks(path)]
        return [*ours, *imported]

    def matcher(self) -> Matcher:
        """A matcher over the checks in the open; what it keeps on disk is read again only for checks that are new or have changed."""
        checks = self.checks()
        return Matcher(checks, *shelved(checks, self.folder / INDEX))


def _settings(path: Path) -> DeskSettings:
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
        funding = read.get("funding", {})
        return DeskSettings(
            name=str(read["name"]),
            language="en" if read.get("language") == "en" else "vi",
            url=str(read.get("url", "")).rstrip("/"),
            ours=tuple(map(str, read.get("ours", ()))),
            funding=Say(str(funding.get("vi", "")), str(funding.get("en", ""))),
            contact=str(read.get("contact", "")),
        )
    except (ValueError, KeyError, AttributeError, TypeError) as fault:
        raise SettingError(
            path.name,
            Say("Không đọc được cài đặt của bàn kiểm chứng.", "The settings of the check desk can't be read."),
            Say('Cần ít nhất: name = "…"', 'At least this is needed: name = "…"'),
        ) from fault


def _takable(text: str) -> None:
    if not re.search(r"\w", text):
        raise InputError(
            "claim",
            Say("Chưa có nội dung.", "There is no text."),
            Say("Hãy gõ điều cần kiểm chứng.", "Type the claim."),
        )
    if len(text) > LONGEST_CLAIM:
        raise InputError(
            "claim",
            Say(f"Dài hơn {LONGEST_CLAIM} ký tự.", f"It is longer than {LONGEST_CLAIM} characters."),
            Say("Hãy chỉ gõ câu cần kiểm chứng; 'check find' tìm giúp trong một văn bản dài.", "Type the sentence alone; 'check find' finds it in a long text."),
        )  # fmt: skip
    if _PERSON in text:
        raise InputError(
            "claim",
            Say("Điều này nêu tên một người. Bàn kiểm chứng không kiểm chứng chuyện của cá nhân.", "This names a person. The desk does not check what is said of persons."),
            Say("Nếu phần còn lại là chuyện lương, luật, hãy bỏ tên rồi gửi lại.", "If the rest is about pay or law, take the name out and send it again."),
        )  # fmt: skip


def _edited(now: File) -> CheckFailed:
    last = now.history[-1]
    return CheckFailed(
        now.id,
        Say(f"Người khác vừa làm '{last.act}' (bản ghi {last.number}) sau khi bạn mở.", f"Somebody did '{last.act}' (record {last.number}) after you opened it."),
        Say("Hãy xem lại điều này rồi quyết định lại; việc của bạn chưa được ghi.", "Look at it again and decide anew; yours was not written."),
    )  # fmt: skip
