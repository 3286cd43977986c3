"""The kinds of record, and the names of what is done to them."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.apps.activities import queries
from linli.apps.activities.models import Activity, Occurrence, Signup, VolunteerHours
from linli.kernel.audit import Keep, register_action
from linli.kernel.refs import Kind, register


class ActivityRows(Kind):
    """Activities with their place, which tells the street."""

    def rows(self) -> Any:
        return super().rows().select_related("place")


class DateRows(Kind):
    """Dates with their activity and its place."""

    def rows(self) -> Any:
        return super().rows().select_related("activity__place")


class SignupRows(Kind):
    """Persons on a list, with the date."""

    def rows(self) -> Any:
        return super().rows().select_related("occurrence__activity__place")


class HourRows(Kind):
    """Hours with their place and team."""

    def rows(self) -> Any:
        return super().rows().select_related("place", "team")


def _activity_street(row: Activity) -> UUID | None:
    return row.place.street_id


def _date_street(row: Occurrence) -> UUID | None:
    return row.activity.place.street_id


def _signup_street(row: Signup) -> UUID | None:
    return row.occurrence.activity.place.street_id


def _hours_street(row: VolunteerHours) -> UUID | None:
    return row.place.street_id


def _hours_page(row: VolunteerHours) -> str:
    return f"{reverse('activities:hours')}?kind={row.kind}"


DAY = _("day")
ACTIONS: tuple[tuple[str, Any, dict[str, Any], Keep], ...] = (
    ("activity.plan", _("planned the activity"), {"title": _("title"), "kind": _("kind"), "dates": _("dates")},
     Keep.RETENTION),
    ("activity.amend", _("put the activity right"), {"title": _("title")}, Keep.RETENTION),
    ("activity.add_dates", _("added dates"), {"dates": _("dates")}, Keep.RETENTION),
    ("occurrence.change_agenda", _("wrote the agenda"), {"items": _("items")}, Keep.RETENTION),
    ("occurrence.count_heads", _("counted heads"), {"total": _("people counted"), "minors": _("of them children")},
     Keep.FOR_EVER),
    ("signup.sign_up", _("Somebody signed up"), {"listing": _("how it came"), "state": _("state")}, Keep.RETENTION),
    ("signup.leave", _("A place was given back"), {}, Keep.RETENTION),
    ("signup.offer", _("A free place was offered"), {"until": _("until")}, Keep.RETENTION),
    ("signup.accept", _("An offered place was taken"), {}, Keep.RETENTION),
    ("signup.lapse", _("The time for an offered place ended"), {}, Keep.RETENTION),
    ("signup.release", _("The place of somebody who did not come was freed"), {}, Keep.RETENTION),
    ("attendance.sign_in", _("Somebody signed in"), {"way": _("signed in by")}, Keep.RETENTION),
    (
        "hours.record", _("entered hours of service"),
        {"kind": _("kind"), "hours": _("hours together"), "people": _("volunteers"), "day": DAY}, Keep.FOR_EVER,
    ),
)  # fmt: skip
BY_RESIDENTS = ("signup.sign_up", "signup.leave", "signup.accept", "attendance.sign_in")


def contribute() -> None:
    """Make the kinds and actions known."""
    register(
        ActivityRows(
            queries.KIND, Activity, _("Activity"), lambda rows, actor: queries.visible_to(actor, rows),
            address=lambda row: reverse("activities:activity", args=[row.pk]), street=_activity_street,
        )
    )  # fmt: skip
    register(
        DateRows(
            "activities.occurrence", Occurrence, _("Date of an activity"),
            lambda rows, actor: queries.dates_visible_to(actor, rows),
            address=lambda row: reverse("activities:date", args=[row.pk]), street=_date_street,
        )
    )  # fmt: skip
    register(
        SignupRows(
            "activities.signup", Signup, _("Sign-up"), lambda rows, actor: queries.signups_visible_to(actor, rows),
            address=lambda row: reverse("activities:date", args=[row.occurrence_id]), street=_signup_street,
        )
    )  # fmt: skip
    register(
        HourRows(
            "activities.hours", VolunteerHours, _("Hours of service"),
            lambda rows, actor: queries.hours_visible_to(actor, rows),
            address=_hours_page, street=_hours_street,
        )
    )  # fmt: skip
    for name, title, words, keep in ACTIONS:
        nameless = _("a resident") if name in BY_RESIDENTS else ""
        register_action(f"activities.{name}", title, keep=keep, words=words, nameless=nameless)
