"""Declaring ties between organizations, and who coaches whom."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.models import Coaching, Organization, OrganizationKind, RelatedParty, RelationKind
from linli.apps.organizations.permissions import keeps_registers
from linli.apps.organizations.services.keeping import (
    add,
    close,
    in_order,
    not_ahead,
    one_at_a_time,
    overlapping,
    require,
    said,
)
from linli.kernel.errors import Refusal
from linli.kernel.scope import Actor

SOURCE = _("Say where this stands written.")


def declare_relation(
    organization: Organization,
    *,
    kind: RelationKind,
    on: date,
    source: str,
    actor: Actor | None,
    other: Organization | None = None,
    count: int | None = None,
    at: datetime | None = None,
) -> RelatedParty:
    """A tie that holds from ``on``: to ``other``, or (family of staff) a count of people and nothing more."""
    require(keeps_registers, actor, organization)
    not_ahead(on, at)
    source = said(source, "source", SOURCE)
    _check_relation(organization, kind, other, count)
    row = RelatedParty(organization=organization, kind=kind, other=other, count=count, valid_from=on, source=source)
    with transaction.atomic():
        one_at_a_time(organization)
        same = RelatedParty.objects.filter(organization=organization, kind=kind, other=other)
        if overlapping(same, on, None).exists():
            raise Refusal(_("This tie stands here already. End it before you enter it anew."), field="kind")
        facts = {"kind": RelationKind(kind).label, "other": other.name if other else "", "count": count}
        return add(row, "organizations.related_party.declare", actor=actor, facts=facts, at=at, taken=SOURCE)


def _check_relation(
    organization: Organization, kind: RelationKind, other: Organization | None, count: int | None
) -> None:
    if kind == RelationKind.STAFF_FAMILY:
        if other is not None or count is None:
            raise Refusal(_("For family of staff give only how many; no name and no organization."), field="count")
    elif other is None:
        raise Refusal(_("Name the other organization."), field="other")
    elif count is not None:
        raise Refusal(_("A number is given for family of staff only."), field="count")
    elif other.pk == organization.pk:
        raise Refusal(_("An organization is not related to itself."), field="other")


def end_relation(
    relation: RelatedParty, *, on: date, reason: str, actor: Actor | None, at: datetime | None = None
) -> None:
    """The tie no longer holds from ``on``."""
    require(keeps_registers, actor, relation)
    close(relation, "organizations.related_party.end", on=on, reason=reason, actor=actor, at=at)


def coach(
    organization: Organization,
    *,
    agency: Organization,
    valid_from: date,
    source: str,
    actor: Actor | None,
    valid_to: date | None = None,
    at: datetime | None = None,
) -> Coaching:
    """``agency`` coaches ``organization`` from ``valid_from``. Refuses what is no agency, and the same pair twice."""
    require(keeps_registers, actor, organization)
    in_order(valid_from, valid_to)
    source = said(source, "source", SOURCE)
    if agency.kind != OrganizationKind.SUPPORTING_AGENCY:
        raise Refusal(_("Only a supporting agency coaches."), field="agency")
    if agency.pk == organization.pk:
        raise Refusal(_("An agency does not coach itself."), field="agency")
    row = Coaching(agency=agency, organization=organization, valid_from=valid_from, valid_to=valid_to, source=source)
    twice = _("This agency coaches it in this time already.")
    with transaction.atomic():
        one_at_a_time(organization)
        if overlapping(
            Coaching.objects.filter(agency=agency, organization=organization), valid_from, valid_to
        ).exists():
            raise Refusal(twice, field="agency")
        facts = {"agency": agency.name, "day": valid_from}
        return add(row, "organizations.coaching.begin", actor=actor, facts=facts, at=at, taken=twice)


def end_coaching(coaching: Coaching, *, on: date, reason: str, actor: Actor | None, at: datetime | None = None) -> None:
    """The agency no longer coaches from ``on``."""
    require(keeps_registers, actor, coaching)
    close(coaching, "organizations.coaching.end", on=on, reason=reason, actor=actor, at=at)
