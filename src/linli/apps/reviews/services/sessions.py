"""Opening a review session, starting the scoring, closing it, calling it off."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models import Place
from linli.apps.reviews import queries
from linli.apps.reviews.lifecycle import LIFECYCLE
from linli.apps.reviews.models import (
    Entry,
    EntryState,
    Mode,
    Panel,
    Purpose,
    ReviewSession,
    ScoreSheet,
    SessionState,
    TieRule,
    VoteKind,
)
from linli.apps.reviews.permissions import organizes
from linli.apps.reviews.services.keeping import in_preparation, require, require_here, said, tell
from linli.apps.reviews.services.rules import fix_rules
from linli.kernel import rubric as rubrics
from linli.kernel.audit import changes, seen
from linli.kernel.errors import Refusal
from linli.kernel.rubric.models import RubricVersion
from linli.kernel.scope import Actor
from linli.kernel.settings import look
from linli.kernel.slips.codes import new_code

FIGURES = ("drop_from", "least_marks", "talk_minutes", "question_minutes")


def open_session(
    *,
    title: str,
    place: Place,
    first_day: date,
    actor: Actor | None,
    last_day: date | None = None,
    purpose: Purpose = Purpose.PITCH,
    mode: Mode = Mode.MARKS,
    rubric: RubricVersion | None = None,
    ties: TieRule = TieRule.CHAIR,
    tie_criteria: Sequence[str] = (),
    group_weights: Mapping[str, Decimal | int | str] | None = None,
    at: datetime | None = None,
    **columns: Any,
) -> ReviewSession:
    """A new session in preparation. Figures that are not given come from the settings of the street.

    ``columns``: venue, vote_kind, picks, winners, talk_minutes, question_minutes, pass_mark, ranks_across, is_demo.
    Raises Refusal for a way of judging that is not complete.
    """
    at = at or timezone.now()
    settings = look([f"reviews.{name}" for name in FIGURES], street=place.street_id, at=at)
    figures = {name: settings[f"reviews.{name}"].value for name in FIGURES}
    session = ReviewSession(
        title=said(title, "title", _("Give the review a title.")),
        place=place,
        first_day=first_day,
        last_day=last_day or first_day,
        purpose=purpose,
        mode=mode,
        rubric=rubric,
        ties=ties,
        tie_criteria=list(tie_criteria),
        group_weights=_weights(group_weights or {}),
        code=new_code(),
        made_at=at,
        **{**figures, **columns},
    )
    require(organizes, actor, session)
    return _save(session, actor=actor, at=at)


def _save(session: ReviewSession, *, actor: Actor | None, at: datetime) -> ReviewSession:
    check_way(session)
    with transaction.atomic():
        session.save(force_insert=True)
        facts = {"title": session.title, "day": session.first_day}
        tell("session.open", session, session=session, actor=actor, facts=facts, at=at)
    return session


def _weights(weights: Mapping[str, Decimal | int | str]) -> dict[str, str]:
    """Groups with weights above zero, as text. Raises Refusal."""
    try:
        numbers = {name.strip(): Decimal(weight) for name, weight in weights.items()}
    except InvalidOperation:
        numbers = {"": Decimal(0)}
    if any(not name or not weight.is_finite() or weight <= 0 for name, weight in numbers.items()):
        raise Refusal(_("Give every group of judges a name and a weight above zero."), field="group_weights")
    return {name: str(weight) for name, weight in numbers.items()}


def check_way(session: ReviewSession) -> None:
    """Refuse a way of judging that contradicts itself."""
    if session.last_day < session.first_day:
        raise Refusal(_("The last day comes before the first one."), field="last_day")
    if session.mode == Mode.MARKS:
        _check_rubric(session)
    elif session.rubric is not None:
        raise Refusal(_("Only marks are given by a rubric."), field="rubric")
    if (session.mode == Mode.VOTE) != bool(session.vote_kind):
        raise Refusal(_("Say whether each judge picks, or says yes or no to each."), field="vote_kind")
    counted = session.picks is not None and session.winners is not None
    if (session.vote_kind == VoteKind.PICKS) != counted or 0 in (session.picks, session.winners):
        raise Refusal(_("Say how many each judge may pick and how many are chosen."), field="picks")


def _check_rubric(session: ReviewSession) -> None:
    if session.rubric is None:
        raise Refusal(_("Choose the rubric by which marks are given."), field="rubric")
    known = {criterion.code for criterion in rubrics.scale_of(session.rubric).criteria}
    if not set(session.tie_criteria) <= known:
        raise Refusal(_("Equal scores can only be parted by criteria of the rubric."), field="tie_criteria")


CORRECTED = (
    "title", "purpose", "venue", "first_day", "last_day", "mode", "rubric", "ties", "ranks_across", "vote_kind",
    "picks", "winners", "talk_minutes", "question_minutes", "pass_mark",
)  # fmt: skip
"""Columns of which the record tells before and after."""


def correct_session(session: ReviewSession, *, actor: Actor | None, at: datetime | None = None, **columns: Any) -> None:
    """Put columns of a session in preparation right. Raises Conflict once scoring has started, and Refusal."""
    require(organizes, actor, session)
    in_preparation(session)
    before = seen(session, CORRECTED)
    if "group_weights" in columns:
        columns["group_weights"] = _weights(columns["group_weights"])
    for name, value in columns.items():
        setattr(session, name, value)
    check_way(session)
    with transaction.atomic():
        rows = ReviewSession.objects.filter(pk=session.pk, state=SessionState.PREPARING)
        if not rows.update(**columns):
            in_preparation(session)
        facts = changes(before, seen(session, CORRECTED))
        tell("session.correct", session, session=session, actor=actor, facts=facts, at=at)


def start(session: ReviewSession, *, actor: Actor | None, at: datetime | None = None) -> None:
    """Scoring begins: the rubric is frozen, the rule of every panel fixed from the fewest marks any entry can get.

    Refuses while judges, entries or decisions on recusals are missing.
    """
    at = at or timezone.now()
    require(organizes, actor, session)
    with transaction.atomic():
        if session.rubric is not None:
            rubrics.freeze(session.rubric, at=at)
        lacks = queries.what_lacks(session)
        rules = {} if lacks else fix_rules(session, at=at)
        LIFECYCLE.apply(
            "start",
            session,
            actor=actor,
            facts={"lacks": lacks}
            if lacks
            else {"rules": "；".join(f"{name}：{queries.RULES[rule]}" for name, rule in rules.items())},
            at=at,
            told=not session.is_rehearsal,
            started_at=at,
        )


def close(session: ReviewSession, *, actor: Actor | None, at: datetime | None = None) -> None:
    """The end: ranks stand, papers close, higher apps hear ``reviews.session.close``. Refuses what is still open."""
    at = at or timezone.now()
    require_here(session)
    with transaction.atomic():
        still = queries.what_is_open(session)
        facts: dict[str, Any] = (
            {"still": still}
            if still
            else {
                "entries": session.entries.filter(state=EntryState.REVEALED).count(),
                "sheets": ScoreSheet.objects.filter(entry__session=session, handed_in_at__isnull=False).count(),
            }
        )
        told = not session.is_rehearsal
        LIFECYCLE.apply("close", session, actor=actor, facts=facts, at=at, told=told, closed_at=at)
        Panel.objects.filter(session=session).update(current=None, clock="", clock_from=None, clock_left=0)


def call_off(session: ReviewSession, *, reason: str, actor: Actor | None, at: datetime | None = None) -> None:
    """The session does not take place, or not to its end."""
    require_here(session)
    facts = {"reason": reason.strip()}
    LIFECYCLE.apply("call_off", session, actor=actor, facts=facts, at=at, told=not session.is_rehearsal)


def rehearse(session: ReviewSession, *, actor: Actor | None, at: datetime | None = None) -> ReviewSession:
    """A copy of a session in preparation to practise on: panels, seats and entries, no papers, no promises."""
    require(organizes, actor, session)
    in_preparation(session)
    if session.is_rehearsal:
        raise Refusal(_("This is a rehearsal itself."))
    with transaction.atomic():
        copy: ReviewSession = _copied(
            session, rehearsal_of=session, code=new_code(), made_at=at or timezone.now(), version=1
        )
        there: dict[UUID | None, Panel | None] = {None: None}
        for panel in session.panels.all():
            there[panel.pk] = _copied(panel, session=copy)
        for seat in session.seats.all():
            _copied(seat, session=copy, panel=there[seat.panel_id])
        for entry in session.entries.exclude(state=EntryState.WITHDRAWN):
            _copied(entry, session=copy, panel=there[entry.panel_id])
    return copy


def _copied(row: Any, **columns: Any) -> Any:
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.name != "id"}
    for name, value in columns.items():
        values.pop(f"{name}_id", None)
        values[name] = value
    return type(row)._default_manager.create(**values)


def forget_rehearsal(session: ReviewSession, *, actor: Actor | None) -> None:
    """Everything of a rehearsal is deleted, in one go; a real session refuses."""
    require(organizes, actor, session)
    if not session.is_rehearsal:
        raise Refusal(_("Only a rehearsal is forgotten; a review stays on record."))
    with transaction.atomic():
        Panel.objects.filter(session=session).update(current=None)
        Entry.objects.filter(session=session).delete()
        session.delete()
