"""Review sessions and everything that belongs to one."""

from linli.apps.reviews.models.entry import Entry, EntryParty, EntryState, EntryTie, Verdict
from linli.apps.reviews.models.expert import TIES, Expert, ExpertTie, Ground
from linli.apps.reviews.models.recusal import Recusal, RecusalState
from linli.apps.reviews.models.seat import Duty, ReviewPromise, Seat, SeatActor
from linli.apps.reviews.models.seat_pass import SeatPass
from linli.apps.reviews.models.session import (
    OPEN_SESSIONS,
    Mode,
    Panel,
    PanelSlot,
    Purpose,
    ReviewSession,
    SessionState,
    TieRule,
    VoteKind,
)
from linli.apps.reviews.models.sheet import (
    BallotPick,
    CorrectionState,
    FeeLine,
    PanelBallot,
    ReviewQuestion,
    ScoreSheet,
    SheetCorrection,
    SheetSource,
    TypedSheet,
)
from linli.apps.reviews.models.timetable import Conditions, Rest, Timetable, Wish, clock_of, minutes_of
from linli.apps.reviews.models.trip import UNDER_WAY, RoomTrip, TripState

__all__ = [
    "OPEN_SESSIONS",
    "TIES",
    "UNDER_WAY",
    "BallotPick",
    "Conditions",
    "CorrectionState",
    "Duty",
    "Entry",
    "EntryParty",
    "EntryState",
    "EntryTie",
    "Expert",
    "ExpertTie",
    "FeeLine",
    "Ground",
    "Mode",
    "Panel",
    "PanelBallot",
    "PanelSlot",
    "Purpose",
    "Recusal",
    "RecusalState",
    "Rest",
    "ReviewPromise",
    "ReviewQuestion",
    "ReviewSession",
    "RoomTrip",
    "ScoreSheet",
    "Seat",
    "SeatActor",
    "SeatPass",
    "SessionState",
    "SheetCorrection",
    "SheetSource",
    "TieRule",
    "Timetable",
    "TripState",
    "TypedSheet",
    "Verdict",
    "VoteKind",
    "Wish",
    "clock_of",
    "minutes_of",
]
