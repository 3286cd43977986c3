"""Doors of the file of an organization: entry, agreements, desks, services with their books, figures, lists, stages."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.agreements.queries import agreements_about
from linli.apps.agreements.queries import visible_to as agreements_visible_to
from linli.apps.incubation import forms, queries, services
from linli.apps.incubation.models import DevelopmentFigure, SupportCase
from linli.apps.incubation.permissions import SPEAKERS, keeps_pages, reads_months, speaks_pages
from linli.apps.incubation.views.acting import Doing, act, found, frame_of, members_for
from linli.apps.incubation.views.center import organizations_of
from linli.apps.organizations.models import OrganizationKind
from linli.apps.organizations.queries import results_of, standing_history
from linli.kernel.refs import ref_of
from linli.kernel.scope import permission, signed_in
from linli.kernel.scope.roles import STAFF
from linli.kernel.ui.acting import me

AGENCIES = (OrganizationKind.SUPPORTING_AGENCY, OrganizationKind.ENTERPRISE, OrganizationKind.SOCIAL_ORGANIZATION)


def _give_desk(row: Any, data: dict[str, Any], actor: Any) -> Any:
    return services.give_desk(data["desk"], organization=row, since=data["since"], actor=actor)


def _by(verb: Any) -> Any:
    return lambda row, data, actor: verb(row, actor=actor, **data)


DOINGS: dict[str, Doing] = {
    "desk": Doing(
        forms.GiveDeskForm, keeps_pages, _give_desk, _("Give a desk"), _("The desk is given."),
        _("Only free desks of open centers are offered."),
    ),
    "case": Doing(
        forms.CaseForm, keeps_pages, _by(services.open_case), _("Begin a service"), _("The service has begun."),
        _("One of five: projects, incubation, platform, training, finance."),
    ),
    "figure": Doing(
        forms.FigureForm, speaks_pages, _by(services.type_figure), _("Type a figure"), _("The figure is in."),
        _("A number with its day and source. No names."),
    ),
    "stage": Doing(
        forms.StageForm, keeps_pages, _by(services.reach_stage), _("Enter a stage"), _("The stage is entered."),
        _("Where it stands on its way to working on its own."),
    ),
}  # fmt: skip


def _choices(verb: str, actor: Any, row: Any) -> dict[str, Any]:
    """What a form of the file offers, by the name of its field."""
    if verb == "desk":
        return {"rows": {"desk": queries.free_desks(actor)}}
    if verb == "case":
        about = agreements_visible_to(actor, agreements_about(ref_of(row)))
        return {"rows": {"agency": organizations_of(actor).filter(kind__in=AGENCIES), "agreement": about}}
    return {}


@permission(reads_months)
@require_safe
def file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All that is kept of one organization in the center."""
    actor, today = me(request), timezone.localdate()
    row = found(request, members_for(actor).select_related("place__street"), pk)
    cases = SupportCase.objects.filter(organization=row).select_related("agency", "agreement")
    staff = bool(actor.roles() & STAFF)
    about = {"street": row.place.street_id, "subject": ref_of(row), "grounds": ref_of(row), "title": f"{row}入驻协议"}
    entry = [one for one in standing_history(row) if one.kind == queries.STAY]
    context = {
        "organization": row,
        "entry": entry,
        "agreements": list(agreements_visible_to(actor, agreements_about(ref_of(row)))),
        "draw_up": f"{reverse('agreements:new')}?" + "&".join(f"{key}={value}" for key, value in about.items()),
        "desks": row.desk_stays.select_related("desk__center"),
        "cases": [(case, list(case.books.all())) for case in cases.prefetch_related("books")],
        "figures": DevelopmentFigure.objects.filter(organization=row),
        "lists": results_of(row, today) if staff else (),
        "stages": row.pipeline_steps.all(),
        "verbs": [(name, one.title) for name, one in DOINGS.items() if one.may(actor, row)],
        "may_keep": keeps_pages(actor, row),
        "staff": staff,
        "speaks": bool(actor.roles() & set(SPEAKERS)),
        "frame": frame_of(request),
    }
    return render(request, "incubation/file.html", context)


@permission(signed_in)
def do(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Show the form of a verb on the file, and do it."""
    doing = DOINGS.get(verb)
    if doing is None:
        raise Http404
    actor = me(request)
    row = found(request, members_for(actor).select_related("place"), pk, doing.may)
    form = doing.form(request.POST if request.method == "POST" else None, **_choices(verb, actor, row))
    return act(request, doing, form, row, back=reverse("incubation:file", args=[row.pk]), crumb=str(row))
