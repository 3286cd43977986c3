"""Sub-tasks the reader may see: of needs he sees, or given to where he works; and those that wait for him."""

from django.db.models import Q, QuerySet

from linli.apps.needs.models.assignment import Assignment
from linli.apps.needs.models.subtask import SubTask, SubTaskState
from linli.apps.needs.permissions import HANDLERS, UNITS
from linli.apps.needs.queries.desk import posts_of
from linli.apps.needs.queries.wall import account_of, visible_to
from linli.kernel.scope import Actor

MOST = 100


def sub_tasks_for(actor: Actor | None, rows: QuerySet[SubTask] | None = None) -> QuerySet[SubTask]:
    """Of needs the actor sees; and those his place or unit is asked for, while the need is neither walled nor
    sensitive: whoever is asked reads the words written for him, never the need.
    """
    rows = SubTask.objects.all() if rows is None else rows
    if actor is None:
        return rows.none()
    reach = actor.reach(*HANDLERS, *UNITS)
    asked = Q(place__in=actor.reach(*HANDLERS).places) | Q(organization__in=reach.organizations)
    plain = Q(need__sensitivity="", need__about_kind="")
    return rows.filter(Q(need__in=visible_to(actor).order_by().values("pk")) | asked & plain)


def joined(rows: QuerySet[SubTask]) -> QuerySet[SubTask]:
    """With who is asked and the need, no query more."""
    return rows.select_related("need__street", "place", "organization")


def sub_tasks_at_work(actor: Actor) -> QuerySet[SubTask]:
    """Those the actor's own place or unit is asked for and has not answered, and answered ones of needs in which he
    or his unit has a part; the next due first. One query.
    """
    places, _none = posts_of(actor, *HANDLERS)
    _none, units = posts_of(actor, *HANDLERS, *UNITS)
    unit = Q(place__in=places) | Q(organization__in=units)
    parts = Assignment.objects.filter(Q(user=account_of(actor).actor_id) | Q(user__isnull=True) & unit)
    mine = parts.filter(until__isnull=True).order_by().values("need")
    waits = Q(state=SubTaskState.OPEN) & unit | Q(state=SubTaskState.ANSWERED, need__in=mine)
    return joined(SubTask.objects.filter(waits, need__sensitivity="", need__about_kind="")).order_by("due")
