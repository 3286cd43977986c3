"""Taking one row of an export over: a new ticket or case becomes a need, a known one is updated by its number."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from linli.apps.needs.models import Channel, Contact, Limit, Need, NeedState, System, Ticket, TicketFile
from linli.apps.needs.services import clocks
from linli.apps.needs.services.calling_back import take_call_back
from linli.apps.needs.services.casing import as_case
from linli.apps.needs.services.keeping import keep_findable, touch
from linli.apps.needs.services.receiving import receive, tail_of
from linli.apps.needs.services.requesting import grant_by_export
from linli.apps.needs.services.shape import ContactText, Spot
from linli.apps.needs.tables.cases import CASES
from linli.apps.needs.tables.cells import Limit as Worded
from linli.apps.needs.tables.dispatch import DISPATCH
from linli.apps.places.models import Place
from linli.kernel import deadlines
from linli.kernel.errors import Refusal
from linli.kernel.events import record
from linli.kernel.privacy import PHONE, fingerprints
from linli.kernel.scope import Actor
from linli.kernel.seals import fingerprint

PLAIN = (
    "point", "class_1", "class_2", "class_3", "unit", "source", "nature", "transfers", "whistled", "returned",
    "excluded", "reply", "reached", "solved", "satisfied", "stage",
)  # fmt: skip
"""Keys of a row that are columns of the ticket under the same name."""
MOMENTS = {"dispatched": "dispatched_at", "due": "due_at", "replied": "replied_at", "called_back": "called_back_at"}
ENDED = (NeedState.CLOSED, NeedState.WITHDRAWN, NeedState.JOINED)


class Taken(Enum):
    """What became of a row; WAITS: its need is closed, and a person says whether it is opened again."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    WAITS = "waits"


def print_of(data: Mapping[str, Any]) -> str:
    """Keyed hash of what a row says; the order of columns and empty cells do not matter."""
    said = {key: str(value) for key, value in data.items() if value not in (None, "")}
    return fingerprint("needs.ticket:" + json.dumps(said, sort_keys=True, ensure_ascii=False))


def due_of(data: Mapping[str, Any], dispatched: datetime, *, street: UUID) -> datetime | None:
    """When the ticket is due: the moment it names, else its limit counted from the dispatch; None where it says
    neither. Hours run round the clock; days as the street's setting counts them."""
    due: datetime | None = data.get("due")
    if due is not None:
        return max(due, dispatched)
    worded: Worded | None = data.get("limit")
    if worded is None:
        return None
    if worded.code in Limit.values:
        return clocks.official_due(worded.code, dispatched, street=street)
    if worded.unit == "h":
        return dispatched + timedelta(hours=worded.number)
    if worded.unit in ("w", "k"):
        add = deadlines.add_working_days if worded.unit == "w" else deadlines.add_working_hours
        return add(dispatched, worded.number, street=street)
    after = timezone.localdate(dispatched) + timedelta(days=worded.number + 1)
    return timezone.make_aware(datetime.combine(after, datetime.min.time()))


def contact_of(data: Mapping[str, Any]) -> ContactText:
    """Who called. What the platform masked or wrote in place of a number is kept beside the name."""
    name, phone = str(data.get("caller") or ""), str(data.get("phone") or "")
    try:
        PHONE.tidy(phone)
    except Refusal:
        return ContactText(name=f"{name} {phone}".strip())
    return ContactText(name=name, phone=phone)


def columns_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """The ticket's columns that the row says something about; an empty cell says nothing."""
    found = {key: data[key] for key in PLAIN if data.get(key) not in (None, "")}
    found |= {name: data[key] for key, name in MOMENTS.items() if data.get(key)}
    if data.get("limit"):
        found["limit"] = data["limit"].code
    return found


@dataclass(frozen=True)
class Taking:
    """One file's hands: where its rows go, how its points are found, who does it and when.

    Without ``announce`` nobody is told row by row: ``new`` keeps what came, to be told of at once.
    """

    street: Place
    file: TicketFile | None
    find: Callable[[str], Place | None]
    actor: Actor | None
    at: datetime
    announce: bool = True
    system: str = System.HOTLINE
    new: list[UUID] = field(default_factory=list)

    def take(self, data: Mapping[str, Any]) -> tuple[Taken, Ticket]:
        """Take one read row over, in one transaction. Raises Refusal; then nothing of the row was written."""
        if self.is_grid:
            data = as_case(data, street=self.street)
        with transaction.atomic():
            mark = print_of(data)
            rows = Ticket.objects.select_related("need__street", "need__place")
            rows = rows.filter(street=self.street, system=self.system)
            ticket = rows.filter(number=data["number"]).first()
            if ticket is None:
                return Taken.NEW, self._begin(data, mark)
            if ticket.print == mark:
                return Taken.SAME, ticket
            return self._update(ticket, data, mark), ticket

    @property
    def is_grid(self) -> bool:
        """Whether the rows are cases of the grid system."""
        return self.system == System.GRID

    def _begin(self, data: Mapping[str, Any], mark: str) -> Ticket:
        dispatched = min(data.get("dispatched") or self.at, self.at)
        point = str(data.get("point") or "")
        due = due_of(data, dispatched, street=self.street.pk)
        received = receive(
            street=self.street, place=self.find(point) if point else None, matter=data["content"],
            title=str(data.get("title") or ""), channel=Channel.GRID if self.is_grid else Channel.TICKET,
            contact=contact_of(data), spot=Spot(words=point), limit=due or "", at=dispatched, actor=self.actor,
            announce=self.announce,
        )  # fmt: skip
        said = {"dispatched_at": dispatched, **columns_of(data), "due_at": due}
        ticket = Ticket(
            need=received.need, street=self.street, system=self.system, number=data["number"], print=mark,
            file=self.file, imported_at=self.at, updated_at=self.at, **said,
        )  # fmt: skip
        ticket.save(force_insert=True)
        self.new.append(received.need.pk)
        done = "needs.ticket.take_case" if self.is_grid else "needs.ticket.take_in"
        record(done, ticket.need, actor=self.actor, facts={"number": ticket.number}, at=self.at)
        if ticket.replied_at:
            clocks.stop(ticket.need, *clocks.CLOCKS, at=min(ticket.replied_at, self.at))
        take_call_back(ticket, actor=self.actor, at=self.at)
        return ticket

    def _update(self, ticket: Ticket, data: Mapping[str, Any], mark: str) -> Taken:
        said = columns_of(data)
        changed = sorted(name for name, value in said.items() if getattr(ticket, name) != value)
        called_back = not {"reached", "solved", "satisfied", "called_back_at"}.isdisjoint(changed)
        for name in changed:
            setattr(ticket, name, said[name])
        changed += self._retell(ticket, data)
        ticket.print, ticket.updated_at = mark, self.at
        if not changed:
            ticket.save(update_fields=["print"])
            return Taken.SAME
        self._move_clock(ticket, data, changed)
        if "replied_at" in changed and ticket.replied_at:
            clocks.stop(ticket.need, *clocks.CLOCKS, at=min(ticket.replied_at, self.at))
        ticket.file = self.file
        ticket.save()
        facts = {"number": ticket.number, "changed": "、".join(titles_of(changed, self.system))}
        record("needs.ticket.update", ticket.need, actor=self.actor, facts=facts, at=self.at)
        grant_by_export(ticket, at=self.at)
        if called_back:
            take_call_back(ticket, actor=self.actor, at=self.at)
        return Taken.WAITS if ticket.waits else Taken.CHANGED

    def _retell(self, ticket: Ticket, data: Mapping[str, Any]) -> list[str]:
        """Other words, another caller: the need says what the platform says, as long as it is open."""
        need, changed = ticket.need, []
        if data["content"].strip() != need.matter and need.state not in ENDED:
            touch(need, matter=data["content"].strip())
            keep_findable(need)
            changed.append("content")
        given = contact_of(data)
        if given.phone or given.name:
            contact = Contact.objects.filter(need=need).first()
            if contact is None or (given.phone and contact.phone_print not in fingerprints(PHONE, given.phone)):
                contact = contact or Contact(need=need)
                contact.name, contact.phone = given.name or contact.name, given.phone
                contact.tail_print = tail_of(need, given.phone) if given.phone else ""
                contact.save()
                changed.append("caller")
        return changed

    def _move_clock(self, ticket: Ticket, data: Mapping[str, Any], changed: list[str]) -> None:
        """Another limit on the ticket sets the official clock anew."""
        if {"limit", "due_at", "dispatched_at"}.isdisjoint(changed) or ticket.dispatched_at is None:
            return
        due = due_of(data, ticket.dispatched_at, street=self.street.pk)
        if due is not None:
            ticket.due_at = due
            Need.objects.filter(pk=ticket.need.pk).update(promised=due)
            clocks.correct_official(ticket.need, due)


def titles_of(names: list[str], system: str) -> list[str]:
    """Columns in the words of the export."""
    back = {name: key for key, name in MOMENTS.items()}
    titles = {column.key: column.title for column in (CASES if system == System.GRID else DISPATCH)}
    return [titles[back.get(name, name)] for name in names]
