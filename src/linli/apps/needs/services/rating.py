"""The resident judges: content, and it is closed; not content, and the same owner begins again, at last from above."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.lifecycle import NEEDS
from linli.apps.needs.models import (
    Assignment,
    Came,
    Content,
    Duty,
    Need,
    NeedState,
    Verdict,
    Via,
)
from linli.apps.needs.permissions import rates
from linli.apps.needs.services import clocks
from linli.apps.needs.services.keeping import STALE, moment, require, who
from linli.apps.needs.services.telling import owners, people_of, tell
from linli.apps.places.models import Place
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.scope import Actor
from linli.kernel.settings import value_of

RATED = (NeedState.ANSWERED, NeedState.CLOSED)
LONGEST = 1000


def rate(
    need: Need,
    *,
    actor: Actor | None,
    via: str,
    solved: bool | None = None,
    satisfied: str = "",
    reasons: str = "",
    reached: bool = True,
    is_official: bool = False,
    at: datetime | None = None,
) -> Verdict:
    """What the resident says to the answer: solved? satisfied? why. ``actor=None`` is he himself, with his code.

    Not solved or not satisfied opens the need again for the same owner; after the street's number of times the level
    above looks after it, too. Not reached: only that is kept. Raises Conflict before there is an answer.
    """
    require(rates, actor, need)
    when = moment(at)
    if need.state not in RATED:
        raise Conflict(_("There is no answer to rate yet."), code="no-answer")
    if reached and solved is None:
        raise Refusal(_("Was it solved? Choose yes or no."), field="solved")
    if not reached and (solved is not None or satisfied or reasons.strip()):
        raise Refusal(_("Who was not reached said nothing."), field="reached")
    row = Verdict(
        need=need, number=_next(need), at=when, via=Via(via), reached=reached, solved=solved,
        satisfied=Content(satisfied) if satisfied else "", reasons=reasons.strip()[:LONGEST],
        is_official=is_official, entered_by=who(actor),
        answer=need.answers.filter(given_at__isnull=False, kind="final").order_by("-number").first(),
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            if reached:
                _follow(need, row, actor, when)
    except IntegrityError:
        raise Conflict(STALE, code="stale") from None
    return row


def _next(need: Need) -> int:
    return (need.verdicts.order_by("-number").values_list("number", flat=True).first() or 0) + 1


def is_unhappy(verdict: Verdict) -> bool:
    """Whether the need is opened again."""
    return verdict.solved is False or verdict.satisfied == Content.DISSATISFIED


def _follow(need: Need, verdict: Verdict, actor: Actor | None, at: datetime) -> None:
    facts = {
        "solved": bool(verdict.solved),
        "satisfied": verdict.get_satisfied_display(),
        "via": verdict.get_via_display(),
    }
    if is_unhappy(verdict):
        _reopen(need, facts, actor, at)
    elif need.state == NeedState.ANSWERED:
        NEEDS.apply("close", need, actor=actor, facts=facts, at=at, closed_at=at)


def _reopen(need: Need, facts: dict[str, object], actor: Actor | None, at: datetime) -> None:
    """The same owner begins again with a new limit; the level above is called after so many times."""
    times = need.reopened + 1
    above = _above(need) if times >= int(value_of("needs.reopen_limit", street=need.street_id, at=at)) else None
    due = clocks.official_due(need.category.limit, at, street=need.street_id) if need.category else None
    known = facts | {"times": times, "raised": str(above or "")}
    NEEDS.apply(
        "reopen", need, actor=actor, facts=known, at=at, reopened=times, closed_at=None, promised=due,
        raised_to=above or need.raised_to,
    )  # fmt: skip
    if due is not None:
        clocks.start_official(need, due, at=at)
    clocks.start(need, clocks.FIRST_CONTACT, at=at)
    tell(
        need, owners(need), kind="needs.need.reopen", actor=actor, at=at,
        text=_("The resident is not content: need %(number)s was opened again."),
    )  # fmt: skip
    if above is not None:
        _raise(need, above, actor, at)


def open_again(need: Need, *, facts: Mapping[str, object], actor: Actor | None, at: datetime | None = None) -> None:
    """Open a closed need again because a call-back says that the resident is not content. Raises NotAllowed."""
    require(rates, actor, need)
    with transaction.atomic():
        _reopen(need, dict(facts), actor, moment(at))


def _above(need: Need) -> Place | None:
    """The level above whoever looks after it now; the district looks after it last."""
    now = need.raised_to
    if now is None:
        owner = need.assignments.filter(duty=Duty.OWNER, until__isnull=True).select_related("place__parent").first()
        now = owner.place if owner else need.place
    return now.parent if now is not None else None


def _raise(need: Need, above: Place, actor: Actor | None, at: datetime) -> None:
    """The level above supervises; the owner stays who he is."""
    open_there = need.assignments.filter(duty=Duty.SUPERVISES, place=above, until__isnull=True)
    if open_there.exists():
        return
    part = Assignment(need=need, duty=Duty.SUPERVISES, place=above, came=Came.RAISED, since=at, given_by=who(actor))
    part.save(force_insert=True)
    tell(
        need, people_of(part), kind="needs.need.raise", actor=actor, at=at,
        text=_("Need %(number)s was opened again so often that it was raised to you."),
    )  # fmt: skip


def close_unrated(*, at: datetime) -> int:
    """Close what was answered so long ago that nobody will rate it any more; how many. Called by the clock."""
    found = 0
    rows = Need.objects.filter(state=NeedState.ANSWERED, answered_at__lt=at - timedelta(days=1))
    for need in rows.select_related("category", "place", "street").iterator(chunk_size=200):
        days = int(value_of("needs.rating_days", street=need.street_id, at=at))
        if need.answered_at is not None and need.answered_at + timedelta(days=days) <= at:
            facts = {"reason": _("nobody rated it in time")}
            NEEDS.apply("close", need, actor=None, facts=facts, at=at, closed_at=at)
            found += 1
    return found
