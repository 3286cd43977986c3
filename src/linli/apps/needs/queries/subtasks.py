"""Sub-tasks the reader may see: of needs he sees, or given to where he works; and those that wait for him."""

from typing import Any

from django.db.models import Q, QuerySet

from linli.apps.needs.models.subtask import SubTask, SubTaskState
from linli.apps.needs.permissions import HANDLERS, UNITS
from linli.apps.needs.queries.desk import in_tab, posts_of
from linli.apps.needs.queries.wall import visible_to
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


def sub_tasks_to_answer(actor: Actor) -> QuerySet[SubTask]:
    """Those the actor's own place or unit is asked for and has not answered, the next due first."""
    places, _none = posts_of(actor, *HANDLERS)
    _none, units = posts_of(actor, *HANDLERS, *UNITS)
    rows = SubTask.objects.filter(Q(place__in=places) | Q(organization__in=units), state=SubTaskState.OPEN)
    return joined(rows.filter(need__sensitivity="", need__about_kind="")).order_by("due")


def sub_tasks_to_look_at(actor: Actor) -> QuerySet[SubTask]:
    """Answered ones of the needs in which the actor or his unit has a part, the oldest answer first."""
    mine: Any = in_tab("mine", actor).order_by().values("pk")
    return joined(SubTask.objects.filter(state=SubTaskState.ANSWERED, need__in=mine)).order_by("answered_at")
