"""Doors of goods: what is handed out, the households of a building, signing for it, its sheets."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from linli.apps.activities import queries, services
from linli.apps.activities.forms import DistributeForm, GoodsSheetForm, SignForForm
from linli.apps.activities.models import Distribution, DistributionState, Handout
from linli.apps.activities.permissions import keeps_door, reads_activities, runs_activities
from linli.apps.activities.tables.papers import printed_today, sign_for_sheets
from linli.apps.ledger.queries import vouchers_visible_to
from linli.apps.places.models import Building
from linli.apps.places.queries import buildings_visible_to
from linli.kernel import documents, files
from linli.kernel.audit import timeline
from linli.kernel.errors import NotAllowed
from linli.kernel.refs import ref_of, resolve
from linli.kernel.scope import permission
from linli.kernel.ui.acting import PDF, act, me, paper, press, story
from linli.kernel.ui.lists import Column, Filter, ListPage

COLUMNS = (
    Column("item", _("What is handed out")),
    Column("place", _("Place")),
    Column("handed", _("Signed for"), numeric=True),
    Column("left", _("left in stock"), numeric=True),
    Column("begun_at", _("Begun"), sort="begun_at"),
)
MOST_UNSOUGHT = 10
"""Doors of a building among which the eye finds one without being helped."""
NOT_YOURS = _("Only those who hold activities for this place or organization do this.")


@permission(reads_activities)
@require_safe
def goods(request: HttpRequest) -> HttpResponse:
    """What is handed out in the places where I work."""
    actor = me(request)
    rows = queries.distributions_visible_to(actor).select_related("place__street")
    filters = (Filter("state", _("State"), DistributionState.choices),)
    page = ListPage(request, rows, columns=COLUMNS, filters=filters, first_sort="-begun_at")
    return render(request, "activities/goods.html", {"page": page, "may_begin": runs_activities(actor)})


def found(request: HttpRequest, pk: UUID, may: Any = None) -> Distribution:
    """The handing-out of the address, if the reader sees it; refused when he may not do what he came for."""
    actor = me(request)
    rows = queries.distributions_visible_to(actor).select_related("place__street")
    row: Distribution = get_object_or_404(rows, pk=pk)
    if may is not None and not may(actor, row):
        raise NotAllowed(NOT_YOURS)
    return row


def _page(row: Distribution) -> str:
    return reverse("activities:distribution", args=[row.pk])


@permission(reads_activities)
@require_safe
def distribution(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One handing-out: how far it is, building by building."""
    row, actor = found(request, pk), me(request)
    refs = [ref for ref in (row.subject, row.voucher) if ref is not None]
    named = resolve(refs, actor=actor)
    context = {
        "goods": row,
        "count": queries.goods_count(row),
        "buildings": queries.by_building(row),
        "subject": named.get(row.subject) if row.subject else None,
        "voucher": named.get(row.voucher) if row.voucher else None,
        "scans": files.files_of(ref_of(row)),
        "may_sign": keeps_door(actor, row) and row.state == DistributionState.OPEN,
        "may_run": runs_activities(actor, row) and row.state == DistributionState.OPEN,
        "story": story(timeline(ref_of(row))),
    }
    return render(request, "activities/distribution.html", context)


@permission(runs_activities)
def new_goods(request: HttpRequest) -> HttpResponse:
    """Begin to hand something out."""
    actor = me(request)
    houses = buildings_visible_to(actor).select_related("community", "estate")
    vouchers = vouchers_visible_to(actor).filter(amount__gt=0).order_by("-issued_on", "-id")
    form = DistributeForm(
        request.POST or None, places=queries.plannable_places(actor), vouchers=vouchers,
        buildings=houses.order_by("community__code", "estate__name", "number", "name"),
        subjects=queries.known_subjects(actor),
        initial={"subject": request.GET.get("subject"), "place": request.GET.get("place")},
    )  # fmt: skip

    def do(data: dict[str, Any]) -> str:
        data["buildings"] = list(data["buildings"]) or None
        return _page(services.distribute(actor=actor, **data))

    return act(
        request,
        form,
        do,
        back=reverse("activities:goods"),
        done=_("The list of households stands. Print the sheets of the buildings."),
        title=_("Hand goods out"),
        lead=_("Every household of the place, or of the buildings you choose, signs for its part once."),
        press=_("Begin"),
        crumb=_("Goods"),
    )


def _building(row: Distribution, pk: UUID) -> Building:
    building: Building = get_object_or_404(Building.objects.filter(pk__in=row.handouts.values("building")), pk=pk)
    return building


def _door(row: Handout) -> str:
    return f"{row.household.stairwell or ''}{row.household}"


@permission(keeps_door)
@require_safe
def building(request: HttpRequest, pk: UUID, building: UUID) -> HttpResponse:
    """The doors of a building, a stairwell or some floors at once: who has signed, who has not; ``?q=`` finds one."""
    row = found(request, pk, keeps_door)
    house = _building(row, building)
    parts = queries.parts_of(services.handouts_of(row, house))
    sought = "".join(request.GET.get("q", "").split())[:20]
    unsigned = [one for one in parts if one.signed < len(one.rows)]
    shown = next((one for one in parts if one.key == request.GET.get("part")), (unsigned or parts)[0])
    rows = shown.rows
    if sought:
        rows = [one for part in parts for one in part.rows if sought in _door(one[1])]
    context = {
        "goods": row, "building": house, "rows": rows, "parts": parts, "shown": shown, "sought": sought,
        "many": sum(len(one.rows) for one in parts) > MOST_UNSOUGHT, "open": row.state == DistributionState.OPEN,
    }  # fmt: skip
    return render(request, "activities/goods_building.html", context)


@permission(keeps_door)
def sign(request: HttpRequest, pk: UUID, handout: UUID) -> HttpResponse:
    """A household signs for its part."""
    row = found(request, pk, keeps_door)
    rows = row.handouts.select_related("household__stairwell", "building", "distribution__place")
    mine = get_object_or_404(rows, pk=handout)
    part = queries.part_of(queries.parts_of(services.handouts_of(row, mine.building)), mine.pk)
    back = f"{reverse('activities:goods_building', args=[row.pk, mine.building_id])}?part={part}"
    if mine.signed_on and request.method != "POST":
        messages.info(request, _("This household has signed for it already."))
        return redirect(back)
    door = " ".join(str(part) for part in (mine.building, mine.household.stairwell, mine.household) if part)
    return act(
        request,
        SignForForm(request.POST or None, initial={"quantity": mine.quantity}),
        lambda data: services.sign_for(mine, actor=me(request), **data),
        back=back,
        done=_("Signed for."),
        title=_("Sign for goods"),
        lead=f"{door} · {row.item}",
        press=_("Save"),
        crumb=str(mine.building),
    )


@permission(keeps_door)
def type_goods_sheet(request: HttpRequest, pk: UUID, building: UUID) -> HttpResponse:
    """Type the signed sheet of a building, with its scan."""
    row = found(request, pk, keeps_door)
    house = _building(row, building)

    def do(data: dict[str, Any]) -> None:
        if data["scan"]:
            files.keep(data["scan"], accept=files.PAPERS, owner=ref_of(row), actor=me(request))
        taken, unclear = services.take_goods_sheet(
            row, building=house, lines=data["lines"], day=data["day"], actor=me(request)
        )
        messages.info(request, say("%(taken)s households signed for.") % {"taken": taken})
        for line, why in unclear:
            messages.warning(request, f"{line.number}：{why}")

    return act(
        request,
        GoodsSheetForm(request.POST or None, request.FILES or None),
        do,
        back=reverse("activities:goods_building", args=[row.pk, house.pk]),
        done=_("The sheet is typed."),
        title=_("Type the signed sheet"),
        lead=f"{row.item} · {house}",
        press=_("Save"),
        crumb=str(house),
    )


@permission(keeps_door)
@require_safe
def goods_sheets(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The sign-for sheets, one a building; of one building with ``?building=…``."""
    row = found(request, pk, keeps_door)
    wanted = request.GET.get("building")
    houses = [one.building for one in queries.by_building(row) if wanted in (None, "", str(one.building.pk))]
    sheets = [(house, list(services.handouts_of(row, house))) for house in houses]
    address = request.build_absolute_uri(_page(row))
    described = sign_for_sheets(row, sheets, address=address, printed=printed_today())
    return paper(documents.print_paper(described), f"{described.name}.pdf", PDF)


@permission(runs_activities)
@require_POST
def close_goods(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a handing-out."""
    row = found(request, pk, runs_activities)
    return press(
        request,
        lambda: services.close_distribution(row, actor=me(request)),
        back=_page(row),
        done=_("The handing-out is closed. What is left stays as stock."),
    )
