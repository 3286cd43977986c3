"""After collection a sheet changes only with a reason and a supervisor; both figures are kept."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.reviews.models import CorrectionState, EntryState, ScoreSheet, SessionState, SheetCorrection
from linli.apps.reviews.models.entry import Entry
from linli.apps.reviews.permissions import counts, is_the_judge, supervises
from linli.apps.reviews.services.collecting import UNCONFIRMED
from linli.apps.reviews.services.keeping import require, require_here, require_state, said, tell, touch
from linli.apps.reviews.services.reckoning import rank, reckon
from linli.apps.reviews.services.sheets import Checked, Said, check
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.scope import Actor


def ask_correction(
    sheet: ScoreSheet, *, given: Said, reason: str, actor: Actor | None, at: datetime | None = None
) -> SheetCorrection:
    """The judge of the sheet (or the counter, for a slip of typing) asks for other marks; nothing changes yet."""
    entry = sheet.entry
    if not (is_the_judge(actor, sheet) or counts(actor, sheet)):
        require(counts, actor, sheet, _("Only the judge of the sheet, or the counter, asks for a correction."))
    require_state(entry.session, SessionState.RUNNING)
    if entry.state not in (EntryState.COLLECTED, EntryState.REVEALED):
        raise Refusal(_("The sheets are not collected yet: simply hand the sheet in again."), code="not-collected")
    reason = said(reason, "reason", _("Say why the marks were wrong."))
    after = check(entry, given)
    try:
        with transaction.atomic():
            row = SheetCorrection.objects.create(
                sheet=sheet,
                before=_kept(Checked(sheet.marks, sheet.total, sheet.opinion, sheet.comment)),
                after=_kept(after),
                total_before=sheet.total,
                total_after=after.total,
                reason=reason,
                asked_by=actor.actor_label if actor else "",
                asked_id=actor.actor_id if actor else None,
                asked_at=at or timezone.now(),
            )
            facts = {"number": entry.number, "reason": reason}
            tell("score_sheet.ask_correction", sheet, session=entry.session, actor=actor, facts=facts, at=at)
            touch(entry.panel)
    except IntegrityError:
        raise Conflict(_("A correction of this sheet waits for the supervisor already.")) from None
    return row


def _kept(checked: Checked) -> dict[str, object]:
    return {"marks": checked.marks, "opinion": checked.opinion, "comment": checked.comment}


def approve_correction(correction: SheetCorrection, *, actor: Actor | None, at: datetime | None = None) -> None:
    """The supervisor agrees: the sheet carries the new marks, score and ranks are reckoned anew; what was confirmed
    but not revealed is to be confirmed again."""
    at = at or timezone.now()
    sheet, entry = correction.sheet, correction.sheet.entry
    require_state(entry.session, SessionState.RUNNING)
    with transaction.atomic():
        _decide(correction, CorrectionState.APPROVED, actor=actor, at=at)
        columns = {**correction.after, "total": correction.total_after, "version": sheet.version + 1, "changed_at": at}
        ScoreSheet.objects.filter(pk=sheet.pk).update(**columns)
        Entry.objects.filter(pk=entry.pk).update(tie_order=None, tie_reason="")
        Entry.objects.filter(pk=entry.pk, state=EntryState.COLLECTED).update(**UNCONFIRMED)
        entry.refresh_from_db()
        sheet.refresh_from_db()
        reckon(entry)
        rank(entry.session, entry.panel)
        touch(entry.panel)


def refuse_correction(correction: SheetCorrection, *, actor: Actor | None, at: datetime | None = None) -> None:
    """The supervisor does not agree: the sheet stands, and so does the request on record."""
    with transaction.atomic():
        _decide(correction, CorrectionState.REFUSED, actor=actor, at=at or timezone.now())
        touch(correction.sheet.entry.panel)


def _decide(correction: SheetCorrection, state: CorrectionState, *, actor: Actor | None, at: datetime) -> None:
    require(supervises, actor, correction, _("Only the supervisor decides on corrections."))
    require_here(correction.sheet.entry.session)
    label = actor.actor_label if actor else ""
    rows = SheetCorrection.objects.filter(pk=correction.pk, state=CorrectionState.ASKED)
    if not rows.update(state=state, decided_by=label, decided_at=at):
        raise Conflict(_("This correction was decided a moment ago."))
    correction.state, correction.decided_by, correction.decided_at = state, label, at
    entry = correction.sheet.entry
    facts = {"number": entry.number, "state": state}
    tell("score_sheet.decide_correction", correction.sheet, session=entry.session, actor=actor, facts=facts, at=at)
