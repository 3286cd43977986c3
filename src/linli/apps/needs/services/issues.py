"""Verbs of proactive issues (未诉先办): notice, begin, change, note progress, strike off, drop, take up again."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.apps.needs.lifecycle.issue import ISSUES
from linli.apps.needs.models import Category
from linli.apps.needs.models.proactive import IssueSource, IssueState, ProactiveIssue
from linli.apps.needs.permissions import keeps_issues
from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor

Unit = Place | Organization


def notice_issue(
    *, place: Place, title: str, source: str, street: Place, actor: Actor | None, point: str = "",
    category: Category | None = None, on: date | None = None, is_demo: bool = False, at: datetime | None = None,
) -> ProactiveIssue:  # fmt: skip
    """Put an issue on its street's board. Raises NotAllowed elsewhere, Refusal without words or for a day ahead."""
    day = on or timezone.localdate()
    issue = ProactiveIssue(
        street=street, place=place, title=title.strip()[:120], source=IssueSource(source), point=point.strip()[:120],
        category=category, noticed_on=day, entered_by=actor.actor_id if actor else None, is_demo=is_demo,
    )  # fmt: skip
    if not keeps_issues(actor, issue):
        raise NotAllowed(_("You may only put issues of your own place on the board."))
    if not issue.title:
        raise Refusal(_("Say what the issue is."), field="title")
    if day > timezone.localdate():
        raise Refusal(_("It cannot have been noticed on a day to come."), field="on")
    with transaction.atomic():
        issue.save(force_insert=True)
        record("needs.proactive_issue.notice", issue, actor=actor, facts={"title": issue.title}, at=at)
    return issue


def _plan(
    unit: Unit | None,
    measure: str,
    due: date | None,
) -> tuple[dict[str, Any], dict[str, Any]]:
    facts = {"unit": str(unit) if unit else "", "measure": measure.strip(), "due": due.isoformat() if due else ""}
    columns = {
        "owner_place": unit if isinstance(unit, Place) else None,
        "owner_organization": unit if isinstance(unit, Organization) else None,
        "measure": measure.strip()[:1000],
        "due": due,
    }
    return facts, columns


def begin_issue(
    issue: ProactiveIssue, *, unit: Unit | None, measure: str, due: date | None, actor: Actor | None,
    at: datetime | None = None,
) -> None:  # fmt: skip
    """Say who sees to it, how and by when; then it is under way. Raises what the lifecycle raises."""
    facts, columns = _plan(unit, measure, due)
    ISSUES.apply("begin", issue, actor=actor, facts=facts, at=at, **columns)


def change_issue(
    issue: ProactiveIssue, *, unit: Unit | None, measure: str, due: date | None, actor: Actor | None,
    progress: str = "",
) -> None:  # fmt: skip
    """Change who, how or by when, and how far it is; the older plan stays on record."""
    facts, columns = _plan(unit, measure, due)
    ISSUES.apply("change", issue, actor=actor, facts=facts, progress=progress.strip()[:2000], **columns)


def strike_off(
    issue: ProactiveIssue, *, progress: str, actor: Actor | None, on: date | None = None, at: datetime | None = None
) -> None:
    """What was done; the issue leaves the board (销账). Raises Refusal for a day ahead or before it was noticed."""
    day = on or timezone.localdate()
    if not issue.noticed_on <= day <= timezone.localdate():
        raise Refusal(_("It is struck off on a day between the day it was noticed and today."), field="on")
    said = progress.strip()
    ISSUES.apply(
        "strike_off", issue, actor=actor, facts={"progress": said}, at=at, progress=said[:2000], struck_off_on=day
    )


def drop_issue(issue: ProactiveIssue, *, reason: str, actor: Actor | None) -> None:
    """It is none, or is not ours: it leaves the board with its reason."""
    ISSUES.apply("drop", issue, actor=actor, facts={"reason": reason.strip()}, reason=reason.strip()[:300])


def take_up_again(issue: ProactiveIssue, *, reason: str, due: date | None, actor: Actor | None) -> None:
    """It came again: back on the board with a new day. Raises Refusal without one."""
    if issue.state == IssueState.STRUCK_OFF and due is None:
        raise Refusal(_("Say by which day."), field="due")
    said = reason.strip()
    ISSUES.apply("take_up", issue, actor=actor, facts={"reason": said}, reason=said[:300], due=due, struck_off_on=None)
