"""Forms of guides, and of a matter that came to the window again."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models import LifeStage
from linli.apps.needs.permissions import KEEPERS
from linli.apps.places.models import Level, Place
from linli.kernel.scope import Actor


class GuideForm(forms.Form):
    """One matter of the book."""

    place = forms.ModelChoiceField(queryset=Place.objects.none(), label=_("Street"))
    stage = forms.ChoiceField(label=_("Stage of life"), choices=LifeStage.choices)
    title = forms.CharField(label=_("Matter"), max_length=60)
    about = forms.CharField(label=_("Who may apply"), max_length=300, required=False)
    bring = forms.CharField(
        label=_("What to bring"), max_length=2000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One paper a line, complete: what does not stand here is not asked for later."),
    )  # fmt: skip
    where = forms.CharField(label=_("Where to go"), max_length=120)
    hours = forms.CharField(label=_("Hours of the window"), max_length=80, required=False)
    takes = forms.CharField(label=_("How long it takes"), max_length=80, required=False)
    is_shown = forms.BooleanField(label=_("Shown to residents"), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = self.fields["place"]
        assert isinstance(place, forms.ModelChoiceField)
        place.queryset = Place.objects.filter(pk__in=actor.reach(*KEEPERS).places, level=Level.STREET).order_by("code")
        if place.queryset.count() == 1:
            self.initial.setdefault("place", place.queryset.get().pk)


class VisitForm(forms.Form):
    """The resident came again."""

    missing = forms.CharField(
        label=_("What is still missing?"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Only what stood on the list the first time. Empty: everything is there."),
    )  # fmt: skip
