"""What is done with a proposal: handed in, withdrawn, checked, sent back, accepted, refused."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.apps.rounds import services
from linli.apps.rounds.forms.proposals import OfficesForm, SubmitForm, ViewForm
from linli.apps.rounds.forms.rounds import CoachingForm, NothingForm, ReasonForm
from linli.apps.rounds.models import CheckStage, OfficeView, Proposal
from linli.apps.rounds.permissions import gives_this_view
from linli.apps.rounds.queries import DoorClosed, open_doors
from linli.apps.rounds.services.keeping import require
from linli.apps.rounds.services.submitting import Incomplete
from linli.apps.rounds.views.acting import act, sent
from linli.apps.rounds.views.ideas import coach
from linli.apps.rounds.views.proposals import found, to_editor
from linli.kernel.scope import permission, signed_in
from linli.kernel.scope.doors import actor_of

REASONED = {
    "return_for_more": (
        services.return_for_more, _("Send back for more"),
        _("The proposers read your sentence, change the proposal and hand it in again."), _("Sent back."),
    ),
    "refuse": (
        services.refuse, _("Refuse the proposal"), _("The proposers read your reason. It stays on record."),
        _("Refused."),
    ),
}  # fmt: skip
PLAIN = {
    "accept": (
        services.accept, _("Accept for review"), _("Every office asked has passed it. It goes on to the review."),
        _("Accepted."),
    ),
    "withdraw": (
        services.withdraw, _("Withdraw"), _("It leaves the table; nobody but its proposers sees it any more."),
        _("Withdrawn."),
    ),
    "confirm_edit": (
        services.confirm_edit, _("Confirm the agency's change"),
        _("Compare what changed first; then it can be handed in."), _("Confirmed."),
    ),
}  # fmt: skip


@permission(signed_in)
def change(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """One verb of a proposal."""
    row, actor = found(request, pk), actor_of(request)
    shown: dict[str, Any] = {"back": reverse("rounds:proposal", args=[row.pk]), "crumb": row.title}
    if verb == "submit":
        return _submit(request, row, shown)
    if verb == "check":
        return _begin_check(request, row, shown)
    if verb == "coach":
        shown |= {"title": _("Record coaching"), "press": _("Save"), "done": _("Saved.")}
        return act(request, CoachingForm(sent(request)), lambda data: coach(row, actor, data), **shown)
    if verb in REASONED:
        do, title, lead, done = REASONED[verb]
        form_with_reason = ReasonForm(sent(request))
        return act(
            request, form_with_reason, lambda data: do(row, actor=actor, **data), done=done, title=title, lead=lead,
            press=title, danger=verb == "refuse", **shown,
        )  # fmt: skip
    if verb not in PLAIN:
        raise Http404
    plain, title, lead, done = PLAIN[verb]
    return act(
        request, NothingForm(sent(request)), lambda _data: plain(row, actor=actor), done=done, title=title,
        lead=lead, press=title, danger=verb == "withdraw", **shown,
    )  # fmt: skip


def _submit(request: HttpRequest, row: Proposal, shown: dict[str, Any]) -> HttpResponse:
    """Hand in; what is missing leads to its section, a closed phase to the field for a code. Nothing is lost."""
    from django.utils import timezone

    form: forms.Form = SubmitForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.submit(row, code=form.cleaned_data["code"], actor=actor_of(request))
        except Incomplete as gap:
            messages.warning(request, str(gap))
            return to_editor(row, gap.section)
        except DoorClosed as closed:
            form.add_error("code", str(closed))
            return act(request, form, lambda _data: None, done="", **_submit_words(row), **shown)
        messages.success(request, _("Handed in. Its number is %(serial)s.") % {"serial": row.serial})
        return redirect(shown["back"])
    doors = open_doors(row.round, timezone.now())
    if "propose" in doors or (row.serial and "resubmit" in doors):
        form.fields["code"].widget = forms.HiddenInput()
    return act(request, form, lambda _data: None, done="", **_submit_words(row), **shown)


def _submit_words(row: Proposal) -> dict[str, Any]:
    sealed = _("Until the opening by two people nobody but you reads it. You may withdraw it at any time.")
    open_lead = _("The street reads it from now on. You may withdraw it at any time.")
    return {
        "title": _("Hand in"),
        "lead": sealed if row.round.is_closed_to_readers else open_lead,
        "press": _("Hand in"),
    }


def _begin_check(request: HttpRequest, row: Proposal, shown: dict[str, Any]) -> HttpResponse:
    form = OfficesForm(sent(request), initial={"offices": "\n".join(row.round.offices)})
    form.fields["stage"].choices = CheckStage.choices  # type: ignore[attr-defined]  # a choice field
    return act(
        request,
        form,
        lambda data: services.begin_check(
            row, stage=data["stage"], offices=data["offices"].splitlines(), actor=actor_of(request)
        ),
        done=_("The check has begun. Each office gives its view on this page."),
        title=_("Begin a check"),
        lead=_("Each office gives its view: pass, to be changed, or not to be supported."),
        press=_("Begin"),
        **shown,
    )


@permission(gives_this_view)
def view(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What one office says."""
    one: OfficeView = get_object_or_404(OfficeView.objects.select_related("check_of__proposal__round__place"), pk=pk)
    row = found(request, one.check_of.proposal_id)
    require(gives_this_view, actor_of(request), one)
    initial = {"view": one.view, "approved": one.approved or row.asked, "reason": one.reason, "clause": one.clause}
    return act(
        request,
        ViewForm(sent(request), initial=initial),
        lambda data: services.give_view(one, actor=actor_of(request), **data),
        back=reverse("rounds:proposal", args=[row.pk]),
        crumb=row.title,
        done=_("Saved."),
        title=one.office,
        lead=row.title,
        press=_("Save the view"),
    )
