"""Verbs of activities."""

from linli.apps.activities.services.care import note_care
from linli.apps.activities.services.chain import Chain, ChainLine, ChainResult, read_chain, take_chain
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
from linli.apps.activities.services.goods import (
    HandoutLine,
    close_distribution,
    distribute,
    handouts_of,
    sign_for,
    take_goods_sheet,
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
from linli.apps.activities.services.platforms import Taken, name_project, take_platform_hours

__all__ = [
    "EARLY",
    "Attendee",
    "Chain",
    "ChainLine",
    "ChainResult",
    "HandoutLine",
    "Host",
    "Item",
    "SheetLine",
    "SheetResult",
    "SignedIn",
    "Taken",
    "Times",
    "accept_offer",
    "add_dates",
    "amend",
    "call_off",
    "call_off_date",
    "change_agenda",
    "close_distribution",
    "count_heads",
    "distribute",
    "find_signup",
    "handouts_of",
    "hold",
    "lapse_offers",
    "leave",
    "name_project",
    "note_care",
    "offer_place",
    "plan",
    "publish",
    "read_chain",
    "record_hours",
    "release_no_shows",
    "sign_for",
    "sign_in",
    "sign_up",
    "take_chain",
    "take_goods_sheet",
    "take_platform_hours",
    "take_sheet",
]
