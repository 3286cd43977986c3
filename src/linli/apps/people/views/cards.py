"""Doors of contact cards: list, one card, new, edit, and one door for every verb."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from linli.apps.people import queries, services
from linli.apps.people.forms import CardForm, MoveForm, NewCardForm
from linli.apps.people.lifecycle import LIFECYCLE
from linli.apps.people.models import CardState, ContactCard, User
from linli.apps.people.permissions import reads_cards, signs_cards, withdraws_cards, writes_cards
from linli.apps.people.services.cards import TextChanged
from linli.apps.people.views.telling import stations, story
from linli.kernel.audit import timeline
from linli.kernel.documents import substituted
from linli.kernel.errors import Refusal
from linli.kernel.refs import ref_of
from linli.kernel.scope import permission
from linli.kernel.scope.doors import actor_of
from linli.kernel.ui.lists import Column, Filter, ListPage
from linli.kernel.ui.versions import conflict_page

COLUMNS = (
    Column("title", _("What it is about"), sort="title"),
    Column("community", _("Community")),
    Column("state", _("State"), sort="state"),
    Column("phone", _("Office telephone")),
    Column("changed_at", _("Last change"), sort="changed_at"),
)
PLAIN: dict[str, Callable[..., None]] = {
    "submit": services.submit,
    "check": services.check,
    "sign_off": services.sign_off,
    "take_up_again": services.take_up_again,
}
WITH_REASON: dict[str, Callable[..., None]] = {"send_back": services.send_back, "withdraw": services.withdraw}
DONE = {
    "submit": _("The card is on its way to the check."),
    "check": _("Checked. A third person signs it off now."),
    "sign_off": _("Signed off: the neighbours see the card now."),
    "send_back": _("The card is back with its author."),
    "withdraw": _("Withdrawn: the neighbours no longer see the card."),
    "take_up_again": _("The card is a draft again."),
}


def _actor(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # every door here is closed to strangers
    return request.user


def _card(request: HttpRequest, pk: UUID) -> ContactCard:
    rows = queries.visible_to(actor_of(request)).select_related("community__street", "author", "checker", "signer")
    found: ContactCard = get_object_or_404(rows, pk=pk)
    return found


@permission(reads_cards)
def card_list(request: HttpRequest) -> HttpResponse:
    """The cards of the communities I work in."""
    actor = _actor(request)
    rows = queries.visible_to(actor).select_related("community")
    states = (Filter("state", _("State"), CardState.choices),)
    page = ListPage(request, rows, columns=COLUMNS, filters=states, first_sort="-changed_at")
    context = {
        "page": page,
        "may_write": writes_cards(actor, None),
        "may_give_notice": signs_cards(actor, None),
        "substituted": "、".join(substituted()),
    }
    return render(request, "people/cards.html", context)


@permission(reads_cards)
def card(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One card: its text, where it stands, what I may do with it now, what happened to it."""
    return _show(request, _card(request, pk))


def _show(request: HttpRequest, row: ContactCard, *, refusal: Refusal | None = None) -> HttpResponse:
    actor = _actor(request)
    entries = timeline(ref_of(row))
    context = {
        "card": row,
        "stations": stations(row, entries),
        "story": story(entries),
        "verbs": [
            {"transition": item, "asks_reason": item.name in WITH_REASON, "form": MoveForm.for_verb(item.name, row)}
            for item in LIFECYCLE.offered(actor, row)
        ],
        "may_edit": row.state == CardState.DRAFT and writes_cards(actor, row),
        "refusal": refusal,
    }
    return render(request, "people/card.html", context, status=refusal.status if refusal else 200)


@permission(writes_cards)
def new(request: HttpRequest) -> HttpResponse:
    """Draw a card up."""
    actor = _actor(request)
    form = NewCardForm(request.POST or None, communities=queries.writable_communities(actor))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = services.draw_up(community=data["community"], text=form.text(), key=data["key"], actor=actor)
        except Refusal as refusal:
            _explain(form, refusal)
        else:
            messages.success(request, _("The draft is saved. Submit it when it is complete."))
            return redirect("people:card", made.pk)
    return render(request, "people/new_card.html", {"form": form}, status=422 if form.errors else 200)


@permission(writes_cards)
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a draft; when somebody else changed it meanwhile, both texts are shown."""
    row = _card(request, pk)
    form = CardForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        row.refresh_from_db()
        try:
            services.edit(row, text=form.text(), version=form.seen, actor=_actor(request))
        except TextChanged:
            return conflict_page(request, form, title=str(_("Two texts of one card")))
        except Refusal as refusal:
            _explain(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("people:card", row.pk)
    return render(request, "people/edit_card.html", {"form": form, "card": row}, status=422 if form.errors else 200)


@permission(withdraws_cards)
@require_POST
def move(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Press one verb of the lifecycle; a refusal is shown on the card as it stands now."""
    row = _card(request, pk)
    if verb not in DONE:
        raise Http404
    form = MoveForm(request.POST)
    if not form.is_valid():
        return _show(request, row, refusal=Refusal(_("The form was not complete. Reload the page and try again.")))
    version, reason = form.cleaned_data["version"], form.cleaned_data["reason"]
    asked: dict[str, Any] = {"actor": _actor(request), "version": version}
    try:
        if verb in WITH_REASON:
            WITH_REASON[verb](row, reason=reason, **asked)
        else:
            PLAIN[verb](row, **asked)
    except Refusal as refusal:
        return _show(request, _card(request, pk), refusal=refusal)
    messages.success(request, DONE[verb])
    return redirect("people:card", row.pk)


def _explain(form: Any, refusal: Refusal) -> None:
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
