"""Entering an organization, and putting right what stands about it."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.models import TEAMS, LegalForm, Organization, OrganizationKind
from linli.apps.organizations.permissions import corrects_contact, keeps_organizations
from linli.apps.organizations.services.credit_code import credit_code_problem, tidy_credit_code
from linli.apps.organizations.services.keeping import require
from linli.apps.places.models import Place
from linli.kernel import audit, search
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor

DETAILS = (
    "short_name", "legal_form", "registered_with", "registered_on", "founded_on", "business", "about", "address",
    "office_phone", "office_hours", "member_count", "member_count_on", "is_public",
)  # fmt: skip
"""What may be known of an organization beside name, kind, seat and code."""
CORRECTED = ("kind", "place", "credit_code", *DETAILS)
"""What a correction may change; the record tells each as it was and as it is."""
CONTACT = ("address", "office_phone", "office_hours", "about")
TELEPHONE = re.compile(r"(0\d{2,3}-?)?[2-8]\d{6,7}(-\d{1,6})?|400-?\d{3}-?\d{4}|1\d{4}|9\d{4}")
"""Office telephones: a landline with or without area code and extension, a 400 number, a five-digit short one."""
TAKEN = _("There is an organization with this name at this place, or with this code, already.")


class Overtaken(Conflict):
    """Somebody saved first; nothing was changed."""


def enter(
    *,
    name: str,
    kind: OrganizationKind,
    place: Place,
    valid_from: date,
    actor: Actor | None,
    credit_code: str = "",
    details: Mapping[str, Any] | None = None,
    is_demo: bool = False,
    at: datetime | None = None,
) -> Organization:
    """A new organization with its seat at ``place``. Refuses a wrong credit code and a name or code that is taken.

    ``details`` hold columns of :data:`DETAILS`.
    """
    facts = checked({"name": name, "kind": kind, "credit_code": credit_code, **(details or {})})
    organization = Organization(place=place, valid_from=valid_from, is_demo=is_demo, **facts)
    if not keeps_organizations(actor, organization):
        raise NotAllowed(
            _("Only a street officer or the system administrator enters organizations here; communities enter teams.")
        )
    try:
        with transaction.atomic():
            organization.save(force_insert=True)
            told = {
                "name": organization.name,
                "kind": OrganizationKind(kind).label,
                "credit_code": credit_code,
            }
            record("organizations.organization.enter", organization, actor=actor, facts=told, at=at)
            search.index(organization)
    except IntegrityError as error:
        raise Refusal(TAKEN, field="name") from error
    return organization


def correct(
    organization: Organization, *, seen: int, actor: Actor | None, at: datetime | None = None, **columns: Any
) -> Organization:
    """Put right what was entered: kind, place, credit code and :data:`DETAILS`; the name changes by ``rename``.

    Raises Conflict when somebody saved since version ``seen``; refuses a new seat outside the actor's reach.
    """
    require(keeps_organizations, actor, organization)
    return _write(organization, "organizations.organization.correct", columns, seen=seen, actor=actor, at=at)


def correct_contact(
    organization: Organization, *, seen: int, actor: Actor | None, at: datetime | None = None, **columns: Any
) -> Organization:
    """Put the contact lines right: address, telephone, hours, what it does. Its own manager may."""
    require(corrects_contact, actor, organization)
    lines = {name: value for name, value in columns.items() if name in CONTACT}
    return _write(organization, "organizations.organization.correct_contact", lines, seen=seen, actor=actor, at=at)


def _write(
    organization: Organization,
    action: str,
    columns: Mapping[str, Any],
    *,
    seen: int,
    actor: Actor | None,
    at: datetime | None,
) -> Organization:
    now = {name: getattr(organization, name) for name in ("kind", "credit_code", *DETAILS)}
    wanted = checked({**now, **columns})
    if "place" in columns or wanted["kind"] != organization.kind:
        wanted["place"] = columns.get("place", organization.place)
        require(keeps_organizations, actor, Organization(place=wanted["place"], kind=wanted["kind"]))
    before = audit.seen(organization, CORRECTED)
    try:
        with transaction.atomic():
            rows = Organization.objects.filter(pk=organization.pk, version=seen)
            if not rows.update(version=seen + 1, **wanted):
                raise Overtaken(_("Somebody else saved this while you were writing. Load the page again."))
            organization.refresh_from_db()
            facts = audit.changes(before, audit.seen(organization, CORRECTED))
            record(action, organization, actor=actor, facts=facts, at=at)
            search.index(organization)
    except IntegrityError as error:
        raise Refusal(TAKEN, field="credit_code") from error
    return organization


KEY = "address_key"


def checked(columns: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of an organization as they are stored. Refuses what cannot be."""
    facts = {name: _tidy(name, value) for name, value in columns.items()}
    if "name" in facts and not facts["name"]:
        raise Refusal(_("Give the organization a name."), field="name")
    facts["credit_code"] = _code(facts.get("credit_code") or "")
    if facts["kind"] in TEAMS:
        _check_team(facts)
    elif facts.get("member_count") is not None:
        raise Refusal(_("Only teams keep how many members they count."), field="member_count")
    _check_days(facts)
    phone = facts.get("office_phone")
    if phone and not TELEPHONE.fullmatch(phone):
        raise Refusal(
            _("Write a landline such as 010-62880011. Mobile numbers belong to persons and stay off."),
            field="office_phone",
        )
    facts[KEY] = address_key(facts.get("address") or "")
    return facts


def _tidy(name: str, value: Any) -> Any:
    """Text without needless spaces; what an organization does may have paragraphs."""
    if not isinstance(value, str):
        return value
    return value.strip() if name == "about" else " ".join(value.split())


def _code(text: str) -> str | None:
    code = tidy_credit_code(text)
    problem = credit_code_problem(code) if code else None
    if problem is not None:
        raise Refusal(problem.sentence, code=problem.code, field="credit_code")
    return code or None


def _check_team(facts: dict[str, Any]) -> None:
    if facts["credit_code"]:
        raise Refusal(_("A team has no legal person and so no credit code."), field="credit_code")
    if facts.get("legal_form") not in ("", None, LegalForm.NONE):
        raise Refusal(_("A team has no legal person."), field="legal_form")
    facts["legal_form"] = LegalForm.NONE
    if (facts.get("member_count") is None) != (facts.get("member_count_on") is None):
        raise Refusal(_("Give the number of members together with the day it was counted."), field="member_count_on")


def _check_days(facts: Mapping[str, Any]) -> None:
    founded, registered = facts.get("founded_on"), facts.get("registered_on")
    if founded and registered and registered < founded:
        raise Refusal(_("It was registered before it was founded. Compare both days."), field="registered_on")


def address_key(address: str) -> str:
    """An address without width, case, spaces and marks: two spellings of one door are one."""
    plain = unicodedata.normalize("NFKC", address).casefold()
    return "".join(character for character in plain if character.isalnum())[:160]
