"""Entering what is judged, and leading it through the room."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.reviews.lifecycle import ENTRIES
from linli.apps.reviews.models import (
    Entry,
    EntryParty,
    EntryState,
    EntryTie,
    Ground,
    Panel,
    PanelSlot,
    RecusalState,
    ReviewQuestion,
    ReviewSession,
    SessionState,
)
from linli.apps.reviews.permissions import logs_questions, organizes, runs_the_room
from linli.apps.reviews.services.keeping import (
    in_preparation,
    require,
    require_here,
    require_state,
    said,
    tell,
    touch,
)
from linli.kernel import files
from linli.kernel.errors import Refusal
from linli.kernel.files import StoredFile
from linli.kernel.refs import Ref, ref_of, resolve
from linli.kernel.scope import Actor

Paper = StoredFile | tuple[str, Any]
"""A stored file of the higher app, or a name and an open file; both are copied."""


@dataclass(frozen=True)
class Tie:
    """A fact the entering app knows: ``subject`` (account, organization, place, person) is tied to the entry."""

    ground: Ground
    subject: Ref
    fact: str = ""


def enter(
    session: ReviewSession,
    *,
    title: str,
    subject: Ref,
    actor: Actor | None,
    summary: str = "",
    presenter: str = "",
    parties: Iterable[Ref] = (),
    papers: Iterable[Paper] = (),
    ties: Iterable[Tie] = (),
    panel: Panel | None = None,
    at: datetime | None = None,
) -> Entry:
    """Enter a record of a higher app for review. ``parties`` are organizations, persons, places: recusals are derived
    from them and from ``ties``. ``papers`` are copied: what the judges read
    stays as it was. Refuses a subject that was entered already.
    """
    at = at or timezone.now()
    require(organizes, actor, session)
    in_preparation(session)
    title = said(title, "title", _("Give the entry a title."))
    parties, ties = tuple(dict.fromkeys(parties)), tuple(ties)
    try:
        with transaction.atomic():
            last = session.entries.aggregate(last=Max("number"))["last"] or 0
            entry = Entry.objects.create(
                session=session,
                panel=panel,
                number=last + 1,
                position=last + 1,
                title=title,
                summary=summary,
                presenter=presenter,
                subject_kind=subject.kind,
                subject_id=subject.id,
            )
            _write_parties(entry, parties, ties)
            _copy_papers(entry, papers, actor=actor, at=at)
            facts = {"title": title, "number": entry.number}
            tell("entry.enter", entry, session=session, actor=actor, facts=facts, at=at)
    except IntegrityError:
        raise Refusal(_("This was entered for the review already."), code="entered-twice") from None
    return entry


def _write_parties(entry: Entry, parties: tuple[Ref, ...], ties: tuple[Tie, ...]) -> None:
    labels = {ref: found.label for ref, found in resolve(parties, actor=None, everything=True).items()}
    EntryParty.objects.bulk_create(
        EntryParty(entry=entry, ref_kind=ref.kind, ref_id=ref.id, label=labels.get(ref, "")) for ref in parties
    )
    EntryTie.objects.bulk_create(
        EntryTie(entry=entry, ground=tie.ground, ref_kind=tie.subject.kind, ref_id=tie.subject.id, fact=tie.fact)
        for tie in ties
    )


def _copy_papers(entry: Entry, papers: Iterable[Paper], *, actor: Actor | None, at: datetime) -> None:
    owner = ref_of(entry)
    for paper in papers:
        name, body = (paper.name, files.opened(paper)) if isinstance(paper, StoredFile) else paper
        files.keep(body, accept=files.PAPERS, owner=owner, actor=actor, name=name, at=at)
        body.close()


def assign(entry: Entry, *, panel: Panel, actor: Actor | None, at: datetime | None = None) -> None:
    """Put an entry before a panel, last in its order, while the session is in preparation; a slot elsewhere is lost."""
    require(organizes, actor, entry)
    in_preparation(entry.session)
    if panel.session_id != entry.session_id:
        raise Refusal(_("This panel belongs to another review."), field="panel")
    with transaction.atomic():
        last = panel.entries.aggregate(last=Max("position"))["last"] or 0
        Entry.objects.filter(pk=entry.pk).update(panel=panel, position=last + 1)
        PanelSlot.objects.filter(entry=entry).exclude(panel=panel).delete()
        entry.recusals.exclude(seat__panel=panel).filter(state=RecusalState.FOUND, declared=False).delete()
        facts = {"title": entry.title, "panel": panel.name}
        tell("entry.assign", entry, session=entry.session, actor=actor, facts=facts, at=at)
    entry.refresh_from_db()


def withdraw_entry(entry: Entry, *, reason: str, actor: Actor | None, at: datetime | None = None) -> None:
    """An entry leaves the review before its sheets are collected."""
    require_here(entry.session)
    told = not entry.session.is_rehearsal
    reason = reason.strip()
    facts = {"reason": reason}
    with transaction.atomic():
        ENTRIES.apply("withdraw", entry, actor=actor, facts=facts, at=at, told=told, withdrawn_reason=reason)
        touch(entry.panel)


def call_entry(entry: Entry, *, actor: Actor | None, at: datetime | None = None) -> None:
    """The entry is the current one of its room: its papers stand on every device, its sheets are open.

    An entry whose sheets are open or collected already is called back as it is.
    """
    at = at or timezone.now()
    require(runs_the_room, actor, entry)
    require_state(entry.session, SessionState.RUNNING)
    panel = entry.panel
    if panel is None:
        raise Refusal(_("The entry stands before no panel yet."))
    with transaction.atomic():
        if entry.state == EntryState.WAITING:
            open_sheets(entry, actor=actor, at=at)
        Panel.objects.filter(pk=panel.pk).update(current=entry, clock="", clock_from=None, clock_left=0)
        touch(panel)


def open_sheets(entry: Entry, *, actor: Actor | None, at: datetime | None = None) -> None:
    """Judges may write about the entry, whether it stands in the room or is read on paper."""
    require_state(entry.session, SessionState.RUNNING)
    ENTRIES.apply("open_sheets", entry, actor=actor, at=at, told=not entry.session.is_rehearsal)
    touch(entry.panel)


def open_panel(panel: Panel, *, actor: Actor | None, at: datetime | None = None) -> int:
    """Open the sheets of every waiting entry of a panel; returns how many."""
    waiting = list(panel.entries.filter(state=EntryState.WAITING).select_related("session", "panel"))
    with transaction.atomic():
        for entry in waiting:
            open_sheets(entry, actor=actor, at=at)
    return len(waiting)


def log_question(
    entry: Entry,
    *,
    text: str,
    actor: Actor | None,
    answer: str = "",
    asked_by: str = "",
    at: datetime | None = None,
) -> ReviewQuestion:
    """A question the judges put and what was answered (A06)."""
    require(logs_questions, actor, entry)
    require_state(entry.session, SessionState.RUNNING)
    text = said(text, "text", _("Write the question."))
    with transaction.atomic():
        row = ReviewQuestion.objects.create(
            entry=entry, text=text, answer=answer.strip(), asked_by=asked_by.strip(), asked_at=at or timezone.now()
        )
        touch(entry.panel)
        tell("entry.ask", entry, session=entry.session, actor=actor, at=at)
    return row


def answer_question(question: ReviewQuestion, *, answer: str, actor: Actor | None) -> None:
    """What was answered, written down."""
    require(logs_questions, actor, question.entry)
    require_state(question.entry.session, SessionState.RUNNING)
    answer = said(answer, "answer", _("Write the answer."))
    ReviewQuestion.objects.filter(pk=question.pk).update(answer=answer)
    question.answer = answer
