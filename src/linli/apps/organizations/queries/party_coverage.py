"""Coverage on any day, two ways: by organization, and by work; each number opens its rows."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.models import (
    InstructorAssignment,
    Organization,
    OrganizationKind,
    PartyCover,
    PartyKind,
    PartyOrganization,
)
from linli.apps.organizations.queries.organization import in_force
from linli.apps.organizations.queries.party_counts import with_members
from linli.apps.organizations.queries.related import holding
from linli.apps.organizations.rubric import Advice, advise
from linli.apps.places.models import Level, Place
from linli.apps.places.queries import in_force as places_in_force

OWN, JOINT, INSTRUCTOR, NONE = "own", "joint", "instructor", "none"
FORMS: dict[str, str | Promise] = {
    OWN: _("Own party organization"),
    JOINT: _("In a joint branch"),
    INSTRUCTOR: _("Instructor sent"),
    NONE: _("Not covered yet"),
}
COVERED_KINDS = (
    OrganizationKind.SOCIAL_ORGANIZATION,
    OrganizationKind.SUPPORTING_AGENCY,
    OrganizationKind.ENTERPRISE,
    OrganizationKind.PROPERTY_COMPANY,
)
"""Kinds counted unless others are chosen: the "two new" (社会组织 and 非公企业)."""
JOINT_KINDS = (PartyKind.JOINT_BRANCH, PartyKind.PROPERTY_ALLIANCE_BRANCH)


@dataclass(frozen=True)
class Coverage:
    """How many organizations have which form on a day. ``key`` tells what they have in common."""

    key: str
    title: str | Promise
    counts: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def organized(self) -> int:
        """With a party organization of their own or a joint one."""
        return self.counts.get(OWN, 0) + self.counts.get(JOINT, 0)

    @property
    def worked(self) -> int:
        """With a party organization or an instructor."""
        return self.organized + self.counts.get(INSTRUCTOR, 0)

    @property
    def organization_rate(self) -> float | None:
        """Percent with a party organization; None of nothing."""
        return _percent(self.organized, self.total)

    @property
    def work_rate(self) -> float | None:
        """Percent with a party organization or an instructor; None of nothing."""
        return _percent(self.worked, self.total)

    @property
    def cells(self) -> list[tuple[str, int]]:
        """(form, how many), in the order of :data:`FORMS`."""
        return [(form, self.counts.get(form, 0)) for form in FORMS]


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


def with_form(on: date, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those of ``rows`` that exist on the day ``on``, with ``form``: how party work reaches them that day."""
    own = holding(PartyOrganization.objects.filter(organization=OuterRef("pk")), on).order_by()
    covers = holding(PartyCover.objects.filter(organization=OuterRef("pk")), on).order_by()
    joint = covers.filter(Q(party__valid_to__isnull=True) | Q(party__valid_to__gt=on), party__valid_from__lte=on)
    sent = holding(InstructorAssignment.objects.filter(organization=OuterRef("pk")), on).order_by()
    form = Case(
        When(Exists(own), then=Value(OWN)),
        When(Exists(joint), then=Value(JOINT)),
        When(Exists(sent), then=Value(INSTRUCTOR)),
        default=Value(NONE),
        output_field=CharField(),
    )
    return in_force(on, rows).annotate(form=form)


def coverage(on: date, rows: QuerySet[Organization]) -> Coverage:
    """The coverage of ``rows`` on the day ``on``. One query."""
    found = with_form(on, rows).order_by().values("form").annotate(number=Count("pk"))
    return Coverage("", _("All"), {row["form"]: row["number"] for row in found})


def coverage_by(by: str, on: date, rows: QuerySet[Organization]) -> list[Coverage]:
    """The coverage of ``rows`` by "street", "place" or "kind", in order. One query."""
    columns = {
        "street": ("place__street", "place__street__name", "place__street__code"),
        "place": ("place", "place__name", "place__code"),
        "kind": ("kind", "kind", "kind"),
    }[by]
    found = with_form(on, rows).order_by().values(*dict.fromkeys(columns), "form").annotate(number=Count("pk"))
    groups: dict[tuple[Any, ...], dict[str, int]] = {}
    for row in found:
        groups.setdefault(tuple(row[name] for name in columns), {})[row["form"]] = row["number"]
    titles: dict[str, Any] = dict(OrganizationKind.choices)
    ordered = sorted(groups.items(), key=lambda one: str(one[0][2]))
    return [
        Coverage(
            str(key or ""),
            titles[OrganizationKind(key)] if by == "kind" else (title or _("Directly under the district")),
            counts,
        )
        for (key, title, _code), counts in ordered
    ]


@dataclass(frozen=True)
class GridCoverage:
    """How many grids have a party organization on a day (one branch a grid)."""

    total: int
    covered: int

    @property
    def rate(self) -> float | None:
        return _percent(self.covered, self.total)


def grids_covered(on: date, places: QuerySet[Place]) -> GridCoverage:
    """Of the grids among ``places``: how many have a party organization on the day ``on``. One query."""
    alive = Q(party__valid_to__isnull=True) | Q(party__valid_to__gt=on)
    covers = holding(PartyCover.objects.filter(grid=OuterRef("pk")), on).filter(alive).order_by()
    seated = holding(PartyOrganization.objects.filter(place=OuterRef("pk"), organization__isnull=True), on).order_by()
    rows = places_in_force(on, places.filter(level=Level.GRID)).annotate(has=Exists(covers) | Exists(seated))
    found = rows.aggregate(total=Count("pk"), covered=Count("pk", filter=Q(has=True)))
    return GridCoverage(found["total"], found["covered"])


def advice_for(organization: Any) -> Advice | None:
    """What fits an organization of :func:`with_members`; None while nobody counted its full members."""
    if organization.full is None:
        return None
    return advise({"full": organization.full, "probationary": organization.probationary or 0})


@dataclass(frozen=True)
class Neighbours:
    """With whom a unit could form a joint branch: branches with room, and units of 1 or 2 full members."""

    branches: list[PartyOrganization]
    units: list[Organization]


def joint_candidates(organization: Organization, on: date, *, most_units: int) -> Neighbours:
    """At the same place on the day ``on``; of the same field of work first. Two queries."""
    units_now = holding(PartyCover.objects.filter(organization__isnull=False), on)
    branches = holding(PartyOrganization.objects.filter(place=organization.place_id, kind__in=JOINT_KINDS), on)
    branches = branches.annotate(units=Count("covers", filter=Q(covers__in=units_now.order_by().values("pk"))))
    near = with_form(on, Organization.objects.filter(place=organization.place_id).exclude(pk=organization.pk))
    near = with_members(near.filter(form__in=(INSTRUCTOR, NONE)), on).filter(full__gte=1, full__lte=2)
    units = sorted(near[:50], key=lambda one: (one.business != organization.business, one.name))
    return Neighbours(list(branches.filter(units__lt=most_units).order_by("name")[:10]), units[:10])
