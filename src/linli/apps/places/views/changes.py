"""Doors that change the tree: each verb is rehearsed, told with all that it takes along, and done when confirmed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.places import queries, services
from linli.apps.places.forms import EndForm, FoundForm, MergeForm, RecodeForm, RenameForm, SplitForm
from linli.apps.places.models import Level, Place
from linli.apps.places.permissions import changes_tree
from linli.apps.places.queries import codes, history
from linli.apps.places.views.consequences import told
from linli.apps.places.views.finding import explain, place_of, today
from linli.kernel.contributions import page_parts
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.scope import permission
from linli.kernel.scope.doors import actor_of


@dataclass(frozen=True)
class Change:
    """One verb on its page: title, form, what it does, and the sentence afterwards."""

    title: str | Promise
    lead: str | Promise
    form: Callable[..., Any]
    do: Callable[[Place, Any, Any], Any]
    done: str | Promise


def _own(form: Any) -> dict[str, Any]:
    return {"on": form.cleaned_data["on"], "document": form.cleaned_data["document"]}


def _rename(place: Place, form: Any, actor: Any) -> None:
    services.rename(place, name=form.cleaned_data["name"], actor=actor, **_own(form))


def _recode(place: Place, form: Any, actor: Any) -> None:
    code = form.cleaned_data["code"].strip()
    level = Level(place.level)
    above = history.carriers_of(codes.parents_of(code, level)) if codes.is_code(code, level) else {}
    parent = next((one for one in above.values() if one.pk != place.parent_id), None)
    services.recode(place, code=code, parent=parent, actor=actor, **_own(form))


def _end(place: Place, form: Any, actor: Any) -> None:
    services.end(place, actor=actor, **_own(form))


def _merge(place: Place, form: Any, actor: Any) -> None:
    services.merge(form.merged(), into=form.target(), actor=actor, **_own(form))


def _split(place: Place, form: Any, actor: Any) -> None:
    services.split(
        place, parts=form.parts(), shares=form.shares(), keep=form.cleaned_data["keep"], actor=actor, **_own(form)
    )


def _merge_form(request: HttpRequest, place: Place, *args: Any, **kwargs: Any) -> MergeForm:
    mates = history.mates(place, queries.visible_to(actor_of(request)))
    return MergeForm(*args, place=place, mates=mates, **kwargs)


def _split_form(request: HttpRequest, place: Place, *args: Any, **kwargs: Any) -> SplitForm:
    children = list(place.children.filter(valid_to__isnull=True).order_by("code"))
    estates = list(place.estates.filter(valid_to__isnull=True).order_by("name", "id"))
    return SplitForm(*args, place=place, children=children, estates=estates, **kwargs)


def _plain(form: Callable[..., Any]) -> Callable[..., Any]:
    def make(_request: HttpRequest, _place: Place, *args: Any, **kwargs: Any) -> Any:
        return form(*args, **kwargs)

    return make


CHANGES = {
    "rename": Change(
        _("Rename"),
        _("The old name is kept and still finds the place."),
        _plain(RenameForm),
        _rename,
        _("Renamed. The old name is among the former names."),
    ),
    "recode": Change(
        _("Give another code"),
        _("Everything below gets codes that begin with the new one; the old codes are kept."),
        _plain(RecodeForm),
        _recode,
        _("The new code is in force. The old one is kept."),
    ),
    "end": Change(
        _("Abolish"),
        _("For a place that is gone with all that was in it. Where people go on living there, merge or divide it."),
        _plain(EndForm),
        _end,
        _("Abolished. Its page stays and can be read."),
    ),
    "merge": Change(
        _("Merge"),
        _("This place goes, with all that lies below it, into another or into a new one."),
        _merge_form,
        _merge,
        _("Merged. Every page names what it came from and became."),
    ),
    "split": Change(
        _("Divide"),
        _("New places come out of this one; say of every part which place it goes to."),
        _split_form,
        _split,
        _("Divided. Every page names what it came from and became."),
    ),
}


@permission(changes_tree)
def change(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Fill one verb in, read what it takes along, confirm it."""
    if verb not in CHANGES:
        raise Http404
    place, asked = place_of(request, pk), CHANGES[verb]
    _require(place, request)
    form = asked.form(request, place, request.POST or None, initial={"on": today()})
    context: dict[str, Any] = {"place": place, "verb": verb, "asked": asked, "form": form}
    if request.method == "POST" and form.is_valid():
        confirmed = "confirmed" in request.POST
        try:
            with transaction.atomic():
                asked.do(place, form, actor_of(request))
                if not confirmed:
                    transaction.set_rollback(True)
        except Refusal as refusal:
            explain(form, refusal)
        else:
            if confirmed:
                messages.success(request, str(asked.done))
                return redirect("places:place", place.pk)
            return _ask(request, context)
    return render(request, "places/change.html", context, status=422 if form.errors else 200)


def _ask(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """The page that tells all that would happen, with what was filled in hidden."""
    place = place_of(request, context["place"].pk)
    form = context["form"]
    hidden = [(name, value) for name in form.fields for value in request.POST.getlist(name)]
    context |= {
        "place": place,
        "hidden": hidden,
        "told": told(context["verb"], place, form, queries.lies_below(place)),
        "parts": page_parts("places.ending", actor=actor_of(request), record=place),
    }
    return render(request, "places/confirm.html", context)


@permission(changes_tree)
def found(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new place below this one."""
    parent = place_of(request, pk)
    _require(parent, request)
    form = FoundForm(request.POST or None, parent=parent, initial={"valid_from": today()})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        level = Level(data["level"])
        try:
            made = services.found(
                code=data["code"].strip(),
                name=data["name"],
                level=level,
                parent=parent,
                valid_from=data["valid_from"],
                actor=actor_of(request),
            )
        except Refusal as refusal:
            explain(form, refusal)
        else:
            messages.success(request, _("Founded."))
            return redirect("places:place", made.pk)
    context = {"place": parent, "form": form}
    return render(request, "places/found.html", context, status=422 if form.errors else 200)


def _require(place: Place, request: HttpRequest) -> None:
    if not changes_tree(actor_of(request), place):
        raise NotAllowed(_("Only an officer of this street or the system administrator changes places here."))
