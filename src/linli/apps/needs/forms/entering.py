"""Forms by which staff write down what somebody said: at the window, on the telephone, at a door, from a group."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.forms.reporting import FilesField, Labelled, ManyFiles, clean_phone, spot_of
from linli.apps.needs.models import LONGEST_MATTER, Behalf, Category, Channel, Guide, Need
from linli.apps.needs.permissions import DISPATCHERS, WORKERS
from linli.apps.needs.services.entering import Entry
from linli.apps.needs.services.shape import BehalfText, ContactText
from linli.apps.places.models import Level, Place
from linli.apps.places.queries import in_force
from linli.kernel.scope import Actor

WAYS = (
    (Channel.WINDOW, _("Came to the window")),
    (Channel.HOTLINE, _("Rang up")),
    (Channel.VISIT, _("Told at a visit")),
    (Channel.SUGGESTION, _("Made a suggestion")),
)
LEVELS = (Level.STREET, Level.COMMUNITY, Level.VILLAGE, Level.GRID)


def places_for(actor: Actor) -> QuerySet[Place]:
    """Where the actor may write needs down: streets, communities and grids of his posts."""
    reach = actor.reach(*WORKERS, *DISPATCHERS)
    rows = Place.objects.filter(pk__in=reach.places, level__in=LEVELS)
    return in_force(timezone.localdate(), rows).order_by("code")


def own_place(actor: Actor) -> Place | None:
    """The community of somebody who works for one alone; None where there is a choice to be made."""
    places = places_for(actor)
    found = list(places.exclude(level=Level.GRID)[:2])
    return found[0] if len(found) == 1 else None


class EntryForm(forms.Form):
    """What was said, where, who has it, and in whose name."""

    channel = forms.ChoiceField(label=_("How did it come in?"), choices=WAYS, widget=forms.RadioSelect)
    phone = forms.CharField(
        label=_("Telephone"), required=False, max_length=20, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    place = Labelled(queryset=Place.objects.none(), label=_("Place"), empty_label=_("Please choose"))
    matter = forms.CharField(
        label=_("What does the resident say?"), max_length=LONGEST_MATTER, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("In his own words. Read it back to him before you save."),
    )  # fmt: skip
    spot = forms.CharField(label=_("Where exactly?"), required=False, max_length=120)
    latitude = forms.DecimalField(required=False, widget=forms.HiddenInput, min_value=-90, max_value=90)
    longitude = forms.DecimalField(required=False, widget=forms.HiddenInput, min_value=-180, max_value=180)
    name = forms.CharField(label=_("Name of the resident"), required=False, max_length=40)
    address = forms.CharField(label=_("Address"), required=False, max_length=120)
    category = forms.ModelChoiceField(
        queryset=Category.objects.filter(is_active=True), label=_("Category"), required=False,
        empty_label=_("Decide later"),
    )  # fmt: skip
    is_elder = forms.BooleanField(label=_("65 or older"), required=False)
    has_no_smartphone = forms.BooleanField(
        label=_("Has no smartphone"), required=False, help_text=_("Either of them: he is called back by telephone.")
    )
    relation = forms.ChoiceField(
        label=_("Does somebody speak for him?"), required=False, choices=[("", _("He speaks himself")), *Behalf.choices]
    )
    teller = forms.CharField(label=_("Name of who speaks for him"), required=False, max_length=40)
    teller_phone = forms.CharField(label=_("Telephone of who speaks for him"), required=False, max_length=20)
    consented = forms.BooleanField(label=_("He was asked and agrees"), required=False)
    guide = forms.ModelChoiceField(
        queryset=Guide.objects.none(), label=_("Matter of the guide"), required=False, empty_label=_("None of them")
    )
    missing = forms.CharField(
        label=_("What is still missing?"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One paper a line. It is given once; nothing is added to it later."),
    )  # fmt: skip
    photos = FilesField(label=_("Photos"), required=False, widget=ManyFiles(attrs={"accept": "image/*"}))
    same_as = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = places_for(actor)
        place, guide = self.fields["place"], self.fields["guide"]
        assert isinstance(place, forms.ModelChoiceField)
        assert isinstance(guide, forms.ModelChoiceField)
        place.queryset = places
        guide.queryset = Guide.objects.filter(is_shown=True).order_by("stage", "title")

    def clean_phone(self) -> str:
        return clean_phone(self.cleaned_data["phone"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("relation") and not given.get("consented"):
            self.add_error("consented", _("Ask whoever this is for, and tick that he agrees."))
        if (given.get("is_elder") or given.get("has_no_smartphone")) and not given.get("phone"):
            self.add_error("phone", _("Leave a telephone, so that we can call him back."))
        return given

    def teller_is(self) -> str:
        """Who speaks for him, in words."""
        chosen = self.cleaned_data["relation"]
        return str(Behalf(chosen).label) if chosen else ""

    def same(self, rows: QuerySet[Need]) -> Need | None:
        """The open need it is the same as, where one was chosen and still stands among ``rows``."""
        chosen: UUID | None = self.cleaned_data["same_as"]
        return rows.filter(pk=chosen).first() if chosen else None

    def entry(self, same: Need | None) -> Entry:
        """What the service takes."""
        given = self.cleaned_data
        contact = ContactText(
            given["name"], given["phone"], given["address"], is_elder=given["is_elder"],
            has_no_smartphone=given["has_no_smartphone"],
        )  # fmt: skip
        behalf = None
        if given["relation"]:
            behalf = BehalfText(given["relation"], given["teller"], given["teller_phone"], given["consented"])
        more = {
            "contact": contact, "on_behalf": behalf, "category": given["category"], "files": given["photos"],
            "spot": spot_of(given),
        }  # fmt: skip
        return Entry(
            given["place"], given["matter"], given["channel"], more, same_as=same, guide=given["guide"],
            missing=given["missing"],
        )  # fmt: skip
