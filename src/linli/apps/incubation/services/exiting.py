"""What follows from settled months: warnings, the proposal of an exit; and the person who hears, decides, answers."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.incubation.lifecycle import EXITS
from linli.apps.incubation.models import CASE_OVER, ExitCase, ExitState, MonthSheet, MonthWarning
from linli.apps.incubation.permissions import speaks
from linli.apps.incubation.queries import STAY, course, stands
from linli.apps.incubation.queries.course import NEEDED, stay_on
from linli.apps.incubation.rubric import Course, Taken
from linli.apps.incubation.services.giving import bar_claims
from linli.apps.incubation.services.keeping import day_of, last_moment, month_word, require, said, tell
from linli.apps.organizations.models import Organization
from linli.apps.organizations.services import end_standing, give_standing
from linli.kernel.audit import in_chinese
from linli.kernel.errors import Conflict
from linli.kernel.events import record
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor
from linli.kernel.settings import value_of

WARNINGS = 2
LEFT = "退出"


def reconsider(organization: Organization, *, actor: Actor | None, at: datetime | None = None) -> Course:
    """Hold warnings and the open case against the settled months: what lost its basis falls, what follows is made."""
    when = at or timezone.now()
    found = course(organization, at=when)
    with transaction.atomic():
        _withdraw(organization, found, when)
        for number, month in enumerate(found.months[:WARNINGS], 1):
            _warn(organization, month, number, when)
        _drop_without_basis(organization, found, when)
        if len(found.months) >= NEEDED:
            _propose(organization, found, when)
    return found


def _withdraw(organization: Organization, found: Course, when: datetime) -> None:
    right = {step.month: step.row for step in found.steps if step.taken == Taken.BELOW}
    rows = MonthWarning.objects.filter(sheet__organization=organization, withdrawn_at__isnull=True)
    for row in rows.select_related("sheet__organization"):
        if right.get(row.sheet.month) != row.number:
            MonthWarning.objects.filter(pk=row.pk).update(withdrawn_at=when)
            facts = {"month": month_word(row.sheet.month), "n": row.number}
            record("incubation.warning.withdraw", row.sheet, actor=None, facts=facts, at=when)
            sentence = _("The warning for %(month)s is withdrawn: the months no longer bear it.")
            tell(organization, row.sheet, sentence, facts, actor=None, at=when)


def _warn(organization: Organization, month: date, number: int, when: datetime) -> None:
    sheet = MonthSheet.objects.get(organization=organization, month=month)
    until = last_moment("incubation.hearing_days", sheet.street_id, when)
    _row, made = MonthWarning.objects.get_or_create(
        sheet=sheet, withdrawn_at=None, defaults={"number": number, "given_at": when, "heard_until": until}
    )
    if not made:
        return
    facts = {"month": month_word(month), "n": number, "total": sheet.total, "day": day_of(until), "line": sheet.line}
    record("incubation.warning.give", sheet, actor=None, facts=facts, at=when)
    sentence = _(
        "Warning %(n)d: %(month)s has %(total)s points, below %(line)s. Three months in a row lead to the exit. "
        "You are heard until %(day)s."
    )
    tell(organization, sheet, sentence, facts, actor=None, at=when)


def _drop_without_basis(organization: Organization, found: Course, when: datetime) -> None:
    for case in ExitCase.objects.filter(organization=organization).exclude(state__in=CASE_OVER):
        if not stands(case, found):
            why = in_chinese(_("After a correction the months no longer give three in a row."))
            EXITS.apply("drop", case, actor=None, facts={"reason": why}, at=when, reason=case.reason or why)
            sentence = _("The case of the exit falls: the months no longer bear it.")
            tell(organization, case, sentence, {}, actor=None, at=when)


def _propose(organization: Organization, found: Course, when: datetime) -> None:
    """One open case an organization; months a person let fall once are not brought again."""
    cases = ExitCase.objects.filter(organization=organization)
    if cases.exclude(state__in=CASE_OVER).exists() or cases.filter(last_month__gte=found.months[-1]).exists():
        return
    street = organization.place.street
    assert street is not None  # a sheet is drafted in a street alone
    line = value_of("incubation.exit_line", street=street.pk, at=when)
    case = ExitCase.objects.create(
        organization=organization, street=street, first_month=found.months[-NEEDED], last_month=found.months[-1],
        line=line, proposed_at=when,
    )  # fmt: skip
    facts = {"months": "、".join(month_word(one) for one in found.months[-NEEDED:]), "line": line}
    record("incubation.exit.propose", case, actor=None, facts=facts, at=when)


def hear_warning(warning: MonthWarning, *, text: str, actor: Actor | None, at: datetime | None = None) -> None:
    """What the organization says to a warning. Conflict where it spoke already or the warning was withdrawn."""
    require(speaks, actor, warning)
    when = at or timezone.now()
    words = said(text, "text", _("Write what you have to say."))[:1000]
    rows = MonthWarning.objects.filter(pk=warning.pk, heard_at__isnull=True, withdrawn_at__isnull=True)
    with transaction.atomic():
        if not rows.update(heard=words, heard_at=when):
            raise Conflict(_("This warning was heard or withdrawn already."))
        facts = {"month": month_word(warning.sheet.month)}
        record("incubation.warning.hear", warning.sheet, actor=actor, facts=facts, at=at)


def tell_exit(case: ExitCase, *, actor: Actor | None, at: datetime | None = None) -> None:
    """A person tells the organization what is proposed and until when it is heard."""
    when = at or timezone.now()
    until = last_moment("incubation.hearing_days", case.street_id, when)
    facts = {"stands": stands(case, course(case.organization, at=when)), "until": day_of(until)}
    with transaction.atomic():
        EXITS.apply("tell", case, actor=actor, facts=facts, at=when, told_at=when, heard_until=until)
        sentence = _(
            "Your exit from the center is proposed: three months in a row below %(line)s. You are heard until %(day)s."
        )
        tell(case.organization, case, sentence, {"line": case.line, "day": day_of(until)}, actor=actor, at=when)


def hear_case(case: ExitCase, *, text: str, actor: Actor | None, at: datetime | None = None) -> None:
    """What the organization says before it is decided. Conflict at another time."""
    require(speaks, actor, case)
    when = at or timezone.now()
    words = said(text, "text", _("Write what you have to say."))[:2000]
    with transaction.atomic():
        if not ExitCase.objects.filter(pk=case.pk, state=ExitState.TOLD).update(heard=words, heard_at=when):
            raise Conflict(_("It is heard after it was told and before it is decided."))
        case.refresh_from_db()
        record("incubation.exit.hear", case, actor=actor, at=at)


def decide_exit(case: ExitCase, *, reason: str, actor: Actor, at: datetime | None = None) -> None:
    """A person decides that it leaves, after it was heard about both warnings and the proposal."""
    when = at or timezone.now()
    until = last_moment("incubation.appeal_days", case.street_id, when)
    facts = {
        "stands": stands(case, course(case.organization, at=when)),
        "unwarned": _unwarned(case, when),
        "heard": case.heard_at is not None or (case.heard_until is not None and when > case.heard_until),
        "reason": reason.strip(),
        "until": day_of(case.heard_until),
    }
    with transaction.atomic():
        EXITS.apply(
            "decide", case, actor=actor, facts=facts, at=when, reason=reason.strip()[:1000], decided_at=when,
            decided_by=actor.actor_id, appeal_until=until,
        )  # fmt: skip
        sentence = _("The exit from the center is decided: %(reason)s You may appeal until %(day)s.")
        words = {"reason": reason.strip(), "day": day_of(until)}
        tell(case.organization, case, sentence, words, actor=actor, at=when)


def _unwarned(case: ExitCase, when: datetime) -> str:
    """The months of the row whose warning is missing or still to be heard, as words."""
    steps = [step for step in course(case.organization, at=when).steps if step.month <= case.last_month]
    row = [step for step in steps if step.taken == Taken.BELOW and step.row <= WARNINGS][-WARNINGS:]
    given = MonthWarning.objects.filter(sheet__organization=case.organization, withdrawn_at__isnull=True)
    heard = {one.sheet.month for one in given.select_related("sheet") if one.heard_at or when > one.heard_until}
    return "、".join(month_word(step.month) for step in row if step.month not in heard)


def drop_exit(case: ExitCase, *, reason: str, actor: Actor | None, at: datetime | None = None) -> None:
    """A person lets the organization stay, with a reason."""
    when, words = at or timezone.now(), reason.strip()[:1000]
    with transaction.atomic():
        EXITS.apply("drop", case, actor=actor, facts={"reason": words}, at=when, reason=words)
        sentence = _("Your organization stays in the center: %(reason)s")
        tell(case.organization, case, sentence, {"reason": words}, actor=actor, at=when)


def appeal(case: ExitCase, *, text: str, actor: Actor | None, at: datetime | None = None) -> None:
    """The organization appeals. Refuses it after the last day."""
    when = at or timezone.now()
    words = said(text, "text", _("Write what you have to say."))[:2000]
    facts = {
        "in_time": case.appeal_until is not None and when <= case.appeal_until, "until": day_of(case.appeal_until),
    }  # fmt: skip
    EXITS.apply("appeal", case, actor=actor, facts=facts, at=when, appeal=words, appealed_at=when)


def answer_appeal(case: ExitCase, *, upheld: bool, answer: str, actor: Actor, at: datetime | None = None) -> None:
    """Upheld, it stays; else the exit is confirmed."""
    when, words = at or timezone.now(), answer.strip()[:1000]
    with transaction.atomic():
        EXITS.apply(
            "uphold_appeal" if upheld else "reject_appeal", case, actor=actor, facts={"answer": words}, at=when,
            answer=words, answered_at=when,
        )  # fmt: skip
        sentence = _("The appeal was answered: %(answer)s")
        tell(case.organization, case, sentence, {"answer": words}, actor=actor, at=when)


def record_leaving(case: ExitCase, *, on: date, actor: Actor | None, at: datetime | None = None) -> None:
    """It left: its place in the center ends, the standing says so. Contracts under way are not touched."""
    when = at or timezone.now()
    over = case.state == ExitState.CONFIRMED or (case.appeal_until is not None and when > case.appeal_until)
    facts = {
        "stands": stands(case, course(case.organization, at=when)), "over": over, "until": day_of(case.appeal_until),
        "day": on,
    }  # fmt: skip
    source = f"退出决定（{day_of(case.decided_at)}）"
    with transaction.atomic():
        EXITS.apply("leave", case, actor=actor, facts=facts, at=when, left_on=on)
        stay = stay_on(case.organization, on)
        if stay is not None:
            end_standing(stay, on=on, reason=source, actor=actor, at=when)
        give_standing(
            case.organization, kind=STAY, value=LEFT, valid_from=on, source=source, actor=actor,
            source_ref=ref_of(case), at=when,
        )  # fmt: skip
        if value_of("incubation.exit_bars_claims", street=case.street_id, at=when):
            bar_claims(
                case.organization, on=on, reason="退出服务中心", source=source, source_ref=ref_of(case), actor=actor,
                at=when,
            )  # fmt: skip
