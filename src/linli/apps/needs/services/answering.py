"""Answering: a draft from a template, reports in between, and the answer that goes to the resident and all joined."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.lifecycle import NEEDS
from linli.apps.needs.models import (
    Answer,
    AnswerKind,
    AnswerTemplate,
    Contact,
    Need,
    NeedState,
    Outcome,
    SolvedAt,
    Way,
)
from linli.apps.needs.permissions import handles
from linli.apps.needs.services import clocks
from linli.apps.needs.services.keeping import STALE, moment, require, said, who
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.notices import notify
from linli.kernel.scope import Actor

LONGEST = 4000


def filled(template: AnswerTemplate, need: Need) -> tuple[str, str]:
    """Text and fixed wording with what is known of the need in the {braces}; unknown words stay as they are."""
    handler = (
        need.assignments.filter(duty="handler", until__isnull=True).select_related("place", "organization").first()
    )
    reached = need.attempts.filter(reached=True).order_by("at").first()
    known = {
        "编号": need.number,
        "时间": _day(need.received_at),
        "地点": need.spot or str(need.place),
        "事项": need.title,
        "类别": str(need.category or ""),
        "承办单位": str(handler.unit) if handler else str(need.place),
        "联系时间": _day(reached.at) if reached else "",
        "承诺时间": _day(need.promised) if need.promised else "",
    }
    return _with(template.text, known), _with(template.official, known)


def _day(when: datetime) -> str:
    local = timezone.localtime(when)
    return f"{local.year}年{local.month}月{local.day}日"


def _with(text: str, known: dict[str, str]) -> str:
    for word, value in known.items():
        text = text.replace("{" + word + "}", value)
    return text


def draft_answer(
    need: Need,
    *,
    text: str,
    actor: Actor | None,
    outcome: str = "",
    official: str = "",
    ways: Sequence[str] = (),
    at: datetime | None = None,
) -> Answer:
    """Keep a draft; there is one at a time, written over until it is given."""
    require(handles, actor, need)
    require_handling(need)
    when = moment(at)
    row = need.answers.filter(given_at__isnull=True).first() or Answer(need=need, number=_next(need))
    row.kind, row.text, row.official = AnswerKind.FINAL, text.strip()[:LONGEST], official.strip()[:6000]
    row.outcome = Outcome(outcome) if outcome else ""
    row.ways, row.written_at, row.written_by = " ".join(Way(one) for one in ways), when, who(actor)
    _save(row)
    return row


def _save(row: Answer) -> None:
    """Write the row; of two at once the second is told so. Raises Conflict."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Conflict(STALE, code="stale") from None


def _next(need: Need) -> int:
    return (need.answers.order_by("-number").values_list("number", flat=True).first() or 0) + 1


def require_handling(need: Need) -> None:
    """Raises Conflict for a need that is not being handled: it cannot be answered now."""
    if need.state != NeedState.HANDLING:
        sentence = _("This need is “%(state)s”. It is answered while it is being handled.")
        raise Conflict(sentence % {"state": need.get_state_display()}, code="state")


def give_first_result(need: Need, *, text: str, actor: Actor | None, at: datetime | None = None) -> Answer:
    """What was done first: stops the street's own clock. The resident sees it when he follows the need."""
    return _report(need, AnswerKind.FIRST_RESULT, text, actor, at)


def report_between(need: Need, *, text: str, actor: Actor | None, at: datetime | None = None) -> Answer:
    """How far it is when it takes long (partial report, rules §4 Art. 14)."""
    return _report(need, AnswerKind.PARTIAL, text, actor, at)


def _report(need: Need, kind: str, text: str, actor: Actor | None, at: datetime | None) -> Answer:
    require(handles, actor, need)
    require_handling(need)
    words, when = said(text, "text", _("Write the answer to the resident."), most=LONGEST), moment(at)
    with transaction.atomic():
        row = Answer(need=need, number=_next(need), kind=kind, text=words, written_at=when, given_at=when)
        row.written_by = who(actor)
        _save(row)
        clocks.stop(need, clocks.FIRST_RESULT, at=when)
        record(f"needs.need.{kind}", need, actor=actor, facts={"answer": words}, at=when)
        _tell_residents(need, _("There is news of your need %(number)s."), actor, when)
    return row


def answer(
    need: Need,
    *,
    text: str,
    outcome: str,
    ways: Sequence[str],
    actor: Actor | None,
    official: str = "",
    solved_at: str = "",
    at: datetime | None = None,
) -> Answer:
    """The answer, in the resident's words, by one or more of the five ways. Everybody whose need was joined to this
    one is told, too. Refuses where there is a telephone and nobody tried to ring.
    """
    when, words = moment(at), text.strip()[:LONGEST]
    if words and not ways:
        raise Refusal(_("Choose how the resident is told."), field="ways")
    with transaction.atomic():
        facts = {
            "answer": words, "outcome": Outcome(outcome).label if outcome else "", "tried": _tried(need),
            "ways": [Way(one).label for one in ways],
        }  # fmt: skip
        level = SolvedAt(solved_at) if solved_at else _level_of(need)
        NEEDS.apply(
            "answer", need, actor=actor, facts=facts, at=when, answered_at=when, solved_at_level=level,
        )  # fmt: skip
        row = need.answers.filter(given_at__isnull=True).first() or Answer(need=need, number=_next(need))
        row.kind, row.text, row.official, row.outcome = AnswerKind.FINAL, words, official.strip()[:6000], outcome
        row.ways, row.written_at, row.given_at = " ".join(Way(one) for one in ways), when, when
        row.written_by = who(actor)
        _save(row)
        clocks.stop(need, *clocks.CLOCKS, at=when)
        _tell_residents(need, _("Your need %(number)s was answered. Please tell us whether it helped."), actor, when)
    return row


def _tried(need: Need) -> bool:
    """Whether somebody tried to reach the resident since it was opened, where he left a telephone."""
    contact = Contact.objects.filter(need=need).first()
    if contact is None or not contact.phone:
        return True
    return need.attempts.exists()


def _level_of(need: Need) -> str:
    """Where it was solved, by who handled it (E71): the highest level that had the work."""
    levels = set(need.assignments.filter(duty="handler").values_list("place__level", flat=True))
    if None in levels or "district" in levels:
        return SolvedAt.DISTRICT if "district" in levels else SolvedAt.STREET
    if "street" in levels:
        return SolvedAt.STREET
    return SolvedAt.GRID if levels == {"grid"} else SolvedAt.COMMUNITY


def _tell_residents(need: Need, text: str | Promise, actor: Actor | None, at: datetime) -> None:
    """Whoever has an account is told in the house; of joined needs each by his own number."""
    joined = Need.objects.filter(joined_to=need).values("pk")
    rows = Contact.objects.filter(need__in=joined, user__isnull=False).select_related("need")
    own = Contact.objects.filter(need=need, user__isnull=False).select_related("need")
    for row in (*own, *rows):
        if row.user_id is not None:
            sentence = str(text) % {"number": row.need.number}
            notify([row.user_id], kind="needs.need.answer", text=sentence, actor=actor, at=at)
