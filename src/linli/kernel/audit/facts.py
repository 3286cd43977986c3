"""Facts of a verb as text: plain values in JSON, personal values sealed with the person's own key."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import override

from linli.kernel.seals import Unreadable, open_with
from linli.kernel.seals.owners import key_of
from linli.kernel.seals.sealing import encrypt

SEALED = "$sealed"
OWNER = "$person"
BEFORE = "$before"
AFTER = "$after"
DATA_LANGUAGE = "zh-hans"


@dataclass(frozen=True)
class Personal:
    """A value about one person (name, phone, address). Readable until that person's key is destroyed."""

    person: UUID
    text: str

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True)
class Change:
    """A value as it was and as it is now; each side plain data, or :class:`Personal`."""

    before: Any
    after: Any


def person_key(person: UUID) -> str:
    """The name of the key under which everything personal about ``person`` is sealed."""
    return f"person:{person}"


def _sealed(value: Personal, keys: dict[str, bytes | None]) -> dict[str, str]:
    """The value under its person's key; after that person was erased nothing is kept of it."""
    owner = person_key(value.person)
    if owner not in keys:
        try:
            keys[owner] = key_of(owner)
        except Unreadable:
            keys[owner] = None
    key = keys[owner]
    token = "" if key is None else encrypt(key, "own", value.text, f"{owner}|audit")
    return {SEALED: token, OWNER: str(value.person)}


def _plain(value: Any, keys: dict[str, bytes | None]) -> Any:
    if isinstance(value, Personal):
        return _sealed(value, keys)
    if isinstance(value, Change):
        return {BEFORE: _plain(value.before, keys), AFTER: _plain(value.after, keys)}
    if isinstance(value, Mapping):
        return {str(key): _plain(item, keys) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item, keys) for item in value]
    return _atom(value)


def _atom(value: Any) -> Any:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID | Promise):
        return str(value)
    if value is None or isinstance(value, bool | int | str):
        return value
    message = f"a fact must be plain data, not {type(value).__name__}"
    raise TypeError(message)


def written(facts: Mapping[str, Any]) -> str:
    """Facts as one line of JSON with sorted keys, personal values sealed. Raises TypeError for other objects.

    Labels handed over unread (lazy translations) are data: they are written in Chinese, whoever acts.
    """
    with override(DATA_LANGUAGE):
        plain = _plain(facts, {})
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def persons_in(facts: Any) -> set[str]:
    """The owners of all sealed personal values in read JSON."""
    if isinstance(facts, dict):
        if SEALED in facts:
            return {f"person:{facts[OWNER]}"}
        return {owner for value in facts.values() for owner in persons_in(value)}
    if isinstance(facts, list):
        return {owner for value in facts for owner in persons_in(value)}
    return set()


def opened(value: Any, keys: Mapping[str, bytes], *, gone: str) -> Any:
    """Read JSON with its personal values opened; ``gone`` stands where a person's key was destroyed."""
    if isinstance(value, dict):
        if SEALED in value:
            try:
                return open_with(keys, f"person:{value[OWNER]}", value[SEALED], context="audit")
            except Unreadable:
                return gone
        return {key: opened(item, keys, gone=gone) for key, item in value.items()}
    if isinstance(value, list):
        return [opened(item, keys, gone=gone) for item in value]
    return value
