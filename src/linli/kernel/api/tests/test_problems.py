"""One shape for everything that goes wrong, in the reader's language, without a traceback."""

from typing import Any

import pytest
from django.contrib.auth.models import Group

pytestmark = pytest.mark.django_db
SHAPE = {"type", "code", "title", "status", "detail", "instance"}


def told(response: Any, status: int, code: str) -> dict[str, Any]:
    found: dict[str, Any] = response.json()
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    assert set(found) - {"errors"} == SHAPE
    assert (found["status"], found["code"], found["type"]) == (status, code, f"urn:linli:problem:{code}")
    return found


def test_it_tells_401(client: Any, small_site: None) -> None:
    told(client.get("/api/v1/groups"), 401, "unauthenticated")


def test_it_tells_403(caller: Any) -> None:
    told(caller.get("/closed"), 403, "not-allowed")


def test_it_tells_404_of_a_record(caller: Any) -> None:
    assert told(caller.get("/groups/1"), 404, "missing")["detail"] == "There is no such group."


@pytest.mark.parametrize(
    "address", ["/api", "/api/", "/api/v1/", "/api/v1/nothing", "/api/v2/groups", "/api/v1/groups/x"]
)
def test_it_tells_404_of_an_address(client: Any, small_site: None, address: str) -> None:
    assert told(client.get(address), 404, "missing")["instance"] == address


def test_it_tells_405_with_the_methods_there_are(caller: Any) -> None:
    found = caller.client.put("/api/v1/groups", "{}", content_type="application/json")
    told(found, 405, "wrong-method")
    assert sorted(found["Allow"].split(", ")) == ["GET", "POST"]


def test_it_tells_406(caller: Any) -> None:
    told(caller.get("/groups", Accept="text/html"), 406, "not-acceptable")


def test_it_tells_413(caller: Any) -> None:
    told(caller.post("/groups", b" " * 1_000_001), 413, "too-large")


def test_it_tells_415(caller: Any) -> None:
    told(
        caller.post("/groups", "name=x", content_type="application/x-www-form-urlencoded"),
        415,
        "wrong-media-type",
    )


@pytest.mark.parametrize(
    "body",
    [
        "{",
        '{"name": NaN}',
        b'{"name": "\xff"}',
        '{"name": "\\ud800"}',
        '{"name": "a\\u0000b"}',
        "[" * 100_000,
        "9" * 5000,
    ],
)
def test_it_tells_400_of_json_nobody_can_keep(caller: Any, body: Any) -> None:
    told(caller.post("/groups", body), 400, "unreadable")
    assert Group.objects.count() == 0


def test_it_tells_400_of_a_nul_in_the_address(caller: Any) -> None:
    told(caller.get("/groups?after=%00"), 400, "unreadable")


def test_it_tells_every_wrong_value_with_its_pointer(caller: Any) -> None:
    found = told(caller.post("/groups", {"name": "", "size": "3", "x/y~z": 1}), 422, "invalid")
    assert found["errors"] == [
        {"detail": "至少写 1 个字符。", "pointer": "#/name"},
        {"detail": "这里要填整数。", "pointer": "#/size"},
        {"detail": "这里没有这个名称。", "pointer": "#/x~1y~0z"},
    ]


def test_it_tells_a_wrong_parameter_by_name(caller: Any) -> None:
    found = told(caller.get("/groups?limit=101"), 422, "invalid")
    assert found["errors"] == [{"detail": "最大为 100。", "in": "query", "parameter": "limit"}]


def test_it_tells_a_parameter_the_route_does_not_have(caller: Any) -> None:
    found = told(caller.get("/groups?limt=3"), 422, "invalid")
    assert found["errors"] == [{"detail": "这里没有这个名称。", "in": "query", "parameter": "limt"}]


def test_it_takes_three_point_nought_for_a_whole_number(caller: Any) -> None:
    assert caller.post("/groups", '{"name": "a", "size": 3.0}').status_code == 201


def test_it_tells_a_refusal_with_its_code_and_field(caller: Any) -> None:
    found = told(caller.post("/groups", {"name": "refused"}), 409, "bad-name")
    assert found["errors"] == [{"detail": "Not this name.", "pointer": "#/name"}]


def test_it_leaves_no_trace_of_a_refused_request(caller: Any) -> None:
    caller.post("/groups", {"name": "refused"})
    assert Group.objects.count() == 0


def test_it_tells_500_without_saying_what_broke(client: Any, small_site: None, caplog: Any) -> None:
    found = client.get("/api/v1/broken")
    told(found, 500, "failure")
    assert b"secret of the house" not in found.content
    assert [record.exc_info[1].args for record in caplog.records if record.name == "linli.api"] == [
        ("the secret of the house",)
    ]


@pytest.mark.parametrize(
    ("language", "title"),
    [("zh-CN", "需要有效的令牌"), ("en", "A valid token is needed"), ("fr", "需要有效的令牌")],
)
def test_it_speaks_the_readers_language(client: Any, small_site: None, language: str, title: str) -> None:
    found = client.get("/api/v1/groups", headers={"Accept-Language": language})
    assert found.json()["title"] == title


def test_it_is_never_kept_by_a_cache(client: Any, small_site: None) -> None:
    assert client.get("/api/v1/groups")["Cache-Control"] == "no-store"


@pytest.mark.parametrize("media", ["multipart/form-data", "text/plain", "application/json; charset=nonsense", ""])
def test_it_never_falls_into_html_whatever_the_media_type(caller: Any, media: str) -> None:
    headers = {"Idempotency-Key": "key-of-this-test"}
    found = caller.client.generic("POST", "/api/v1/groups", '{"name": ""}', content_type=media, headers=headers)
    assert (found.status_code, found["Content-Type"]) == (
        422 if "json" in media else 415,
        "application/problem+json",
    )


def test_it_stores_of_a_body_what_people_see(caller: Any) -> None:
    caller.post("/groups", {"name": "\u202e槐荫\u200b社区\ufeff"})
    assert list(Group.objects.values_list("name", flat=True)) == ["槐荫社区"]
