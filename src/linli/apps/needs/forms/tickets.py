"""The shape of what is entered about exports, their columns, and what is asked of the hotline."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models import ColumnMapping, DayOrder, RequestKind, RequestReason, TicketFile
from linli.apps.needs.tables.opening import COLUMNS
from linli.apps.places.models import Place

IGNORE = "-"


class UploadForm(forms.Form):
    """A file, the street it belongs to, and what was said of its columns before."""

    street = forms.ModelChoiceField(Place.objects.none(), label=_("Street"), empty_label=None)
    mapping = forms.ModelChoiceField(
        ColumnMapping.objects.none(), label=_("Columns as in"), required=False,
        empty_label=_("Recognise them by their words"),
    )  # fmt: skip

    def __init__(self, *args: Any, streets: Any, mappings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["street"] = forms.ModelChoiceField(streets, label=_("Street"), empty_label=None)
        self.fields["mapping"].queryset = mappings  # type: ignore[attr-defined]  # a model choice field


class ColumnsForm(forms.Form):
    """One choice for each heading nobody knows: which column it is, or that it is ignored."""

    def __init__(self, *args: Any, file: TicketFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.headings = {f"heading_{index}": title for index, title in enumerate(file.unknown)}
        columns = [(column.key, column.title) for column in COLUMNS[file.purpose]]
        for name, title in self.headings.items():
            self.fields[name] = forms.ChoiceField(
                label=title, choices=[("", _("Choose")), (IGNORE, _("Ignore this column")), *columns]
            )
        self.fields["day_order"] = forms.ChoiceField(
            label=_("Order of days such as 01/04/2016"), choices=DayOrder.choices, initial=file.day_order,
            required=False,
        )  # fmt: skip
        self.fields["name"] = forms.CharField(
            label=_("Keep this for next time as"), max_length=60, required=False,
            initial=file.mapping.name if file.mapping else "",
        )  # fmt: skip

    def told(self) -> dict[str, str]:
        """What was said: heading → column, "" for one that is ignored."""
        given = {title: self.cleaned_data[name] for name, title in self.headings.items()}
        return {title: "" if key == IGNORE else key for title, key in given.items()}


class RequestForm(forms.Form):
    """A return or an exclusion, with the reason and the papers that prove it."""

    kind = forms.ChoiceField(
        label=_("What is asked of the hotline"), choices=RequestKind.choices, widget=forms.RadioSelect
    )
    ground = forms.ChoiceField(label=_("Sort of reason"), choices=RequestReason.choices)
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    evidence = forms.FileField(label=_("Evidence (PDF or picture)"), required=False)


class DecisionForm(forms.Form):
    """What the hotline said to a request."""

    granted = forms.ChoiceField(
        label=_("What was decided"), choices=[("1", _("Granted")), ("0", _("Refused"))], widget=forms.RadioSelect
    )
    decision = forms.CharField(label=_("In its words"), max_length=300, required=False)


class AgainForm(forms.Form):
    """Why a closed need is opened again, or is not."""

    again = forms.ChoiceField(
        label=_("What now"), widget=forms.RadioSelect,
        choices=[("1", _("Open it again, with the same owner")), ("0", _("Leave it closed"))],
    )  # fmt: skip
    reason = forms.CharField(label=_("Reason"), max_length=300)


class CopyForm(forms.Form):
    """What another system's form asks for, field by field, to be copied; never sent."""

    def __init__(self, *args: Any, fields: Sequence[tuple[str, Any, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, title, text in fields:
            is_long = len(text) > 60 or "\n" in text or key == "answer"
            widget = forms.Textarea({"rows": 4, "readonly": True}) if is_long else forms.TextInput({"readonly": True})
            self.fields[key] = forms.CharField(label=title, initial=text, widget=widget)
