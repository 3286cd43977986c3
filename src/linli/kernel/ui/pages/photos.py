"""Photos of a record: the grid, adding, one picture with where else it is used, blurring, withdrawing, its original."""

import io
import math
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ImproperlyConfigured
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from linli.kernel import files
from linli.kernel.errors import Missing, NotAllowed, Refusal
from linli.kernel.files import Photo, photos
from linli.kernel.files.photos.taking import LARGE_PHOTO
from linli.kernel.refs import Kind, Resolved, kind_of, ref_of, resolve
from linli.kernel.scope import permission, signed_in
from linli.kernel.ui.acting import act, me

MOST_AT_ONCE = 30
BOXES = 6
PARTS = (
    ("left", gettext_lazy("Left %")),
    ("top", gettext_lazy("Top %")),
    ("width", gettext_lazy("Width %")),
    ("height", gettext_lazy("Height %")),
)


class ReasonForm(forms.Form):
    """Why a photo is withdrawn, or its original needed."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        help_text=gettext_lazy("Your reason and your name are kept in the record."),
    )


class BlurForm(forms.Form):
    """Boxes in per cent of the picture; a row left empty is none."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        for number in range(BOXES):
            for part, label in PARTS:
                self.fields[f"box{number}_{part}"] = forms.FloatField(
                    label=label, required=False, min_value=0, max_value=100,
                    widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
                )  # fmt: skip

    def rows(self) -> list[list[forms.BoundField]]:
        """The fields, a row a box."""
        return [[self[f"box{number}_{part}"] for part, _label in PARTS] for number in range(BOXES)]

    def boxes(self) -> list[photos.Box]:
        """What was drawn. A row half filled in is refused by the verb as empty."""
        found = []
        for number in range(BOXES):
            numbers = [self.cleaned_data.get(f"box{number}_{part}") for part, _label in PARTS]
            if any(given is not None for given in numbers):
                found.append(photos.Box(*(math.nan if given is None else given for given in numbers)))
        return found


def _record(request: HttpRequest, kind_name: str, key: UUID) -> tuple[Kind, Any]:
    try:
        kind = kind_of(kind_name)
    except ImproperlyConfigured as error:
        raise Http404 from error
    return kind, get_object_or_404(kind.visible_to(kind.rows(), me(request)), pk=key)


def _photo(request: HttpRequest, photo_id: UUID) -> tuple[Photo, Resolved]:
    """A photo the reader may see, and its record. Raises 404."""
    try:
        photo = photos.photo_for(photo_id, actor=me(request))
    except Missing as missing:
        raise Http404(str(missing)) from missing
    return photo, resolve([photo.owner], actor=me(request))[photo.owner]


def _mine(request: HttpRequest, photo_id: UUID) -> tuple[Photo, Resolved]:
    """A photo the reader may change, and its record. Raises 404, NotAllowed."""
    photo, owner = _photo(request, photo_id)
    if not files.takes_photos(owner.record, actor=me(request)):
        raise NotAllowed(_("You may look at these photos, but not change them."))
    return photo, owner


@permission(signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
def photos_of(request: HttpRequest, kind_name: str, key: UUID) -> HttpResponse:
    """The photos of one record; several can be added at once, and each bad one is explained by its name."""
    kind, record = _record(request, kind_name, key)
    actor = me(request)
    may_add = files.takes_photos(record, actor=actor)
    error = ""
    if request.method == "POST":
        if not may_add:
            raise NotAllowed(_("You may look at these photos, but not change them."))
        error = _take_all(request, record)
        if not error:
            return redirect("ui:photos", kind_name, key)
    context = {
        "label": kind.label(record),
        "back": kind.address(record),
        "tiles": photos.grid(ref_of(record), actor=actor),
        "withdrawn": _withdrawn(request, record),
        "may_add": may_add,
        "error": error,
        "most": MOST_AT_ONCE,
    }
    return render(request, "ui/photos.html", context, status=422 if error else 200)


def _withdrawn(request: HttpRequest, record: Any) -> list[Photo]:
    """Those that only the auditor still reaches."""
    owner = ref_of(record)
    rows = list(
        Photo.objects.filter(owner_kind=owner.kind, owner_id=owner.id, withdrawn_at__isnull=False).order_by("id")
    )
    return rows if rows and photos.may_open_original(rows[0], actor=me(request)) else []


def _take_all(request: HttpRequest, record: Any) -> str:
    """Take in what was chosen. Where nothing could be taken, the sentence; else told beside the grid."""
    given = request.FILES.getlist("photos")
    if "whole" not in request.POST:  # the last field of the form: without it the body was cut
        return _("The upload was interrupted. Upload the file again.")
    if not given:
        return _("Choose at least one photo.")
    if len(given) > MOST_AT_ONCE:
        return _("At most %(count)s photos at once.") % {"count": MOST_AT_ONCE}
    taken, again, bad = _sorted_out(request, record, given)
    if bad and not taken and not again:
        return " ".join(bad)
    for row in again:
        messages.info(request, _("%(name)s stands here already; it is kept once.") % {"name": row.name})
    _tell(request, taken, bad)
    return ""


def _sorted_out(request: HttpRequest, record: Any, given: list[Any]) -> tuple[list[Photo], list[Photo], list[str]]:
    """What is new, what stood here already, and a sentence for what is no photo."""
    known = set(photos.of(ref_of(record)).values_list("pk", flat=True))
    taken: list[Photo] = []
    again: list[Photo] = []
    bad: list[str] = []
    for one in given:
        try:
            row = photos.take_in(one, owner=ref_of(record), actor=me(request))
        except Refusal as refusal:
            bad.append(_("%(name)s: %(why)s") % {"name": one.name, "why": refusal})
        else:
            (again if row.pk in known else taken).append(row)
            known.add(row.pk)
    return taken, again, bad


def _tell(request: HttpRequest, taken: list[Photo], bad: list[str]) -> None:
    if taken:
        told = ngettext("%(count)s photo was added.", "%(count)s photos were added.", len(taken))
        messages.success(request, told % {"count": len(taken)})
    for photo in taken:
        if photo.original_dots >= LARGE_PHOTO:
            sentence = _("%(name)s has %(dots)s million pixels and is shown smaller; the original is kept as it is.")
            messages.info(request, sentence % {"name": photo.name, "dots": photo.original_dots // 1_000_000})
    for sentence in bad:
        messages.error(request, sentence)


@permission(signed_in)
@require_safe
def photo(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    """One photo: when and where, where else it is used, and what the reader may do with it."""
    return _shown(request, *_photo(request, photo_id), BlurForm())


def _shown(request: HttpRequest, row: Photo, owner: Resolved, form: BlurForm) -> HttpResponse:
    actor = me(request)
    context = {
        "photo": row,
        "owner": owner,
        "grid": reverse("ui:photos", args=[row.owner_kind, row.owner_id]),
        "alike": photos.alike(row, actor=actor),
        "may_change": files.takes_photos(owner.record, actor=actor),
        "may_open_original": photos.may_open_original(row, actor=actor),
        "form": form,
    }
    return render(request, "ui/photo.html", context, status=422 if form.errors else 200)


@permission(signed_in)
@require_http_methods(["POST"])
def blur(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    """Blur what lies in the boxes, for good."""
    row, owner = _mine(request, photo_id)
    form = BlurForm(request.POST)
    if form.is_valid():
        try:
            photos.blur(row, boxes=form.boxes(), actor=me(request))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The places are blurred. Nobody but the auditor can open the original."))
            return redirect("ui:photo", row.pk)
    return _shown(request, row, owner, form)


@permission(signed_in)
def withdraw(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    """Take a photo away from everybody's eyes, with the reason."""
    row, owner = _mine(request, photo_id)
    return act(
        request,
        ReasonForm(request.POST or None),
        lambda data: photos.withdraw(row, actor=me(request), **data) and None,
        back=reverse("ui:photos", args=[row.owner_kind, row.owner_id]),
        done=_("The photo is withdrawn."),
        title=_("Withdraw the photo"),
        lead=_("%(name)s is no longer shown to anybody. The sealed original stays for the auditor.")
        % {"name": row.name},
        press=_("Withdraw"),
        crumb=owner.label,
        danger=True,
    )


@permission(signed_in)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def original(request: HttpRequest, photo_id: UUID) -> HttpResponseBase:
    """The sealed original, for the auditor of the record's place, once the reason is given."""
    row = get_object_or_404(Photo, pk=photo_id)
    if not photos.may_open_original(row, actor=me(request)):
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            body = photos.open_original(row, reason=form.cleaned_data["reason"], actor=me(request))
        except Refusal as refusal:
            form.add_error("reason" if refusal.field == "reason" else None, str(refusal))
        else:
            media = row.original_type
            return FileResponse(io.BytesIO(body), as_attachment=True, filename=row.name, content_type=media)
    context = {"photo": row, "form": form, "back": reverse("ui:photos", args=[row.owner_kind, row.owner_id])}
    return render(request, "ui/photo_original.html", context, status=422 if form.errors else 200)
