"""What is found on a visit or a patrol, and lines pasted from a group."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.forms.entering import own_place, places_for
from linli.apps.needs.forms.reporting import FilesField, Labelled, ManyFiles, clean_phone
from linli.apps.needs.models import Channel
from linli.apps.needs.services.entering import Entry
from linli.apps.needs.services.shape import ContactText, Spot
from linli.apps.places.models import Place
from linli.kernel.refs import random_key
from linli.kernel.scope import Actor
from linli.kernel.settings import value_of

OLDEST = timedelta(days=7)
"""How long a finding may have waited on a phone; an older one counts from when it arrives."""


def listed(name: str, street: UUID | None) -> list[str]:
    """The words of a setting, parted by 、."""
    return [one.strip() for one in str(value_of(name, street=street)).split("、") if one.strip()]


class FindingForm(forms.Form):
    """One finding. ``submission`` is made on the phone: however often it is sent, it is one need."""

    submission = forms.UUIDField(widget=forms.HiddenInput)
    found_at = forms.DateTimeField(widget=forms.HiddenInput, required=False)
    channel = forms.ChoiceField(
        label=_("On which way?"), choices=[(Channel.PATROL, _("Patrol")), (Channel.VISIT, _("Visit at home"))],
        widget=forms.RadioSelect, initial=Channel.PATROL,
    )  # fmt: skip
    place = Labelled(queryset=Place.objects.none(), label=_("Place"), empty_label=_("Please choose"))
    sort = forms.ChoiceField(label=_("What kind of thing?"), required=False)
    matter = forms.CharField(
        label=_("What was found, or said?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Things and matters, not people. Where nothing is found, nothing is written."),
    )  # fmt: skip
    spot = forms.CharField(label=_("Where exactly?"), required=False, max_length=120)
    name = forms.CharField(label=_("Name of who said it"), required=False, max_length=40)
    phone = forms.CharField(
        label=_("Telephone"), required=False, max_length=20, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    photos = FilesField(
        label=_("Photos"), required=False, widget=ManyFiles(attrs={"accept": "image/*", "capture": "environment"})
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = places_for(actor)
        place, sort = self.fields["place"], self.fields["sort"]
        assert isinstance(place, forms.ModelChoiceField)
        assert isinstance(sort, forms.ChoiceField)
        place.queryset = places
        first = places.first()
        self.street = (first.street_id or first.pk) if first else None
        words = listed("needs.patrol_findings", self.street)
        sort.choices = [("", _("Something else")), *((one, one) for one in words)]
        self.initial.setdefault("submission", random_key())
        own = own_place(actor)
        if own is not None:
            self.initial.setdefault("place", own.pk)

    def clean_phone(self) -> str:
        return clean_phone(self.cleaned_data["phone"])

    def found(self) -> datetime | None:
        """When it was found, where the phone says so and that may be."""
        when: datetime | None = self.cleaned_data["found_at"]
        now = timezone.now()
        return when if when is not None and now - OLDEST <= when <= now else None

    def entry(self) -> Entry:
        """What the service takes."""
        given = self.cleaned_data
        matter = f"{given['sort']}：{given['matter']}" if given["sort"] else given["matter"]
        contact = ContactText(given["name"], given["phone"]) if given["name"] or given["phone"] else None
        more = {
            "submission": given["submission"], "contact": contact, "files": given["photos"],
            "spot": Spot(given["spot"]) if given["spot"] else None,
        }  # fmt: skip
        return Entry(given["place"], matter, given["channel"], more)


class PasteForm(forms.Form):
    """A piece of a chat."""

    place = Labelled(queryset=Place.objects.none(), label=_("Place"), empty_label=_("Please choose"))
    text = forms.CharField(
        label=_("Messages of the group"), max_length=60_000, widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Copy them as they are. Every line becomes a draft; you choose which are needs."),
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = self.fields["place"]
        assert isinstance(place, forms.ModelChoiceField)
        place.queryset = places_for(actor)
        own = own_place(actor)
        if own is not None:
            self.initial.setdefault("place", own.pk)
