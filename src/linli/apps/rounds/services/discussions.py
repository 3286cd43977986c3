"""Entering 四议一承诺: the four discussions and the promise, one step or all of them at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.rounds.models import Discussion, DiscussionStep, Proposal
from linli.apps.rounds.queries.rounds import values_of
from linli.apps.rounds.rubric import Votes
from linli.apps.rounds.services.keeping import said, write_on
from linli.kernel.errors import Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor

COUNTS = ("due", "present", "in_favour", "against", "abstained")


@dataclass(frozen=True)
class Minutes:
    """One step as it is entered: day, people, minutes; votes of the resolution, the term of the promise."""

    step: str
    held_on: date
    people: str
    minutes: str
    votes: Votes | None = None
    promised_by: date | None = None


def record_discussion(
    proposal: Proposal,
    *,
    step: str,
    held_on: date,
    people: str,
    minutes: str,
    actor: Actor | None,
    votes: Votes | None = None,
    promised_by: date | None = None,
    at: datetime | None = None,
) -> Discussion:
    """One step of 四议一承诺, in place of what stood for it. A resolution has votes that carry it, a promise a term."""
    given = Minutes(step, held_on, people, minutes, votes, promised_by)
    return record_discussions(proposal, [given], actor=actor, at=at)[0]


def record_discussions(
    proposal: Proposal, given: Sequence[Minutes], *, actor: Actor | None, at: datetime | None = None
) -> list[Discussion]:
    """Several steps in one go, each in place of what stood for it; all or nothing."""
    rows = [_checked(proposal, one, at) for one in given]
    with transaction.atomic():
        write_on(proposal, seen=None, actor=actor, at=at)
        Discussion.objects.filter(proposal=proposal, step__in=[row.step for row in rows]).delete()
        Discussion.objects.bulk_create(rows)
        facts = {"step": "、".join(row.get_step_display() for row in rows), "day": max(row.held_on for row in rows)}
        record("rounds.proposal.discuss", proposal, actor=actor, facts=facts, at=at)
    proposal.refresh_from_db(fields=["version", "changed_at", "confirm_edit"])
    return rows


def _checked(proposal: Proposal, given: Minutes, at: datetime | None) -> Discussion:
    """The step as a row, not saved yet. Raises Refusal."""
    step = DiscussionStep(given.step)
    if given.held_on > timezone.localdate(at):
        raise Refusal(_("This day lies ahead. Enter it once it has come."), field="held_on")
    people = said(given.people, "people", _("Say who took part."))
    minutes = said(given.minutes, "minutes", _("Write what was said and settled."))
    if (step == DiscussionStep.RESOLUTION) != (given.votes is not None):
        raise Refusal(_("A resolution, and only a resolution, has votes."), field="due")
    if (step == DiscussionStep.PROMISE) != (given.promised_by is not None):
        raise Refusal(_("A promise, and only a promise, says by when."), field="promised_by")
    return Discussion(
        proposal=proposal, step=step, held_on=given.held_on, people=people, minutes=minutes,
        promised_by=given.promised_by, **_counted(proposal, given.votes),
    )  # fmt: skip


def _counted(proposal: Proposal, votes: Votes | None) -> dict[str, int]:
    if votes is None:
        return {}
    quorum = int(values_of(proposal.round)["rounds.quorum"])
    counted = Votes(votes.due, votes.present, votes.in_favour, votes.against, votes.abstained, quorum)
    problem = counted.problem()
    if problem is not None:
        raise Refusal(problem[1], code="votes", field=problem[0])
    return {name: getattr(votes, name) for name in COUNTS}
