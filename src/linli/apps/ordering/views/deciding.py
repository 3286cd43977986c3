"""Doors by which a sheet moves: the salon, publishing, offers, the choice, cancelling; an order out of a need."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from linli.apps.activities.models import Activity
from linli.apps.needs.models import Need
from linli.apps.needs.queries import visible_to as needs_visible_to
from linli.apps.ordering import queries, services
from linli.apps.ordering.forms.sheets import AwardForm, CallForm, ClaimForm, DiscussForm, FromNeedForm, ReasonForm
from linli.apps.ordering.models import ClaimState, WorkSheet
from linli.apps.ordering.permissions import (
    awards_pages,
    calls_panels,
    claims_pages,
    draws_pages,
    publishes_pages,
    takes_pages,
)
from linli.apps.ordering.views.desk import NOT_YOURS
from linli.apps.ordering.views.sheets import found, page_of
from linli.apps.organizations.models import Organization
from linli.kernel.errors import NotAllowed
from linli.kernel.scope import permission
from linli.kernel.ui.acting import act, me, press


def _mine(request: HttpRequest, pk: UUID, may: Any) -> WorkSheet:
    row = found(request, pk)
    if not may(me(request), row):
        raise NotAllowed(NOT_YOURS)
    return row


@permission(draws_pages)
def discuss(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down what came out of the salon."""
    row = _mine(request, pk, draws_pages)
    salons = Activity.objects.filter(place__in=(row.place_id, row.street_id)).order_by("-planned_at")
    return act(
        request, DiscussForm(request.POST or None, salons=salons),
        lambda data: services.discuss(row, actor=me(request), **data), back=page_of(row),
        done=_("What came out of the salon stands on the sheet."), title=_("Write down the salon"),
        lead=_("The salon is an activity with a convener, kinds of participant and topics."), press=_("Save"),
        crumb=row.title,
    )  # fmt: skip


@permission(publishes_pages)
@require_POST
def publish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Publish the sheet."""
    row = _mine(request, pk, publishes_pages)
    done = _("The sheet is published. Organizations can claim it.")
    return press(request, lambda: services.publish_sheet(row, actor=me(request)), back=page_of(row), done=done)


@permission(publishes_pages)
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Cancel the sheet."""
    row = _mine(request, pk, publishes_pages)
    return act(
        request, ReasonForm(request.POST or None),
        lambda data: services.cancel_sheet(row, reason=data["reason"], actor=me(request)), back=page_of(row),
        done=_("The sheet is cancelled."), title=_("Cancel the work sheet"), danger=True, press=_("Cancel the sheet"),
        lead=_("Its orders keep their places and its needs can go on another sheet."), crumb=row.title,
    )  # fmt: skip


@permission(claims_pages)
def claim(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Offer to take the sheet on."""
    row, actor = found(request, pk), me(request)
    mine = Organization.objects.filter(pk__in=queries.organizations_of(actor))
    return act(
        request, ClaimForm(request.POST or None, mine=mine),
        lambda data: services.claim(row, actor=actor, **data) and None, back=page_of(row),
        done=_("Your offer stands. You hear when it is decided."), title=_("Offer to take it on"),
        lead=f"{row.number} {row.title}", press=_("Make the offer"), crumb=row.title,
    )  # fmt: skip


@permission(claims_pages)
@require_POST
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take an offer back."""
    row = get_object_or_404(queries.claims_visible_to(me(request)).select_related("sheet", "organization"), pk=pk)
    done = _("The offer is taken back.")
    return press(request, lambda: services.withdraw_claim(row, actor=me(request)), back=page_of(row.sheet), done=done)


@permission(awards_pages)
def award(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the sheet to whoever takes it on."""
    row = _mine(request, pk, awards_pages)
    rows = row.claims.filter(state__in=(ClaimState.MADE, ClaimState.WON)).select_related("organization")
    standing, placed = list(rows), queries.found_by_panel(row)
    parts = queries.shares_by(request.GET.get("by", "score"), standing, placed, row.places)
    form = AwardForm(request.POST or None, claims=standing, parts=parts, judged=bool(placed))

    def do(data: dict[str, Any]) -> None:
        services.award(
            row, shares=form.shares(), resources=form.resources(), reason=data["reason"],
            departure=data.get("departure", ""), actor=me(request),
        )  # fmt: skip

    lead = _("The shares sum to 100. Read the earlier contracts and ties on the page first.")
    if parts:
        lead = _("The shares are proposed by what the panel found; change them where there is reason. They sum to 100.")
    return act(
        request, form, do, back=page_of(row), done=_("The sheet is given, and the money promised."),
        title=_("Give the work sheet"), lead=lead,
        press=_("Give the sheet"), crumb=row.title,
    )  # fmt: skip


@permission(calls_panels)
def call(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Call the panel of an open call: rubric and day here, judges on the page of the review."""
    row = _mine(request, pk, calls_panels)

    def do(data: dict[str, Any]) -> str:
        made = services.call_openly(row, rubric=data["rubric"], first_day=data["first_day"], actor=me(request))
        return reverse("reviews:session", args=[made.pk])

    return act(
        request, CallForm(request.POST or None), do, back=page_of(row), title=_("Call the panel"),
        done=_("The review is prepared with every offer. Seat the judges here."), press=_("Call the panel"),
        lead=_("Every offer is entered. From then on no more offers are taken."), crumb=row.title,
    )  # fmt: skip


@permission(takes_pages)
def from_need(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Order a service out of a need."""
    actor = me(request)
    need: Need = get_object_or_404(needs_visible_to(actor).select_related("place", "contact"), pk=pk)
    items = queries.on_the_menu(need.place, timezone.localdate())

    def do(data: dict[str, Any]) -> str:
        made = services.order_from_need(need, item=data["item"], actor=actor)
        return reverse("ordering:order", args=[made.pk])

    return act(
        request, FromNeedForm(request.POST or None, items=items), do, back=reverse("needs:need", args=[need.pk]),
        done=_("It is ordered. Read it back to the person."), title=_("Order a service out of this need"),
        lead=need.title, press=_("Order it"), crumb=need.number,
    )  # fmt: skip
