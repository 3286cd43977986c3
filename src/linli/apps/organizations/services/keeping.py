"""What the verbs of organizations share: who may, one writer at a time, rows of one kind that do not overlap."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import F, Model, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.models import Organization
from linli.kernel.audit import Change
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor

Row = TypeVar("Row", bound=Model)
NOT_YOURS = _("Only those who keep the organizations of this place change this.")


def require(predicate: Callable[..., bool], actor: Actor | None, about: object) -> None:
    """Refuse an actor who does not keep ``about``. Raises NotAllowed."""
    if not predicate(actor, about):
        raise NotAllowed(NOT_YOURS)


def one_at_a_time(organization: Organization) -> None:
    """Until this transaction ends nobody else writes about ``organization``: an UPDATE of its row holds it."""
    Organization.objects.filter(pk=organization.pk).update(version=F("version"))


def overlapping(rows: QuerySet[Row], valid_from: date, valid_to: date | None) -> QuerySet[Row]:
    """Those of ``rows`` that hold on some day from ``valid_from`` to before ``valid_to``."""
    found = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=valid_from))
    return found if valid_to is None else found.filter(valid_from__lt=valid_to)


def in_order(valid_from: date, valid_to: date | None) -> None:
    """Refuse a time that ends before it begins."""
    if valid_to is not None and valid_to <= valid_from:
        raise Refusal(_("The last day comes after the first one."), field="valid_to")


def not_ahead(day: date, at: datetime | None, field: str = "on") -> None:
    """Refuse a day to come: facts are entered once they are facts."""
    if day > timezone.localdate(at):
        raise Refusal(_("This day lies ahead. Enter it once it has come."), field=field)


def said(text: str, field: str, sentence: str | Promise) -> str:
    """``text`` without edges; refuses an empty one with ``sentence``."""
    text = " ".join(text.split())
    if not text:
        raise Refusal(sentence, field=field)
    return text


def subject_of(row: Any) -> Any:
    """What the record of a deed points at: the organization a row is about, whose page tells all; else the row."""
    return getattr(row, "organization", None) or row


def add(row: Row, action: str, *, actor: Actor | None, facts: dict[str, Any], at: datetime | None, taken: Any) -> Row:
    """Write a new row and its audit row; refuses with ``taken`` what the database holds already."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            record(action, subject_of(row), actor=actor, facts=facts, at=at)
    except IntegrityError as error:
        raise Refusal(taken) from error
    return row


def close(row: Any, action: str, *, on: date, reason: str, actor: Actor | None, at: datetime | None) -> None:
    """End a row with the day before ``on``, once. Raises Refusal for a wrong day, Conflict when it ended already."""
    reason = said(reason, "reason", _("Say why."))
    if on <= row.valid_from:
        raise Refusal(_("The last day comes after the first one."), field="on")
    with transaction.atomic():
        still = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
        if not type(row).objects.filter(still, pk=row.pk).update(valid_to=on):
            raise Conflict(_("This has ended already."))
        facts = {"day": Change(row.valid_to, on), "reason": reason}
        record(action, subject_of(row), actor=actor, facts=facts, at=at)
    row.valid_to = on
