"""Reading rows back as sentences: the timeline of a record, the audit view, the CSV."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from linli.kernel.audit.actions import Amount, Word, action_named
from linli.kernel.audit.facts import AFTER, BEFORE, opened, persons_in
from linli.kernel.audit.models import INSTALLATION, AuditRow, ChainHead
from linli.kernel.audit.recording import FOR, FROM
from linli.kernel.money.amounts import InexactAmount, yuan
from linli.kernel.money.words import format_yuan
from linli.kernel.refs import Ref, kinds, resolve
from linli.kernel.scope import Actor, Anchor, Role, holds_everywhere
from linli.kernel.scope.devices import words_of
from linli.kernel.scope.sources import DOORS
from linli.kernel.seals import Unreadable, keys_of, open_with

READERS = (Role.AUDIT_ADMINISTRATOR, Role.AUDITOR)
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?([+-]\d\d:\d\d)?")
"""A moment as a machine writes it; a reader is shown the day and the minute."""
STREET = "street:"
"""How the name of a street's chain begins; its id follows."""


@dataclass(frozen=True)
class Entry:
    """One row for a reader: who, did what (``title``), with which facts (word, value), when and from where."""

    row: AuditRow
    actor: str
    title: str
    facts: tuple[tuple[str, str], ...]
    source: str
    forgotten: bool

    @property
    def at(self) -> datetime:
        return self.row.at

    @property
    def number(self) -> int:
        return self.row.number


def _names_of_none(ids: Iterable[UUID]) -> dict[UUID, str]:
    return {}


_namers: list[Callable[[Iterable[UUID]], dict[UUID, str]]] = []
_streets: Callable[[Iterable[UUID]], dict[UUID, str]] = _names_of_none


def name_actors_by(names: Callable[[Iterable[UUID]], dict[UUID, str]]) -> None:
    """Tell the audit how to name actors: a function from many ids to names, in one query.

    Accounts come first; whoever registers later is asked for those ids only that nobody knew before.
    """
    if names not in _namers:
        _namers.append(names)


def actor_names(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Id -> name of these actors, as the record names them; one query a namer, none for no ids."""
    wanted, found = set(ids), dict[UUID, str]()
    for names in _namers:
        if wanted - found.keys():
            found |= names(wanted - found.keys())
    return found


def name_streets_by(names: Callable[[Iterable[UUID]], dict[UUID, str]]) -> None:
    """Tell the audit how streets are called: a function from many ids to names, in one query."""
    global _streets
    _streets = names


def street_names(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Id -> what a street is called; one query, none for no ids."""
    wanted = set(ids)
    return _streets(wanted) if wanted else {}


def chain_names(chains: Iterable[str]) -> dict[str, str]:
    """Chain -> whose it is: the street's name, or the whole installation. One query."""
    ids = {chain: UUID(chain.removeprefix(STREET)) for chain in set(chains) if chain.startswith(STREET)}
    names = _streets(set(ids.values())) if ids else {}
    return {INSTALLATION: _("Whole installation")} | {chain: names.get(key, key.hex[:8]) for chain, key in ids.items()}


def record_labels(rows: Iterable[AuditRow]) -> dict[UUID, str]:
    """Row -> what its record is called today, where it has one that is still there; one query a kind."""
    registered = {kind.name for kind in kinds()}
    refs = {row.pk: Ref(row.kind, row.ref_id) for row in rows if row.ref_id and row.kind in registered}
    found = resolve(refs.values(), actor=None, everything=True)
    return {key: found[ref].label for key, ref in refs.items() if ref in found}


def facts_of(*rows: AuditRow) -> list[dict[str, Any] | None]:
    """The facts of many rows in two queries; None where they were sealed away."""
    periods = keys_of(row.sealed_by for row in rows if row.sealed_by)
    read = [_read(row, periods) for row in rows]
    people = set().union(*(persons_in(facts) for facts in read))
    keys = keys_of(people) if people else {}
    gone = _("(erased)")
    return [None if facts is None else opened(facts, keys, gone=gone) for facts in read]


def _read(row: AuditRow, periods: Mapping[str, bytes]) -> dict[str, Any] | None:
    text = row.facts
    if row.sealed_by:
        try:
            text = open_with(periods, row.sealed_by, text, context="audit")
        except Unreadable:
            return None
    return dict(json.loads(text)) if text else {}


def door_in_words(told: Mapping[str, Any]) -> str:
    """Through which door, on what sort of device, from which address; "" where nothing was kept."""
    door = str(DOORS.get(told.get("door", ""), ""))
    if door and told.get("name"):
        door = _("%(door)s “%(name)s”") % {"door": door, "name": told["name"]}
    return " · ".join(part for part in (door, *words_of(told.get("device", "")), told.get("address", "")) if part)


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "、".join(_in_words(item) for item in value)
    if isinstance(value, dict) and BEFORE in value:
        sides = (_in_words(value[side]) or _("(empty)") for side in (BEFORE, AFTER))
        return " → ".join(sides)
    if isinstance(value, dict):
        return ";".join(f"{key}:{_in_words(item)}" for key, item in value.items())
    if isinstance(value, str) and MOMENT.fullmatch(value):
        moment = datetime.fromisoformat(value)
        return (timezone.localtime(moment) if moment.tzinfo else moment).strftime("%Y-%m-%d %H:%M")
    return "" if value is None else str(value)


def _told(word: Word, value: Any) -> str:
    """A fact as its word wants it read: money with its sign and grouped, on both sides of a change."""
    if not isinstance(word, Amount):
        return _in_words(value)
    if isinstance(value, dict) and BEFORE in value:
        return _in_words({side: _told(word, value[side]) for side in (BEFORE, AFTER)})
    try:
        return format_yuan(yuan(value))
    except InexactAmount:
        return _in_words(value)


def entries(rows: Iterable[AuditRow]) -> list[Entry]:
    """Rows as entries, naming all actors in one query."""
    rows = list(rows)
    names = actor_names({row.actor_id for row in rows if row.actor_id})
    return [_entry(row, facts, names) for row, facts in zip(rows, facts_of(*rows), strict=True)]


def _entry(row: AuditRow, facts: dict[str, Any] | None, names: dict[UUID, str]) -> Entry:
    action = action_named(row.action)
    nobody = str(action.nameless) or _("the clock")
    who = names.get(row.actor_id, _("a person since erased")) if row.actor_id else nobody
    absent = (facts or {}).get(FOR)
    if absent:
        who = _("%(name)s (for %(absent)s)") % {"name": who, "absent": absent}
    shown = tuple(
        (str(word), _told(word, value))
        for key, word in action.words.items()
        if (value := (facts or {}).get(key)) not in (None, "", [])
    )
    title: str | Promise = action.title
    source = door_in_words((facts or {}).get(FROM) or {})
    return Entry(row, who, str(title), shown, source, forgotten=facts is None)


def without_hidden(rows: QuerySet[AuditRow], actor: Actor | None) -> QuerySet[AuditRow]:
    """``rows`` without those about records that stand behind a wall for the actor, auditor or not."""
    for kind in kinds():
        shut = kind.hidden(actor)
        if shut is not None:
            rows = rows.exclude(kind=kind.name, ref_id__in=shut)
    return rows


def visible_to(rows: QuerySet[AuditRow], actor: Actor | None) -> QuerySet[AuditRow]:
    """What an auditor may read: the chains of the streets he audits; every chain where that is the district."""
    if actor is None:
        return rows.none()
    rows = without_hidden(rows, actor)
    if holds_everywhere(actor, *READERS):
        return rows
    keys = ChainHead.objects.filter(chain__startswith=STREET).values_list("chain", flat=True)
    anchors = {Anchor(place=UUID(key.removeprefix(STREET))) for key in keys}
    return rows.filter(chain__in=[f"{STREET}{anchor.place}" for anchor in actor.holds_at(frozenset(READERS), anchors)])


def tells_numbers(actor: Actor | None) -> bool:
    """Whether the reader is told the numbers of rows: where rows are hidden, a gap would tell that there are some.

    Who audits the whole house and holds no other post reads them; whoever works in an office he audits does not.
    """
    if actor is None or not holds_everywhere(actor, *READERS):
        return False
    return not actor.roles() - {*READERS, Role.RESIDENT}


def rows_about(ref: Ref) -> QuerySet[AuditRow]:
    """The rows of one record, oldest first."""
    return AuditRow.objects.filter(kind=ref.kind, ref_id=ref.id).order_by("at", "chain", "number")


def timeline(ref: Ref) -> list[Entry]:
    """The history of one record in plain words, oldest first."""
    return entries(rows_about(ref))
