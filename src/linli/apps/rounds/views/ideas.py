"""Ideas on the desk: typed in from paper, coached, made a proposal, set aside."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.rounds import queries, services
from linli.apps.rounds.forms.rounds import CoachingForm, PaperIdeaForm, ReasonForm, TakeUpForm
from linli.apps.rounds.lifecycle import IDEAS
from linli.apps.rounds.models import AgencyAssignment, Idea
from linli.apps.rounds.permissions import SPEAKERS, enters_ideas
from linli.apps.rounds.services import Proposer
from linli.apps.rounds.views.acting import act, frame_of, sent
from linli.apps.rounds.views.rounds import found as found_round
from linli.kernel.files import files_of
from linli.kernel.refs import ref_of
from linli.kernel.scope import permission, signed_in
from linli.kernel.scope.doors import actor_of


@permission(enters_ideas)
def new_idea(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Type an idea in from paper, or as it was told."""
    row, actor = found_round(request, pk), actor_of(request)
    assert actor is not None  # every door here is closed to strangers
    rows = queries.communities_of(row, timezone.localdate()).filter(pk__in=actor.reach(*actor.roles()).places)
    form = PaperIdeaForm(sent(request), request.FILES or None, communities=rows)
    return act(
        request,
        form,
        lambda data: services.hand_in_idea(row, **data, actor=actor),
        back=reverse("rounds:round", args=[row.pk]),
        done=_("The idea is in. Thank you."),
        title=_("Type an idea in"),
        lead=row.title,
        press=_("Save"),
        crumb=row.title,
        draft="idea-paper",
    )


def found(request: HttpRequest, pk: UUID) -> Idea:
    """The idea of the address, if the reader sees it."""
    rows = queries.ideas_visible_to(actor_of(request)).select_related("round__place", "place", "proposal", "user")
    row: Idea = get_object_or_404(rows, pk=pk)
    return row


@permission(signed_in)
@require_safe
def idea(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One idea: what was told, what was coached, what I may do."""
    row = found(request, pk)
    context = {
        "idea": row,
        "visits": queries.visits_of(row),
        "verbs": IDEAS.offered(actor_of(request), row),
        "files": files_of(ref_of(row)),
        "frame": frame_of(request),
    }
    return render(request, "rounds/idea.html", context)


@permission(signed_in)
def change(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Coach it, make it a proposal, set it aside."""
    row, actor = found(request, pk), actor_of(request)
    back = reverse("rounds:idea", args=[row.pk])
    shown: dict[str, Any] = {"crumb": row.title, "back": back}
    if verb == "coach":
        shown |= {"title": _("Record coaching"), "press": _("Save"), "done": _("Saved.")}
        return act(request, CoachingForm(sent(request)), lambda data: coach(row, actor, data), **shown)
    if verb == "set_aside":
        shown |= {"title": _("Set aside"), "press": _("Set aside"), "done": _("Set aside."), "danger": True}
        return act(
            request,
            ReasonForm(sent(request)),
            lambda data: services.set_aside(row, reason=data["reason"], actor=actor),
            **shown,
        )
    if verb != "take_up":
        raise Http404
    lead = _("The community types for whoever proposes; who proposes can be changed in the editor.")
    return act(
        request, TakeUpForm(sent(request), proposers=_proposers(row)),
        lambda data: take_up(row, data["proposer"], actor), done=_("It is a proposal now."),
        title=_("Make it a proposal"), press=_("Make it a proposal"), lead=lead, **shown,
    )  # fmt: skip


def _proposers(row: Idea) -> list[tuple[str, Any]]:
    """Whoever told the idea, where a name or an account is known; and the community."""
    told = row.name or (row.user.name if row.user else "")
    resident = [("resident", _("Whoever told it: %(name)s") % {"name": told})] if told else []
    return [*resident, ("place", row.place.name)]


def take_up(row: Idea, proposer: str, actor: Any) -> str:
    """Whoever told the idea proposes it, or its community; leads to the proposal."""
    who = Proposer(place=row.place)
    if proposer == "resident":
        name = row.name.for_machine(because="proposer of the idea") if row.name else str(row.user and row.user.name)
        phone = row.phone.for_machine(because="proposer of the idea") if row.phone else ""
        who = Proposer(name=name, phone=phone, user=row.user_id)
    made = services.take_up(row, proposers=[who], entered_at=row.place, actor=actor)
    return reverse("rounds:proposal", args=[made.pk])


def coach(about: Any, actor: Any, data: dict[str, Any]) -> None:
    """Record coaching by the agency the actor speaks for."""
    rows = AgencyAssignment.objects.filter(round=about.round_id, community=about.place_id)
    mine = rows.filter(agency__in=actor.reach(*SPEAKERS).organizations).select_related("agency").first()
    if mine is None:
        raise Http404
    services.record_coaching(about, agency=mine.agency, actor=actor, **data)
