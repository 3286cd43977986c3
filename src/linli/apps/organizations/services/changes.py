"""What happens to an organization: a new name, another legal person, a pause, its end."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.models import FormerName, LegalPerson, Organization, OrganizationStatus, Suspension
from linli.apps.organizations.permissions import keeps_organizations
from linli.apps.organizations.services.keeping import not_ahead, one_at_a_time, require, said
from linli.kernel import search
from linli.kernel.audit import Change, changes, seen
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor


def rename(
    organization: Organization, *, name: str, on: date, actor: Actor | None, at: datetime | None = None
) -> Organization:
    """From ``on`` it bears another name; the one until then stays among its former names."""
    require(keeps_organizations, actor, organization)
    name = said(name, "name", _("Give the organization a name."))
    not_ahead(on, at)
    try:
        with transaction.atomic():
            _rename(organization, name, on, actor, at)
    except IntegrityError as error:
        raise Refusal(_("Another organization at this place bears this name."), field="name") from error
    return organization


def _rename(organization: Organization, name: str, on: date, actor: Actor | None, at: datetime | None) -> None:
    one_at_a_time(organization)
    organization.refresh_from_db()
    last = organization.former_names.order_by("-valid_to").first()
    since = last.valid_to if last else organization.valid_from
    if name == organization.name:
        raise Refusal(_("This is its name already."), field="name")
    if on <= since:
        raise Refusal(_("It took its present name on %(day)s: choose a later day.") % {"day": since}, field="on")
    before = organization.name
    FormerName.objects.create(organization=organization, name=before, valid_from=since, valid_to=on)
    Organization.objects.filter(pk=organization.pk).update(name=name, version=F("version") + 1)
    organization.refresh_from_db()
    facts = {"name": Change(before, name), "day": on}
    record("organizations.organization.rename", organization, actor=actor, facts=facts, at=at)
    search.index(organization)


def set_legal_person(
    organization: Organization, *, name: str, on: date, source: str, actor: Actor | None, at: datetime | None = None
) -> LegalPerson:
    """From ``on`` this name stands for the organization in law. The record says that it changed, never to whom."""
    require(keeps_organizations, actor, organization)
    if organization.is_team:
        raise Refusal(_("A team has no legal person."), field="name")
    not_ahead(on, at)
    name = said(name, "name", _("Write the name as it stands in the certificate."))
    source = said(source, "source", _("Say where this stands written."))
    with transaction.atomic():
        one_at_a_time(organization)
        last = organization.legal_persons.order_by("-valid_from").first()
        if last is not None and on <= last.valid_from:
            raise Refusal(
                _("The last change was on %(day)s: choose a later day.") % {"day": last.valid_from}, field="on"
            )
        organization.legal_persons.filter(valid_to__isnull=True).update(valid_to=on)
        made = LegalPerson.objects.create(organization=organization, name=name, valid_from=on, source=source)
        facts = {"day": on, "source": source}
        record("organizations.organization.legal_person", organization, actor=actor, facts=facts, at=at)
    return made


def suspend(
    organization: Organization, *, on: date, reason: str, actor: Actor | None, at: datetime | None = None
) -> Organization:
    """From ``on`` it does not work, until it is taken up again."""
    require(keeps_organizations, actor, organization)
    reason = said(reason, "reason", _("Say why."))
    not_ahead(on, at)
    with transaction.atomic():
        moved = _move(organization, (OrganizationStatus.ACTIVE,), OrganizationStatus.SUSPENDED)
        last = organization.suspensions.order_by("-valid_from").first()
        if on < organization.valid_from or (last is not None and last.valid_to is not None and on < last.valid_to):
            raise Refusal(_("On this day it did not exist yet, or was suspended."), field="on")
        Suspension.objects.create(organization=organization, valid_from=on, reason=reason)
        facts = {"day": on, "reason": reason, **moved}
        record("organizations.organization.suspend", organization, actor=actor, facts=facts, at=at)
    return organization


def resume(
    organization: Organization, *, on: date, reason: str, actor: Actor | None, at: datetime | None = None
) -> Organization:
    """From ``on`` it works again."""
    require(keeps_organizations, actor, organization)
    reason = said(reason, "reason", _("Say why."))
    not_ahead(on, at)
    with transaction.atomic():
        moved = _move(organization, (OrganizationStatus.SUSPENDED,), OrganizationStatus.ACTIVE)
        _close_suspension(organization, on)
        facts = {"day": on, "reason": reason, **moved}
        record("organizations.organization.resume", organization, actor=actor, facts=facts, at=at)
    return organization


def end(
    organization: Organization, *, on: date, reason: str, actor: Actor | None, at: datetime | None = None
) -> Organization:
    """It exists no more from ``on``; its row and its history stay. This cannot be undone."""
    require(keeps_organizations, actor, organization)
    reason = said(reason, "reason", _("Say why."))
    not_ahead(on, at)
    if on <= organization.valid_from:
        raise Refusal(_("The last day comes after the first one."), field="on")
    with transaction.atomic():
        here = (OrganizationStatus.ACTIVE, OrganizationStatus.SUSPENDED)
        moved = _move(organization, here, OrganizationStatus.ENDED, valid_to=on, is_public=False)
        _close_suspension(organization, on)
        organization.legal_persons.filter(valid_to__isnull=True, valid_from__lt=on).update(valid_to=on)
        facts = {"day": on, "reason": reason, **moved}
        record("organizations.organization.end", organization, actor=actor, facts=facts, at=at)
    return organization


def _move(organization: Organization, sources: tuple[str, ...], target: str, **columns: object) -> dict[str, Any]:
    """The new status, by compare-and-set; what it changed. Raises Conflict when it is not in one of ``sources``."""
    names = ("status", *columns)
    before = seen(organization, names)
    rows = Organization.objects.filter(pk=organization.pk, status__in=sources)
    if not rows.update(status=target, version=F("version") + 1, **columns):
        organization.refresh_from_db()
        raise Conflict(
            _("This cannot be done: the organization is “%(status)s”.") % {"status": organization.get_status_display()}
        )
    organization.refresh_from_db()
    return changes(before, seen(organization, names))


def _close_suspension(organization: Organization, on: date) -> None:
    suspended = organization.suspensions.filter(valid_to__isnull=True).first()
    if suspended is None:
        return
    if on <= suspended.valid_from:
        raise Refusal(_("It was suspended on %(day)s: choose a later day.") % {"day": suspended.valid_from}, field="on")
    suspended.valid_to = on
    suspended.save(update_fields=["valid_to"])
