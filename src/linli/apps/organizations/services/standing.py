"""Standings: entered with source and validity, ended with a reason, never two of one kind on one day."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations import queries
from linli.apps.organizations.kinds import StandingKind, standing_kinds
from linli.apps.organizations.models import Organization, Standing
from linli.apps.organizations.permissions import KEEPERS, keeps_registers
from linli.apps.organizations.rubric import after_years
from linli.apps.organizations.services.keeping import (
    add,
    close,
    in_order,
    one_at_a_time,
    overlapping,
    require,
    said,
)
from linli.kernel.errors import Refusal
from linli.kernel.refs import Ref
from linli.kernel.scope import Actor


def give_standing(
    organization: Organization,
    *,
    kind: str,
    value: str,
    valid_from: date,
    source: str,
    actor: Actor | None,
    valid_to: date | None = None,
    reason: str = "",
    source_ref: Ref | None = None,
    at: datetime | None = None,
) -> Standing:
    """One value of one kind from ``valid_from``; where no last day is given, the kind's own years count.

    Refuses a kind or value the registry does not know, and days on which another value of the kind holds.
    """
    require(keeps_registers, actor, organization)
    known = _known(kind, value)
    valid_to = valid_to or after_years(valid_from, known.years)
    in_order(valid_from, valid_to)
    row = Standing(
        organization=organization,
        kind=kind,
        value=value,
        valid_from=valid_from,
        valid_to=valid_to,
        reason=reason.strip(),
        source=said(source, "source", _("Say where this stands written.")),
        source_kind=source_ref.kind if source_ref else "",
        source_id=source_ref.id if source_ref else None,
    )
    with transaction.atomic():
        one_at_a_time(organization)
        other = overlapping(Standing.objects.filter(organization=organization, kind=kind), valid_from, valid_to).first()
        if other is not None:
            raise Refusal(_overlap(other), field="valid_from")
        facts = {"kind": known.title, "value": value, "day": valid_from}
        return add(row, "organizations.standing.give", actor=actor, facts=facts, at=at, taken=_overlap(row))


def _overlap(row: Standing) -> Any:
    until = _("until %(day)s") % {"day": row.valid_to} if row.valid_to else _("without an end")
    return _("“%(value)s” holds from %(day)s %(until)s. End it first, or choose other days.") % {
        "value": row.value,
        "day": row.valid_from,
        "until": until,
    }


def _known(kind: str, value: str) -> StandingKind:
    known = standing_kinds().get(kind)
    if known is None:
        raise Refusal(_("There is no such kind of standing."), field="kind")
    if value not in known.values:
        raise Refusal(
            _("%(kind)s takes one of these values: %(values)s.")
            % {"kind": known.title, "values": "、".join(known.values)},
            field="value",
        )
    return known


def end_standing(standing: Standing, *, on: date, reason: str, actor: Actor | None, at: datetime | None = None) -> None:
    """It holds no longer from ``on``."""
    require(keeps_registers, actor, standing)
    close(standing, "organizations.standing.end", on=on, reason=reason, actor=actor, at=at)


@transaction.atomic
def take_over_standings(rows: Sequence[Mapping[str, Any]], *, actor: Actor) -> None:
    """Enter the standings of a checked table; those that stand so already are left as they are.

    ``rows`` hold ``organization`` (its id as the check found it), ``kind``, ``value``, ``valid_from``, ``valid_to``,
    ``source``, ``reason``; a row of the same kind and first day is brought up to date.
    """
    mine = Organization.objects.filter(pk__in=actor.reach(*KEEPERS).organizations)
    found = {str(one.pk): one for one in mine.filter(pk__in={row["organization"] for row in rows})}
    if {row["organization"] for row in rows} - found.keys():
        raise Refusal(_("Your posts no longer reach every place in this table. Read the file again."))
    for organization in found.values():
        one_at_a_time(organization)
    made = [_from_row(row, found[row["organization"]]) for row in rows]
    Standing.objects.bulk_create(
        made,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["organization", "kind", "valid_from"],
        update_fields=["value", "valid_to", "source", "reason"],
    )
    crossing = queries.crossing_standings(found.values())
    if crossing is not None:
        raise Refusal(_overlap(crossing))


def _from_row(row: Mapping[str, Any], organization: Organization) -> Standing:
    first = date.fromisoformat(row["valid_from"])
    last = date.fromisoformat(row["valid_to"]) if row.get("valid_to") else None
    return Standing(
        organization=organization,
        kind=row["kind"],
        value=row["value"],
        valid_from=first,
        valid_to=last or after_years(first, standing_kinds()[row["kind"]].years),
        source=row["source"],
        reason=row.get("reason") or "",
    )
