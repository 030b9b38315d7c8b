"""What the feedback line never does: show a letter to the unit that it is about, give way to floods or guesses, tell of few."""

from __future__ import annotations

import datetime as dt
import io
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import langnghe as ln
from langnghe.hub.base.intake import Bucket
from langnghe.hub.feedback import flood, models, receipt
from langnghe.hub.feedback.figures import K, figures, study_csv
from langnghe.hub.feedback.models import Letter, working_days_after
from langnghe.hub.feedback.readers import offered, seen_by
from langnghe.hub.people.models import Person
from langnghe.hub.roles import Role
from langnghe.hub.units.models import Unit

from .test_feedback import READ, TEXT, WRITE, calm, code_in, read, sent, shown, staff, token_of

__all__ = ["calm"]
SHAPE = st.lists(st.integers(0, 100), min_size=1, max_size=7)
"""Of a tree: for each unit after the first the place of its parent, modulo those that are there."""


def tree(shape: list[int]) -> list[Unit]:
    units = [Unit.objects.create(name="Tỉnh", kind="province")]
    for number, parent in enumerate(shape):
        units.append(Unit.objects.create(name=f"Đơn vị {number}", kind="zone", parent=units[parent % len(units)]))
    for unit in units:
        Person.objects.create_user(f"{unit.pk}@example.org", role="officer", unit=unit)
    return units


def close_to(about: Unit) -> set[int]:
    """The unit, what is below it, and what is above it below the province: by walking, not by paths."""
    close, above = {about.pk}, about.parent
    while above is not None and above.parent is not None:
        close.add(above.pk)
        above = above.parent
    below = [about]
    while below:
        unit = below.pop()
        close.add(unit.pk)
        below += list(unit.children.all())
    return close


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(shape=SHAPE, place=st.integers(0, 100))
def test_the_unit_that_it_is_about_never_sees_it(db: None, shape: list[int], place: int) -> None:
    from django.db import transaction  # noqa: PLC0415

    with transaction.atomic():
        units = tree(shape)
        about = units[place % len(units)]
        close = close_to(about)
        readers = offered(about)
        assert {one.pk for one in readers} == {one.pk for one in units} - close
        for number, reader in enumerate(units):
            letter = Letter(pk=number + 1, code_hash=str(number), reader=reader, about=about)
            letter.day = letter.due = models.today()
            letter.save()
        for officer in Person.objects.select_related("unit"):
            seen = list(Letter.objects.filter(seen_by(officer)))
            assert officer.unit
            assert not seen or officer.unit_id not in close
            assert all(officer.unit.holds(one.reader) for one in seen)
            if officer.unit_id not in close:
                assert seen, "its own are there"
        transaction.set_rollback(True)


def test_a_worker_finds_the_unit_and_is_offered_nothing_near_it(province: Unit) -> None:
    zone, base = Unit.objects.get(kind="zone"), Unit.objects.get(kind="grassroots")
    commune = Unit.objects.create(name="Xã Lạc", kind="commune", parent=province, old_names="Huyện Xưa")
    for unit in (zone, commune):
        staff(Role.OFFICER, unit, f"o{unit.pk}")
    client = Client()
    token = token_of(client.get(WRITE))
    page = shown(sent(client, token, about_name="may mắn"))
    assert base.name in page
    assert not Letter.objects.exists(), "a name that was typed is chosen from the list"
    page = shown(sent(client, token, about_name="may mắn", about=base.pk, reader=zone.pk))
    assert not Letter.objects.exists()
    assert "quá gần" in page
    assert f'<option value="{zone.pk}"' not in page
    assert f'<option value="{commune.pk}"' in page
    assert code_in(sent(client, token, about_name="may mắn", about=base.pk, reader=commune.pk))
    assert Letter.objects.get().about == base
    assert "Xã Lạc" in shown(sent(client, token, about_name="huyện xưa", go="find")), "old names are found"


def test_about_the_province_itself_nobody_here_reads(province: Unit) -> None:
    page = shown(sent(Client(), about=province.pk))
    assert "Tổng Liên đoàn" in page
    assert not Letter.objects.exists()


# --- floods and guesses -----------------------------------------------------------------------------------------------


def few(monkeypatch: pytest.MonkeyPatch, gate: str, *, calm: int, cap: int = 100) -> None:
    narrow = flood.Gate(Bucket(0, calm), Bucket(0, 2), Bucket(0, cap), bits=6)
    monkeypatch.setitem(flood.GATES, gate, narrow)


def solved(key: str, bits: int) -> str:
    return next(str(number) for number in range(10_000) if flood.is_worked(key, str(number), bits))


def test_a_factory_behind_one_address_is_not_held_up(province: Unit) -> None:
    for number in range(15):
        assert sent(Client(REMOTE_ADDR="203.0.113.5"), text=f"Góp ý {number}").status_code == 200
    assert Letter.objects.count() == 15


def test_above_the_rate_work_or_waiting_is_asked(province: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    few(monkeypatch, "writing", calm=1)
    sent(Client())
    client = Client()
    token = token_of(client.get(WRITE))
    page = sent(client, token, text="Thư thứ hai")
    assert page.status_code == 429
    assert "Thư thứ hai" in shown(page), "what was written stays"
    assert "feedback/work.js" in shown(page)
    assert Letter.objects.count() == 1
    wait = page.context["wait"]
    assert sent(client, token, wait=wait).status_code == 429, "too early"
    monkeypatch.setattr(flood, "WAIT", -1)
    assert sent(client, token, wait=wait).status_code == 200
    other = Client()
    token = token_of(other.get(WRITE))
    assert sent(other, token, wait=wait).status_code == 429, "the waiting of another page"
    key = sent(other, token).context["key"]
    assert sent(other, token, work="0" * 12).status_code == 429
    assert sent(other, token, work=solved(key, 6)).status_code == 200
    assert Letter.objects.count() == 3


@pytest.mark.needs("chromium")
def test_the_script_finds_what_the_gate_asks_for_and_sends(tmp_path: Path) -> None:
    key, bits = "abcDEF_-0123456789abcd", 12
    shutil.copy(Path(flood.__file__).parent / "static" / "feedback" / "work.js", tmp_path)
    note = f'<p id="waiting" data-key="{key}" data-bits="{bits}" data-working="…"></p>'
    form = f'<form action="sent.html"><input type="hidden" name="work">{note}<button name="go" value="find">?</button></form>'
    (tmp_path / "page.html").write_text(f'{form}<script src="work.js"></script>', encoding="utf-8")
    (tmp_path / "sent.html").write_text("<script>document.write(location.search)</script>", encoding="utf-8")
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    options = [f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=20000", "--dump-dom"]
    page = (tmp_path / "page.html").as_uri()
    done = subprocess.run([*command, *options, page], capture_output=True, text=True, timeout=60, check=True)
    found = re.search(r"\?work=(\d+)&amp;go=send", done.stdout)
    assert found, done.stdout
    assert flood.is_worked(key, found[1], bits)


def test_above_the_cap_all_come_back_later(province: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    few(monkeypatch, "writing", calm=9, cap=1)
    sent(Client())
    page = sent(Client())
    assert (page.status_code, page.headers["Retry-After"]) == (503, "30")
    assert "nợ lương" in shown(page)


def test_guessing_codes_is_held_up_and_the_right_one_still_gets_in(
    province: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = code_in(sent(Client()))
    few(monkeypatch, "reading", calm=3)
    client = Client()
    assert [read(client, "ABCD-EFGH-JKLM-NPQR").status_code for _ in range(5)] == [404, 404, 404, 429, 429]
    page = read(client, code)
    assert page.status_code == 429
    assert TEXT not in shown(page)
    work = solved(page.context["key"], 6)
    assert TEXT in shown(client.post(READ, {"token": page.context["token"], "code": code, "work": work}))


def test_codes_have_80_bits_and_no_signs_that_look_alike() -> None:
    assert len(set(receipt.ALPHABET)) == 32
    assert not set("01OI") & set(receipt.ALPHABET)
    codes = {receipt.code_of(str(number)) for number in range(200)}
    assert len(codes) == 200
    assert set("".join(codes)) == set(receipt.ALPHABET) | {"-"}
    code = codes.pop()
    stored = receipt.hashed(code)
    assert stored == receipt.hashed(f" {code.lower()} ")
    assert code not in str(stored)
    assert receipt.hashed(code[:-1]) is receipt.hashed("") is None


# --- what is told of all ----------------------------------------------------------------------------------------------


def many(reader: Unit, count: int, first: int = 1, **fields: Any) -> None:
    for number in range(first, first + count):
        letter = Letter(pk=number, code_hash=str(number), reader=reader, day=models.today(), due=models.today())
        for name, value in fields.items():
            setattr(letter, name, value)
        letter.save()
        letter.write(f"=Góp ý {number} về lương, gọi 0912 345 678")


def test_figures_tell_of_no_fewer_than_k(province: Unit) -> None:
    many(province, K + 3, topic="wages")
    many(province, K - 1, first=100, topic="meals")
    assert figures().topics == {"wages": K}
    assert figures().letters == K


def test_a_study_gets_masked_texts_of_those_who_agreed(province: Unit, tmp_path: Path) -> None:
    many(province, K - 1, may_study=True)
    many(province, 5, first=50)
    client, _ = staff(Role.RESEARCHER, None, "an")
    assert study_csv() is None
    assert client.get(reverse("feedback:export")).status_code == 302
    early = models.today() - dt.timedelta(days=30)
    many(province, K, first=100, may_study=True, day=early)
    made = client.get(reverse("feedback:export")).content
    rows = pl.read_csv(io.BytesIO(made), infer_schema=False).with_columns(pl.col("date").fill_null(""))
    assert rows.columns == ["text", "date"]
    assert len(rows) == 2 * K - 1
    assert "0912" not in made.decode()
    assert set(rows["date"]) == {"", (early - dt.timedelta(days=early.weekday())).isoformat()}
    assert all(text.startswith("'=") for text in rows["text"]), "no formula in a spreadsheet"
    (tmp_path / "feedback.csv").write_bytes(made)
    texts = ln.read(tmp_path / "feedback.csv", text="text", date="date")
    assert sum(len(batch) for batch in texts.batches()) == 2 * K - 1


@settings(max_examples=50, deadline=None)
@given(day=st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)), days=st.integers(1, 60))
def test_working_days_are_counted_one_by_one(day: dt.date, days: int) -> None:
    at, left = day, days
    while left:
        at += dt.timedelta(days=1)
        left -= at.weekday() < 5
    assert working_days_after(day, days) == at
