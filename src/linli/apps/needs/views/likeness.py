"""Needs that seem to be one matter, and hot topics: two pages of the desk."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from linli.apps.needs import queries, services
from linli.apps.needs.contributions.kinds import page_of
from linli.apps.needs.permissions import enters_pages, reads_needs
from linli.kernel.scope import permission
from linli.kernel.ui.acting import me, press

DEEDS = {
    "join": (services.join_likely, _("Joined. They are answered together, and everybody is told.")),
    "apart": (services.tell_apart, _("Kept apart. This is not asked again.")),
}


@permission(enters_pages)
@require_safe
def likely(request: HttpRequest) -> HttpResponse:
    """What waits: each earlier need with the later ones that seem to repeat it."""
    found = queries.bundles(me(request))
    rows = [(one, page_of(one.need), [(other, page_of(other.need)) for other in one.beside]) for one in found]
    return render(request, "needs/likely.html", {"rows": rows})


@permission(enters_pages)
@require_POST
def decide_likely(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The ticked ones are joined to the earlier need, or told apart from it."""
    actor, verb = me(request), request.POST.get("verb", "")
    if verb not in DEEDS:
        raise Http404
    into = get_object_or_404(queries.visible_to(actor), pk=pk)
    do, done = DEEDS[verb]
    chosen = [UUID(one) for one in request.POST.getlist("needs") if _is_key(one)]
    return press(request, lambda: do(into, chosen, actor=actor), back=reverse("needs:likely"), done=done)


def _is_key(said: str) -> bool:
    try:
        UUID(said)
    except ValueError:
        return False
    return True


@permission(reads_needs)
@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    """What many needs of the last days are about: what, where, when, how many, and the change."""
    return render(request, "needs/topics.html", {"rows": queries.latest_topics(me(request))})


@permission(reads_needs)
@require_safe
def topic(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One topic with those of its needs the reader may open."""
    actor = me(request)
    rows = queries.topics_for(actor).select_related("place", "street", "category")
    found = get_object_or_404(rows, pk=pk)
    needs = [(need, page_of(need)) for need in queries.needs_of_topic(found, actor)[:200]]
    return render(request, "needs/topic.html", {"topic": found, "needs": needs})
