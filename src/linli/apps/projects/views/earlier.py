"""Doors of the projects of earlier years: the list with its years, one with its scores, the register as Excel."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from linli.apps.projects import queries
from linli.apps.projects.permissions import keeps_pages, reads_reviews
from linli.apps.projects.tables.earlier import HEADINGS, REGISTER, SCORES, lines_of
from linli.kernel.scope import permission
from linli.kernel.ui.acting import me, workbook
from linli.kernel.ui.lists import Column, Filter, ListPage

COLUMNS = (
    Column("title", _("Title"), sort="title"),
    Column("year", _("Year"), sort="year", numeric=True),
    Column("place", _("Community")),
    Column("bearer", _("Carried out by")),
    Column("amount", _("Amount"), numeric=True),
    Column("grade", _("Grade")),
    Column("score", _("Score"), numeric=True),
)


@permission(reads_reviews)
@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    """What the reader sees of them, year by year, with what the table says against its own marks."""
    actor = me(request)
    seen = queries.earlier_visible_to(actor)
    years = queries.years_of_earlier(seen)
    rows = queries.with_scores(seen.select_related("place", "street"))
    filters = (Filter("year", _("Year"), [(one["year"], str(one["year"])) for one in years]),)
    page = ListPage(request, rows, columns=COLUMNS, filters=filters, first_sort="-year")
    doubtful = [row for row in page.rows if not all(score.agrees for score in row.scores.all())]
    context = {
        "page": page,
        "years": years,
        "doubtful": doubtful,
        "may_keep": keeps_pages(actor, None),
        "first": "" if years else "main",
        "register": REGISTER.name,
        "scores": SCORES.name,
    }
    return render(request, "projects/earlier.html", context)


@permission(reads_reviews)
@require_safe
def project(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One of them: what the register says, and its scores stage by stage."""
    seen = queries.earlier_visible_to(me(request))
    row = get_object_or_404(queries.with_scores(seen.select_related("place", "street", "bearer")), pk=pk)
    return render(request, "projects/earlier_one.html", {"project": row, "scores": list(row.scores.all())})


@permission(reads_reviews)
@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    """The register as it came in, with the filters of the list."""
    rows = queries.earlier_visible_to(me(request)).select_related("place", "street")
    if (year := request.GET.get("year", "")).isdigit():
        rows = rows.filter(year=int(year))
    with override("zh-hans"):
        return workbook(REGISTER.title, HEADINGS, lines_of(rows))
