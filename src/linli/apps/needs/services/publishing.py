"""Showing the words of a need to everybody: proposed redacted, read by a person, gone again in one action."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models import Need, PublicText
from linli.apps.needs.models.public_text import LONGEST_PUBLIC
from linli.apps.needs.permissions import publishes
from linli.apps.needs.queries.open311 import requests_shown
from linli.apps.needs.queries.wall import account_of
from linli.apps.needs.services.keeping import moment, require, said
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.publication import redacted, refuse_findings, scan_text
from linli.kernel.scope import Actor


def proposed_text(need: Need) -> str:
    """What the resident said without names, telephones, plates and doors: for staff, who read it before it is shown."""
    return redacted(need.matter, street=need.street_id, names=_names(need))[:LONGEST_PUBLIC]


def _names(need: Need) -> list[str]:
    contact = getattr(need, "contact", None)
    sealed = (contact.name, contact.teller) if contact is not None else ()
    return [one.for_machine(because="redacting what is published") for one in sealed if one]


def show_text(need: Need, *, text: str, actor: Actor, at: datetime | None = None) -> PublicText:
    """Show these words on the portal and in Open311; whoever does it has read them.

    Raises NotAllowed, Refusal for what is still in them, and for a need that everybody may not know of.
    """
    require(publishes, actor, need)
    words, when = said(text, "text", _("Write what everybody may read."), most=LONGEST_PUBLIC), moment(at)
    if not requests_shown().filter(pk=need.pk).exists():
        raise Refusal(_("Only ordinary needs with a category are shown in public."), code="not-shown")
    refuse_findings(scan_text(words, street=need.street_id))
    if redacted(words, street=need.street_id, names=_names(need)) != words:
        raise Refusal(
            _("A name, a plate or a door still stands in it. Take it out."), field="text", code="not-redacted"
        )
    shown = {"text": words, "checked_by": account_of(actor).actor_id, "shown_at": when, "withdrawn_at": None}
    with transaction.atomic():
        row, _new = PublicText.objects.update_or_create(need=need, defaults=shown)
        record("needs.need.show", need, actor=actor, facts={"text": words}, at=when)
    return row


def hide_text(need: Need, *, reason: str, actor: Actor, at: datetime | None = None) -> None:
    """Take the words back at once. Raises NotAllowed, Refusal without a reason, Conflict where nothing is shown."""
    require(publishes, actor, need)
    why, when = said(reason, "reason", _("Say why.")), moment(at)
    with transaction.atomic():
        if not PublicText.objects.filter(need=need, withdrawn_at__isnull=True).update(withdrawn_at=when):
            raise Conflict(_("Nothing of it is shown in public."), code="not-shown")
        record("needs.need.hide", need, actor=actor, facts={"reason": why}, at=when)
