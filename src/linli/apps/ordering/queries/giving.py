"""How a sheet may be given, who may take it on, and what is to be seen before somebody says yes."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Q, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.ordering.kinds import never_direct, papers, service_kinds, standing_of_paper
from linli.apps.ordering.models import Claim, ClaimState, Contractor, Method, WorkSheet
from linli.apps.organizations.models import Organization
from linli.apps.organizations.queries import Relation, related_to, standings_on, working_on
from linli.kernel.settings import value_of

UNDERTAKING, MAY_NOT = "undertaking", "不具备"
"""The standing that bars an organization from claiming, and its value."""
YEAR = timedelta(days=365)
NOTHING = Decimal(0)


def methods_for(kind: str, ceiling: Decimal, *, street: UUID, at: datetime | None = None) -> tuple[Method, ...]:
    """The ways in which a sheet of this kind and ceiling may be given, the simplest first."""
    line = {
        name: value_of(f"ordering.{name}", street=street, at=at) for name in ("direct_most", "quotes_most", "open_most")
    }
    found = []
    if ceiling <= line["direct_most"] and kind not in never_direct():
        found.append(Method.DIRECT)
    if ceiling <= line["quotes_most"]:
        found.append(Method.QUOTES)
    if ceiling <= line["open_most"]:
        found.append(Method.OPEN)
    return (*found, Method.OUTSIDE)


def what_bars(organization: Organization, kind: str, on: date) -> list[str | Promise]:
    """Why the organization may not take a service of this kind on, on the day ``on``; [] where it may. Two queries."""
    if not working_on(on, Organization.objects.filter(pk=organization.pk)).exists():
        return [_("The organization does not work on that day.")]
    held = {row.kind: row.value for row in standings_on(organization, on)}
    found: list[str | Promise] = []
    if held.get(UNDERTAKING) == MAY_NOT:
        found.append(_("Its standing bars it from taking services on."))
    service = service_kinds().get(kind)
    lacking = [code for code in (service.needed if service else ()) if standing_of_paper(code) not in held]
    return [*found, *(_("It holds no valid “%(paper)s”.") % {"paper": papers()[code]} for code in lacking)]


class Seen(NamedTuple):
    """What is known of who offers: earlier contracts of this kind in twelve months, ties to others who offer.

    ``together`` is earlier and this price in yuan; ``splits`` whether that passes the line of direct claims though
    each alone does not.
    """

    organization: Organization
    claim: Claim | None
    earlier: int
    together: Decimal
    splits: bool
    related: list[Relation]
    bars: list[str | Promise]


def before_award(sheet: WorkSheet, on: date) -> list[Seen]:
    """What is shown before a sheet is given: one row for each claim that stands."""
    claims = sheet.claims.filter(state__in=(ClaimState.MADE, ClaimState.WON)).select_related("organization__place")
    rows = list(claims.order_by("price", "made_at"))
    others = {row.organization_id for row in rows} | set(
        Contractor.objects.filter(
            sheet__street=sheet.street_id, sheet__kind=sheet.kind, sheet__awarded_on__gt=on - YEAR
        ).values_list("organization_id", flat=True)
    )
    return [_seen(sheet, row, others, on) for row in rows]


def earlier_of(organization: Organization, sheet: WorkSheet, on: date) -> tuple[int, Decimal]:
    """How many contracts of the sheet's kind it got in the street in twelve months, and their sum in yuan."""
    told = Contractor.objects.filter(
        organization=organization, sheet__street=sheet.street_id, sheet__kind=sheet.kind,
        sheet__awarded_on__gt=on - YEAR, sheet__awarded_on__lte=on,
    ).filter(~Q(sheet=sheet)).aggregate(many=Count("pk"), total=Sum("amount"))  # fmt: skip
    return int(told["many"]), told["total"] or NOTHING


def _seen(sheet: WorkSheet, claim: Claim, others: set[UUID], on: date) -> Seen:
    line = value_of("ordering.direct_most", street=sheet.street_id)
    many, total = earlier_of(claim.organization, sheet, on)
    ties = related_to(claim.organization, on)
    return Seen(
        claim.organization, claim, many, total + claim.price,
        bool(many) and sheet.ceiling <= line < total + claim.price,
        [one for one in ties if one.other is None or one.other.pk in others],
        what_bars(claim.organization, sheet.kind, on),
    )  # fmt: skip
