"""Verbs of a stage plan: make it, finish a stage after those before it, give a stage another day."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from linli.apps.needs.models import OPEN, Need
from linli.apps.needs.models.stages import PICTURED, Stage, StageKind, StagePlan
from linli.apps.needs.permissions import handles, plans_stages
from linli.apps.needs.services.keeping import moment, require, said, who
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.files import photos
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor


def plan_stages(
    need: Need, *, dues: Mapping[str, date], actor: Actor | None, at: datetime | None = None
) -> StagePlan:  # fmt: skip
    """Give a need its five stages, each with its day. Raises NotAllowed, Refusal (a day before the one before),
    Conflict (finished, or planned already).
    """
    require(handles, actor, need)
    when, last = moment(at), None
    if need.state not in OPEN:
        raise Conflict(_("This need is finished."), code="finished")
    for kind in StageKind:
        day = dues.get(kind)
        if day is None:
            raise Refusal(_("Give every stage a day."), field=kind.value)
        if last is not None and day < last:
            raise Refusal(_("A stage ends no sooner than the one before it."), field=kind.value)
        last = day
    plan = StagePlan(need=need, made_at=when, made_by=who(actor))
    try:
        with transaction.atomic():
            plan.save(force_insert=True)
            Stage.objects.bulk_create(
                Stage(plan=plan, kind=kind, position=place, due=dues[kind]) for place, kind in enumerate(StageKind)
            )
            record("needs.need.plan_stages", need, actor=actor, facts={"until": last}, at=when)
    except IntegrityError:
        raise Conflict(_("This need has its stages already."), code="planned") from None
    return plan


def finish_stage(stage: Stage, *, note: str, actor: Actor | None, at: datetime | None = None) -> None:
    """The stage is done and this came of it. Raises Refusal while one before it waits, or its photo is missing."""
    require(plans_stages, actor, stage)
    when, words = moment(at), said(note, "note", _("Say what came of it."), most=2000)
    before = stage.plan.stages.filter(position__lt=stage.position, done_at__isnull=True).first()
    if before is not None:
        raise Refusal(_("First: %(stage)s.") % {"stage": before}, code="order")
    if stage.kind in PICTURED and not photos.of(ref_of(stage)):
        raise Refusal(_("Add a photo to this stage first: how it looks now."), code="photo")
    with transaction.atomic():
        rows = Stage.objects.filter(pk=stage.pk, done_at__isnull=True)
        if not rows.update(done_at=when, note=words, done_by=who(actor)):
            raise Conflict(_("This stage is done already."), code="twice")
        facts = {"stage": str(stage), "text": words}
        record("needs.need.finish_stage", stage.plan.need, actor=actor, facts=facts, at=when)
    stage.refresh_from_db()


def move_stage(stage: Stage, *, due: date, reason: str, actor: Actor | None, at: datetime | None = None) -> None:
    """Give an open stage another day, with why. Raises Refusal where it would end before the one before it."""
    require(plans_stages, actor, stage)
    why = said(reason, "reason", _("Say why."), most=300)
    around = {row.position: row for row in stage.plan.stages.all()}
    earlier, later = around.get(stage.position - 1), around.get(stage.position + 1)
    if (earlier and due < earlier.due) or (later and later.due < due):
        raise Refusal(_("A stage ends no sooner than the one before it."), field="due")
    with transaction.atomic():
        if not Stage.objects.filter(pk=stage.pk, done_at__isnull=True).update(due=due, reason=why):
            raise Conflict(_("This stage is done already."), code="twice")
        facts = {"stage": str(stage), "until": due, "reason": why}
        record("needs.need.move_stage", stage.plan.need, actor=actor, facts=facts, at=moment(at))
    stage.refresh_from_db()
