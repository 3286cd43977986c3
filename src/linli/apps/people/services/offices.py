"""Renaming an office: the old title ends on the day the new one begins, and stays with the papers of its time."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models import Office
from linli.apps.people.permissions import gives_posts
from linli.apps.places.models import Place
from linli.kernel.audit import Change
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor, Role

LONGEST = 40


def rename_office(
    *,
    role: Role,
    place: Place,
    title: str,
    actor: Actor | None,
    valid_from: date | None = None,
    at: datetime | None = None,
) -> Office:
    """From ``valid_from`` on, ``role`` is called ``title`` at ``place`` and below. Refuses days before the last."""
    valid_from = valid_from or timezone.localdate(at)
    title = " ".join(title.split())
    office = Office(role=role, place=place, title=title, valid_from=valid_from)
    if not gives_posts(actor, office):
        raise NotAllowed(_("Only the system administrator says what an office is called."))
    if not title or len(title) > LONGEST:
        raise Refusal(
            _("Write the title of the office, at most %(most)d characters.") % {"most": LONGEST}, field="title"
        )
    try:
        with transaction.atomic():
            last = Office.objects.filter(role=role, place=place).order_by("-valid_from").first()
            if last is not None and last.valid_from >= valid_from:
                raise Refusal(
                    _("The office is called “%(title)s” since %(day)s. A new title begins after that day.")
                    % {"title": last.title, "day": f"{last.valid_from:%Y-%m-%d}"},
                    code="title-before-the-last",
                    field="valid_from",
                )
            before = Office.objects.filter(
                Q(valid_to__isnull=True) | Q(valid_to__gt=valid_from), role=role, place=place
            )
            before.update(valid_to=valid_from)
            office.save(force_insert=True)
            facts = {"role": role.label, "title": Change(last.title if last else "", title), "day": valid_from}
            record("people.office.rename", office, actor=actor, facts=facts, at=at)
    except IntegrityError as error:
        raise Conflict(_("Somebody renamed this office a moment ago. Look at the list again.")) from error
    return office
