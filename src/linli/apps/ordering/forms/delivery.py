"""Forms of delivery: shifts, who came, incidents, acceptance, settlement, the receipt of a resident."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.ordering.models import WEEKDAYS, CheckWay, Grade, IncidentKind
from linli.apps.ordering.services import Lack, PlanText
from linli.kernel.money import MoneyFormField

DAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))


def day(label: Any, **options: Any) -> forms.DateField:
    """A day, chosen in the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **options)


def hour(label: Any) -> forms.TimeField:
    """A time of the day."""
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


def moment(label: Any, **options: Any) -> forms.DateTimeField:
    """A day and a time."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, **options)


def words(label: Any, most: int, **options: Any) -> forms.CharField:
    """A few sentences."""
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": 3}), **options)


class PlanForm(forms.Form):
    """A plan that comes round every week."""

    weekdays = forms.MultipleChoiceField(
        label=_("days of the week"), choices=list(zip(WEEKDAYS, DAYS, strict=True)),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    begins = hour(_("begins"))
    ends = hour(_("ends"))
    first_on = day(_("the first day"))
    last_on = day(_("the last day"))
    venue = forms.CharField(label=_("where it is done"), max_length=120)
    people_needed = forms.IntegerField(
        label=_("how many go"), min_value=1, max_value=200, initial=1, help_text=_("Two go into a home, always.")
    )

    def text(self) -> PlanText:
        """What the service takes."""
        return PlanText(**{**self.cleaned_data, "weekdays": "".join(self.cleaned_data["weekdays"])})


class CheckForm(forms.Form):
    """Who came, as a number."""

    way = forms.ChoiceField(
        label=_("how it is known"), choices=[(one.value, one.label) for one in (CheckWay.LIST, CheckWay.PAPER)],
        widget=forms.RadioSelect, initial=CheckWay.LIST.value,
    )  # fmt: skip
    people = forms.IntegerField(label=_("how many came"), min_value=1, max_value=500)
    came_at = moment(
        _("at what time"), required=False,
        help_text=_("Empty: now. Outside the hours it is recorded as such and does not count by itself."),
    )  # fmt: skip


class CodeForm(forms.Form):
    """The same by the code at the venue."""

    people = forms.IntegerField(label=_("how many of you came"), min_value=1, max_value=500, initial=1)


class WhyForm(forms.Form):
    reason = words(_("Reason"), 200)


class IncidentForm(forms.Form):
    """Something went wrong."""

    kind = forms.ChoiceField(label=_("what kind"), choices=IncidentKind.choices, widget=forms.RadioSelect)
    what = words(_("what went wrong"), 500, help_text=_("Without names of residents."))
    happened_at = moment(_("happened"), initial=timezone.now)


class AnswerForm(forms.Form):
    upheld = forms.TypedChoiceField(
        label=_("Was it so?"), choices=(("1", _("Yes")), ("0", _("No"))), widget=forms.RadioSelect,
        coerce=lambda value: value == "1",
    )  # fmt: skip
    answer = words(_("what was done about it"), 500)


class AcceptForm(forms.Form):
    """What was delivered, and at most one thing to put right; more are added on the page."""

    since = day(_("the first day"))
    until = day(_("the last day"), initial=timezone.localdate)
    delivered = forms.IntegerField(label=_("delivered"), min_value=1, max_value=10_000_000)
    remark = forms.CharField(label=_("remark"), max_length=300, required=False)
    defects = words(
        _("what is to be put right"), 1000, required=False, help_text=_("One a line. Empty: all is accepted.")
    )
    due = day(_("to be put right until"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("defects") and not data.get("due"):
            self.add_error("due", _("Say until when it is put right."))
        return data

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        data = dict(self.cleaned_data)
        due = data.pop("due")
        lines = [line.strip() for line in data.pop("defects").splitlines() if line.strip()]
        return {**data, "defects": [Lack(line, due) for line in lines]}


class PressForm(forms.Form):
    """Nothing to enter: the page says what happens."""


class OnForm(forms.Form):
    on = day(_("put right on"), initial=timezone.localdate)


class AmountForm(forms.Form):
    amount = MoneyFormField(label=_("amount"))


class NumberForm(forms.Form):
    number = forms.CharField(
        label=_("Number in the chain"), max_length=60,
        help_text=_("Of an order, a work sheet, a need, a commitment, an expenditure or a receipt."),
    )  # fmt: skip


class GradeForm(forms.Form):
    """What the resident says of the service."""

    grade = forms.ChoiceField(label=_("How was it?"), choices=Grade.choices, widget=forms.RadioSelect, required=False)
    words = forms.CharField(label=_("Anything to say?"), max_length=200, required=False)
    sold = forms.BooleanField(
        label=_("Something was sold to me or advertised"), required=False,
        help_text=_("Nothing may be sold while a service is given. The street hears it, without your name."),
    )  # fmt: skip


class NamesForm(forms.Form):
    reason = forms.CharField(
        label=_("What do you need the names for?"), max_length=100, min_length=4,
        help_text=_("Each name you read stands on record with this reason."),
    )  # fmt: skip
