"""The kinds of contribution, each a frozen record of what to show or call."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils.functional import Promise

from linli.kernel.refs import Ref
from linli.kernel.scope.actors import Actor

Text = str | Promise


@dataclass(frozen=True)
class Slot:
    """A place on a page where others may add parts. Each part may use at most ``budget`` queries."""

    name: str
    budget: int = 2


@dataclass(frozen=True)
class PagePart:
    """A piece of a page: ``context(actor, record)`` fills ``template``; None leaves it out."""

    slot: str
    name: str
    template: str
    context: Callable[[Actor | None, Any], dict[str, Any] | None]
    order: int = 100


@dataclass(frozen=True)
class Verb:
    """A button on a record of a lower app, leading to a page of a higher one."""

    kind: str
    name: str
    title: Text
    allowed: Any
    address: Callable[[Any], str]


@dataclass(frozen=True)
class Task:
    """One thing somebody is expected to do: the record, the verb, by when (None: no date).

    Without a date ``why`` says what it waits for ("Waits for your check") and ``since`` from which moment.
    """

    ref: Ref
    title: str
    address: str
    verb: str
    due: Any = None
    why: str = ""
    since: Any = None


@dataclass(frozen=True)
class TaskSource:
    """Open work of an actor. ``find`` in at most 2 queries; ``hand_over`` runs in the caller's transaction."""

    name: str
    find: Callable[[Actor], Iterable[Task]]
    hand_over: Callable[[UUID, UUID, Sequence[Ref]], int]


@dataclass(frozen=True)
class Searchable:
    """Records of ``kind`` can be found: ``text(record)`` is what is searched, never anything sealed."""

    kind: str
    text: Callable[[Any], str]


@dataclass(frozen=True)
class Person:
    """Whose data is asked for: the account, if there is one, and the person."""

    user_id: UUID | None = None
    person_id: UUID | None = None


@dataclass(frozen=True)
class PersonalData:
    """What an app keeps about a person, and what can be done with it (PIPL Art. 44–50).

    ``models`` are covered by it. ``find`` counts rows; ``export`` gives plain data; ``correct``, ``erase``,
    ``freeze``, ``merge``, ``unmerge`` run inside the caller's transaction. ``erase`` returns the reason why
    something must be kept, or "".
    """

    name: str
    title: Text
    models: tuple[type[Model], ...]
    find: Callable[[Person], int]
    export: Callable[[Person], list[dict[str, Any]]]
    erase: Callable[[Person], Text]
    correct: Callable[[Person, dict[str, Any]], None] | None = None
    freeze: Callable[[Person, str], None] | None = None
    merge: Callable[[Person, Person], dict[str, Any]] | None = None
    unmerge: Callable[[dict[str, Any]], None] | None = None


@dataclass(frozen=True)
class NavSection:
    """A heading of the desk's menu. There are few; a new one needs a word that staff use for a field of work."""

    name: str
    title: Text
    order: int = 100


@dataclass(frozen=True)
class NavItem:
    """A line of the desk's menu, shown to actors for whom ``allowed(actor, None)`` holds.

    ``section`` names a :class:`NavSection`; within it lines stand by ``order``.
    """

    name: str
    title: Text
    route: str
    allowed: Any
    icon: str = "circle"
    order: int = 100
    section: str = "desk"


@dataclass(frozen=True)
class SheetOffer:
    """A table that can be imported or exported: ``sheet`` is the declaration the tables mechanism reads."""

    name: str
    title: Text
    sheet: Any
    allowed: Any
