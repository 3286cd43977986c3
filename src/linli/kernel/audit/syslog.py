"""A row of the record as one message of syslog (RFC 5424): its number, verb, actor and seal, never its facts."""

from collections.abc import Mapping, Sequence
from datetime import UTC
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import override

from linli.kernel.audit.actions import action_named
from linli.kernel.audit.facts import DATA_LANGUAGE
from linli.kernel.audit.models import AuditRow

PRIORITY = 13 * 8 + 6
"""Facility 13 (log audit), severity 6 (informational)."""
BOM = b"\xef\xbb\xbf"
"""Says that the text behind it is UTF-8."""
CLOCK = "clock"
"""The actor of what nobody did but the clock, or somebody without an account."""


def _quoted(value: object) -> str:
    """A value between the quotation marks of structured data."""
    return "".join(f"\\{sign}" if sign in '"\\]' else sign for sign in str(value))


def _title(action: str) -> str:
    """The verb in Chinese; its name where no part of the house knows it any more."""
    try:
        return " ".join(str(action_named(action).title).split())
    except ImproperlyConfigured:
        return action


def message(row: AuditRow, collector: Mapping[str, Any]) -> bytes:
    """One message. What is sealed in the row, its facts, address and device among them, does not leave the house."""
    told = {
        "id": row.pk,
        "chain": row.chain,
        "number": row.number,
        "verb": row.action,
        "actor": row.actor_id or CLOCK,
        "hash": row.mac,
        "key": row.key_id,
    }
    data = " ".join(f'{name}="{_quoted(value)}"' for name, value in told.items())
    moment = f"{row.at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"
    head = f"<{PRIORITY}>1 {moment} {collector['name']} linli - audit [audit@{collector['enterprise']} {data}] "
    return head.encode("ascii") + BOM + _title(row.action).encode("utf-8")


def messages(rows: Sequence[AuditRow], collector: Mapping[str, Any]) -> list[bytes]:
    """The messages of rows, in their order."""
    with override(DATA_LANGUAGE):
        return [message(row, collector) for row in rows]
