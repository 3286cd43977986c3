"""Which units and spaces a party organization covers, and where an instructor is sent: entered and ended by hand."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.models import (
    InstructorAssignment,
    Organization,
    PartyCover,
    PartyKind,
    PartyOrganization,
)
from linli.apps.organizations.permissions import keeps_party
from linli.apps.organizations.services.keeping import (
    add,
    close,
    not_ahead,
    one_at_a_time,
    overlapping,
    require,
    said,
)
from linli.apps.places.models import Building, Estate, Level, Place, Stairwell
from linli.kernel import audit
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor

JOINT = (PartyKind.JOINT_BRANCH, PartyKind.PROPERTY_ALLIANCE_BRANCH)
"""Kinds that cover several units."""


def cover_by_party(
    party: PartyOrganization,
    what: Organization | Place | Estate | Building | Stairwell,
    *,
    on: date,
    actor: Actor | None,
    at: datetime | None = None,
) -> PartyCover:
    """From ``on`` it covers a unit, or a grid, estate, building or stairwell.

    Units belong to joint branches and alliances only, and to one at a time.
    """
    require(keeps_party, actor, party)
    not_ahead(on, at)
    if party.valid_to is not None or on < party.valid_from:
        raise Refusal(_("It did not exist on this day."), field="on")
    column = _column(what)
    row = PartyCover(party=party, valid_from=on, **{column: what})
    with transaction.atomic():
        PartyOrganization.objects.filter(pk=party.pk).update(version=F("version"))
        if isinstance(what, Organization):
            _check_unit(party, what, on)
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as error:
            raise Refusal(_("It covers this already."), field="what") from error
        facts = {"covered": audit.in_chinese(what), "day": on}
        record("organizations.party_organization.cover", party, actor=actor, facts=facts, at=at)
    return row


def _column(what: Any) -> str:
    if isinstance(what, Place):
        if what.level != Level.GRID:
            raise Refusal(_("Of places only a grid is covered; others are where a party organization sits."))
        return "grid"
    return {Organization: "organization", Estate: "estate", Building: "building", Stairwell: "stairwell"}[type(what)]


def _check_unit(party: PartyOrganization, unit: Organization, on: date) -> None:
    if party.kind not in JOINT:
        raise Refusal(_("Only a joint branch or a property alliance branch covers units."), field="what")
    if unit.valid_to is not None:
        raise Refusal(_("This organization has ended."), field="what")
    one_at_a_time(unit)
    other = overlapping(PartyCover.objects.filter(organization=unit), on, None).select_related("party").first()
    if other is not None:
        raise Refusal(
            _("“%(unit)s” belongs to “%(party)s” since %(day)s. End that first.")
            % {"unit": unit.name, "party": other.party.name, "day": other.valid_from},
            field="what",
        )


def end_cover(cover: PartyCover, *, on: date, reason: str, actor: Actor | None, at: datetime | None = None) -> None:
    """It covers this no longer from ``on``."""
    require(keeps_party, actor, cover)
    reason = said(reason, "reason", _("Say why."))
    if on <= cover.valid_from:
        raise Refusal(_("The last day comes after the first one."), field="on")
    with transaction.atomic():
        still = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
        if not PartyCover.objects.filter(still, pk=cover.pk).update(valid_to=on):
            raise Conflict(_("This has ended already."))
        facts = {"covered": audit.in_chinese(cover), "day": audit.Change(cover.valid_to, on), "reason": reason}
        record("organizations.party_organization.uncover", cover.party, actor=actor, facts=facts, at=at)
    cover.valid_to = on


def assign_instructor(
    organization: Organization, *, on: date, source: str, actor: Actor | None, at: datetime | None = None
) -> InstructorAssignment:
    """From ``on`` an instructor looks after a unit. Only that it is so is kept here; who, is a post."""
    require(keeps_party, actor, organization)
    not_ahead(on, at)
    row = InstructorAssignment(
        organization=organization, valid_from=on, source=said(source, "source", _("Say where this stands written."))
    )
    with transaction.atomic():
        one_at_a_time(organization)
        rows = InstructorAssignment.objects.filter(organization=organization)
        twice = _("An instructor is assigned in this time already.")
        if overlapping(rows, on, None).exists():
            raise Refusal(twice, field="on")
        facts = {"day": on, "source": row.source}
        return add(row, "organizations.instructor.assign", actor=actor, facts=facts, at=at, taken=twice)


def end_instructor(
    row: InstructorAssignment, *, on: date, reason: str, actor: Actor | None, at: datetime | None = None
) -> None:
    """No instructor looks after the unit from ``on``."""
    require(keeps_party, actor, row)
    close(row, "organizations.instructor.end", on=on, reason=reason, actor=actor, at=at)
