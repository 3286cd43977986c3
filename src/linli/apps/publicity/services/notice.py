"""Drawing a notice up, handing it to check and sign-off, its period, its conclusion."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models import Place
from linli.apps.places.queries import office_name
from linli.apps.publicity.kinds import notice_kinds
from linli.apps.publicity.models import Consequence, NoticeLine, NoticeStage, ObjectionState, PublicNotice
from linli.apps.publicity.permissions import concludes, draws_up
from linli.apps.publicity.queries.notices import OFFICE, settings_of
from linli.kernel import audit, deadlines, publication
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.money import InexactAmount, yuan
from linli.kernel.refs import Ref, ref_of, resolve
from linli.kernel.scope import Actor
from linli.kernel.search import index
from linli.kernel.settings import value_of

CLOCK = "notice"
MISSING = {
    "title": _("Give the notice a title."),
    "unit": _("Say which unit gives the notice."),
    "office": _("Say which office takes objections."),
    "phones": _("Give a telephone of the office that takes objections."),
}
LONGEST = {"title": 120, "unit": 80, "office": 80, "phones": 120, "address": 160, "email": 120, "body": 4000}
TEXT = tuple(LONGEST)


@dataclass(frozen=True)
class Line:
    """One line of the list. ``amount`` in yuan, or None."""

    project: str
    unit: str = ""
    bearer: str = ""
    amount: Decimal | None = None
    remark: str = ""


@dataclass(frozen=True)
class NoticeText:
    """What a notice says beside its list; empty parts come from the kind, or from the street's settings."""

    title: str
    body: str = ""
    unit: str = ""
    office: str = ""
    phones: str = ""
    address: str = ""
    email: str = ""


def draw_up(
    *,
    subject: Ref,
    grounds: Ref,
    kind: str,
    text: NoticeText,
    place: Place,
    actor: Actor | None,
    lines: Sequence[Line] = (),
    days: int | None = None,
    at: datetime | None = None,
) -> PublicNotice:
    """A draft of a notice; ``days`` (working days) as the setting says unless given. Nobody outside sees it."""
    when = at or timezone.now()
    if kind not in notice_kinds():
        raise Refusal(_("There is no such kind of notice."), field="kind")
    notice = PublicNotice(
        place=place,
        kind=kind,
        subject_kind=subject.kind,
        subject_id=subject.id,
        grounds_kind=grounds.kind,
        grounds_id=grounds.id,
        days=days or value_of("publicity.notice_days", street=place.street_id),
        drawn_up_at=when,
        **_checked(text, kind, place),
    )
    if not draws_up(actor, notice):
        raise NotAllowed(_("Only those who write notices for this place do this."))
    with transaction.atomic():
        notice.save(force_insert=True)
        _write_lines(notice, lines)
        publication.begin(notice, actor=actor, at=when)
        index(notice)
        facts = {"title": notice.title, "kind": notice.kind_title, "grounds": label_of(grounds)}
        record("publicity.notice.draw_up", notice, actor=actor, facts=facts, at=when)
    return notice


def publish(
    *,
    subject: Ref,
    grounds: Ref,
    kind: str,
    text: NoticeText,
    place: Place,
    actor: Actor,
    lines: Sequence[Line] = (),
    days: int | None = None,
    at: datetime | None = None,
) -> PublicNotice:
    """Draw a notice up and hand it to the check; its period begins when a third person signs it off.

    Refused while the scan finds something that may not be public; then nothing is written.
    """
    with transaction.atomic():
        notice = draw_up(
            subject=subject, grounds=grounds, kind=kind, text=text, place=place, lines=lines, days=days,
            actor=actor, at=at,
        )  # fmt: skip
        publication.submit(notice, actor=actor, at=at)
    return notice


def label_of(ref: Ref) -> str:
    """How the record names what the notice rests on; "" for what is gone. One query."""
    found = resolve([ref], actor=None, everything=True).get(ref)
    return found.label if found else ""


def _checked(text: NoticeText, kind: str, place: Place) -> dict[str, str]:
    """The parts of the text, filled from the kind and the settings of the street. Raises Refusal."""
    given = {name: " ".join(value.split()) for name, value in vars(text).items() if name != "body"}
    given["body"] = text.body.strip() or notice_kinds()[kind].body
    settled = settings_of(place.street_id)
    for name in OFFICE:
        given[name] = given[name] or settled[name]
    given["unit"] = given["unit"] or office_name(place)
    for name, sentence in MISSING.items():
        if not given[name]:
            raise Refusal(sentence, field=name)
    for name, most in LONGEST.items():
        if len(given[name]) > most:
            sentence = _("This is %(length)s characters long; there is room for %(most)s. Shorten it.")
            raise Refusal(sentence % {"length": len(given[name]), "most": most}, field=name)
    return given


def _write_lines(notice: PublicNotice, lines: Sequence[Line]) -> None:
    notice.lines.all().delete()
    rows = []
    for number, line in enumerate(lines, start=1):
        try:
            amount = None if line.amount is None else yuan(line.amount)
        except InexactAmount:
            raise Refusal(
                _("Enter an amount in yuan with at most two decimals."), field="lines", code="inexact"
            ) from None
        rows.append(NoticeLine(notice=notice, number=number, **{**vars(line), "amount": amount}))
    NoticeLine.objects.bulk_create(rows)


def _listed(notice: PublicNotice) -> list[str]:
    """The lines of a notice, each in one text."""
    rows = notice.lines.values_list("unit", "project", "bearer", "amount", "remark")
    return [" ".join(str(cell) for cell in row if cell not in (None, "")) for row in rows]


def _relisted(before: list[str], after: list[str]) -> dict[str, audit.Change]:
    """The lines that went and those that came, where the list changed."""
    gone, new = ([one for one in here if one not in there] for here, there in ((before, after), (after, before)))
    return {"lines": audit.Change("；".join(gone), "；".join(new))} if gone or new else {}


def amend(
    notice: PublicNotice,
    *,
    text: NoticeText,
    lines: Sequence[Line],
    version: int,
    actor: Actor,
    at: datetime | None = None,
) -> None:
    """Put the notice right. Was it under way or on display, check and sign-off begin anew, and so does its period."""
    if not draws_up(actor, notice):
        raise NotAllowed(_("Only those who write notices for this place do this."))
    columns = _checked(text, notice.kind, notice.place)
    with transaction.atomic():
        notice.refresh_from_db()
        before, listed = audit.seen(notice, TEXT), _listed(notice)
        unchanged = PublicNotice.objects.filter(pk=notice.pk, version=version).exclude(stage=NoticeStage.CLOSED)
        if not unchanged.update(**columns, version=version + 1):
            raise Conflict(_("Somebody changed this notice, or concluded it, while you were writing. Load it again."))
        notice.refresh_from_db()
        _write_lines(notice, lines)
        publication.changed(notice, actor=actor, at=at)
        index(notice)
        facts = audit.changes(before, audit.seen(notice, TEXT)) | _relisted(listed, _listed(notice))
        record("publicity.notice.amend", notice, actor=actor, facts=facts, at=at)
    notice.refresh_from_db()


def kept_beside(notice: PublicNotice, verb: str, actor: Actor | None, at: datetime) -> None:
    """What publication's verbs do to the period, in their transaction: it begins, or it is broken off."""
    if verb == "sign_off":
        clock = deadlines.start(
            ref_of(notice), CLOCK, due=deadlines.working_days(notice.days), at=at, street=notice.place.street_id
        )
        _set(notice, stage=NoticeStage.RUNNING, opens=at, closes=clock.due)
    elif verb in ("withdraw", "change") and notice.stage == NoticeStage.RUNNING:
        deadlines.meet(ref_of(notice), CLOCK, at=at)
        _set(notice, stage=NoticeStage.PREPARED, opens=None, closes=None)


def _set(notice: PublicNotice, **columns: Any) -> None:
    PublicNotice.objects.filter(pk=notice.pk).update(**columns)
    for name, value in columns.items():
        setattr(notice, name, value)


def close(notice: PublicNotice, *, actor: Actor | None, at: datetime | None = None) -> None:
    """Conclude the notice. Refused before its period has ended, and while an objection waits for its answer."""
    when = at or timezone.now()
    if not concludes(actor, notice):
        raise NotAllowed(_("Only those who write notices for this place do this."))
    with transaction.atomic():
        running = PublicNotice.objects.filter(pk=notice.pk, stage=NoticeStage.RUNNING, closes__lt=when)
        if not running.update(stage=NoticeStage.CLOSED, concluded_at=when):
            raise _not_to_be_concluded(notice)
        waiting = notice.objections.filter(state=ObjectionState.OPEN).count()
        if waiting:
            sentence = _("%(count)s objections wait for their answer. Answer them, then conclude the notice.")
            raise Refusal(sentence % {"count": waiting}, code="objections-open")
        deadlines.meet(ref_of(notice), CLOCK, at=when)
        notice.refresh_from_db()
        upheld = notice.objections.filter(consequence=Consequence.UPHELD).count()
        facts = {"objections": notice.objections.count(), "upheld": upheld}
        record("publicity.notice.close", notice, actor=actor, facts=facts, at=when)


def _not_to_be_concluded(notice: PublicNotice) -> Refusal:
    notice.refresh_from_db()
    if notice.stage == NoticeStage.CLOSED:
        return Conflict(_("This notice is concluded already."))
    if notice.closes is None:
        return Refusal(_("This notice is not on display yet."), code="not-shown")
    until = timezone.localtime(notice.closes)
    sentence = _("The notice is on display until %(day)s. It is concluded after that.")
    return Refusal(sentence % {"day": f"{until:%Y-%m-%d %H:%M}"}, code="period-runs")
