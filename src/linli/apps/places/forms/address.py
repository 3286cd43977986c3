"""An address as somebody wrote it, and the day it is asked for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.apps.places.forms.dates import day


class AddressForm(forms.Form):
    """What was written; without a day, today is meant."""

    text = forms.CharField(
        label=_("Address"),
        max_length=200,
        help_text=_("As it was told or written: the street may be missing, 二号楼 and 2# are the same."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    on = day(_("On the day"), required=False, help_text=_("Leave it empty for today."))
