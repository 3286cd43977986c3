"""Doors of what a street keeps for the end of the year: summaries of programmes, and its own slides."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.places.models import Place
from linli.apps.projects.forms.reviewing import NewSummaryForm, StreetSlidesForm, SummaryForm
from linli.apps.projects.models import ProgrammeSummary
from linli.apps.projects.permissions import KEEPERS, keeps_pages, reads_projects
from linli.apps.projects.queries.closing.deck import PICTURES, TABLES, TEXTS, plain_deck
from linli.apps.projects.queries.closing.reviews import slides_visible_to, summaries_visible_to
from linli.apps.projects.services import closing as services
from linli.apps.projects.tables.summary import figures_of_year
from linli.apps.projects.views.acting import NOT_YOURS, act
from linli.apps.projects.views.closing import sent
from linli.apps.projects.views.closing_papers import PPTX
from linli.apps.rounds.queries import programmes_visible_to
from linli.kernel.errors import NotAllowed
from linli.kernel.scope import permission
from linli.kernel.ui.acting import me
from linli.kernel.ui.acting import paper as file_response

MOST = 200


@permission(reads_projects)
@require_safe
def summaries(request: HttpRequest) -> HttpResponse:
    """The summaries of the programmes I see."""
    actor = me(request)
    context = {"rows": summaries_visible_to(actor)[:MOST], "may_keep": keeps_pages(actor, None)}
    return render(request, "projects/closing/summaries.html", context)


def found_summary(request: HttpRequest, item: UUID) -> ProgrammeSummary:
    """The summary of the address, if the reader sees its programme."""
    row: ProgrammeSummary = get_object_or_404(summaries_visible_to(me(request)), pk=item)
    return row


def summary_page(row: ProgrammeSummary) -> str:
    """The page of a summary."""
    return reverse("projects:summary_page", args=[row.pk])


@permission(reads_projects)
@require_safe
def summary(request: HttpRequest, item: UUID) -> HttpResponse:
    """One summary: its four sections, each with the figures the records give it."""
    row = found_summary(request, item)
    context = {"summary": row, "year": figures_of_year(row), "may_keep": keeps_pages(me(request), row)}
    return render(request, "projects/closing/summary.html", context)


@permission(keeps_pages)
def new_summary(request: HttpRequest) -> HttpResponse:
    """Begin the summary of a programme's year, or go to the one that stands."""
    actor = me(request)
    programmes = programmes_visible_to(actor).filter(place__in=actor.reach(*KEEPERS).places)
    form = NewSummaryForm(sent(request), programmes=programmes.select_related("place"))

    def do(data: dict[str, Any]) -> str:
        standing = ProgrammeSummary.objects.filter(programme=data["programme"], year=data["year"]).first()
        return summary_page(standing or services.write_summary(data["programme"], year=data["year"], actor=actor))

    return act(
        request, form, do, back=reverse("projects:summaries"), done=_("Write its four sections now."),
        title=_("Begin a summary of the year"), press=_("Begin"), crumb=_("Summaries of the year"),
        lead=_("Figures come from the records of the programme's projects; you write what they mean."),
    )  # fmt: skip


@permission(keeps_pages)
def write(request: HttpRequest, item: UUID) -> HttpResponse:
    """Write the four sections of a summary."""
    row, actor = found_summary(request, item), me(request)
    if not keeps_pages(actor, row):
        raise NotAllowed(NOT_YOURS)
    return act(
        request, SummaryForm(sent(request), summary=row),
        lambda data: services.write_summary(row.programme, year=row.year, actor=actor, **data) and None,
        back=summary_page(row), done=_("Saved."), title=_("Write the summary"), press=_("Save the sections"),
        lead=_("Each section begins with its figures; they are put in when the summary is written out."),
        crumb=str(row),
    )  # fmt: skip


@permission(keeps_pages)
@require_safe
def slides(request: HttpRequest) -> HttpResponse:
    """The slides in use in each street, and the placeholders they may hold."""
    words = [*TEXTS.values(), *TABLES.values(), *PICTURES.values()]
    rows, seen = [], set()
    for row in slides_visible_to(me(request))[:MOST]:
        rows.append((row, row.street_id not in seen))
        seen.add(row.street_id)
    return render(request, "projects/closing/slides.html", {"rows": rows, "words": words})


@permission(keeps_pages)
def new_slides(request: HttpRequest) -> HttpResponse:
    """Take in a street's own slides."""
    actor = me(request)
    places = Place.objects.filter(pk__in=actor.reach(*KEEPERS).places)
    form = StreetSlidesForm(sent(request), request.FILES or None, places=places)
    return act(
        request, form, lambda data: services.add_slides(actor=actor, **data) and None,
        back=reverse("projects:slides"), done=_("The slides are in use from now on."),
        title=_("The street's own slides"), press=_("Take in"), crumb=_("Slides of closing reviews"),
        lead=_("Write placeholders in double braces where the title, the table of indicators or the photos go."),
    )  # fmt: skip


@permission(keeps_pages)
@require_safe
def shipped_slides(request: HttpRequest) -> FileResponse:
    """The shipped slides, to begin one's own from."""
    return file_response(plain_deck(), "结项路演稿模板.pptx", PPTX)
