"""Figures, outlines and safety equipment, as they are entered."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.apps.places.forms.dates import day
from linli.apps.places.models import OutlineDatum, SafetyKind
from linli.apps.places.queries import figure_kinds
from linli.apps.places.services.outlines import MOST_BYTES


def _kinds() -> list[tuple[str, Any]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for code, kind in figure_kinds().items():
        groups.setdefault(kind.group, []).append((code, f"{kind.title}（{kind.unit}）"))
    return list(groups.items())


class FigureForm(forms.Form):
    """One figure with its source and day."""

    kind = forms.ChoiceField(label=_("What is counted"), choices=_kinds)
    value = forms.DecimalField(label=_("Number"), min_value=0, max_digits=16, decimal_places=4)
    source = forms.CharField(
        label=_("Taken from"),
        max_length=120,
        help_text=_("Such as the census, the statistics office, the worker's list."),
    )
    as_of = day(_("As of"))


class OutlineForm(forms.Form):
    """An outline, pasted or as a file."""

    text = forms.CharField(
        label=_("GeoJSON"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Paste it here or choose a file: Polygon or MultiPolygon, at most 512 KB."),
    )
    file = forms.FileField(label=_("File"), required=False)
    datum = forms.ChoiceField(label=_("Coordinates"), choices=OutlineDatum.choices)
    source = forms.CharField(label=_("Taken from"), max_length=120)
    as_of = day(_("As of"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        upload = data.get("file")
        if upload is None and not data.get("text"):
            self.add_error("text", _("Paste the outline or choose a file."))
        if upload is not None and upload.size > MOST_BYTES:
            self.add_error("file", _("The outline is larger than 512 KB. Simplify it before it is taken over."))
        return data

    def geojson(self) -> str:
        """The text of the outline."""
        upload = self.cleaned_data["file"]
        return upload.read().decode("utf-8-sig", errors="replace") if upload else str(self.cleaned_data["text"])


class EquipmentForm(forms.Form):
    """A row of the register of safety equipment."""

    kind = forms.ChoiceField(label=_("Kind"), choices=SafetyKind.choices)
    count = forms.IntegerField(label=_("Pieces"), min_value=1, max_value=100_000)
    notice_at = forms.CharField(
        label=_("Where the notice hangs"), max_length=120, help_text=_("Such as: north gate, beside the intercom.")
    )
    notice_on = day(_("Notice since"))
    filed_on = day(_("Filed with the police on"), required=False)
