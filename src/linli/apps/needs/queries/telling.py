"""What a resident is told of his need: how far it is, who has it, by when, the answers. Never a contact or the text."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models import Answer, Assignment, Duty, Need, NeedState, Verdict
from linli.apps.people.queries import public_cards
from linli.apps.places.models import Place
from linli.apps.places.queries import COMMUNITIES
from linli.kernel import publication

STAGES = (
    (NeedState.RECEIVED, _("Collecting")),
    (NeedState.ANALYSED, _("Analysing")),
    (NeedState.HANDLING, _("Handling")),
    (NeedState.ANSWERED, _("Feedback")),
    (NeedState.CLOSED, _("Rating")),
)
"""The five stations of E50."""


@dataclass(frozen=True)
class Station:
    """One of the five: ``state`` is "done", "now" or "" as the line of stations draws it."""

    name: str
    state: str
    at: datetime | None


@dataclass(frozen=True)
class Told:
    """Everything the page says."""

    need: Need
    stations: tuple[Station, ...]
    offices: tuple[str, ...]
    phone: str
    answers: tuple[Answer, ...]
    verdict: Verdict | None
    joined_number: str = ""

    @property
    def by_when(self) -> datetime | None:
        """When the answer is promised."""
        return self.need.promise_told

    @property
    def waits_for_verdict(self) -> bool:
        """Whether the resident is asked: solved? satisfied?"""
        return self.need.state == NeedState.ANSWERED

    @property
    def may_be_opened_again(self) -> bool:
        """Whether he may still say that it was not solved after all."""
        return self.need.state == NeedState.CLOSED

    @property
    def is_over(self) -> bool:
        return self.need.state in (NeedState.CLOSED, NeedState.WITHDRAWN)


def told(need: Need) -> Told:
    """What whoever holds the code reads of ``need``; of one that was joined, how the other one stands. Six queries."""
    shown = need.joined_to if need.state == NeedState.JOINED and need.joined_to is not None else need
    parts = list(
        shown.assignments.filter(until__isnull=True, duty__in=(Duty.OWNER, Duty.HANDLER))
        .select_related("place", "organization")
        .order_by("-duty", "since")
    )
    begun = shown.assignments.filter(duty=Duty.HANDLER).order_by("since").values_list("since", flat=True).first()
    answers = tuple(shown.answers.filter(given_at__isnull=False).order_by("-number"))
    return Told(
        need, _stations(shown, begun), _offices(parts), phone_of(shown.place), answers,
        need.verdicts.order_by("-number").first(), shown.number if shown is not need else "",
    )  # fmt: skip


def _stations(need: Need, begun: datetime | None) -> tuple[Station, ...]:
    dates = {
        NeedState.RECEIVED: need.received_at,
        NeedState.ANALYSED: need.analysed_at,
        NeedState.HANDLING: begun or need.analysed_at,
        NeedState.ANSWERED: need.answered_at,
        NeedState.CLOSED: need.closed_at,
    }
    order = [state for state, _name in STAGES]
    here = order.index(NeedState(need.state)) if need.state in order else 0
    rows = []
    for number, (state, name) in enumerate(STAGES):
        mark = "done" if number < here or need.state == NeedState.CLOSED else "now" if number == here else ""
        rows.append(Station(str(name), mark, dates[state] if number <= here else None))
    return tuple(rows)


def _offices(parts: list[Assignment]) -> tuple[str, ...]:
    """Owner first, then whoever works on it, each once."""
    owner = [str(one.unit) for one in parts if one.duty == Duty.OWNER]
    others = [str(one.unit) for one in parts if one.duty != Duty.OWNER]
    return tuple(dict.fromkeys([*owner, *others]))


def phone_of(place: Place) -> str:
    """The office telephone on the community's first published card; "" where none is."""
    community = place
    while community.level not in COMMUNITIES and community.parent is not None:
        community = community.parent
    cards = publication.signed(public_cards(community)[:1])
    return next((card.phone for card in cards), "")
