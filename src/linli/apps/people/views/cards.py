"""Doors of contact cards: list, one card, new, edit, and one door for every verb."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from linli.apps.people import queries, services
from linli.apps.people.forms import CardForm, NewCardForm
from linli.apps.people.models import ContactCard, User
from linli.apps.people.permissions import reads_cards, signs_cards, withdraws_cards, writes_cards
from linli.apps.people.services.cards import TextChanged
from linli.apps.people.views.telling import story
from linli.kernel.audit import timeline
from linli.kernel.documents import substituted
from linli.kernel.errors import Refusal
from linli.kernel.publication import PublicationState, in_state, with_standing
from linli.kernel.refs import ref_of
from linli.kernel.scope import permission
from linli.kernel.scope.doors import actor_of
from linli.kernel.ui.lists import Column, Filter, ListPage
from linli.kernel.ui.publications import press, standing
from linli.kernel.ui.versions import conflict_page

COLUMNS = (
    Column("title", _("What it is about"), sort="title"),
    Column("community", _("Community")),
    Column("state", _("State")),
    Column("phone", _("Office telephone")),
    Column("changed_at", _("Last change"), sort="changed_at"),
)


def _actor(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # every door here is closed to strangers
    return request.user


def _card(request: HttpRequest, pk: UUID) -> ContactCard:
    rows = queries.visible_to(actor_of(request)).select_related("community__street")
    found: ContactCard = get_object_or_404(rows, pk=pk)
    return found


def _door(row: ContactCard, verb: str) -> str:
    return reverse("people:move_card", args=[row.pk, verb])


def _in_state(rows: QuerySet[ContactCard], state: str) -> QuerySet[ContactCard]:
    return rows.filter(pk__in=in_state("people.contact_card", state))


def page_of(request: HttpRequest) -> ListPage:
    """The cards of the communities I work in, as the list and the workbook show them."""
    rows = with_standing(queries.visible_to(actor_of(request)).select_related("community"))
    states = (Filter("state", _("State"), PublicationState.choices, narrow=_in_state),)
    return ListPage(request, rows, columns=COLUMNS, filters=states, first_sort="-changed_at")


@permission(reads_cards)
def card_list(request: HttpRequest) -> HttpResponse:
    """The cards of the communities I work in."""
    actor = _actor(request)
    context = {
        "page": page_of(request),
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
    shown = standing(row, actor=actor, entries=entries, address=lambda verb: _door(row, verb))
    context = {
        "card": row,
        "standing": shown,
        "story": story(entries),
        "may_edit": shown["is_draft"] and writes_cards(actor, row),
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
    """Press one verb on the way to the public; a refusal is shown on the card as it stands now."""
    row = _card(request, pk)

    def show(refusal: Refusal) -> HttpResponse:
        return _show(request, _card(request, pk), refusal=refusal)

    return press(request, row, verb, show=show)


def _explain(form: Any, refusal: Refusal) -> None:
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
