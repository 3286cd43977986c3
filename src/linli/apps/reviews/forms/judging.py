"""The shape of recusals, paper sheets, the pool of experts and fees."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.queries import found_by
from linli.apps.places.models import Place
from linli.apps.reviews.forms.preparing import day
from linli.apps.reviews.models import (
    TIES,
    Entry,
    Expert,
    Ground,
    Verdict,
)
from linli.apps.reviews.services.sheets import Said
from linli.kernel.rubric import Criterion


class DeclareForm(forms.Form):
    """A recusal a judge declared on paper."""

    entry = forms.ModelChoiceField(Entry.objects.none(), label=_("Entry"), empty_label=None)
    ground = forms.ChoiceField(label=_("Ground"), choices=Ground.choices)
    fact = forms.CharField(label=_("What ties them"), max_length=200)

    def __init__(self, *args: Any, entries: QuerySet[Entry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["entry"].queryset = entries  # type: ignore[attr-defined]  # a model choice


class DecideForm(forms.Form):
    """Confirmed or dismissed, and why."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=(("confirm", _("Recused: the judge does not judge it")), ("dismiss", _("No reason not to judge"))),
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Reason"), max_length=200)


class SheetForm(forms.Form):
    """A paper sheet as it stands: marks by criterion, or an opinion."""

    def __init__(self, *args: Any, criteria: Sequence[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._criteria = criteria
        for criterion in criteria:
            top = criterion.top.normalize()
            self.fields[criterion.code] = forms.DecimalField(
                label=f"{criterion.title}（{top:f}）", min_value=Decimal(0), max_value=criterion.top, decimal_places=2
            )
        if not criteria:
            self.fields["opinion"] = forms.ChoiceField(
                label=_("Opinion"), choices=Verdict.choices, widget=forms.RadioSelect
            )
        self.fields["comment"] = forms.CharField(
            label=_("Comment"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 2})
        )

    def said(self) -> Said:
        """What stands on it."""
        data = self.cleaned_data
        marks = {criterion.code: data[criterion.code] for criterion in self._criteria}
        return Said(marks, data.get("opinion", ""), data["comment"])


class ExpertForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only for the type checker
    """An expert of the pool; sealed fields are written, never shown again in full."""

    unit_name = forms.CharField(
        label=_("Unit in the register"),
        required=False,
        max_length=120,
        help_text=_("Its full name or its unified social credit code; recusals follow from it."),
    )
    phone_number = forms.CharField(label=_("Telephone"), required=False, max_length=20)

    class Meta:
        model = Expert
        fields = ("name", "unit", "specialty", "lives_in", "service", "is_active")
        labels = {"name": _("Full name")}
        widgets = {"service": forms.Textarea(attrs={"rows": 3, "maxlength": 600})}

    def __init__(self, *args: Any, communities: QuerySet[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lives_in"].queryset = communities  # type: ignore[attr-defined]  # a model choice
        self.fields["lives_in"].empty_label = "—"  # type: ignore[attr-defined]  # same
        if self.instance.organization is not None:
            self.fields["unit_name"].initial = self.instance.organization.name

    def clean_unit_name(self) -> Any:
        """The organization of the register."""
        text = self.cleaned_data["unit_name"]
        found = found_by(text) if text else []
        if text and len(found) != 1:
            raise ValidationError(_("The register has no organization of this name or code. Enter it there first."))
        return found[0] if found else None

    def _post_clean(self) -> None:
        """The row is left as it is: the verb checks and writes."""

    def columns(self) -> dict[str, Any]:
        """What the verb takes; an empty telephone leaves the one that stands."""
        data = dict(self.cleaned_data)
        data["organization"] = data.pop("unit_name")
        phone = data.pop("phone_number")
        return {**data, "phone": phone} if phone else data


class TieForm(forms.Form):
    """What ties an expert to an organization or a place."""

    ground = forms.ChoiceField(label=_("Kind of tie"), choices=[(ground.value, ground.label) for ground in TIES])
    unit_name = forms.CharField(label=_("Organization"), required=False, max_length=120)
    place = forms.ModelChoiceField(Place.objects.none(), label=_("Or the community"), required=False, empty_label="—")
    until = day(_("Until"), required=False)
    note = forms.CharField(
        label=_("Note"), required=False, max_length=120, help_text=_("Such as “close relative works there”; no names.")
    )

    def __init__(self, *args: Any, communities: QuerySet[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = communities  # type: ignore[attr-defined]  # a model choice

    clean_unit_name = ExpertForm.clean_unit_name


class FeeForm(forms.Form):
    """What a judge is paid."""

    times = forms.IntegerField(label=_("Days or times"), min_value=1, max_value=99, initial=1)
    rate = forms.DecimalField(label=_("Rate"), min_value=0, decimal_places=2, max_digits=9)
    tax = forms.DecimalField(label=_("Tax withheld"), min_value=0, decimal_places=2, max_digits=9, initial=0)
