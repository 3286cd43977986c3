"""A month begins: evidence, leave, the draft the records fill, the marks of several raters."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from linli.apps.incubation.models import (
    EvidenceKind,
    MonthEvidence,
    MonthLeave,
    MonthMark,
    MonthSheet,
    MonthSource,
    RaterMark,
    SheetState,
)
from linli.apps.incubation.permissions import SPEAKERS, keeps_months, rates
from linli.apps.incubation.queries import joined_on, read_month
from linli.apps.incubation.queries.course import stay_on
from linli.apps.incubation.rubric import SHEET, VERSION, combined, month_of, next_month, proposals, total_of
from linli.apps.incubation.services.exiting import reconsider
from linli.apps.incubation.services.keeping import month_word, require, said
from linli.apps.organizations.models import Organization
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor, Anchor

WRITTEN = "zh-hans"
CRITERIA = {one.code: one for one in SHEET}


def require_member(organization: Organization, month: date) -> None:
    """Refuse a month the organization was not in the center for, from its first day. Raises Refusal."""
    if stay_on(organization, month) is not None:
        return
    joined = joined_on(organization)
    if joined is not None and joined > month:
        sentence = _("%(name)s joined the center on %(day)s. Its first month is the one after.")
        raise Refusal(sentence % {"name": organization, "day": joined.isoformat()}, field="month")
    raise Refusal(_("%(name)s has no place in the center in this month.") % {"name": organization}, field="month")


def give_evidence(
    organization: Organization,
    *,
    month: date,
    kind: str,
    on: date,
    note: str,
    actor: Actor | None,
    count: int = 1,
    planned: int = 0,
    at: datetime | None = None,
) -> MonthEvidence:
    """Enter what shows how the month went. Plan, summary and shifts once a month; Conflict the second time."""
    require(rates, actor, organization)
    if on > timezone.localdate(at):
        raise Refusal(_("This day lies ahead. Enter it once it has come."), field="on")
    row = MonthEvidence(
        organization=organization, month=month_of(month), kind=EvidenceKind(kind), on=on, count=count, planned=planned,
        note=said(note, "note", _("Say what shows it."))[:200],
    )  # fmt: skip
    if row.kind == EvidenceKind.DESK and not 0 <= count <= planned:
        raise Refusal(_("Attended shifts are at most the planned ones."), field="count")
    with transaction.atomic():
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            raise Conflict(_("This was entered for the month already.")) from None
        facts = {"month": month_word(row.month), "evidence": EvidenceKind(kind).label, "day": on}
        record("incubation.evidence.give", organization, actor=actor, facts=facts, at=at)
        sheet = MonthSheet.objects.filter(organization=organization, month=row.month, state=SheetState.DRAFTED).first()
        if sheet is not None:
            _fill(sheet)
    return row


def approve_leave(
    organization: Organization, *, month: date, reason: str, actor: Actor | None, at: datetime | None = None
) -> MonthLeave:
    """Leave for one month: it does not count. Conflict where a sheet was shown already or leave was given."""
    require(keeps_months, actor, organization)
    when, first = at or timezone.now(), month_of(month)
    require_member(organization, first)
    why = said(reason, "reason", _("Say why."))[:200]
    with transaction.atomic():
        sheets = MonthSheet.objects.filter(organization=organization, month=first)
        if sheets.exclude(state=SheetState.DRAFTED).exists():
            raise Conflict(_("The sheet of this month was shown already. Leave is approved before."))
        sheets.delete()
        row, made = MonthLeave.objects.get_or_create(
            organization=organization, month=first, defaults={"reason": why, "approved_at": when}
        )
        if not made:
            raise Conflict(_("Leave was approved for this month already."))
        facts = {"month": month_word(first), "reason": why}
        record("incubation.leave.approve", organization, actor=actor, facts=facts, at=at)
        reconsider(organization, actor=None, at=when)
    return row


def draft_sheet(
    organization: Organization, *, month: date, actor: Actor | None, at: datetime | None = None
) -> MonthSheet:
    """The sheet of a month, filled from the records. Refuses a month before it joined or of leave; Conflict twice."""
    require(keeps_months, actor, organization)
    when, first = at or timezone.now(), month_of(month)
    if first > timezone.localdate(when):
        raise Refusal(_("This month lies ahead."), field="month")
    require_member(organization, first)
    if MonthLeave.objects.filter(organization=organization, month=first).exists():
        raise Refusal(_("Leave was approved for this month: it is not scored."), field="month")
    street = organization.place.street_id
    if street is None:
        raise Refusal(_("The organization has its seat in no street."), field="organization")
    sheet = MonthSheet(organization=organization, street_id=street, month=first, rubric=VERSION, drafted_at=when)
    with transaction.atomic():
        try:
            with transaction.atomic():
                sheet.save(force_insert=True)
        except IntegrityError:
            raise Conflict(_("This month has its sheet already. A month is scored once.")) from None
        MonthMark.objects.bulk_create(
            [MonthMark(sheet=sheet, number=number, code=one.code, top=one.top) for number, one in enumerate(SHEET, 1)]
        )
        _fill(sheet)
        record("incubation.sheet.draft", sheet, actor=actor, facts={"month": month_word(first)}, at=at)
    return sheet


def pull_evidence(sheet: MonthSheet, *, actor: Actor | None, at: datetime | None = None) -> None:
    """Read the records again into a draft. Conflict once it was shown."""
    require(keeps_months, actor, sheet)
    _require_draft(sheet)
    with transaction.atomic():
        _fill(sheet)
        record("incubation.sheet.pull", sheet, actor=actor, at=at)


def _require_draft(sheet: MonthSheet) -> None:
    if sheet.state != SheetState.DRAFTED:
        raise Conflict(_("The draft was shown already. Take it back first, or correct a mark with its reason."))


def _fill(sheet: MonthSheet) -> None:
    """Write what the records propose, and the marks and total that follow."""
    read = read_month(sheet.organization, sheet.month)
    with override(WRITTEN):  # the sheet is a paper: its words do not depend on who reads the records
        found = {one.criterion.code: one for one in proposals(read.facts)}
    rows = list(sheet.marks.prefetch_related("raters"))
    for row in rows:
        row.proposed, row.why = found[row.code].mark, found[row.code].why[:200]
        row.mark = combined(row.proposed, [one.value for one in row.raters.all()])
    MonthMark.objects.bulk_update(rows, ["proposed", "why", "mark"])
    _keep_sources(rows, read.sources)
    write_total(sheet, {row.code: row.mark for row in rows})


def _keep_sources(rows: Sequence[MonthMark], sources: Mapping[str, Sequence[MonthSource]]) -> None:
    """The records behind each mark stay with the draft, as they were read."""
    MonthSource.objects.filter(mark__in=rows).delete()
    kept = []
    for row in rows:
        for one in sources.get(row.code, ()):
            one.mark = row
            kept.append(one)
    MonthSource.objects.bulk_create(kept)


def write_total(sheet: MonthSheet, marks: Mapping[str, Decimal | None]) -> None:
    """The total of the sheet, None while a mark is missing."""
    given = {code: mark for code, mark in marks.items() if mark is not None}
    sheet.total = total_of(given) if len(given) == len(SHEET) else None
    MonthSheet.objects.filter(pk=sheet.pk).update(total=sheet.total)


def rate(
    sheet: MonthSheet,
    *,
    marks: Mapping[str, tuple[Decimal, str]],
    actor: Actor,
    at: datetime | None = None,
) -> None:
    """One rater's marks by criterion, each with a reason; given again they replace the rater's own. The mean counts.

    Refuses marks beyond the top or finer than 0.01, a mark that leaves the records without a reason, and whoever
    speaks for the organization.
    """
    require(rates, actor, sheet)
    if Anchor(organization=sheet.organization_id) in actor.holds_at(
        frozenset(SPEAKERS), [Anchor(organization=sheet.organization_id)]
    ):
        raise NotAllowed(_("Whoever speaks for an organization does not rate it."))
    _require_draft(sheet)
    rows = {row.code: row for row in sheet.marks.all()}
    given = [_rated(rows, code, value, reason, actor) for code, (value, reason) in marks.items()]
    with transaction.atomic():
        # the sheet's row is touched first, so that nobody shows it meanwhile
        if not MonthSheet.objects.filter(pk=sheet.pk, state=SheetState.DRAFTED).update(total=sheet.total):
            raise Conflict(_("The draft was shown already. Take it back first, or correct a mark with its reason."))
        for one in given:
            RaterMark.objects.update_or_create(
                mark=one.mark, rater=one.rater, defaults={"value": one.value, "reason": one.reason}
            )
        _fill(sheet)
        names = "、".join(CRITERIA[code].title for code in marks)
        record("incubation.sheet.rate", sheet, actor=actor, facts={"criteria": names}, at=at)


def _rated(rows: Mapping[str, MonthMark], code: str, value: Decimal, reason: str, actor: Actor) -> RaterMark:
    row = rows[code]
    check_mark(code, value)
    why = reason.strip()[:200]
    if row.proposed is not None and value != row.proposed and not why:
        sentence = _("“%(title)s”: say why it differs from the records.")
        raise Refusal(sentence % {"title": CRITERIA[code].title}, field=code)
    return RaterMark(mark=row, rater=actor.actor_id, value=value, reason=why)


def check_mark(code: str, value: Decimal) -> None:
    """Refuse a mark outside its criterion's range or finer than 0.01."""
    top = CRITERIA[code].top
    if not 0 <= value <= top or value != round(value, 2):
        words = {"title": CRITERIA[code].title, "top": f"{top.normalize():f}"}
        raise Refusal(_("“%(title)s” is marked from 0 to %(top)s, two places at most.") % words, field=code)


def is_over(month: date, at: datetime) -> bool:
    """Whether the month has ended."""
    return timezone.localdate(at) >= next_month(month)
