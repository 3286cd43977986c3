"""A draft is shown, the organization speaks, the points are published, objections answered, the month settled."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.incubation.lifecycle import OBJECTIONS, SHEETS
from linli.apps.incubation.models import (
    MonthCorrection,
    MonthMark,
    MonthObjection,
    MonthSheet,
    ObjectionState,
    SheetState,
)
from linli.apps.incubation.permissions import keeps_months, speaks
from linli.apps.incubation.services.drafting import CRITERIA, check_mark, is_over, write_total
from linli.apps.incubation.services.exiting import reconsider
from linli.apps.incubation.services.keeping import day_of, last_moment, month_word, require, said, tell
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor
from linli.kernel.settings import value_of


def show_sheet(sheet: MonthSheet, *, actor: Actor | None, at: datetime | None = None) -> None:
    """Show the draft to the organization, which has its days to state something. Refuses before the month is over."""
    when = at or timezone.now()
    until = last_moment("incubation.statement_days", sheet.street_id, when)
    unmarked = [CRITERIA[row.code].title for row in sheet.marks.all() if row.mark is None]
    facts = {"over": is_over(sheet.month, when), "unmarked": "、".join(unmarked), "total": sheet.total}
    with transaction.atomic():
        SHEETS.apply("show", sheet, actor=actor, facts=facts, at=when, shown_at=when, statement_until=until)
        words = {"month": month_word(sheet.month), "total": sheet.total, "day": day_of(until)}
        sentence = _("The draft of %(month)s: %(total)s of 10 points. You may state something until %(day)s.")
        tell(sheet.organization, sheet, sentence, words, actor=actor, at=when)


def take_back(sheet: MonthSheet, *, reason: str, actor: Actor | None, at: datetime | None = None) -> None:
    """Rate again, for a reason; what was stated stays on the sheet."""
    SHEETS.apply("take_back", sheet, actor=actor, facts={"reason": reason.strip()}, at=at)


def make_statement(sheet: MonthSheet, *, text: str, actor: Actor | None, at: datetime | None = None) -> None:
    """What the organization says to the draft. Conflict once it is published."""
    require(speaks, actor, sheet)
    when = at or timezone.now()
    words = said(text, "text", _("Write what you have to say."))[:1000]
    with transaction.atomic():
        if not MonthSheet.objects.filter(pk=sheet.pk, state=SheetState.SHOWN).update(statement=words, stated_at=when):
            raise Conflict(_("A statement is made while the draft is shown."))
        sheet.refresh_from_db()
        record("incubation.sheet.state", sheet, actor=actor, at=at)


def publish_sheet(sheet: MonthSheet, *, actor: Actor | None, at: datetime | None = None) -> None:
    """Publish the points; objections are possible from now on. Refuses while the organization may still speak."""
    when = at or timezone.now()
    until = last_moment("incubation.objection_days", sheet.street_id, when)
    heard = sheet.stated_at is not None or (sheet.statement_until is not None and when > sheet.statement_until)
    facts = {"heard": heard, "until": day_of(sheet.statement_until), "total": sheet.total}
    line = value_of("incubation.exit_line", street=sheet.street_id, at=when)
    with transaction.atomic():
        SHEETS.apply(
            "publish", sheet, actor=actor, facts=facts, at=when, published_at=when, objection_until=until, line=line
        )
        words = {"month": month_word(sheet.month), "total": sheet.total, "day": day_of(until)}
        sentence = _("%(month)s: %(total)s of 10 points are published. You may object until %(day)s.")
        tell(sheet.organization, sheet, sentence, words, actor=actor, at=when)


def object_to(sheet: MonthSheet, *, text: str, actor: Actor | None, at: datetime | None = None) -> MonthObjection:
    """The organization objects to its points. Refuses after the last day; Conflict before they are published."""
    require(speaks, actor, sheet)
    when = at or timezone.now()
    words = said(text, "text", _("Write what you object to and why."))[:1000]
    if sheet.state != SheetState.PUBLISHED:
        raise Conflict(_("An objection is made while the points are published and not settled."))
    if sheet.objection_until is not None and when > sheet.objection_until:
        sentence = _("Objections were possible until %(day)s.")
        raise Refusal(sentence % {"day": day_of(sheet.objection_until)}, code="late")
    with transaction.atomic():
        row = MonthObjection.objects.create(sheet=sheet, text=words, made_at=when)
        record("incubation.objection.make", sheet, actor=actor, at=at)
    return row


def answer_objection(
    objection: MonthObjection, *, upheld: bool, answer: str, actor: Actor | None, at: datetime | None = None
) -> None:
    """Answer it in words. Upheld, the mark is corrected beside it (``correct_mark``)."""
    when = at or timezone.now()
    words = answer.strip()[:500]
    with transaction.atomic():
        OBJECTIONS.apply(
            "uphold" if upheld else "reject", objection, actor=actor, facts={"answer": words}, at=when, answer=words,
            answered_at=when,
        )  # fmt: skip
        sentence = _("The objection to %(month)s was answered: %(answer)s")
        told = {"month": month_word(objection.sheet.month), "answer": words}
        tell(objection.sheet.organization, objection.sheet, sentence, told, actor=actor, at=when)


def correct_mark(
    sheet: MonthSheet, *, code: str, mark: Decimal, reason: str, actor: Actor | None, at: datetime | None = None
) -> MonthCorrection:
    """Change a mark of a sheet that was shown: the old one is kept with the reason; what follows is reckoned anew."""
    require(keeps_months, actor, sheet)
    when, why = at or timezone.now(), said(reason, "reason", _("Say why."))[:300]
    if code not in CRITERIA:
        raise Refusal(_("There is no such criterion."), field="code")
    check_mark(code, mark)
    with transaction.atomic():
        # the sheet's row is touched first: two corrections come one after the other
        if not MonthSheet.objects.filter(pk=sheet.pk).exclude(state=SheetState.DRAFTED).update(rubric=sheet.rubric):
            raise Conflict(_("A draft is rated, not corrected."))
        sheet.refresh_from_db()
        row = MonthMark.objects.get(sheet=sheet, code=code)
        before, total = row.mark, sheet.total
        if before is None or total is None or before == mark:
            raise Refusal(_("This is the mark already."), field="mark")
        found = MonthCorrection.objects.create(
            mark=row, before=before, after=mark, total_before=total, reason=why, corrected_at=when
        )
        row.mark = mark
        row.save(update_fields=["mark"])
        write_total(sheet, dict(sheet.marks.values_list("code", "mark")))
        facts = {"criterion": CRITERIA[code].title, "before": before, "after": mark, "total": sheet.total}
        record("incubation.sheet.correct", sheet, actor=actor, facts=facts | {"reason": why}, at=at)
        if sheet.state == SheetState.FINAL:
            reconsider(sheet.organization, actor=None, at=when)
    return found


def settle_sheet(sheet: MonthSheet, *, actor: Actor | None, at: datetime | None = None) -> None:
    """The points stand: warnings and the proposal of an exit follow. Refuses while objections are possible or open."""
    when = at or timezone.now()
    waiting = sheet.objections.filter(state=ObjectionState.OPEN).exists()
    over = sheet.objection_until is not None and when > sheet.objection_until
    facts = {"open": waiting, "over": over, "until": day_of(sheet.objection_until), "total": sheet.total}
    with transaction.atomic():
        SHEETS.apply("settle", sheet, actor=actor, facts=facts, at=when, final_at=when)
        reconsider(sheet.organization, actor=None, at=when)
