"""What may be done with a whole session at the desk: each verb with its form and its words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.apps.reviews import services
from linli.apps.reviews.forms import NoForm, ReasonForm
from linli.apps.reviews.lifecycle import LIFECYCLE
from linli.apps.reviews.models import ReviewSession, SessionState
from linli.apps.reviews.permissions import tends_reviews


def _is_preparing(session: ReviewSession) -> bool:
    return session.state == SessionState.PREPARING


@dataclass(frozen=True)
class Act:
    """One verb of a session: its form, what it does, what the page says; ``when`` it is offered."""

    form: type[forms.Form]
    do: Callable[..., Any]
    title: Any
    lead: Any
    done: Any
    danger: bool = False
    when: Callable[[ReviewSession], bool] = _is_preparing


ACTS = {
    "derive": Act(
        NoForm,
        services.derive_recusals,
        _("Look for recusals"),
        _("The house compares units, homes, posts, notes and ties with the entries. You decide on each it finds."),
        _("Looked. What was found waits for your decision."),
        when=lambda session: session.state in (SessionState.PREPARING, SessionState.RUNNING),
    ),
    "start": Act(
        NoForm,
        services.start,
        _("Start scoring"),
        _("The rubric stands fast, and each panel gets its rule from the fewest marks any entry can get."),
        _("Scoring has started."),
        when=_is_preparing,
    ),
    "close": Act(
        NoForm,
        services.close,
        _("Close the review"),
        _("Results stand, papers close, whoever entered the projects is told. This cannot be undone."),
        _("The review is closed."),
        when=lambda session: session.state == SessionState.RUNNING,
    ),
    "rehearse": Act(
        NoForm,
        services.rehearse,
        _("Rehearse"),
        _("A copy to practise on: same panels, judges and entries. It counts nowhere and is forgotten afterwards."),
        _("The rehearsal is ready."),
        when=lambda session: _is_preparing(session) and not session.is_rehearsal,
    ),
    "forget": Act(
        NoForm,
        services.forget_rehearsal,
        _("Forget the rehearsal"),
        _("Everything of this rehearsal is deleted and leaves no trace."),
        _("The rehearsal is forgotten."),
        danger=True,
        when=lambda session: session.is_rehearsal,
    ),
    "call_back": Act(
        ReasonForm,
        services.call_back,
        _("Call it back from the laptop"),
        _("Scoring goes on here. What the laptop writes is not taken in any more."),
        _("The review goes on here."),
        danger=True,
        when=lambda session: session.state == SessionState.AWAY,
    ),
    "call_off": Act(
        ReasonForm,
        services.call_off,
        _("Call the review off"),
        _("It does not take place, or not to its end. What happened stays on record."),
        _("The review is called off."),
        danger=True,
        when=lambda session: session.state in (SessionState.PREPARING, SessionState.RUNNING),
    ),
}


def verbs_of(session: ReviewSession, actor: Any, *, here: bool) -> list[tuple[str, Any]]:
    """(address, word) of what the actor may do now; ``here``: on a laptop it was taken out on."""
    if not tends_reviews(actor, session):
        return []
    offered = {one.name for one in LIFECYCLE.offered(actor, session)}
    ours = {name for name in ACTS if name not in LIFECYCLE.transitions}
    found = [
        (reverse("reviews:change", args=[session.pk, name]), one.title)
        for name, one in ACTS.items()
        if one.when(session) and name in offered | ours and not (here and name == "derive")
    ]
    if "send_out" in offered and not session.is_rehearsal and not here:
        found.insert(0, (reverse("reviews:take_out", args=[session.pk]), LIFECYCLE.transitions["send_out"].title))
    return found
