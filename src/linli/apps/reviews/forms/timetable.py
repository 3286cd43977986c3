"""What an organizer states for a timetable, and where an entry is moved by hand."""

from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from linli.apps.reviews.forms.preparing import day
from linli.apps.reviews.models import Conditions, Panel, Rest, ReviewSession, Wish
from linli.apps.reviews.queries.timetable import Reading
from linli.apps.reviews.queries.timetable_board import told_day
from linli.apps.reviews.services.timetable import MOST_DAYS

RESTS, SPARE = 3, 3
"""Lines for breaks; empty lines for more wishes."""
OPENS, CLOSES, NOON = time(9), time(17, 30), Rest(time(12), time(13, 30), "午休")
CHANGE_OVER = 5
ANY = (("", _("any")),)


def clock(label: Any, *, required: bool = True) -> forms.TimeField:
    """A time of day, chosen in the browser's own clock."""
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, required=required, widget=widget)


def first_conditions(session: ReviewSession) -> Conditions:
    """What stands in the form before anything was planned: the days of the session, office hours, its clocks."""
    length = min((session.last_day - session.first_day).days, MOST_DAYS - 1)
    days = tuple(session.first_day + timedelta(days=number) for number in range(length + 1))
    minutes = session.talk_minutes + session.question_minutes
    return Conditions(days, OPENS, CLOSES, minutes, CHANGE_OVER, (NOON,))


class TimetableForm(forms.Form):
    """Days, hours, breaks, minutes, wishes: everything one planning needs."""

    def __init__(self, data: Any = None, *, reading: Reading, asked: Conditions) -> None:
        super().__init__(data, initial=_initial(asked))
        for number in range(1, MOST_DAYS + 1):
            self.fields[f"day_{number}"] = day(_("Day %(n)s") % {"n": number}, required=number == 1)
        self.fields["opens"], self.fields["closes"] = clock(_("Day begins")), clock(_("Day ends"))
        self.fields["minutes"] = forms.IntegerField(label=_("Minutes a project"), min_value=1, max_value=240)
        self.fields["change_over"] = forms.IntegerField(
            label=_("Minutes between two units"), min_value=0, max_value=120
        )
        for number in range(1, RESTS + 1):
            self.fields[f"pause_{number}_from"] = clock(_("Break from"), required=False)
            self.fields[f"pause_{number}_to"] = clock(_("Break until"), required=False)
            self.fields[f"pause_{number}_title"] = forms.CharField(label=_("Break"), max_length=60, required=False)
        self.fields["keep_panels"] = forms.BooleanField(
            label=_("Leave every project before its panel"), required=False,
            help_text=_("For panels by class: a unit may then stand before several panels."),
        )  # fmt: skip
        self.wishes = _lines(data) if data is not None else len(asked.wishes) + SPARE
        self._add_wishes(reading)

    def _add_wishes(self, reading: Reading) -> None:
        units = [*ANY_UNIT, *sorted(reading.labels.items(), key=lambda one: one[1])]
        panels = [*ANY, *((str(panel.pk), panel.name) for panel in reading.panels)]
        days = [*ANY, *((str(number), _("Day %(n)s") % {"n": number}) for number in range(1, MOST_DAYS + 1))]
        for number in range(1, self.wishes + 1):
            at = f"wish_{number}"
            self.fields[f"{at}_unit"] = forms.ChoiceField(label=_("Unit"), required=False, choices=units)
            self.fields[f"{at}_day"] = forms.ChoiceField(label=_("Only on"), required=False, choices=days)
            self.fields[f"{at}_panel"] = forms.ChoiceField(label=_("Only before"), required=False, choices=panels)
            self.fields[f"{at}_not_before"] = clock(_("Not before"), required=False)

    def clean(self) -> dict[str, Any]:
        """A break has both its ends; a wish names its unit."""
        data = super().clean() or {}
        for number in range(1, RESTS + 1):
            if bool(data.get(f"pause_{number}_from")) != bool(data.get(f"pause_{number}_to")):
                self.add_error(f"pause_{number}_to", _("Say when the break begins and when it ends."))
        for number in range(1, self.wishes + 1):
            said = [data.get(f"wish_{number}_{part}") for part in ("day", "panel", "not_before")]
            if any(said) and not data.get(f"wish_{number}_unit"):
                self.add_error(f"wish_{number}_unit", _("Say whose wish this is."))
        return data

    def asked(self) -> Conditions:
        """What was typed, for the verb."""
        data = self.cleaned_data
        days = [data[f"day_{number}"] for number in range(1, MOST_DAYS + 1) if data[f"day_{number}"]]
        rests = [
            Rest(data[f"pause_{n}_from"], data[f"pause_{n}_to"], data[f"pause_{n}_title"] or "休息")
            for n in range(1, RESTS + 1)
            if data[f"pause_{n}_from"]
        ]
        return Conditions(
            tuple(days), data["opens"], data["closes"], data["minutes"], data["change_over"], tuple(rests),
            tuple(self._wished()), data["keep_panels"],
        )  # fmt: skip

    def _wished(self) -> Iterator[Wish]:
        for number in range(1, self.wishes + 1):
            unit, on, panel, at = (
                self.cleaned_data[f"wish_{number}_{part}"] for part in ("unit", "day", "panel", "not_before")
            )
            if unit and (on or panel or at):
                yield Wish(unit, int(on) if on else None, panel or None, at)

    def _named(self, *names: str) -> list[BoundField]:
        return [self[name] for name in names]

    @property
    def parts(self) -> list[tuple[Any, list[list[BoundField]]]]:
        """Heading → lines of fields, as the page shows them."""
        wish = ("unit", "day", "panel", "not_before")
        return [
            (_("Which days"), [self._named(*(f"day_{number}" for number in range(1, MOST_DAYS + 1)))]),
            (_("Hours and minutes"), [self._named("opens", "closes", "minutes", "change_over")]),
            (
                _("Breaks"),
                [self._named(*(f"pause_{n}_{part}" for part in ("from", "to", "title"))) for n in range(1, RESTS + 1)],
            ),
            (
                _("Wishes"),
                [self._named(*(f"wish_{n}_{part}" for part in wish)) for n in range(1, self.wishes + 1)],
            ),
        ]


ANY_UNIT = (("", "—"),)


def _lines(data: Any) -> int:
    """How many lines of wishes were sent."""
    number = 0
    while f"wish_{number + 1}_unit" in data and number < 200:
        number += 1
    return max(number, SPARE)


def _initial(asked: Conditions) -> dict[str, Any]:
    """The conditions as the fields name them."""
    initial: dict[str, Any] = {
        "opens": asked.opens, "closes": asked.closes, "minutes": asked.minutes, "change_over": asked.change_over,
        "keep_panels": asked.keep_panels,
    }  # fmt: skip
    initial |= {f"day_{number}": day for number, day in enumerate(asked.days, 1)}
    for number, rest in enumerate(asked.rests, 1):
        at = f"pause_{number}"
        initial |= {f"{at}_from": rest.starts, f"{at}_to": rest.ends, f"{at}_title": rest.title}
    for number, wish in enumerate(asked.wishes, 1):
        at = f"wish_{number}"
        initial |= {
            f"{at}_unit": wish.unit, f"{at}_day": str(wish.day or ""), f"{at}_panel": wish.panel or "",
            f"{at}_not_before": wish.not_before,
        }  # fmt: skip
    return initial


class MoveForm(forms.Form):
    """To which day and panel, at which place, with the whole unit or alone."""

    where = forms.ChoiceField(label=_("Day and panel"))
    position = forms.IntegerField(
        label=_("Place in the order"), min_value=1, required=False, help_text=_("1 is the first; empty: the last.")
    )
    whole = forms.BooleanField(label=_("with all projects of its unit"), required=False, initial=True)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    sure = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, panels: Sequence[Panel], days: Sequence[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._places = {f"{on.isoformat()} {panel.pk}": (on, panel) for on in days for panel in panels}
        names = [(key, f"{told_day(on)} {panel.name}") for key, (on, panel) in self._places.items()]
        self.fields["where"].choices = names  # type: ignore[attr-defined]  # a choice

    def target(self) -> dict[str, Any]:
        """What the verb takes."""
        on, panel = self._places[self.cleaned_data["where"]]
        position, whole = self.cleaned_data["position"], self.cleaned_data["whole"]
        return {"panel": panel, "day": on, "position": position, "whole": whole}
