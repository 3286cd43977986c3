"""Entering honours, facilities and partners, and ending them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.kinds import words
from linli.apps.organizations.models import Facility, Honour, HonourLevel, Organization, Partnership
from linli.apps.organizations.permissions import keeps_registers
from linli.apps.organizations.services.keeping import add, close, in_order, require, said, subject_of
from linli.apps.organizations.services.organization import TELEPHONE
from linli.apps.places.models import Place
from linli.kernel import audit, files
from linli.kernel.errors import Refusal
from linli.kernel.events import record
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor

CORRECTED = ("place", "kind", "name", "address", "hours", "phone", "operator", "valid_from", "valid_to")
"""What a correction of a facility may change."""


def add_honour(
    *,
    title: str,
    level: HonourLevel,
    year: int,
    given_by: str,
    actor: Actor | None,
    organization: Organization | None = None,
    place: Place | None = None,
    valid_to: date | None = None,
    evidence: Any = None,
    at: datetime | None = None,
) -> Honour:
    """An honour of exactly one organization or one place, with the paper that proves it where there is one."""
    if (organization is None) == (place is None):
        raise Refusal(_("An honour belongs to one organization or to one place: name exactly one."), field="place")
    require(keeps_registers, actor, organization or place)
    if year > timezone.localdate(at).year:
        raise Refusal(_("This year lies ahead."), field="year")
    if year < 1949:
        raise Refusal(_("Give the year with four digits."), field="year")
    if valid_to is not None and valid_to.year < year:
        raise Refusal(_("It would end before it was given."), field="valid_to")
    honour = Honour(
        organization=organization,
        place=place,
        title=said(title, "title", _("Write the title of the honour.")),
        level=level,
        year=year,
        given_by=said(given_by, "given_by", _("Say who gave it.")),
        valid_to=valid_to,
    )
    facts = {"title": honour.title, "level": HonourLevel(level).label, "year": year}
    twice = _("This honour stands here already.")
    with transaction.atomic():
        add(honour, "organizations.honour.add", actor=actor, facts=facts, at=at, taken=twice)
        if evidence:
            files.keep(evidence, accept=files.PAPERS, owner=ref_of(honour), actor=actor, at=at)
    return honour


def end_honour(honour: Honour, *, on: date, reason: str, actor: Actor | None, at: datetime | None = None) -> None:
    """It counts no longer from ``on``."""
    require(keeps_registers, actor, honour)
    reason = said(reason, "reason", _("Say why."))
    if on.year < honour.year:
        raise Refusal(_("It would end before it was given."), field="on")
    with transaction.atomic():
        Honour.objects.filter(pk=honour.pk).update(valid_to=on)
        facts = {"day": audit.Change(honour.valid_to, on), "reason": reason}
        record("organizations.honour.end", subject_of(honour), actor=actor, facts=facts, at=at)
    honour.valid_to = on


def open_facility(*, place: Place, actor: Actor | None, at: datetime | None = None, **columns: Any) -> Facility:
    """A new facility at ``place`` with kind, name, address, hours, phone, operator and the days it stands open."""
    require(keeps_registers, actor, place)
    facility = Facility(place=place, **_facility(columns))
    facts = {"name": facility.name, "kind": facility.kind_title}
    twice = _("There is a facility of this kind and name at this place already.")
    return add(facility, "organizations.facility.open", actor=actor, facts=facts, at=at, taken=twice)


def correct_facility(
    facility: Facility, *, place: Place, actor: Actor | None, at: datetime | None = None, **columns: Any
) -> Facility:
    """Put right what stands about a facility."""
    require(keeps_registers, actor, facility)
    require(keeps_registers, actor, place)
    facts = _facility(columns)
    try:
        with transaction.atomic():
            facility.refresh_from_db()
            before, kind = audit.seen(facility, CORRECTED), facility.kind_title
            Facility.objects.filter(pk=facility.pk).update(place=place, **facts)
            facility.refresh_from_db()
            told = {"name": facility.name, **audit.changes(before, audit.seen(facility, CORRECTED))}
            if "kind" in told:
                told["kind"] = audit.Change(kind, facility.kind_title)
            record("organizations.facility.correct", facility, actor=actor, facts=told, at=at)
    except IntegrityError as error:
        raise Refusal(_("There is a facility of this kind and name at this place already."), field="name") from error
    return facility


def _facility(columns: Mapping[str, Any]) -> dict[str, Any]:
    facts = dict(columns)
    if facts["kind"] not in words("facility"):
        raise Refusal(_("There is no such kind of facility."), field="kind")
    for name, sentence in (
        ("name", _("Give the facility a name.")),
        ("address", _("Say where it is.")),
        ("hours", _("Say when it is open.")),
    ):
        facts[name] = said(facts.get(name) or "", name, sentence)
    if facts.get("phone") and not TELEPHONE.fullmatch(facts["phone"]):
        raise Refusal(
            _("Write a landline such as 010-62880011. Mobile numbers belong to persons and stay off."), field="phone"
        )
    in_order(facts["valid_from"], facts.get("valid_to"))
    return facts


def close_facility(
    facility: Facility, *, on: date, reason: str, actor: Actor | None, at: datetime | None = None
) -> None:
    """It is closed from ``on``; its row stays."""
    require(keeps_registers, actor, facility)
    close(facility, "organizations.facility.close", on=on, reason=reason, actor=actor, at=at)


def sign_partnership(
    *,
    place: Place,
    kind: str,
    subject: str,
    valid_from: date,
    actor: Actor | None,
    partner: str = "",
    organization: Organization | None = None,
    valid_to: date | None = None,
    agreement: Any = None,
    at: datetime | None = None,
) -> Partnership:
    """A partner of ``place``: an organization of the register, or the name of one outside it."""
    require(keeps_registers, actor, place)
    if kind not in words("partner"):
        raise Refusal(_("There is no such kind of partner."), field="kind")
    in_order(valid_from, valid_to)
    name = organization.name if organization else said(partner, "partner", _("Name the partner."))
    row = Partnership(
        place=place,
        organization=organization,
        partner=name,
        kind=kind,
        subject=said(subject, "subject", _("Say what it is about.")),
        valid_from=valid_from,
        valid_to=valid_to,
    )
    facts = {"partner": name, "subject": row.subject}
    twice = _("This agreement stands here already.")
    with transaction.atomic():
        add(row, "organizations.partnership.sign", actor=actor, facts=facts, at=at, taken=twice)
        if agreement:
            files.keep(agreement, accept=files.PAPERS, owner=ref_of(row), actor=actor, at=at)
    return row


def end_partnership(
    partnership: Partnership, *, on: date, reason: str, actor: Actor | None, at: datetime | None = None
) -> None:
    """The agreement runs no longer from ``on``."""
    require(keeps_registers, actor, partnership)
    close(partnership, "organizations.partnership.end", on=on, reason=reason, actor=actor, at=at)
