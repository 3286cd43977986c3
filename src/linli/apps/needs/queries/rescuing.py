"""Sensitive matters in which nobody is named any more: a leader learns number and kind, nothing else."""

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from linli.apps.needs.models import UNFINISHED, Assignment, Need
from linli.apps.needs.queries.wall import walled_off
from linli.apps.people.models import Post
from linli.kernel.scope import Actor, Role


def unnamed_for(actor: Actor | None) -> QuerySet[Need]:
    """The unfinished sensitive needs of a leader's places that are open to nobody: whoever was named has left.

    Only number, kind and day of them may be shown to him. Never a complaint that stands behind a wall for him.
    """
    if actor is None:
        return Need.objects.none()
    here = Post.objects.in_force(timezone.localdate()).exclude(role=Role.RESIDENT).order_by()
    named = Assignment.objects.filter(need=OuterRef("pk"), until__isnull=True, user__is_active=True)
    rows = Need.objects.filter(state__in=UNFINISHED, place__in=actor.reach(Role.LEADER).places).exclude(sensitivity="")
    rows = rows.filter(~Exists(named.filter(user__in=here.values("user"))))
    return (
        walled_off(actor, rows).only("number", "sensitivity", "received_at", "street", "place").order_by("received_at")
    )
