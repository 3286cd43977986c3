"""Reads of the desk: the list in its tabs, what is found, what waits for whom, one need with all that happened."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from linli.apps.needs.models import (
    Assignment,
    DispatchObjection,
    Duty,
    ExtensionRequest,
    ExtensionState,
    Need,
    NeedState,
    OwnerOffer,
)
from linli.apps.needs.permissions import DECIDERS, DISPATCHERS, HANDLERS, UNITS
from linli.apps.needs.queries.wall import account_of, before_the_wall, streets_of_visible, visible_to
from linli.kernel import deadlines, search
from linli.kernel.audit import Entry, timeline
from linli.kernel.deadlines import Deadline, Remaining
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor

NEWEST = 200
MOST = 200
TABS = {
    "analyse": (NeedState.RECEIVED,),
    "dispatch": (NeedState.ANALYSED,),
    "handling": (NeedState.HANDLING,),
    "answered": (NeedState.ANSWERED,),
    "closed": (NeedState.CLOSED, NeedState.JOINED, NeedState.WITHDRAWN),
}
"""The tabs of the list beside "mine" and "all", by state."""


def in_tab(tab: str, actor: Actor) -> QuerySet[Need]:
    """The needs of a tab that the actor sees; "mine" are the unfinished ones in which he or his unit has a part."""
    rows = visible_to(actor)
    if tab == "mine":
        unfinished = (*TABS["analyse"], *TABS["dispatch"], *TABS["handling"], *TABS["answered"])
        return rows.filter(pk__in=_mine(actor, "need"), state__in=unfinished)
    return rows.filter(state__in=TABS[tab]) if tab in TABS else rows


def posts_of(actor: Actor, *roles: str) -> tuple[set[UUID], set[UUID]]:
    """The very places and organizations at which the actor acts in one of ``roles``; not those below."""
    posts = getattr(account_of(actor), "posts_in_force", [])
    held = [post for post in posts if post.role in roles]
    return {one.place_id for one in held if one.place_id}, {one.organization_id for one in held if one.organization_id}


def _mine(actor: Actor, column: str) -> QuerySet[Assignment, Any]:
    """One column of the open parts that name the actor, or nobody in the unit he works for.

    Three selections in one: each is found by its own index, where alternatives of one selection read every open part.
    """
    places, _none = posts_of(actor, *HANDLERS)
    _none, organizations = posts_of(actor, *HANDLERS, *UNITS)
    of_units = (Q(place__in=places), Q(organization__in=organizations))
    ways = (Q(user=account_of(actor).actor_id), *(Q(user__isnull=True) & unit for unit in of_units))
    of_him, *of_his_units = (
        Assignment.objects.filter(way, until__isnull=True).order_by().values(column) for way in ways
    )
    found: QuerySet[Assignment, Any] = of_him.union(*of_his_units, all=True)
    return found


@dataclass(frozen=True)
class Found:
    """The newest needs that contain the words: at most 200, and whether there are more."""

    keys: list[UUID]
    more: bool

    @property
    def count_text(self) -> str:
        return f"{NEWEST}+" if self.more else str(len(self.keys))


def found(words: str, actor: Actor) -> Found:
    """Search the needs an actor sees, in the streets they lie in; what only named people may see is in no search."""
    near = streets_of_visible(actor)
    hits = search.find(words, actor=actor, kinds=["needs.need"], limit=NEWEST + 1, streets=near)
    keys = [hit.ref.id for hit in hits]
    return Found(keys[:NEWEST], len(keys) > NEWEST)


@dataclass(frozen=True)
class Work:
    """One thing to be done about a need: the verb ("analyse", "dispatch", "accept", "answer", "rate")."""

    need: Need
    verb: str
    due: Any = None


def work_of(actor: Actor) -> list[Work]:
    """What waits for the actor: in two queries, and one more where something stands behind a wall."""
    states = (NeedState.RECEIVED, NeedState.HANDLING, NeedState.ANSWERED, NeedState.ANALYSED)
    parts = Assignment.objects.filter(pk__in=_mine(actor, "pk"), need__state__in=states)
    parts = parts.filter(duty__in=(Duty.OWNER, Duty.HANDLER)).select_related("need").order_by("need__promised")[:MOST]
    places, _none = posts_of(actor, *DISPATCHERS)
    found = [work for part in parts if (work := _work(part)) is not None]
    if places:
        waits = Need.objects.filter(street__in=places, state=NeedState.ANALYSED).order_by("promised")[:MOST]
        found += [Work(need, "dispatch", need.promised) for need in waits]
    shown = _let_through(actor, found)
    return list({(one.need.pk, one.verb): one for one in shown}.values())


def _work(part: Assignment) -> Work | None:
    need = part.need
    if part.duty == Duty.OWNER:
        verbs = {NeedState.RECEIVED: "analyse", NeedState.ANALYSED: "dispatch"}
        if need.state == NeedState.ANSWERED:
            return Work(need, "rate") if need.call_back else None
        verb = verbs.get(NeedState(need.state))
        return Work(need, verb, need.promised) if verb else None
    if need.state != NeedState.HANDLING:
        return None
    return Work(need, "accept" if part.accepted_at is None else "answer", need.promised)


def _let_through(actor: Actor, works: list[Work]) -> list[Work]:
    shut = {work.need.pk for work in works if work.need.about_kind or work.need.sensitivity}
    if not shut:
        return works
    let = set(before_the_wall(actor, Need.objects.filter(pk__in=shut)).values_list("pk", flat=True))
    return [work for work in works if work.need.pk not in shut or work.need.pk in let]


def objections_to_decide(actor: Actor) -> QuerySet[DispatchObjection]:
    """Objections that wait for the actor's decision, the oldest first."""
    places, _none = posts_of(actor, *DISPATCHERS)
    rows = DispatchObjection.objects.filter(decided_at__isnull=True, need__street__in=places)
    seen = before_the_wall(actor, Need.objects.filter(street__in=places)).order_by().values("pk")
    return rows.filter(need__in=seen).select_related("need")


def extensions_to_answer(actor: Actor) -> QuerySet[ExtensionRequest]:
    """Requests for more time that wait for the actor's answer, the oldest first."""
    places, _none = posts_of(actor, *DECIDERS)
    rows = ExtensionRequest.objects.filter(state=ExtensionState.ASKED, need__street__in=places)
    seen = before_the_wall(actor, Need.objects.filter(street__in=places)).order_by().values("pk")
    return rows.filter(need__in=seen).select_related("need")


def offers_to_answer(actor: Actor) -> QuerySet[OwnerOffer]:
    """What the actor himself is asked to follow."""
    rows = OwnerOffer.objects.filter(user=account_of(actor).actor_id, answered_at__isnull=True)
    return rows.select_related("need", "place")


def board_of(actor: Actor) -> dict[str, int]:
    """How many needs stand in each tab for the actor; two queries beside the wall's own."""
    states = dict.fromkeys(NeedState.values, 0)
    for state in visible_to(actor).order_by("state").values_list("state", flat=True)[:10_001]:  # by the street's index
        states[state] += 1
    return {name: sum(states[state] for state in of) for name, of in TABS.items()}


def with_parts(rows: QuerySet[Need]) -> QuerySet[Need]:
    """Needs with place, category and open parts, for a list: one query more whatever the number."""
    parts = Assignment.objects.filter(until__isnull=True).select_related("place", "organization", "user")
    return rows.select_related("place", "category", "street").prefetch_related(Prefetch("assignments", parts))


@dataclass(frozen=True)
class Clock:
    """A clock of a need with what is left of it."""

    row: Deadline
    left: Remaining

    @property
    def is_open(self) -> bool:
        return self.row.met is None


def clocks_of(need: Need, at: Any) -> dict[str, Clock]:
    """The newest clock of each kind."""
    rows = deadlines.of([ref_of(need)])[ref_of(need)]
    calendar = deadlines.calendar_for(need.street_id)
    return {row.kind: Clock(row, deadlines.remaining(row, at=at, calendar=calendar)) for row in rows}


def story_of(need: Need) -> list[Entry]:
    """The history of a need in plain words, oldest first. The caller has asked the wall."""
    return timeline(ref_of(need))


def earlier_here(need: Need, actor: Actor, most: int = 5) -> list[Need]:
    """The newest other needs of the same place that the actor sees."""
    return list(visible_to(actor, Need.objects.filter(place=need.place_id).exclude(pk=need.pk))[:most])
