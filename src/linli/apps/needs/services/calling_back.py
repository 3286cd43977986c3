"""The hotline's call-backs: the only source of official verdicts; they reach a closed need only through a person."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models import Content, NeedState, Ticket, Verdict, Via
from linli.apps.needs.permissions import dispatches
from linli.apps.needs.services.keeping import require, said, who
from linli.apps.needs.services.rating import open_again, rate
from linli.kernel.errors import Conflict
from linli.kernel.events import record
from linli.kernel.scope import Actor

ENDED = (NeedState.CLOSED, NeedState.WITHDRAWN, NeedState.JOINED)


def _said(ticket: Ticket) -> dict[str, Any] | None:
    """What the call-back said, as a verdict has it; None where there was none."""
    if ticket.reached is None and ticket.solved is None and not ticket.satisfied:
        return None
    if ticket.reached is False:
        return {"reached": False, "solved": None, "satisfied": ""}
    return {"reached": True, "solved": ticket.solved, "satisfied": ticket.satisfied}


def is_unhappy(ticket: Ticket) -> bool:
    """Whether the call-back says that the resident was reached and is not content."""
    return ticket.reached is not False and (ticket.solved is False or ticket.satisfied == Content.DISSATISFIED)


def _says(verdict: Verdict, said: dict[str, Any]) -> bool:
    return all(getattr(verdict, name) == value for name, value in said.items())


def take_call_back(ticket: Ticket, *, actor: Actor | None, at: datetime) -> Verdict | None:
    """Write the export's call-back down as an official verdict, once; None where it says nothing new.

    An answered need is closed or opened again by it, like by any verdict. In any other state it is written and no
    more; of a need that has ended whose resident is not content, a person says what now.
    """
    said, need = _said(ticket), ticket.need
    if said is None:
        return None
    moment = ticket.called_back_at or at
    known = Verdict.objects.filter(need=need, is_official=True).order_by("-number").first()
    dated = ticket.called_back_at is not None
    if known is not None and _says(known, said) and not (dated and known.at != moment):
        return None
    if need.state == NeedState.ANSWERED and said["solved"] is not None:
        return rate(need, via=Via.TICKET, is_official=True, actor=actor, at=moment, **said)
    verdict = Verdict(
        need=need, number=1 + Verdict.objects.filter(need=need).count(), at=moment, via=Via.TICKET, is_official=True,
        entered_by=who(actor), **said,
    )  # fmt: skip
    verdict.save(force_insert=True)
    facts = {"number": ticket.number, "solved": ticket.solved, "satisfied": ticket.get_satisfied_display()}
    record("needs.ticket.call_back", need, actor=actor, facts=facts, at=at)
    ticket.waits = need.state in ENDED and is_unhappy(ticket)
    Ticket.objects.filter(pk=ticket.pk).update(waits=ticket.waits)
    return verdict


def settle_call_back(
    ticket: Ticket, *, again: bool, reason: str, actor: Actor | None, at: datetime | None = None
) -> None:
    """Open a closed need again after an unhappy call-back, or leave it closed; both for a reason.

    Raises NotAllowed, Refusal (no reason), Conflict (nothing waits, or the need was joined or withdrawn).
    """
    need = ticket.need
    require(dispatches, actor, need)
    text = said(reason, "reason", _("Say why."), most=300)
    with transaction.atomic():
        if not Ticket.objects.filter(pk=ticket.pk, waits=True).update(waits=False):
            raise Conflict(_("Somebody else has just settled this."))
        ticket.waits = False
        if again:
            if need.state != NeedState.CLOSED:
                raise Conflict(_("This need was joined to another or withdrawn; open that one, or enter it anew."))
            facts = {"solved": ticket.solved, "satisfied": ticket.get_satisfied_display(), "via": Via.TICKET.label}
            open_again(need, facts=facts, actor=actor, at=at)
        facts = {"number": ticket.number, "reason": text}
        record("needs.ticket.settle", need, actor=actor, facts=facts, at=at)
