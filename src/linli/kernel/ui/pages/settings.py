"""The settings: every figure with its limits and source, who chose it and when."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.kernel import settings
from linli.kernel.audit.reading import street_names
from linli.kernel.errors import Refusal
from linli.kernel.refs import Resolved
from linli.kernel.scope import Role, everyone, holds, permission
from linli.kernel.scope.doors import actor_of
from linli.kernel.settings.models import ChosenValue
from linli.kernel.ui.streets import asked_street

NOWHERE = UUID(int=0)
CHOOSERS = holds(Role.SYSTEM_ADMINISTRATOR, Role.SECTION_HEAD, Role.LEADER)


class ValueForm(forms.Form):
    """One value and why."""

    value = forms.CharField(label=_("Value"), max_length=200)
    reason = forms.CharField(label=_("Why"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, declared: settings.Declared, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if declared.by_document:
            self.fields["document"] = forms.CharField(
                label=_("Number of the document that allows it"), max_length=80, required=False,
                help_text=_("Only to turn it on. Everybody can read it on the page of switches."),
            )  # fmt: skip
            self.fields["ends_on"] = forms.DateField(
                label=_("Last day for which it is allowed"), required=False,
                widget=forms.DateInput(attrs={"type": "date"}), help_text=_("Afterwards it goes off by itself."),
            )  # fmt: skip
        if declared.choices:
            self.fields["value"] = forms.ChoiceField(
                label=_("Value"), choices=[(choice, choice) for choice in declared.choices], widget=forms.RadioSelect
            )
        elif declared.kind is bool:
            self.fields["value"] = forms.ChoiceField(
                label=_("Value"), choices=[("true", _("yes")), ("false", _("no"))], widget=forms.RadioSelect
            )
        elif declared.unit:
            self.fields["value"].help_text = _("Unit: %(unit)s") % {"unit": declared.unit}


def _key(street: Resolved | None) -> UUID | None:
    return street.ref.id if street else None


@permission(CHOOSERS)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Every declared setting with the value that counts now."""
    street = asked_street(request)
    found = settings.look(street=_key(street)).values()
    return render(request, "ui/settings.html", {"found": list(found), "street": street})


@permission(CHOOSERS)
def edit(request: HttpRequest, name: str) -> HttpResponse:
    """Choose one value; what was chosen before stays readable below."""
    declared = next((item for item in settings.declared() if item.name == name), None)
    if declared is None:
        raise Http404
    street = asked_street(request)
    found = settings.look([name], street=_key(street))[name]
    form = ValueForm(request.POST or None, declared=declared, initial={"value": _initial(found.value)})
    if request.method == "POST" and form.is_valid():
        try:
            settings.choose(
                name,
                form.cleaned_data["value"],
                actor=actor_of(request),
                street=_key(street),
                reason=form.cleaned_data["reason"],
                document=form.cleaned_data.get("document", ""),
                ends_on=form.cleaned_data.get("ends_on"),
            )
        except Refusal as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, _("“%(title)s” was saved. It counts from now on.") % {"title": declared.title})
            back = reverse("ui:settings")
            return redirect(f"{back}?for={street.ref}" if street else back)
    history = ChosenValue.objects.filter(name=name, scope_id=_key(street)).order_by("-valid_from")[:20]
    context = {"declared": declared, "found": found, "form": form, "history": history, "street": street}
    return render(request, "ui/setting.html", context)


@permission(everyone)
@require_safe
def switches(request: HttpRequest) -> HttpResponse:
    """What stays off, and where and by which document it is on; everybody may read it."""
    found = settings.switches()
    names = street_names(row.scope_id for one in found for row in (*one.on, *one.past) if row.scope_id)
    told = [
        {
            "declared": one.declared,
            "on": [(row, names.get(row.scope_id or NOWHERE, "")) for row in one.on],
            "past": [(row, names.get(row.scope_id or NOWHERE, "")) for row in one.past],
        }
        for one in found
    ]
    return render(request, "ui/switches.html", {"switches": told})


def _initial(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ",".join(str(part) for part in value)
    return "" if value is None else str(value)
