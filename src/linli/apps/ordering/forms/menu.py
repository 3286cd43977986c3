"""Forms by which a menu is written."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.ordering.kinds import service_kinds
from linli.apps.ordering.models import Audience, CatalogItem, Rule
from linli.apps.ordering.services import ItemText, PointText
from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place
from linli.kernel.money import MoneyFormField


def offer_places(form: forms.Form, places: QuerySet[Place]) -> None:
    """The places to choose from; the only one is chosen already."""
    field = form.fields["place"]
    field.queryset = places  # type: ignore[attr-defined]  # a choice of rows
    found = list(places[:2])
    if len(found) == 1:
        field.initial = found[0]


def months() -> list[tuple[str, str]]:
    """This month and the two to come, as a menu is written for."""
    first = timezone.localdate().replace(day=1)
    found = []
    for step in range(3):
        year, month = divmod(first.month - 1 + step, 12)
        day = date(first.year + year, month + 1, 1)
        found.append((day.isoformat(), f"{day:%Y}年{day.month}月"))
    return found


class ItemForm(forms.Form):
    """One service on the menu."""

    place = forms.ModelChoiceField(Place.objects.none(), label=_("community"))
    month = forms.TypedChoiceField(label=_("month"), coerce=date.fromisoformat)
    kind = forms.ChoiceField(label=_("kind of service"))
    title = forms.CharField(label=_("service"), max_length=60, required=False, help_text=_("Empty: as the kind says."))
    about = forms.CharField(
        label=_("content of the service"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    when = forms.CharField(label=_("days and hours"), max_length=80, required=False)
    unit = forms.CharField(label=_("unit"), max_length=12, required=False, help_text=_("Empty: as the kind says."))
    price = MoneyFormField(label=_("price of one"), help_text=_("What the fund pays; residents pay nothing."))
    audience = forms.ChoiceField(label=_("who may order"), choices=Audience.choices)
    quota = forms.IntegerField(label=_("most for one household in the month"), min_value=1, max_value=99, initial=1)
    capacity = forms.IntegerField(
        label=_("places in all"), min_value=1, max_value=100_000, required=False, help_text=_("Empty: as many as ask.")
    )
    rule = forms.ChoiceField(label=_("where more ask than there are places"), choices=Rule.choices)
    provider = forms.ModelChoiceField(Organization.objects.none(), label=_("provided by"), required=False)
    at_home = forms.BooleanField(label=_("given in homes"), required=False, help_text=_("Two go into a home, always."))
    no_selling = forms.BooleanField(label=_("nothing is sold while it is given"), required=False, initial=True)

    def __init__(
        self, *args: Any, places: QuerySet[Place], providers: QuerySet[Organization], fixed: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.code, kind.title) for kind in service_kinds().values()]  # type: ignore[attr-defined]  # a choice field
        self.fields["provider"].queryset = providers  # type: ignore[attr-defined]  # a choice of rows
        if fixed:
            del self.fields["place"], self.fields["month"]
            return
        offer_places(self, places)
        self.fields["month"].choices = months()  # type: ignore[attr-defined]  # a choice field

    def text(self) -> ItemText:
        """What the service takes."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in ("place", "month")}
        return ItemText(**{**given, "audience": Audience(given["audience"]), "rule": Rule(given["rule"])})


def known_of(item: CatalogItem) -> dict[str, Any]:
    """What a form starts with when a service is written anew."""
    return {name: getattr(item, name) for name in ItemText.__dataclass_fields__}


class CopyForm(forms.Form):
    """Taking a menu over into another month."""

    place = forms.ModelChoiceField(Place.objects.none(), label=_("community"))
    source = forms.TypedChoiceField(label=_("from the month"), coerce=date.fromisoformat)
    month = forms.TypedChoiceField(label=_("into the month"), coerce=date.fromisoformat)

    def __init__(self, *args: Any, places: QuerySet[Place], sources: list[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_places(self, places)
        self.fields["source"].choices = [(day.isoformat(), f"{day:%Y}年{day.month}月") for day in sources]  # type: ignore[attr-defined]  # a choice field
        self.fields["month"].choices = months()  # type: ignore[attr-defined]  # a choice field


class DrawForm(forms.Form):
    """The seed of a lot."""

    seed = forms.CharField(
        label=_("seed of the lot"), max_length=40,
        help_text=_("A number everybody in the room hears, said before it is drawn."),
    )  # fmt: skip


class PointForm(forms.Form):
    """A service point."""

    place = forms.ModelChoiceField(Place.objects.none(), label=_("community"))
    title = forms.CharField(label=_("service point"), max_length=60)
    address = forms.CharField(label=_("address"), max_length=120)
    hours = forms.CharField(label=_("days and hours"), max_length=80, required=False)
    phone = forms.CharField(label=_("telephone"), max_length=40, required=False)
    kinds = forms.MultipleChoiceField(label=_("kinds of service"), required=False, widget=forms.CheckboxSelectMultiple)
    latitude = forms.DecimalField(label=_("latitude"), max_digits=9, decimal_places=6, required=False)
    longitude = forms.DecimalField(label=_("longitude"), max_digits=9, decimal_places=6, required=False)

    def __init__(self, *args: Any, places: QuerySet[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_places(self, places)
        self.fields["kinds"].choices = [(kind.code, kind.title) for kind in service_kinds().values()]  # type: ignore[attr-defined]  # a choice field

    def text(self) -> PointText:
        """What the service takes."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "place"}
        return PointText(**{**given, "kinds": tuple(given["kinds"])})
