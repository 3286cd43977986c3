"""Naming and ending guardians of children under fourteen."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models import Guardianship, Person
from linli.apps.people.permissions import keeps_roster
from linli.apps.people.queries.ages import is_under_fourteen, needs_guardian
from linli.apps.people.services.persons import tidy_name
from linli.kernel.audit import Change, Personal
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor


def name_guardian(
    *,
    ward: Person,
    relation: str,
    consent_on: date,
    actor: Actor | None,
    guardian: Person | None = None,
    name: str = "",
    phone: str = "",
    at: datetime | None = None,
) -> Guardianship:
    """A guardian who agreed on ``consent_on``: a person of the roster, or somebody else by name and telephone.

    Refuses a ward who is fourteen, a guardian who is a child himself, a consent ahead of time.
    """
    today = timezone.localdate(at)
    if not keeps_roster(actor, ward):
        raise NotAllowed(_("Only people who work in this community keep its roster."))
    if not is_under_fourteen(ward, today):
        raise Refusal(_("%(name)s is not under fourteen: no guardian is needed.") % {"name": ward.name})
    if consent_on > today:
        raise Refusal(_("Write the day the guardian agreed, not a day to come."), field="consent_on")
    if (guardian is None) == (not name.strip()):
        raise Refusal(_("Choose a person of the roster, or write name and telephone of somebody else."), field="name")
    if guardian is None and not phone.strip():
        raise Refusal(_("Write the guardian's telephone: he is asked before anything is asked of the child."),
                      field="phone")  # fmt: skip
    if guardian is not None and (guardian.pk == ward.pk or is_under_fourteen(guardian, today)):
        raise Refusal(_("A guardian is a grown-up, and another person."), field="guardian")
    row = Guardianship(
        ward=ward, guardian=guardian, name="" if guardian else tidy_name(name), phone="" if guardian else phone,
        relation=relation, consent_on=consent_on,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            facts = {"name": Personal(ward.pk, ward.name), "day": consent_on}
            record("people.guardian.name", ward, actor=actor, facts=facts, at=at)
    except IntegrityError as error:
        raise Conflict(_("This guardian is named already.")) from error
    return row


def end_guardianship(
    row: Guardianship, *, actor: Actor | None, ended_on: date | None = None, at: datetime | None = None
) -> Guardianship:
    """The guardianship ends with the day before ``ended_on`` (today)."""
    if not keeps_roster(actor, row.ward):
        raise NotAllowed(_("Only people who work in this community keep its roster."))
    ended_on = ended_on or timezone.localdate(at)
    with transaction.atomic():
        if not Guardianship.objects.filter(pk=row.pk, ended_on__isnull=True).update(ended_on=ended_on):
            raise Conflict(_("This guardianship has ended already."))
        record("people.guardian.end", row.ward, actor=actor, facts={"day": Change(None, ended_on)}, at=at)
    row.ended_on = ended_on
    return row


def require_guardian(person: Person, *, at: datetime | None = None) -> None:
    """Refuse to ask anything of a child whose guardian has not agreed. Services of all apps call it."""
    if needs_guardian(person, timezone.localdate(at)):
        raise Refusal(
            _("%(name)s is under fourteen and no guardian has agreed. Name the guardian first.")
            % {"name": person.name},
            code="guardian-missing",
        )
