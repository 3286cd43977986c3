"""Doors of the guides: read by residents, kept by the street; and of a matter that came to the window again."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.needs import queries, services
from linli.apps.needs.forms.guiding import GuideForm, VisitForm
from linli.apps.needs.models import Guide, Need
from linli.apps.needs.permissions import enters_pages, keeps_pages
from linli.apps.needs.services import GuideText
from linli.apps.places.queries import chosen_community
from linli.kernel.scope import everyone, permission
from linli.kernel.scope.doors import actor_of
from linli.kernel.ui.acting import act, me


@permission(everyone)
@require_safe
def guides(request: HttpRequest) -> HttpResponse:
    """The book: five stages of life, each with its matters."""
    community = chosen_community(request.COOKIES, actor_of(request), timezone.localdate())
    rows = queries.shown_guides(community.street if community else None)
    return render(request, "needs/guides.html", {"stages": queries.by_stage(rows), "community": community})


@permission(everyone)
@require_safe
def guide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One matter: what to bring, where, when, how long."""
    row = get_object_or_404(queries.shown_guides(None), pk=pk)
    return render(request, "needs/guide.html", {"guide": row})


@permission(enters_pages)
@require_safe
def desk_guides(request: HttpRequest) -> HttpResponse:
    """The book as the street keeps it."""
    rows = queries.guides_visible_to(me(request)).select_related("place")
    context = {"stages": queries.by_stage(rows), "keeps": keeps_pages(me(request), None)}
    return render(request, "needs/desk_guides.html", context)


@permission(keeps_pages)
def new_guide(request: HttpRequest) -> HttpResponse:
    """Write a guide."""
    return _written(request, None)


@permission(keeps_pages)
def edit_guide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write one anew."""
    return _written(request, get_object_or_404(queries.guides_visible_to(me(request)), pk=pk))


FIELDS = ("place", "stage", "title", "about", "bring", "where", "hours", "takes", "is_shown")


def _written(request: HttpRequest, row: Guide | None) -> HttpResponse:
    first = {name: getattr(row, name) for name in FIELDS} if row else {"is_shown": True}
    form = GuideForm(request.POST or None, actor=me(request), initial=first)

    def do(data: dict[str, Any]) -> None:
        place = data.pop("place")
        services.write_guide(GuideText(**data), place=place, guide=row, actor=me(request))

    return act(
        request, form, do, back=reverse("needs:desk_guides"), done=_("Kept."),
        title=_("Change a guide") if row else _("Write a guide"), press=_("Save"), crumb=_("Guides"),
        draft="needs-guide",
    )  # fmt: skip


@permission(enters_pages)
def came_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The resident came to the window again: counted, and what is still missing."""
    need = get_object_or_404(queries.visible_to(me(request), Need.objects.filter(window__isnull=False)), pk=pk)
    form = VisitForm(request.POST or None, initial={"missing": need.window.missing})

    def do(data: dict[str, Any]) -> None:
        services.note_window(need, guide=None, missing=data["missing"], actor=me(request))

    lead = _("Times the resident had to come: %(count)d. Once is enough; more than once is told to the owner.")
    return act(
        request, form, do, back=reverse("needs:enter"), done=_("Kept."), title=_("Came to the window again"),
        lead=lead % {"count": need.visits}, press=_("Save"), crumb=need.number,
    )  # fmt: skip
