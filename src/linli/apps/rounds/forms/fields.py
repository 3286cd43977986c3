"""Fields that forms of rounds share: days, moments, organizations by name."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.models import Organization
from linli.apps.organizations.queries import found_by


def day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """A day, chosen in the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


def moment(label: Any, *, required: bool = False) -> forms.DateTimeField:
    """A day and hour, chosen in the browser's own calendar."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, required=required, widget=widget)


def text(label: Any, rows: int = 4, *, most: int, required: bool = False, help_text: Any = "") -> forms.CharField:
    """Some lines of text."""
    widget = forms.Textarea(attrs={"rows": rows, "maxlength": most})
    return forms.CharField(label=label, max_length=most, required=required, help_text=help_text, widget=widget)


class OrganizationField(forms.CharField):
    """An organization of the register, written as its name or its credit code."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("Its full name or its unified social credit code, as the register has it."))
        super().__init__(max_length=120, **options)

    def prepare_value(self, value: Any) -> Any:
        """The name of a stored organization."""
        return value.name if isinstance(value, Organization) else value

    def clean(self, value: Any) -> Organization | None:
        """The organization; None for nothing. Raises ValidationError."""
        words = super().clean(value)
        if not words:
            return None
        found = found_by(words)
        if not found:
            raise ValidationError(_("The register has no organization of this name or code. Enter it there first."))
        if len(found) > 1:
            where = "、".join(f"{one.name}（{one.place.name}）" for one in found)
            raise ValidationError(_("Several bear this name: %(where)s. Write the code.") % {"where": where})
        return found[0]
