"""The list of needs, and one need on the desk."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.needs import queries
from linli.apps.needs.models import Channel, Duty, Need, NeedState, Sensitivity
from linli.apps.needs.permissions import keeps_pages, reads_needs
from linli.apps.needs.queries.desk import TABS
from linli.apps.needs.views.acting import found
from linli.apps.needs.views.doing import offered_to
from linli.apps.places.queries import Drawn, ground_of
from linli.kernel import files
from linli.kernel.contributions import Verb, contributions, page_parts
from linli.kernel.files import photos
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor, permission
from linli.kernel.ui.acting import me, story
from linli.kernel.ui.lists import Column, Filter, ListPage

COLUMNS = (
    Column("title", _("What it is about")),
    Column("place", _("Place")),
    Column("category", _("Category")),
    Column("handler", _("Who has it now")),
    Column("promised", _("Promised by")),
    Column("state", _("State")),
    Column("received_at", _("Received"), sort="received_at"),
)
NAMES = (
    ("mine", _("Mine")), ("analyse", _("To analyse")), ("dispatch", _("To dispatch")), ("handling", _("Being handled")),
    ("answered", _("To be rated")), ("closed", _("Finished")), ("all", _("All")),
)  # fmt: skip
STAGES = (
    (NeedState.RECEIVED, "received_at"), (NeedState.ANALYSED, "analysed_at"), (NeedState.HANDLING, ""),
    (NeedState.ANSWERED, "answered_at"), (NeedState.CLOSED, "closed_at"),
)  # fmt: skip
CLOCKS = {
    "official": _("Official limit"),
    "sign_for": _("To be signed for"),
    "first_contact": _("First contact"),
    "first_result": _("First result"),
}


@permission(reads_needs)
@require_safe
def needs(request: HttpRequest) -> HttpResponse:
    """The needs the reader sees, in tabs by what is to be done; searched, the newest 200 and "200+"."""
    actor = me(request)
    tab = request.GET.get("tab", "mine")
    tab = tab if tab in {"mine", "all", *TABS} else "mine"
    words = request.GET.get("q", "").strip()[:100]
    hits = queries.found(words, actor) if words else None
    rows = queries.visible_to(actor) if hits else queries.in_tab(tab, actor)
    if hits is not None:
        rows = rows.filter(pk__in=hits.keys)
    filters = (Filter("channel", _("How it came in"), Channel.choices),)
    page = ListPage(
        request, queries.with_parts(rows), columns=COLUMNS, filters=filters, first_sort="-received_at"
    )  # fmt: skip
    now = timezone.now()
    context = {
        "page": page,
        "rows": [{"need": row, "handler": _handler(row), "late": _late(row, now)} for row in page.rows],
        "tab": "" if hits else tab,
        "tabs": NAMES,
        "words": words,
        "hits": hits,
        "may_keep": keeps_pages(actor, None),
    }
    return render(request, "needs/needs.html", context)


def _handler(row: Need) -> Any:
    parts = {part.duty: part for part in row.assignments.all()}
    return parts.get(Duty.HANDLER) or parts.get(Duty.OWNER)


def _late(row: Need, now: Any) -> str:
    """Red when the promise is broken, amber on the last day."""
    if row.promised is None or row.state not in (NeedState.RECEIVED, NeedState.ANALYSED, NeedState.HANDLING):
        return ""
    left = row.promised - now
    return "red" if left.total_seconds() < 0 else "amber" if left.days < 1 else ""


@permission(reads_needs)
@require_safe
def need(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One need: what the resident said; how far it is, who has it, what I may do now; what happened."""
    row, actor, now = found(request, pk), me(request), timezone.now()
    parts = list(row.assignments.select_related("place", "organization", "user").order_by("since"))
    clocks, verbs = queries.clocks_of(row, now), offered_to(actor, row)
    context = {
        "need": row,
        "stations": _stations(row),
        "owner": next((one for one in parts if one.duty == Duty.OWNER and one.until is None), None),
        "parts_of": [one for one in parts if one.duty != Duty.OWNER and one.until is None],
        "clocks": [(title, clocks[name]) for name, title in CLOCKS.items() if name in clocks],
        "verbs": verbs,
        "first_verb": next((one for one in verbs if one.main), None),
        "sees_contact": queries.may_see_contact(row, actor),
        "contact": getattr(row, "contact", None),
        "sensitive": Sensitivity(row.sensitivity).label if row.sensitivity else "",
        "tiles": photos.grid(ref_of(row), actor=actor),
        "ground": _ground(row),
        "papers": files.files_of(ref_of(row)),
        "earlier": queries.earlier_here(row, actor),
        "parts": page_parts("needs.need", actor=actor, record=row),
        "later": [
            (verb.title, verb.address(row))
            for verb in contributions(Verb)
            if verb.kind == "needs.need" and verb.allowed(actor, row)
        ],
        "story": story(queries.story_of(row)),
        **_said(row, actor),
    }
    return render(request, "needs/need.html", context)


def _ground(row: Need) -> Drawn | None:
    """Where the resident pointed, on the picture of the place; None where he only used words."""
    if row.latitude is None or row.longitude is None:
        return None
    return ground_of(row.place, pin=(float(row.latitude), float(row.longitude)))


def _said(row: Need, actor: Actor) -> dict[str, Any]:
    """What was tried, answered and judged, and what waits for a decision."""
    return {
        "attempts": list(row.attempts.all()),
        "answers": list(row.answers.filter(given_at__isnull=False)),
        "verdicts": list(row.verdicts.all()),
        "objections": list(row.objections.filter(decided_at__isnull=True).select_related("assignment__place")),
        "extensions": list(row.extensions.filter(state="asked")),
        "offers": list(row.offers.filter(answered_at__isnull=True).select_related("user")),
        "joined": list(queries.visible_to(actor, row.joined.all())),
        **_lineage(row, actor),
    }


def _lineage(row: Need, actor: Actor) -> dict[str, Any]:
    """The need it was joined to and the one it was split from, where the wall shows them."""
    keys = {"joined_to": row.joined_to_id, "split_from": row.split_from_id}
    asked = [key for key in keys.values() if key is not None]
    seen = queries.visible_to(actor, Need.objects.filter(pk__in=asked)).in_bulk() if asked else {}
    return {name: seen.get(key) for name, key in keys.items() if key is not None}


def _stations(row: Need) -> list[dict[str, Any]]:
    """The five stages, with when each was reached."""
    order = [state for state, _at in STAGES]
    place = order.index(NeedState(row.state)) if row.state in order else -1
    return [
        {
            "name": state.label,
            "state": "done" if index < place or row.state == NeedState.CLOSED else "now" if index == place else "next",
            "at": getattr(row, at) if at and index <= place else None,
        }
        for index, (state, at) in enumerate(STAGES)
    ]
