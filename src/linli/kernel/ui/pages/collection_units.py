"""One unit's form: take it away, bring it back, see what was read, type what was not, accept or send back."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.kernel.audit import timeline
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.files import StoredFile, files_of
from linli.kernel.refs import ref_of
from linli.kernel.scope import permission
from linli.kernel.slips.codes import show as printed
from linli.kernel.tables import Type, collecting
from linli.kernel.tables.bound import BoundForm
from linli.kernel.tables.bound.word import LONG, shown
from linli.kernel.tables.collecting import CollectionUnit, UnitState, may_collect
from linli.kernel.tables.collecting.filling import typed_in
from linli.kernel.tables.collecting.papers import TYPES, file_name
from linli.kernel.tables.collecting.records import TO_CHECK
from linli.kernel.tables.reasons import sentence
from linli.kernel.ui.acting import act, me, paper, press, story


@dataclass(frozen=True)
class Read:
    """A field as it was read, and what is wrong with it."""

    title: str
    text: str
    wrong: str


@dataclass(frozen=True)
class ReadGrid:
    """A grid as it was read: rows of texts, and a sentence for each cell that cannot be taken."""

    title: str
    heads: list[str]
    rows: list[list[str]]
    wrong: list[str]


def own(request: HttpRequest, pk: UUID) -> CollectionUnit:
    """A unit the actor keeps or hands in for, or no such page."""
    rows = collecting.units_visible_to(me(request), CollectionUnit.objects.select_related("collection"))
    row: CollectionUnit = get_object_or_404(rows, pk=pk)
    return row


def fields_of(form: BoundForm, values: dict[str, Any], problems: list[dict[str, Any]]) -> list[Read]:
    """Every field in the order of the form."""
    wrong = {problem["column"]: sentence(problem) for problem in problems if not problem["grid"]}
    return [
        Read(column.title, _text(column, values.get(column.key)), wrong.get(column.key, "")) for column in form.fields
    ]


def grids_of(form: BoundForm, grids: dict[str, Any], problems: list[dict[str, Any]]) -> list[ReadGrid]:
    """Every grid that has rows, with its problems as sentences."""
    found = []
    for grid in form.grids:
        titles = {column.key: column.title for column in grid.columns}
        rows = [[_text(column, row.get(column.key)) for column in grid.columns] for row in grids.get(grid.key, ())]
        wrong = [
            str(_("Row %(row)s, %(title)s: %(why)s"))
            % {"row": problem["row"], "title": titles.get(problem["column"], ""), "why": sentence(problem)}
            for problem in problems
            if problem["grid"] == grid.key
        ]
        if rows:
            found.append(ReadGrid(grid.title, list(titles.values()), rows, wrong))
    return found


def _text(column: Any, value: Any) -> str:
    return str(value) if isinstance(value, str) and not column.choices else shown(column, value)


@permission(may_collect)
@require_http_methods(["GET", "HEAD", "POST"])
def unit_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One unit's form as it stands; a file posted here is handed in."""
    unit, error = own(request, pk), ""
    if request.method == "POST":
        try:
            _take(request, unit)
        except Refusal as no:
            error = str(no)
            unit.refresh_from_db()
        else:
            return redirect("ui:collection_unit", unit.pk)
    return render(request, "ui/collection_unit.html", _page(request, unit, error), status=422 if error else 200)


def _take(request: HttpRequest, unit: CollectionUnit) -> None:
    upload = request.FILES.get("file")
    if upload is None or "whole" not in request.POST:  # the last field of the form: without it the body was cut
        raise Refusal(_("Choose a file."), code="file-missing", field="file")
    collecting.hand_in(unit, upload, name=upload.name or "", actor=me(request))


def _page(request: HttpRequest, unit: CollectionUnit, error: str) -> dict[str, Any]:
    actor, offer = me(request), collecting.form_offer(unit.collection.form)
    form: BoundForm = offer.form
    keeps = offer.keeps(actor, unit.collection)
    is_open = unit.collection.closed_at is None and unit.state != UnitState.ACCEPTED
    came = unit.state != UnitState.WAITING and unit.returned_at is not None
    files: list[StoredFile] = list(files_of(ref_of(unit)))
    return {
        "unit": unit, "collection": unit.collection, "offer": offer, "states": UnitState, "error": error,
        "standing": collecting.standing_of(unit, timezone.now()), "code": printed(unit.code), "keeps": keeps,
        "fills": is_open and (keeps or offer.hands_in(actor, unit)), "came": came,
        "fields": fields_of(form, unit.values, unit.problems) if came and unit.values else [],
        "grids": grids_of(form, unit.grids, unit.problems), "files": files, "problems": len(unit.problems),
        "checks": keeps and unit.state in TO_CHECK,
        "accepts": keeps and unit.state == UnitState.RETURNED and not unit.problems,
        "story": story(timeline(ref_of(unit))),
    }  # fmt: skip


@permission(may_collect)
@require_safe
def blank(request: HttpRequest, pk: UUID, suffix: str) -> HttpResponseBase:
    """The unit's form to fill in, as docx or xlsx, with its code."""
    unit = own(request, pk)
    if suffix not in TYPES:
        raise Http404
    return paper(collecting.blank(unit, suffix), file_name(unit, suffix), TYPES[suffix])


class TypedForm(forms.Form):
    """The fields of a bound form, typed; each is checked as if it had been read from a file."""

    def __init__(self, *args: Any, bound: BoundForm, values: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bound_form = bound
        for column in bound.fields:
            self.fields[column.key] = _field(column)
            self.initial[column.key] = _text(column, values.get(column.key))

    def clean(self) -> dict[str, Any]:
        """Texts by key; a field that cannot be taken says why."""
        data = super().clean() or {}
        titles = {column.key for column in self.bound_form.fields}
        for place in typed_in(self.bound_form, data).problems:
            key = place.problem.column
            if key in titles and key not in self.errors:
                self.add_error(key, sentence({"code": place.problem.code, **place.problem.facts}))
        return data


def _field(column: Any) -> forms.Field:
    words = [word for _stored, word in column.choices] or (["是", "否"] if column.type is Type.YES_NO else [])
    common: dict[str, Any] = {"label": column.title, "required": column.required, "help_text": column.note}
    if words:
        return forms.ChoiceField(choices=[("", "—"), *((word, word) for word in words)], **common)
    if column.type is Type.DATE:
        return forms.CharField(widget=forms.TextInput(attrs={"type": "date"}), **common)
    is_long = column.type is Type.TEXT and column.max_length > LONG
    return forms.CharField(widget=forms.Textarea(attrs={"rows": 4}) if is_long else forms.TextInput(), **common)


@permission(may_collect)
def type_in(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Type the fields of a paper or scan once, or correct what was read."""
    unit, actor = own(request, pk), me(request)
    offer = collecting.form_offer(unit.collection.form)
    if not (offer.keeps(actor, unit.collection) or offer.hands_in(actor, unit)):
        raise NotAllowed(_("Your posts do not allow you to hand in this form."))
    form = TypedForm(request.POST or None, bound=offer.form, values=unit.values)
    return act(
        request, form, lambda data: collecting.type_in(unit, data, actor=actor), title=_("Type the form in"),
        lead=_("As it stands on the paper; what is typed here replaces what was read."), press=_("Save"),
        back=reverse("ui:collection_unit", args=[unit.pk]), crumb=unit.label, done=_("The fields were kept."),
    )  # fmt: skip


class ReasonForm(forms.Form):
    """What is to be corrected."""

    reason = forms.CharField(
        label=_("What is to be corrected"), max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )


@permission(may_collect)
def send_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the form back with a reason."""
    unit, actor = own(request, pk), me(request)
    if not collecting.form_offer(unit.collection.form).keeps(actor, unit.collection):
        raise NotAllowed(_("Only who may open this collection does this."))
    return act(
        request, ReasonForm(request.POST or None),
        lambda data: collecting.send_back(unit, reason=data["reason"], actor=actor), title=_("Send the form back"),
        lead=_("Whoever fills it in is told the reason."), press=_("Send back"), danger=True, crumb=unit.label,
        back=reverse("ui:collection_unit", args=[unit.pk]), done=_("The form was sent back."),
    )  # fmt: skip


@permission(may_collect)
@require_POST
def accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Accept the form; what was read is taken over."""
    unit, actor = own(request, pk), me(request)
    back = reverse("ui:collection_unit", args=[unit.pk])
    return press(
        request,
        lambda: collecting.accept(unit, actor=actor),
        back=back,
        done=_("The form was accepted and taken over."),
    )
