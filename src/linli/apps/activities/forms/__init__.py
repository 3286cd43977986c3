"""Shape of what is entered about activities."""

from linli.apps.activities.forms.attending import AttendeeForm, CareForm, DoorForm, EnterForm, SignUpForm
from linli.apps.activities.forms.counting import HeadCountForm, HoursForm
from linli.apps.activities.forms.goods import DistributeForm, GoodsSheetForm, SignForForm
from linli.apps.activities.forms.planning import AgendaForm, AmendForm, DatesForm, PlanForm, ReasonForm
from linli.apps.activities.forms.sheets import ChainForm, SheetForm

__all__ = [
    "AgendaForm",
    "AmendForm",
    "AttendeeForm",
    "CareForm",
    "ChainForm",
    "DatesForm",
    "DistributeForm",
    "DoorForm",
    "EnterForm",
    "GoodsSheetForm",
    "HeadCountForm",
    "HoursForm",
    "PlanForm",
    "ReasonForm",
    "SheetForm",
    "SignForForm",
    "SignUpForm",
]
