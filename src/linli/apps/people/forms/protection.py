"""The shape of consent texts and of the registers of data protection."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models import AssessmentGround, ConsentText, DataIncident, ImpactAssessment


class ConsentTextForm(forms.ModelForm[ConsentText]):
    """A new version of what is asked."""

    class Meta:
        model = ConsentText
        fields = ("purpose", "text", "kinds", "retention", "on_withdrawal", "is_sensitive", "valid_from")
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "text": forms.Textarea(attrs={"rows": 5}),
            "on_withdrawal": forms.Textarea(attrs={"rows": 3}),
            "valid_from": forms.DateInput(attrs={"type": "date"}),
        }
        help_texts: ClassVar[dict[str, object]] = {
            "is_sensitive": _("Biometrics, belief, health, accounts, movement, children under 14 (PIPL Art. 28)."),
            "valid_from": _("From this day on everybody is asked anew."),
        }


class AssessmentForm(forms.ModelForm[ImpactAssessment]):
    """One impact assessment."""

    class Meta:
        model = ImpactAssessment
        fields = ("title", "ground", "lawful", "effects", "measures", "conclusion", "made_on")
        widgets: ClassVar[dict[str, forms.Widget]] = {
            **{name: forms.Textarea(attrs={"rows": 4}) for name in ("lawful", "effects", "measures", "conclusion")},
            "made_on": forms.DateInput(attrs={"type": "date"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"] = forms.ChoiceField(
            label=self.fields["ground"].label, choices=AssessmentGround.choices, widget=forms.RadioSelect
        )


class ToldForm(forms.Form):
    """When the authority and the people were told of an incident; what is noted already is not asked again."""

    authority_told_at = forms.DateTimeField(
        label=_("authority told at"), required=False, widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    people_told_at = forms.DateTimeField(
        label=_("people told at"), required=False, widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )

    def __init__(self, *args: Any, incident: DataIncident, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in list(self.fields):
            if getattr(incident, name) is not None:
                del self.fields[name]


class IncidentForm(forms.ModelForm[DataIncident]):
    """One incident."""

    class Meta:
        model = DataIncident
        fields = (
            *("title", "found_at", "kinds", "cause", "measures"),
            *("authority_told_at", "people_told_at", "why_not_told"),
        )
        widgets: ClassVar[dict[str, forms.Widget]] = {
            **{name: forms.Textarea(attrs={"rows": 4}) for name in ("cause", "measures", "why_not_told")},
            **{
                name: forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
                for name in ("found_at", "authority_told_at", "people_told_at")
            },
        }
