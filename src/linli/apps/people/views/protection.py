"""Doors of data protection: the notice everybody reads, how long each kind is kept, and the two registers."""

from datetime import timedelta
from functools import partial
from io import BytesIO
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.people import services
from linli.apps.people.forms import AssessmentForm, IncidentForm, ToldForm
from linli.apps.people.models import ConsentText, DataIncident, ImpactAssessment
from linli.apps.people.permissions import keeps_registers, reads_retention
from linli.apps.people.tables.protection import assessment_paper, incident_paper
from linli.apps.people.views.joining import explain, own_account
from linli.kernel.contributions import PersonalData, contributions
from linli.kernel.documents import Paper, print_paper
from linli.kernel.errors import Refusal
from linli.kernel.privacy import last_runs, retention_of, retentions
from linli.kernel.scope import Role, everyone, permission
from linli.kernel.settings import declared_named, look, value_of
from linli.kernel.settings.declaring import GRADES
from linli.kernel.ui.lists import Column, ListPage

ASSESSED = (
    Column("made_on", _("Day"), sort="made_on"),
    Column("title", _("What is planned")),
    Column("conclusion", _("Conclusion")),
    Column("kept_until", _("Kept at least until")),
    Column("paper", _("Print")),
)
FOUND = (
    Column("found_at", _("Found at"), sort="found_at"),
    Column("title", _("Incident")),
    Column("told", _("Who was told")),
    Column("paper", _("Print")),
)


@permission(everyone)
@require_safe
def notice(request: HttpRequest) -> HttpResponse:
    """The privacy notice (PIPL Art. 17, 30), drawn from what every part of the house declares."""
    parts = [{"part": part, "retention": retention_of(part.retention)} for part in contributions(PersonalData)]
    days = value_of("people.answer_days")
    context = {
        "parts": parts,
        "texts": ConsentText.objects.in_force(timezone.localdate()).order_by("purpose"),
        "days": days,
        "hotline": settings.LINLI_HOTLINE,
    }
    return render(request, "people/privacy.html", context)


@permission(reads_retention)
@require_safe
def retention(request: HttpRequest) -> HttpResponse:
    """Every kind with its term, source and grade, and what last night's round removed."""
    runs = last_runs()
    rows = [
        {
            "kind": kind,
            "run": runs.get(kind.kind),
            "grade": GRADES.get(kind.grade, kind.grade),
            "setting": declared_named(kind.setting) if kind.setting else None,
        }
        for kind in retentions()
    ]
    return render(request, "people/retention.html", {"rows": rows})


@permission(keeps_registers)
@require_safe
def assessments(request: HttpRequest) -> HttpResponse:
    """Impact assessments, the newest first."""
    page = ListPage(request, ImpactAssessment.objects.all(), columns=ASSESSED, first_sort="-made_on")
    return render(request, "people/assessments.html", {"page": page})


@permission(keeps_registers)
@require_safe
def incidents(request: HttpRequest) -> HttpResponse:
    """Incidents, the newest first."""
    page = ListPage(request, DataIncident.objects.all(), columns=FOUND, first_sort="-found_at")
    hours = look(["people.incident_hours"])["people.incident_hours"].value
    for row in page.rows:
        row.due = row.found_at + timedelta(hours=hours) if hours and row.authority_told_at is None else None
        row.overdue = row.due is not None and row.due < timezone.now()
    return render(request, "people/incidents.html", {"page": page, "hours": hours})


@permission(keeps_registers)
@require_safe
def print_assessment(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The assessment as a form to sign and file."""
    row = get_object_or_404(ImpactAssessment, pk=pk)
    return _paper(assessment_paper(row, unit=_unit(request)))


@permission(keeps_registers)
@require_safe
def print_incident(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The incident as a report to sign and send."""
    row = get_object_or_404(DataIncident, pk=pk)
    return _paper(incident_paper(row, unit=_unit(request)))


def _unit(request: HttpRequest) -> str:
    """Where the security administrator holds the post."""
    post = own_account(request).posts.filter(role=Role.SECURITY_ADMINISTRATOR, ended_on__isnull=True).first()
    return str(post.where) if post else ""


def _paper(paper: Paper) -> HttpResponseBase:
    return FileResponse(BytesIO(print_paper(paper)), filename=f"{paper.name}.pdf", content_type="application/pdf")


@permission(keeps_registers)
def tell_incident(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note when the authority and the people were told."""
    row = get_object_or_404(DataIncident, pk=pk)
    form = ToldForm(request.POST or None, incident=row)
    verb = partial(services.tell_incident, row)
    return _entered(request, form, verb, _("Note who was told"), "people:incidents")


@permission(keeps_registers)
def new_assessment(request: HttpRequest) -> HttpResponse:
    """Enter an impact assessment."""
    form = AssessmentForm(request.POST or None, initial={"made_on": timezone.localdate()})
    return _entered(request, form, services.assess, _("Enter an impact assessment"), "people:assessments")


@permission(keeps_registers)
def new_incident(request: HttpRequest) -> HttpResponse:
    """Enter an incident."""
    form = IncidentForm(request.POST or None)
    return _entered(request, form, services.report_incident, _("Enter an incident"), "people:incidents")


def _entered(request: HttpRequest, form: Any, verb: Any, title: Any, back: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            verb(**form.cleaned_data, actor=own_account(request))
        except Refusal as refusal:
            explain(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect(back)
    context = {"form": form, "title": title, "back": back}
    return render(request, "people/enter.html", context, status=422 if form.errors else 200)
