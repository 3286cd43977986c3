"""Ticking items of a checklist with evidence, and taking a tick back."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.kinds import checklists
from linli.apps.organizations.models import ChecklistTick
from linli.apps.organizations.permissions import ticks_checklists
from linli.apps.organizations.services.keeping import add, not_ahead, require, said, subject_of
from linli.kernel import audit, files
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor


def tick(
    subject: Any,
    *,
    checklist: str,
    item: str,
    on: date,
    actor: Actor | None,
    evidence: Any = None,
    link: str = "",
    note: str = "",
    at: datetime | None = None,
) -> ChecklistTick:
    """``subject`` (an organization or party organization) has ``item`` since ``on``; a file or a link shows it."""
    require(ticks_checklists, actor, subject)
    known = checklists().get(checklist)
    named = known.item(item) if known else None
    if known is None or named is None:
        raise Refusal(_("There is no such item."), field="item")
    if not evidence and not link:
        raise Refusal(_("Show it: add a file or a link."), field="evidence")
    not_ahead(on, at)
    ref, anchor = ref_of(subject), subject.anchor
    row = ChecklistTick(
        subject_kind=ref.kind, subject_id=ref.id, place_id=anchor.place, organization_id=anchor.organization,
        checklist=checklist, item=item, link=link, note=note.strip(), valid_from=on,
        ticked_by=actor.actor_id if actor else None,
    )  # fmt: skip
    facts = {"checklist": known.title, "item": named.title, "day": on}
    with transaction.atomic():
        twice = _("This item is ticked already.")
        add(row, "organizations.checklist_tick.tick", actor=actor, facts=facts, at=at, taken=twice)
        if evidence:
            files.keep(evidence, accept=files.PAPERS, owner=ref_of(row), actor=actor, at=at)
    return row


def untick(tick: ChecklistTick, *, on: date, reason: str, actor: Actor | None, at: datetime | None = None) -> None:
    """The item is no longer there from ``on``; the evidence stays with the old tick."""
    require(ticks_checklists, actor, tick)
    reason = said(reason, "reason", _("Say why."))
    if on < tick.valid_from:
        raise Refusal(_("The last day comes after the first one."), field="on")
    with transaction.atomic():
        if not ChecklistTick.objects.filter(pk=tick.pk, valid_to__isnull=True).update(valid_to=on):
            raise Conflict(_("This has ended already."))
        facts = {"item": audit.in_chinese(tick), "day": audit.Change(tick.valid_to, on), "reason": reason}
        record("organizations.checklist_tick.untick", subject_of(tick), actor=actor, facts=facts, at=at)
