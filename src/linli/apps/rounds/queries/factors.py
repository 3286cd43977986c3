"""What earlier results mean for proposals of a year."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from linli.apps.rounds.models import Proposal, ProposerShare, YearFactor
from linli.apps.rounds.queries.rounds import visible_to as rounds_visible_to
from linli.kernel.scope import Actor


def factors_of(proposals: Iterable[Proposal], *, year: int) -> dict[UUID, list[YearFactor]]:
    """The factors for ``year`` of whoever proposes, by proposal, the smallest first. Two queries."""
    keys = [one.pk for one in proposals]
    shares = list(
        ProposerShare.objects.filter(proposal__in=keys)
        .exclude(organization=None, place=None)
        .values_list("proposal_id", "organization_id", "place_id")
    )
    organizations = {organization for _key, organization, _place in shares if organization}
    places = {place for _key, _organization, place in shares if place}
    bearers = Q(organization__in=organizations) | Q(community__in=places)
    rows = list(YearFactor.objects.filter(bearers, year=year).order_by("factor", "source_title")) if shares else []
    found: dict[UUID, list[YearFactor]] = {}
    for key, organization, place in shares:
        own = [
            row
            for row in rows
            if (organization and row.organization_id == organization) or (place and row.community_id == place)
        ]
        found.setdefault(key, []).extend(own)
    return {key: own for key, own in found.items() if own}


def factors_visible_to(actor: Actor | None, rows: QuerySet[YearFactor] | None = None) -> QuerySet[YearFactor]:
    """Factors of places whose rounds the actor reads."""
    rows = YearFactor.objects.all() if rows is None else rows
    return rows.filter(place__in=rounds_visible_to(actor).order_by().values("place"))
