"""What people have switched off. A notice always stands in the house; only the ways beside it can be closed."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import NotAllowed
from linli.kernel.notices.kinds import NoticeKind, notice_kind, notice_kinds
from linli.kernel.notices.models import SwitchedOff
from linli.kernel.notices.ways import Door, doors
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


def choices_of(actor: Actor) -> list[Choice]:
    """Every kind through every door that is there, as the actor has it now. One query."""
    off = set(SwitchedOff.objects.filter(recipient=actor.actor_id).values_list("kind", "door"))
    known = doors()
    return [
        Choice(kind, known[door], (kind.name, door) not in off, bool(kind.may_switch_off(actor, None)))
        for kind in notice_kinds()
        for door in kind.doors
        if known[door].available()
    ]


def choose(kind: str, door: str, *, on: bool, actor: Actor) -> None:
    """Open or close a door for one's own notices of a kind. Raises NotAllowed where the kind is a duty."""
    known = notice_kind(kind)
    if not on and not known.may_switch_off(actor, None):
        raise NotAllowed(_("These messages belong to your duty and cannot be switched off."))
    if on:
        SwitchedOff.objects.filter(recipient=actor.actor_id, kind=kind, door=door).delete()
    else:
        row = SwitchedOff(recipient=actor.actor_id, kind=kind, door=door)
        SwitchedOff.objects.bulk_create([row], ignore_conflicts=True)
