"""Projects begin from an award of a round, or are entered directly where no round was held."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.agreements.models import Agreement
from linli.apps.agreements.queries import signed_for
from linli.apps.ledger import services as ledger
from linli.apps.ledger.models import Fund
from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place
from linli.apps.projects.models import Project, ProjectKind
from linli.apps.projects.permissions import keeps_projects
from linli.apps.projects.services.budget import lines_of_proposal, open_spending
from linli.apps.projects.services.content import (
    plan_milestones,
    write_groups,
    write_indicators,
    write_partners,
)
from linli.apps.projects.services.keeping import number_of, require, said
from linli.apps.projects.services.shape import GroupText, IndicatorText, ProjectText
from linli.apps.rounds.models import Award, Proposal, ProviderKind
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.money import InexactAmount, yuan
from linli.kernel.refs import Ref, ref_of
from linli.kernel.scope import Actor
from linli.kernel.search import index

LED_BY = {
    ProviderKind.PROFESSIONAL: ProjectKind.PROFESSIONAL,
    ProviderKind.COMMUNITY: ProjectKind.PROFESSIONAL,
    ProviderKind.MEMBERS_TEAM: ProjectKind.RESIDENT_LED,
    ProviderKind.RESIDENTS: ProjectKind.RESIDENT_LED,
}
"""The class of a project where nobody chose one; works are always chosen by hand."""


def begin_from_award(
    award: Award,
    *,
    actor: Actor | None,
    kind: ProjectKind | None = None,
    agency: Organization | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    at: datetime | None = None,
) -> Project:
    """The project of an award: text, indicators, target group, budget and money as proposed and awarded.

    Refuses an award that was taken back or is contested; raises Conflict when its project has begun already.
    """
    when = at or timezone.now()
    proposal = Proposal.objects.select_related("place", "round").get(pk=award.proposal_id)
    require(keeps_projects, actor, proposal)
    _stands(award)
    provider = ProviderKind(proposal.provider or ProviderKind.COMMUNITY)
    bearer, bearer_place = _bearer_of(proposal)
    project = Project(
        place=proposal.place, year=proposal.round.year, title=proposal.title, kind=kind or LED_BY[provider],
        provider=provider, category=proposal.category, bearer=bearer, bearer_place=bearer_place,
        agency=agency or _agency_of(proposal), proposal=proposal, award=award, commitment=award.commitment,
        agreement=signed_for(ref_of(proposal)), amount=award.amount, own=proposal.own, goal=proposal.goal,
        content=proposal.steps, starts_on=starts_on or proposal.starts_on or timezone.localdate(when),
        ends_on=ends_on or proposal.ends_on or date(proposal.round.year, 12, 31), begun_at=when,
        is_demo=proposal.is_demo,
    )  # fmt: skip
    with transaction.atomic():
        _enter(project)
        write_indicators(project, _indicators_of(proposal, project))
        write_groups(project, _groups_of(proposal))
        lines_of_proposal(project, proposal, actor=actor, at=when)
        open_spending(project, actor=actor, at=when)
        facts = {"number": project.number, "amount": project.amount, "minutes": award.line.decision.minutes_number}
        record("projects.project.begin", project, actor=actor, facts=facts, at=when)
    return project


def _stands(award: Award) -> None:
    award.refresh_from_db()
    if award.ended_by_id is not None:
        raise Refusal(_("This award was changed or taken back by a later decision. Begin from the one that stands."))
    if award.contested:
        raise Refusal(_("An objection against this award was upheld. A decision answers it first."), code="contested")


def _bearer_of(proposal: Proposal) -> tuple[Organization | None, Place | None]:
    """Who carries it out: the proposer that leads; for residents whoever holds the money, else the community."""
    lead = proposal.shares.select_related("organization", "place").order_by("-is_lead", "-share").first()
    if lead is not None and (lead.organization or lead.place):
        return lead.organization, lead.place
    if proposal.fund_holder is not None:
        return proposal.fund_holder, None
    return None, proposal.holder_place or proposal.place


def _agency_of(proposal: Proposal) -> Organization | None:
    """The agency that looks after the community in the round."""
    found = proposal.round.agencies.filter(community=proposal.place_id).select_related("agency").first()
    return found.agency if found else None


def _indicators_of(proposal: Proposal, project: Project) -> list[IndicatorText]:
    return [
        IndicatorText(row.name, row.target, row.baseline, row.unit, row.due_on)
        for row in proposal.indicators.all()
        if row.target != row.baseline
    ]


def _groups_of(proposal: Proposal) -> list[GroupText]:
    name = proposal.beneficiaries.strip()
    return [GroupText(name, proposal.beneficiary_count, "申报书")] if name else []


def enter_directly(
    *,
    place: Place,
    text: ProjectText,
    actor: Actor | None,
    bearer: Organization | None = None,
    bearer_place: Place | None = None,
    fund: Fund | None = None,
    grounds: Ref | None = None,
    agency: Organization | None = None,
    agreement: Agreement | None = None,
    at: datetime | None = None,
) -> Project:
    """A project without a round: a small yearly contract (D30), or one of another source of money.

    With a ``fund`` the money is promised out of it on ``grounds``; without one ``money_from`` says whose it is.
    Refuses two bearers or none, days that run backwards, and whatever the ledger refuses.
    """
    when = at or timezone.now()
    if (bearer is None) == (bearer_place is None):
        raise Refusal(_("Name one organization or one community that carries it out."), field="bearer")
    project = Project(
        place=place, bearer=bearer, bearer_place=bearer_place, agency=agency, agreement=agreement, begun_at=when,
        **_columns(place, text),
    )  # fmt: skip
    require(keeps_projects, actor, project)
    _paid_by(project, fund, grounds)
    with transaction.atomic():
        _enter(project)
        if fund is not None and grounds is not None:
            project.commitment = ledger.commit(
                fund=fund, subject=ref_of(project), grounds=grounds, amount=project.amount, title=project.title,
                bearer=str(project.carried_by), lines=text.lines, on=timezone.localdate(when), actor=actor, at=when,
            )  # fmt: skip
            project.save(update_fields=["commitment"])
            open_spending(project, actor=actor, at=when)
        write_indicators(project, text.indicators)
        write_groups(project, text.groups)
        write_partners(project, text.partners)
        facts = {"number": project.number, "amount": project.amount}
        record("projects.project.enter", project, actor=actor, facts=facts, at=when)
    return project


def _columns(place: Place, text: ProjectText) -> dict[str, Any]:
    """What the text says, checked. Raises Refusal."""
    if place.street is None:
        raise Refusal(_("A project belongs to a community of a street."), field="place")
    if text.ends_on < text.starts_on:
        raise Refusal(_("The last day comes after the first one."), field="ends_on")
    return {
        "title": said(text.title, "title", _("Give the project a title."))[:80],
        "year": text.year or text.starts_on.year,
        "amount": _money(text.amount, "amount"),
        "own": _money(text.own, "own"),
        "money_from": text.money_from.strip()[:80],
        "goal": text.goal.strip(),
        "content": text.content.strip(),
        **{name: getattr(text, name) for name in ("kind", "provider", "category", "starts_on", "ends_on")},
    }


def _paid_by(project: Project, fund: Fund | None, grounds: Ref | None) -> None:
    if fund is not None and grounds is None:
        raise Refusal(_("Say on which decision the money rests."), field="grounds")
    if fund is None and project.amount and not project.money_from:
        raise Refusal(_("Say where the money comes from."), field="money_from")


def _money(value: Decimal, field: str) -> Decimal:
    try:
        amount = yuan(value)
    except InexactAmount:
        raise Refusal(_("Enter an amount in yuan with at most two decimals."), field=field, code="inexact") from None
    if amount < 0:
        raise Refusal(_("The amount must not be below zero."), field=field)
    return amount


def _enter(project: Project) -> None:
    """The row under its number, with the milestones of its class. Raises Conflict where it has begun already."""
    assert project.place.street is not None  # the verbs looked
    project.street = project.place.street
    project.first_end = project.ends_on
    project.serial, project.number = number_of(project.street, project.year)
    try:
        with transaction.atomic():
            project.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("This project has begun already. Look for it among the projects.")) from None
    plan_milestones(project)
    index(project)


def link_agreement(agreement: Agreement, *, actor: Actor | None, at: datetime | None = None) -> Project | None:
    """A signed agreement is joined to the project it is about; None where there is no such project."""
    rows = Project.objects.filter(agreement__isnull=True)
    if agreement.subject_kind == "projects.project":
        rows = rows.filter(pk=agreement.subject_id)
    else:
        rows = rows.filter(proposal=agreement.subject_id)
    project = rows.first()
    if project is None or agreement.subject_kind not in ("projects.project", "rounds.proposal"):
        return None
    require(keeps_projects, actor, project)
    with transaction.atomic():
        Project.objects.filter(pk=project.pk, agreement__isnull=True).update(agreement=agreement)
        project.agreement = agreement
        open_spending(project, actor=actor, at=at)
        facts = {"number": agreement.number}
        record("projects.project.link_agreement", project, actor=actor, facts=facts, at=at)
    return project
