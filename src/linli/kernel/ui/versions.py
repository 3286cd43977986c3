"""Two people edit one record: the second save is refused, both texts are shown, the person chooses."""

from dataclasses import dataclass
from typing import Any, TypeVar, cast

from django import forms
from django.db.models import F, Model
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import Conflict, Missing

Row = TypeVar("Row", bound=Model)
KEEP = "_keep_"


class VersionConflict(Conflict):
    """Somebody saved in between."""

    default_code = "version-conflict"


def save_version(row: Row, *, seen: int, **columns: Any) -> Row:
    """Write ``columns`` if ``row`` still has the version ``seen``; returns the fresh row.

    The model has an integer column ``version``. Raises VersionConflict, or Missing when the row is gone.
    """
    rows = type(row)._default_manager.filter(pk=row.pk)
    if rows.filter(version=seen).update(version=F("version") + 1, **columns):
        return rows.get()
    if not rows.exists():
        raise Missing(_("The record was removed while you were writing."))
    raise VersionConflict(_("Somebody else saved this while you were writing. Compare both texts and choose."))


class VersionedForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only for the type checker
    """A form that knows which version it shows, and reads back the choices of the conflict page."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = getattr(self.instance, "version", 0)
        if self.is_bound and any(name.startswith(KEEP) for name in self.data):
            self.data = self._chosen()

    def _chosen(self) -> Any:
        """The data with the saved text wherever the person chose it."""
        data = cast("QueryDict", self.data).copy()
        for name in self.fields:
            if data.get(KEEP + name) == "theirs":
                data[self.add_prefix(name)] = self[name].field.prepare_value(self.initial.get(name))
        return data

    @property
    def seen(self) -> int:
        """The version the person was looking at."""
        value = self.cleaned_data.get("version")
        return int(value) if value is not None else -1

    def columns(self) -> dict[str, Any]:
        """What was entered, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


@dataclass(frozen=True)
class Difference:
    """One field that both changed: its name, title, my text and theirs."""

    name: str
    title: str
    mine: str
    theirs: str


def _shown(form: forms.ModelForm[Any], name: str, value: Any) -> str:
    if value is None:
        return ""
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        return str(value)
    choices = dict(getattr(field, "choices", ()) or ())
    return str(choices.get(value, value))


def differences(form: VersionedForm, current: Model) -> list[Difference]:
    """The fields in which what was entered differs from what ``current`` holds now."""
    found = []
    for name, mine in form.columns().items():
        theirs = getattr(current, name, None)
        if mine != theirs:
            title = str(form.fields[name].label or name)
            found.append(Difference(name, title, _shown(form, name, mine), _shown(form, name, theirs)))
    return found


def conflict_page(
    request: HttpRequest, form: VersionedForm, *, title: str, frame: str = "ui/desk.html"
) -> HttpResponse:
    """Both texts side by side with a choice for each field; sent to the same address as the form, status 409."""
    current = type(form.instance)._default_manager.get(pk=form.instance.pk)
    skipped = ("csrfmiddlewaretoken", "version", "_once")
    context = {
        "title": title,
        "frame": frame,
        "differences": differences(form, current),
        "version": getattr(current, "version", 0),
        "kept": [
            (name, value)
            for name in form.data
            if name not in skipped and not name.startswith(KEEP)
            for value in cast("QueryDict", form.data).getlist(name)
        ],
    }
    return render(request, "ui/conflict.html", context, status=409)
