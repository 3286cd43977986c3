"""Doors of the pool of experts and of the list of fees."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.places.models import Level, Place
from linli.apps.places.queries import open_communities
from linli.apps.reviews import queries, services
from linli.apps.reviews.forms import ExpertForm, FeeForm, NoForm, TieForm
from linli.apps.reviews.models import Duty, Expert, ExpertTie, Seat
from linli.apps.reviews.permissions import POOL_KEEPERS, pays_fees, reads_experts, tends_experts
from linli.apps.reviews.services.keeping import require
from linli.apps.reviews.tables import EXPERT_HEADINGS, EXPERTS, FEE_HEADINGS, written_experts, written_fees
from linli.apps.reviews.views.sessions import found, sent
from linli.kernel.scope import permission
from linli.kernel.ui.acting import act, me, workbook
from linli.kernel.ui.lists import Column, Filter, ListPage

COLUMNS = (
    Column("name", _("Full name"), sort="name"),
    Column("unit", _("Unit and position")),
    Column("specialty", _("Specialty")),
    Column("served", _("Reviews served"), numeric=True),
    Column("served_last", _("Last time")),
)


@permission(reads_experts)
@require_safe
def experts(request: HttpRequest) -> HttpResponse:
    """The pool, by name; how often somebody served is shown so that invitations go round."""
    actor = me(request)
    rows = queries.with_service(queries.experts_visible_to(actor))
    filters = (Filter("is_active", _("May be invited"), [("1", _("Yes")), ("0", _("No"))]),)
    page = ListPage(request, rows, columns=COLUMNS, filters=filters, first_sort="name")
    context = {"page": page, "may_keep": tends_experts(actor, None), "sheet": EXPERTS.name}
    return render(request, "reviews/experts.html", context)


@permission(reads_experts)
@require_safe
def export_experts(request: HttpRequest) -> HttpResponseBase:
    """The pool as a workbook, without telephones."""
    return workbook("评审专家库", EXPERT_HEADINGS, written_experts(queries.experts_visible_to(me(request))))


def _found(request: HttpRequest, pk: UUID, may: Any = None) -> Expert:
    rows = queries.experts_visible_to(me(request)).select_related("organization", "lives_in", "place", "user")
    row: Expert = get_object_or_404(rows, pk=pk)
    if may is not None:
        require(may, me(request), row)
    return row


@permission(reads_experts)
@require_safe
def expert(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One expert: unit, specialty, earlier service, ties. No judgement of how he judged."""
    row = _found(request, pk)
    context = {
        "expert": row,
        "service": queries.service_of(row),
        "ties": row.ties.select_related("organization", "place"),
        "may_keep": tends_experts(me(request), row),
    }
    return render(request, "reviews/expert.html", context)


def _street(request: HttpRequest) -> Place:
    """The street in whose name an expert is entered."""
    places = Place.objects.filter(pk__in=me(request).reach(*POOL_KEEPERS).places, level=Level.STREET)
    return places.order_by("code")[:1].get()


@permission(tends_experts)
def new_expert(request: HttpRequest) -> HttpResponse:
    """Enter an expert."""
    form = ExpertForm(sent(request), communities=open_communities(timezone.localdate()))

    def do(_data: dict[str, Any]) -> str:
        made = services.enter_expert(place=_street(request), actor=me(request), **form.columns())
        return reverse("reviews:expert", args=[made.pk])

    return _filled(request, form, do, back=reverse("reviews:experts"), title=_("Enter an expert"))


@permission(tends_experts)
def edit_expert(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put right what stands about an expert."""
    row = _found(request, pk, tends_experts)
    form = ExpertForm(sent(request), instance=row, communities=open_communities(timezone.localdate()))
    back = reverse("reviews:expert", args=[pk])
    do = lambda _data: services.correct_expert(row, actor=me(request), **form.columns())  # noqa: E731  # one line beside its door
    return _filled(request, form, do, back=back, title=_("Correct the expert"))


def _filled(request: HttpRequest, form: Any, do: Any, *, back: str, title: Any) -> HttpResponse:
    lead = _("Telephone, identity number and account stand sealed. From unit, home and ties follow recusals.")
    crumb = _("Experts")
    return act(request, form, do, back=back, done=_("Saved."), title=title, lead=lead, press=_("Save"), crumb=crumb)


@permission(tends_experts)
def new_tie(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter what ties an expert to an organization or a community."""
    row = _found(request, pk, tends_experts)

    def do(data: dict[str, Any]) -> None:
        organization = data.pop("unit_name")
        services.add_tie(row, organization=organization, actor=me(request), **data)

    return act(
        request,
        TieForm(sent(request), communities=open_communities(timezone.localdate())),
        do,
        back=reverse("reviews:expert", args=[pk]),
        done=_("Saved."),
        title=_("Enter a tie"),
        lead=_("A post, family (a note, no name), former work, coaching: it only serves to find recusals."),
        press=_("Save"),
        crumb=row.name,
    )


@permission(tends_experts)
def drop_tie(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a tie away that was entered by mistake."""
    row: ExpertTie = get_object_or_404(
        ExpertTie.objects.select_related("expert__place", "organization", "place"), pk=pk
    )
    require(tends_experts, me(request), row)
    return act(
        request,
        NoForm(sent(request)),
        lambda _data: services.drop_tie(row, actor=me(request)),
        back=reverse("reviews:expert", args=[row.expert_id]),
        done=_("Removed."),
        title=_("Remove the tie"),
        lead=f"{row.get_ground_display()}：{row.organization or row.place}",
        press=_("Remove"),
        danger=True,
        crumb=row.expert.name,
    )


@permission(pays_fees)
@require_safe
def fees(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the judges of a session are paid; finance alone."""
    row = found(request, pk, pays_fees)
    lines = list(queries.fees_of(row, me(request)))
    paid = {line.seat_id: line for line in lines}
    judges = row.seats.filter(duty=Duty.JUDGE).select_related("panel", "expert").order_by("panel__position", "id")
    context = {
        "session": row,
        "rows": [(seat, paid.get(seat.pk)) for seat in judges],
        "gross": sum((line.gross for line in lines), start=0),
        "net": sum((line.net for line in lines), start=0),
    }
    return render(request, "reviews/fees.html", context)


@permission(pays_fees)
def fee(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What one judge is paid."""
    rows = queries.parts_visible_to(me(request), Seat.objects.filter(duty=Duty.JUDGE).select_related("session__place"))
    seat: Seat = get_object_or_404(rows, pk=pk)
    require(pays_fees, me(request), seat)
    return act(
        request,
        FeeForm(sent(request)),
        lambda data: services.set_fee(seat, actor=me(request), **data),
        back=reverse("reviews:fees", args=[seat.session_id]),
        done=_("Saved."),
        title=_("Enter a fee"),
        lead=seat.name,
        press=_("Save"),
        crumb=seat.session.title,
    )


@permission(pays_fees)
@require_safe
def export_fees(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The list of fees as a workbook, for signatures (documents 12)."""
    row = found(request, pk, pays_fees)
    return workbook(f"{row.title}评审费发放表", FEE_HEADINGS, written_fees(row, me(request)))
