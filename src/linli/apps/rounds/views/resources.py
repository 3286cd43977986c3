"""What a round gives besides money: the street's stock on one page, what a proposal needs on another."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from linli.apps.rounds import queries, services
from linli.apps.rounds.forms.plans import DemandForm, ResourceSet
from linli.apps.rounds.permissions import keeps_rounds, sets_up_rounds
from linli.apps.rounds.services import Offer
from linli.apps.rounds.views.acting import act, frame_of, sent
from linli.apps.rounds.views.plans import reads_plans
from linli.apps.rounds.views.proposals import found as proposal_found
from linli.apps.rounds.views.rounds import found
from linli.kernel.errors import Refusal
from linli.kernel.scope import permission, signed_in
from linli.kernel.scope.doors import actor_of


@permission(reads_plans)
@require_http_methods(["GET", "HEAD", "POST"])
def stock(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the street offers in a round, how much of it was asked for and given; its keepers change it here."""
    may = sets_up_rounds if request.method == "POST" else None
    row, actor = found(request, pk, may), actor_of(request)
    rows = queries.stock_of(row)
    first = [
        {"key": one.resource.pk, "title": one.resource.title, "amount": one.resource.amount,
         "unit": one.resource.unit, "note": one.resource.note}
        for one in rows
    ]  # fmt: skip
    table = ResourceSet(sent(request), initial=first, prefix="r")
    refused = ""
    if request.method == "POST" and table.is_valid():
        try:
            services.change_resources(row, [_offer(one.cleaned_data) for one in table if _says(one)], actor=actor)
        except Refusal as refusal:
            refused = str(refusal)
        else:
            messages.success(request, _("What is given besides money is saved."))
            return redirect("rounds:stock", row.pk)
    context = {"round": row, "rows": rows, "table": table, "refused": refused, "may_keep": keeps_rounds(actor, row)}
    return render(request, "rounds/resources.html", context, status=422 if request.method == "POST" else 200)


def _says(form: Any) -> bool:
    return bool(form.cleaned_data.get("title"))


def _offer(data: dict[str, Any]) -> Offer:
    return Offer(data["title"], data["unit"], data["amount"], data["note"], data["key"])


@permission(signed_in)
def demands(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What a proposal needs of the resources of its round."""
    row, actor = proposal_found(request, pk), actor_of(request)
    now = queries.demands_of([row]).get(row.pk, {})
    form = DemandForm(sent(request), stock=queries.stock_of(row.round), now=now)
    page = "rounds:desk_proposal" if frame_of(request) == "ui/desk.html" else "rounds:proposal"
    return act(
        request,
        form,
        lambda _data: services.change_demands(row, form.demands(), actor=actor),
        back=reverse(page, args=[row.pk]),
        done=_("What the proposal needs is saved."),
        title=_("What it needs besides money"),
        lead=_("Rooms, equipment, volunteers and whatever else the street offers in this round."),
        press=_("Save"),
        crumb=row.title,
    )
