"""The shape of what is entered about organizations."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations import queries
from linli.apps.organizations.kinds import pairs, standing_kinds, words
from linli.apps.organizations.models import HonourLevel, Organization, OrganizationKind, RelationKind
from linli.apps.places.models import Place
from linli.kernel.ui.versions import VersionedForm

EMPTY = (("", "—"),)
LAST = _("The first day on which it no longer holds.")


def day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """A day, chosen in the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


class PlaceField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic only for the type checker
    """A place, named together with its street."""

    def label_from_instance(self, obj: Place) -> str:
        return obj.name if obj.street is None or obj.street_id == obj.pk else f"{obj.street.name} {obj.name}"


class OrganizationField(forms.CharField):
    """An organization of the register, written as its name or its credit code."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("Its full name or its unified social credit code, as the register has it."))
        super().__init__(max_length=120, **options)

    def clean(self, value: Any) -> Organization | None:
        text = super().clean(value)
        if not text:
            return None
        found = queries.found_by(text)
        if not found:
            raise ValidationError(_("The register has no organization of this name or code. Enter it there first."))
        if len(found) > 1:
            where = "、".join(f"{one.name}（{one.place.name}）" for one in found)
            raise ValidationError(_("Several bear this name: %(where)s. Write the code.") % {"where": where})
        return found[0]


class OrganizationForm(VersionedForm):
    """Everything about an organization that is corrected in place; the verbs check what belongs together."""

    class Meta:
        model = Organization
        fields = (
            "kind", "place", "short_name", "legal_form", "credit_code", "registered_with", "registered_on",
            "founded_on", "business", "about", "address", "office_phone", "office_hours", "member_count",
            "member_count_on", "is_public",
        )  # fmt: skip
        field_classes = {"place": PlaceField}
        widgets = {
            "about": forms.Textarea(attrs={"rows": 4, "maxlength": 600}),
            **{
                name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
                for name in ("registered_on", "founded_on", "member_count_on")
            },
        }
        help_texts = {
            "credit_code": _("18 characters, as in the certificate. Teams have none."),
            "office_phone": _("A landline of the office, such as 010-62880011. Mobile numbers stay off."),
            "member_count": _("For teams: how many, never who."),
            "is_public": _("Name, kind, what it does, telephone, standing and honours; never a person's name."),
        }

    def __init__(self, *args: Any, places: QuerySet[Place], teams_only: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"] = PlaceField(places, label=_("Seat"), empty_label=None)
        self.fields["business"] = forms.ChoiceField(
            label=_("Field of work"), required=False, choices=(*EMPTY, *pairs(words("business").values()))
        )
        if teams_only:
            team = OrganizationKind.RESIDENT_TEAM
            self.fields["kind"] = forms.ChoiceField(label=_("Kind"), choices=[(team.value, team.label)])
            for name in ("legal_form", "credit_code", "registered_with", "registered_on"):
                del self.fields[name]

    def _post_clean(self) -> None:
        """The row is left as it is: the verbs check and write."""


class NewOrganizationForm(OrganizationForm):
    """A first entry: its name and since when, and whatever else is known."""

    name = forms.CharField(label=_("Name"), max_length=120)
    valid_from = day(
        _("First day"), help_text=_("The day from which it is kept here, such as that of its certificate.")
    )
    field_order = ("name", "kind", "place", "valid_from")


class ContactForm(OrganizationForm):
    """The lines an organization's manager puts right himself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, places=Place.objects.none(), **kwargs)
        for name in set(self.fields) - {"version", "about", "address", "office_phone", "office_hours"}:
            del self.fields[name]


class EndForm(forms.Form):
    """From which day, and why."""

    on = day(_("From which day"))
    reason = forms.CharField(label=_("Reason"), max_length=200)


class RenameForm(forms.Form):
    name = forms.CharField(label=_("New name"), max_length=120)
    on = day(_("From which day"))


class LegalPersonForm(forms.Form):
    name = forms.CharField(
        label=_("Legal person"),
        max_length=60,
        help_text=_("Kept sealed and shown masked; opened only with a reason."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    on = day(_("First day"))
    source = forms.CharField(label=_("Source"), max_length=120, help_text=_("Such as: certificate of 2026-03-05."))


class StandingForm(forms.Form):
    """A standing, chosen as "kind:value"."""

    standing = forms.ChoiceField(label=_("Standing"))
    valid_from = day(_("First day"))
    valid_to = day(_("Expires on"), required=False, help_text=_("Left empty: as many years as this kind is valid."))
    source = forms.CharField(label=_("Source"), max_length=160, help_text=_("The paper or notice where it stands."))
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (kind.title, [(f"{kind.code}:{value}", f"{kind.title}：{value}") for value in kind.values])
            for kind in standing_kinds().values()
        ]
        self.fields["standing"] = forms.ChoiceField(label=_("Standing"), choices=choices)


class RelationForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=RelationKind.choices)
    other = OrganizationField(label=_("The other organization"), required=False)
    count = forms.IntegerField(
        label=_("How many"),
        required=False,
        min_value=0,
        max_value=999,
        help_text=_("For family of staff only: a number, no names."),
    )
    on = day(_("First day"))
    source = forms.CharField(label=_("Source"), max_length=120)


class CoachingForm(forms.Form):
    agency = OrganizationField(label=_("Supporting agency"))
    valid_from = day(_("First day"))
    valid_to = day(_("Expires on"), required=False, help_text=LAST)
    source = forms.CharField(label=_("Source"), max_length=120)


class HonourForm(forms.Form):
    title = forms.CharField(label=_("Title of the honour"), max_length=80)
    level = forms.ChoiceField(label=_("Level of the honour"), choices=HonourLevel.choices)
    year = forms.IntegerField(label=_("Year"), min_value=1949, max_value=2199)
    given_by = forms.CharField(label=_("Given by"), max_length=80)
    valid_to = day(_("Expires on"), required=False, help_text=LAST)
    evidence = forms.FileField(label=_("Evidence"), required=False, help_text=_("A picture or scan of the paper."))


class TickForm(forms.Form):
    on = day(_("There since"))
    evidence = forms.FileField(label=_("File"), required=False)
    link = forms.URLField(label=_("Link"), required=False, max_length=300, assume_scheme="https")
    note = forms.CharField(label=_("Remark"), required=False, max_length=200)


class PlacedForm(forms.Form):
    """What belongs to a place the actor keeps."""

    place = PlaceField(Place.objects.none(), label=_("Place"), empty_label=None)

    def __init__(self, *args: Any, places: QuerySet[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"] = PlaceField(places, label=_("Place"), empty_label=None)


class PlaceHonourForm(PlacedForm, HonourForm):
    """An honour of a place."""

    field_order = ("place",)


class FacilityForm(PlacedForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=pairs(words("facility").values()))
    name = forms.CharField(label=_("Name"), max_length=80)
    address = forms.CharField(label=_("Address"), max_length=160)
    hours = forms.CharField(label=_("Opening hours"), max_length=120)
    phone = forms.CharField(
        label=_("Office telephone"),
        max_length=20,
        required=False,
        help_text=_("A landline of the office, such as 010-62880011. Mobile numbers stay off."),
    )
    operator = OrganizationField(label=_("Run by"), required=False)
    valid_from = day(_("First day"))
    valid_to = day(_("Expires on"), required=False, help_text=LAST)


class PartnershipForm(PlacedForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=pairs(words("partner").values()))
    partner = forms.CharField(label=_("Partner"), max_length=120)
    subject = forms.CharField(label=_("Subject of the partnership"), max_length=200)
    valid_from = day(_("Agreement runs from"))
    valid_to = day(_("Expires on"), required=False, help_text=LAST)
    agreement = forms.FileField(label=_("Agreement"), required=False, help_text=_("A scan of the signed paper."))
