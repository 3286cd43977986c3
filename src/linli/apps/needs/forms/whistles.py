"""What is entered about a whistle."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models.whistle import WhistleKind, WhistleStep
from linli.apps.organizations.models import Organization
from linli.apps.organizations.queries import found_by
from linli.apps.places.models import Place

BY_NAME = _("Its full name or its unified social credit code, as the register has it.")


def _words(label: Any, most: int, rows: int = 3, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **options)


class DepartmentsField(forms.CharField):
    """Names of units of the register, one a line."""

    def clean(self, value: Any) -> list[Organization]:
        """The organizations. Raises ValidationError naming the line nobody knows."""
        found = []
        for line in filter(str.strip, super().clean(value).splitlines()):
            rows = found_by(line.strip())
            if len(rows) != 1:
                raise ValidationError(_("The register has no unit called “%(name)s”.") % {"name": line.strip()})
            found.append(rows[0])
        return found


class WhistleForm(forms.Form):
    """吹哨单."""

    kind = forms.ChoiceField(label=_("Kind"), choices=WhistleKind.choices, widget=forms.RadioSelect)
    place = forms.ModelChoiceField(Place.objects.none(), label=_("Place"), empty_label=_("Choose"))
    title = forms.CharField(label=_("Title"), max_length=120)
    point = forms.CharField(label=_("Where exactly the departments shall come"), max_length=120)
    matter = _words(
        _("What it is about"), 2000, 5, help_text=_("No name, telephone or door of a resident: departments read this.")
    )
    lead = DepartmentsField(label=_("Department that leads"), max_length=120, help_text=BY_NAME)
    assists = DepartmentsField(
        label=_("Departments that assist"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line, by the name the register has."),
    )  # fmt: skip

    def __init__(self, *args: Any, places: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["place"].queryset = places  # type: ignore[attr-defined]  # the stubs know a field, not its choices


class ApproveForm(forms.Form):
    instruction = forms.CharField(label=_("Instruction"), max_length=300, required=False)


class ReasonForm(forms.Form):
    reason = _words(_("Reason"), 300, 2)


class CheckInForm(forms.Form):
    came = forms.CharField(
        label=_("Who came, by post"), max_length=160, help_text=_("For instance: 中队长、物业项目经理")
    )


class AnswerForm(forms.Form):
    text = _words(_("What the department did"), 2000, 5)


class StepForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=WhistleStep.Kind.choices)
    text = _words(_("What happened"), 2000, 4)
    plan = _words(
        _("Plan of the units"),
        2000,
        3,
        required=False,
        help_text=_("Who does what by when. Stands in place of the earlier plan."),
    )


class CloseForm(forms.Form):
    """Nothing is asked."""


class ResultForm(forms.Form):
    result = _words(_("Result"), 2000, 4)


class MarkForm(forms.Form):
    """How one side found the other."""

    prompt = forms.TypedChoiceField(
        label=_("Came in time and ready"), choices=(("1", _("Yes")), ("0", _("No"))), coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )  # fmt: skip
    helpful = forms.TypedChoiceField(
        label=_("Did its part"), choices=(("1", _("Yes")), ("0", _("No"))), coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )  # fmt: skip
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
