"""What each verb on a need asks."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.needs import queries
from linli.apps.needs.forms.choosing import CategoryField, StaffField, UnitField, moment, words
from linli.apps.needs.models import AttemptWay, Content, Duty, Need, Outcome, Route, SolvedAt, Via, Way
from linli.apps.needs.models.public_text import LONGEST_PUBLIC
from linli.apps.needs.queries import public_words
from linli.apps.needs.services.publishing import proposed_text
from linli.kernel.refs import Ref

YES_NO = (("yes", _("Yes")), ("no", _("No")))


class OfNeed(forms.Form):
    """A form about one need."""

    def __init__(self, *given: Any, need: Need, **options: Any) -> None:
        super().__init__(*given, **options)
        self.need = need


class AnalyseForm(OfNeed):
    category = CategoryField(label=_("Category"))
    route = forms.ChoiceField(label=_("Route"), choices=Route, widget=forms.RadioSelect, initial=Route.AT_ONCE)


class CategoryForm(OfNeed):
    category = CategoryField(label=_("Category"))


class DispatchForm(OfNeed):
    approval = words(
        _("Why the community gets it"), 300, 2, required=False,
        help_text=_("Only for what is not on the community's list of tasks: the section head or leader says why."),
    )  # fmt: skip

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        fields = {
            "unit": UnitField(self.need, label=_("Who handles it")),
            "user": StaffField(self.need, label=_("Person there"), required=bool(self.need.sensitivity)),
        }
        self.fields = {**fields, **self.fields}


class PartForm(DispatchForm):
    duty = forms.ChoiceField(
        label=_("Part"), widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in Duty if one not in (Duty.OWNER, Duty.HANDLER)],
    )  # fmt: skip


class NotOursForm(OfNeed):
    whose = forms.CharField(label=_("Whose it is"), max_length=120)
    reason = words(_("Why"), 600)


class ReasonForm(OfNeed):
    reason = words(_("Why"), 600)


class HandForm(OfNeed):
    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["user"] = StaffField(self.need, label=_("Person there"))


class NameForm(OfNeed):
    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["user"] = StaffField(self.need, label=_("Person there"))


class PublicForm(OfNeed):
    text = words(_("What everybody may read"), LONGEST_PUBLIC, 6)

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["text"].initial = public_words(self.need) or proposed_text(self.need)
        self.fields["text"].help_text = _(
            "Names, telephones, plates and doors are taken out. Read it before you show it."
        )


class PassForm(OfNeed):
    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["user"] = StaffField(self.need, label=_("Who follows it instead"))
        self.fields["unit"] = UnitField(self.need, label=_("Where this person works"))
        self.fields["reason"] = words(_("Why"), 600)


class ContactForm(OfNeed):
    way = forms.ChoiceField(label=_("How"), choices=AttemptWay, widget=forms.RadioSelect, initial=AttemptWay.PHONE)
    reached = forms.ChoiceField(label=_("Reached?"), choices=YES_NO, widget=forms.RadioSelect)
    at = moment(_("When"))
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["at"].initial = timezone.localtime().replace(second=0, microsecond=0)

    def clean_reached(self) -> bool:
        """Yes or no."""
        return bool(self.cleaned_data["reached"] == "yes")


class TextForm(OfNeed):
    text = words(_("What the resident reads"), 4000, 5)


class ExtendForm(OfNeed):
    until = moment(_("Until"))
    reason = words(_("Why"), 600)


class AnswerForm(OfNeed):
    outcome = forms.ChoiceField(label=_("What came of it"), choices=Outcome, widget=forms.RadioSelect)
    text = words(_("What the resident reads"), 4000, 6, help_text=_("In his words: what was done, when, by whom."))
    official = words(_("Answer in the fixed wording"), 6000, 6, required=False)
    ways = forms.MultipleChoiceField(
        label=_("How the resident is told"), choices=Way, widget=forms.CheckboxSelectMultiple
    )
    solved_at = forms.ChoiceField(
        label=_("Where it was solved"), choices=[("", _("By who handled it")), *SolvedAt.choices], required=False
    )


class RateForm(OfNeed):
    reached = forms.ChoiceField(label=_("Reached?"), choices=YES_NO, widget=forms.RadioSelect, initial="yes")
    solved = forms.ChoiceField(label=_("Solved?"), choices=YES_NO, widget=forms.RadioSelect, required=False)
    satisfied = forms.ChoiceField(label=_("Satisfied?"), choices=Content, widget=forms.RadioSelect, required=False)
    reasons = words(_("Why, in the resident's words"), 1000, required=False)
    via = forms.ChoiceField(
        label=_("Asked how"), choices=[(one.value, one.label) for one in (Via.PHONE, Via.PAPER)],
        widget=forms.RadioSelect, initial=Via.PHONE,
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Yes and no become true and false; not said is nothing."""
        data = dict(super().clean() or self.cleaned_data)
        data["reached"] = data.get("reached") == "yes"
        data["solved"] = {"yes": True, "no": False}.get(data.get("solved", ""))
        return data


class WallForm(OfNeed):
    reason = words(_("Why"), 600)

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        field = forms.ChoiceField(label=_("Whom it is about"), choices=[("", "—"), *_offices(self.need)])
        self.fields = {"about": field, **self.fields}

    def clean_about(self) -> Ref:
        """The office, post or organization itself."""
        return Ref.parse(self.cleaned_data["about"])


def _offices(need: Need) -> list[tuple[str, list[tuple[str, str]]]]:
    """Offices, people by their post, and organizations a need may be about; by kind."""
    places, posts = queries.offices_for(need)
    groups = (
        (_("Places"), [(f"places.place:{one.pk}", str(one)) for one in places]),
        (_("People"), [
            (f"people.post:{one.pk}", f"{one.place} {one.get_role_display()} {one.user.name}") for one in posts
        ]),
        (_("Organizations"), [
            (f"organizations.organization:{one.pk}", str(one)) for one in queries.organizations_for(need)[:300]
        ]),
    )  # fmt: skip
    return [(str(title), rows) for title, rows in groups if rows]


class JoinForm(OfNeed):
    into = forms.CharField(label=_("Number of the other need"), max_length=60)


class SplitForm(OfNeed):
    matters = words(_("The other matters"), 6000, 5, help_text=_("One a line. Each becomes a need of its own."))

    def clean_matters(self) -> list[str]:
        """The lines that say something."""
        return [line for line in self.cleaned_data["matters"].splitlines() if line.strip()]


class DecideForm(OfNeed):
    upheld = forms.ChoiceField(label=_("Is the objection right?"), choices=YES_NO, widget=forms.RadioSelect)
    decision = words(_("Why"), 600)

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["unit"] = UnitField(self.need, label=_("Who handles it instead"), required=False)

    def clean_upheld(self) -> bool:
        """Yes or no."""
        return bool(self.cleaned_data["upheld"] == "yes")


class ExtensionForm(OfNeed):
    approved = forms.ChoiceField(label=_("Give more time?"), choices=YES_NO, widget=forms.RadioSelect)
    answer = words(_("Answer"), 300, 2, required=False)

    def clean_approved(self) -> bool:
        """Yes or no."""
        return bool(self.cleaned_data["approved"] == "yes")


class OfferForm(OfNeed):
    accepted = forms.ChoiceField(label=_("Do you follow it to its end?"), choices=YES_NO, widget=forms.RadioSelect)

    def clean_accepted(self) -> bool:
        """Yes or no."""
        return bool(self.cleaned_data["accepted"] == "yes")
