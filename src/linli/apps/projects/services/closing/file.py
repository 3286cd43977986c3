"""The closing file: opened from what is known, written, handed in and locked, sent back or accepted."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.projects.lifecycle import CLOSINGS, PROJECTS
from linli.apps.projects.models import (
    ClosingFile,
    ClosingSection,
    ClosingState,
    Condition,
    GateException,
    Project,
    ProjectState,
)
from linli.apps.projects.permissions import keeps_projects, tends
from linli.apps.projects.queries.closing.files import facts_of, figures_of, gate_of, sections_asked, whole_of
from linli.apps.projects.services.keeping import has_come, require, said
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor

LOCKED = _("This file was handed in and is locked. The street sends it back with a reason before anything changes.")


@transaction.atomic
def open_closing(project: Project, *, actor: Actor | None, at: datetime | None = None) -> ClosingFile:
    """The file of a project under way, with the sections asked for, what is known filled in; opened once.

    The project goes on meanwhile: figures and evidence are added until the file is handed in.
    """
    at = at or timezone.now()
    require(tends, actor, project)
    found = ClosingFile.objects.filter(project=project).first()
    if found is not None:
        return found
    if project.state != ProjectState.RUNNING:
        raise Conflict(_("Only a project under way opens its closing file."))
    closing = ClosingFile.objects.create(project=project, opened_at=at, users=_served(project))
    known = {"goal": project.goal, "background": project.proposal.background if project.proposal else ""}
    ClosingSection.objects.bulk_create(
        ClosingSection(closing=closing, code=code, title=title, number=number, text=known.get(code, "")[:8000])
        for number, (code, title) in enumerate(sections_asked(project), 1)
    )
    record("projects.closing.open", closing, actor=actor, at=at)
    return closing


def _served(project: Project) -> int | None:
    counts = [one.count for one in project.target_groups.all() if one.count is not None]
    return sum(counts) if counts else None


def _hold(closing: ClosingFile, seen: int | None) -> None:
    """Take the next version of a file that is being written, in the verb's transaction. Raises Conflict."""
    rows = ClosingFile.objects.filter(pk=closing.pk, state=ClosingState.DRAFT)
    if not rows.exists():
        raise Conflict(LOCKED, code="closing-locked")
    rows = rows if seen is None else rows.filter(version=seen)
    if not rows.update(version=closing.version + 1 if seen is None else seen + 1):
        raise Conflict(_("Somebody else saved this while you were writing. Load the page again."))
    closing.refresh_from_db()


@transaction.atomic
def write_sections(
    closing: ClosingFile,
    *,
    texts: Mapping[str, str],
    actor: Actor | None,
    users: int | None = None,
    seen: int | None = None,
    at: datetime | None = None,
) -> None:
    """Write sections (code → text), and how many people were served; only before the submission."""
    require(tends, actor, closing.project)
    _hold(closing, seen)
    for section in closing.sections.all():
        if section.code in texts and texts[section.code] != section.text:
            section.text = texts[section.code].strip()[:8000]
            section.save(update_fields=["text"])
    if users is not None:
        ClosingFile.objects.filter(pk=closing.pk).update(users=users)
        closing.users = users
    record("projects.closing.write", closing, actor=actor, facts={"sections": len(texts)}, at=at)


def frozen_of(closing: ClosingFile) -> dict[str, Any]:
    """Everything a file says, as it is frozen: sections, figures, who was served. Plain data."""
    facts = facts_of(closing.project)
    rows = [
        {
            "name": one.name, "unit": one.unit, "baseline": str(one.baseline), "target": str(one.target),
            "actual": None if one.actual is None else str(one.actual),
        }
        for one in facts.indicators
    ]  # fmt: skip
    return {
        "sections": [{"code": one.code, "title": one.title, "text": one.text} for one in closing.sections.all()],
        "indicators": rows,
        "figures": figures_of(closing.project, facts),
        "users": closing.users,
        "photos": facts.photos,
        "score": whole_of(closing, facts).score,
    }


def digest_of(frozen: Mapping[str, Any]) -> str:
    """The SHA-256 of what was frozen."""
    return hashlib.sha256(json.dumps(frozen, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def submit_closing(closing: ClosingFile, *, actor: Actor | None, at: datetime | None = None) -> None:
    """Hand the file in: its sections are written, its figures frozen, and nothing of it changes any more."""
    at = at or timezone.now()
    with transaction.atomic():
        closing.refresh_from_db()
        empty = [item.title for item in whole_of(closing, facts_of(closing.project)).missing if _is_section(item.code)]
        frozen = frozen_of(closing)
        CLOSINGS.apply(
            "submit", closing, actor=actor, facts={"empty": "、".join(empty), "score": frozen["score"]}, at=at,
            frozen=frozen, digest=digest_of(frozen), submitted_at=at, returned_reason="",
        )  # fmt: skip
        PROJECTS.apply("begin_closing", closing.project, actor=actor, facts={}, at=at)


def _is_section(code: str) -> bool:
    return code not in ("indicators", "photos", "evidence", "account", "satisfaction")


def send_closing_back(closing: ClosingFile, *, reason: str, actor: Actor | None, at: datetime | None = None) -> None:
    """Unlock a file with the reason; what was handed in before stands in the record by its digest."""
    why = reason.strip()
    facts = {"reason": why, "digest": closing.digest[:16]}
    with transaction.atomic():
        CLOSINGS.apply("send_back", closing, actor=actor, facts=facts, at=at, returned_reason=why[:600])
        PROJECTS.apply("go_back", closing.project, actor=actor, facts={"reason": why}, at=at)


def accept_closing(closing: ClosingFile, *, actor: Actor | None, at: datetime | None = None) -> None:
    """Let the file into the review: the gate is passed, or an exception was recorded for what is not met."""
    at = at or timezone.now()
    with transaction.atomic():
        missing = gate_of(closing, facts_of(closing.project))
        facts = {"lacks": "；".join(one.sentence for one in missing)}
        CLOSINGS.apply("accept", closing, actor=actor, facts=facts, at=at, accepted_at=at)


def except_from_gate(
    closing: ClosingFile,
    *,
    ground: str,
    reason: str,
    body: str,
    minutes_number: str,
    decided_on: date,
    actor: Actor | None,
    at: datetime | None = None,
) -> GateException:
    """Record that a condition of the gate is waived: why, who decided, by which minutes."""
    require(keeps_projects, actor, closing.project)
    has_come(decided_on, at, "decided_on")
    row = GateException(
        closing=closing, ground=Condition(ground), decided_on=decided_on,
        reason=said(reason, "reason", _("Say why."))[:600],
        body=said(body, "body", _("Say who decided."))[:80],
        minutes_number=said(minutes_number, "minutes_number", _("Give the number of the minutes."))[:60],
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            facts = {"condition": row.get_ground_display(), "minutes": row.minutes_number, "reason": row.reason}
            record("projects.closing.except", closing, actor=actor, facts=facts, at=at)
    except IntegrityError:
        raise Refusal(_("There is an exception for this condition already."), field="ground") from None
    return row
