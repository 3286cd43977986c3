"""The rolls of communities: list, print, workbook; putting people on them and taking them off."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.people import queries, services
from linli.apps.people.forms import DayForm, RollForm
from linli.apps.people.models import RollKind
from linli.apps.people.permissions import reads_roster
from linli.apps.people.queries.matching import roster_communities
from linli.apps.people.views.filling_in import workbook
from linli.apps.people.views.roster import COUNTED, act_on, actor_of, community_of, found
from linli.apps.places.models import Place
from linli.kernel.scope import permission
from linli.kernel.ui.lists import Column, Filter, ListPage

COLUMNS = (
    Column("kind", _("Roll"), sort="kind"),
    Column("person", _("Name of the person")),
    Column("where", _("Where")),
    Column("phone", _("Telephone")),
    Column("started_on", _("Since"), sort="started_on"),
    Column("term_ends_on", _("Term until")),
)
HEADINGS = ("名单", "姓名", "位置", "手机", "开始日期", "任期至")


def _page(request: HttpRequest, community: Place) -> ListPage:
    rows = queries.rolls_visible_to(actor_of(request)).filter(community=community)
    rows = rows.in_force(timezone.localdate()).select_related("person", "community", "building__estate", "stairwell")
    filters = (Filter("kind", _("Roll"), RollKind.choices),)
    return ListPage(request, rows, columns=COLUMNS, filters=filters, first_sort="kind", most=COUNTED)


def _community(request: HttpRequest) -> Place:
    community = community_of(request, list(roster_communities(actor_of(request))))
    if community is None:
        raise Http404
    return community


@permission(reads_roster)
@require_safe
def rolls(request: HttpRequest) -> HttpResponse:
    """Who stands on the rolls of a community today."""
    communities = list(roster_communities(actor_of(request)))
    community = community_of(request, communities)
    if community is None:
        return render(request, "people/rolls.html", {"community": None})
    counts = queries.roll_counts(community, timezone.localdate())
    context = {
        "community": community,
        "communities": communities if len(communities) > 1 else [],
        "page": _page(request, community),
        "counts": [(kind.label, counts[kind]) for kind in RollKind if kind in counts],
    }
    return render(request, "people/rolls.html", context)


@permission(reads_roster)
@require_safe
def print_rolls(request: HttpRequest) -> HttpResponse:
    """The rolls of a community on paper, without telephones."""
    community = _community(request)
    rows = _page(request, community).matching.order_by("kind", "building__number", "stairwell__order", "id")
    by_kind: dict[str, list[object]] = {}
    for row in rows:
        by_kind.setdefault(row.get_kind_display(), []).append(row)
    context = {"community": community, "by_kind": by_kind, "at": timezone.now()}
    return render(request, "people/rolls_print.html", context)


@permission(reads_roster)
@require_safe
def export_rolls(request: HttpRequest) -> HttpResponseBase:
    """Those the list shows as a workbook; telephones masked as on the page."""
    community = _community(request)
    rows = (
        (
            str(row.get_kind_display()),
            row.person.name,
            row.where,
            str(row.person.phone),
            row.started_on,
            row.term_ends_on or "",
        )
        for row in _page(request, community).matching
    )
    return workbook("居民名单", HEADINGS, rows)


@permission(reads_roster)
def put(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a person on a roll."""
    row = found(request, pk)
    form = RollForm(request.POST or None, community=row.community)

    def do() -> None:
        services.put_on_roll(person=row, community=row.community, actor=actor_of(request), **form.cleaned_data)

    return act_on(
        request, row, form, do, done=_("The person stands on the roll."), title=_("Put on a roll"), press=_("Put on"),
    )  # fmt: skip


@permission(reads_roster)
def take_off(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a term."""
    entry = get_object_or_404(queries.rolls_visible_to(actor_of(request)).select_related("person"), pk=pk)
    form = DayForm(request.POST or None)

    def do() -> None:
        services.take_off_roll(entry, actor=actor_of(request), ended_on=form.cleaned_data["ended_on"])

    return act_on(
        request, entry.person, form, do, done=_("The term has ended."), title=_("End the term"), press=_("End"),
        danger=True,
    )  # fmt: skip
