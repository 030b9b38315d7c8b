"""What tests of the hub share: a person of each role, a browser without one, a hub with one of everything in it."""

from __future__ import annotations

import shutil
from itertools import count
from typing import TYPE_CHECKING

import psycopg
import pytest
from django.core.cache import cache
from django.test import Client

import langnghe as ln
from cluster import cluster
from invented import invented_rows, write_rows
from langnghe.hub.instance import Instance
from langnghe.hub.people.models import Person
from langnghe.hub.roles import Role
from langnghe.hub.units.models import Unit

from .browser import Driven, started
from .filled import Filled, fill
from .second import with_second

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytest_django.fixtures import Settings

PASSWORD = "một câu dài dễ nhớ của tôi"

Browser = "Callable[[Role], Client]"


@pytest.fixture
def province(db: None) -> Unit:
    """A province with a zone and a grassroots unit in it."""
    root = Unit.objects.create(name="Liên đoàn Lao động tỉnh Ví Dụ", kind="province")
    zone = Unit.objects.create(name="Khu công nghiệp Bến Mơ", kind="zone", parent=root)
    Unit.objects.create(name="Công đoàn cơ sở May Mắn", kind="grassroots", parent=zone)
    return root


@pytest.fixture
def person_of(province: Unit) -> Callable[[Role], Person]:
    """Make a person of a role, with the second factor that it needs; an officer belongs to the zone."""

    def make(role: Role) -> Person:
        unit = Unit.objects.get(kind="zone") if role is Role.OFFICER else None
        person = Person.objects.create_user(f"{role}@example.org", PASSWORD, name=str(role), role=role.value, unit=unit)
        return with_second(person)

    return make


@pytest.fixture
def browser(person_of: Callable[[Role], Person]) -> Callable[[Role], Client]:
    """A browser in which a person of a role is logged in; of the public, one without an account."""

    def open_as(role: Role) -> Client:
        client = Client()
        if role is not Role.PUBLIC:
            client.force_login(person_of(role), backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return open_as


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    """Limits begin anew with each test."""
    cache.clear()


@pytest.fixture(autouse=True)
def quick_passwords(settings: Settings) -> None:
    """Hashing that is slow on purpose is tested once and not waited for elsewhere."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: Settings) -> None:
    """What a hub writes into its folder goes into one of the test's own."""
    settings.INSTANCE = Instance(tmp_path / "hub", "sqlite://")


@pytest.fixture
def instance(tmp_path: Path, settings: Settings) -> Instance:
    """An instance in a folder of its own; jobs are done at once."""
    made = Instance(tmp_path / "hub", "sqlite://")
    made.prepare()
    settings.INSTANCE = made
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    return made


@pytest.fixture(scope="session")
def new_postgresql() -> Iterator[Callable[[], str]]:
    """Make an empty database on a PostgreSQL server of the tests' own, and give its address."""
    numbers = count(1)
    with cluster() as address:

        def make() -> str:
            name = f"hub{next(numbers)}"
            with psycopg.connect(address, autocommit=True) as connected:
                connected.execute(f"CREATE DATABASE {name}")
            return address.replace("/postgres?", f"/{name}?")

        yield make


@pytest.fixture(scope="session")
def run_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a study of 400 invented comments that was run to its report, its file erased."""
    folder = tmp_path_factory.mktemp("run")
    file = write_rows(folder / "quy-3.csv", invented_rows(400))
    study = ln.keep_texts(ln.Study.create(folder / "study", ln.read(file)))
    file.unlink()
    ln.save_report(study)
    ln.list_issues(study)
    return study.folder


@pytest.fixture(scope="session")
def drawn_once(run_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study that was run, with a sample of 50 texts for two people, half of them for both: thirty and more for each."""
    folder = tmp_path_factory.mktemp("drawn") / "study"
    shutil.copytree(run_once, folder)
    ln.draw_sample(ln.Study.open(folder), size=50, divide=False, coders=2, second_share=0.5)
    return folder


@pytest.fixture
def filled(
    person_of: Callable[[Role], Person], instance: Instance, drawn_once: Path, tmp_path: Path, settings: Settings
) -> Filled:
    """An instance with one of everything in it; jobs are put down and not done."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    return fill(person_of, drawn_once, tmp_path)


@pytest.fixture(scope="session")
def one_chromium() -> Iterator[Driven]:
    """A browser for all tests of a process: it takes seconds to start."""
    with started() as driven:
        yield driven


@pytest.fixture
def chromium(one_chromium: Driven) -> Iterator[Driven]:
    """A browser without windows."""
    yield one_chromium
    one_chromium.close_windows()
