"""Reading rows back as sentences: the timeline of a record, the audit view, the CSV."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from linli.kernel.audit import facts as facts_text
from linli.kernel.audit.actions import action_named
from linli.kernel.audit.models import AuditRow
from linli.kernel.audit.periods import open_period
from linli.kernel.audit.recording import FROM
from linli.kernel.refs import Ref
from linli.kernel.seals import Unreadable


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


_names: Callable[[Iterable[UUID]], dict[UUID, str]] = _names_of_none


def name_actors_by(names: Callable[[Iterable[UUID]], dict[UUID, str]]) -> None:
    """Tell the audit how to name actors: a function from many ids to names, in one query."""
    global _names
    _names = names


def facts_of(row: AuditRow) -> dict[str, Any] | None:
    """The facts of a row, or None when they were sealed away."""
    text = row.facts
    if row.sealed_by:
        try:
            text = open_period(row.sealed_by, text)
        except Unreadable:
            return None
    return facts_text.read(text, gone=_("(erased)"))


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "、".join(_in_words(item) for item in value)
    if isinstance(value, dict):
        return ";".join(f"{key}:{_in_words(item)}" for key, item in value.items())
    return "" if value is None else str(value)


def entries(rows: Iterable[AuditRow]) -> list[Entry]:
    """Rows as entries, naming all actors in one query."""
    rows = list(rows)
    names = _names({row.actor_id for row in rows if row.actor_id})
    return [_entry(row, names) for row in rows]


def _entry(row: AuditRow, names: dict[UUID, str]) -> Entry:
    action = action_named(row.action)
    facts = facts_of(row)
    who = names.get(row.actor_id, _("a person since erased")) if row.actor_id else _("the clock")
    shown = tuple(
        (str(action.words[key]), _in_words(value))
        for key, value in (facts or {}).items()
        if key in action.words and value not in (None, "", [])
    )
    title: str | Promise = action.title
    source = str((facts or {}).get(FROM, ""))
    return Entry(row, who, str(title), shown, source, forgotten=facts is None)


def rows_about(ref: Ref) -> QuerySet[AuditRow]:
    """The rows of one record, oldest first."""
    return AuditRow.objects.filter(kind=ref.kind, ref_id=ref.id).order_by("at", "chain", "number")


def timeline(ref: Ref) -> list[Entry]:
    """The history of one record in plain words, oldest first."""
    return entries(rows_about(ref))
