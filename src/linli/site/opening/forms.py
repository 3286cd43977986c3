"""What the first page asks: a code, the places, a name and a colour, three people."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.kernel.ui.face import PALETTE, USUAL
from linli.site.opening.services import Administrator
from linli.site.opening.services.setting_up import ROLES


class CodeForm(forms.Form):
    """The one-time code."""

    code = forms.CharField(
        label=_("One-time code"), max_length=20, help_text=_("Such as ABCD-EFGH, as linli setup printed it.")
    )


class FinishForm(forms.Form):
    """What the house begins with."""

    shipped = forms.BooleanField(
        label=_("Begin with the categories of needs and the score sheets that come with the house"),
        required=False,
    )


class PlacesForm(forms.Form):
    """The district and what lies in it."""

    code = forms.CharField(label=_("Statistical code of the district"), max_length=12, help_text=_("6 digits."))
    name = forms.CharField(label=_("Name of the district"), max_length=80)
    region = forms.CharField(label=_("Province and city"), max_length=80, required=False)
    places = forms.CharField(
        label=_("Streets, and communities where you have them at hand"),
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        required=False,
        max_length=400_000,
        help_text=_(
            "One a line: code, space, name; pasted from a table it is right too. "
            "Streets have 9 digits or 12, communities 12."
        ),
    )
    file = forms.FileField(
        label=_("Or a list of codes as a CSV file"),
        required=False,
        help_text=_("Of the whole country, too: the lines of the district are taken out of it and shown first."),
    )


class FaceForm(forms.Form):
    """Name and colour."""

    name = forms.CharField(label=_("Name of the site"), max_length=40, help_text=_("It stands on top of every page."))
    colour = forms.ChoiceField(
        label=_("Colour of the site"),
        choices=[*PALETTE.items(), ("own", _("another colour, below"))],
        widget=forms.RadioSelect,
        initial=USUAL,
    )
    own = forms.CharField(label=_("Another colour"), max_length=7, required=False, help_text=_("Such as #0b5cad."))

    def chosen(self) -> str:
        """The colour, from the list or written."""
        data = self.cleaned_data
        return str(data["own"] if data["colour"] == "own" else data["colour"])


class AdministratorsForm(forms.Form):
    """A name and a user name for each of the three."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for role in ROLES:
            self.fields[f"{role}_name"] = forms.CharField(label=_("Name of the person"), max_length=60)
            self.fields[f"{role}_username"] = forms.CharField(
                label=_("User name"), max_length=60, widget=forms.TextInput(attrs={"autocapitalize": "none"})
            )

    def people(self) -> list[Administrator]:
        """The three, in the order of the roles."""
        data = self.cleaned_data
        return [Administrator(role, data[f"{role}_name"].strip(), data[f"{role}_username"].strip()) for role in ROLES]

    def groups(self) -> list[tuple[Any, list[Any]]]:
        """(role, its two fields), as the page shows them."""
        return [(role, [self[f"{role}_name"], self[f"{role}_username"]]) for role in ROLES]
