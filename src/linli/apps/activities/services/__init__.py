"""Verbs of activities."""

from linli.apps.activities.services.counting import count_heads, hold, record_hours
from linli.apps.activities.services.door import (
    EARLY,
    SheetLine,
    SheetResult,
    SignedIn,
    find_signup,
    sign_in,
    take_sheet,
)
from linli.apps.activities.services.places_given import (
    Attendee,
    accept_offer,
    lapse_offers,
    leave,
    offer_place,
    release_no_shows,
    sign_up,
)
from linli.apps.activities.services.planning import (
    Host,
    Item,
    Times,
    add_dates,
    amend,
    call_off,
    call_off_date,
    change_agenda,
    plan,
    publish,
)

__all__ = [
    "EARLY",
    "Attendee",
    "Host",
    "Item",
    "SheetLine",
    "SheetResult",
    "SignedIn",
    "Times",
    "accept_offer",
    "add_dates",
    "amend",
    "call_off",
    "call_off_date",
    "change_agenda",
    "count_heads",
    "find_signup",
    "hold",
    "lapse_offers",
    "leave",
    "offer_place",
    "plan",
    "publish",
    "record_hours",
    "release_no_shows",
    "sign_in",
    "sign_up",
    "take_sheet",
]
