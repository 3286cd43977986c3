"""Entering impact assessments and incidents. Neither is ever changed or removed: a correction is a new entry."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models import AssessmentGround, DataIncident, ImpactAssessment
from linli.apps.people.permissions import keeps_registers
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor

ONLY = _("Only the security administrator keeps these registers.")


def assess(
    *, title: str, lawful: str, effects: str, measures: str, conclusion: str, made_on: date, actor: Actor,
    ground: str = AssessmentGround.OTHER,
) -> ImpactAssessment:  # fmt: skip
    """What was thought before data are used in a risky way (PIPL Art. 56). Raises NotAllowed, Refusal."""
    if not keeps_registers(actor, None):
        raise NotAllowed(ONLY)
    if made_on > timezone.localdate():
        raise Refusal(_("This day lies ahead. Enter the day it was made."), field="made_on")
    row = ImpactAssessment(
        title=title, lawful=lawful, effects=effects, measures=measures, conclusion=conclusion, made_on=made_on,
        made_by_id=actor.actor_id, ground=ground,
    )  # fmt: skip
    with transaction.atomic():
        row.save(force_insert=True)
        record("people.impact_assessment.enter", None, actor=actor, facts={"title": title})
    return row


def report_incident(
    *, title: str, found_at: datetime, kinds: str, cause: str, measures: str, actor: Actor,
    authority_told_at: datetime | None = None, people_told_at: datetime | None = None, why_not_told: str = "",
) -> DataIncident:  # fmt: skip
    """What happened to data and who was told (PIPL Art. 57). Raises Refusal where neither people were told nor a
    reason is given.
    """
    if not keeps_registers(actor, None):
        raise NotAllowed(ONLY)
    if people_told_at is None and not why_not_told.strip():
        raise Refusal(_("Say when the people were told, or why they were not (PIPL Art. 57)."), field="why_not_told")
    row = DataIncident(
        title=title, found_at=found_at, kinds=kinds, cause=cause, measures=measures, made_by_id=actor.actor_id,
        authority_told_at=authority_told_at, people_told_at=people_told_at, why_not_told=why_not_told.strip(),
    )  # fmt: skip
    with transaction.atomic():
        row.save(force_insert=True)
        record("people.data_incident.enter", None, actor=actor, facts={"title": title})
    return row


def tell_incident(
    row: DataIncident, *, actor: Actor, authority_told_at: datetime | None = None,
    people_told_at: datetime | None = None,
) -> DataIncident:  # fmt: skip
    """Note when the authority and the people were told; each once. Raises NotAllowed, Refusal, Conflict."""
    if not keeps_registers(actor, None):
        raise NotAllowed(ONLY)
    told = {"authority_told_at": authority_told_at, "people_told_at": people_told_at}
    fresh = {name: at for name, at in told.items() if at is not None}
    if not fresh:
        raise Refusal(_("Enter when the authority or the people were told."), field="authority_told_at")
    for name, at in fresh.items():
        if not row.found_at <= at <= timezone.now():
            raise Refusal(_("This moment lies before the incident was found, or ahead."), field=name)
    with transaction.atomic():
        still_open = DataIncident.objects.filter(pk=row.pk, **{f"{name}__isnull": True for name in fresh})
        if still_open.update(**fresh) != 1:
            raise Conflict(_("Somebody has entered this moment already; it is not changed any more."))
        record("people.data_incident.tell", None, actor=actor, facts={"title": row.title})
    row.refresh_from_db()
    return row
