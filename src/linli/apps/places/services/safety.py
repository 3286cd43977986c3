"""The register of public-safety equipment: what hangs where under which notice, and when the police had it filed."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models import Place, SafetyEquipment, SafetyKind
from linli.apps.places.permissions import keeps_places
from linli.kernel import audit
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor

CHANGED = ("count", "notice_at", "notice_on", "filed_on")


def register_equipment(
    *,
    place: Place,
    kind: SafetyKind,
    count: int,
    notice_at: str,
    notice_on: date,
    actor: Actor | None,
    filed_on: date | None = None,
    at: datetime | None = None,
) -> SafetyEquipment:
    """So many pieces of one kind below one notice. Refuses none, no notice, and what stands there already."""
    row = SafetyEquipment(
        place=place, kind=kind, count=count, notice_at=notice_at.strip(), notice_on=notice_on, filed_on=filed_on
    )
    _save(row, "places.safety.register", actor=actor, at=at)
    return row


def change_equipment(
    row: SafetyEquipment,
    *,
    count: int,
    notice_at: str,
    notice_on: date,
    filed_on: date | None,
    actor: Actor | None,
    at: datetime | None = None,
) -> SafetyEquipment:
    """The row as it is now; the record keeps what it was."""
    before = audit.seen(row, CHANGED)
    row.count, row.notice_at, row.notice_on, row.filed_on = count, notice_at.strip(), notice_on, filed_on
    facts = {"kind": audit.told(row, "kind"), **audit.changes(before, audit.seen(row, CHANGED))}
    _save(row, "places.safety.change", actor=actor, at=at, facts=facts)
    return row


def remove_equipment(row: SafetyEquipment, *, actor: Actor | None, at: datetime | None = None) -> None:
    """The equipment was taken down."""
    _require_keeper(row, actor)
    with transaction.atomic():
        SafetyEquipment.objects.filter(pk=row.pk).delete()
        record("places.safety.remove", row.place, actor=actor, facts=_facts(row), at=at)


def _facts(row: SafetyEquipment) -> dict[str, object]:
    return {
        "kind": audit.told(row, "kind"),
        "count": row.count,
        "notice_at": row.notice_at,
        "notice_on": row.notice_on,
        "filed_on": row.filed_on or "",
    }


def _require_keeper(row: SafetyEquipment, actor: Actor | None) -> None:
    if not keeps_places(actor, row):
        raise NotAllowed(_("Only people who work here keep the register of equipment."))


def _save(
    row: SafetyEquipment,
    action: str,
    *,
    actor: Actor | None,
    at: datetime | None,
    facts: dict[str, object] | None = None,
) -> None:
    _require_keeper(row, actor)
    today = timezone.localdate(at)
    if row.count < 1:
        raise Refusal(_("Give the number of pieces."), field="count")
    if not row.notice_at:
        raise Refusal(_("Say where the notice hangs: without a notice it may not be used."), field="notice_at")
    if row.notice_on > today:
        raise Refusal(_("The notice hangs since today or an earlier day."), field="notice_on")
    if row.filed_on is not None and row.filed_on > today:
        raise Refusal(_("It was filed today or on an earlier day."), field="filed_on")
    try:
        with transaction.atomic():
            row.save()
            record(action, row.place, actor=actor, facts=facts or _facts(row), at=at)
    except IntegrityError as error:
        raise Refusal(
            _("Equipment of this kind is registered at this notice already. Change that row."), field="notice_at"
        ) from error
