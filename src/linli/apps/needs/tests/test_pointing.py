"""Pointing at a place: the picture of the community, the point kept, and shown to whoever handles the need."""

import re
from decimal import Decimal

import pytest
from django.test import Client

from linli.apps.needs.models import Need
from linli.apps.people.tests.factories import make_user
from linli.apps.places.models import OutlineDatum
from linli.apps.places.services import draw_outline
from linli.apps.places.tests.factories import FIRST_DAY, OUTLINE, District, make_district
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only, pytest.mark.pages]
CODE = "2号楼门口的路灯不亮"


@pytest.fixture(scope="module")
def here(module_db: None) -> District:
    found = make_district()
    for place, datum in ((found.community, OutlineDatum.WGS84), (found.other_community, OutlineDatum.GCJ02)):
        draw_outline(place=place, geojson=OUTLINE, datum=datum, source="规划部门", as_of=FIRST_DAY, actor=None)
    return found


def test_a_picture_is_offered_only_where_its_coordinates_are_ours(here: District) -> None:
    page = Client().get(f"/needs/report/?at={here.community.pk}").content.decode()
    said = {name: float(re.search(rf'data-{name}="([\d.]+)"', page)[1]) for name in ("west", "north", "scale")}  # type: ignore[index]  # fails loudly
    assert (said["north"], said["scale"] > 0, round(said["west"], 2)) == (39.91, True, 116.4)
    assert "data-point " not in Client().get(f"/needs/report/?at={here.other_community.pk}").content.decode()


def test_a_point_is_kept_and_shown_to_whoever_handles_it(here: District) -> None:
    sent = {"matter": CODE, "place": str(here.community.pk), "latitude": "39.905", "longitude": "116.4051"}
    Client().post("/needs/report/", sent)
    need = Need.objects.get()
    assert (need.latitude, need.longitude) == (Decimal("39.905000"), Decimal("116.405100"))
    client = Client()
    client.force_login(make_user(Role.STREET_OFFICER, here.street, password=None))
    assert client.get(f"/desk/needs/{need.pk}/").content.decode().count('class="outline-pin"') == 1


def test_a_worker_points_for_whoever_calls(here: District) -> None:
    client = Client()
    client.force_login(make_user(Role.COMMUNITY_WORKER, here.community, password=None))
    assert "data-point " in client.get("/desk/needs/enter/").content.decode()
    sent = {
        "channel": "hotline", "phone": "13800010001", "place": str(here.community.pk), "matter": CODE,
        "latitude": "39.905", "longitude": "116.4051",
    }  # fmt: skip
    assert "已指出地点" in client.post("/desk/needs/enter/", sent).content.decode()
    client.post("/desk/needs/enter/", {**sent, "save": "1"})
    assert Need.objects.get().latitude == Decimal("39.905000")


@pytest.mark.parametrize("wrong", [{"latitude": "91", "longitude": "116"}, {"latitude": "x", "longitude": "y"}])
def test_a_crooked_point_is_refused_and_half_a_point_is_none(here: District, wrong: dict[str, str]) -> None:
    sent = {"matter": CODE, "place": str(here.community.pk)}
    assert Client().post("/needs/report/", {**sent, **wrong}).status_code == 422
    Client().post("/needs/report/", {**sent, "latitude": "39.9"})
    assert Need.objects.get().latitude is None
