"""Verbs of whistles: draft, approve, refuse, check in, answer, note a step, settle, call again, rate, close."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.apps.needs.lifecycle.whistle import WHISTLES
from linli.apps.needs.models import Need
from linli.apps.needs.models.whistle import (
    CallPart,
    Whistle,
    WhistleCall,
    WhistleKind,
    WhistleMark,
    WhistleState,
    WhistleStep,
)
from linli.apps.needs.permissions import UNITS, answers_calls, drafts_whistles, keeps_whistles
from linli.apps.needs.queries.wall import is_visible
from linli.apps.needs.services.keeping import moment, require, said, who
from linli.apps.organizations.models import Organization, OrganizationKind
from linli.apps.people.models import Post, User
from linli.apps.places.models import Place
from linli.kernel.errors import Conflict, Missing, Refusal
from linli.kernel.events import record
from linli.kernel.notices import notify
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor
from linli.kernel.settings import value_of

MOST_DEPARTMENTS = 12
CALLABLE = (
    OrganizationKind.DEPARTMENT, OrganizationKind.ENTERPRISE, OrganizationKind.PROPERTY_COMPANY,
    OrganizationKind.MEMBER_UNIT, OrganizationKind.SCHOOL,
)  # fmt: skip
"""Who can be called: offices, and the enterprises a matter needs (property, parking, water)."""


@dataclass(frozen=True)
class Called:
    """A department to call, and whether it leads."""

    department: Organization
    leads: bool = False


def draft_whistle(
    *, place: Place, kind: str, title: str, matter: str, point: str, departments: Sequence[Called], actor: Actor | None,
    need: Need | None = None, at: datetime | None = None, is_demo: bool = False,
) -> Whistle:  # fmt: skip
    """Write a whistle for the leader. What the resident said stays with the need; its contact goes nowhere.

    Raises NotAllowed, Missing behind the wall, Refusal for empty words, no leading department, or a need that is
    walled or sensitive.
    """
    when = moment(at)
    street = place.street or place
    row = Whistle(street=street, place=place, need=need, kind=WhistleKind(kind), drafted_at=when, is_demo=is_demo)
    row.drafted_by = who(actor)
    require(drafts_whistles, actor, row)
    _open_enough(need, actor)
    row.title = said(title, "title", _("Say what the matter is."), most=120)
    row.matter = said(matter, "matter", _("Say what it is about."), most=2000)
    row.point = said(point, "point", _("Say where exactly the departments shall come."), most=120)
    _check(departments)
    with transaction.atomic():
        row.year, row.serial = when.year, _next_serial(street, when.year)
        row.save(force_insert=True)
        WhistleCall.objects.bulk_create(
            WhistleCall(
                whistle=row, organization=one.department, part=CallPart.LEADS if one.leads else CallPart.ASSISTS
            )
            for one in departments
        )
        names = "、".join(one.department.name for one in departments)
        record("needs.whistle.draft", row, actor=actor, facts={"title": row.title, "departments": names}, at=when)
    return row


def _next_serial(street: Place, year: int) -> int:
    """One after the last of the street's year; the unique number settles who was first."""
    Place.objects.select_for_update().filter(pk=street.pk).first()
    last = Whistle.objects.filter(street=street, year=year).aggregate(last=Max("serial"))["last"]
    return (last or 0) + 1


def _open_enough(need: Need | None, actor: Actor | None) -> None:
    if need is None:
        return
    if not is_visible(need, actor):
        raise Missing(_("This need does not exist, or is not open to you."))
    if need.about_kind or need.sensitivity:
        raise Refusal(_("No whistle is blown for a complaint about somebody or a sensitive matter."), code="walled")


def _check(departments: Sequence[Called]) -> None:
    if sum(one.leads for one in departments) != 1:
        raise Refusal(_("Name the one department that leads."), field="lead")
    keys = [one.department.pk for one in departments]
    if len(keys) != len(set(keys)):
        raise Refusal(_("A department is called once: it leads or it assists."), field="assists")
    if len(keys) > MOST_DEPARTMENTS:
        most = {"most": MOST_DEPARTMENTS}
        raise Refusal(_("At most %(most)d departments are called to one matter.") % most, field="assists")
    for one in departments:
        if one.department.kind not in CALLABLE:
            name = {"name": one.department.name}
            raise Refusal(
                _("%(name)s is no department; a whistle calls offices and enterprises.") % name, field="assists"
            )


def approve_whistle(
    whistle: Whistle, *, actor: Actor | None, instruction: str = "", at: datetime | None = None
) -> None:  # fmt: skip
    """The leader approves: every department is told and its clock runs from now."""
    when = moment(at)
    minutes = int(value_of(f"needs.whistle_{whistle.kind}", street=whistle.street_id))
    due = when + timedelta(minutes=minutes)
    calls = list(whistle.calls.select_related("organization"))
    lead = next((one.organization.name for one in calls if one.part == CallPart.LEADS), "")
    names = "、".join(one.organization.name for one in calls)
    facts = {"lead": lead, "departments": names, "minutes": minutes, "actor": who(actor)}
    with transaction.atomic():
        WHISTLES.apply(
            "approve", whistle, actor=actor, facts=facts, at=when, blown_at=when, minutes=minutes,
            instruction=instruction.strip()[:300],
        )  # fmt: skip
        whistle.calls.update(due_at=due)
        for call in calls:
            _tell(whistle, call, actor, when)


def _tell(whistle: Whistle, call: WhistleCall, actor: Actor | None, at: datetime) -> None:
    posts = Post.objects.filter(organization=call.organization_id, role__in=UNITS, ended_on__isnull=True)
    users = User.objects.filter(pk__in=posts.order_by().values("user"), is_active=True)
    words = {"street": whistle.street.name, "number": whistle.number, "point": whistle.point}
    text = _("%(street)s calls your department, whistle %(number)s: please check in at %(point)s.") % words
    notify(users, kind="needs.whistle.call", text=text, actor=actor, ref=ref_of(whistle), at=at)


def refuse_whistle(whistle: Whistle, *, reason: str, actor: Actor | None, at: datetime | None = None) -> None:
    """The leader does not approve; the reason goes back to whoever wrote it."""
    words = reason.strip()[:300]
    WHISTLES.apply("refuse", whistle, actor=actor, facts={"reason": words}, at=moment(at), reason=words)


def _writes_for(call: WhistleCall, actor: Actor | None, *, by_paper: bool) -> None:
    """A department writes for itself; the street writes down what came on paper. Raises NotAllowed, Refusal."""
    if call.whistle.state not in (WhistleState.BLOWN, WhistleState.SETTLED):
        raise Conflict(_("The departments have not been called, or the whistle is closed."))
    require(keeps_whistles if by_paper else answers_calls, actor, call.whistle if by_paper else call)


def check_in(
    call: WhistleCall, *, came: str, actor: Actor | None, by_paper: bool = False, at: datetime | None = None
) -> None:  # fmt: skip
    """A department is at the point. The first time counts; a second one is refused. Raises Conflict, Refusal."""
    when = moment(at)
    _writes_for(call, actor, by_paper=by_paper)
    blown = call.whistle.blown_at
    if blown is not None and not blown <= when <= timezone.now() + timedelta(minutes=5):
        raise Refusal(_("It checked in between the call and now; enter that time."), field="at")
    who_came = said(came, "came", _("Say who came, by post."), most=160)
    rows = WhistleCall.objects.filter(pk=call.pk, checked_in_at__isnull=True)
    with transaction.atomic():
        if not rows.update(checked_in_at=when, came=who_came, by_paper=by_paper):
            raise Conflict(_("This department has checked in already."), code="twice")
        facts = {"department": call.organization.name, "paper": by_paper}
        record("needs.whistle.check_in", call.whistle, actor=actor, facts=facts, at=when)
    call.refresh_from_db()


def answer_call(
    call: WhistleCall, *, text: str, actor: Actor | None, by_paper: bool = False, at: datetime | None = None
) -> None:  # fmt: skip
    """What the department did. It checks in first; a later answer stands in place of the earlier one."""
    when = moment(at)
    _writes_for(call, actor, by_paper=by_paper)
    words = said(text, "text", _("Say what the department did."), most=2000)
    call.refresh_from_db()
    if call.checked_in_at is None:
        raise Refusal(_("The department checks in before it answers."), code="not-there")
    with transaction.atomic():
        WhistleCall.objects.filter(pk=call.pk).update(
            answer=words, answered_at=max(when, call.checked_in_at), by_paper=by_paper or call.by_paper
        )
        facts = {"department": call.organization.name, "answer": words, "paper": by_paper}
        record("needs.whistle.answer_call", call.whistle, actor=actor, facts=facts, at=when)
    call.refresh_from_db()


def note_step(
    whistle: Whistle, *, kind: str, text: str, actor: Actor | None, plan: str = "", at: datetime | None = None
) -> WhistleStep:  # fmt: skip
    """A visit, a meeting or work at the point; ``plan`` stands in place of the earlier plan when it says something."""
    when = moment(at)
    require(keeps_whistles, actor, whistle)
    if whistle.state != WhistleState.BLOWN:
        raise Conflict(_("The departments have not been called, or the whistle is closed."))
    words = said(text, "text", _("Say what happened."), most=2000)
    step = WhistleStep(whistle=whistle, kind=WhistleStep.Kind(kind), at=when, text=words, entered_by=who(actor))
    with transaction.atomic():
        step.save(force_insert=True)
        if plan.strip():
            Whistle.objects.filter(pk=whistle.pk).update(plan=plan.strip()[:2000])
        facts: dict[str, Any] = {"step": step.get_kind_display(), "text": words}
        record("needs.whistle.note_step", whistle, actor=actor, facts=facts, at=when)
    whistle.refresh_from_db()
    return step


def settle_whistle(whistle: Whistle, *, result: str, actor: Actor | None, at: datetime | None = None) -> None:
    """Every department answered and this is the result. Raises Refusal naming who has not."""
    when, words = moment(at), result.strip()[:2000]
    waiting = whistle.calls.filter(answered_at__isnull=True).select_related("organization")
    facts = {"waiting": "、".join(one.organization.name for one in waiting), "result": words}
    WHISTLES.apply("settle", whistle, actor=actor, facts=facts, at=when, result=words, settled_at=when)


def call_again(whistle: Whistle, *, reason: str, actor: Actor | None, at: datetime | None = None) -> None:
    """It came back: the departments are told again, their answers are asked anew."""
    when, words = moment(at), reason.strip()[:300]
    with transaction.atomic():
        WHISTLES.apply(
            "call_again", whistle, actor=actor, facts={"reason": words}, at=when, reason=words, settled_at=None
        )
        whistle.calls.update(answered_at=None)
        for call in whistle.calls.select_related("organization"):
            _tell(whistle, call, actor, when)


def rate_call(
    call: WhistleCall, *, side: str, prompt: bool, helpful: bool, actor: Actor | None, note: str = "",
    at: datetime | None = None,
) -> WhistleMark:  # fmt: skip
    """One side says how it found the other, once, after the result. Raises NotAllowed, Conflict."""
    when, chosen = moment(at), WhistleMark.Side(side)
    from_street = chosen == WhistleMark.Side.STREET
    require(keeps_whistles if from_street else answers_calls, actor, call.whistle if from_street else call)
    if call.whistle.state != WhistleState.SETTLED:
        raise Conflict(_("Both sides rate once the result is recorded, until the whistle is closed."))
    with transaction.atomic():
        row, new = WhistleMark.objects.get_or_create(
            call=call, side=chosen,
            defaults={"prompt": prompt, "helpful": helpful, "note": note.strip()[:300], "at": when},
        )  # fmt: skip
        if not new:
            raise Conflict(_("This side has rated already."), code="twice")
        facts = {"department": call.organization.name, "side": row.get_side_display()}
        record("needs.whistle.rate_call", call.whistle, actor=actor, facts=facts, at=when)
    return row


def close_whistle(whistle: Whistle, *, actor: Actor | None, at: datetime | None = None) -> None:
    """Closed; it stays in the monthly list."""
    WHISTLES.apply("close", whistle, actor=actor, at=moment(at))
