"""Units: a tree that can be moved and searched, and what an officer sees of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from langnghe.hub.roles import Role
from langnghe.hub.units.models import Unit

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from langnghe.hub.people.models import Person


def test_a_unit_that_moves_takes_what_is_below_along(province: Unit) -> None:
    zone, base = Unit.objects.get(kind="zone"), Unit.objects.get(kind="grassroots")
    other = Unit.objects.create(name="Tỉnh khác", kind="province")
    zone.parent = other
    zone.save()
    base.refresh_from_db()
    assert other.holds(base)
    assert not province.holds(base)
    assert base.depth == 2


def test_an_officer_sees_the_own_unit_and_below(person_of: Callable[[Role], Person]) -> None:
    seen = {unit.kind for unit in Unit.within(person_of(Role.OFFICER))}
    assert seen == {"zone", "grassroots"}
    assert {unit.kind for unit in Unit.within(person_of(Role.RESEARCHER))} == {"province", "zone", "grassroots"}


def test_an_old_name_finds_the_unit(browser: Callable[[Role], Client]) -> None:
    admin = browser(Role.ADMIN)
    form = {"name": "Phường Mới", "kind": "commune", "old_names": "Quận Cũ; Phường 7"}
    assert admin.post(reverse("units:add"), form).status_code == 302
    for asked in ("quận cũ", "QUẬN CŨ", "quan cu"):
        page = admin.get(reverse("units:list"), {"q": asked}).content.decode()
        assert "Phường Mới" in page, asked
        assert "Bến Mơ" not in page, asked


def test_a_unit_cannot_lie_below_itself(browser: Callable[[Role], Client], province: Unit) -> None:
    base = Unit.objects.get(kind="grassroots")
    form = {"name": province.name, "kind": "province", "parent": base.pk}
    page = browser(Role.ADMIN).post(reverse("units:change", args=[province.pk]), form)
    assert "không thể thuộc chính nó" in page.content.decode()
