"""The roster of a community: list, search, one person, entering and correcting."""

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.people import queries, services
from linli.apps.people.forms import PersonForm
from linli.apps.people.models import Merge, Person, User
from linli.apps.people.permissions import reads_roster
from linli.apps.people.queries.ages import CHILD, OLD, age_on, born_until, guardianships, needs_guardian
from linli.apps.people.queries.candidates import household_of
from linli.apps.people.queries.matching import roster_communities
from linli.apps.people.queries.searching import search_roster
from linli.apps.people.tables import ROSTER_SHEET
from linli.apps.people.views.filling_in import act, workbook
from linli.apps.people.views.telling import story
from linli.apps.places.models import Building, Place
from linli.kernel.audit import timeline
from linli.kernel.contributions import page_parts
from linli.kernel.privacy import frozen
from linli.kernel.refs import ref_of
from linli.kernel.scope import permission
from linli.kernel.ui.lists import Column, Filter, ListPage

COLUMNS = (
    Column("name", _("Name of the person")),
    Column("age", _("Age"), numeric=True),
    Column("door", _("Door")),
    Column("phone", _("Telephone")),
    Column("relation", _("Relation to the head of household")),
)
COUNTED = 1_000
"""Counting on would cost more the more residents there are."""
SORTS = (("pinyin_key", _("By pinyin")), ("stroke_key", _("By strokes")))
HEADINGS = ("姓名", "年龄", "住处", "手机", "座机", "与户主关系")


def actor_of(request: HttpRequest) -> User:
    """Who asks; every door here is closed to strangers."""
    assert isinstance(request.user, User)
    return request.user


def _is_old(rows: QuerySet[Person], value: str) -> QuerySet[Person]:
    today = timezone.localdate()
    if value == "old":
        return rows.filter(born_on__lte=born_until(OLD, today))
    return rows.filter(born_on__gt=born_until(CHILD, today))


def _can_call(rows: QuerySet[Person], value: str) -> QuerySet[Person]:
    return rows.filter(telephones=0)


def _filters(community: Place) -> tuple[Filter, ...]:
    buildings = Building.objects.filter(community=community, valid_to__isnull=True).select_related("estate")
    known = [(str(row.pk), f"{row.estate.name if row.estate else ''}{row}") for row in buildings]
    return (
        Filter("age", _("Age"), (("old", _("65 and over")), ("child", _("under 14"))), narrow=_is_old),
        Filter("call", _("Telephone"), (("none", _("no telephone")),), narrow=_can_call),
        Filter("building", _("Building"), known),
    )


def community_of(request: HttpRequest, communities: list[Place]) -> Place | None:
    """The community the page is about: the one asked for, else the first whose roster the actor keeps."""
    asked = request.GET.get("in", "")
    return next((row for row in communities if str(row.pk) == asked), communities[0] if communities else None)


def _page(request: HttpRequest, community: Place) -> ListPage:
    rows = Person.objects.living().filter(community=community).exclude(pk__in=frozen("people.roster"))
    rows = rows.select_related("household__building__estate", "household__stairwell")
    text = request.GET.get("q", "").strip()
    shown = partial(ListPage, request, columns=COLUMNS, filters=_filters(community), most=COUNTED)
    if text:
        found = search_roster(rows, text)
        return shown(found.rows, first_sort=found.sort)
    sorts = [name for name, _title in SORTS]
    return shown(rows, first_sort=sorts[0], more_sorts=sorts)


@permission(reads_roster)
@require_safe
def roster(request: HttpRequest) -> HttpResponse:
    """The persons of one community, by pinyin or strokes; numbers masked."""
    communities = list(roster_communities(actor_of(request)))
    community = community_of(request, communities)
    if community is None:
        return render(request, "people/roster.html", {"community": None})
    page = _page(request, community)
    today = timezone.localdate()
    for row in page.rows:
        describe(row, today)
    context = {
        "community": community,
        "communities": communities if len(communities) > 1 else [],
        "page": page,
        "text": request.GET.get("q", "").strip(),
        "sorts": [(title, page.address(sort=name), page.sort.lstrip("-") == name) for name, title in SORTS],
        "sheet": ROSTER_SHEET.name,
    }
    return render(request, "people/roster.html", context)


def describe(row: Person, today: date) -> None:
    """Write what a list shows of a person beside its columns: ``age`` and ``door``."""
    row.__dict__["age"] = age_on(row.born_on, today)
    row.__dict__["door"] = door_words(row)


def door_words(row: Person) -> str:
    """Estate, building, stairwell and door in one line; "" when they are not known."""
    home = row.household
    if home is None:
        return ""
    estate = home.building.estate.name if home.building.estate else ""
    return f"{estate}{home.building} {home.stairwell or ''} {home.room}".replace("  ", " ")


@permission(reads_roster)
@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    """Those the list shows, of all its pages, as a workbook; numbers masked as on the page."""
    community = community_of(request, list(roster_communities(actor_of(request))))
    rows = _page(request, community).matching if community else Person.objects.none()
    today = timezone.localdate()
    lines = (
        (row.name, age_on(row.born_on, today) or "", door_words(row), str(row.phone), str(row.landline), row.relation)
        for row in rows.iterator(chunk_size=1000)
    )
    return workbook(str(ROSTER_SHEET.title), HEADINGS, lines)


def found(request: HttpRequest, pk: UUID) -> Person:
    """The person of the address, if the reader keeps his roster."""
    rows = queries.persons_visible_to(actor_of(request))
    rows = rows.select_related("community__street", "household__building__estate", "household__stairwell")
    row: Person = get_object_or_404(rows, pk=pk)
    return row


@permission(reads_roster)
@require_safe
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One person: what is known, who lives with him, his rolls, what happened. A merged row leads to the kept one."""
    row, actor = found(request, pk), actor_of(request)
    if row.merged_into_id is not None:
        messages.info(request, _("This row was merged into the person shown here."))
        return redirect("people:person", services.kept_of(row).pk)
    today = timezone.localdate()
    describe(row, today)
    context = {
        "person": row,
        "child": queries.is_under_fourteen(row, today),
        "needs_guardian": needs_guardian(row, today),
        "guardianships": guardianships(row, today),
        "household": household_of(row),
        "rolls": queries.rolls_visible_to(actor).filter(person=row).select_related("building__estate", "stairwell"),
        "merges": Merge.objects.filter(kept=row).select_related("gone", "done_by"),
        **queries.told_about(row),
        "parts": page_parts("people.person", actor=actor, record=row),
        "story": story(timeline(ref_of(row))),
    }
    return render(request, "people/person.html", context)


@permission(reads_roster)
def new(request: HttpRequest) -> HttpResponse:
    """Enter a person."""
    communities = list(roster_communities(actor_of(request)))
    community = community_of(request, communities)
    if community is None:
        return redirect("people:roster")
    form = PersonForm(request.POST or None, community=community)
    back = f"{reverse('people:roster')}?in={community.pk}"

    def do() -> None:
        services.enter_person(community=community, text=form.text(), actor=actor_of(request))

    return act(
        request, form, do, back=back, done=_("The person is on the roster."), title=_("Enter a person"),
        lead=community.name, press=_("Enter"), crumb=community.name,
    )  # fmt: skip


@permission(reads_roster)
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct what is known of a person."""
    row = found(request, pk)
    form = PersonForm(request.POST or None, community=row.community, person=row)

    def do() -> None:
        version = form.cleaned_data["version"] or 0
        services.correct_person(row, form.values(), version=version, actor=actor_of(request))

    return act_on(request, row, form, do, done=_("Saved."), title=_("Correct"), press=_("Save"))


def act_on(request: HttpRequest, row: Person, form: Any, do: Any, **shown: Any) -> HttpResponse:
    """A form about one person, leading back to his page."""
    back = reverse("people:person", args=[row.pk])
    return partial(act, request, form, do, back=back, crumb=row.name, lead=row.name)(**shown)
