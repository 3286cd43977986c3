"""Handing a proposal in, taking it back, sending it back for more, accepting and refusing it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.rounds.lifecycle import PROPOSALS
from linli.apps.rounds.models import HANDED_IN, Proposal, ProposalState, Round
from linli.apps.rounds.permissions import hands_in
from linli.apps.rounds.queries.phases import open_doors, require_door
from linli.apps.rounds.queries.proposals import content_of
from linli.apps.rounds.queries.rounds import rules_of, values_of
from linli.apps.rounds.rubric import Content, gaps
from linli.apps.rounds.services.keeping import require
from linli.apps.rounds.services.phases import use_late_code
from linli.apps.rounds.services.revisions import keep_revision
from linli.kernel import search
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.scope import Actor

IN_THE_RACE = (*HANDED_IN, ProposalState.RETURNED)


class Incomplete(Refusal):
    """Something is missing or wrong; ``section`` of the editor names where."""

    default_code = "incomplete"

    def __init__(self, gap: Any) -> None:
        super().__init__(gap.sentence, code=gap.code, field=gap.section)
        self.section = gap.section


def submit(
    proposal: Proposal, *, actor: Actor | None, code: str = "", seen: int | None = None, at: datetime | None = None
) -> None:
    """Hand the proposal in, with its number and a revision. Late only with an access ``code``.

    The round's row is taken first, so that limits hold for two who press at once. Raises DoorClosed, Incomplete,
    Conflict when somebody saved since version ``seen``, Refusal above a limit. Nothing is lost when it refuses.
    """
    at = at or timezone.now()
    require(hands_in, actor, proposal)
    if seen is not None and seen != proposal.version:
        raise Conflict(_("Somebody else saved this while you were writing. Load the page again."))
    with transaction.atomic():
        Round.objects.filter(pk=proposal.round_id).update(numbers=F("numbers") + (0 if proposal.serial else 1))
        intake = Round.objects.select_related("place").get(pk=proposal.round_id)
        late = _enter(intake, proposal, code, at)
        content = content_of(proposal)
        _complete(proposal, content, intake)
        _within_limits(proposal, content, intake)
        serial = proposal.serial or f"{intake.year}-{intake.number:02d}-{intake.numbers:03d}"
        facts = {"serial": serial, **({"late": "是"} if late else {})}
        PROPOSALS.apply(
            "submit", proposal, actor=actor, facts=facts, at=at, serial=serial, submitted_at=at, changed_at=at,
            is_late=late or proposal.is_late, reason="",
        )  # fmt: skip
        keep_revision(proposal, content, occasion="submit", actor=actor, at=at)
        proposal.round = intake
        search.index(proposal)


def _enter(intake: Round, proposal: Proposal, code: str, at: datetime) -> bool:
    """Through an open door, or late with a code; True when late."""
    doors = open_doors(intake, at)
    if "propose" in doors or (proposal.serial and "resubmit" in doors):
        return False
    if not code.strip():
        require_door(intake, "resubmit" if proposal.serial else "propose", at=at)
    use_late_code(intake, code, at=at)
    return True


def _complete(proposal: Proposal, content: Content, intake: Round) -> None:
    missing = gaps(proposal, content, rules_of(intake))
    if missing:
        raise Incomplete(missing[0])


def _within_limits(proposal: Proposal, content: Content, intake: Round) -> None:
    values = values_of(intake)
    others = Proposal.objects.filter(round=intake, state__in=IN_THE_RACE).exclude(pk=proposal.pk)
    lead = next(share for share in content.shares if share.is_lead)
    mine = _of_same_lead(others, lead)
    most = int(values["rounds.per_proposer"])
    if most and mine is not None and mine.count() >= most:
        sentence = _("%(name)s has handed in %(most)d already, as many as one proposer may in this round.") % {
            "name": lead.shown, "most": most,
        }  # fmt: skip
        raise Refusal(sentence, code="above-limit")
    brands = int(values["rounds.brands"])
    if proposal.is_brand and brands and others.filter(place=proposal.place_id, is_brand=True).count() >= brands:
        sentence = _("%(place)s has its brand in this round already. One community, one brand.") % {
            "place": proposal.place
        }
        raise Refusal(sentence, code="above-limit", field="is_brand")


def _of_same_lead(others: Any, lead: Any) -> Any:
    """Proposals led by the same organization, community or account; None where nobody can tell."""
    if lead.organization_id:
        return others.filter(shares__is_lead=True, shares__organization=lead.organization_id)
    if lead.place_id:
        return others.filter(shares__is_lead=True, shares__place=lead.place_id)
    if lead.resident_user_id:
        return others.filter(shares__is_lead=True, shares__resident_user=lead.resident_user_id)
    return None


def withdraw(proposal: Proposal, *, actor: Actor | None, at: datetime | None = None) -> None:
    """The proposers take it back; it leaves the table, the search and every list but their own."""
    with transaction.atomic():
        PROPOSALS.apply("withdraw", proposal, actor=actor, at=at)
        search.index(proposal)


def return_for_more(proposal: Proposal, *, reason: str, actor: Actor | None, at: datetime | None = None) -> None:
    """Back to the proposers with what is missing; they hand it in again while the phase runs."""
    _answer("return_for_more", proposal, reason, actor, at)


def refuse(proposal: Proposal, *, reason: str, actor: Actor | None, at: datetime | None = None) -> None:
    """Not taken into review, with the reason."""
    _answer("refuse", proposal, reason, actor, at)


def _answer(verb: str, proposal: Proposal, reason: str, actor: Actor | None, at: datetime | None) -> None:
    from linli.apps.rounds.services.checking import close_checks

    reason = reason.strip()
    with transaction.atomic():
        PROPOSALS.apply(verb, proposal, actor=actor, facts={"reason": reason}, at=at, reason=reason[:600])
        close_checks(proposal, at=at or timezone.now())
        search.index(proposal)
