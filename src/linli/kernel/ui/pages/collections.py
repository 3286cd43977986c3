"""Collections (催报) on the desk: forms I owe, those I collect, the board with lamps, reminders, forms and summary."""

import io
import tempfile
from datetime import datetime, time
from pathlib import Path
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from linli.kernel.audit import timeline
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.refs import Ref, kind_of, ref_of, resolve
from linli.kernel.scope import permission
from linli.kernel.tables import collecting
from linli.kernel.tables.collecting import Collection, CollectionUnit, UnitState, may_collect
from linli.kernel.tables.collecting.papers import TYPES
from linli.kernel.tables.collecting.queries import counted
from linli.kernel.tables.collecting.records import OWED
from linli.kernel.ui.acting import XLSX, act, me, paper, press, story
from linli.kernel.ui.lists import Column, ListPage

MOST_OWED = 100
END_OF_DAY = time(23, 59)


@permission(may_collect)
@require_safe
def collections(request: HttpRequest) -> HttpResponse:
    """The forms I hand in, and the collections of my street, newest first."""
    actor, now = me(request), timezone.now()
    owed = [(unit, collecting.standing_of(unit, now)) for unit in collecting.owed_by(actor)[:MOST_OWED]]
    page = ListPage(
        request,
        counted(collecting.kept_by(actor)),
        columns=(
            Column("title", _("Collection")),
            Column("due_at", _("Due"), sort="due_at"),
            Column("back", _("Came"), numeric=True),
            Column("state", _("State")),
        ),
    )
    for row in page.rows:
        row.lamp, row.word = lamp_of(row, row.total - row.back, now)
    offers = collecting.form_offers_for(actor)
    return render(request, "ui/collections.html", {"owed": owed, "page": page, "offers": offers, "states": UnitState})


def lamp_of(collection: Collection, left: int, now: datetime) -> tuple[str, Any]:
    """How a collection stands, in one lamp and word."""
    if collection.closed_at is not None:
        return "off", _("closed")
    if not left:
        return "green", _("all came")
    return ("red", _("overdue")) if now > collection.due_at else ("amber", _("running"))


class CollectionForm(forms.Form):
    """What is collected, for which street, until when."""

    place = forms.ChoiceField(label=_("Street"))
    title = forms.CharField(label=_("Title"), max_length=120)
    note = forms.CharField(
        label=_("What to mind when filling it in"), max_length=600, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    due_on = forms.DateField(
        label=_("Due on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Until the end of this day."),
    )  # fmt: skip

    def __init__(self, *args: Any, places: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = self.fields["place"]
        assert isinstance(place, forms.ChoiceField)
        place.choices = [(str(key), name) for key, name in places]


def _about(request: HttpRequest) -> tuple[Ref | None, UUID | None]:
    """The record of ``?about=<kind>:<id>`` and its street; a record the actor does not see is no such page."""
    text = request.GET.get("about", "")
    if not text:
        return None, None
    try:
        ref = Ref.parse(text)
        found = resolve([ref], actor=me(request))[ref]
    except (ValueError, LookupError, ImproperlyConfigured) as error:
        raise Http404 from error
    return ref, kind_of(ref.kind).street(found.record)


@permission(may_collect)
def new(request: HttpRequest, form: str) -> HttpResponse:
    """Open a collection of this form; every unit of the street owes it from then on."""
    actor, offer = me(request), collecting.form_offer(form)
    if not offer.keeps(actor):
        raise NotAllowed(_("Only who may open this collection does this."))
    about, street = _about(request)
    places = [(key, name) for key, name in offer.places(actor) if street in (None, key)]
    asked = CollectionForm(request.POST or None, places=places, initial={"title": offer.title})

    def do(data: dict[str, Any]) -> str:
        due = timezone.make_aware(datetime.combine(data["due_on"], END_OF_DAY))
        made = collecting.open_collection(
            offer.name, title=data["title"], note=data["note"], place=UUID(data["place"]), due_at=due, about=about,
            actor=actor,
        )  # fmt: skip
        return reverse("ui:collection", args=[made.pk])

    return act(
        request, asked, do, back=reverse("ui:collections"), crumb=_("Collections"), press=_("Open the collection"),
        title=offer.title, lead=_("Everybody who has to hand it in is told at once."),
        done=_("The collection is open."),
    )  # fmt: skip


def kept(request: HttpRequest, pk: UUID) -> Collection:
    """A collection of the actor's street, or no such page."""
    row: Collection = get_object_or_404(collecting.kept_by(me(request)), pk=pk)
    return row


@permission(may_collect)
@require_safe
def board(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The units of a collection with their lamps, how many came, who can still be reminded today."""
    row, now = kept(request, pk), timezone.now()
    units = list(row.units.order_by("id"))
    for unit in units:
        unit.collection = row
    rows = [(unit, collecting.standing_of(unit, now)) for unit in units]
    owing = [unit for unit in units if unit.state in OWED]
    today = timezone.localdate()
    lamp, word = lamp_of(row, len(owing), now)
    context = {
        "collection": row, "rows": rows, "states": UnitState, "lamp": lamp, "word": word,
        "back": len(units) - len(owing), "total": len(units), "left": len(owing),
        "percent": 100 * (len(units) - len(owing)) // max(1, len(units)),
        "to_remind": sum(unit.reminded_on != today for unit in owing),
        "to_check": sum(unit.state in (UnitState.RETURNED, UnitState.ATTACHED) for unit in units),
        "story": story(timeline(ref_of(row))), "today": today,
    }  # fmt: skip
    return render(request, "ui/collection.html", context)


@permission(may_collect)
@require_POST
def change(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Remind everybody who owes a form (or the unit of the button), or close the collection."""
    row, actor = kept(request, pk), me(request)
    back = reverse("ui:collection", args=[row.pk])
    if verb == "remind":
        key = request.POST.get("unit", "")
        unit = get_object_or_404(row.units, pk=key) if _is_key(key) else None
        return press(
            request, lambda: collecting.remind(row, only=unit, actor=actor), back=back, done=_("The reminder was sent.")
        )
    if verb == "close":
        return press(
            request, lambda: collecting.close(row, actor=actor), back=back, done=_("The collection is closed.")
        )
    raise Http404


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@permission(may_collect)
@require_safe
def export(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The summary: one row a unit, every field."""
    row = kept(request, pk)
    with tempfile.TemporaryDirectory(prefix="linli-collection-") as folder:
        path = Path(folder) / "rows.xlsx"
        collecting.summary(row, path)
        return paper(path.read_bytes(), f"{row.title}-汇总.xlsx", XLSX)


@permission(may_collect)
@require_safe
def blanks(request: HttpRequest, pk: UUID, suffix: str) -> HttpResponseBase:
    """The forms of all units in one zip, each with its code."""
    row = kept(request, pk)
    if suffix not in TYPES:
        raise Http404
    file = io.BytesIO()
    collecting.blanks(row, suffix, file)
    return paper(file.getvalue(), f"{row.title}-{suffix}.zip", "application/zip")


class UnitChoice(forms.ModelChoiceField):  # type: ignore[type-arg,unused-ignore]  # generic in the stubs only
    """Units, each with its collection."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.collection.title}：{obj.label}"


class HandInForm(forms.Form):
    """A file, and whose form it is where the number on it does not tell."""

    file = forms.FileField(label=_("File"), help_text=_("The form as .docx or .xlsx; a scan or picture is attached."))
    unit = UnitChoice(
        CollectionUnit.objects.none(), label=_("Whose form it is"), required=False,
        empty_label=_("found by the number on the form"),
    )  # fmt: skip


@permission(may_collect)
def hand_in(request: HttpRequest) -> HttpResponse:
    """Hand a form in from anywhere: the number on it finds its unit, else the unit is chosen."""
    actor = me(request)
    open_ones = CollectionUnit.objects.filter(collection__closed_at__isnull=True).select_related("collection")
    units = collecting.units_visible_to(actor, open_ones).exclude(state=UnitState.ACCEPTED)
    form = HandInForm(request.POST or None, request.FILES or None)
    choice = form.fields["unit"]
    assert isinstance(choice, forms.ModelChoiceField)
    choice.queryset = units.order_by("collection__due_at", "id")

    def do(data: dict[str, Any]) -> str:
        upload = data["file"]
        unit = data["unit"] or collecting.find_unit(upload, units)
        if unit is None:
            raise Refusal(_("The number on the form tells no unit. Choose whose form it is."), field="unit")
        collecting.hand_in(unit, upload, name=upload.name or "", actor=actor)
        return reverse("ui:collection_unit", args=[unit.pk])

    return act(
        request, form, do, back=reverse("ui:collections"), crumb=_("Collections"), press=_("Hand in"),
        title=_("Hand in a form"), lead=_("What was read is shown afterwards."), done=_("The form was handed in."),
    )  # fmt: skip
