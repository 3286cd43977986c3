"""Disputes: those I am named in, the figures of the year, one dispute with its steps and parties, every verb."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.needs import services
from linli.apps.needs.forms import parts as forms
from linli.apps.needs.lifecycle.mediation import MEDIATIONS
from linli.apps.needs.models import Mediation, MediationParty
from linli.apps.needs.permissions import handles, mediation_pages
from linli.apps.needs.queries.mediations import mediations_for, outcomes
from linli.apps.needs.services.mediating import UNDER_WAY
from linli.apps.needs.views.acting import found, page_of, sent
from linli.kernel.audit import timeline
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor, permission, signed_in
from linli.kernel.settings import value_of
from linli.kernel.ui.acting import act, me, story

MOST = 200
Do = Callable[[Mediation, dict[str, Any], Actor], Any]


@permission(mediation_pages)
@require_safe
def disputes(request: HttpRequest) -> HttpResponse:
    """My disputes, and what became of all that ended this year, by level, matter and place."""
    actor, today = me(request), timezone.localdate()
    rows = mediations_for(actor).select_related("need", "place")[:MOST]
    least = int(value_of("needs.least_in_public", street=None, at=timezone.now()))
    figures = outcomes(actor, since=today.replace(month=1, day=1), until=today, least=least)
    groups = [(_("Level"), figures.levels), (_("Matter"), figures.matters), (_("Place"), figures.places)]
    context = {
        "rows": list(rows),
        "groups": groups,
        "hidden": figures.hidden,
        "least": least,
        "year": today.year,
        "ended": any(lines for _title, lines in groups),
    }
    return render(request, "needs/disputes.html", context)


@permission(signed_in)
def register_dispute(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Register the dispute of a need."""
    row = found(request, pk, handles)

    def register(data: dict[str, Any]) -> str:
        mediation = services.register_mediation(row, actor=me(request), **data)
        return reverse("needs:dispute", args=[mediation.pk])

    return act(
        request, forms.RegisterForm(request.POST or None), register, back=page_of(row), done=_("Registered."),
        title=_("Register the dispute"), press=_("Register"), crumb=row.title,
        lead=_("Only those named in this need see it. What the police keep is never written down here."),
    )  # fmt: skip


def _found(request: HttpRequest, pk: UUID) -> Mediation:
    rows = mediations_for(me(request)).select_related("need__place", "street", "place")
    row: Mediation = get_object_or_404(rows, pk=pk)
    return row


@permission(mediation_pages)
@require_safe
def dispute(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One dispute."""
    row, actor = _found(request, pk), me(request)
    context = {
        "row": row,
        "verbs": [one for one in MEDIATIONS.offered(actor, row) if one.name in DOINGS],
        "may_step": row.state in UNDER_WAY,
        "steps": row.steps.all(),
        "parties": row.parties.all(),
        "missing": services.missing_steps(row) if row.kind == "property" else [],
        "story": story(timeline(ref_of(row))),
    }
    return render(request, "needs/dispute.html", context)


DOINGS: dict[str, tuple[Any, Do]] = {
    "accept": (forms.NothingForm, lambda row, _data, actor: services.accept_mediation(row, actor=actor)),
    "agree": (forms.ResultForm, lambda row, data, actor: services.agree(row, actor=actor, **data)),
    "fail": (forms.ResultForm, lambda row, data, actor: services.fail(row, actor=actor, **data)),
    "raise_level": (forms.RaiseForm, lambda row, data, actor: services.raise_level(row, actor=actor, **data)),
    "refer": (forms.ReferForm, lambda row, data, actor: services.refer(row, actor=actor, **data)),
    "step": (
        forms.MediationStepForm,
        lambda row, data, actor: services.note_mediation_step(row, actor=actor, **data) and None,
    ),
}  # fmt: skip


@permission(mediation_pages)
def do_dispute(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """One verb of a dispute."""
    row, actor = _found(request, pk), me(request)
    if verb not in DOINGS:
        raise Http404
    form_of, do = DOINGS[verb]
    more = {"need": row.need} if form_of is forms.RaiseForm else {}
    transition = MEDIATIONS.transitions.get(verb)
    title = transition.title if transition else _("Note a step")
    return act(
        request, form_of(sent(request), **more), lambda data: do(row, data, actor), back=_page(row),
        done=_("Saved."), title=title, press=_("Save"), crumb=row.need.number,
    )  # fmt: skip


def _page(row: Mediation) -> str:
    return reverse("needs:dispute", args=[row.pk])


@permission(mediation_pages)
def consent(request: HttpRequest, pk: UUID, item: UUID) -> HttpResponse:
    """A party agrees to be referred."""
    row = _found(request, pk)
    party = get_object_or_404(MediationParty.objects.select_related("mediation__need"), pk=item, mediation=row)
    return act(
        request, forms.ConsentForm(request.POST or None),
        lambda data: services.note_consent(party, actor=me(request), **data), back=_page(row), done=_("Saved."),
        title=_("Note the consent"), press=_("Save"), crumb=row.need.number, lead=party.role,
    )  # fmt: skip
