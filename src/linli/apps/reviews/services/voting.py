"""The panel votes: each judge picks at most k, or says yes or no to each; a second ballot parts equals."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.reviews import queries
from linli.apps.reviews.lifecycle import ENTRIES
from linli.apps.reviews.models import (
    BallotPick,
    Entry,
    EntryState,
    Mode,
    Panel,
    PanelBallot,
    Seat,
    SessionState,
    SheetSource,
    VoteKind,
)
from linli.apps.reviews.permissions import collects, is_the_judge, types_sheets
from linli.apps.reviews.services.collecting import UNCONFIRMED
from linli.apps.reviews.services.keeping import facts_of, require, require_state, tell, touch
from linli.apps.reviews.services.reckoning import rank
from linli.apps.reviews.services.sheets import NOT_MINE, require_may_judge
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.scope import Actor


def cast(
    panel: Panel,
    *,
    seat: Seat,
    yes: Iterable[Entry],
    actor: Actor | None,
    source: SheetSource = SheetSource.PHONE,
    at: datetime | None = None,
) -> PanelBallot:
    """A judge's ballot, once for each ballot of the panel. ``yes`` are the entries picked or agreed to; in a vote of
    yes or no the others count as no. Refuses too many picks, an entry the judge is recused from, a second ballot.
    """
    require(is_the_judge if source == SheetSource.PHONE else types_sheets, actor, seat, NOT_MINE)
    session = panel.session
    require_state(session, SessionState.RUNNING)
    if session.mode != Mode.VOTE:
        raise Refusal(_("This review is not decided by votes."))
    yes = list(yes)
    for entry in yes:
        require_may_judge(entry, seat)
    try:
        with transaction.atomic():
            if not Panel.objects.filter(pk=panel.pk, ballot=panel.ballot).update(ballot=panel.ballot):
                raise Conflict(_("Another ballot has begun. Load the page again."))
            lines = _lines(panel, seat, yes)
            ballot = PanelBallot.objects.create(
                panel=panel, seat=seat, number=panel.ballot, handed_in_at=at or timezone.now()
            )
            BallotPick.objects.bulk_create(BallotPick(ballot=ballot, entry=entry, yes=said) for entry, said in lines)
            facts = {"ballot": panel.ballot}
            tell("panel.cast", panel, session=session, actor=actor, facts=facts, at=at)
            touch(panel)
    except IntegrityError:
        raise Conflict(_("This judge has voted in this ballot already."), code="voted") from None
    return ballot


def _lines(panel: Panel, seat: Seat, yes: list[Entry]) -> list[tuple[Entry, bool]]:
    open_ones = {entry.pk: entry for entry in queries.votable(panel, seat)}
    if len({entry.pk for entry in yes}) != len(yes) or any(entry.pk not in open_ones for entry in yes):
        raise Refusal(_("One of these entries is not up for this ballot."), code="not-votable")
    if panel.session.vote_kind == VoteKind.YES_NO:
        agreed = {entry.pk for entry in yes}
        return [(entry, key in agreed) for key, entry in open_ones.items()]
    most = queries.picks_allowed(panel)
    if len(yes) > most:
        raise Refusal(_("Pick at most %(most)s.") % {"most": most}, code="too-many-picks")
    return [(entry, True) for entry in yes]


def collect_ballots(panel: Panel, *, actor: Actor | None, reason: str = "", at: datetime | None = None) -> int:
    """Count the ballot of a panel; returns how many entries it was about. A judge who has not voted holds it up,
    unless ``reason`` says why to go on without."""
    at = at or timezone.now()
    require(collects, actor, panel)
    require_state(panel.session, SessionState.RUNNING)
    missing = queries.missing_ballots(panel)
    if missing and not reason.strip():
        names = "、".join(seat.name for seat in missing)
        raise Refusal(
            _("%(names)s have not voted yet. Wait for them, or say why you go on without.") % {"names": names},
            code="ballots-missing",
            field="reason",
        )
    open_ones = list(panel.entries.filter(state=EntryState.SCORING).select_related("session", "panel"))
    with transaction.atomic():
        yes, voters = queries.votes_of(panel)
        cast_count = max(voters.values(), default=0)
        if cast_count < panel.session.least_marks:
            raise Refusal(_("Fewer than %(least)s judges voted.") % {"least": panel.session.least_marks})
        column = "yes" if panel.ballot == 1 else "yes_again"
        facts = facts_of(actor, {"count": cast_count, "missing": len(missing), "reason": reason.strip()})
        for entry in open_ones:
            columns: dict[str, Any] = {
                column: yes.get(entry.pk, 0),
                "counted": voters.get(entry.pk, 0),
                "collected_at": at,
            }
            told = not panel.session.is_rehearsal
            ENTRIES.apply("collect", entry, actor=actor, facts=facts, at=at, told=told, **columns)
        rank(panel.session, panel)
        touch(panel)
    return len(open_ones)


def second_ballot(panel: Panel, *, actor: Actor | None, at: datetime | None = None) -> list[Entry]:
    """Vote again on what the first ballot left equal at the line; returns those entries. Refuses where nothing is."""
    require(collects, actor, panel)
    require_state(panel.session, SessionState.RUNNING)
    if panel.ballot != 1:
        raise Refusal(_("There was a second ballot already; now the chair's choice or equal rank decides."))
    equal = queries.equal_at_the_line(panel)
    if not equal:
        raise Refusal(_("No entries are equal at the line; a second ballot is not needed."), code="no-tie")
    with transaction.atomic():
        told = not panel.session.is_rehearsal
        for entry in equal:
            columns: dict[str, Any] = {"ballot": 2, **UNCONFIRMED}
            ENTRIES.apply("ballot_again", entry, actor=actor, at=at, told=told, **columns)
        if not Panel.objects.filter(pk=panel.pk, ballot=1).update(ballot=2):
            raise Conflict(_("Another ballot has begun. Load the page again."))
        panel.ballot = 2
        touch(panel)
    return equal
