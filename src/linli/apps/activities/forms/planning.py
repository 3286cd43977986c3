"""Forms by which an activity is planned: what, where, when, by whom, in which order."""

import re
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.activities.kinds import activity_kinds, festivals, next_festival
from linli.apps.activities.models import Activity, Part, Rhythm
from linli.apps.activities.services import Host, Item, Times
from linli.apps.places.models import Place
from linli.kernel.errors import Refusal
from linli.kernel.ui.versions import VersionedForm

BAR = re.compile(r"\s*[|｜]\s*")
WEEKS = 53


class DayField(forms.DateField):
    """A day, chosen in the phone's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class HourField(forms.TimeField):
    """A time of day."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class TextForm(forms.Form):
    """What an activity says."""

    title = forms.CharField(label=_("Title"), max_length=60)
    about = forms.CharField(
        label=_("What happens there"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For everybody to read: no names of people, no private telephones."),
    )  # fmt: skip
    venue = forms.CharField(label=_("Where it is held"), max_length=80)
    contact = forms.CharField(
        label=_("Telephone for questions"), max_length=40, required=False, help_text=_("That of an office.")
    )


class AmendForm(TextForm, VersionedForm):
    """The same, put right: it knows which version it shows, so that of two tabs the second is asked."""

    class Meta:
        model = Activity
        fields = ("title", "about", "venue", "contact")


class DatesForm(forms.Form):
    """One date, or the same hours every week until a day."""

    day = DayField(label=_("Day"))
    starts = HourField(label=_("Begins"))
    ends = HourField(label=_("Ends"))
    until = DayField(label=_("Every week until"), required=False, help_text=_("Empty: only on this day."))

    def times(self) -> list[Times]:
        """The dates. Raises Refusal for more than a year of weeks."""
        given = self.cleaned_data
        return weekly(given["day"], given["starts"], given["ends"], given.get("until"))


def weekly(day: Any, starts: time, ends: time, until: Any = None) -> list[Times]:
    """The same hours on this day, and every seventh after it until ``until``. Raises Refusal for too many."""
    if ends <= starts:
        raise Refusal(_("It ends after it begins, and within three days."), field="ends")
    days = [day]
    while until is not None and days[-1] + timedelta(days=7) <= until:
        days.append(days[-1] + timedelta(days=7))
    if len(days) > WEEKS:
        raise Refusal(_("Enter at most a year of weeks at a time."), field="until")
    return [
        Times(timezone.make_aware(datetime.combine(one, starts)), timezone.make_aware(datetime.combine(one, ends)))
        for one in days
    ]


def read_items(text: str) -> list[Item]:
    """An agenda written one item a line: what | who speaks | unit | minutes. Raises ValidationError."""
    items = []
    for number, line in enumerate((one for one in text.splitlines() if one.strip()), start=1):
        parts = [*BAR.split(line.strip()), "", "", ""]
        minutes = re.sub(r"\D", "", parts[3])
        if (parts[3] and not minutes) or len(parts) > 7:
            raise forms.ValidationError(
                _("Line %(number)s: write item | speaker | unit | minutes.") % {"number": number}
            )
        items.append(Item(parts[0][:80], parts[1][:60], parts[2][:80], int(minutes[:4]) if minutes else None))
    return items


def written(items: Iterable[Any]) -> str:
    """An agenda as :func:`read_items` reads it."""
    lines = []
    for item in items:
        parts = [item.title, item.speaker, item.unit, str(item.minutes or "")]
        lines.append(" | ".join(parts).rstrip(" |"))
    return "\n".join(lines)


def _agenda_field() -> forms.CharField:
    return forms.CharField(
        label=_("Agenda"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One item a line: item | speaker | unit | minutes. Only the item is needed."),
    )  # fmt: skip


class AgendaForm(forms.Form):
    """The agenda of a date."""

    agenda = _agenda_field()

    def clean_agenda(self) -> list[Item]:
        return read_items(self.cleaned_data["agenda"])


class FestivalField(forms.ChoiceField):
    """A traditional festival with its next day; "" for none."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=festival_choices, **kwargs)


def festival_choices() -> list[tuple[str, Any]]:
    """Festivals in the order of the year that lies ahead, each with its next day."""
    today = timezone.localdate()
    days = sorted((next_festival(code, today), code, one.title) for code, one in festivals().items())
    return [("", _("No festival")), *((code, f"{title} {day:%Y-%m-%d}") for day, code, title in days)]


class PlanForm(TextForm, DatesForm):
    """A new activity."""

    place = forms.ModelChoiceField(Place.objects.none(), label=_("Place"), empty_label=None)
    kind = forms.ChoiceField(label=_("Kind"), choices=[])
    festival = FestivalField(
        label=_("Festival"), required=False,
        help_text=_("By the Chinese calendar. Chosen, and the day left empty: on the day of the festival."),
    )  # fmt: skip
    capacity = forms.IntegerField(
        label=_("How many can come"),
        min_value=1,
        max_value=100_000,
        required=False,
        help_text=_("Empty: as many as come."),
    )
    for_minors = forms.BooleanField(label=_("Children come: ask for the guardian's consent"), required=False)
    co_hosts = forms.CharField(
        label=_("Co-organizers"), max_length=400, required=False, help_text=_("Several with a comma between them.")
    )
    agenda = _agenda_field()
    subject = forms.CharField(widget=forms.HiddenInput, max_length=120, required=False)
    field_order = (
        "place", "kind", "title", "about", "venue", "festival", "day", "starts", "ends", "until", "capacity",
        "for_minors", "co_hosts", "agenda", "contact",
    )  # fmt: skip

    def __init__(self, *args: Any, places: QuerySet[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place, kind = self.fields["place"], self.fields["kind"]
        assert isinstance(place, forms.ModelChoiceField)
        assert isinstance(kind, forms.ChoiceField)
        place.queryset = places
        kind.choices = [(one.code, one.title) for one in activity_kinds().values()]
        self.fields["day"].required = False

    def clean_agenda(self) -> list[Item]:
        return read_items(self.cleaned_data["agenda"])

    def clean(self) -> None:
        given = self.cleaned_data
        if given.get("day") is None and "day" not in self.errors:
            if given.get("festival"):
                given["day"] = next_festival(given["festival"], timezone.localdate())
            else:
                self.add_error("day", _("Give the day, or choose a festival."))

    def planned(self) -> dict[str, Any]:
        """What the service takes, but the actor and the subject. Raises Refusal for impossible dates."""
        given = self.cleaned_data
        names = [one.strip() for one in re.split(r"[,，、;；]", given["co_hosts"]) if one.strip()]
        times = self.times()
        return {
            **{name: given[name] for name in ("title", "about", "venue", "contact", "place", "kind", "capacity")},
            "for_minors": given["for_minors"],
            "times": times,
            "rhythm": _rhythm(given["festival"], len(times)),
            "festival": given["festival"],
            "hosts": [Host(name[:80], Part.CO_HOST) for name in dict.fromkeys(names)],
            "agenda": given["agenda"],
        }


def _rhythm(festival: str, dates: int) -> Rhythm:
    if festival:
        return Rhythm.FESTIVAL
    return Rhythm.WEEKLY if dates > 1 else Rhythm.ONCE


class ReasonForm(forms.Form):
    """Why something is called off."""

    reason = forms.CharField(
        label=_("Reason"), max_length=200, help_text=_("Those who signed up read it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
