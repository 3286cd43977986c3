"""Forms by which people sign up and sign in; a name and a telephone are enough."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.apps.activities.models import Activity
from linli.apps.activities.services import Attendee


class AttendeeForm(forms.Form):
    """Who comes."""

    name = forms.CharField(label=_("Name of the person"), max_length=40)
    phone = forms.CharField(
        label=_("Telephone"), max_length=20, help_text=_("To call you if something changes. It is kept sealed."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )  # fmt: skip
    is_minor = forms.BooleanField(label=_("This is a child"), required=False)
    guardian = forms.CharField(label=_("Name of the guardian"), max_length=40, required=False)
    photos_allowed = forms.BooleanField(
        label=_("May be seen in pictures of the activity"), required=False,
        help_text=_("Without it the face is blurred."),
    )  # fmt: skip

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not activity.for_minors:
            del self.fields["is_minor"], self.fields["guardian"]

    def attendee(self) -> Attendee:
        """What the service takes; the guardian's telephone is the one that was given."""
        given = dict(self.cleaned_data)
        if given.get("is_minor"):
            given["guardian_phone"] = given.get("phone", "")
        return Attendee(**given)


class SignUpForm(AttendeeForm):
    """Signing up on the portal."""


class EnterForm(AttendeeForm):
    """Entered by the staff, for somebody who called or stands there; a telephone is no condition."""

    door = forms.CharField(
        label=_("Door"), max_length=20, required=False,
        help_text=_("It stands on the sheet; without a telephone it tells people of one name apart."),
    )  # fmt: skip
    came = forms.BooleanField(label=_("Is here now: sign in at once"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].required = False

    def attendee(self) -> Attendee:
        self.cleaned_data.pop("came", None)
        return super().attendee()


class DoorForm(forms.Form):
    """Signing in at the door: what stands on the paper sheet too."""

    name = forms.CharField(label=_("Name of the person"), max_length=40)
    mark = forms.RegexField(
        r"^\d{4}$", label=_("Last four digits of the telephone"), max_length=4, required=False, strip=True,
        help_text=_("Empty if you have none."),
        error_messages={"invalid": _("Write the last four digits, or leave it empty.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip

    def attendee(self) -> Attendee:
        """What the service takes."""
        return Attendee(**self.cleaned_data)


class CareForm(forms.Form):
    """What must be known of somebody."""

    text = forms.CharField(
        label=_("What must be known"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Empty takes the note away."),
    )  # fmt: skip
