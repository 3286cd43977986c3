"""The kinds of contribution, each a frozen record of what to show or call."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Model, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.kernel.refs import Ref
from linli.kernel.scope import Role, holds
from linli.kernel.scope.actors import Actor, Anchor

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

    Without a date ``why`` says what it waits for ("Waits for your check") and ``since`` from which moment. A ``quiet``
    one is told to nobody else: it stands on no slip of a handover, though it moves with the post. An ``urgent`` one,
    where somebody may be in danger, stands before all others.
    """

    ref: Ref
    title: str
    address: str
    verb: str
    due: Any = None
    why: str = ""
    since: Any = None
    quiet: bool = False
    urgent: bool = False


@dataclass(frozen=True)
class TaskSource:
    """Open work of an actor. ``find`` in at most 2 queries; ``hand_over`` runs in the caller's transaction.

    Sources that share ``beforehand`` are asked together: its one query names those of them that have anything.
    """

    name: str
    find: Callable[[Actor], Iterable[Task]]
    hand_over: Callable[[UUID, UUID, Sequence[Ref]], int]
    beforehand: Callable[[Actor], Collection[str]] | None = None


@dataclass(frozen=True)
class Searchable:
    """Records of ``kind`` can be found: ``text(record)`` is what is searched, never anything sealed.

    ``where(record)`` names the place that tells records of one name apart (from columns ``rows()`` has joined).
    ``public(rows)`` keeps what anybody may read; ``public_address(record)`` is its page on the portal.
    """

    kind: str
    text: Callable[[Any], str]
    where: Callable[[Any], str] | None = None
    public: Callable[[Any], Any] | None = None
    public_address: Callable[[Any], str] | None = None


@dataclass(frozen=True)
class Person:
    """Whose data is asked for: the account, if there is one, and the person.

    ``reader`` is the account that reads them in his stead; what is closed to that one is left out.
    """

    user_id: UUID | None = None
    person_id: UUID | None = None
    reader: UUID | None = None


class Basis(TextChoices):
    """On which ground of PIPL Art. 13 data are kept."""

    CONSENT = "consent", _("the person agreed (PIPL Art. 13 (1))")
    CONTRACT = "contract", _("needed for a contract with the person (PIPL Art. 13 (2))")
    DUTY = "duty", _("a duty or task given by law (PIPL Art. 13 (3))")
    EMERGENCY = "emergency", _("danger to life, health or property (PIPL Art. 13 (4))")
    PUBLISHED = "published", _("lawfully public already (PIPL Art. 13 (6))")


@dataclass(frozen=True)
class PersonalData:
    """What an app keeps about a person, and what can be done with it (PIPL Art. 44–50).

    ``models`` are covered by it. ``find`` counts rows; ``export`` gives plain data; ``correct``, ``erase``,
    ``freeze``, ``unfreeze``, ``merge``, ``unmerge`` run inside the caller's transaction. ``erase`` and ``freeze``
    return the reason why something must be kept or goes on being used, or "". ``purpose`` says in plain words what
    the data are for, ``basis`` on which ground, ``retention`` the kind whose term says how long.
    """

    name: str
    title: Text
    models: tuple[type[Model], ...]
    find: Callable[[Person], int]
    export: Callable[[Person], list[dict[str, Any]]]
    erase: Callable[[Person], Text]
    correct: Callable[[Person, dict[str, Any]], None] | None = None
    freeze: Callable[[Person, str], Text] | None = None
    unfreeze: Callable[[Person], None] | None = None
    merge: Callable[[Person, Person], dict[str, Any]] | None = None
    unmerge: Callable[[dict[str, Any]], None] | None = None
    purpose: Text = ""
    basis: Basis = Basis.DUTY
    retention: str = ""


@dataclass(frozen=True)
class NavSection:
    """A heading of the desk's menu. There are few; a new one needs a word that staff use for a field of work."""

    name: str
    title: Text
    order: int = 100


@dataclass(frozen=True)
class NavItem:
    """A line of the desk's menu, shown to actors for whom ``allowed(actor, None)`` holds.

    ``section`` names a :class:`NavSection`; within it lines stand by ``order``. ``also`` are beginnings of further
    addresses that belong to the line: below another line's, or off the desk in pages that residents see on the portal.
    """

    name: str
    title: Text
    route: str
    allowed: Any
    icon: str = "circle"
    order: int = 100
    section: str = "desk"
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Remark:
    """A quiet line on every page and paper while ``text()`` gives one; "" leaves it out. It must be cheap."""

    name: str
    text: Callable[[], Text]


@dataclass(frozen=True)
class Hold:
    """Why nothing may be signed or paid for a record now: ``why(subject, grounds)`` says it, or gives "".

    An app above says it of what its decision promised; whoever signs or pays asks ``held``. At most 2 queries.
    """

    name: str
    why: Callable[[Ref, Ref], Text]


@dataclass(frozen=True)
class SheetOffer:
    """A table that can be imported or exported: ``sheet`` is the declaration the tables mechanism reads."""

    name: str
    title: Text
    sheet: Any
    allowed: Any


@dataclass(frozen=True)
class FormOffer:
    """A form that a street collects from many units; ``form`` is the bound form the tables mechanism writes and reads.

    Who holds one of ``opens`` at the street opens, checks and accepts; who holds one of ``fills`` at a unit hands in.
    ``places(actor)`` are the streets (id, name) he may open it for, ``units(place, about)`` who owes it: (anchor,
    name); ``about`` is the Ref of the record the collection is opened for, or None. ``responsible(anchor)`` gives the
    accounts that are told and reminded. ``take(values, grids, unit, actor)`` files an accepted form, inside the
    transaction that accepts it. ``given(unit)`` stands in the blank form already.
    """

    name: str
    title: Text
    form: Any
    opens: tuple[Role, ...]
    fills: tuple[Role, ...]
    places: Callable[[Actor], Iterable[tuple[UUID, str]]]
    units: Callable[[UUID, Ref | None], Iterable[tuple[Anchor, str]]]
    responsible: Callable[[Anchor], Iterable[UUID]]
    take: Callable[[dict[str, Any], dict[str, list[dict[str, Any]]], Any, Actor | None], None]
    given: Callable[[Any], dict[str, Any]] | None = None

    def keeps(self, actor: Actor | None, collection: Any = None) -> bool:
        """Whether the actor opens such collections there (None: anywhere); the clock may."""
        return actor is None or bool(holds(*self.opens)(actor, collection))

    def hands_in(self, actor: Actor | None, unit: Any = None) -> bool:
        """Whether the actor hands the form in for this unit (None: for any)."""
        return actor is None or bool(holds(*self.fills)(actor, unit))


def _written(value: int | Decimal) -> str:
    """1,619; 0.21."""
    return f"{value:,}" if isinstance(value, int) else f"{value.normalize():,f}"


@dataclass(frozen=True)
class Reading:
    """What a number says: its value, what it was a month ago (None: not known), and the page of its rows."""

    value: int | Decimal
    address: str
    before: int | Decimal | None = None
    source: str = ""

    @property
    def written(self) -> str:
        return _written(self.value)

    @property
    def written_before(self) -> str:
        return "" if self.before is None else _written(self.before)


@dataclass(frozen=True)
class Number:
    """A number of a place on the front pages: never of a person, never one place beside another.

    ``read(actor, place, on, before)`` answers in at most 2 queries, None where there is nothing to say or the
    actor may not open the rows. The desk passes its reader; the portal passes ``actor=None`` and asks only
    numbers that are ``public``.
    """

    name: str
    title: Text
    read: Callable[[Actor | None, Any, date, date], Reading | None]
    order: int = 100
    public: bool = False


@dataclass(frozen=True)
class PortalDoor:
    """A door on the portal's front page. ``of_community``: the route takes the key of the reader's community.

    With ``allowed`` (a predicate) it stands beside the doors for everybody, for those it lets in.
    """

    name: str
    title: Text
    route: str
    icon: str
    lead: Text = ""
    order: int = 100
    of_community: bool = False
    part: str = ""
    allowed: Any = None
