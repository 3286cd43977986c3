"""Incidents at a sheet: told within 24 hours, later all the same; selling is told to the street and answered there."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.ordering.models import WITHIN, Contractor, Incident, IncidentKind, Shift, WorkSheet
from linli.apps.ordering.permissions import KEEPERS, STREET, answers_selling, keeps_menu, tells_incidents
from linli.apps.ordering.services.keeping import require, said
from linli.apps.people.queries import holders
from linli.kernel.audit import in_chinese
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.notices import notify
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor

TOLD = _("Incident at %(number)s: %(kind)s. It waits for an answer.")


def report_incident(
    sheet: WorkSheet,
    *,
    kind: IncidentKind,
    what: str,
    happened_at: datetime,
    actor: Actor | None,
    contractor: Contractor | None = None,
    shift: Shift | None = None,
    is_demo: bool = False,
    at: datetime | None = None,
) -> Incident:
    """Tell an incident. Later than 24 hours it is marked late and taken all the same.

    Refuses a moment ahead, no words, somebody else's contractor or shift.
    """
    require(tells_incidents, actor, contractor or sheet)
    return take_incident(
        sheet, kind=kind, what=what, happened_at=happened_at, contractor=contractor, shift=shift, by_resident=False,
        actor=actor, is_demo=is_demo, at=at,
    )  # fmt: skip


def take_incident(
    sheet: WorkSheet,
    *,
    kind: IncidentKind,
    what: str,
    happened_at: datetime,
    contractor: Contractor | None,
    shift: Shift | None,
    by_resident: bool,
    actor: Actor | None,
    is_demo: bool = False,
    at: datetime | None = None,
) -> Incident:
    """The same without asking who tells it: a resident has no account."""
    when = at or timezone.now()
    if happened_at > when:
        raise Refusal(_("This moment lies ahead."), field="happened_at", code="ahead")
    for part in (contractor, shift.contractor if shift else None):
        if part is not None and part.sheet_id != sheet.pk:
            raise Refusal(_("This stands on another sheet."), code="other-sheet")
    row = Incident(
        sheet=sheet, contractor=contractor, shift=shift, kind=IncidentKind(kind), happened_at=happened_at,
        what=said(what, "what", _("Say what happened."), most=500), reported_at=when, late=when - happened_at > WITHIN,
        by_resident=by_resident, is_demo=is_demo,
    )  # fmt: skip
    with transaction.atomic():
        row.save(force_insert=True)
        late = _("later than 24 hours") if row.late else ""
        facts = {"kind": row.get_kind_display(), "late": str(late)}
        record("ordering.incident.report", row, actor=actor, facts=facts, at=when)
        _tell(row, actor, when)
    return row


def _tell(row: Incident, actor: Actor | None, at: datetime) -> None:
    """Selling is told to the street; anything else to the community and the street. No name stands in it."""
    place = row.sheet.street if row.kind == IncidentKind.SELLING else row.sheet.place
    roles = STREET if row.kind == IncidentKind.SELLING else KEEPERS
    words = {"number": row.sheet.number, "kind": row.get_kind_display()}
    text = in_chinese(TOLD) % words
    notify(list(holders(roles, place)), kind="ordering.incident", text=text, actor=actor, ref=ref_of(row), at=at)


def answer_incident(
    row: Incident, *, upheld: bool, answer: str, actor: Actor | None, at: datetime | None = None
) -> None:
    """What was done about it, and whether it was so. Selling is answered by the street alone. Conflict twice."""
    require(answers_selling if row.kind == IncidentKind.SELLING else keeps_menu, actor, row)
    when, text = at or timezone.now(), said(answer, "answer", _("Say what was done."), most=500)
    with transaction.atomic():
        waiting = Incident.objects.filter(pk=row.pk, answered_at__isnull=True)
        if not waiting.update(answer=text, upheld=upheld, answered_at=when):
            raise Conflict(_("This was answered already."), code="answered")
        facts = {"upheld": str(_("found to be so") if upheld else _("not upheld")), "answer": text}
        record("ordering.incident.answer", row, actor=actor, facts=facts, at=when)
    row.refresh_from_db()
