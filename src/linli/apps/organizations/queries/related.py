"""Who is tied to an organization on a day: ties that were declared, and those that follow from the register."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.models import Coaching, LegalPerson, Organization, RelatedParty, RelationKind
from linli.apps.organizations.queries.organization import in_force

SAME_LEGAL_PERSON, SAME_ADDRESS, PARENT = "same_legal_person", "same_address", "parent"
TITLES: dict[str, str | Promise] = {
    SAME_LEGAL_PERSON: _("Legal persons bear one name"),
    SAME_ADDRESS: _("Same address"),
    PARENT: _("Parent"),
    **{kind.value: kind.label for kind in RelationKind},
}
REGISTER = _("derived from the register; check it")


@dataclass(frozen=True)
class Relation:
    """One tie: its ``kind`` (a key of :data:`TITLES`), the other organization or a count, source, since when.

    ``row`` is the declaration; a derived tie has none, and says no more than that two entries are alike.
    """

    kind: str
    other: Organization | None
    source: str | Promise
    since: date
    count: int | None = None
    row: RelatedParty | None = None

    @property
    def title(self) -> str | Promise:
        return TITLES[self.kind]

    @property
    def derived(self) -> bool:
        return self.row is None


def holding(rows: QuerySet[Any], on: date) -> QuerySet[Any]:
    """Those of ``rows`` that hold on the day ``on``."""
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on)


def related_to(organization: Organization, on: date) -> list[Relation]:
    """Every tie of ``organization`` on the day ``on``, declared ones first. Two queries.

    Two legal persons of one name may be two people: such a tie is a question, not an answer.
    """
    rows = holding(RelatedParty.objects.filter(Q(organization=organization) | Q(other=organization)), on)
    found = [_declared(row, organization) for row in rows.select_related("organization__place", "other__place")]
    return [*found, *_derived(organization, on)]


def _declared(row: RelatedParty, organization: Organization) -> Relation:
    is_mine = row.organization_id == organization.pk
    kind = row.kind if is_mine or row.kind != RelationKind.SUBSIDIARY else PARENT
    other = row.other if is_mine else row.organization
    return Relation(kind, other, row.source, row.valid_from, row.count, row)


def _derived(organization: Organization, on: date) -> list[Relation]:
    mine = holding(LegalPerson.objects.filter(organization=organization), on).order_by()
    named = holding(LegalPerson.objects.filter(organization=OuterRef("pk")), on).order_by()
    rows = in_force(on).exclude(pk=organization.pk).select_related("place")
    rows = rows.annotate(one_name=Exists(named.filter(name_print__in=mine.values("name_print"))))
    alike = Q(one_name=True)
    if organization.address_key:
        alike |= Q(address_key=organization.address_key)
    others = list(rows.filter(alike).order_by("name", "id"))
    one_roof = [one for one in others if organization.address_key and one.address_key == organization.address_key]
    return [
        *(Relation(SAME_LEGAL_PERSON, other, REGISTER, on) for other in others if other.one_name),
        *(Relation(SAME_ADDRESS, other, REGISTER, on) for other in one_roof),
    ]


def coached_by(organization: Organization, on: date) -> list[Coaching]:
    """The agencies that coach ``organization`` on the day ``on``. One query."""
    rows = holding(Coaching.objects.filter(organization=organization), on)
    return list(rows.select_related("agency__place").order_by("agency__name"))


def coachings_of(agency: Organization, on: date) -> list[Coaching]:
    """Whom ``agency`` coaches on the day ``on``. One query."""
    rows = holding(Coaching.objects.filter(agency=agency), on)
    return list(rows.select_related("organization__place").order_by("organization__name"))
