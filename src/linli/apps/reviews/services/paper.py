"""Sheets from paper: typed by two people who do not see each other's, differences settled by the scan."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.reviews import queries
from linli.apps.reviews.models import Entry, EntryState, Panel, ScoreSheet, Seat, SessionState, SheetSource, TypedSheet
from linli.apps.reviews.permissions import types_sheets
from linli.apps.reviews.services.keeping import require, require_here, require_state, tell, touch
from linli.apps.reviews.services.sheets import Said, check, put, require_may_judge
from linli.kernel import files
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.files import StoredFile
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor


def type_sheet(entry: Entry, *, seat: Seat, given: Said, actor: Actor, at: datetime | None = None) -> ScoreSheet | None:
    """One of two typings of a judge's paper sheet. The second one that says the same makes the sheet and gives it
    back; one that differs gives None, and ``settle_sheet`` decides. Refuses the same person twice.
    """
    at = at or timezone.now()
    _require(entry, seat, actor)
    checked = check(entry, given)
    with transaction.atomic():
        turn = entry.typings.filter(seat=seat).count() + 1
        if turn > 2:
            raise Conflict(_("This sheet was typed twice already."), code="typed-twice")
        try:
            with transaction.atomic():
                TypedSheet.objects.create(
                    entry=entry,
                    seat=seat,
                    turn=turn,
                    marks=checked.marks,
                    opinion=checked.opinion,
                    comment=checked.comment,
                    typist_id=_person(actor),
                    typist_name=actor.actor_label,
                    typed_at=at,
                )
        except IntegrityError:
            raise Refusal(
                _("You typed this sheet yourself; a second person types it again."), code="same-typist"
            ) from None
        facts = {"number": entry.number, "turn": turn}
        tell("score_sheet.type", entry, session=entry.session, actor=actor, facts=facts, at=at)
        if turn == 1 or queries.differences(entry, seat):
            return None
        return put(entry, seat=seat, given=given, actor=actor, at=at, source=SheetSource.PAPER)


def _person(actor: Actor) -> UUID:
    """Whoever types: the account behind a seat of the room where there is one, so that nobody counts as two."""
    seat = getattr(actor, "seat", None)
    return seat.user_id if seat is not None and seat.user_id else actor.actor_id


def _require(entry: Entry, seat: Seat, actor: Actor | None) -> None:
    require(types_sheets, actor, entry)
    require_state(entry.session, SessionState.RUNNING)
    require_may_judge(entry, seat)
    if entry.state != EntryState.SCORING:
        raise Conflict(_("Sheets are typed while they are open: call the entry, and collect afterwards."))


def settle_sheet(
    entry: Entry, *, seat: Seat, given: Said, actor: Actor | None, at: datetime | None = None
) -> ScoreSheet:
    """What the paper really says, where two typings differ: read again from the paper. Refuses before both stand."""
    at = at or timezone.now()
    _require(entry, seat, actor)
    if not queries.differences(entry, seat):
        raise Refusal(_("There is no difference to settle: type the sheet twice first."), code="no-difference")
    with transaction.atomic():
        facts = {"number": entry.number}
        tell("score_sheet.settle", entry, session=entry.session, actor=actor, facts=facts, at=at)
        return put(entry, seat=seat, given=given, actor=actor, at=at, source=SheetSource.PAPER)


def start_typing_again(entry: Entry, *, seat: Seat, actor: Actor | None, at: datetime | None = None) -> None:
    """Throw both typings of a sheet away, for instance when the wrong paper was typed; until it is collected."""
    _require(entry, seat, actor)
    with transaction.atomic():
        entry.typings.filter(seat=seat).delete()
        entry.sheets.filter(seat=seat, source=SheetSource.PAPER).delete()
        facts = {"number": entry.number}
        tell("score_sheet.type_again", entry, session=entry.session, actor=actor, facts=facts, at=at)


def attach_scan(
    owner: ScoreSheet | Panel, *, upload: Any, actor: Actor | None, at: datetime | None = None
) -> StoredFile:
    """The scan of one signed paper sheet, or of all sheets of a panel. Sheets from paper are not collected without."""
    require(types_sheets, actor, owner)
    session = owner.session if isinstance(owner, Panel) else owner.entry.session
    require_here(session)
    with transaction.atomic():
        stored = files.keep(upload, accept=files.PAPERS, owner=ref_of(owner), actor=actor, at=at)
        tell("score_sheet.scan", owner, session=session, actor=actor, at=at)
        touch(owner if isinstance(owner, Panel) else owner.entry.panel)
    return stored
