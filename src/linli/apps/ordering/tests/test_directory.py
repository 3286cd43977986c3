"""The service directory fits the schemas of HSDS 3, shows what the menu shows, and keeps its ids."""

import json
import os
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from linli.apps.ordering import queries, services
from linli.apps.ordering.models import Audience, CatalogItem
from linli.apps.ordering.services import PointText
from linli.apps.ordering.tests.factories import AT, MONTH, make_item
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.places.tests.factories import District, make_district
from linli.site.cli import main

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]

DATA = Path(os.environ.get("LINLI_DATA", Path(__file__).resolve().parents[6] / "shared" / "data"))
SCHEMAS = DATA / "standards" / "hsds"


def problems_of(rows: list[dict[str, Any]]) -> list[str]:
    """What of these services is not as the standard says; its schemas name each other and are read from the folder."""
    import jsonschema_rs

    if not SCHEMAS.exists():
        pytest.skip("no shared data here")
    read = {file.name: json.loads(file.read_text(encoding="utf-8")) for file in SCHEMAS.glob("*.json")}
    known = jsonschema_rs.Registry([(f"json-schema:///{name}", schema) for name, schema in read.items()])
    check = jsonschema_rs.Draft202012Validator(read["service.json"], registry=known, validate_formats=True)
    return [f"{list(one.instance_path)}: {one.message}" for row in rows for one in check.iter_errors(row)]


@pytest.fixture(scope="module")
def here(module_db: None) -> District:
    """An open service of two months with a provider and a point, one of the community's own, one still in draft."""
    district = make_district()
    provider = make_organization(place=district.street)
    for month in (MONTH, date(2026, 4, 1)):
        make_item(district.community, month=month, audience=Audience.ELDERS, provider=provider, when="周六上午")
    make_item(district.community, kind="cleaning", title="入户保洁")
    make_item(district.community, kind="repair", title="小修小补", is_open=False)
    text = PointText("活动室", "槐荫路1号", "周六", "010-62880011", Decimal("40.02"), Decimal("116.02"), ("haircut",))
    services.add_point(place=district.community, text=text, actor=None, at=AT)
    return district


def rows() -> list[dict[str, Any]]:
    return queries.directory(AT.date(), address=lambda item: f"https://linli.example/menu/{item.pk}/")


def test_it_fits_the_schemas_of_the_standard(here: District) -> None:
    found = rows()
    assert (len(found), problems_of(found)) == (2, [])
    broken = [{**found[0], "status": "open", "url": "no address", "phones": [{"id": "1"}]}]
    assert len(problems_of(broken)) == 4


def test_it_tells_what_the_menu_tells(here: District) -> None:
    cleaning, cut = sorted(rows(), key=lambda row: len(row["schedules"]))
    (at,) = cut["service_at_locations"]
    assert (cut["name"], cut["minimum_age"], cut["licenses"], [day["valid_to"] for day in cut["schedules"]]) == (
        "理发", 60, "健康合格证明", ["2026-03-31", "2026-04-30"],
    )  # fmt: skip
    assert (at["location"]["latitude"], at["location"]["addresses"][0]["region"]) == (40.02, "清河里街道")
    assert (cleaning["organization"]["name"], cleaning["service_at_locations"]) == ("槐荫社区", [])


def test_it_keeps_the_id_of_a_service_from_month_to_month(here: District) -> None:
    before = {row["name"]: row["id"] for row in rows()}
    CatalogItem.objects.filter(month=MONTH, kind="haircut").delete()
    assert {row["name"]: row["id"] for row in rows()} == before


def test_it_asks_twice_whatever_its_size(here: District, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        rows()


def test_everybody_reads_it_page_by_page(here: District, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make = "linli.apps.ordering.views.portal.timezone.localdate"
    monkeypatch.setattr(make, lambda at=None: AT.date())
    one = client.get("/menu/services.json?per_page=1&page=2").json()
    assert {name: value for name, value in one.items() if name != "contents"} == {
        "total_items": 2, "total_pages": 2, "page_number": 2, "size": 1,
        "first_page": False, "last_page": True, "empty": False,
    }  # fmt: skip
    assert problems_of(one["contents"]) == []
    odd = client.get("/menu/services.json?per_page=x&page=-1").json()
    assert (odd["page_number"], odd["size"]) == (1, 2)


def test_it_is_written_by_the_command_line(here: District, tmp_path: Path) -> None:
    path = tmp_path / "services.json"
    assert main(["export", "hsds", str(path), "--site", "https://linli.example/"]) == 0
    found = json.loads(path.read_text(encoding="utf-8"))
    assert (found["first_page"], problems_of(found["contents"])) == (True, [])
