"""Fields the forms of needs share: a category of the tree, a unit, a person of it, several sentences."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from linli.apps.needs import queries
from linli.apps.needs.models import Category, Need
from linli.apps.organizations.models import Organization
from linli.apps.people.models import User
from linli.apps.places.models import Place

if TYPE_CHECKING:
    CategoryChoice = forms.ModelChoiceField[Category]
    StaffChoice = forms.ModelChoiceField[User]
else:
    CategoryChoice = StaffChoice = forms.ModelChoiceField


def nothing_chosen(*, required: bool = True) -> Any:
    """What a list says before anything is chosen."""
    return _("Choose") if required else "—"


def words(label: Any, most: int, rows: int = 3, **options: Any) -> forms.CharField:
    """A few sentences."""
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **options)


def moment(label: Any, **options: Any) -> forms.DateTimeField:
    """A day and a minute."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, **options)


class CategoryField(CategoryChoice):
    """A category in use, in the order of the tree, indented by its depth."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("empty_label", nothing_chosen(required=options.get("required", True)))
        super().__init__(queryset=Category.objects.filter(is_active=True), **options)

    def label_from_instance(self, obj: Any) -> str:
        """Its name, further in the deeper it lies."""
        return f"{'　' * (obj.depth - 1)}{obj.name}"


class UnitField(forms.ChoiceField):
    """One place or one organization, as ``place:<id>`` or ``organization:<id>``."""

    def __init__(self, need: Need, **options: Any) -> None:
        places = [(f"place:{one.pk}", str(one)) for one in queries.places_for(need)]
        others = [(f"organization:{one.pk}", str(one)) for one in queries.organizations_for(need)[:300]]
        groups = [(str(_("Places")), places), (str(_("Organizations")), others)]
        nothing = ("", nothing_chosen(required=options.get("required", True)))
        super().__init__(choices=[nothing, *((title, rows) for title, rows in groups if rows)], **options)

    def clean(self, value: Any) -> Place | Organization | None:
        """The unit itself. Raises ValidationError where it is gone."""
        text = super().clean(value)
        if not text:
            return None
        kind, _colon, key = text.partition(":")
        model: type[Place] | type[Organization] = Place if kind == "place" else Organization
        found = model.objects.filter(pk=key).first()
        if found is None:
            raise ValidationError(_("Choose again."))
        return found


class StaffField(StaffChoice):
    """A person who works in the street or a unit that serves it; nobody behind the need's wall."""

    def __init__(self, need: Need, **options: Any) -> None:
        options.setdefault("empty_label", nothing_chosen(required=options.get("required", True)))
        staff = queries.staff_for(need)
        super().__init__(queryset=staff, **options)
        self.workplaces = queries.workplaces(staff)

    def label_from_instance(self, obj: Any) -> str:
        """The name and where this person works."""
        return f"{obj.name} · {self.workplaces[obj.pk]}"
