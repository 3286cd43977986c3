"""What the district and the street answer to a decision on paper: the filing (备案) and the reply (批复)."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.rounds.models import Decision
from linli.apps.rounds.permissions import keeps_rounds
from linli.apps.rounds.queries.phases import require_door
from linli.apps.rounds.services.keeping import require, said
from linli.kernel.audit import in_chinese
from linli.kernel.documents import record_issue
from linli.kernel.documents.models import IssuedNumber
from linli.kernel.scope import Actor


@dataclass(frozen=True)
class Answer:
    """A paper that answers a decision: the door its phase opens, its name, what recording it is called."""

    door: str
    title: Promise
    verb: Promise


ANSWERS = {
    "filing": Answer("file", _("Filing with the district"), _("Record the filing")),
    "reply": Answer("approve", _("Reply"), _("Record the reply")),
}


def record_answer(
    decision: Decision,
    *,
    what: str,
    unit: str,
    number: str,
    issued_on: date,
    scan: Any,
    actor: Actor,
    at: datetime | None = None,
) -> IssuedNumber:
    """The paper ``what`` of :data:`ANSWERS` came: who issued it, its number and day, the sealed scan.

    Only while its phase runs. Raises DoorClosed, NotAllowed, Refusal, Conflict where it is recorded already.
    """
    require(keeps_rounds, actor, decision)
    require_door(decision.round, ANSWERS[what].door, at=at or timezone.now())
    unit = said(unit, "unit", _("Say who issued it."))[:60]
    scan.name = f"{in_chinese(ANSWERS[what].title)}{PurePath(scan.name).suffix}"
    return record_issue(
        decision, paper=paper_of(what), unit=unit, number=number, issued_on=issued_on, scan=scan, actor=actor, at=at
    )


def paper_of(what: str) -> str:
    """The name under which its number is kept."""
    return f"rounds.{what}"
