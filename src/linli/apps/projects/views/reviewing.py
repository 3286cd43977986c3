"""Doors of closing reviews at the desk: the list, one review with its days, opening, entering, attendance, results."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.places.models import Place
from linli.apps.projects.forms.closing import NothingForm
from linli.apps.projects.forms.reviewing import AttendForm, EnterManyForm, ReviewForm
from linli.apps.projects.models import ClosingFile, ClosingGrade, ReviewEntry, ReviewMeeting
from linli.apps.projects.permissions import REVIEWERS, holds_reviews, keeps_pages, reads_reviews
from linli.apps.projects.queries.closing.reviews import closing_reviews, days_of, files_to_enter
from linli.apps.projects.services import closing as services
from linli.apps.projects.tables.closing import closing_report
from linli.apps.projects.views.acting import NOT_YOURS, act
from linli.apps.projects.views.closing import sent
from linli.apps.reviews.models import ReviewSession, SessionState
from linli.kernel import documents
from linli.kernel.errors import NotAllowed
from linli.kernel.scope import permission
from linli.kernel.ui.acting import me
from linli.kernel.ui.lists import Column, Filter, ListPage

COLUMNS = (
    Column("title", _("Title")),
    Column("first_day", _("First day"), sort="first_day"),
    Column("panels", _("Panels"), numeric=True),
    Column("entries", _("Projects"), numeric=True),
    Column("state", _("State"), sort="state"),
)
MOST = 200


@permission(reads_reviews)
@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """The closing reviews held where my posts reach."""
    actor = me(request)
    filters = (Filter("state", _("State"), SessionState.choices),)
    page = ListPage(request, closing_reviews(actor), columns=COLUMNS, filters=filters, first_sort="-first_day")
    context = {"page": page, "may_open": holds_reviews(actor, None), "may_keep": keeps_pages(actor, None)}
    return render(request, "projects/closing/reviews.html", context)


def found_review(request: HttpRequest, pk: UUID, may: Any = None) -> ReviewSession:
    """The closing review of the address, if the reader sees it; refused when he may not do what he came for."""
    actor = me(request)
    row: ReviewSession = get_object_or_404(closing_reviews(actor), pk=pk)
    if may is not None and not may(actor, row):
        raise NotAllowed(NOT_YOURS)
    return row


def review_page(row: ReviewSession) -> str:
    """The page of a closing review."""
    return reverse("projects:review", args=[row.pk])


@permission(reads_reviews)
@require_safe
def review(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One closing review: its projects with their panels and grades, what waits to be entered, who attended."""
    row, actor = found_review(request, pk), me(request)
    meeting = ReviewMeeting.objects.filter(session=row).select_related("activity").first()
    entries = ReviewEntry.objects.filter(entry__session=row).select_related("entry__panel", "closing__project")
    entries = entries.order_by("entry__panel__position", "entry__position")[:MOST]
    grades = {one.entry_id: one for one in ClosingGrade.objects.filter(entry__session=row, ended_at__isnull=True)}
    may_keep = holds_reviews(actor, row)
    waiting = files_to_enter(row).count() if may_keep and row.state == SessionState.PREPARING else 0
    days = days_of(meeting) if meeting else []
    context = {
        "session": row, "entries": [(one, grades.get(one.entry_id)) for one in entries], "waiting": waiting,
        "days": days, "meeting": meeting, "may_keep": may_keep, "present": sum(len(one.attendees) for one in days),
        "graded": bool(grades), "may_take": may_keep and row.state in (SessionState.RUNNING, SessionState.CLOSED),
    }  # fmt: skip
    return render(request, "projects/closing/review.html", context)


@permission(holds_reviews)
def new_review(request: HttpRequest) -> HttpResponse:
    """Open the closing review of a year."""
    actor = me(request)
    form = ReviewForm(sent(request), places=Place.objects.filter(pk__in=actor.reach(*REVIEWERS).places))

    def do(_data: dict[str, Any]) -> str:
        return review_page(services.open_closing_review(actor=actor, **form.columns()))

    return act(
        request, form, do, back=reverse("projects:reviews"), title=_("Open a closing review"),
        done=_("The review is open for projects. Enter them into panels; judges are seated on the review's own page."),
        lead=_("Its sheet stands fast once scoring has begun."), press=_("Open the review"), crumb=_("Closing reviews"),
    )  # fmt: skip


def _papers_of(file: ClosingFile) -> list[tuple[str, ContentFile[bytes]]]:
    """What the judges read of a project: its closing report."""
    return [(f"{file.project.title}结项报告.pdf", ContentFile(documents.print_paper(closing_report(file))))]


@permission(holds_reviews)
def enter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put accepted projects before the panels of a review."""
    row, actor = found_review(request, pk, holds_reviews), me(request)
    form = EnterManyForm(sent(request), session=row, files=list(files_to_enter(row)[:MOST]))

    def do(_data: dict[str, Any]) -> None:
        services.enter_many(session=row, actor=actor, papers_of=_papers_of, **form.columns())

    lead = _("Accepted projects that stand before no review yet. Each takes its closing report with it.")
    if not form.closings:
        lead = _("No accepted project waits. Accept closing files first: on a project's page, under its closing file.")
    return act(
        request, form, do, back=review_page(row), done=_("The projects stand before their panels."),
        title=_("Enter projects"), press=_("Enter projects"), crumb=row.title, lead=lead,
    )  # fmt: skip


@permission(holds_reviews)
def attend(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down who attends a review, by part and unit."""
    row, actor = found_review(request, pk, holds_reviews), me(request)
    meeting = get_object_or_404(ReviewMeeting.objects.select_related("activity"), session=row)
    days = [one.day for one in days_of(meeting)]
    first = {"day": _today_in(days), "part": request.GET.get("part", ""), "unit": request.GET.get("unit", "")[:20]}
    form = AttendForm(sent(request), days=days, **first)
    back = f"{review_page(row)}#attendance"
    return act(
        request, form, lambda data: services.attend(meeting, actor=actor, **data), back=back,
        done=_("Attendance is written down."), title=_("Enter attendance"), press=_("Write down"), crumb=row.title,
        lead=_("On the day, or from the paper sheet within 60 days. A second time changes nothing."),
    )  # fmt: skip


def _today_in(days: list[date]) -> str:
    """The present day where the review sits on it, else its last day before."""
    today = timezone.localdate()
    past = [one for one in days if one <= today]
    return max(past).isoformat() if past else ""


@permission(holds_reviews)
def results(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the revealed results over as grades."""
    row, actor = found_review(request, pk, holds_reviews), me(request)
    return act(
        request, NothingForm(sent(request)), lambda _data: services.take_results(row, actor=actor) and None,
        back=review_page(row), done=_("Every revealed project has its grade."), title=_("Take the results over"),
        press=_("Take the results over"), crumb=row.title,
        lead=_("Each revealed project gets its grade by the street's steps; one that has it already keeps it."),
    )  # fmt: skip
