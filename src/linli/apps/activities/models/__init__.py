"""Activities, their dates, who signs up and comes, what is counted."""

from linli.apps.activities.models.activity import Activity, ActivityState, Organizer, Part, Platform, Rhythm
from linli.apps.activities.models.goods import Distribution, DistributionState, Handout, Receiver
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
    "Distribution",
    "DistributionState",
    "Handout",
    "HeadCount",
    "Listing",
    "Occurrence",
    "OccurrenceState",
    "Organizer",
    "Part",
    "Platform",
    "Receiver",
    "Rhythm",
    "SignInWay",
    "Signup",
    "SignupState",
    "VolunteerHours",
]
