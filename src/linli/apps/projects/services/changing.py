"""Change requests: asked with their band, answered by whom the band names, carried out, filed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.ledger import services as ledger
from linli.apps.ledger.services import Line
from linli.apps.projects.kinds import classes, due_of
from linli.apps.projects.lifecycle import CHANGES
from linli.apps.projects.models import (
    Band,
    ChangedIndicator,
    ChangedLine,
    ChangeRequest,
    Project,
    ProjectIndicator,
)
from linli.apps.projects.permissions import APPROVERS, tends
from linli.apps.projects.rubric import band_of, change_percent, moved_between
from linli.apps.projects.services.keeping import require, require_under_way, said
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor
from linli.kernel.settings import value_of

NOTHING = Decimal(0)


@dataclass(frozen=True)
class ChangeText:
    """What shall change and why: the whole new budget (none: as it is), new targets by indicator, a new last day."""

    reason: str
    resolution: str = ""
    lines: Sequence[Line] = ()
    targets: Mapping[UUID, Decimal] = field(default_factory=dict)
    ends_on: date | None = None


def request_change(
    project: Project, text: ChangeText, *, actor: Actor | None, at: datetime | None = None
) -> ChangeRequest:
    """Ask for a change. Its band follows from the money that moves; a large one needs a resolution of the community.

    Refuses a change of nothing, and less money than was paid; Conflict while another change waits.
    """
    require(tends, actor, project)
    require_under_way(project)
    when = at or timezone.now()
    rows = _lines(project, text.lines)
    targets = _targets(project, text.targets)
    ends = text.ends_on or project.ends_on
    if ends < project.starts_on:
        raise Refusal(_("The last day comes after the first one."), field="ends_on")
    if not any(row.before != row.after for row in rows) and not targets and ends == project.ends_on:
        raise Refusal(_("Nothing changes. Say which line, target or day shall be another one."), field="lines")
    moved = moved_between([row.before for row in rows], [row.after for row in rows])
    percent = change_percent(moved, project.amount)
    row = ChangeRequest(
        project=project, reason=said(text.reason, "reason", _("Say why."))[:600],
        resolution=text.resolution.strip()[:200], amount_before=project.amount,
        amount_after=sum((one.after for one in rows), NOTHING) if rows else project.amount, moved=moved,
        percent=percent, band=_band(project, percent), ends_before=project.ends_on, ends_after=ends, asked_at=when,
        asked_by=actor.actor_id if actor else None,
    )  # fmt: skip
    if row.band == Band.LARGE and not row.resolution:
        sentence = _("%(percent)s %% of the budget moves. Say by which resolution the community agreed.")
        raise Refusal(sentence % {"percent": f"{percent.normalize():f}"}, field="resolution", code="resolution")
    _write(row, rows, targets, actor, when)
    return row


def _band(project: Project, percent: Decimal) -> str:
    small, middle = (
        Decimal(value_of(f"projects.change_{name}", street=project.street_id)) for name in ("small", "middle")
    )
    return band_of(percent, small, middle)


def _lines(project: Project, wanted: Sequence[Line]) -> list[ChangedLine]:
    """Every line before and after, by its item; without new lines none."""
    if not wanted:
        return []
    if project.commitment is None:
        raise Refusal(_("No money is promised for this project. There is no budget to change."), field="lines")
    before = {line.item: line.amount for line in project.commitment.lines.all()}
    after: dict[str, Line] = {}
    for line in wanted:
        item = said(line.item, "lines", _("Name every line of the budget."))[:80]
        if line.amount <= 0 or item in after:
            raise Refusal(_("Each line stands once, with an amount above zero."), field="lines")
        after[item] = line
    items = [*before, *(item for item in after if item not in before)]
    return [
        ChangedLine(
            number=number, item=item, before=before.get(item, NOTHING),
            after=after[item].amount if item in after else NOTHING, basis=after[item].basis if item in after else "",
        )
        for number, item in enumerate(items, start=1)
    ]  # fmt: skip


def _targets(project: Project, wanted: Mapping[UUID, Decimal]) -> list[ChangedIndicator]:
    known = {row.pk: row for row in project.indicators.all()}
    found = []
    for key, after in wanted.items():
        row = known.get(key)
        if row is None:
            raise Refusal(_("This indicator belongs to another project."), field="targets")
        if after == row.target:
            continue
        if after < 0 or after == row.baseline:
            sentence = _("“%(name)s” needs a target that differs from its baseline; neither is below zero.")
            raise Refusal(sentence % {"name": row.name}, field="targets")
        found.append(ChangedIndicator(indicator=row, before=row.target, after=after))
    return found


def _write(
    row: ChangeRequest, lines: list[ChangedLine], targets: list[ChangedIndicator], actor: Actor | None, at: datetime
) -> None:
    """The request with its lines, under the next number of the project."""
    project = row.project
    with transaction.atomic():
        earlier = ChangeRequest.objects.filter(project=project)
        row.number = 1 + (earlier.aggregate(last=Max("number"))["last"] or 0)
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            sentence = _("Another change of this project waits for its answer. Only one is asked at a time.")
            raise Conflict(sentence, code="change-waits") from None
        for line in lines:
            line.change = row
        for target in targets:
            target.change = row
        ChangedLine.objects.bulk_create(lines)
        ChangedIndicator.objects.bulk_create(targets)
        facts = {"number": row.number, "moved": row.moved, "percent": f"{row.percent}%", "reason": row.reason}
        record("projects.change.ask", row, actor=actor, facts=facts, at=at)


def approve_change(change: ChangeRequest, *, actor: Actor | None, answer: str = "", at: datetime | None = None) -> None:
    """Approve a change and carry it out: budget by the ledger, targets, last day and the days not yet reached.

    By whom the band names, never by the one who asked. Refuses whatever the ledger refuses.
    """
    when = at or timezone.now()
    _may_answer(change, actor)
    with transaction.atomic():
        project = Project.objects.select_related("commitment__fund", "street").get(pk=change.project_id)
        require_under_way(project)
        told = {"number": change.number, "percent": f"{change.percent}%", "answer": answer.strip()}
        CHANGES.apply(
            "approve", change, actor=actor, facts=told, at=when, answer=answer.strip()[:300], answered_at=when
        )
        _adjust_money(project, change, actor, when)
        for row in change.targets.select_related("indicator"):
            ProjectIndicator.objects.filter(pk=row.indicator_id).update(target=row.after)
        Project.objects.filter(pk=project.pk).update(
            amount=change.amount_after, ends_on=change.ends_after, version=F("version") + 1
        )
        if change.ends_after != change.ends_before:
            _move_days(project, change.ends_after)


def _may_answer(change: ChangeRequest, actor: Actor | None) -> None:
    if not APPROVERS[change.band](actor, change):
        raise NotAllowed(
            _("A change of %(percent)s %% is answered by: %(who)s.")
            % {"percent": f"{change.percent.normalize():f}", "who": ANSWERED_BY[Band(change.band)]}
        )
    if actor is not None and change.asked_by == actor.actor_id:
        raise NotAllowed(_("Whoever asked for a change does not answer it."), code="own-change")


ANSWERED_BY = {
    Band.SMALL: _("street officer or section head"),
    Band.MIDDLE: _("section head or leader in charge"),
    Band.LARGE: _("leader in charge"),
}


def _adjust_money(project: Project, change: ChangeRequest, actor: Actor | None, at: datetime) -> None:
    lines = [Line(row.item, row.after, row.basis) for row in change.lines.all() if row.after]
    if not lines or project.commitment is None:
        return
    ledger.adjust(
        project.commitment, amount=change.amount_after, grounds=ref_of(change), reason=change.reason[:200],
        lines=lines, actor=actor, at=at,
    )  # fmt: skip


def _move_days(project: Project, ends_on: date) -> None:
    """Milestones of the class not yet reached move with the last day; so do indicators due on it."""
    steps = {step.code: step for step in classes()[project.kind]}
    for row in project.milestones.filter(reached_on__isnull=True, code__in=steps):
        row.due = due_of(steps[row.code], project.starts_on, ends_on)
        row.save(update_fields=["due"])
    project.indicators.filter(due=project.ends_on).update(due=ends_on)


def refuse_change(change: ChangeRequest, *, answer: str, actor: Actor | None, at: datetime | None = None) -> None:
    """Refuse a change with the reason."""
    _may_answer(change, actor)
    why, when = answer.strip(), at or timezone.now()
    CHANGES.apply("refuse", change, actor=actor, facts={"answer": why}, at=when, answer=why[:300], answered_at=when)


def withdraw_change(change: ChangeRequest, *, actor: Actor | None, at: datetime | None = None) -> None:
    """Take a request back before it is answered."""
    CHANGES.apply("withdraw", change, actor=actor, at=at)


def file_change(
    change: ChangeRequest, *, number: str, on: date, actor: Actor | None, at: datetime | None = None
) -> None:
    """Enter under which number an approved change was filed (备案)."""
    known = said(number, "number", _("Give the filing number."))[:60]
    if on > timezone.localdate(at):
        raise Refusal(_("This day lies ahead. Enter it once it has come."), field="on")
    facts = {"number": known, "day": on}
    CHANGES.apply("file", change, actor=actor, facts=facts, at=at, filing_number=known, filed_on=on)
