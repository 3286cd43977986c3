"""Keeping the pool of experts, and what they are paid."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.models import Organization
from linli.apps.places.models import Level, Place
from linli.apps.reviews.models import TIES, Expert, ExpertTie, FeeLine, Ground, Seat
from linli.apps.reviews.permissions import POOL_KEEPERS, keeps_experts, keeps_fees
from linli.apps.reviews.services.keeping import require, said, tell
from linli.kernel.errors import Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor

NOT_POOL = _("Only street officers keep the pool of experts.")


def enter_expert(
    *,
    name: str,
    unit: str,
    specialty: str,
    place: Place,
    actor: Actor | None,
    at: datetime | None = None,
    **columns: Any,
) -> Expert:
    """A new expert in the pool of the district. Refuses a second row of one name and unit.

    ``columns``: organization, lives_in, user, service, phone, id_number, account, is_demo.
    """
    expert = Expert(
        name=said(name, "name", _("Give the expert's name.")),
        unit=said(unit, "unit", _("Give unit and position.")),
        specialty=said(specialty, "specialty", _("Say what the expert knows well.")),
        place=place,
        **columns,
    )
    require(keeps_experts, actor, expert, NOT_POOL)
    return _save(expert, "reviews.expert.enter", actor=actor, at=at)


def correct_expert(expert: Expert, *, actor: Actor | None, at: datetime | None = None, **columns: Any) -> Expert:
    """Put right what stands about an expert; ``is_active`` False ends the invitations."""
    require(keeps_experts, actor, expert, NOT_POOL)
    for name, value in columns.items():
        setattr(expert, name, value)
    return _save(expert, "reviews.expert.correct", actor=actor, at=at)


def _save(expert: Expert, action: str, *, actor: Actor | None, at: datetime | None) -> Expert:
    try:
        with transaction.atomic():
            expert.save()
            record(action, expert, actor=actor, facts={"specialty": expert.specialty}, at=at)
    except IntegrityError:
        raise Refusal(_("An expert of this name and unit stands in the pool already."), field="name") from None
    return expert


def add_tie(
    expert: Expert,
    *,
    ground: Ground,
    actor: Actor | None,
    organization: Organization | None = None,
    place: Place | None = None,
    until: date | None = None,
    note: str = "",
    at: datetime | None = None,
) -> ExpertTie:
    """A post, family (a note, never a name), former work or coaching that ties an expert to a unit or place."""
    require(keeps_experts, actor, expert, NOT_POOL)
    if ground not in TIES:
        raise Refusal(_("Unit and home stand in the row of the expert itself."), field="ground")
    if (organization is None) == (place is None):
        raise Refusal(_("A tie leads to one organization or to one place: name exactly one."), field="organization")
    if ground == Ground.LEFT and until is None:
        raise Refusal(_("Say until when the expert worked there."), field="until")
    with transaction.atomic():
        tie = ExpertTie.objects.create(
            expert=expert, ground=ground, organization=organization, place=place, until=until, note=note.strip()
        )
        record("reviews.expert.tie", expert, actor=actor, facts={"ground": ground}, at=at)
    return tie


def drop_tie(tie: ExpertTie, *, actor: Actor | None, at: datetime | None = None) -> None:
    """A tie that was entered by mistake."""
    require(keeps_experts, actor, tie, NOT_POOL)
    with transaction.atomic():
        record("reviews.expert.untie", tie.expert, actor=actor, facts={"ground": tie.ground}, at=at)
        tie.delete()


def set_fee(
    seat: Seat,
    *,
    rate: Decimal,
    actor: Actor | None,
    times: int = 1,
    tax: Decimal = Decimal(0),
    at: datetime | None = None,
) -> FeeLine:
    """What a judge is paid: times × rate less the tax withheld. Finance alone; Linli pays nobody."""
    require(keeps_fees, actor, seat, _("Only finance sees and keeps the list of fees."))
    if times < 1 or rate < 0 or not 0 <= tax <= rate * times:
        raise Refusal(_("The tax withheld is at most the fee, and nothing is below zero."), field="tax")
    with transaction.atomic():
        line, _made = FeeLine.objects.update_or_create(seat=seat, defaults={"rate": rate, "times": times, "tax": tax})
        tell("seat.fee", seat, session=seat.session, actor=actor, at=at)
    return line


def take_over_experts(rows: Sequence[Mapping[str, Any]], *, actor: Actor) -> None:
    """Enter the experts of a checked table, or bring those of that name and unit up to date; all or none."""
    street = Place.objects.filter(pk__in=actor.reach(*POOL_KEEPERS).places, level=Level.STREET).order_by("code").first()
    if street is None:
        raise Refusal(NOT_POOL)
    units = {str(row.credit_code): row for row in _of(Organization, "credit_code", rows, "credit_code")}
    homes = {row.code: row for row in _of(Place, "code", rows, "community_code")}
    with transaction.atomic():
        for row in rows:
            columns: dict[str, Any] = {name: row[name] for name in ("specialty", "service") if row.get(name)}
            if row.get("credit_code"):
                columns["organization"] = units[row["credit_code"]]
            if row.get("community_code"):
                columns["lives_in"] = homes[row["community_code"]]
            if row.get("phone"):
                columns["phone"] = row["phone"]
            found = Expert.objects.filter(name=row["name"], unit=row["unit"]).first()
            if found is None:
                enter_expert(name=row["name"], unit=row["unit"], place=street, actor=actor, **columns)
            else:
                correct_expert(found, actor=actor, **columns)


def _of(model: Any, column: str, rows: Sequence[Mapping[str, Any]], name: str) -> Any:
    wanted = {row[name] for row in rows if row.get(name)}
    return model._default_manager.filter(**{f"{column}__in": wanted})
