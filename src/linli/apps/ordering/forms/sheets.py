"""Forms by which sheets are drawn up, talked over, claimed and given."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.apps.activities.models import Activity
from linli.apps.ledger.models import Fund
from linli.apps.ordering.forms.menu import months, offer_places
from linli.apps.ordering.kinds import service_kinds
from linli.apps.ordering.models import CatalogItem, Claim, Method, WorkSheet
from linli.apps.ordering.services import SheetText
from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place
from linli.apps.reviews import services as reviews
from linli.kernel.money import MoneyFormField
from linli.kernel.rubric.models import RubricVersion

PITCH = "pitch_review"
"""The shipped rubric of reviews in which units present what they offer."""


def day() -> forms.DateField:
    """A day to choose."""
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class SheetForm(forms.Form):
    """One work sheet."""

    place = forms.ModelChoiceField(Place.objects.none(), label=_("community"))
    kind = forms.ChoiceField(label=_("kind of service"))
    title = forms.CharField(label=_("title of the sheet"), max_length=80)
    content = forms.CharField(label=_("what the service is"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    venue = forms.CharField(label=_("where it is done"), max_length=120, required=False)
    starts = day()
    ends = day()
    term_reason = forms.CharField(label=_("why it lasts longer than a year"), max_length=200, required=False)
    quantity = forms.IntegerField(
        label=_("quantity"), min_value=1, max_value=1_000_000, required=False,
        help_text=_("Empty: as many as the orders and needs that stand on it."),
    )  # fmt: skip
    unit = forms.CharField(label=_("unit"), max_length=12, required=False, help_text=_("Empty: as the kind says."))
    criteria = forms.CharField(
        label=_("by what it is accepted"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    ceiling = MoneyFormField(label=_("price ceiling"), help_text=_("For all of it."))
    fund = forms.ModelChoiceField(Fund.objects.none(), label=_("fund"), required=False)
    method = forms.ChoiceField(label=_("how it is given"), required=False)
    outside_notice = forms.CharField(label=_("number of the purchase notice"), max_length=60, required=False)
    places = forms.IntegerField(label=_("how many organizations can claim it"), min_value=1, max_value=50, initial=1)
    at_home = forms.BooleanField(label=_("given in homes"), required=False, help_text=_("Two go into a home, always."))
    no_selling = forms.BooleanField(label=_("nothing is sold while it is given"), required=False, initial=True)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, here: QuerySet[Place], funds: QuerySet[Fund], sheet: WorkSheet | None = None, **kwargs: Any
    ) -> None:
        known = {name: getattr(sheet, name) for name in (*SheetText.__dataclass_fields__, "version")} if sheet else {}
        super().__init__(*args, **{"initial": known or None, **kwargs})
        self.fields["starts"].label, self.fields["ends"].label = _("the first day"), _("the last day")
        if sheet is None:
            del self.fields["version"]
            offer_places(self, here)
        else:
            del self.fields["place"]
        self.fields["fund"].queryset = funds  # type: ignore[attr-defined]  # a choice of rows
        self.fields["kind"].choices = [(one.code, one.title) for one in service_kinds().values()]  # type: ignore[attr-defined]  # a choice field
        self.fields["method"].choices = [("", _("As amount and kind say")), *Method.choices]  # type: ignore[attr-defined]  # a choice field

    def text(self) -> SheetText:
        """What the service takes."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in ("place", "version")}
        given |= {"method": Method(given["method"]) if given["method"] else None, "quantity": given["quantity"] or 0}
        return SheetText(**given)


class BundleForm(forms.Form):
    """The orders of a month become sheets."""

    place = forms.ModelChoiceField(Place.objects.none(), label=_("community"))
    month = forms.TypedChoiceField(label=_("month"), coerce=date.fromisoformat)

    def __init__(self, *args: Any, here: QuerySet[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = here  # type: ignore[attr-defined]  # a choice of rows
        self.fields["month"].choices = months()  # type: ignore[attr-defined]  # a choice field


class DiscussForm(forms.Form):
    """What came out of a salon."""

    salon = forms.ModelChoiceField(Activity.objects.none(), label=_("salon"))
    outputs = forms.CharField(
        label=_("what came out of the salon"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, salons: QuerySet[Activity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["salon"].queryset = salons  # type: ignore[attr-defined]  # a choice of rows


def rubrics() -> list[tuple[str, str]]:
    """The newest version of each rubric; the shipped one for pitches first, also before anybody has taken it."""
    newest: dict[str, tuple[str, str]] = {}
    for row in RubricVersion.objects.select_related("rubric").order_by("rubric__title", "number"):
        newest[row.rubric.name] = (str(row.pk), f"{row.rubric.title} {row.number}")
    newest.pop(PITCH, None)
    return [(PITCH, reviews.SAMPLES[PITCH]), *newest.values()]


class CallForm(forms.Form):
    """The review of an open call."""

    rubric = forms.ChoiceField(label=_("Rubric"), choices=rubrics, help_text=_("By which the judges give marks."))
    first_day = day()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_day"].label = _("Day of the review")

    def clean_rubric(self) -> RubricVersion:
        """The version; the shipped rubric is taken into the register when it is first chosen."""
        chosen = self.cleaned_data["rubric"]
        found: RubricVersion = reviews.take_sample(PITCH) if chosen == PITCH else RubricVersion.objects.get(pk=chosen)
        return found


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class ClaimForm(forms.Form):
    """An offer."""

    organization = forms.ModelChoiceField(Organization.objects.none(), label=_("organization"))
    price = MoneyFormField(label=_("price in all"))
    plan = forms.CharField(label=_("how you will do it"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))
    ties = forms.CharField(
        label=_("ties to whoever decides"), max_length=200, required=False,
        help_text=_("Family or shared officers. Leave it empty where there are none."),
    )  # fmt: skip

    def __init__(self, *args: Any, mine: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = mine  # type: ignore[attr-defined]  # a choice of rows
        if len(few := list(mine[:2])) == 1:
            self.fields["organization"].initial = few[0]


class AwardForm(forms.Form):
    """Shares in percent of whoever takes the sheet on; empty for the others."""

    reason = forms.CharField(label=_("reason for the choice"), max_length=300)
    departure = forms.CharField(
        label=_("why not in the order of the panel"), max_length=300, required=False,
        help_text=_("Only where somebody is passed over whom the panel put before."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, claims: list[Claim], parts: Mapping[UUID, int] | None = None, judged: bool = False,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.claims = claims
        if not judged:
            del self.fields["departure"]
        names = []
        for one in claims:
            share, given = f"share_{one.organization_id}", f"resources_{one.organization_id}"
            field = forms.IntegerField(label=one.organization.name, min_value=1, max_value=100, required=False)
            field.help_text = _("share in percent")
            field.initial = 100 if len(claims) == 1 else (parts or {}).get(one.organization_id)
            self.fields[share] = field
            self.fields[given] = forms.CharField(
                label=_("resources for %(name)s") % {"name": one.organization.name}, max_length=200, required=False,
                help_text=_("Rooms, tools, training: what it gets beside the money."),
            )  # fmt: skip
            names += [share, given]
        self.order_fields([*names, "reason", "departure"])

    def shares(self) -> dict[Organization, int]:
        """Organization -> percent, of those that have some."""
        given = {one.organization: self.cleaned_data.get(f"share_{one.organization_id}") for one in self.claims}
        return {organization: share for organization, share in given.items() if share}

    def resources(self) -> dict[Organization, str]:
        """Organization -> what it gets beside the money."""
        return {one.organization: self.cleaned_data[f"resources_{one.organization_id}"] for one in self.claims}


class FromNeedForm(forms.Form):
    """The service to order."""

    item = forms.ModelChoiceField(CatalogItem.objects.none(), label=_("service"))

    def __init__(self, *args: Any, items: QuerySet[CatalogItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = items  # type: ignore[attr-defined]  # a choice of rows
