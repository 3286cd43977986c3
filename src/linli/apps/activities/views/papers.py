"""Doors of the papers and feeds: sign-in sheet, poster, door sheet, text for the group, calendars."""

from io import BytesIO
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.apps.activities import queries
from linli.apps.activities.permissions import keeps_door, reads_activities
from linli.apps.activities.tables.papers import printed_today, sign_in_sheet
from linli.apps.activities.views.dates import found
from linli.kernel import documents
from linli.kernel.errors import Refusal
from linli.kernel.scope import everyone, permission
from linli.kernel.ui.acting import PDF, paper

CALENDAR = "text/calendar; charset=utf-8"


def _qr(text: str) -> bytes:
    import segno

    drawn = BytesIO()
    segno.make(text, error="m", micro=False).save(drawn, kind="svg", border=2, xmldecl=False)
    return drawn.getvalue()


@permission(keeps_door)
@require_safe
def sheet(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The sign-in sheet, with whoever is on the list."""
    row = found(request, pk, keeps_door)
    address = request.build_absolute_uri(reverse("activities:date", args=[row.pk]))
    described = sign_in_sheet(row, queries.on_list(row), address=address, printed=printed_today())
    return paper(documents.print_paper(described), f"{described.name}.pdf", PDF)


def _public_address(request: HttpRequest, row: Any) -> str:
    if row.activity.announced_at is None:
        raise Refusal(_("Announce the activity first: the code leads to its page."), code="not-announced")
    return request.build_absolute_uri(reverse("activities:public_activity", args=[row.activity_id]))


@permission(reads_activities)
@require_safe
def poster(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The poster, with the code that leads to the page where people sign up."""
    row = found(request, pk)
    activity = row.activity
    rows = [["主办", str(activity.organization)]] if activity.organization else []
    rows += [["电话", activity.contact]] if activity.contact else []
    data = {
        "title": activity.title, "place": activity.place.name, "when": queries.when(row), "venue": activity.venue,
        "rows": rows, "about": activity.about,
        "call": "扫码报名", "note": f"填写姓名和电话即可，不用注册。{f'限{row.capacity}人。' if row.capacity else ''}",
    }  # fmt: skip
    content = documents.render_pdf(
        "activities/poster.typ", data, pictures={"qr.svg": _qr(_public_address(request, row))}
    )
    return paper(content, f"{activity.title}-海报.pdf", PDF)


@permission(keeps_door)
@require_safe
def door_sheet(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The sheet for the door."""
    row = found(request, pk, keeps_door)
    _public_address(request, row)
    address = request.build_absolute_uri(reverse("activities:door", args=[row.door_code]))
    data = {"title": row.activity.title, "when": queries.when(row)}
    content = documents.render_pdf("activities/door.typ", data, pictures={"qr.svg": _qr(address)})
    return paper(content, f"{row.activity.title}-签到码.pdf", PDF)


@permission(reads_activities)
@require_safe
def group(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The text for the group, ready to copy."""
    row = found(request, pk)
    text = queries.group_text(row, address=_public_address(request, row))
    return render(request, "activities/group.html", {"date": row, "activity": row.activity, "text": text})


@permission(everyone)
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """All announced dates to come, as a calendar to subscribe to."""
    rows = queries.public_dates(timezone.now())[:500]
    base = request.build_absolute_uri("/").rstrip("/")
    return HttpResponse(queries.calendar_of(rows, name=str(_("Activities")), base=base), content_type=CALENDAR)


@permission(everyone)
@require_safe
def activity_feed(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The dates of one activity, those called off too."""
    row = get_object_or_404(queries.public_activities(), pk=pk)
    base = request.build_absolute_uri("/").rstrip("/")
    dates = row.occurrences.select_related("activity").order_by("starts")
    answer = HttpResponse(queries.calendar_of(dates, name=row.title, base=base), content_type=CALENDAR)
    answer["Content-Disposition"] = 'attachment; filename="activity.ics"'
    return answer
