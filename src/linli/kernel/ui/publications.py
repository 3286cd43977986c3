"""Where a record stands on its way to the public, shown on the page of any app, with the buttons and the findings."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.kernel import publication
from linli.kernel.audit import Entry
from linli.kernel.audit.reading import actor_names
from linli.kernel.errors import Refusal
from linli.kernel.publication import PublicationState as State
from linli.kernel.refs import kind_of
from linli.kernel.scope import Actor
from linli.kernel.scope.doors import actor_of

WAY: tuple[tuple[State, str | Promise, str], ...] = (
    (State.DRAFT, _("Written"), "submit"),
    (State.SUBMITTED, _("Checked by a second person"), "check"),
    (State.CHECKED, _("Signed off by a third"), "sign_off"),
    (State.PUBLIC, _("Public"), ""),
)
PLAIN: dict[str, Callable[..., Any]] = {
    "submit": publication.submit,
    "check": publication.check,
    "sign_off": publication.sign_off,
    "take_up_again": publication.take_up_again,
}
WITH_REASON: dict[str, Callable[..., Any]] = {"send_back": publication.send_back, "withdraw": publication.withdraw}
DONE = {
    "submit": _("Submitted: it is on its way to the check."),
    "check": _("Checked. A third person signs it off now."),
    "sign_off": _("Signed off: everybody sees it now."),
    "send_back": _("It is back with its author."),
    "withdraw": _("Withdrawn: nobody outside sees it any more."),
    "take_up_again": _("It is a draft again."),
}


class MoveForm(forms.Form):
    """A verb pressed on a record: the seal of the text on the page, and a reason where one is asked."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)


@dataclass(frozen=True)
class Station:
    """One stop: ``state`` is "done", "now" or "todo"; ``at`` when it was passed."""

    name: str | Promise
    state: str
    at: datetime | None = None


def stations(row: publication.Publication, entries: Iterable[Entry]) -> list[Station]:
    """The stops of a record; of one sent back or taken up again, only the present round counts."""
    passed: dict[str, datetime] = {}
    for entry in entries:
        verb = entry.row.action.rsplit(".", 1)[-1]
        if verb in ("send_back", "take_up_again", "change"):
            passed.clear()
        passed["submit" if verb == "hold" else verb] = entry.at
    way = [stop for stop in WAY if not (row.short and stop[2] == "sign_off")]
    order = [state for state, _name, _verb in way]
    here = order.index(State(row.state)) if row.state in order else len(order)
    line = []
    for place, (_state, name, verb) in enumerate(way):
        done = place < here or row.state == State.PUBLIC
        at = passed.get(verb) if verb else row.public_at
        line.append(Station(name, "done" if done else "now" if place == here else "todo", at if done else None))
    if row.state == State.WITHDRAWN:
        line.append(Station(row.get_state_display(), "now", passed.get("withdraw")))
    return line


def standing(
    record: Any, *, actor: Actor | None, entries: Iterable[Entry], address: Callable[[str], str] | None = None
) -> dict[str, Any]:
    """What ``ui/publication_way.html`` and ``ui/publication_verbs.html`` show of a record.

    ``entries`` is its timeline; ``address(verb)`` the app's own door, else the common one. Two queries, and those
    of the scan, whose findings are shown before it is public.
    """
    row = publication.publication_of(record)
    waits = row.state in (State.DRAFT, State.SUBMITTED, State.CHECKED)
    names = actor_names(one for one in (row.author_id, row.checker_id, row.signer_id) if one)
    own = address or _common_door(record)
    return {
        "row": row,
        "stations": stations(row, entries),
        "findings": publication.scan_record(record) if waits else [],
        "author": names.get(row.author_id, "") if row.author_id else "",
        "checker": names.get(row.checker_id, "") if row.checker_id else "",
        "signer": names.get(row.signer_id, "") if row.signer_id else "",
        "verbs": [_button(verb, own(verb.name), record) for verb in publication.offered(actor, row)],
        "is_draft": row.state == State.DRAFT,
    }


def _common_door(record: Any) -> Callable[[str], str]:
    kind = kind_of(record).name
    return lambda verb: reverse("ui:publication", args=[kind, record.pk, verb])


def _button(verb: Any, address: str, record: Any) -> dict[str, Any]:
    form = MoveForm(initial={"seen": publication.digest_of(record)}, auto_id=f"{verb.name}_%s")
    form.fields["reason"].required = verb.name == "send_back"
    return {"transition": verb, "address": address, "asks_reason": verb.name in WITH_REASON, "form": form}


def press(
    request: HttpRequest, record: Any, verb: str, *, show: Callable[[Refusal], HttpResponse], back: str = ""
) -> HttpResponse:
    """Do what was pressed and go back to the record's page; a refusal is shown by ``show``. 404 for no such verb."""
    if verb not in DONE:
        raise Http404
    form = MoveForm(request.POST)
    if not form.is_valid():
        return show(Refusal(_("The form was not complete. Reload the page and try again.")))
    asked: dict[str, Any] = {"actor": actor_of(request), "seen": form.cleaned_data["seen"]}
    try:
        if verb in WITH_REASON:
            WITH_REASON[verb](record, reason=form.cleaned_data["reason"], **asked)
        else:
            PLAIN[verb](record, **asked)
    except Refusal as refusal:
        return show(refusal)
    messages.success(request, DONE[verb])
    return redirect(back or kind_of(record).address(record) or "/")
