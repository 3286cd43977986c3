"""What is done with a round: opened, closed, rolled over, its seals opened, codes issued, agencies assigned."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.rounds import queries, services
from linli.apps.rounds.forms.rounds import (
    AgencyForm,
    CodesForm,
    NothingForm,
    ReasonForm,
    WhereForm,
    YearForm,
)
from linli.apps.rounds.models import Phase, Round
from linli.apps.rounds.permissions import opens_seals, sets_up_rounds
from linli.apps.rounds.views.acting import DESK, act, explain, sent
from linli.apps.rounds.views.rounds import found
from linli.kernel.errors import Refusal
from linli.kernel.scope import permission
from linli.kernel.scope.doors import actor_of


@dataclass(frozen=True)
class Change:
    """One verb of a round: its form, what the page says, what is called."""

    form: type[forms.Form]
    verb: Callable[..., Any]
    title: Any
    lead: Any
    press: Any
    done: Any
    may: Any = sets_up_rounds
    danger: bool = False


CHANGES = {
    "open": Change(
        NothingForm, services.open_round, _("Open the round"),
        _("From now on its phases count. The figures that hold today are copied to it and stay as they are."),
        _("Open the round"), _("The round is open."),
    ),
    "close": Change(
        ReasonForm, services.close_round, _("Close the round"),
        _("Nothing is handed in or decided in it any more. It can be taken up again."),
        _("Close the round"), _("The round is closed."), danger=True,
    ),
    "reopen": Change(
        ReasonForm, services.reopen_round, _("Take the round up again"),
        _("Its phases count again from now on."), _("Take the round up again"), _("The round runs again."),
    ),
    "roll_over": Change(
        YearForm, services.roll_over, _("Roll over into next year"),
        _("Closes this round where it still runs and sets up next year's alike, its phases a year later."),
        _("Roll over"), _("Next year's round stands."),
    ),
    "begin_opening": Change(
        WhereForm, services.begin_opening, _("Begin the opening"),
        _("Two people open the proposals: you begin, somebody else confirms with an account of his own."),
        _("Begin the opening"), _("The opening has begun. Now the second person confirms it."), opens_seals,
    ),
    "open_seals": Change(
        NothingForm, services.open_seals, _("Confirm the opening"),
        _("From now on everybody whose post reaches here reads what was handed in. This cannot be undone."),
        _("Confirm the opening"), _("The proposals are open."), opens_seals, danger=True,
    ),
}  # fmt: skip

acts_on_rounds = sets_up_rounds | opens_seals


@permission(acts_on_rounds)
def change(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Open, close, take up again, roll over, open the seals."""
    what = CHANGES.get(verb)
    if what is None:
        raise Http404
    row = found(request, pk, what.may)
    return act(
        request,
        what.form(sent(request)),
        lambda data: what.verb(row, actor=actor_of(request), **data),
        back=reverse("rounds:round", args=[row.pk]),
        done=what.done,
        title=what.title,
        lead=what.lead,
        press=what.press,
        danger=what.danger,
        crumb=row.title,
    )


@permission(sets_up_rounds)
def codes(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Issue access codes for who comes late; they are shown once."""
    row = found(request, pk, sets_up_rounds)
    form = CodesForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = services.issue_late_codes(row, **form.cleaned_data, actor=actor_of(request))
        except Refusal as refusal:
            explain(form, refusal)
        else:
            context = {"round": row, "codes": made, "expires": form.cleaned_data["expires"]}
            return render(request, "rounds/codes.html", context)
    context = {
        "form": form,
        "back": reverse("rounds:round", args=[row.pk]),
        "frame": DESK,
        "title": _("Access codes for who comes late"),
        "lead": _("Each code lets one proposal or idea in after the phase has closed. Say why; it stands on record."),
        "press": _("Issue"),
        "crumb": row.title,
    }
    return render(request, "ui/act.html", context, status=422 if form.errors else 200)


@permission(sets_up_rounds)
def agency(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say which agency looks after which communities."""
    row = found(request, pk, sets_up_rounds)
    communities = queries.communities_of(row, timezone.localdate())
    return act(
        request,
        AgencyForm(sent(request), communities=communities),
        lambda data: services.assign_agency(
            row, agency=data["agency"], communities=list(data["communities"]), actor=actor_of(request)
        ),
        back=reverse("rounds:round", args=[row.pk]),
        done=_("Assigned."),
        title=_("Assign a supporting agency"),
        lead=_("It coaches ideas and proposals of these communities, and may write for proposers who confirm it."),
        press=_("Assign"),
        crumb=row.title,
    )


@permission(sets_up_rounds)
def phase(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Leave a phase out with a reason, or repeat it."""
    one: Phase = get_object_or_404(Phase.objects.select_related("round"), pk=pk)
    row: Round = found(request, one.round_id, sets_up_rounds)
    actor, back = actor_of(request), reverse("rounds:phases", args=[row.pk])
    if verb == "repeat":
        if request.method == "POST":
            services.repeat_phase(one, actor=actor)
            messages.success(request, _("The phase stands twice. Date the second one."))
        return redirect(back)
    if verb != "skip":
        raise Http404
    return act(
        request,
        ReasonForm(sent(request)),
        lambda data: services.skip_phase(one, reason=data["reason"], actor=actor),
        back=back,
        done=_("Left out."),
        title=_("Leave a phase out"),
        lead=one.title,
        press=_("Leave out"),
        crumb=row.title,
    )
