"""Shapes of Open311 GeoReport v2: services, definitions, requests, tokens and errors, in JSON and in XML alike."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

DESCRIBED = 4_000
"""The longest description the standard takes."""
ROUNDED = 3
"""Decimals of a point that is shown to everybody: about a hundred metres, never a door."""


@dataclass(frozen=True)
class ServiceShape:
    """One kind of matter that can be reported."""

    service_code: str
    service_name: str
    description: str | None = None
    metadata: bool = False
    type: str = "realtime"
    keywords: str | None = None
    group: str | None = None


@dataclass(frozen=True)
class RequestShape:
    """One matter as everybody may see it: no name, telephone, house or words of the resident."""

    service_request_id: str
    status: str
    service_code: str
    requested_datetime: str
    status_notes: str | None = None
    service_name: str | None = None
    description: str | None = None
    agency_responsible: str | None = None
    service_notice: str | None = None
    updated_datetime: str | None = None
    expected_datetime: str | None = None
    address: str | None = None
    address_id: str | None = None
    zipcode: str | None = None
    lat: float | None = None
    long: float | None = None
    media_url: str | None = None


def instant(moment: datetime | None) -> str | None:
    """A moment as the standard writes it (W3C): UTC to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None


def moment_asked(text: str) -> datetime | None:
    """A moment from a query such as 2026-01-01T00:00:00Z or a bare day; None for no text. Raises ValueError."""
    if not text:
        return None
    found = datetime.fromisoformat(text.strip().replace("Z", "+00:00").replace(" ", "+"))
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def definition(service_code: str) -> dict[str, Any]:
    """The definition of a service: ours ask for nothing beyond the standard's own fields."""
    return {"service_code": service_code, "attributes": []}


def errors(status: int, sentence: str) -> list[dict[str, Any]]:
    """Errors as the standard has them."""
    return [{"code": status, "description": sentence}]


def as_json(content: Any) -> bytes:
    """``content`` (shapes, mappings, lists of them) as JSON."""
    return json.dumps(_plain(content), ensure_ascii=False).encode()


WRAPPED = {
    "services": "service",
    "service_requests": "request",
    "errors": "error",
    "attributes": "attribute",
    "values": "value",
}
"""What one element of a list is called."""


def as_xml(content: Any, root: str) -> bytes:
    """The same ``content`` as XML under ``root``; null is an empty element."""
    top = _element(root, _plain(content))
    body: bytes = ElementTree.tostring(top, encoding="utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + body


def _plain(content: Any) -> Any:
    if isinstance(content, ServiceShape | RequestShape):
        return asdict(content)
    if isinstance(content, Mapping):
        return {key: _plain(value) for key, value in content.items()}
    if isinstance(content, Sequence) and not isinstance(content, str):
        return [_plain(value) for value in content]
    return content


def _element(name: str, value: Any) -> ElementTree.Element:
    element = ElementTree.Element(name)
    if isinstance(value, dict):
        element.extend(_element(key, each) for key, each in value.items())
    elif isinstance(value, list):
        element.extend(_element(WRAPPED.get(name, "item"), each) for each in value)
    elif isinstance(value, bool):
        element.text = "true" if value else "false"
    elif value is not None:
        element.text = _without_controls(str(value))
    return element


def _without_controls(text: str) -> str:
    """Text without the characters XML 1.0 cannot hold."""
    return "".join(
        c for c in text if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff" and not "\ud800" <= c <= "\udfff")
    )
