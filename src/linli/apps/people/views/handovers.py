"""Doors of handover slips: list, draw up, one slip, its lines, its verbs, its paper."""

import io
from collections.abc import Callable
from itertools import groupby
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from linli.apps.people import queries, services
from linli.apps.people.forms import HandoverForm, ItemForm
from linli.apps.people.lifecycle import HANDOVERS
from linli.apps.people.models import Handover, HandoverItem, HandoverState, ItemKind, Post
from linli.apps.people.permissions import opens_the_desk
from linli.apps.people.views.acting import act, me, press
from linli.apps.people.views.telling import story
from linli.kernel import documents
from linli.kernel.audit import timeline
from linli.kernel.refs import Ref, ref_of, resolve
from linli.kernel.scope import permission
from linli.kernel.scope.doors import actor_of
from linli.kernel.ui.lists import Column, Filter, ListPage
from linli.kernel.ui.publications import Station

COLUMNS = (
    Column("title", _("Title of the office")),
    Column("giver", _("Hands over")),
    Column("taker", _("Takes over")),
    Column("state", _("State"), sort="state"),
    Column("drawn_up_at", _("Drawn up on"), sort="drawn_up_at"),
)
VERBS: dict[str, Callable[..., Any]] = {
    "confirm": services.confirm_handover,
    "witness": services.witness_handover,
    "carry_out": services.carry_out_handover,
}
DONE = {
    "confirm": _("Confirmed. The witness signs now."),
    "witness": _("Witnessed. Now it can be carried out."),
    "carry_out": _("Carried out: all open work has changed hands."),
    "call_off": _("Called off. Nothing was handed over."),
}
PEOPLE = ("giver", "taker", "witness", "post__user", "post__place__street", "post__organization__place__street")


def page_of(request: HttpRequest) -> ListPage:
    """The slips I see, as the list and the workbook show them."""
    rows = queries.handovers_visible_to(me(request)).select_related("giver", "taker", "witness")
    states = (Filter("state", _("State"), HandoverState.choices),)
    return ListPage(request, rows, columns=COLUMNS, filters=states, first_sort="-drawn_up_at")


@permission(opens_the_desk)
def handover_list(request: HttpRequest) -> HttpResponse:
    """The slips in which I hand over, take over or witness, and those of the posts I look after."""
    actor, page = me(request), page_of(request)
    mine = [post for post in actor.posts_in_force if post.user_id == actor.pk]
    return render(request, "people/handovers.html", {"page": page, "mine": mine})


@permission(opens_the_desk)
def new(request: HttpRequest, post: UUID) -> HttpResponse:
    """Draw up a slip about a post: my own, or one I look after."""
    actor = me(request)
    rows = Post.objects.select_related("user", "place__street", "organization__place__street")
    seen = rows.filter(pk__in=queries.posts_visible_to(actor).order_by().values("pk")) | rows.filter(user=actor)
    row: Post = get_object_or_404(seen, pk=post)
    return act(
        request,
        HandoverForm(request.POST or None, users=queries.colleagues_of(row)),
        lambda data: services.draw_up_handover(row, actor=actor, **data),
        back=reverse("people:handovers"),
        onward=lambda slip: reverse("people:handover", args=[slip.pk]),
        done=_("The slip is drawn up, with all open work on it. Add seals, keys and papers, then the taker confirms."),
        title=_("Draw up a handover"),
        lead=f"{row.user.name} · {row.where}",
        press=_("Draw up"),
        crumb=_("Handovers"),
    )


def _slip(request: HttpRequest, pk: UUID) -> Handover:
    found: Handover = get_object_or_404(queries.handovers_visible_to(me(request)).select_related(*PEOPLE), pk=pk)
    return found


@permission(opens_the_desk)
def handover(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One slip: who, what, where it stands, what I may do."""
    slip, actor = _slip(request, pk), me(request)
    items = list(slip.items.all())
    refs = [Ref(item.ref_kind, item.ref_id) for item in items if item.ref_id]
    found = resolve(refs, actor=actor)
    drafted = slip.state == HandoverState.DRAFTED and _may_fill_in(slip, actor)
    context = {
        "slip": slip,
        "items": [(item, found.get(Ref(item.ref_kind, item.ref_id)) if item.ref_id else None) for item in items],
        "stations": _stations(slip),
        "verbs": HANDOVERS.offered(actor, slip),
        "form": ItemForm() if drafted else None,
        "story": story(timeline(ref_of(slip))),
    }
    return render(request, "people/handover.html", context)


def _may_fill_in(slip: Handover, actor: Any) -> bool:
    return slip.giver_id == actor.pk or any(verb.name == "call_off" for verb in HANDOVERS.offered(actor, slip))


def _stations(slip: Handover) -> list[Station]:
    passed = (slip.drawn_up_at, slip.confirmed_at, slip.witnessed_at, slip.done_at)
    way = list(HandoverState)[:4]
    here = next((number for number, at in enumerate(passed) if at is None), len(way))
    line = [
        Station(state.label, "done" if at else "now" if number == here else "todo", at)
        for number, (state, at) in enumerate(zip(way, passed, strict=True))
    ]
    if slip.state == HandoverState.CALLED_OFF:
        return [station for station in line if station.state == "done"] + [Station(slip.get_state_display(), "now")]
    return line


@permission(opens_the_desk)
def add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a line on the slip."""
    slip = _slip(request, pk)
    return act(
        request,
        ItemForm(request.POST or None),
        lambda data: services.add_item(slip, actor=actor_of(request), **data),
        back=reverse("people:handover", args=[pk]),
        done=_("Entered."),
        title=_("Add a line"),
        lead=_("Seals, keys, papers, accounts of other systems: how many, where they lie."),
        press=_("Add"),
        crumb=slip.title,
    )


@permission(opens_the_desk)
@require_POST
def remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a line off the slip."""
    rows = HandoverItem.objects.filter(handover__in=queries.handovers_visible_to(me(request)).order_by().values("pk"))
    item: HandoverItem = get_object_or_404(rows.select_related("handover__post"), pk=pk)
    return press(
        request,
        lambda: services.remove_item(item, actor=actor_of(request)),
        back=reverse("people:handover", args=[item.handover_id]),
        done=_("Taken off."),
    )


@permission(opens_the_desk)
@require_POST
def move(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Sign, witness, carry out, call off; a refusal is told on the slip as it stands."""
    slip = _slip(request, pk)
    if verb not in DONE:
        raise Http404
    version = request.POST.get("version", "")

    def do() -> None:
        if verb == "call_off":
            services.call_off_handover(slip, actor=actor_of(request))
        else:
            VERBS[verb](slip, actor=actor_of(request), version=int(version) if version.isdecimal() else None)

    return press(request, do, back=reverse("people:handover", args=[pk]), done=DONE[verb])


@permission(opens_the_desk)
@require_safe
def paper(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The slip on paper, for the three to sign."""
    slip = _slip(request, pk)
    content = documents.render_pdf("people/handover.typ", _told(slip))
    name = f"工作交接单-{slip.giver.name}-{slip.taker.name}-{slip.drawn_up_at:%Y%m%d}.pdf"
    return FileResponse(io.BytesIO(content), as_attachment=True, filename=name, content_type="application/pdf")


def _told(slip: Handover) -> dict[str, Any]:
    order = list(ItemKind)
    items = sorted(slip.items.all(), key=lambda item: order.index(ItemKind(item.kind)))
    groups = [
        {"name": str(ItemKind(kind).label), "items": [_line(item) for item in lines]}
        for kind, lines in groupby(items, key=lambda item: item.kind)
    ]
    moments = {"confirmed": slip.confirmed_at, "witnessed": slip.witnessed_at}
    return {
        "state": str(slip.get_state_display()),
        "title": slip.title,
        "giver": slip.giver.name,
        "taker": slip.taker.name,
        "witness": slip.witness.name,
        "moves_post": slip.moves_post,
        "drawn_up": timezone.localdate(slip.drawn_up_at),
        "printed": timezone.localdate(),
        "groups": groups,
        **{name: timezone.localdate(at).isoformat() if at else "" for name, at in moments.items()},
    }


def _line(item: HandoverItem) -> dict[str, str]:
    late = "确认后新增" if item.came_later else ""
    return {"title": item.title, "progress": item.progress, "remark": item.remark or late}
