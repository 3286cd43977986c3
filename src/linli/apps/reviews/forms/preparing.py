"""The shape of a session: what, where, when, by which rule; panels, judges, whoever runs the room."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models import Place
from linli.apps.reviews import services
from linli.apps.reviews.models import (
    Duty,
    Expert,
    Mode,
    Panel,
    Purpose,
    ReviewSession,
    TieRule,
    VoteKind,
)
from linli.kernel.rubric.models import RubricVersion

EMPTY = (("", "—"),)
SAMPLE = "sample:"


def day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """A day, chosen in the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


class NoForm(forms.Form):
    """Nothing to fill in: the page tells what will happen and asks once."""


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class PerhapsReasonForm(forms.Form):
    """Why, where something is missing."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        required=False,
        help_text=_("Only needed to go on without a judge whose sheet is missing."),
    )


class TakeOutForm(forms.Form):
    """Who types paper sheets a second time on the laptop."""

    def __init__(self, *words: Any, users: Sequence[Any] = (), **named: Any) -> None:
        super().__init__(*words, **named)
        self.users = {str(user.pk): user for user in users}
        self.fields["typist"] = forms.ChoiceField(
            label=_("Second person who types paper sheets"),
            required=False,
            choices=[*EMPTY, *((key, str(user)) for key, user in self.users.items())],
            help_text=_("Gets a sign-in of their own on the laptop. Leave it empty where everybody marks on a phone."),
        )

    def clean_typist(self) -> Any:
        """The account that was chosen, or None."""
        return self.users.get(self.cleaned_data["typist"])


class PassphraseForm(forms.Form):
    """By which passphrase the laptop opens the file."""

    passphrase = forms.CharField(
        label=_("Passphrase"),
        max_length=80,
        help_text=_("Write it down: the laptop asks for it once. Without it nobody opens the file."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class TakeInForm(forms.Form):
    """The file the laptop wrote."""

    file = forms.FileField(label=_("File the laptop wrote"), help_text=_("Its name ends in .linli-room."))


class SeedForm(forms.Form):
    """The seed of the lots."""

    seed = forms.CharField(
        label=_("Seed"), max_length=80, help_text=_("A number everybody in the room hears, such as one drawn by hand.")
    )


class ScanForm(forms.Form):
    """The scan of signed paper sheets."""

    upload = forms.FileField(label=_("Scan"), help_text=_("One PDF or picture of all signed sheets of the panel."))


class NameForm(forms.Form):
    """A panel."""

    name = forms.CharField(label=_("Panel"), max_length=40)
    venue = forms.CharField(label=_("Room"), max_length=80, required=False)


class RubricField(forms.ChoiceField):
    """A rubric that stands already, or a sample."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=rubric_choices, **options)

    def clean(self, value: Any) -> RubricVersion | None:
        text = super().clean(value)
        if not text:
            return None
        if text.startswith(SAMPLE):
            return services.take_sample(text.removeprefix(SAMPLE))
        return RubricVersion.objects.get(pk=text)


def rubric_choices() -> list[tuple[str, str]]:
    """The newest version of each rubric, then samples nobody has taken yet."""
    newest: dict[str, RubricVersion] = {}
    for version in RubricVersion.objects.select_related("rubric").order_by("rubric__title", "number"):
        newest[version.rubric.name] = version
    shown = [(str(row.pk), f"{row.rubric.title} {row.number}") for row in newest.values()]
    samples = [(f"{SAMPLE}{name}", title) for name, title in services.SAMPLES.items() if name not in newest]
    return [*EMPTY, *shown, *samples]


class SessionForm(forms.Form):
    """A review: what, where, when, and by which rule it is judged."""

    title = forms.CharField(label=_("Title of the review"), max_length=120)
    purpose = forms.ChoiceField(label=_("Purpose"), choices=Purpose.choices)
    place = forms.ModelChoiceField(Place.objects.none(), label=_("Organized by"), empty_label=None)
    venue = forms.CharField(label=_("Venue"), max_length=160, required=False)
    first_day = day(_("First day"))
    last_day = day(_("Last day"), required=False)
    mode = forms.ChoiceField(label=_("Way of judging"), choices=Mode.choices)
    rubric = RubricField(label=_("Rubric"), required=False, help_text=_("For marks only; it stands fast at the start."))
    ties = forms.ChoiceField(
        label=_("Equal scores"),
        choices=TieRule.choices,
        help_text=_("The criteria of the rubric part equal scores first, in their order."),
    )
    pass_mark = forms.DecimalField(label=_("Pass mark"), required=False, min_value=0, max_value=100, decimal_places=2)
    vote_kind = forms.ChoiceField(label=_("Kind of vote"), required=False, choices=(*EMPTY, *VoteKind.choices))
    picks = forms.IntegerField(label=_("Picks of each judge"), required=False, min_value=1)
    winners = forms.IntegerField(label=_("To be chosen"), required=False, min_value=1)
    weights = forms.CharField(
        label=_("Weights of groups of judges"),
        required=False,
        max_length=200,
        help_text=_("Empty: all count alike. Else such as “专家 70，居民代表 30”."),
    )

    def __init__(self, *args: Any, places: QuerySet[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"] = forms.ModelChoiceField(places, label=_("Organized by"), empty_label=None)

    def keep_rubric(self, version: RubricVersion | None) -> None:
        """Offer the version a review stands by, also where a newer one came since."""
        field = self.fields["rubric"]
        assert isinstance(field, RubricField)
        if version is not None and str(version.pk) not in dict(rubric_choices()):
            field.choices = [*rubric_choices(), (str(version.pk), f"{version.rubric.title} {version.number}")]

    def clean(self) -> dict[str, Any]:
        """A review does not end before it begins."""
        data = super().clean() or {}
        if data.get("first_day") and data.get("last_day") and data["last_day"] < data["first_day"]:
            self.add_error("last_day", _("The last day lies before the first."))
        return data

    def columns(self) -> dict[str, Any]:
        """What the verb takes."""
        data = dict(self.cleaned_data)
        weights = data.pop("weights").replace("，", ",").replace("、", ",")
        pairs = [part.rsplit(None, 1) for part in weights.split(",") if part.strip()]
        data["group_weights"] = {pair[0]: pair[1] if len(pair) == 2 else "" for pair in pairs}
        rubric = data["rubric"]
        if rubric is not None:
            data["tie_criteria"] = [row.code for row in rubric.rows.all()[:2]]
        return data


class RubricForm(forms.Form):
    """A rubric of the street's own."""

    title = forms.CharField(label=_("Title of the rubric"), max_length=80)
    rows = forms.CharField(
        label=_("Criteria"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("One line a criterion: its name, a space, its top mark. All top marks together make 100."),
    )

    def clean_rows(self) -> list[tuple[str, str]]:
        """(criterion, top mark) of each line."""
        lines = [line.rsplit(None, 1) for line in self.cleaned_data["rows"].splitlines() if line.strip()]
        if any(len(line) != 2 for line in lines):
            raise ValidationError(_("Write each line as criterion and top mark, such as “Need 20”."))
        return [(line[0], line[1]) for line in lines]


class JudgeForm(forms.Form):
    """A judge of the pool, or by name."""

    expert = forms.ModelChoiceField(
        Expert.objects.none(), label=_("Expert of the pool"), required=False, empty_label="—"
    )
    name = forms.CharField(
        label=_("Or the name"),
        max_length=60,
        required=False,
        help_text=_("For representatives who are not in the pool."),
    )
    unit = forms.CharField(label=_("Unit and position"), max_length=120, required=False)
    is_chair = forms.BooleanField(label=_("Takes the chair"), required=False)

    def __init__(self, *args: Any, session: ReviewSession, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["expert"].queryset = Expert.objects.filter(is_active=True)  # type: ignore[attr-defined]  # a model choice
        if session.group_weights:
            groups = [(name, f"{name} {weight}") for name, weight in session.group_weights.items()]
            self.fields["group"] = forms.ChoiceField(label=_("Group of judges"), choices=groups)


class StaffForm(forms.Form):
    """Who runs the room."""

    duty = forms.ChoiceField(label=_("Duty"), choices=[(duty.value, duty.label) for duty in Duty if duty != Duty.JUDGE])
    name = forms.CharField(label=_("Full name"), max_length=60)
    unit = forms.CharField(label=_("Unit and position"), max_length=120, required=False)
    user = forms.ChoiceField(
        label=_("Account"), required=False, help_text=_("So that counter and supervisor can also work at the desk.")
    )

    def __init__(self, *args: Any, users: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._users = {str(user.pk): user for user in users}
        self.fields["user"].choices = [*EMPTY, *((key, str(user)) for key, user in self._users.items())]  # type: ignore[attr-defined]  # a choice

    def clean_user(self) -> Any:
        """The account itself."""
        return self._users.get(self.cleaned_data["user"])


class AssignForm(forms.Form):
    """Before which panel."""

    panel = forms.ModelChoiceField(Panel.objects.none(), label=_("Panel"), empty_label=None)

    def __init__(self, *args: Any, panels: QuerySet[Panel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["panel"].queryset = panels  # type: ignore[attr-defined]  # a model choice
