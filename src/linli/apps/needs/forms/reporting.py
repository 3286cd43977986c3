"""The page on which a resident says what it is about, and the two by which he finds it again."""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models import Content
from linli.apps.needs.services.shape import ContactText, Spot
from linli.apps.people.models import Post
from linli.apps.places.models import Place
from linli.apps.places.queries import Drawn, ground_of, open_communities, resolve
from linli.kernel.refs import Ref
from linli.kernel.scope import Role

LONGEST_WORDS = 5000
PHONE = re.compile(r"^[+\d][\d \-]{6,18}$")
TOO_LONG = _("At most %(limit_value)d characters; these are %(show_value)d. Keep what matters most.")
ABOUT_ROLES = (Role.COMMUNITY_SECRETARY, Role.SECTION_HEAD, Role.LEADER, Role.COMMUNITY_WORKER, Role.STREET_OFFICER)


class ManyFiles(forms.ClearableFileInput):
    """A field for several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """The files chosen, in their order; [] for none."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:  # several at once instead of one
        given = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in given if one]


class Labelled(forms.ModelChoiceField[Place]):
    """Communities by a name that tells them apart."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj)


def clean_phone(text: str) -> str:
    """A telephone as it was typed. Raises ValidationError for what cannot be one."""
    if text and not PHONE.match(text):
        raise forms.ValidationError(
            _("This is no telephone number. Type it without letters, for example 138 0000 0000.")
        )
    return text


def spot_of(given: Mapping[str, Any]) -> Spot | None:
    """The spot of a form: words, a point, both, or None. Half a point is none."""
    point = (given["latitude"], given["longitude"])
    if None in point:
        return Spot(given["spot"]) if given["spot"] else None
    return Spot(given["spot"], *(Decimal(one).quantize(Decimal("0.000001")) for one in point))


def pointed_on(form: forms.Form) -> Drawn | None:
    """The picture of the place chosen in the form, with the point chosen before; None where it has no outline."""
    chosen = form.fields["place"]
    assert isinstance(chosen, forms.ModelChoiceField)
    assert chosen.queryset is not None
    with suppress(ValueError, ValidationError):
        place = chosen.queryset.filter(pk=getattr(form["place"].value(), "pk", form["place"].value()) or None).first()
        if place is not None:
            return ground_of(place, pin=_pin(form))
    return None


def _pin(form: forms.Form) -> tuple[float, float] | None:
    try:
        latitude, longitude = (float(form[name].value()) for name in ("latitude", "longitude"))
    except (TypeError, ValueError):
        return None
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


class ReportForm(forms.Form):
    """Words or voice, photos, place, telephone; nothing but one of the first two and the place must be given."""

    matter = forms.CharField(
        label=_("What has happened?"), required=False, max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 5, "data-look": ""}),
        error_messages={"max_length": TOO_LONG},
        help_text=_("Where, what, since when. A few words are enough."),
    )  # fmt: skip
    voice = forms.FileField(
        label=_("Or say it: up to 60 seconds"), required=False,
        widget=forms.FileInput(attrs={"accept": "audio/*", "data-voice": "60"}),
        help_text=_("Somebody of the community listens to it."),
    )  # fmt: skip
    photos = FilesField(
        label=_("Photos"), required=False, widget=ManyFiles(attrs={"accept": "image/*", "data-photos": "9"}),
        help_text=_("Up to 9. Place and time inside the pictures are not shown to anybody."),
    )  # fmt: skip
    place = Labelled(queryset=Place.objects.none(), label=_("Community"), empty_label=_("Please choose"))
    spot = forms.CharField(
        label=_("Where exactly?"), required=False, max_length=120,
        help_text=_("Building, stairwell, or what stands beside it: “east of building 2”."),
    )  # fmt: skip
    latitude = forms.DecimalField(required=False, widget=forms.HiddenInput, min_value=-90, max_value=90)
    longitude = forms.DecimalField(required=False, widget=forms.HiddenInput, min_value=-180, max_value=180)
    phone = forms.CharField(
        label=_("Telephone"), required=False, max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
        help_text=_("So that we can ask and answer. It is sealed; only whoever handles this opens it, and says why."),
    )  # fmt: skip
    name = forms.CharField(label=_("What may we call you?"), required=False, max_length=40)
    by_phone = forms.BooleanField(
        label=_("Please call me with the answer (65 or older, or no smartphone)"), required=False
    )
    about = forms.ChoiceField(
        label=_("Is it a complaint about an office or somebody in it?"), required=False,
        help_text=_("Whom it is about and who works there will not see it. The level above looks after it."),
    )  # fmt: skip
    kind = forms.CharField(required=False, widget=forms.HiddenInput)
    same_as = forms.UUIDField(required=False, widget=forms.HiddenInput)
    ours = forms.BooleanField(label=_("No, it is not that. Send it to the street."), required=False)

    def __init__(self, *args: Any, community: Place | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        communities = open_communities(timezone.localdate())
        place = self.fields["place"]
        assert isinstance(place, forms.ModelChoiceField)
        place.queryset = communities
        self.initial.setdefault("place", community.pk if community else None)
        about = self.fields["about"]
        assert isinstance(about, forms.ChoiceField)
        about.choices = lambda: [
            ("", _("No")),
            *offices_of(self._place_told() or community),
        ]  # asked where they are read

    def _place_told(self) -> Place | None:
        """The community that came with the form."""
        if "place" not in self.data:
            return None
        with suppress(ValueError):  # the field itself says that this is no place
            return open_communities(timezone.localdate()).filter(pk=UUID(str(self.data["place"]))).first()
        return None

    def clean_phone(self) -> str:
        return clean_phone(self.cleaned_data["phone"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not given.get("matter", "").strip() and not given.get("voice"):
            self.add_error("matter", _("Write a few words, or record what you want to say."))
        if given.get("by_phone") and not given.get("phone"):
            self.add_error("phone", _("Leave a telephone, so that we can call you."))
        return given

    def where(self) -> Place:
        """The community that the words name, where they name one of this district for sure; else the one chosen."""
        chosen: Place = self.cleaned_data["place"]
        words = self.cleaned_data["spot"]
        found = resolve(words, on=timezone.localdate()).chain if words else ()
        named = [one for one in found if one.level in ("community", "village")]
        return named[-1] if named else chosen

    def spotted(self) -> Spot | None:
        """Words and point, where one was given."""
        return spot_of(self.cleaned_data)

    def contact(self) -> ContactText | None:
        """How the resident can be reached; None where he left nothing."""
        given = self.cleaned_data
        if not given["phone"] and not given["name"]:
            return None
        return ContactText(given["name"], given["phone"], has_no_smartphone=given["by_phone"])

    def ref(self) -> Ref | None:
        """Whom a complaint is about."""
        return Ref.parse(self.cleaned_data["about"]) if self.cleaned_data["about"] else None


def offices_of(community: Place | None) -> Iterable[tuple[str, Any]]:
    """Whom one may complain about: the community's office and the street's, and posts there by their role, unnamed."""
    if community is None or community.street is None:
        return []
    rows = [(f"places.place:{one.pk}", str(one)) for one in (community, community.street)]
    posts = Post.objects.in_force(timezone.localdate()).filter(
        place__in=[community.pk, community.street.pk], role__in=ABOUT_ROLES
    )
    posts = posts.select_related("place", "user").order_by("place__code", "role", "user__name")
    return [
        *rows,
        *((f"people.post:{one.pk}", f"{one.place} · {one.get_role_display()} {one.user.name[:1]}某") for one in posts),
    ]


class CodeForm(forms.Form):
    """The code of a need."""

    code = forms.CharField(
        label=_("Your eight characters"), max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )  # fmt: skip


class TailForm(forms.Form):
    """The number of a need and the end of the telephone that was left."""

    number = forms.CharField(label=_("Number of the need"), max_length=20, help_text=_("For example 2026-00012"))
    digits = forms.RegexField(
        r"^\d{4}$", label=_("Last four digits of the telephone"), max_length=4,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": _("Four digits, please.")},
    )  # fmt: skip


class RatingForm(forms.Form):
    """Solved? Satisfied? Where not: what is missing."""

    solved = forms.TypedChoiceField(
        label=_("Was it solved?"), choices=[("1", _("Solved")), ("0", _("Not solved"))], coerce=lambda one: one == "1",
        widget=forms.RadioSelect,
    )  # fmt: skip
    satisfied = forms.ChoiceField(label=_("Are you satisfied?"), choices=Content.choices, widget=forms.RadioSelect)
    reasons = forms.CharField(
        label=_("What is missing?"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Where it is not solved, or you are not satisfied, it is taken up again by the same office."),
    )  # fmt: skip
