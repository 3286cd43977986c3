"""The kinds of record, and the names of what is done to them."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.apps.activities import queries
from linli.apps.activities.models import Activity, CareNote, Distribution, Handout, Occurrence, Signup, VolunteerHours
from linli.apps.activities.permissions import keeps_door
from linli.kernel import files
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


class CareRows(Kind):
    """Notes, with the person and the date."""

    def rows(self) -> Any:
        return super().rows().select_related("signup__occurrence__activity__place")


class HandoutRows(Kind):
    """Households on a list, with what they get."""

    def rows(self) -> Any:
        return super().rows().select_related("distribution__place", "household")


def _care_street(row: CareNote) -> UUID | None:
    return row.signup.occurrence.activity.place.street_id


def _handout_street(row: Handout) -> UUID | None:
    return row.distribution.place.street_id


def _goods() -> None:
    register(
        ActivityRows(
            "activities.distribution", Distribution, _("Goods handed out"),
            lambda rows, actor: queries.distributions_visible_to(actor, rows),
            address=lambda row: reverse("activities:distribution", args=[row.pk]),
            street=lambda row: row.place.street_id,
        )
    )  # fmt: skip
    register(
        HandoutRows(
            "activities.handout", Handout, _("A household's part of goods"),
            lambda rows, actor: queries.handouts_visible_to(actor, rows),
            address=lambda row: reverse("activities:goods_building", args=[row.distribution_id, row.building_id]),
            street=_handout_street,
        )
    )  # fmt: skip
    register(
        CareRows(
            "activities.care", CareNote, _("Note for the staff"),
            lambda rows, actor: queries.care_visible_to(actor, rows),
            address=lambda row: reverse("activities:date", args=[row.signup.occurrence_id]), street=_care_street,
        )
    )  # fmt: skip


DAY = _("day")
ACTIONS: tuple[tuple[str, Any, dict[str, Any], Keep], ...] = (
    ("activity.plan", _("planned the activity"), {"title": _("title"), "kind": _("kind"), "dates": _("dates")},
     Keep.RETENTION),
    ("activity.amend", _("put the activity right"), {"title": _("title")}, Keep.RETENTION),
    (
        "activity.name_project", _("said under which number a platform keeps the activity"),
        {"platform": _("volunteers' platform"), "number": _("project number there")}, Keep.RETENTION,
    ),
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
    ("signup.note_care", _("wrote a note for the staff"), {}, Keep.RETENTION),
    (
        "distribution.distribute", _("began to hand goods out"),
        {"item": _("what is handed out"), "bought": _("bought"), "households": _("households")}, Keep.FOR_EVER,
    ),
    ("distribution.sign_for", _("A household signed for goods"),
     {"count": _("quantity"), "relation": _("who received it")}, Keep.FOR_EVER),
    ("distribution.close", _("closed the handing-out"), {"handed": _("signed for"), "left": _("left in stock")},
     Keep.FOR_EVER),
    (
        "hours.record", _("entered hours of service"),
        {"kind": _("kind"), "hours": _("hours together"), "people": _("volunteers"), "day": DAY}, Keep.FOR_EVER,
    ),
    (
        "hours.take_over", _("took over hours of service from a platform"),
        {
            "kind": _("kind"), "hours": _("hours together"), "people": _("volunteers"), "day": DAY,
            "platform": _("volunteers' platform"), "number": _("project number there"),
        },
        Keep.FOR_EVER,
    ),
)  # fmt: skip
BY_RESIDENTS = ("signup.sign_up", "signup.leave", "signup.accept", "attendance.sign_in")


def contribute() -> None:
    """Make the kinds and actions known."""
    register(
        ActivityRows(
            queries.KIND, Activity, _("Event"), lambda rows, actor: queries.visible_to(actor, rows),
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
    _goods()
    files.allow("activities.occurrence", photos=keeps_door, scans=keeps_door)
    files.allow("activities.distribution", photos=keeps_door, scans=keeps_door)
    for name, title, words, keep in ACTIONS:
        nameless = _("a resident") if name in BY_RESIDENTS else ""
        register_action(f"activities.{name}", title, keep=keep, words=words, nameless=nameless)
