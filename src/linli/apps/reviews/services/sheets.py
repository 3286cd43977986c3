"""Writing score sheets: checked mark by mark, handed in once for each delivery, changed freely until collection."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.reviews.models import (
    Duty,
    Entry,
    EntryState,
    Mode,
    Recusal,
    RecusalState,
    ReviewPromise,
    ScoreSheet,
    Seat,
    SessionState,
    SheetSource,
    Verdict,
)
from linli.apps.reviews.permissions import is_the_judge
from linli.apps.reviews.services.keeping import hold, require, require_state, tell, touch
from linli.kernel import rubric as rubrics
from linli.kernel.errors import Refusal
from linli.kernel.rubric.criteria import Mark, exact
from linli.kernel.scope import Actor

NOT_MINE = _("Only the judge of this seat writes this sheet.")


@dataclass(frozen=True)
class Said:
    """What stands on a sheet: marks by criterion or an opinion, and a comment."""

    marks: Mapping[str, Mark] = field(default_factory=dict)
    opinion: str = ""
    comment: str = ""


@dataclass(frozen=True)
class Checked:
    """The same as the database keeps it; ``total`` out of 100, None for an opinion."""

    marks: dict[str, str]
    total: Decimal | None
    opinion: str
    comment: str

    @property
    def columns(self) -> dict[str, Any]:
        """As columns of a sheet."""
        return {"marks": self.marks, "total": self.total, "opinion": self.opinion, "comment": self.comment}


def check(entry: Entry, given: Said, *, whole: bool = True) -> Checked:
    """Refuse a mark above its top, missing, unknown or no exact number with at most two decimals; an opinion that is
    none. ``whole=False`` takes a sheet in writing with marks missing."""
    session = entry.session
    comment = given.comment.strip()
    if session.mode == Mode.VOTE:
        raise Refusal(_("In this review judges vote; there are no sheets."))
    if session.mode == Mode.OPINIONS:
        if given.opinion not in Verdict.values and (whole or given.opinion):
            raise Refusal(_("Choose approve, revise first, or do not approve."), field="opinion")
        return Checked({}, None, given.opinion, comment)
    assert session.rubric is not None  # the database repeats it
    scale = rubrics.scale_of(session.rubric)
    for criterion in scale.criteria:
        if criterion.code in given.marks:
            _two_decimals(criterion, given.marks[criterion.code])
    filled = given.marks if whole else {**{one.code: 0 for one in scale.criteria}, **given.marks}
    total = scale.total(filled)
    return Checked({code: str(mark) for code, mark in given.marks.items()}, total if whole else None, "", comment)


def _two_decimals(criterion: rubrics.Criterion, mark: Mark) -> None:
    exponent = exact(mark, criterion.title).as_tuple().exponent
    if isinstance(exponent, int) and exponent < -2:
        raise Refusal(
            _("The mark for “%(title)s” has more than two decimals.") % {"title": criterion.title},
            code="bad-mark",
            field=criterion.code,
        )


def require_may_judge(entry: Entry, seat: Seat) -> None:
    """Refuse a seat that does not judge this entry: another panel, gone, no promise, recused."""
    if seat.duty != Duty.JUDGE or seat.panel_id != entry.panel_id:
        raise Refusal(_("This entry stands before another panel."), code="other-panel")
    if seat.left_at is not None:
        raise Refusal(_("This seat was given up."), code="seat-left")
    if not ReviewPromise.objects.filter(seat=seat).exists():
        raise Refusal(_("Sign the promise first; then the papers open and sheets are taken."), code="no-promise")
    recused = Recusal.objects.filter(seat=seat, entry=entry, state=RecusalState.CONFIRMED).first()
    if recused is not None:
        raise Refusal(
            _("This judge is recused from this entry (%(ground)s); no sheet is taken.")
            % {"ground": recused.get_ground_display()},
            code="recused",
        )


def save_sheet(entry: Entry, *, seat: Seat, given: Said, actor: Actor | None, at: datetime | None = None) -> ScoreSheet:
    """Keep a sheet in writing; a sheet that was handed in stays handed in and is changed by ``hand_in`` alone."""
    require(is_the_judge, actor, seat, NOT_MINE)
    checked = check(entry, given, whole=False)
    with transaction.atomic():
        sheet = _open(entry, seat, at or timezone.now())
        if sheet.handed_in_at is None:
            _write(sheet, checked, at=at or timezone.now())
    return sheet


def hand_in(
    entry: Entry,
    *,
    seat: Seat,
    given: Said,
    actor: Actor | None,
    key: UUID | None = None,
    at: datetime | None = None,
) -> ScoreSheet:
    """The judge's sheet of an entry, for the first time or levelled again until it is collected.

    ``key`` is chosen where the sheet was written: delivered twice it is taken once. Raises Refusal for a wrong mark,
    a recused judge, no promise; Conflict after the sheets were collected.
    """
    require(is_the_judge, actor, seat, NOT_MINE)
    return put(entry, seat=seat, given=given, actor=actor, key=key, at=at or timezone.now())


def put(
    entry: Entry,
    *,
    seat: Seat,
    given: Said,
    actor: Actor | None,
    at: datetime,
    key: UUID | None = None,
    source: SheetSource = SheetSource.PHONE,
) -> ScoreSheet:
    """Store a complete sheet, whoever brought it; the door has asked who may."""
    if key is not None:
        before = ScoreSheet.objects.filter(entry=entry, seat=seat, key=key).first()
        if before is not None:
            return before
    checked = check(entry, given)
    with transaction.atomic():
        sheet = _open(entry, seat, at)
        _write(sheet, checked, at=at, handed_in_at=at, key=key, source=source)
        facts = {"number": entry.number, "version": sheet.version}
        tell("score_sheet.hand_in", sheet, session=entry.session, actor=actor, facts=facts, at=at)
        touch(entry.panel)
    return sheet


def _open(entry: Entry, seat: Seat, at: datetime) -> ScoreSheet:
    require_state(entry.session, SessionState.RUNNING)
    require_may_judge(entry, seat)
    hold(entry, EntryState.SCORING)
    sheet, _made = ScoreSheet.objects.get_or_create(
        entry=entry, seat=seat, defaults={"changed_at": at, "rubric": entry.session.rubric, "version": 0}
    )
    return sheet


def _write(sheet: ScoreSheet, checked: Checked, *, at: datetime, **columns: Any) -> None:
    values = {**checked.columns, **columns, "changed_at": at, "version": sheet.version + 1}
    ScoreSheet.objects.filter(pk=sheet.pk).update(**values)
    for name, value in values.items():
        setattr(sheet, name, value)
