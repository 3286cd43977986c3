"""Beginning a proposal and saving its sections as they are typed; nothing typed is lost because a phase closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place
from linli.apps.rounds.models import (
    Idea,
    Proposal,
    ProposerKind,
    ProposerShare,
    Round,
)
from linli.apps.rounds.permissions import COUNTERS, SPEAKERS, keeps_rounds
from linli.apps.rounds.queries.phases import require_door
from linli.apps.rounds.queries.proposals import content_of
from linli.apps.rounds.queries.rounds import communities_of
from linli.apps.rounds.services.keeping import said, user_key, write_on
from linli.apps.rounds.services.revisions import keep_revision
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.money import InexactAmount, yuan
from linli.kernel.scope import Actor, Anchor

TEXTS = (
    "title", "provider", "site", "background", "goal", "beneficiaries", "steps", "party_role", "risks",
    "sustainability",
)  # fmt: skip
COLUMNS = (
    *TEXTS, "category", "direction", "theme", "is_brand", "starts_on", "ends_on", "beneficiary_count", "asked", "own",
    "fund_holder", "holder_place",
)  # fmt: skip
SEALED = ("contact_name", "contact_phone")


@dataclass(frozen=True)
class Proposer:
    """One proposer as it is entered: organization, community, or resident; ``user`` is the key of his account."""

    organization: Organization | None = None
    place: Place | None = None
    name: str = ""
    phone: str = ""
    user: Any = None
    share: Decimal = Decimal(100)
    is_lead: bool = True

    @property
    def kind(self) -> ProposerKind:
        if self.organization is not None:
            return ProposerKind.ORGANIZATION
        return ProposerKind.COMMUNITY if self.place is not None else ProposerKind.RESIDENT


def start_proposal(
    intake: Round,
    *,
    place: Place,
    title: str,
    proposers: Sequence[Proposer],
    actor: Actor | None,
    entered_at: Place | None = None,
    idea: Idea | None = None,
    is_demo: bool = False,
    at: datetime | None = None,
) -> Proposal:
    """A draft of ``proposers`` in the community ``place``. Only while the round takes proposals.

    ``entered_at``: a worker of that community types for a resident or team. Raises DoorClosed, NotAllowed.
    """
    at = at or timezone.now()
    require_door(intake, "propose", at=at)
    if not communities_of(intake, timezone.localdate(at)).filter(pk=place.pk).exists():
        raise Refusal(_("This round is not for %(place)s.") % {"place": place}, field="place")
    _may_speak(intake, proposers, entered_at, actor)
    proposal = Proposal(
        round=intake, place=place, title=said(title, "title", _("Give the project a title.")), entered_at=entered_at,
        keeper_id=user_key(actor), changed_at=at, is_demo=is_demo,
    )  # fmt: skip
    if idea is not None:
        proposal.background = idea.text
    with transaction.atomic():
        proposal.save(force_insert=True)
        _write_shares(proposal, proposers)
        record("rounds.proposal.start", proposal, actor=actor, at=at)
    return proposal


def _may_speak(intake: Round, proposers: Sequence[Proposer], entered_at: Place | None, actor: Actor | None) -> None:
    """Whoever begins speaks for one of the proposers, or works at the counter that types for them."""
    if actor is None:
        return
    anchors = [Anchor(organization=one.organization.pk) for one in proposers if one.organization]
    places = [Anchor(place=one.place.pk) for one in proposers if one.place]
    places += [Anchor(place=entered_at.pk)] if entered_at else []
    if any(one.user == actor.actor_id for one in proposers):
        return
    if actor.holds_at(frozenset(SPEAKERS), anchors) or actor.holds_at(frozenset(COUNTERS), places):
        return
    if entered_at is not None and keeps_rounds(actor, intake):
        return
    raise NotAllowed(_("Propose for yourself, for an organization or community you speak for, or at the counter."))


def _write_shares(proposal: Proposal, proposers: Sequence[Proposer]) -> None:
    if sum(one.is_lead for one in proposers) != 1:
        raise Refusal(_("Exactly one of the proposers leads."), field="shares")
    for one in proposers:
        if not 0 < one.share <= 100:
            raise Refusal(_("A share lies above 0 and is at most 100 per cent."), field="shares")
        if one.kind == ProposerKind.RESIDENT and not one.name.strip():
            raise Refusal(_("Write the resident's name; a telephone is not needed."), field="name")
    try:
        with transaction.atomic():
            for one in proposers:
                row = ProposerShare(
                    proposal=proposal, kind=one.kind, organization=one.organization, place=one.place,
                    resident_user_id=one.user, share=one.share, is_lead=one.is_lead,
                )  # fmt: skip
                row.resident_name, row.resident_phone = one.name.strip(), one.phone.strip()
                row.save(force_insert=True)
    except IntegrityError as error:
        raise Refusal(_("A proposer is named twice."), field="shares") from error


def save_section(
    proposal: Proposal, *, seen: int | None, actor: Actor | None, at: datetime | None = None, **columns: Any
) -> Proposal:
    """Save what was typed, complete or not: columns of :data:`COLUMNS` and the sealed contact. The new version.

    Saving never asks whether the round still runs; handing in does. Raises Overtaken, NotAllowed, Refusal.
    """
    values = {name: _tidy(name, value) for name, value in columns.items() if name in COLUMNS}
    _check(proposal, values)
    with transaction.atomic():
        _before_agency(proposal, actor, at)
        agency = write_on(proposal, seen=seen, actor=actor, at=at, **values)
        proposal.refresh_from_db()
        sealed = {name: value for name, value in columns.items() if name in SEALED}
        if sealed:
            for name, value in sealed.items():
                setattr(proposal, name, (value or "").strip())
            proposal.save(update_fields=sorted(sealed))
        if agency:
            record("rounds.proposal.edit_for", proposal, actor=actor, facts={"version": proposal.version}, at=at)
    return proposal


def _tidy(name: str, value: Any) -> Any:
    if name in ("asked", "own") and value is not None:
        try:
            return yuan(value)
        except InexactAmount as error:
            raise Refusal(
                _("Enter an amount in yuan with at most two decimals."), code="inexact", field=name
            ) from error
    return value.strip() if isinstance(value, str) else value


def _check(proposal: Proposal, values: dict[str, Any]) -> None:
    begins = values.get("starts_on", proposal.starts_on)
    ends = values.get("ends_on", proposal.ends_on)
    if begins and ends and ends < begins:
        raise Refusal(_("The last day comes after the first one."), field="ends_on")
    for name in ("asked", "own"):
        if values.get(name) is not None and values[name] < 0:
            raise Refusal(_("An amount is not negative."), field=name)
    for name in ("asked", "own"):
        if name in values and values[name] is None:
            values[name] = Decimal(0)
    holder = values.get("fund_holder", proposal.fund_holder)
    if holder is not None and holder.is_team:
        raise Refusal(
            _("A team holds no public money. Choose an organization with a legal person."), field="fund_holder"
        )
    if holder is not None and values.get("holder_place", proposal.holder_place) is not None:
        raise Refusal(_("Name one fund holder: an organization or a community."), field="fund_holder")


def _before_agency(proposal: Proposal, actor: Actor | None, at: datetime | None) -> None:
    """Before an agency's first change keep how it stood, so that the proposers can compare and take it back."""
    from linli.apps.rounds.permissions import speaks_for_it

    if actor is not None and not proposal.confirm_edit and not speaks_for_it(actor, proposal):
        keep_revision(proposal, content_of(proposal), occasion="before_agency", actor=actor, at=at)


@transaction.atomic
def set_proposers(
    proposal: Proposal,
    proposers: Sequence[Proposer],
    *,
    seen: int | None,
    actor: Actor | None,
    at: datetime | None = None,
) -> Proposal:
    """Who proposes, with which shares; whether they sum to 100 is asked when it is handed in."""
    write_on(proposal, seen=seen, actor=actor, at=at)
    ProposerShare.objects.filter(proposal=proposal).delete()
    _write_shares(proposal, proposers)
    proposal.refresh_from_db()
    proposal.__dict__.pop("_prefetched_objects_cache", None)
    return proposal


@transaction.atomic
def confirm_edit(proposal: Proposal, *, actor: Actor | None, at: datetime | None = None) -> None:
    """The proposers agree to what their agency changed."""
    from linli.apps.rounds.permissions import hands_in
    from linli.apps.rounds.services.keeping import require

    require(hands_in, actor, proposal)
    if Proposal.objects.filter(pk=proposal.pk, confirm_edit=True).update(confirm_edit=False):
        record("rounds.proposal.confirm_edit", proposal, actor=actor, at=at)
    proposal.confirm_edit = False
