"""Open311 and the interface: what everybody may see fits the standard, reporting asks for a key, nobody is told on."""

import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from django.test import Client
from django.utils import timezone
from lxml import etree

from linli.apps.needs import services
from linli.apps.needs.models import Channel, Need, Sensitivity
from linli.apps.needs.tests.factories import make_category, make_need
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.api import tokens
from linli.kernel.refs import new_key, ref_of
from linli.kernel.scope import Role
from linli.kernel.ui.models import RateCount

pytestmark = pytest.mark.django_db

DATA = Path(os.environ.get("LINLI_DATA", Path(__file__).resolve().parents[6] / "shared" / "data"))
SCHEMAS = DATA / "standards" / "open311"
BASE = "/open311/v2/"


@pytest.fixture
def district() -> District:
    return make_district()


@pytest.fixture
def officer(district: District) -> User:
    return make_user(Role.STREET_OFFICER, district.street)


def key_of(user: User, *scopes: str) -> str:
    return tokens.issue(name="市民应用", owner=user, scopes=scopes, actor=user).secret


def get(address: str, **asked: Any) -> Any:
    return Client().get(f"{BASE}{address}", asked)


def fits(name: str, content: Any) -> bool:
    """Whether it is valid against the standard's schema; true where the schemas are not at hand."""
    file = SCHEMAS / name
    return not file.exists() or jsonschema_rs.is_valid(json.loads(file.read_text("utf-8")), content)


def fields(element: Any) -> dict[str, str]:
    return {each.tag: each.text or "" for each in element}


def plain(row: dict[str, Any]) -> dict[str, str]:
    words = {None: "", True: "true", False: "false"}
    return {key: words[value] if value is None or isinstance(value, bool) else str(value) for key, value in row.items()}


def test_it_offers_ordinary_categories_in_use_alike_in_json_and_xml() -> None:
    top = make_category("01", name="市政")
    make_category("0101", name="路灯", parent=top, depth=2, hint="不亮、损坏")
    make_category("0102", name="旧类", parent=top, depth=2, is_active=False)
    make_category("0103", name="家暴", parent=top, depth=2, sensitivity=Sensitivity.DOMESTIC_VIOLENCE)
    shut = make_category("02", name="困难", sensitivity=Sensitivity.HARDSHIP)
    make_category("0201", name="救助", parent=shut, depth=2)
    rows = get("services.json").json()
    tree = etree.fromstring(get("services.xml").content)
    assert [(row["service_code"], row["group"]) for row in rows] == [("01", None), ("0101", "市政")]
    assert all(fits("service.json", row) for row in rows)
    assert (tree.tag, [fields(each) for each in tree]) == ("services", [plain(row) for row in rows])
    assert fits("service-definition.json", get("services/0101.json").json())
    assert etree.fromstring(get("services/0101.xml").content).tag == "service_definition"
    assert [get(f"services/{code}.json").status_code for code in ("0102", "0103", "0201", "no")] == [404] * 4


def test_it_shows_needs_without_a_word_of_the_resident(district: District) -> None:
    need = make_need(
        district.grid, category=make_category(name="路灯"), at=timezone.now(),
        spot=services.Spot(words="2号楼3单元502", latitude=39.912345, longitude=116.456789),
    )  # fmt: skip
    (row,) = get("requests.json").json()
    (element,) = etree.fromstring(get("requests.xml").content)
    alone = get(f"requests/{need.pk}.json")
    assert fits("request.json", row)
    assert fields(element) == plain(row)
    assert (alone.json(), row["address"], row["lat"], row["long"], row["description"]) == (
        [row], "槐荫社区", 39.912, 116.457, None,
    )  # fmt: skip
    assert not any(word in alone.content.decode() for word in ("何素芬", "13800010001", "502", need.title))


def test_it_never_lists_complaints_and_sensitive_matters(district: District, officer: User) -> None:
    now, shut = timezone.now(), make_category("0202", sensitivity=Sensitivity.MINORS)
    hidden = [
        make_need(district.community, category=make_category(), about=ref_of(officer), at=now),
        make_need(district.community, category=shut, at=now),
        make_need(district.community, at=now),
    ]
    numbers = ",".join(str(need.pk) for need in hidden)
    assert get("requests.json").json() == get("requests.json", service_request_id=numbers).json() == []
    assert [get(f"requests/{need.pk}.json").status_code for need in hidden] == [404, 404, 404]


def test_it_filters_by_service_time_and_state(district: District) -> None:
    now = timezone.now()
    first = make_need(district.community, category=make_category("0101"), at=now - timedelta(days=40))
    second = make_need(district.community, category=make_category("0102"), at=now - timedelta(days=5))
    make_need(district.community, category=make_category("0101"), at=now - timedelta(days=200))

    def found(**asked: str) -> set[str]:
        return {row["service_request_id"] for row in get("requests.json", **asked).json()}

    day = (now - timedelta(days=10)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert found() == {str(first.pk), str(second.pk)}
    assert (found(service_code="0101"), found(start_date=day), found(status="closed")) == (
        {str(first.pk)}, {str(second.pk)}, set(),
    )  # fmt: skip


@pytest.mark.parametrize(
    "asked", [{"start_date": "gestern"}, {"status": "halb"}, {"start_date": "2026-01-01", "end_date": "2026-06-01"}]
)
def test_it_says_what_is_wrong_with_a_question(asked: dict[str, str]) -> None:
    answer, tree = get("requests.json", **asked), etree.fromstring(get("requests.xml", **asked).content)
    assert (answer.status_code, answer.json()[0]["code"], tree.tag, tree[0].findtext("code")) == (
        400,
        400,
        "errors",
        "400",
    )


def test_it_takes_a_report_in_for_a_key_and_resolves_its_token(district: District, officer: User) -> None:
    make_category("0101")
    report = {
        "api_key": key_of(officer, "needs.open311:write"), "service_code": "0101", "description": "路灯不亮",
        "address_string": "槐荫社区2号楼", "lat": "39.9", "long": "116.4", "last_name": "何", "phone": "13800010001",
    }  # fmt: skip
    (made,) = Client().post(f"{BASE}requests.json", report).json()
    need = Need.objects.select_related("category", "contact", "place").get(pk=made["service_request_id"])
    (token,) = get(f"tokens/{made['token']}.json").json()
    assert (need.channel, need.category.code if need.category else "", need.place.name) == (
        Channel.OPEN311, "0101", "槐荫社区",
    )  # fmt: skip
    assert token == {"service_request_id": made["service_request_id"], "token": made["token"]}
    assert get(f"requests/{need.pk}.xml").status_code == 200


def test_it_refuses_reports_without_a_fitting_key_or_without_what_they_need(district: District, officer: User) -> None:
    make_category("0101")
    good = {"service_code": "0101", "description": "路灯不亮", "address_string": "槐荫社区"}
    key, other = key_of(officer, "needs.open311:write"), key_of(officer, "needs:read")
    sent: list[dict[str, str]] = [
        good, {**good, "api_key": "linli_nothing"}, {**good, "api_key": other},
        {**good, "api_key": key, "service_code": "9"},
        {**good, "api_key": key, "description": " "}, {**good, "api_key": key, "address_string": ""},
        {**good, "api_key": key, "lat": "39", "long": "x"}, {**good, "api_key": key, "address_string": "没有的地方"},
    ]  # fmt: skip
    answers = [Client().post(f"{BASE}requests.json", one).status_code for one in sent]
    assert (answers, Need.objects.count()) == ([401, 401, 403, 404, 400, 400, 400, 400], 0)


def test_it_limits_calls_and_guesses() -> None:
    tries = [get("tokens/ABCDEFGH.json").status_code for _try in range(6)]
    assert tries == [404] * 5 + [429]
    RateCount.objects.update(count=120)
    assert get("services.xml").status_code == 429


def test_it_reads_and_hands_in_needs_over_the_interface_before_the_wall(district: District, officer: User) -> None:
    worker = make_user(Role.COMMUNITY_WORKER, district.community)
    seen = make_need(district.community, category=make_category())
    hidden = make_need(district.community, about=ref_of(worker))
    make_need(district.neighbour_community)
    bearer = {"Authorization": f"Bearer {key_of(worker, 'needs:read', 'needs:write')}"}
    client = Client(headers=bearer)
    rows = client.get("/api/v1/needs").json()["items"]
    assert [(row["id"], row["category"]) for row in rows] == [(str(seen.pk), "0101")]
    assert client.get(f"/api/v1/needs/{hidden.pk}").status_code == 404
    body = {
        "street": str(district.street.pk),
        "place": str(district.community.pk),
        "matter": "垃圾满了",
        "phone": "13800010001",
    }
    once = {"content_type": "application/json", "headers": {"Idempotency-Key": str(new_key())}}
    made, again = (client.post("/api/v1/needs", json.dumps(body), **once) for _try in range(2))
    need = Need.objects.get(pk=made.json()["id"])
    assert (made.status_code, again.json() == made.json(), need.channel) == (201, True, Channel.API)
    assert "phone" not in client.get(f"/api/v1/needs/{need.pk}").json()
