"""Reads of handovers: who sees them, and the open work a slip is about."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import override

from linli.apps.people.models import Handover, HandoverState, Post, User
from linli.apps.people.permissions import STAFF_KEEPERS
from linli.kernel.contributions import Task, TaskSource, contributions
from linli.kernel.scope import Actor, Role


def handovers_visible_to(actor: Actor | None, rows: QuerySet[Handover] | None = None) -> QuerySet[Handover]:
    """Those in which one hands over, takes over or witnesses, and those of the posts one looks after."""
    rows = Handover.objects.all() if rows is None else rows
    if actor is None:
        return rows.none()
    reach = actor.reach(*STAFF_KEEPERS)
    there = Q(post__place__in=reach.places) | Q(post__organization__in=reach.organizations)
    mine = Q(giver=actor.actor_id) | Q(taker=actor.actor_id) | Q(witness=actor.actor_id)
    return rows.filter(there | mine)


def acting_in(post: Post) -> User:
    """The holder of ``post`` as an actor who holds this post alone: what he is asked to do there, and nothing else."""
    holder = User.objects.get(pk=post.user_id)
    holder.__dict__["posts_in_force"] = [post]
    return holder


def open_work(post: Post) -> list[tuple[TaskSource, list[Task]]]:
    """What waits for the holder of ``post`` in that post, source by source; told in the house's own language."""
    holder = acting_in(post)
    with override(settings.LANGUAGE_CODE):
        found = [(source, _work(source, holder)) for source in contributions(TaskSource)]
        return [(source, _told_now(tasks)) for source, tasks in found if tasks]


def _work(source: TaskSource, holder: User) -> list[Task]:
    """What the source finds, without the slips themselves: signing one is nobody else's to do."""
    return [task for task in source.find(holder) if task.ref.kind != "people.handover"]


def _told_now(tasks: Iterable[Task]) -> list[Task]:
    return [
        Task(task.ref, str(task.title), task.address, str(task.verb), task.due, str(task.why), quiet=task.quiet)
        for task in tasks
    ]


def waiting_slips(actor: Actor) -> QuerySet[Handover]:
    """Slips whose next signature is this actor's: the taker's, the witness', then the giver's; the oldest first."""
    mine = actor.actor_id
    next_ = (
        Q(state=HandoverState.DRAFTED, taker=mine)
        | Q(state=HandoverState.CONFIRMED, witness=mine)
        | Q(state=HandoverState.WITNESSED, giver=mine, moves_post=False)
    )
    if Role.SYSTEM_ADMINISTRATOR in actor.roles():
        reach = actor.reach(Role.SYSTEM_ADMINISTRATOR)
        there = Q(post__place__in=reach.places) | Q(post__organization__in=reach.organizations)
        next_ |= there & Q(state=HandoverState.WITNESSED, moves_post=True)
    return Handover.objects.filter(next_).order_by("drawn_up_at", "id")
