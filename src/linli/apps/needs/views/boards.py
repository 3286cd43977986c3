"""Boards of needs: three rates by community, unit, category and month; papers of a day, week or month."""

import io
from datetime import date, timedelta
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from linli.apps.needs.permissions import READERS, UNITS, reads_needs
from linli.apps.needs.queries import forecast, reporting, sums
from linli.apps.needs.queries.facts import bounds
from linli.apps.needs.tables.reports import formula_text, report_paper
from linli.apps.places.models import Level, Place
from linli.kernel import documents
from linli.kernel.scope import everyone, permission
from linli.kernel.settings import value_of
from linli.kernel.ui.acting import DOCX, me

GROUPS = {
    sums.PLACE: _("By community"),
    sums.UNIT: _("By unit"),
    sums.CATEGORY: _("By category"),
    sums.MONTH: _("By month"),
}
SOURCES = {"own": _("Own matters (own figures)"), "official": _("Tickets of 12345")}
SPAN_NAMES = {
    reporting.DAY: _("Daily report"),
    reporting.WEEK: _("Weekly analysis"),
    reporting.MONTH: _("Monthly report"),
}
QUARTER = timedelta(days=90)


def _asked_day(text: str | None, otherwise: date) -> date:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return otherwise


@permission(reads_needs)
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Three rates of what the reader's posts read, of one source: ``?since=&until=&source=official&by=category``."""
    actor, asked, today = me(request), request.GET, timezone.localdate()
    since, until = _asked_day(asked.get("since"), today - QUARTER), _asked_day(asked.get("until"), today)
    if since > until:
        since, until = until, since
    by = asked["by"] if asked.get("by") in GROUPS else sums.PLACE
    official = asked.get("source") == "official"
    rows = sums.between(sums.sums_for(actor), since, until, official=official)
    everything = sums.sums_for(actor)
    streets = _streets(actor)
    context = {
        "lines": sums.board(rows, by=by),
        "whole": sums.whole(rows),
        "by": by,
        "groups": GROUPS.items(),
        "source": "official" if official else "own",
        "sources": SOURCES.items(),
        "since": since,
        "until": until,
        "formula": formula_text(since),
        "apart": sums.behind_walls(actor, bounds(since)[0], bounds(until)[1], official=official),
        "counted_at": sums.counted_at(street.pk for street in streets),
        "outlook": forecast.outlook(everything, begins_on=today + timedelta(days=1))[:8],
        "streets": streets,
        "spans": SPAN_NAMES.items(),
        "today": today,
    }
    return render(request, "needs/board.html", context)


def _streets(actor: Any) -> list[Place]:
    """The streets all of which the actor reads: one query, however many others there are."""
    reached = actor.reach(*READERS, *UNITS).places
    return list(Place.objects.filter(level=Level.STREET, pk__in=reached).order_by("code"))


@permission(reads_needs)
@require_safe
def paper(request: HttpRequest, street: Any, span: str) -> HttpResponseBase:
    """Paper 31 of a street as Word: ``?day=2026-11-20`` names a day in the span."""
    if span not in reporting.SPANS:
        raise Http404
    place = get_object_or_404(Place, pk=street, level=Level.STREET)
    if not reads_needs(me(request), place):
        raise Http404
    today = timezone.localdate()
    asked = reporting.span_of(span, _asked_day(request.GET.get("day"), today))
    with override("zh-hans"):
        found = report_paper(reporting.report(place, asked, today=today), day=today)
    name = f"{found.title}-{asked.begins.isoformat()}.docx"
    return FileResponse(io.BytesIO(documents.write_paper(found)), as_attachment=True, filename=name, content_type=DOCX)


@permission(everyone)
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """What everybody may read: a month of a street by community; few matters are not told. ``?month=2026-10``."""
    streets = list(Place.objects.filter(level=Level.STREET).order_by("code"))
    street = next((one for one in streets if str(one.pk) == request.GET.get("street")), streets[0] if streets else None)
    today = timezone.localdate()
    last = today.replace(day=1) - timedelta(days=1)
    span = reporting.span_of(reporting.MONTH, _asked_day(f"{request.GET.get('month', '')}-01", last))
    context: dict[str, Any] = {"street": street, "streets": streets, "span": span, "formula": formula_text(span.begins)}
    if street is not None:
        least = value_of("needs.least_in_public", street=street.pk)
        mine = sums.sums_for(None).filter(street=street)
        context["least"] = least
        context["parts"] = [
            (name, sums.whole(rows), sums.suppressed(sums.board(rows, by=sums.PLACE), least=least))
            for name, rows in (
                (SOURCES["official"], sums.between(mine, span.begins, span.ends, official=True)),
                (SOURCES["own"], sums.between(mine, span.begins, span.ends, official=False)),
            )
        ]
    return render(request, "needs/figures.html", context)
