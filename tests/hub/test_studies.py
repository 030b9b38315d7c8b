"""Studies: upload, how columns are read, the run, the report, another batch."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

import langnghe as ln
from invented import invented_rows, write_rows
from langnghe.hand_coding import give_coding, given_texts
from langnghe.hub.audit.models import Entry
from langnghe.hub.roles import Role
from langnghe.hub.serve import requeue
from langnghe.hub.studies.models import Study, Upload, safe_name

from .studies import study_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from django.test import Client

    from langnghe.hub.instance import Instance
    from langnghe.hub.people.models import Person


@pytest.fixture
def researcher(browser: Callable[[Role], Client], instance: Instance) -> Client:
    return browser(Role.RESEARCHER)


@pytest.fixture
def study(researcher: Client) -> Study:
    researcher.post(reverse("studies:begin"), {"title": "Ý kiến quý 3"})
    return Study.objects.get()


def comments(folder: Path, count: int = 200, seed: int = 0) -> bytes:
    return write_rows(folder / "tam.csv", invented_rows(count, seed)).read_bytes()


def send(client: Client, study: Study, data: bytes, name: str = "quý 3.csv") -> str:
    file = SimpleUploadedFile(name, data)
    return client.post(reverse("studies:upload", args=[study.pk]), {"file": file}, follow=True).content.decode()


def erased(instance: Instance) -> bool:
    return not any(path.is_file() for path in instance.uploads.rglob("*"))


def test_a_file_is_looked_at_run_and_erased_and_the_report_opens(
    researcher: Client, study: Study, instance: Instance, tmp_path: Path
) -> None:
    page = send(researcher, study, comments(tmp_path))
    assert "nội dung = &#x27;Nội dung&#x27;" in page
    assert not erased(instance)
    page = researcher.post(reverse("studies:start", args=[study.pk]), follow=True).content.decode()
    assert "Mở báo cáo" in page
    assert erased(instance)
    report = researcher.get(reverse("studies:report", args=[study.pk]))
    assert "sandbox" in report.headers["Content-Security-Policy"]
    assert "script-src" not in report.headers["Content-Security-Policy"]
    assert b"<html" in report.content
    for kind, begin in (("pdf", b"%PDF"), ("docx", b"PK"), ("json", b"{")):
        assert researcher.get(reverse("studies:download", args=[study.pk, kind])).content.startswith(begin)
    data = zipfile.ZipFile(io.BytesIO(researcher.get(reverse("studies:download", args=[study.pk, "data"])).content))
    assert "datapackage.json" in data.namelist()
    assert {"study.uploaded", "study.started"} <= set(Entry.objects.values_list("what", flat=True))


def test_another_batch_is_added_to_a_study_whose_first_file_is_gone(
    researcher: Client, person_of: Callable[[Role], Person], run_once: Path, tmp_path: Path
) -> None:
    study = study_of(person_of(Role.ADMIN), run_once)
    send(researcher, study, comments(tmp_path, 40, 1), "quy-4.csv")
    upload = Upload.objects.get()
    folder = ln.add_texts(study.open(), [upload.path])
    ln.keep_texts(folder)
    upload.erase()
    assert ln.clean_texts(study.open()).height == 440


@pytest.mark.slow
def test_two_coded_periods_are_compared(
    researcher: Client, person_of: Callable[[Role], Person], drawn_once: Path, tmp_path: Path
) -> None:
    study = study_of(person_of(Role.ADMIN), drawn_once)
    page = researcher.get(reverse("studies:compare", args=[study.pk])).content.decode()
    assert "Chưa so sánh được" in page
    code_all(study.open())
    send(researcher, study, comments(tmp_path, 200, 1), "quy-4.csv")
    researcher.post(reverse("studies:start", args=[study.pk]))
    researcher.post(reverse("coding:draw", args=[study.pk]), {"size": 40, "coders": 1, "second": 1})
    code_all(study.open())
    researcher.post(reverse("studies:start", args=[study.pk]))
    shown = researcher.get(reverse("studies:compare", args=[study.pk]))
    before, after = shown.context["found"].periods
    assert (before.coded, after.coded) == (before.drawn, after.drawn)
    assert len(shown.context["found"].lines) > 10
    assert f"{before.coded} / {before.drawn}" in shown.content.decode()
    assert "40 / 40" in shown.content.decode()


def code_all(folder: ln.Study) -> None:
    """Code every text of the samples: about wages where it speaks of pay, else about nothing."""
    texts = given_texts(folder)
    for code, text, coder in texts.select("code", "text", "coder").iter_rows():
        give_coding(folder, code, str(coder), ["wages"] if "lương" in text else [], "complaint", "")


def test_columns_are_corrected_before_anything_is_run(researcher: Client, study: Study, tmp_path: Path) -> None:
    page = send(researcher, study, "Nội dung,Ghi chú\nlương chậm quá,a b c\ncơm ca thiu,d e f\n".encode())
    assert "nội dung = &#x27;Nội dung&#x27;" in page
    answer = researcher.post(reverse("studies:columns", args=[study.pk]), {"text": "Ghi chú"}, follow=True)
    assert "nội dung = &#x27;Ghi chú&#x27;" in answer.content.decode()


def test_a_file_that_cannot_be_read_is_told_with_its_place_and_how_to_mend_it(
    researcher: Client, study: Study, instance: Instance
) -> None:
    page = send(researcher, study, b"%PDF-1.7 nothing", "báo cáo.csv")
    assert 'role="alert"' in page
    assert "báo cáo.csv" in page
    assert str(instance.folder) not in page
    assert "Tải tệp lên" in page, "another file can be given"


def test_parts_go_on_where_the_network_broke_and_nothing_is_taken_twice(
    researcher: Client, study: Study, tmp_path: Path
) -> None:
    data = comments(tmp_path)
    half = len(data) // 2

    def announce() -> dict[str, int]:
        told = json.dumps({"name": "../../quý 3.csv", "size": len(data)})
        address = reverse("studies:announce", args=[study.pk])
        answer: dict[str, int] = researcher.post(address, told, content_type="application/json").json()
        return answer

    def part(upload: int, start: int, sent: bytes) -> dict[str, int]:
        address = reverse("studies:part", args=[study.pk, upload]) + f"?from={start}"
        answer: dict[str, int] = researcher.put(address, sent, content_type="application/octet-stream").json()
        return answer

    upload = announce()["upload"]
    assert part(upload, 0, data[:half])["received"] == half
    assert part(upload, 0, data[:half])["received"] == half, "sent again"
    assert part(upload, half + 5, data[half:])["received"] == half, "with a gap"
    assert announce() == {"upload": upload, "received": half, "part": 1_000_000}
    assert part(upload, half, data[half:])["whole"]
    entry = Upload.objects.get()
    assert entry.path.read_bytes() == data
    assert entry.path.name == "quý 3.csv"


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(researcher: Client, study: Study) -> None:
    told = json.dumps({"name": "to.csv", "size": 300_000_000})
    answer = researcher.post(reverse("studies:announce", args=[study.pk]), told, content_type="application/json")
    assert answer.status_code == 409
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a\\b\\..\\c.csv", "...", "", "x" * 300 + ".csv", "𠀀" * 300 + ".𠀀𠀀", "a\0b;rm.csv"]
)
def test_no_name_of_a_file_leads_elsewhere(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert not set(safe) & set('/\\\0;"')
    assert safe not in {".", ".."}
    assert len(safe) <= 100
    assert len(safe.encode()) < 255


def test_a_viewer_sees_reports_and_no_more(
    browser: Callable[[Role], Client], person_of: Callable[[Role], Person], instance: Instance, run_once: Path
) -> None:
    admin = person_of(Role.ADMIN)
    done, begun = study_of(admin, run_once), study_of(admin)
    viewer = browser(Role.VIEWER)
    page = viewer.get(reverse("studies:list")).content.decode()
    assert reverse("studies:show", args=[done.pk]) in page
    assert reverse("studies:show", args=[begun.pk]) not in page
    assert viewer.get(reverse("studies:show", args=[begun.pk])).status_code == 404
    page = viewer.get(reverse("studies:show", args=[done.pk])).content.decode()
    assert "Mở báo cáo" in page
    assert "<form" not in page.split("<main")[1]


def test_a_study_is_erased_with_all_that_it_held(
    researcher: Client, person_of: Callable[[Role], Person], instance: Instance, run_once: Path
) -> None:
    study = study_of(person_of(Role.ADMIN), run_once)
    address = reverse("studies:erase", args=[study.pk])
    researcher.post(address)
    assert study.path.is_dir(), "not without the tick"
    researcher.post(address, {"sure": "yes"})
    assert not study.path.exists()
    assert not Study.objects.exists()
    assert "study.erased" in (instance.folder / "erased.log").read_text(encoding="ascii")


def test_a_job_that_was_killed_is_done_again_at_the_next_start(db: None) -> None:
    from django_tasks_db.models import DBTaskResult  # noqa: PLC0415

    from langnghe.hub.studies.jobs import look  # noqa: PLC0415

    killed = DBTaskResult.objects.create(
        args_kwargs={"args": [1], "kwargs": {}},
        status="RUNNING",
        task_path=look.module_path,
        backend_name="default",
        run_after=timezone.now(),
    )
    requeue()
    killed.refresh_from_db()
    assert killed.status == "READY"
