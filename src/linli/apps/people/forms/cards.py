"""The shape of what is entered about contact cards."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models import ContactCard
from linli.apps.people.services.cards import LONGEST, CardText
from linli.apps.places.models import Place
from linli.kernel.refs import new_key
from linli.kernel.ui.versions import VersionedForm

HELP = {
    "title": _("In the words of a neighbour: what the call is about."),
    "office": _("The office or duty that answers. No person's name is needed."),
    "phone": _("A landline of the office, such as 010-62880011. Mobile numbers belong to persons and stay off."),
    "hours": _("Days and times when somebody answers."),
    "body": _("What to bring, how long it takes, who may come instead."),
}


class CardForm(VersionedForm):
    """The text of a card, with the version it was read in."""

    class Meta:
        model = ContactCard
        fields = ("title", "office", "phone", "hours", "body")
        help_texts = HELP
        widgets = {"body": forms.Textarea(attrs={"rows": 8, "maxlength": LONGEST["body"]})}

    def text(self) -> CardText:
        """What was entered, as the verbs take it."""
        return CardText(**self.columns())


class NewCardForm(forms.ModelForm[ContactCard]):
    """A first text, its community, and the key that makes a form sent twice one card."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=new_key)

    class Meta:
        model = ContactCard
        fields = ("community", "title", "office", "phone", "hours", "body")
        help_texts = HELP
        widgets = {"body": forms.Textarea(attrs={"rows": 8, "maxlength": LONGEST["body"]})}

    def __init__(self, *args: Any, communities: QuerySet[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = forms.ModelChoiceField(communities, label=_("Community"), empty_label=None)
        self.fields["community"] = field

    def text(self) -> CardText:
        """What was entered, as the verbs take it."""
        return CardText(**{name: self.cleaned_data[name] for name in LONGEST | {"phone": 0}})
