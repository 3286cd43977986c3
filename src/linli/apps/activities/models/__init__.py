"""Activities, their dates, who signs up and comes, what is counted."""

from linli.apps.activities.models.activity import Activity, ActivityState, Organizer, Part, Rhythm
from linli.apps.activities.models.hours import VolunteerHours
from linli.apps.activities.models.occurrence import AgendaItem, HeadCount, Occurrence, OccurrenceState
from linli.apps.activities.models.signup import (
    HOLDS_A_PLACE,
    ON_THE_LIST,
    Attendance,
    CareNote,
    Listing,
    SignInWay,
    Signup,
    SignupState,
)

__all__ = [
    "HOLDS_A_PLACE",
    "ON_THE_LIST",
    "Activity",
    "ActivityState",
    "AgendaItem",
    "Attendance",
    "CareNote",
    "HeadCount",
    "Listing",
    "Occurrence",
    "OccurrenceState",
    "Organizer",
    "Part",
    "Rhythm",
    "SignInWay",
    "Signup",
    "SignupState",
    "VolunteerHours",
]
