"""The names of what is done to organizations, as the record tells them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.models import Facility, Organization
from linli.apps.organizations.services.organization import CONTACT, CORRECTED
from linli.apps.organizations.services.registers import CORRECTED as FACILITY
from linli.kernel.audit import register_action, words_of

NAME, KIND, DAY, REASON, SOURCE = _("name"), _("kind"), _("day"), _("reason"), _("source")

STATUS = words_of(Organization, "status")

ACTIONS: tuple[tuple[str, Any, dict[str, Any]], ...] = (
    (
        "organization.enter",
        _("entered the organization"),
        {"name": NAME, "kind": KIND, "credit_code": _("unified social credit code")},
    ),
    ("organization.correct", _("corrected the organization"), words_of(Organization, *CORRECTED)),
    ("organization.correct_contact", _("corrected the contact lines"), words_of(Organization, *CONTACT)),
    ("organization.rename", _("renamed the organization"), {"name": NAME, "day": DAY}),
    ("organization.legal_person", _("entered a new legal person"), {"day": DAY, "source": SOURCE}),
    ("organization.suspend", _("suspended the organization"), {**STATUS, "day": DAY, "reason": REASON}),
    ("organization.resume", _("took the organization up again"), {**STATUS, "day": DAY, "reason": REASON}),
    (
        "organization.end",
        _("ended the organization"),
        {**STATUS, "day": DAY, **words_of(Organization, "valid_to", "is_public"), "reason": REASON},
    ),
    (
        "related_party.declare",
        _("declared a related party"),
        {"kind": KIND, "other": _("other"), "count": _("how many")},
    ),
    ("related_party.end", _("ended the relation"), {"day": DAY, "reason": REASON}),
    ("coaching.begin", _("began the coaching"), {"agency": _("agency"), "day": DAY}),
    ("coaching.end", _("ended the coaching"), {"day": DAY, "reason": REASON}),
    ("standing.give", _("entered the standing"), {"kind": KIND, "value": _("grade or result"), "day": DAY}),
    ("standing.end", _("ended the standing"), {"day": DAY, "reason": REASON}),
    (
        "honour.add",
        _("entered the honour"),
        {"title": _("title"), "level": _("level of the honour"), "year": _("year")},
    ),
    ("honour.end", _("ended the honour"), {"day": DAY, "reason": REASON}),
    ("facility.open", _("entered the facility"), {"name": NAME, "kind": KIND}),
    ("facility.correct", _("corrected the facility"), words_of(Facility, *FACILITY)),
    ("facility.close", _("closed the facility"), {"day": DAY, "reason": REASON}),
    (
        "partnership.sign",
        _("entered the partner"),
        {"partner": _("partner"), "subject": _("subject of the partnership")},
    ),
    ("partnership.end", _("ended the partnership"), {"day": DAY, "reason": REASON}),
    (
        "checklist_tick.tick",
        _("ticked the item"),
        {"checklist": _("checklist"), "item": _("item"), "day": DAY},
    ),
    *(
        (f"{name}.follow", _("went along with its place"), {"from": _("from"), "into": _("into"), "day": DAY})
        for name in ("organization", "party_organization", "facility", "partnership")
    ),
    ("checklist_tick.untick", _("took the tick back"), {"day": DAY, "reason": REASON}),
)


def contribute() -> None:
    """Register every action."""
    for name, title, words in ACTIONS:
        register_action(f"organizations.{name}", title, words=words)
