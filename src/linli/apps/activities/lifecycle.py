"""An activity is planned by one, announced by another; each of its dates is held, or called off.

activity:    planned -> published -> called_off        (planned -> called_off: dropped)
occurrence:  ahead -> held          by a head-count, a sheet or the last to sign in
             ahead -> called_off    with a reason

A sign-up:   going | waiting -> offered -> going        (a place became free, and was taken)
             going | waiting | offered -> left          offered -> lapsed      going -> released (did not come)
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.apps.activities import permissions as who
from linli.apps.activities.models import Activity, ActivityState, Occurrence, OccurrenceState
from linli.kernel.audit import Keep
from linli.kernel.errors import Refusal
from linli.kernel.lifecycle import Lifecycle, Transition


def not_own(activity: Activity, facts: Mapping[str, Any]) -> Refusal | None:
    if facts.get("by") is None or facts["by"] != activity.planned_by:
        return None
    return Refusal(_("You planned this activity. Somebody else reads it and announces it."), code="second-person")


def has_a_date(activity: Activity, facts: Mapping[str, Any]) -> Refusal | None:
    if facts.get("dates"):
        return None
    return Refusal(_("Give the activity a date first."), code="no-date")


def has_reason(record: Any, facts: Mapping[str, Any]) -> Refusal | None:
    if facts.get("reason"):
        return None
    return Refusal(_("Say why: those who signed up read it."), field="reason")


def has_begun(occurrence: Occurrence, facts: Mapping[str, Any]) -> Refusal | None:
    if facts["at"] >= occurrence.starts:
        return None
    return Refusal(_("It has not begun yet."), code="not-begun")


ACTIVITIES = Lifecycle(
    "activities.activity",
    ActivityState,
    (
        Transition(
            "publish", (ActivityState.PLANNED,), ActivityState.PUBLISHED, who.runs,
            title=_("Announce"), told=_("announced the activity"), guards=(not_own, has_a_date),
            words={"dates": _("dates")},
        ),
        Transition(
            "call_off", (ActivityState.PLANNED, ActivityState.PUBLISHED), ActivityState.CALLED_OFF, who.runs,
            title=_("Call the activity off"), told=_("called the activity off"), guards=(has_reason,),
            words={"reason": _("reason")},
        ),
    ),
    title=_("Event"),
)  # fmt: skip

OCCURRENCES = Lifecycle(
    "activities.occurrence",
    OccurrenceState,
    (
        Transition(
            "hold", (OccurrenceState.AHEAD,), OccurrenceState.HELD, who.at_door,
            title=_("It was held"), told=_("The activity was held"), guards=(has_begun,), keep=Keep.FOR_EVER,
        ),
        Transition(
            "call_off", (OccurrenceState.AHEAD,), OccurrenceState.CALLED_OFF, who.runs,
            title=_("Call this date off"), told=_("called this date off"), guards=(has_reason,),
            words={"reason": _("reason")},
        ),
    ),
    title=_("Date of an activity"),
)  # fmt: skip
