"""Acceptance: what a contractor delivered in a time, what recipients say of it, what is to be put right until when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.ordering.lifecycle import SHEETS
from linli.apps.ordering.models import Acceptance, AcceptanceResult, Contractor, Defect, SheetState, WorkSheet
from linli.apps.ordering.permissions import keeps_menu
from linli.apps.ordering.queries.delivery import said_of
from linli.apps.ordering.services.keeping import require, said
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor

OVERLAPS = _("%(since)s to %(until)s is accepted already. Begin after it.")


@dataclass(frozen=True)
class Lack:
    """Something to be put right until a day."""

    what: str
    due: date


def accept_delivery(
    contractor: Contractor,
    *,
    since: date,
    until: date,
    delivered: int,
    actor: Actor | None,
    defects: Sequence[Lack] = (),
    remark: str = "",
    is_demo: bool = False,
    at: datetime | None = None,
) -> Acceptance:
    """The community takes over what was delivered from a day to a day; recipients' grades of it are counted.

    With ``defects`` it waits until each is put right. Refuses days ahead or turned round, days accepted already,
    nothing delivered, a defect due before today.
    """
    require(keeps_menu, actor, contractor.sheet)
    today = timezone.localdate(at)
    _require_days(contractor, since, until, today)
    if delivered < 1:
        raise Refusal(_("Say how much was delivered: at least one."), field="delivered")
    lacks = [_lack(one, today) for one in defects]
    voices = said_of(contractor, since, until)
    row = Acceptance(
        sheet=contractor.sheet, contractor=contractor, since=since, until=until, delivered=delivered,
        asked=voices.asked, satisfied=voices.satisfied, accepted_on=today, remark=remark.strip()[:300],
        result=AcceptanceResult.DEFECTS if lacks else AcceptanceResult.ACCEPTED, is_demo=is_demo,
    )  # fmt: skip
    row.number = 1 + (contractor.acceptances.aggregate(last=Max("number"))["last"] or 0)
    with transaction.atomic():
        _inserted(row)
        Defect.objects.bulk_create(Defect(acceptance=row, what=one.what, due=one.due) for one in lacks)
        facts = {
            "since": since, "until": until, "delivered": delivered, "result": row.get_result_display(),
            "asked": row.asked, "satisfied": row.satisfied,
        }  # fmt: skip
        record("ordering.acceptance.accept", row, actor=actor, facts=facts, at=at)
    return row


def _inserted(row: Acceptance) -> None:
    """Of two who accept at the same moment one is first; the other reads what was accepted. Raises Conflict."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Conflict(
            _("Somebody accepted at the same moment. Look at it, then accept the rest."), code="raced"
        ) from None


def _require_days(contractor: Contractor, since: date, until: date, today: date) -> None:
    if until < since:
        raise Refusal(_("The last day lies before the first."), field="until")
    if until > today:
        raise Refusal(_("This day lies ahead."), field="until")
    taken = contractor.acceptances.filter(since__lte=until, until__gte=since).first()
    if taken is not None:
        raise Refusal(OVERLAPS % {"since": taken.since, "until": taken.until}, field="since", code="accepted")


def _lack(one: Lack, today: date) -> Lack:
    if one.due < today:
        raise Refusal(_("Give time to put it right: a day from today on."), field="due")
    return Lack(said(one.what, "defects", _("Say what is to be put right."), most=200), one.due)


def redeliver(row: Defect, *, on: date, actor: Actor | None, at: datetime | None = None) -> None:
    """The community saw that a defect is put right; with the last one all is accepted. Conflict twice."""
    require(keeps_menu, actor, row.acceptance.sheet)
    if on > timezone.localdate(at):
        raise Refusal(_("This day lies ahead."), field="on")
    acceptance = row.acceptance
    if on < acceptance.accepted_on:
        raise Refusal(_("This day lies before the defect was found."), field="on")
    with transaction.atomic():
        if not Defect.objects.filter(pk=row.pk, redelivered_on__isnull=True).update(redelivered_on=on):
            raise Conflict(_("This is put right already."), code="redelivered")
        if not acceptance.defects.filter(redelivered_on__isnull=True).exists():
            whole = Acceptance.objects.filter(pk=acceptance.pk)
            whole.update(result=AcceptanceResult.ACCEPTED, accepted_on=on, version=F("version") + 1)
        record("ordering.acceptance.redeliver", acceptance, actor=actor, facts={"what": row.what, "day": on}, at=at)
    acceptance.refresh_from_db()
    row.redelivered_on = on


def close_delivery(sheet: WorkSheet, *, actor: Actor | None, at: datetime | None = None) -> None:
    """All of it is delivered and accepted: no shifts or acceptances follow.

    Refuses while a contractor has no acceptance, or a defect stands.
    """
    without = sheet.contractors.filter(acceptances__isnull=True).select_related("organization").first()
    if without is not None:
        sentence = _("Nothing is accepted of %(name)s yet.") % {"name": without.organization}
        raise Refusal(sentence, code="not-accepted")
    if sheet.acceptances.filter(result=AcceptanceResult.DEFECTS).exists():
        raise Refusal(_("Defects are not put right yet."), code="defects")
    SHEETS.apply("accept", sheet, actor=actor, at=at)


def settle_paid(sheets: Iterable[WorkSheet], *, at: datetime | None = None) -> int:
    """Accepted sheets whose acceptances are all paid are settled, by the clock; how many."""
    done = 0
    for sheet in sheets:
        waiting = sheet.acceptances.filter(settlement__expenditure__paid_on__isnull=True)
        if sheet.state == SheetState.ACCEPTED and not waiting.exists():
            SHEETS.apply("settle", sheet, actor=None, at=at)
            done += 1
    return done
