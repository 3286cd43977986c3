"""What going back to an earlier model asks."""

from django import forms
from django.utils.translation import gettext_lazy as _


class GoBackForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=600, widget=forms.Textarea(attrs={"rows": 2}))
