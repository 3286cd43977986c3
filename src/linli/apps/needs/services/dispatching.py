"""Dispatching: who handles a need; signing for it, saying that it is not one's own, passing it on."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.lifecycle import NEEDS
from linli.apps.needs.models import (
    OPEN,
    Assignment,
    Came,
    DispatchObjection,
    Duty,
    Need,
    NeedState,
    ObjectionKind,
    OwnerOffer,
)
from linli.apps.needs.permissions import dispatches, handles
from linli.apps.needs.queries.wall import account_of, stands_before
from linli.apps.needs.services import clocks
from linli.apps.needs.services.keeping import NOT_YOURS, moment, require, said, touch, who
from linli.apps.needs.services.parts import Unit, close_part, give, handler_part, tell_part, works_in
from linli.apps.needs.services.telling import people_of, tell
from linli.apps.people.models import User
from linli.apps.places.models import Level, Place
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.notices import notify
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor


def dispatch(
    need: Need,
    *,
    unit: Unit,
    actor: Actor | None,
    user: User | None = None,
    approval: str = "",
    came: str = Came.DISPATCH,
    at: datetime | None = None,
) -> Assignment:
    """Give an analysed need to whoever handles it; one that is handled goes to another unit instead.

    A worker hands it to his own community or up to the street; to others dispatches the street. Raises Refusal for
    what is not on the community's list without ``approval``, and for an office the complaint is about.
    """
    when = moment(at)
    _may_send(need, unit, actor)
    with transaction.atomic():
        facts: dict[str, Any] = {"unit": str(unit), "by": Came(came).label}
        if need.state == NeedState.HANDLING:
            _send_elsewhere(need, actor, facts, when)
        else:
            NEEDS.apply("dispatch", need, actor=actor, facts=facts, at=when)
        part = give(
            need, duty=Duty.HANDLER, unit=unit, came=came, actor=actor, at=when, user=user, approval=approval
        )  # fmt: skip
        clocks.start(need, clocks.SIGN_FOR, at=when)
        tell_part(part, actor=actor, at=when)
    return part


def _may_send(need: Need, unit: Unit, actor: Actor | None) -> None:
    if dispatches(actor, need):
        return
    own = isinstance(unit, Place) and (unit.pk in (need.place_id, need.street_id) or unit.pk == need.place.parent_id)
    if not own or not isinstance(unit, Place) or unit.level == Level.DISTRICT:
        raise NotAllowed(NOT_YOURS)


def _send_elsewhere(need: Need, actor: Actor | None, facts: dict[str, Any], at: datetime) -> None:
    require(dispatches, actor, need)
    touch(need)
    for part in need.assignments.filter(duty=Duty.HANDLER, until__isnull=True):
        close_part(part, at=at)
    record("needs.need.redispatch", need, actor=actor, facts=facts, at=at)


def accept(need: Need, *, actor: Actor | None, at: datetime | None = None) -> Assignment:
    """Sign for a need: from now on there is somebody who begins. Raises Conflict where it was signed for."""
    require(handles, actor, need)
    when, part = moment(at), handler_part(need, actor)
    with transaction.atomic():
        waiting = Assignment.objects.filter(pk=part.pk, accepted_at__isnull=True, until__isnull=True)
        named = part.user or (account_of(actor) if actor is not None else None)
        mine = named if isinstance(named, User) and works_in(named, part.unit) else part.user
        if not waiting.update(accepted_at=when, user=mine):
            raise Conflict(_("Somebody signed for this need already."), code="signed")
        part.accepted_at, part.user = when, mine
        clocks.stop(need, clocks.SIGN_FOR, at=when)
        clocks.start(need, clocks.FIRST_RESULT, at=when)
        record("needs.need.accept", need, actor=actor, facts={"unit": str(part.unit)}, at=when)
    return part


def not_ours(
    need: Need, *, whose: str, reason: str, actor: Actor | None, at: datetime | None = None
) -> DispatchObjection:
    """Say that a need is not one's own, and whose it is: without that it is only shoved on."""
    named = said(whose, "whose", _("Say whose it is."), most=120)
    return _object(need, ObjectionKind.NOT_OURS, named, reason=reason, actor=actor, at=at)


def object_to_dispatch(
    need: Need, *, reason: str, actor: Actor | None, at: datetime | None = None
) -> DispatchObjection:
    """Object to how it was dispatched (wrong limit, not a task of this kind); whoever dispatches decides."""
    return _object(need, ObjectionKind.OBJECTION, "", reason=reason, actor=actor, at=at)


def _object(
    need: Need, kind: str, whose: str, *, reason: str, actor: Actor | None, at: datetime | None
) -> DispatchObjection:
    require(handles, actor, need)
    why, when = said(reason, "reason", _("Say why.")), moment(at)
    if need.state != NeedState.HANDLING:
        raise Conflict(_("Only what is being handled can be objected to."), code="state")
    part = handler_part(need, actor)
    row = DispatchObjection(need=need, assignment=part, kind=kind, whose=whose, reason=why, made_at=when)
    row.made_by = who(actor)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            facts = {"unit": str(part.unit), "whose": whose, "reason": why}
            record(f"needs.need.{kind}", need, actor=actor, facts=facts, at=when)
    except IntegrityError:
        raise Conflict(_("An objection waits for its decision already."), code="waits") from None
    return row


def decide_objection(
    objection: DispatchObjection,
    *,
    upheld: bool,
    decision: str,
    actor: Actor | None,
    unit: Unit | None = None,
    user: User | None = None,
    approval: str = "",
    at: datetime | None = None,
) -> None:
    """Answer an objection with words. Upheld: the need goes to ``unit`` instead, or waits to be dispatched anew."""
    need, words, when = objection.need, said(decision, "decision", _("Say why.")), moment(at)
    require(dispatches, actor, need)
    if upheld and unit is None:
        raise Refusal(_("Choose who handles it instead."), field="unit")
    with transaction.atomic():
        rows = DispatchObjection.objects.filter(pk=objection.pk, decided_at__isnull=True)
        if not rows.update(decided_at=when, upheld=upheld, decision=words):
            raise Conflict(_("This objection was decided already."), code="decided")
        objection.decided_at, objection.upheld, objection.decision = when, upheld, words
        record("needs.need.decide_objection", need, actor=actor, facts={"upheld": upheld, "reason": words}, at=when)
        if upheld and unit is not None:
            dispatch(need, unit=unit, user=user, approval=approval, actor=actor, at=when)
        tell(
            need, people_of(objection.assignment), kind="needs.need.decide_objection", actor=actor, at=when,
            text=_("Your objection about need %(number)s was decided."),
        )  # fmt: skip


def hand_to(need: Need, *, user: User, actor: Actor | None, at: datetime | None = None) -> None:
    """Name another person of the same unit as handler."""
    require(handles, actor, need)
    when, part = moment(at), handler_part(need, actor)
    if not works_in(user, part.unit) or stands_before(need, user.pk):
        raise Refusal(_("This person does not work there."), field="user", code="elsewhere")
    with transaction.atomic():
        if not Assignment.objects.filter(pk=part.pk, until__isnull=True, user=part.user).update(user=user):
            raise Conflict(_("This part has ended already. Load the page again."), code="part-ended")
        part.user = user
        record("needs.need.hand_to", need, actor=actor, facts={"unit": str(part.unit)}, at=when)
        tell_part(part, actor=actor, at=when)


def pass_owner(
    need: Need, *, user: User, place: Place, reason: str, actor: Actor | None, at: datetime | None = None
) -> OwnerOffer:
    """Ask somebody to follow the need to the end instead. Until he accepts by name the owner stays (E14)."""
    require(handles, actor, need)
    why, when = said(reason, "reason", _("Say why.")), moment(at)
    if need.state not in (*OPEN, NeedState.ANSWERED):
        raise Conflict(_("This need is finished."), code="finished")
    if stands_before(need, user.pk) or not works_in(user, place):
        raise Refusal(_("This person does not work there."), field="user", code="elsewhere")
    row = OwnerOffer(need=need, user=user, place=place, reason=why, offered_at=when, offered_by=who(actor))
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            record("needs.need.pass_owner", need, actor=actor, facts={"unit": str(place), "reason": why}, at=when)
            text = _("You are asked to follow need %(number)s to its end.") % {"number": need.number}
            notify([user.pk], kind="needs.need.pass_owner", text=text, actor=actor, ref=ref_of(row), at=when)
    except IntegrityError:
        raise Conflict(_("Somebody was asked already and has not answered."), code="waits") from None
    return row


def answer_offer(offer: OwnerOffer, *, accepted: bool, actor: Actor | None, at: datetime | None = None) -> None:
    """Whoever was asked accepts or declines, himself."""
    need, when = offer.need, moment(at)
    if actor is None or account_of(actor).actor_id != offer.user_id:
        raise NotAllowed(_("Only whoever was asked answers this."))
    with transaction.atomic():
        rows = OwnerOffer.objects.filter(pk=offer.pk, answered_at__isnull=True)
        if not rows.update(answered_at=when, accepted=accepted):
            raise Conflict(_("This was answered already."), code="answered")
        offer.answered_at, offer.accepted = when, accepted
        if accepted:
            change_owner(need, offer.user, offer.place, Came.ACCEPTED, actor=actor, at=when)
        facts = {"unit": str(offer.place), "accepted": accepted}
        record("needs.need.answer_offer", need, actor=actor, facts=facts, at=when)


def change_owner(
    need: Need, user: User | None, place: Place, came: str, *, actor: Actor | None, at: datetime
) -> Assignment:
    """Close the owner's part and open that of the next; the caller holds the transaction."""
    for part in need.assignments.filter(duty=Duty.OWNER, until__isnull=True):
        close_part(part, at=at)
    return give(need, duty=Duty.OWNER, unit=place, came=came, actor=actor, at=at, user=user)
