"""Verbs of sub-tasks: give one in words written for it, answer it inside or by a link, settle, send back, take back."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from linli.apps.needs.lifecycle.subtask import SUB_TASKS
from linli.apps.needs.models import OPEN, Need
from linli.apps.needs.models.subtask import SubTask, SubTaskState
from linli.apps.needs.permissions import handles
from linli.apps.needs.services.keeping import moment, require, said, who
from linli.apps.needs.services.parts import Unit
from linli.apps.needs.services.telling import owners, tell
from linli.apps.places.models import Place
from linli.kernel.errors import Conflict, Missing, Refusal
from linli.kernel.events import record
from linli.kernel.publication import refuse_findings, scan_texts
from linli.kernel.scope import Actor
from linli.kernel.seals import KeysMissing, Unreadable, open_sealed, seal
from linli.kernel.settings import value_of

CONTEXT = "needs.sub_task"
SHORTEST_NAME = 2


@dataclass(frozen=True)
class Asked:
    """Who is asked, and in which words: ``unit`` inside, or ``outside``, the name of a party without an account.

    ``checked``: whoever gives it read the words and says that they tell nobody who the resident is.
    """

    title: str
    matter: str
    due: datetime
    unit: Unit | None = None
    outside: str = ""
    checked: bool = False
    shares_contact: bool = False


def give_sub_task(need: Need, asked: Asked, *, actor: Actor | None, at: datetime | None = None) -> SubTask:
    """Give a piece of a need to a unit or an outside party.

    Raises NotAllowed, Conflict (finished), Refusal: sensitive or walled, words that tell who the resident is, not
    read once more, nobody or two named, a day gone by, contact without the resident's consent.
    """
    require(handles, actor, need)
    when = moment(at)
    if need.state not in OPEN:
        raise Conflict(_("This need is finished."), code="finished")
    if need.sensitivity or need.about_kind:
        raise Refusal(_("Only those named in this matter work on it: no piece of it is given away."), code="walled")
    row = SubTask(need=need, given_at=when, given_by=who(actor), due=asked.due)
    row.title = said(asked.title, "title", _("Say what is to be done."), most=80)
    row.matter = said(asked.matter, "matter", _("Say what it is about."), most=2000)
    row.outside = asked.outside.strip()[:80]
    _name_unit(row, asked)
    if asked.due <= when:
        raise Refusal(_("This moment has gone by. Choose a later one."), field="due")
    _says_nobody(row, asked)
    with transaction.atomic():
        if row.outside:
            days = int(value_of("needs.link_days", street=need.street_id, at=when))
            row.ends_at = asked.due + timedelta(days=days)
            row.shares_contact = _passed_on(need, row, asked, actor)
        row.save(force_insert=True)
        facts = {"unit": str(row.unit), "title": row.title}
        record("needs.need.give_sub_task", need, actor=actor, facts=facts, at=when)
    return row


def _name_unit(row: SubTask, asked: Asked) -> None:
    if (asked.unit is None) == (not row.outside):
        raise Refusal(_("Name either a unit or an outside party."), field="unit")
    if isinstance(asked.unit, Place):
        row.place = asked.unit
    elif asked.unit is not None:
        row.organization = asked.unit


def _says_nobody(row: SubTask, asked: Asked) -> None:
    """The words pass the scan, hold nothing of the contact, and were read by whoever gives them."""
    texts = {str(_("What is to be done")): row.title, str(_("Matter")): row.matter, str(_("Party")): row.outside}
    refuse_findings(scan_texts(texts, street=row.need.street_id))
    contact = getattr(row.need, "contact", None)
    if contact is not None:
        known = (contact.name, contact.phone, contact.address, contact.teller, contact.teller_phone)
        bare = _bare("".join(texts.values()))
        held = [_bare(one.for_machine(because="comparison")) for one in known if one]
        if any(len(one) >= SHORTEST_NAME and one in bare for one in held):
            raise Refusal(
                _("The resident's name, telephone or address stands in these words. Take it out."), field="matter"
            )
    if not asked.checked:
        raise Refusal(
            _("Read it once more: nobody must learn from it who the resident is. Then tick it."), field="checked"
        )


def _bare(text: str) -> str:
    return re.sub(r"[\s\-－—,，]+", "", text)


def _passed_on(need: Need, row: SubTask, asked: Asked, actor: Actor | None) -> bool:
    """Whether name and telephone go along; opening them for that is kept on record like every opening."""
    if not asked.shares_contact:
        return False
    contact = getattr(need, "contact", None)
    if contact is None or not contact.may_pass_on:
        raise Refusal(
            _("The resident has not agreed to this. Without it the matter goes alone."), field="shares_contact"
        )
    reason = _("Passed on with consent to %(unit)s") % {"unit": row.outside}
    for sealed in (contact.name, contact.phone):
        if sealed:
            sealed.reveal(reason=reason, actor=actor)
    return True


def link_of(task: SubTask) -> str:
    """The sealed word of the address by which the outside party opens the sub-task."""
    return seal(f"{task.pk}|{task.link}", context=CONTEXT)


def by_link(token: str) -> tuple[SubTask, int]:
    """(sub-task, number of the link) of a sealed word, dead or not. Raises Missing for one that is made up."""
    try:
        key, link = open_sealed(token, context=CONTEXT).split("|")
        task = SubTask.objects.select_related("need__street", "need__contact").get(pk=key)
    except (KeysMissing, Unreadable, ValueError, SubTask.DoesNotExist) as error:
        raise Missing(_("This link leads nowhere. Open it from the message again, whole, or ring us.")) from error
    return task, int(link)


def dead_because(task: SubTask, link: int, *, at: datetime) -> str:
    """Why a link opens nothing any more; "" for one that does."""
    if task.state == SubTaskState.DROPPED or task.need.sensitivity or task.need.about_kind:
        return _("This was taken back. You need do nothing more.")
    if task.state != SubTaskState.OPEN:
        return _("This was answered already. Thank you.")
    if link != task.link:
        return _("A newer link was sent to you. Use that one.")
    if task.ends_at is not None and task.ends_at <= at:
        return _("This link has ended. Ring us, and we send a new one.")
    return ""


def answer_by_link(task: SubTask, link: int, *, text: str, at: datetime | None = None) -> None:
    """The outside party answers. Raises Conflict with the sentence of a dead link, Refusal for no words."""
    dead = dead_because(task, link, at=moment(at))
    if dead:
        raise Conflict(dead, code="dead")
    _answer(task, text, None, moment(at), by_link=True)


def answer_sub_task(task: SubTask, *, text: str, actor: Actor | None, at: datetime | None = None) -> None:
    """The unit says what it did; or whoever works on the need enters what came by telephone or paper."""
    _answer(task, text, actor, moment(at), by_link=False)


def _answer(task: SubTask, text: str, actor: Actor | None, when: datetime, *, by_link: bool) -> None:
    words = said(text, "text", _("Say what was done."), most=2000)
    with transaction.atomic():
        SUB_TASKS.apply(
            "answer", task, actor=actor, facts={"answer": words}, at=when, answer=words, answered_at=when,
            by_link=by_link,
        )  # fmt: skip
        facts = {"unit": str(task.unit), "answer": words}
        record("needs.need.answer_sub_task", task.need, actor=actor, facts=facts, at=when)
        tell(
            task.need, owners(task.need), kind="needs.sub_task.answer", actor=actor, at=when,
            text=_("A sub-task of need %(number)s was answered."),
        )  # fmt: skip


def settle_sub_task(task: SubTask, *, actor: Actor | None, at: datetime | None = None) -> None:
    """The answer is enough."""
    SUB_TASKS.apply("settle", task, actor=actor, at=moment(at))


def send_back(task: SubTask, *, reason: str, actor: Actor | None, at: datetime | None = None) -> None:
    """The answer is not enough: it waits again, and an outside party gets a new link."""
    why = reason.strip()[:300]
    SUB_TASKS.apply(
        "send_back", task, actor=actor, facts={"reason": why}, at=moment(at), reason=why, answered_at=None,
        link=task.link + 1,
    )  # fmt: skip


def drop_sub_task(task: SubTask, *, reason: str, actor: Actor | None, at: datetime | None = None) -> None:
    """Nobody need do it any more; its link is dead from now on."""
    why = reason.strip()[:300]
    SUB_TASKS.apply("drop", task, actor=actor, facts={"reason": why}, at=moment(at), reason=why)


def renew_link(task: SubTask, *, ends_at: datetime, actor: Actor | None, at: datetime | None = None) -> None:
    """A new link until ``ends_at``; every earlier one is dead. Raises Refusal, Conflict, NotAllowed."""
    require(handles, actor, task.need)
    when = moment(at)
    if ends_at <= max(when, task.due):
        raise Refusal(_("The link ends after the day it is due, and later than now."), field="ends_at")
    with transaction.atomic():
        rows = SubTask.objects.filter(pk=task.pk, link=task.link, state=SubTaskState.OPEN).exclude(outside="")
        if not rows.update(link=task.link + 1, ends_at=ends_at):
            raise Conflict(_("This sub-task has no link to renew."), code="no-link")
        record("needs.need.renew_link", task.need, actor=actor, facts={"unit": task.outside}, at=when)
    task.refresh_from_db()
