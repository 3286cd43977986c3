"""Giving units their parts in a need: never behind the wall, never off the community's list without the street."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models import Assignment, Came, CommunityPart, Duty, Need
from linli.apps.needs.permissions import HANDLERS, UNITS, decides_here, dispatches
from linli.apps.needs.queries.wall import account_of, stands_before
from linli.apps.needs.services.keeping import moment, require, said, who
from linli.apps.needs.services.telling import people_of, tell
from linli.apps.organizations.models import Organization
from linli.apps.people.models import Post, User
from linli.apps.places.models import Level, Place
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor, Role

Unit = Place | Organization
COMMUNITY_LEVELS = (Level.COMMUNITY, Level.VILLAGE, Level.GRID, Level.POINT)
WORKS = (Duty.HANDLER, Duty.LEADS, Duty.CARRIES_OUT)
"""Parts that do the work; who only assists may have the others."""


def is_off_list(need: Need, unit: Unit, duty: str) -> bool:
    """Whether the community's list does not hold this part for it (rules §4 Art. 17)."""
    if not isinstance(unit, Place) or unit.level not in COMMUNITY_LEVELS or need.category is None:
        return False
    if duty == Duty.OWNER:
        return False
    part = need.category.community_part
    return part == CommunityPart.NONE or (part == CommunityPart.ASSISTS and duty in WORKS)


def give(
    need: Need,
    *,
    duty: str,
    unit: Unit,
    came: str,
    actor: Actor | None,
    at: datetime,
    user: User | None = None,
    approval: str = "",
) -> Assignment:
    """Open a part; the caller holds the transaction. Raises Refusal, NotAllowed, Conflict."""
    part = Assignment(need=need, duty=duty, came=came, since=at, user=user, given_by=who(actor))
    if isinstance(unit, Place):
        part.place = unit
    else:
        part.organization = unit
    _fits(need, unit, user)
    if is_off_list(need, unit, duty):
        _approved(need, part, approval, actor)
    if need.sensitivity and user is None:
        raise Refusal(_("This is a sensitive matter: name the person who handles it."), field="user", code="name")
    try:
        with transaction.atomic():
            part.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("This unit has this part already."), code="part-taken") from None
    return part


def _fits(need: Need, unit: Unit, user: User | None) -> None:
    """Who is behind the wall gets no part, and who works elsewhere is not named for the unit."""
    walled = {need.walled_place_id, need.walled_organization_id} - {None}
    if unit.pk in walled or (user is not None and stands_before(need, user.pk)):
        raise Refusal(_("This complaint is about that office. It is handled above it."), field="unit", code="walled")
    if isinstance(unit, Place) and need.walled_place_id and _lies_below(unit, need.walled_place_id):
        raise Refusal(_("This complaint is about that office. It is handled above it."), field="unit", code="walled")
    if user is not None and not works_in(user, unit):
        raise Refusal(_("This person does not work there."), field="user", code="elsewhere")


def _lies_below(place: Place, above: UUID) -> bool:
    return place.paths_up.filter(ancestor=above).exists()


def works_in(user: User, unit: Unit) -> bool:
    """Whether the account holds a post of staff at the unit, or below a community in its grids."""
    held = Post.objects.filter(user=user, ended_on__isnull=True).exclude(role=Role.RESIDENT)
    if isinstance(unit, Organization):
        return held.filter(organization=unit).exists()
    inside = Q(place=unit) | Q(organization__place=unit)
    if unit.level in COMMUNITY_LEVELS:
        inside |= Q(place__paths_up__ancestor=unit)
    return held.filter(inside).exists()


def _approved(need: Need, part: Assignment, approval: str, actor: Actor | None) -> None:
    """The street's section head or leader allows it and says why. Raises NotAllowed, Refusal."""
    sentence = _(
        "This is not on the community's list of tasks. The street's section head or leader gives it, with why."
    )
    if not approval.strip() or actor is None or not decides_here(actor, need):
        raise Refusal(sentence, field="approval", code="off-list")
    part.off_list, part.approved_by, part.approval = True, who(actor), approval.strip()[:300]


def close_part(part: Assignment, *, at: datetime) -> None:
    """End a part once. Raises Conflict where it ended already."""
    if not Assignment.objects.filter(pk=part.pk, until__isnull=True).update(until=max(at, part.since)):
        raise Conflict(_("This part has ended already. Load the page again."), code="part-ended")
    part.until = max(at, part.since)


def give_part(
    need: Need,
    *,
    duty: str,
    unit: Unit,
    actor: Actor | None,
    user: User | None = None,
    approval: str = "",
    at: datetime | None = None,
) -> Assignment:
    """Give a unit its part in the matter: leads, carries out, supervises, takes part (E45)."""
    require(dispatches, actor, need)
    if duty in (Duty.OWNER, Duty.HANDLER):
        raise Refusal(_("The owner is passed on, the handler is dispatched."), field="duty")

    when = moment(at)
    with transaction.atomic():
        part = give(
            need, duty=duty, unit=unit, came=Came.DISPATCH, actor=actor, at=when, user=user, approval=approval
        )  # fmt: skip
        facts = {"unit": str(unit), "part": part.get_duty_display()}
        record("needs.need.give_part", need, actor=actor, facts=facts, at=when)
        tell_part(part, actor=actor, at=when)
    return part


def end_part(part: Assignment, *, reason: str, actor: Actor | None, at: datetime | None = None) -> None:
    """Take a part back, with why. The owner's part is passed on, never ended."""
    need = part.need
    require(dispatches, actor, need)
    why = said(reason, "reason", _("Say why."))
    if part.duty == Duty.OWNER:
        raise Refusal(_("The owner is passed on, the handler is dispatched."), field="duty")

    when = moment(at)
    with transaction.atomic():
        close_part(part, at=when)
        facts = {"unit": str(part.unit), "part": part.get_duty_display(), "reason": why}
        record("needs.need.end_part", need, actor=actor, facts=facts, at=when)


def tell_part(part: Assignment, *, actor: Actor | None, at: datetime) -> None:
    """Tell whom a new part concerns."""
    tell(
        part.need, people_of(part), kind="needs.need.dispatch", actor=actor, at=at,
        text=_("Need %(number)s was given to you or your unit. Sign for it."),
    )  # fmt: skip


def handler_part(need: Need, actor: Actor | None) -> Assignment:
    """The open handler's part that the actor's unit has; the clock gets the newest. Raises Refusal."""
    rows = need.assignments.filter(duty=Duty.HANDLER, until__isnull=True).select_related(
        "place", "organization", "user"
    )
    if actor is not None:
        reach = actor.reach(*HANDLERS, *UNITS)
        mine = Q(user=account_of(actor).actor_id) | Q(place__in=reach.places)
        rows = rows.filter(mine | Q(organization__in=reach.organizations))
    part = rows.order_by("-since").first()
    if part is None:
        raise Refusal(_("Your unit has no part in this need now."), code="no-part")
    return part
