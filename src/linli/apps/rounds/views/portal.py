"""The portal's doors: rounds that run, an idea handed in, a proposal begun."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place
from linli.apps.places.queries import COMMUNITIES
from linli.apps.rounds import queries, services
from linli.apps.rounds.forms.proposals import StartForm
from linli.apps.rounds.forms.rounds import IdeaForm
from linli.apps.rounds.kinds import templates
from linli.apps.rounds.models import ChoiceState, Round, RoundState
from linli.apps.rounds.permissions import COUNTERS, SPEAKERS
from linli.apps.rounds.queries.open_data import bearers_of, public_awards
from linli.apps.rounds.services import Proposer
from linli.apps.rounds.views.acting import explain, frame_of, sent
from linli.apps.rounds.views.rounds import stations
from linli.kernel.errors import Refusal
from linli.kernel.scope import everyone, permission, signed_in
from linli.kernel.scope.doors import actor_of


@permission(everyone)
@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """The rounds that run, with what can be done in them now; below, those that ran."""
    rows = queries.public_rounds().prefetch_related("phases").order_by("-year", "-number")[:40]
    now = timezone.now()
    told: list[dict[str, Any]] = []
    for row in rows:
        phases = list(row.phases.all())
        told.append(
            {"row": row, "doors": queries.open_doors(row, now, phases), "running": queries.running(phases, now)}
        )
    context = {
        "open": [one for one in told if one["row"].state == RoundState.OPEN],
        "closed": [one["row"] for one in told if one["row"].state == RoundState.CLOSED],
    }
    return render(request, "rounds/calls.html", context)


def _found(pk: UUID) -> Round:
    row: Round = get_object_or_404(queries.public_rounds(), pk=pk)
    return row


@permission(everyone)
@require_safe
def call(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One round as anybody may read of it: what it is for, its phases, what can be done now."""
    row, now = _found(pk), timezone.now()
    phases, held = queries.phases_of(row), queries.choice_of(row)
    context = {
        "round": row,
        "template": templates()[row.template],
        "stations": stations(phases, now, runs=row.state == RoundState.OPEN),
        "doors": queries.open_doors(row, now, phases),
        "communities": queries.communities_of(row, timezone.localdate()),
        "values": queries.values_of(row),
        "uses": queries.prohibited_in(row),
        "choice": held,
        "projects": queries.projects_of(held) if held and held.state == ChoiceState.PUBLISHED else [],
        "awards": [(award, bearers_of(award)) for award in public_awards(row)],
    }
    return render(request, "rounds/call.html", context)


@permission(everyone)
def idea(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand an idea in, with or without an account. When the phase closes meanwhile the text is kept on the page."""
    row = _found(pk)
    communities = queries.communities_of(row, timezone.localdate())
    form = IdeaForm(sent(request), communities=communities)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            services.hand_in_idea(row, **form.cleaned_data, actor=actor_of(request))
        except Refusal as refusal:
            explain(form, refusal)
            status = refusal.status
        else:
            messages.success(request, _("The idea is in. Thank you."))
            return redirect("rounds:call", row.pk)
    elif form.errors:
        status = 422
    return render(request, "rounds/idea_form.html", {"round": row, "form": form}, status=status)


def _proposers(actor: Any) -> list[tuple[str, str]]:
    """For whom this person may propose: himself, organizations and teams, communities; or at the counter."""
    mine = Organization.objects.filter(pk__in=actor.reach(*SPEAKERS).organizations).order_by("name")[:20]
    places = Place.objects.filter(pk__in=actor.reach(*COUNTERS).places, level__in=COMMUNITIES).order_by("code")[:20]
    choices = [(f"organization:{one.pk}", one.name) for one in mine]
    choices += [(f"place:{one.pk}", one.name) for one in places]
    if places:
        choices.append(("resident", str(_("A resident who came to us"))))
    return [*choices, ("me", str(_("I myself, as a resident")))]


@permission(signed_in)
def propose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin a proposal; afterwards the editor keeps it as it is typed."""
    row, actor = _found(pk), actor_of(request)
    assert actor is not None  # every door here is closed to strangers
    choices = _proposers(actor)
    communities = queries.communities_of(row, timezone.localdate())
    types = any(value == "resident" for value, _label in choices)
    form = StartForm(sent(request), communities=communities, proposers=choices, types=types)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            made = _start(row, form.cleaned_data, actor)
        except Refusal as refusal:
            explain(form, refusal)
            status = refusal.status
        else:
            return redirect("rounds:edit", made.pk, "basics")
    elif form.errors:
        status = 422
    context = {"round": row, "form": form, "frame": frame_of(request), "back": reverse("rounds:call", args=[row.pk])}
    return render(request, "rounds/start.html", context, status=status)


def _start(row: Round, data: dict[str, Any], actor: Any) -> Any:
    kind, _colon, key = data["proposer"].partition(":")
    place = data["place"]
    entered_at = None
    if kind == "organization":
        proposer = Proposer(organization=Organization.objects.get(pk=key))
    elif kind == "place":
        proposer = Proposer(place=Place.objects.get(pk=key))
    elif kind == "resident":
        proposer, entered_at = Proposer(name=data.get("name", ""), phone=data.get("phone", "")), place
    else:
        proposer = Proposer(name=actor.actor_label, user=actor.actor_id)
    return services.start_proposal(
        row, place=place, title=data["title"], proposers=[proposer], entered_at=entered_at, actor=actor
    )
