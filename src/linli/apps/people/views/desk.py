"""The desk's front page: my tasks, most urgent first; today's duties; the numbers of my place."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from linli.apps.people import queries
from linli.apps.people.models import User
from linli.apps.people.permissions import opens_the_desk
from linli.kernel.contributions import page_parts
from linli.kernel.scope import permission


@permission(opens_the_desk)
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for me, from every app; where nothing waits, what would stand here."""
    user = request.user
    assert isinstance(user, User)
    now = timezone.now()
    today = timezone.localdate(now)
    tasks = queries.tasks_of(user)
    place = queries.own_place(user)
    context = {
        "groups": queries.by_urgency(tasks, now),
        "first": tasks[0] if tasks else None,
        "count": len(tasks),
        "posts": user.posts_in_force,
        "duties": page_parts("people.desk.today", actor=user, record=user),
        "place": place,
        "numbers": queries.numbers_of(user, place, today) if place else [],
        "before": queries.a_month_before(today),
        "standing_in": queries.standing_in(user, today),
    }
    return render(request, "people/desk.html", context)
