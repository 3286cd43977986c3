"""What delivery adds: its kinds of record, the names of what is done, its notices and its lines of the menu."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.apps.ordering import queries
from linli.apps.ordering.models import Acceptance, Contractor, Incident, Settlement, Shift
from linli.apps.ordering.permissions import SPEAKERS, reads_delivery, reads_orders
from linli.kernel.audit import Amount, Keep, Word, register_action
from linli.kernel.contributions import NavItem, PortalDoor
from linli.kernel.contributions import contribute as add
from linli.kernel.notices import NoticeKind, declare_kind
from linli.kernel.refs import Kind, register
from linli.kernel.scope import holds, nobody


class OfSheet(Kind):
    """Rows with their sheet and contractor."""

    def rows(self) -> Any:
        path = "" if self.model is Contractor else "contractor__"
        return super().rows().select_related(f"{path}organization", f"{path}sheet" if path else "sheet")


def _street(row: Any) -> UUID | None:
    sheet = row.sheet if hasattr(row, "sheet_id") else row.contractor.sheet
    street: UUID | None = sheet.street_id
    return street


def page_of(row: Any) -> str:
    """The page of the contractor a record belongs to; that of the chain where no contractor is known."""
    contractor = row.pk if isinstance(row, Contractor) else row.contractor_id
    if contractor is None:
        return reverse("ordering:chain", args=[row.sheet.number])
    return reverse("ordering:contractor", args=[contractor])


DAY, AMOUNT, NUMBER = _("day"), Amount(_("amount")), _("number")
ACTIONS: tuple[tuple[str, Any, dict[str, Word]], ...] = (
    (
        "shift.plan", _("planned shifts"),
        {"venue": _("where it is done"), "first": _("the first day"), "last": _("the last day"), "shifts": _("shifts")},
    ),
    (
        "shift.check", _("Somebody came to the shift"),
        {"people": _("how many came"), "way": _("how it is known"), "outside": _("remark")},
    ),
    ("incident.report", _("told an incident"), {"kind": _("what kind"), "late": _("remark")}),
    ("incident.answer", _("answered the incident"), {"upheld": _("result"), "answer": _("what was done about it")}),
    (
        "acceptance.accept", _("accepted what was delivered"),
        {
            "since": _("the first day"), "until": _("the last day"), "delivered": _("delivered"), "result": _("result"),
            "asked": _("recipients who said how it was"), "satisfied": _("of them satisfied"),
        },
    ),
    ("acceptance.redeliver", _("A defect was put right"), {"what": _("what is to be put right"), "day": DAY}),
    ("settlement.draw", _("drew up a settlement"), {"amount": AMOUNT, "number": NUMBER}),
    ("settlement.drop", _("took a settlement back"), {"amount": AMOUNT, "number": NUMBER}),
)  # fmt: skip
NAMELESS = {"shift.check", "incident.report"}
"""What somebody without an account can do: by the code at the venue, on the page of an order."""


def contribute() -> None:
    """Make kinds, actions, notices and pages known."""
    kinds: tuple[tuple[str, Any, Any, Any], ...] = (
        ("ordering.shift", Shift, _("Shift"), queries.shifts_visible_to),
        ("ordering.incident", Incident, _("Incident"), queries.incidents_visible_to),
        ("ordering.acceptance", Acceptance, _("Acceptance"), queries.acceptances_visible_to),
        ("ordering.settlement", Settlement, _("Settlement"), queries.settlements_visible_to),
    )
    for name, model, title, seen in kinds:
        register(OfSheet(name, model, title, _turned(seen), address=page_of, street=_street))
    for name, told, words in ACTIONS:
        nameless = _("a resident") if name in NAMELESS else ""
        register_action(f"ordering.{name}", told, keep=Keep.FOR_EVER, words=words, nameless=nameless)
    declare_kind(NoticeKind("ordering.incident", _("Incidents while services are given"), may_switch_off=nobody))
    add(*PAGES)


def _turned(seen: Any) -> Any:
    return lambda rows, actor: seen(actor, rows)


PAGES = (
    NavItem(
        "shifts", _("Shifts"), "ordering:shifts", reads_delivery, icon="calendar", section="community", order=64
    ),
    NavItem("unpaid", _("Accepted, not paid"), "ordering:unpaid", reads_orders, icon="cash", section="money", order=66),
    PortalDoor(
        "my_shifts", _("Our shifts"), "ordering:shifts", "calendar",
        _("When we come, who came, what happened"), order=89, allowed=holds(*SPEAKERS),
    ),
)  # fmt: skip
