"""What rounds put among somebody's open work: proposals to finish, seals to open, views to give, steps to take."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.apps.rounds.models import Proposal, ProposalState, Round
from linli.apps.rounds.permissions import gives_views, opens_seals, sets_up_rounds
from linli.apps.rounds.queries import waiting
from linli.kernel.contributions import Task, TaskSource
from linli.kernel.contributions import contribute as add
from linli.kernel.refs import Ref, ref_of
from linli.kernel.scope import Actor

MOST = 200
HAND_IN, AGAIN = frozenset({"propose"}), frozenset({"propose", "resubmit"})


def find_own(actor: Actor) -> Iterable[Task]:
    """Drafts of a running call, what came back for more, an agency's change to confirm. Two queries."""
    for row in waiting.written_by(actor)[:MOST]:
        task = _own(row)
        if task is not None:
            yield task


def _own(row: Proposal) -> Task | None:
    """The next step of one proposal that is being written; None for a draft whose call is over."""
    now, phases = timezone.now(), list(row.round.phases.all())
    editor = reverse("rounds:edit", args=[row.pk, "basics"])
    if row.confirm_edit:
        page, why = reverse("rounds:proposal", args=[row.pk]), _("The agency changed it and waits for your word")
        return Task(ref_of(row), row.title, page, _("Compare and confirm"), why=why, since=row.changed_at)
    if row.state == ProposalState.RETURNED:
        due = waiting.closing_of(phases, AGAIN, now)
        why = _("Sent back for more: %(reason)s") % {"reason": row.reason}
        return Task(ref_of(row), row.title, editor, _("Change and hand in again"), due=due, why=why)
    if not any(phase.is_open(now) and "propose" in phase.opens for phase in phases):
        return None
    due, why = waiting.closing_of(phases, HAND_IN, now), _("Begun, not handed in yet")
    return Task(ref_of(row), row.title, editor, _("Finish and hand in"), due=due, why=why, since=row.changed_at)


def find_openings(actor: Actor) -> Iterable[Task]:
    """Sealed proposals whose call is over: one begins the opening, somebody else confirms it. Two queries."""
    if not opens_seals(actor, None):
        return
    for row in waiting.sealed_rounds(actor)[:MOST]:
        closed = waiting.call_closed_at(list(row.phases.all()), timezone.now())
        opening = getattr(row, "opening", None)
        if closed is None or (opening is not None and opening.opened_by_id == actor.actor_id):
            continue
        verb, name = (_("Confirm the opening"), "open_seals") if opening else (_("Begin the opening"), "begin_opening")
        why = _("Two people open what lies sealed")
        if opening:
            why = _("%(name)s began the opening; a second person confirms") % {"name": opening.opened_by.name}
        yield Task(
            ref_of(row), row.title, reverse("rounds:change_round", args=[row.pk, name]), verb, why=why, since=closed
        )


def find_checks(actor: Actor) -> Iterable[Task]:
    """Views my office has not given, and checks in which all have spoken; one task a round. Two queries."""
    if not gives_views(actor, None):
        return
    views = sorted(waiting.silent_views(actor)[:MOST], key=lambda row: str(row.check_of.proposal.round_id))
    for _key, rows in groupby(views, key=lambda row: row.check_of.proposal.round_id):
        group = list(rows)
        offices = "、".join(sorted({row.office for row in group}))
        why = _("Waits for the view of %(offices)s") % {"offices": offices}
        yield _of_round([row.check_of for row in group], _("Give the view"), why)
    spoken = sorted(waiting.spoken_checks(actor)[:MOST], key=lambda row: str(row.proposal.round_id))
    for _key, checks in groupby(spoken, key=lambda row: row.proposal.round_id):
        yield _of_round(list(checks), _("Accept or send back"), _("Every office has spoken"))


def _of_round(checks: list[Any], verb: str, why: str) -> Task:
    """One proposal by its title; several by their round and count."""
    proposals = {check.proposal_id: check.proposal for check in checks}
    first, since = checks[0].proposal, min(check.begun_at for check in checks)
    if len(proposals) == 1:
        page = reverse("rounds:desk_proposal", args=[first.pk])
        return Task(ref_of(first), first.title, page, verb, why=why, since=since)
    count = ngettext("%(n)s proposal", "%(n)s proposals", len(proposals)) % {"n": len(proposals)}
    page = f"{reverse('rounds:round', args=[first.round_id])}?state={ProposalState.SUBMITTED}"
    return Task(ref_of(first.round), f"{first.round.title} · {count}", page, verb, why=why, since=since)


def find_plans(actor: Actor) -> Iterable[Task]:
    """Rounds whose plans wait for the decision, while it may be taken. Two queries."""
    if not sets_up_rounds(actor, None):
        return
    rounds: dict[UUID, tuple[Round, list[Any]]] = {}
    for plan in waiting.undecided_plans(actor)[:MOST]:
        rounds.setdefault(plan.round_id, (plan.round, []))[1].append(plan)
    for row, plans in rounds.values():
        now, phases = timezone.now(), list(row.phases.all())
        if not any(phase.is_open(now) and "decide" in phase.opens for phase in phases):
            continue
        due = waiting.closing_of(phases, frozenset({"decide"}), now)
        why = ngettext("%(n)s plan waits for the decision", "%(n)s plans wait for the decision", len(plans))
        page = reverse("rounds:plans", args=[row.pk])
        yield Task(
            ref_of(row),
            row.title,
            page,
            _("Take the decision"),
            due=due,
            why=why % {"n": len(plans)},
            since=plans[0].made_at,
        )


def find_next_steps(actor: Actor) -> Iterable[Task]:
    """What follows a decision: another one where an objection was upheld, else the agreements. One query."""
    if not sets_up_rounds(actor, None):
        return
    groups: dict[tuple[UUID, bool], list[Any]] = {}
    for award in waiting.awards_to_follow(actor)[:MOST]:
        groups.setdefault((award.proposal.round_id, bool(award.contested)), []).append(award)
    for (round_id, contested), awards in groups.items():
        row, page = awards[0].proposal.round, reverse("rounds:decisions", args=[round_id])
        if contested:
            why = _("An objection was upheld: %(objection)s") % {"objection": awards[0].contested}
            yield Task(ref_of(row), row.title, page, _("Decide again"), why=why)
            continue
        why = ngettext("%(n)s award without an agreement", "%(n)s awards without an agreement", len(awards))
        since = awards[0].line.decision.shown_at
        yield Task(ref_of(row), row.title, page, _("Draw up the agreements"), why=why % {"n": len(awards)}, since=since)


def hand_over(giver: UUID, taker: UUID, refs: Sequence[Ref]) -> int:
    """The work belongs to the post, or to the proposers, not to one person: nothing moves."""
    return 0


SOURCES = (
    ("rounds.own", find_own), ("rounds.openings", find_openings), ("rounds.checks", find_checks),
    ("rounds.plans", find_plans), ("rounds.next_steps", find_next_steps),
)  # fmt: skip


def contribute() -> None:
    """Enter every source."""
    for name, find in SOURCES:
        add(TaskSource(name, find, hand_over))
