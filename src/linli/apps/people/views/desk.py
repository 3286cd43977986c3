"""The desk's front page: my tasks, most urgent first."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from linli.apps.people import queries
from linli.apps.people.models import User
from linli.apps.people.permissions import opens_the_desk
from linli.kernel.contributions import NavItem, Task, TaskSource, contributions
from linli.kernel.scope import permission

FAR = datetime.max.replace(tzinfo=timezone.get_fixed_timezone(0))


def _urgency(task: Task) -> Any:
    return task.due or FAR


@permission(opens_the_desk)
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for me, from every app; where nothing waits, what would stand here."""
    user = request.user
    assert isinstance(user, User)
    tasks = [task for source in contributions(TaskSource) for task in source.find(user)]
    doors = sorted(contributions(NavItem), key=lambda item: item.order)
    context = {
        "tasks": sorted(tasks, key=_urgency),
        "posts": user.posts_in_force,
        "standing_in": queries.standing_in(user, timezone.localdate()),
        "doors": [item for item in doors if item.allowed(user, None)],
    }
    return render(request, "people/desk.html", context)
