"""The sections of a proposal as forms: nothing is required while it is being written."""

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models import Place
from linli.apps.rounds.forms.fields import OrganizationField, day, text
from linli.apps.rounds.kinds import heads
from linli.apps.rounds.models import LineSource, Proposal, ProviderKind, SupporterKind, SurveyMethod, WordKind
from linli.apps.rounds.queries import communities_of, words_of
from linli.kernel.money import MoneyFormField
from linli.kernel.ui.versions import VersionedForm


class SectionForm(VersionedForm):
    """A section over columns of the proposal."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.required = name == "title"
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 5


class BasicsForm(SectionForm):
    """What it is."""

    class Meta:
        model = Proposal
        fields = ("title", "category", "direction", "theme", "provider", "is_brand", "site", "starts_on", "ends_on")
        widgets: ClassVar[dict[str, Any]] = {
            "starts_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "ends_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        intake = self.instance.round
        for name, kind in (("category", WordKind.CLASS), ("direction", WordKind.DIRECTION), ("theme", WordKind.THEME)):
            rows = words_of(intake, kind)
            self.fields[name].queryset = rows  # type: ignore[attr-defined]  # a model choice field
            if not rows.exists():
                del self.fields[name]
        self.fields["provider"] = forms.ChoiceField(
            label=_("Kind of provider"), required=False, choices=(("", "—"), *ProviderKind.choices)
        )


class NeedForm(SectionForm):
    """Background and need."""

    class Meta:
        model = Proposal
        fields = ("background",)


class GoalsForm(SectionForm):
    """What is to be reached, and for whom."""

    class Meta:
        model = Proposal
        fields = ("goal", "beneficiaries", "beneficiary_count")


class WorkForm(SectionForm):
    """Content and steps."""

    class Meta:
        model = Proposal
        fields = ("steps", "party_role", "risks", "sustainability")


class BudgetForm(SectionForm):
    """The sums above the lines."""

    class Meta:
        model = Proposal
        fields = ("asked", "own")


class ProposersForm(SectionForm):
    """Who holds the money and who is in charge; the proposers themselves are rows."""

    fund_holder = OrganizationField(label=_("Fund holder"), required=False)
    contact_name = forms.CharField(label=_("Person in charge"), required=False, max_length=60)
    contact_phone = forms.CharField(label=_("Telephone"), required=False, max_length=30)

    class Meta:
        model = Proposal
        fields = ("holder_place",)

    field_order = ("contact_name", "contact_phone", "fund_holder", "holder_place")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        from django.utils import timezone

        rows = communities_of(self.instance.round, timezone.localdate())
        self.fields["holder_place"].queryset = rows  # type: ignore[attr-defined]  # a model choice field
        self.initial["fund_holder"] = self.instance.fund_holder
        for name in ("contact_name", "contact_phone"):
            self.initial[name] = str(getattr(self.instance, name))

    def columns(self) -> dict[str, Any]:
        """What was entered; a masked value sent back unchanged is left as it is."""
        values = super().columns()
        for name in ("contact_name", "contact_phone"):
            if values[name] == str(getattr(self.instance, name)):
                del values[name]
        return values


class LineForm(forms.Form):
    """A line of the budget."""

    head = forms.ChoiceField(label=_("Head"), required=False)
    item = forms.CharField(label=_("Spent on"), max_length=80, required=False)
    unit_price = MoneyFormField(label=_("Unit price"), required=False)
    quantity = forms.DecimalField(label=_("Quantity"), required=False, max_digits=9, decimal_places=2)
    unit = forms.CharField(label=_("Unit"), max_length=12, required=False)
    source = forms.ChoiceField(label=_("Paid from"), choices=LineSource.choices, required=False)
    grounds = forms.CharField(label=_("How it was reckoned"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["head"].choices = tuple(heads().items())  # type: ignore[attr-defined]  # a choice field
        self.fields["quantity"].widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        _name_cells(self)


class IndicatorForm(forms.Form):
    """An indicator."""

    name = forms.CharField(label=_("Indicator"), max_length=80, required=False)
    baseline = forms.DecimalField(label=_("Baseline"), required=False, max_digits=12, decimal_places=2)
    target = forms.DecimalField(label=_("Target"), required=False, max_digits=12, decimal_places=2)
    unit = forms.CharField(label=_("Unit"), max_length=12, required=False)
    due_on = day(_("Reached by"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_cells(self)

    def clean(self) -> dict[str, Any]:
        """A row is whole or empty."""
        values: dict[str, Any] = super().clean() or {}
        if values.get("name"):
            for name in ("baseline", "target", "unit", "due_on"):
                if values.get(name) in (None, "") and name not in self.errors:
                    self.add_error(name, _("Baseline, target, unit and day belong to an indicator."))
        return values


class ShareForm(forms.Form):
    """A proposer: one of organization, community, resident."""

    organization = OrganizationField(label=_("Organization or team"), required=False, help_text="")
    place = forms.ModelChoiceField(Place.objects.none(), label=_("Community"), required=False, empty_label="—")
    name = forms.CharField(label=_("Resident"), max_length=60, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=30, required=False)
    share = forms.DecimalField(label=_("Share in per cent"), max_digits=5, decimal_places=2, required=False)
    is_lead = forms.BooleanField(label=_("Leads"), required=False)

    def __init__(self, *args: Any, communities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = communities  # type: ignore[attr-defined]  # a model choice field
        self.fields["share"].initial = Decimal(100)
        _name_cells(self)

    def clean(self) -> dict[str, Any]:
        """One of the three, or an empty row."""
        values: dict[str, Any] = super().clean() or {}
        given = [name for name in ("organization", "place", "name") if values.get(name)]
        if len(given) > 1:
            self.add_error(given[-1], _("One row is one proposer: an organization, a community or a resident."))
        return values


def _name_cells(form: forms.Form) -> None:
    """Fields in cells of a table carry their name for whoever does not see the head."""
    for field in form.fields.values():
        field.widget.attrs["aria-label"] = field.label


LineSet = forms.formset_factory(LineForm, extra=3, max_num=100)
IndicatorSet = forms.formset_factory(IndicatorForm, extra=2, max_num=100)
ShareSet = forms.formset_factory(ShareForm, extra=1, max_num=12)


class SurveyForm(forms.Form):
    """How the need was asked for."""

    method = forms.ChoiceField(label=_("Method"), choices=SurveyMethod.choices)
    count = forms.IntegerField(label=_("How many answered"), min_value=1)
    needing = forms.IntegerField(label=_("How many need it"), min_value=0, required=False)
    held_on = day(_("Day"))
    findings = text(_("What came out"), 3, most=1000, required=True)
    upload = forms.FileField(label=_("File of the survey"), required=False)


class DiscussionForm(forms.Form):
    """One step of the discussions."""

    held_on = day(_("Day"))
    people = forms.CharField(
        label=_("Who took part"), max_length=200, help_text=_("For example 居民代表 15 人、党员代表 5 人.")
    )
    minutes = text(_("Record of it"), 4, most=2000, required=True)


class ResolutionForm(DiscussionForm):
    """The resolution with its votes."""

    due = forms.IntegerField(label=_("Should attend"), min_value=1)
    present = forms.IntegerField(label=_("Present"), min_value=0)
    in_favour = forms.IntegerField(label=_("In favour"), min_value=0)
    against = forms.IntegerField(label=_("Against"), min_value=0)
    abstained = forms.IntegerField(label=_("Abstained"), min_value=0)


class PromiseForm(DiscussionForm):
    """What is promised, and by when."""

    promised_by = day(_("Promised by"))


class SupporterForm(forms.Form):
    """How many of one kind stand behind it."""

    kind = forms.ChoiceField(label=_("Kind"), choices=SupporterKind.choices)
    count = forms.IntegerField(label=_("How many"), min_value=1)
    source = forms.CharField(
        label=_("Source"), max_length=120, help_text=_("The list on which it stands; names stay on it.")
    )


class StartForm(forms.Form):
    """The first two facts of a proposal, and who proposes."""

    title = forms.CharField(label=_("Title of the project"), max_length=80)
    place = forms.ModelChoiceField(Place.objects.none(), label=_("Community"), empty_label=None)
    proposer = forms.ChoiceField(label=_("Who proposes"), widget=forms.RadioSelect)
    name = forms.CharField(
        label=_("Resident's name"), required=False, max_length=60,
        help_text=_("When you type for a resident. A telephone is not needed."),
    )  # fmt: skip
    phone = forms.CharField(label=_("Resident's telephone"), required=False, max_length=30)

    def __init__(self, *args: Any, communities: Any, proposers: Any, types: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = communities  # type: ignore[attr-defined]  # a model choice field
        self.fields["proposer"].choices = proposers  # type: ignore[attr-defined]  # a choice field
        self.fields["proposer"].initial = proposers[0][0] if proposers else ""
        if not types:
            del self.fields["name"], self.fields["phone"]


class SubmitForm(forms.Form):
    """Hand in; late with a code."""

    code = forms.CharField(
        label=_("Access code"), required=False, max_length=20, help_text=_("Only when the phase has closed.")
    )


class OfficesForm(forms.Form):
    """Which offices give a view, and in which stage."""

    stage = forms.ChoiceField(label=_("Stage"))
    offices = text(_("Offices"), 3, most=600, required=True, help_text=_("One a line."))


class ViewForm(forms.Form):
    """What an office says."""

    view = forms.ChoiceField(label=_("View"), widget=forms.RadioSelect)
    approved = MoneyFormField(label=_("Amount approved"), required=False)
    reason = text(_("Reason"), 3, most=600)
    clause = forms.CharField(label=_("Clause"), required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        from linli.apps.rounds.models import View

        self.fields["view"].choices = View.choices  # type: ignore[attr-defined]  # a choice field
