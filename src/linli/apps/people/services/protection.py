"""Entering impact assessments and incidents. Neither is ever changed or removed: a correction is a new entry."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models import DataIncident, ImpactAssessment
from linli.apps.people.permissions import keeps_registers
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor

ONLY = _("Only the security administrator keeps these registers.")


def assess(
    *, title: str, lawful: str, effects: str, measures: str, conclusion: str, made_on: date, actor: Actor
) -> ImpactAssessment:
    """What was thought before data are used in a risky way (PIPL Art. 56). Raises NotAllowed, Refusal."""
    if not keeps_registers(actor, None):
        raise NotAllowed(ONLY)
    if made_on > timezone.localdate():
        raise Refusal(_("This day lies ahead. Enter the day it was made."), field="made_on")
    row = ImpactAssessment(
        title=title, lawful=lawful, effects=effects, measures=measures, conclusion=conclusion, made_on=made_on,
        made_by_id=actor.actor_id,
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
