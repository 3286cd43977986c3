"""Facts of a verb as text: plain values in JSON, personal values sealed with the person's own key."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from linli.kernel.seals import Unreadable, open_for, seal_for

SEALED = "$sealed"
OWNER = "$person"


@dataclass(frozen=True)
class Personal:
    """A value about one person (name, phone, address). Readable until that person's key is destroyed."""

    person: UUID
    text: str


def person_key(person: UUID) -> str:
    """The name of the key under which everything personal about ``person`` is sealed."""
    return f"person:{person}"


def _plain(value: Any) -> Any:
    if isinstance(value, Personal):
        owner = person_key(value.person)
        return {SEALED: seal_for(owner, value.text, context="audit"), OWNER: str(value.person)}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID | Promise):
        return str(value)
    if value is None or isinstance(value, bool | int | str):
        return value
    message = f"a fact must be plain data, not {type(value).__name__}"
    raise TypeError(message)


def written(facts: Mapping[str, Any]) -> str:
    """Facts as one line of JSON with sorted keys, personal values sealed. Raises TypeError for other objects."""
    return json.dumps(_plain(facts), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read(text: str, *, gone: str) -> dict[str, Any]:
    """Facts back from :func:`written`; ``gone`` stands where a person's key was destroyed."""

    def opened(value: Any) -> Any:
        if isinstance(value, dict) and SEALED in value:
            try:
                return open_for(f"person:{value[OWNER]}", value[SEALED], context="audit")
            except Unreadable:
                return gone
        if isinstance(value, dict):
            return {key: opened(item) for key, item in value.items()}
        if isinstance(value, list):
            return [opened(item) for item in value]
        return value

    found = opened(json.loads(text)) if text else {}
    return dict(found)
