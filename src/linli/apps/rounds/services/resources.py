"""What a round gives besides money: entering the stock, and what each proposal needs of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from linli.apps.rounds.models import EDITABLE, Proposal, Resource, ResourceDemand, Round
from linli.apps.rounds.permissions import answers_proposal, keeps_rounds, writes_proposal
from linli.apps.rounds.queries.resources import WAITING, stock_of
from linli.apps.rounds.services.keeping import require, said
from linli.kernel.audit import Change
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor


@dataclass(frozen=True)
class Offer:
    """One row of the stock; ``key`` of the resource it changes, None for a new one."""

    title: str
    unit: str
    amount: int
    note: str = ""
    key: UUID | None = None


def change_resources(
    intake: Round, offers: Sequence[Offer], *, actor: Actor | None, at: datetime | None = None
) -> list[Resource]:
    """What the street offers in a round, all rows in one go; a resource that is not among them goes.

    Raises Refusal for a name that stands twice, for less than decided plans gave, and for taking away what stands in
    a plan.
    """
    require(keeps_rounds, actor, intake)
    titles = [one.title.strip() for one in offers]
    if len(set(titles)) != len(titles):
        raise Refusal(_("Each resource stands once. Add the amounts of one name up."), code="twice")
    with transaction.atomic():
        rows = {one.resource.pk: one for one in stock_of(intake)}
        before = "、".join(row.resource.written(row.resource.amount) for row in rows.values())
        _remove([row.resource for key, row in rows.items() if key not in {one.key for one in offers}])
        kept = []
        for offer in offers:
            row = rows.get(offer.key) if offer.key else None
            kept.append(_offered(intake, offer, row.resource if row else None, row.given if row else 0))
        told = "、".join(one.written(one.amount) for one in kept)
        record("rounds.round.change_resources", intake, actor=actor, facts={"resources": Change(before, told)}, at=at)
    return kept


def _offered(intake: Round, offer: Offer, row: Resource | None, given: int) -> Resource:
    row = row or Resource(round=intake)
    row.title = said(offer.title, "title", _("Say what it is."))[:40]
    row.unit = said(offer.unit, "unit", _("Say in what it is counted: hours, pieces, people."))[:10]
    row.amount, row.note = offer.amount, offer.note.strip()[:120]
    if row.amount < given:
        told = {"given": row.written(given)}
        raise Refusal(_("%(given)s were given by a decision already.") % told, code="below-given", field="amount")
    row.save()
    return row


def _remove(rows: Sequence[Resource]) -> None:
    for row in rows:
        try:
            row.delete()
        except ProtectedError as error:
            sentence = _("“%(title)s” stands in a plan. Set it to 0, or drop the plan.") % {"title": row.title}
            raise Refusal(sentence, code="in-a-plan") from error


def change_demands(
    proposal: Proposal, demands: Mapping[UUID, int], *, actor: Actor | None, at: datetime | None = None
) -> None:
    """What a proposal needs of the resources of its round; 0 or missing: none of it.

    Its writers say so while they write, the desk while it waits for the decision. Raises Conflict after that, Refusal
    for more than there is of a resource.
    """
    writes = proposal.state in EDITABLE
    require(writes_proposal if writes else answers_proposal, actor, proposal)
    if not writes and proposal.state not in WAITING:
        raise Conflict(_("This proposal is decided. What it needs does not change any more."), code="decided")
    with transaction.atomic():
        stock = {one.pk: one for one in Resource.objects.filter(round=proposal.round_id)}
        wanted = {stock[key]: many for key, many in demands.items() if many}
        for resource, many in wanted.items():
            if many < 0 or many > resource.amount:
                told = {"there": resource.written(resource.amount)}
                raise Refusal(
                    _("There are %(there)s in all.") % told, code="above-stock", field=f"demand_{resource.pk}"
                )
        before = "、".join(map(str, ResourceDemand.objects.filter(proposal=proposal).select_related("resource")))
        ResourceDemand.objects.filter(proposal=proposal).delete()
        rows = [ResourceDemand(resource=one, proposal=proposal, amount=many) for one, many in wanted.items()]
        ResourceDemand.objects.bulk_create(rows)
        facts = {"resources": Change(before, "、".join(map(str, rows)))}
        record("rounds.proposal.change_demands", proposal, actor=actor, facts=facts, at=at)
