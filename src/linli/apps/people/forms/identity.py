"""The shape of what is entered about who somebody is."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models import DocumentKind
from linli.apps.places.models import Place


class JoinForm(forms.Form):
    """A resident opens an account: as little as will do."""

    name = forms.CharField(
        label=_("Name or nickname"),
        max_length=80,
        help_text=_("Your real name is only needed if you want to be matched to the roster later."),
    )
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=30,
        required=False,
        help_text=_("You may leave it out. It is kept encrypted and shown as 138****1234."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, communities: QuerySet[Place], mine: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        community = forms.ModelChoiceField(communities, label=_("Community"), initial=mine)
        self.fields["community"] = community
        self.fields["password"].help_text = " ".join(password_validators_help_texts())
        self.order_fields(["community", "name", "phone", "password"])


class SlipForm(forms.Form):
    """The code of a slip."""

    code = forms.CharField(
        label=_("The eight characters on the slip"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )


class CallForm(forms.Form):
    """A worker says that he spoke with the person."""

    spoke = forms.BooleanField(label=_("I rang this number and spoke with the person"))


class SeenForm(forms.Form):
    """Which document a worker saw."""

    document = forms.ChoiceField(
        label=_("Which document did you see?"),
        choices=DocumentKind.choices,
        help_text=_("Only the kind is kept, neither number nor picture."),
    )


class MatchForm(forms.Form):
    """The document number, where the telephone does not tell."""

    id_number = forms.CharField(
        label=_("Document number, as you read it now"),
        max_length=30,
        required=False,
        help_text=_("Only compared with the roster, not kept here."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class WhyForm(forms.Form):
    """Why something is refused or taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=200)
