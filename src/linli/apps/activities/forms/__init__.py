"""Shape of what is entered about activities."""

from linli.apps.activities.forms.attending import AttendeeForm, DoorForm, EnterForm, SignUpForm
from linli.apps.activities.forms.counting import HeadCountForm, HoursForm
from linli.apps.activities.forms.planning import AgendaForm, AmendForm, DatesForm, PlanForm, ReasonForm

__all__ = [
    "AgendaForm",
    "AmendForm",
    "AttendeeForm",
    "DatesForm",
    "DoorForm",
    "EnterForm",
    "HeadCountForm",
    "HoursForm",
    "PlanForm",
    "ReasonForm",
    "SignUpForm",
]
