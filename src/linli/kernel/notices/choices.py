"""What people have switched off. A notice always stands in the house; only the ways beside it can be closed."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import NotAllowed
from linli.kernel.notices.kinds import NoticeKind, notice_kind, notice_kinds
from linli.kernel.notices.models import SwitchedOff
from linli.kernel.notices.ways import Door, doors, ways_for
from linli.kernel.scope.actors import Actor


@dataclass(frozen=True)
class Choice:
    """One kind through one door for one recipient: whether it is on, and whether he may change it."""

    kind: NoticeKind
    door: Door
    on: bool
    free: bool

    @property
    def key(self) -> str:
        return f"{self.kind.name}:{self.door.name}"


def switched_off(kind: str, recipients: Iterable[UUID]) -> set[tuple[UUID, str]]:
    """(recipient, door) pairs that are closed for a kind. A kind that has become a duty since is open again."""
    rows = SwitchedOff.objects.filter(kind=kind, recipient__in=list(recipients))
    return set(rows.values_list("recipient", "door"))


def _ways(kind: NoticeKind, reached: dict[str, bool]) -> list[Door]:
    """The ways a kind can take to somebody."""
    return [door for door in ways_for(kind.name) if door.available() and reached[door.name]]


def choices_of(actor: Actor) -> list[Choice]:
    """Every kind through every way that is set up and reaches the actor, as he has it now.

    A duty lets him choose between several ways, but not close the last one. A query, and one for each way.
    """
    off = set(SwitchedOff.objects.filter(recipient=actor.actor_id).values_list("kind", "door"))
    reached = {name: bool(door.available() and door.reached([actor.actor_id])) for name, door in doors().items()}
    return [
        Choice(kind, door, (kind.name, door.name) not in off, bool(kind.may_switch_off(actor, None)) or len(ways) > 1)
        for kind in notice_kinds()
        for ways in [_ways(kind, reached)]
        for door in ways
    ]


def _is_last(kind: NoticeKind, door: str, actor: Actor) -> bool:
    """Whether nothing but this way would still tell the actor of a kind."""
    reached = {one.name: bool(one.available() and one.reached([actor.actor_id])) for one in ways_for(kind.name)}
    off = switched_off(kind.name, [actor.actor_id])
    return not any(one.name != door and (actor.actor_id, one.name) not in off for one in _ways(kind, reached))


@transaction.atomic
def choose(kind: str, door: str, *, on: bool, actor: Actor) -> None:
    """Open or close a way for one's own notices of a kind. Raises NotAllowed for the last way of a duty."""
    known = notice_kind(kind)
    if not on and not known.may_switch_off(actor, None) and _is_last(known, door, actor):
        raise NotAllowed(
            _("%(kind)s: such messages belong to your duty. Keep at least one way of being told.")
            % {"kind": known.title}
        )
    if on:
        SwitchedOff.objects.filter(recipient=actor.actor_id, kind=kind, door=door).delete()
    else:
        row = SwitchedOff(recipient=actor.actor_id, kind=kind, door=door)
        SwitchedOff.objects.bulk_create([row], ignore_conflicts=True)


@transaction.atomic
def choose_all(changes: Iterable[tuple[str, str, bool]], *, actor: Actor) -> None:
    """Several choices (kind, door, on), all or none; ways are opened before others are closed. Raises NotAllowed."""
    for kind, door, on in sorted(changes, key=lambda change: not change[2]):
        choose(kind, door, on=on, actor=actor)
