"""Open311: what is answered fits the standard's schemas in JSON and carries the same fields in XML."""

import json
import os
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from linli.apps.needs.schemas import open311

pytestmark = pytest.mark.sqlite_only

DATA = Path(os.environ.get("LINLI_DATA", Path(__file__).resolve().parents[6] / "shared" / "data"))
SCHEMAS = DATA / "standards" / "open311"
SERVICE = open311.ServiceShape("LD", "路灯", group="市政")
REQUEST = open311.RequestShape(
    "QH-2026-1", "open", "LD", "2026-11-22T01:02:03Z", address="槐荫社区", lat=39.912, long=116.4
)


def fits(name: str, content: bytes) -> bool:
    """Whether JSON is valid against a shared schema."""
    import jsonschema_rs

    if not SCHEMAS.exists():
        pytest.skip("no shared data here")
    schema = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
    return bool(jsonschema_rs.is_valid(schema, json.loads(content)))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("service.json", SERVICE),
        ("request.json", REQUEST),
        ("service-definition.json", open311.definition("LD")),
    ],
)
def test_it_fits_the_standards_schemas(name: str, content: Any) -> None:
    assert fits(name, open311.as_json(content))


def test_it_carries_the_same_fields_in_xml() -> None:
    tree = etree.fromstring(open311.as_xml([REQUEST], "service_requests"))
    (request,) = tree
    assert (tree.tag, request.tag, [each.tag for each in request]) == (
        "service_requests",
        "request",
        list(asdict(REQUEST)),
    )
    assert {each.tag: each.text for each in request if each.text} == {
        key: str(value) for key, value in asdict(REQUEST).items() if value is not None
    }


def test_it_writes_services_in_xml() -> None:
    tree = etree.fromstring(open311.as_xml([SERVICE], "services"))
    assert [(each.tag, each.findtext("metadata"), each.findtext("service_name")) for each in tree] == [
        ("service", "false", "路灯")
    ]


def test_it_writes_xml_that_reads_whatever_the_text_holds() -> None:
    tree = etree.fromstring(open311.as_xml(open311.errors(400, "坏\x00<b>&"), "errors"))
    assert (tree[0].tag, tree[0].findtext("code"), tree[0].findtext("description")) == ("error", "400", "坏<b>&")


def test_it_writes_and_reads_moments_as_the_standard_does() -> None:
    moment = datetime(2026, 1, 1, 16, 30, tzinfo=UTC)
    assert open311.instant(moment) == "2026-01-01T16:30:00Z"
    assert open311.moment_asked("2026-01-01T16:30:00Z") == moment
    assert open311.moment_asked("2026-01-02T00:30:00 08:00") == moment
    assert open311.moment_asked("") is None
