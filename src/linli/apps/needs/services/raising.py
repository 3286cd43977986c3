"""A wall raised late: what came in as an ordinary need turns out to be a complaint about somebody or his office."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models import Assignment, Came, Duty, Need, NeedState, PublicText
from linli.apps.needs.permissions import raises_walls
from linli.apps.needs.queries.wall import stands_before
from linli.apps.needs.services import clocks
from linli.apps.needs.services.keeping import keep_findable, moment, require, said, touch, who
from linli.apps.needs.services.parts import close_part, is_off_list
from linli.apps.needs.services.receiving import keeper_of
from linli.apps.needs.services.telling import people_of, tell
from linli.apps.needs.services.walling import wall_around
from linli.apps.places.models import Place
from linli.kernel.errors import Conflict
from linli.kernel.events import record
from linli.kernel.refs import Ref
from linli.kernel.scope import Actor


def raise_wall(need: Need, *, about: Ref, reason: str, actor: Actor | None, at: datetime | None = None) -> None:
    """Put a need behind the wall of whom it is about; who stands behind it loses his part, the level above takes over.

    Whoever does it may stand behind the wall himself: he lets go of it. Raises NotAllowed, Refusal without a reason
    or for what has no office, Conflict where a wall stands already or the need is joined to others.
    """
    require(raises_walls, actor, need)
    why, when, wall = said(reason, "reason", _("Say why.")), moment(at), wall_around(about)
    if need.about_kind:
        raise Conflict(_("This need stands behind a wall already."), code="walled")
    if need.state == NeedState.JOINED or need.joined.exists():
        raise Conflict(_("Take apart first what is joined: a complaint stands for itself."), code="joined")
    above = wall.unit_above(need.place)
    with transaction.atomic():
        touch(need, **wall.columns)
        keep_findable(need)
        PublicText.objects.filter(need=need, withdrawn_at__isnull=True).update(withdrawn_at=when)
        need.offers.filter(answered_at__isnull=True).update(answered_at=when, accepted=False)
        lost = [part for part in need.assignments.filter(until__isnull=True) if _is_behind(need, part)]
        for part in lost:
            close_part(part, at=when)
        record("needs.need.raise_wall", need, actor=actor, facts={"unit": str(above), "reason": why}, at=when)
        _take_over(need, {part.duty for part in lost}, above, actor, when)


def _is_behind(need: Need, part: Assignment) -> bool:
    """Whether the unit or the person of a part stands behind the need's wall."""
    if part.user_id is not None and stands_before(need, part.user_id):
        return True
    if part.organization is not None and part.organization_id == need.walled_organization_id:
        return True
    seat = part.place or (part.organization.place if part.organization is not None else None)
    if seat is None or need.walled_place_id is None:
        return False
    return seat.paths_up.filter(ancestor=need.walled_place_id).exists()


def _take_over(need: Need, lost: set[str], above: Place, actor: Actor | None, at: datetime) -> None:
    """The level above follows it now, and handles what nobody else handles any more."""
    parts = []
    open_parts = need.assignments.filter(until__isnull=True)
    if Duty.OWNER in lost:
        parts.append(_part(need, Duty.OWNER, above, actor, at))
    if Duty.HANDLER in lost and not open_parts.filter(duty=Duty.HANDLER).exists():
        unit = need.street if is_off_list(need, above, Duty.HANDLER) else above
        parts.append(_part(need, Duty.HANDLER, unit, actor, at))
        clocks.start(need, clocks.SIGN_FOR, at=at)
    for part in parts[:1]:
        tell(
            need, people_of(part), kind="needs.need.dispatch", actor=actor, at=at,
            text=_("Need %(number)s is a complaint about an office below you. It is yours now."),
        )  # fmt: skip


def _part(need: Need, duty: str, unit: Place, actor: Actor | None, at: datetime) -> Assignment:
    user = keeper_of(need, unit) if need.sensitivity else None
    part = Assignment(need=need, duty=duty, place=unit, user=user, came=Came.RAISED, since=at, given_by=who(actor))
    part.save(force_insert=True)
    return part
