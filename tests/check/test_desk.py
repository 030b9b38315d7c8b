from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import pytest

from desk_rows import LAW, at, published, received
from langnghe.check.acts import state_of
from langnghe.check.checks import Source
from langnghe.check.desk import Desk
from langnghe.clean.masks import mask_text
from langnghe.errors import CheckFailed, InputError, SettingError, StudyError

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = asdict(Source(LAW, "168", "3", verified=True))
DRAFT = {"verdict": "false", "summary": "Sai."}


def act(desk: Desk, act: str, said: dict[str, Any], who: str = "lan", claim: str = "c-0001", **given: Any) -> Desk:
    return desk.act(claim, act, said, who=who, role="cán bộ", at=at(30), **given)


def test_a_claim_goes_from_received_to_published(tmp_path: Path) -> None:
    file = published(tmp_path).file("c-0001")
    assert [record.act for record in file.history] == ["receive", "triage", "evidence", "draft", "read", "publish"]
    assert file.published is not None
    assert (file.state, file.published.verdict, file.first_published) == ("published", "false", "2026-07-01")
    assert file.published_roles == ("vai của lan", "vai của minh")


def test_the_second_reader_is_another_person(tmp_path: Path) -> None:
    desk = act(act(act(received(tmp_path), "triage", {"kind": "checkable"}), "evidence", SOURCE), "draft", DRAFT)
    for same in ("lan", " Lan ", "LAN"):
        with pytest.raises(SettingError, match="second reader"):
            act(desk, "read", {}, who=same)
    desk = act(desk, "draft", {**DRAFT, "summary": "Sai hẳn."}, who="minh")
    with pytest.raises(SettingError, match="second reader"):
        act(desk, "read", {}, who="lan")


def test_no_step_is_skipped(tmp_path: Path) -> None:
    desk = received(tmp_path)
    for step, said in (
        ("evidence", SOURCE),
        ("draft", DRAFT),
        ("read", {}),
        ("publish", {}),
        ("retract", {"reason": "x"}),
    ):
        with pytest.raises(SettingError, match="can't be done"):
            act(desk, step, said)
    assert len(Desk.open(tmp_path).records) == 1


def test_a_verdict_is_one_of_the_five_words(tmp_path: Path) -> None:
    desk = act(act(received(tmp_path), "triage", {"kind": "checkable"}), "evidence", SOURCE)
    with pytest.raises(SettingError, match="verdict"):
        act(desk, "draft", {"verdict": "maybe", "summary": "…"})
    with pytest.raises(SettingError, match="short answer"):
        act(desk, "draft", {"verdict": "true", "summary": " "})


def test_a_suggested_match_never_takes_a_verdict_over(tmp_path: Path) -> None:
    desk = published(tmp_path)
    again = desk.receive("Từ 1/7 bỏ rút BHXH một lần", who="lan", role="r", at=at(40), mask=mask_text)
    file = again.file("c-0002")
    assert again.matcher().match(file.text).matches[0].check.id == "c-0001"
    assert (file.state, file.published, file.draft) == ("received", None, None)


def test_what_a_person_calls_a_duplicate_becomes_a_wording(tmp_path: Path) -> None:
    desk = published(tmp_path).receive("bhxh hết rút 1 cục từ tháng 7", who="lan", role="r", at=at(40), mask=mask_text)
    desk = act(desk, "triage", {"kind": "duplicate", "same_as": "c-0001"}, claim="c-0002")
    assert desk.checks()[0].wordings == ("bhxh hết rút 1 cục từ tháng 7",)
    with pytest.raises(SettingError):
        act(desk, "triage", {"kind": "duplicate", "same_as": "c-0002"}, claim="c-0002")


def test_corrections_are_read_again_and_kept(tmp_path: Path) -> None:
    desk = published(tmp_path)
    with pytest.raises(SettingError, match="what was changed"):
        act(desk, "draft", DRAFT)
    desk = act(desk, "draft", {**DRAFT, "verdict": "misleading", "correction": "Thêm điều kiện."}, who="minh")
    standing = desk.file("c-0001").published
    assert standing is not None
    assert standing.verdict == "false"  # until somebody else has read the new one
    desk = act(act(desk, "read", {}, who="lan"), "publish", {}, who="lan")
    file = desk.file("c-0001")
    assert file.published is not None
    assert (file.state, file.published.verdict, file.corrections[0].what) == (
        "corrected",
        "misleading",
        "Thêm điều kiện.",
    )


def test_a_correction_keeps_the_headline_and_the_reasons_that_it_does_not_change(tmp_path: Path) -> None:
    desk = act(act(received(tmp_path), "triage", {"kind": "checkable"}), "evidence", SOURCE)
    desk = act(desk, "draft", {**DRAFT, "title": "Vẫn rút được", "explanation": "Vì luật cho."})
    desk = act(act(desk, "read", {}, who="minh"), "publish", {})
    desk = act(desk, "draft", {**DRAFT, "summary": "Sai hẳn.", "correction": "Nói gọn hơn."})
    draft = desk.file("c-0001").draft
    assert draft is not None
    assert (draft.title, draft.explanation, draft.summary) == ("Vẫn rút được", "Vì luật cho.", "Sai hẳn.")


def test_why_a_claim_was_set_aside_is_said(tmp_path: Path) -> None:
    received(tmp_path)
    desk = received(tmp_path, "Rút BHXH hết được rồi", minute=1)
    desk = act(desk, "triage", {"kind": "duplicate", "same_as": "c-0001"}, claim="c-0002")
    assert state_of(desk.file("c-0002")).vi == "trùng với một điều đã nhận: c-0001"
    assert state_of(act(desk, "triage", {"kind": "out_of_scope"}).file("c-0001")).en.startswith("out of scope")


def test_a_retracted_check_leaves_the_index_and_keeps_its_reason(tmp_path: Path) -> None:
    desk = published(tmp_path)
    with pytest.raises(SettingError, match="reason"):
        act(desk, "retract", {})
    desk = act(desk, "retract", {"reason": "Nguồn đã bị thay thế."})
    assert desk.checks() == []
    assert desk.file("c-0001").retracted == "Nguồn đã bị thay thế."


def test_a_check_can_be_put_up_for_review_and_written_again(tmp_path: Path) -> None:
    desk = act(published(tmp_path), "review", {})
    assert desk.file("c-0001").state == "review"
    assert act(desk, "evidence", SOURCE).file("c-0001").state == "evidence"


def test_claims_on_the_federation_are_marked_as_a_conflict_of_interest(tmp_path: Path) -> None:
    assert received(tmp_path / "a", "Kinh phí công đoàn bị trừ 2% vào lương").file("c-0001").interest
    assert not received(tmp_path / "b").file("c-0001").interest


@pytest.mark.parametrize(
    "text", ["Ông Nguyễn Văn Tuấn nói từ mai bỏ thưởng Tết", "chị Lê Thị Hoa ăn chặn tiền tăng ca"]
)
def test_a_claim_that_names_a_person_is_refused_with_the_reason(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match="names a person") as refused:
        received(tmp_path, text)
    assert "Tuấn" not in str(refused.value)
    assert not (tmp_path / "record.jsonl").exists()


def test_personal_data_are_masked_before_they_are_written(tmp_path: Path) -> None:
    received(tmp_path, "Gọi 0912 000 345 là được hoàn tiền BHXH 100%")
    assert "0912" not in (tmp_path / "record.jsonl").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["", "  ", "…", "a" * 3_000])
def test_nothing_and_too_much_are_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError):
        received(tmp_path, text)


def test_two_people_editing_one_claim_are_told(tmp_path: Path) -> None:
    lan = received(tmp_path)
    minh = Desk.open(tmp_path)
    act(lan, "triage", {"kind": "checkable"})
    with pytest.raises(CheckFailed, match="record 2"):
        act(minh, "triage", {"kind": "opinion"}, who="minh")
    with pytest.raises(CheckFailed, match="after you opened"):
        act(Desk.open(tmp_path), "evidence", SOURCE, seen=1)
    assert Desk.open(tmp_path).file("c-0001").triage == "checkable"


def test_two_people_working_on_different_claims_do_not_hinder_each_other(tmp_path: Path) -> None:
    received(tmp_path)
    received(tmp_path, "Thử việc không có lương", minute=1)
    lan, minh = Desk.open(tmp_path), Desk.open(tmp_path)
    act(lan, "triage", {"kind": "checkable"})
    act(minh, "triage", {"kind": "checkable"}, who="minh", claim="c-0002")
    assert len(Desk.open(tmp_path).records) == 4


@pytest.mark.parametrize(
    ("spoil", "first"),
    [
        (lambda lines: [lines[0], lines[1].replace("checkable", "opinion"), *lines[2:]], 2),
        (lambda lines: [lines[0], *lines[2:]], 2),
        (lambda lines: [lines[0], lines[2], lines[1], *lines[3:]], 2),
        (lambda lines: [*lines[:3], "{broken", *lines[4:]], 4),
        (lambda lines: [lines[0].replace("bỏ rút", "giữ"), *lines[1:]], 1),
        (lambda lines: [*lines, lines[-1]], 7),
    ],
    ids=["changed", "gap", "swapped", "unreadable", "first", "twice"],
)
def test_a_broken_chain_is_told_with_its_first_bad_record(tmp_path: Path, spoil: Any, first: int) -> None:
    published(tmp_path)
    path = tmp_path / "record.jsonl"
    path.write_text("\n".join(spoil(path.read_text(encoding="utf-8").splitlines())) + "\n", encoding="utf-8")
    with pytest.raises(CheckFailed, match=f"breaks at record {first}:"):
        Desk.open(tmp_path)


def test_a_cleverly_resealed_record_still_breaks_the_chain(tmp_path: Path) -> None:
    from langnghe.check.record import Record  # noqa: PLC0415

    published(tmp_path)
    path = tmp_path / "record.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    row = json.loads(lines[1])
    row["said"] = {"kind": "opinion"}
    row["hash"] = Record(**row).digest()
    path.write_text("\n".join([lines[0], json.dumps(row, ensure_ascii=False), *lines[2:]]) + "\n", encoding="utf-8")
    with pytest.raises(CheckFailed, match="breaks at record 3:"):
        Desk.open(tmp_path)


def test_another_folder_is_no_desk(tmp_path: Path) -> None:
    with pytest.raises(StudyError):
        Desk.open(tmp_path)
    (tmp_path / "desk.toml").write_text("name =", encoding="utf-8")
    with pytest.raises(SettingError):
        Desk.open(tmp_path)


def test_an_act_without_a_person_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="who"):
        act(received(tmp_path), "triage", {"kind": "checkable"}, who=" ")
