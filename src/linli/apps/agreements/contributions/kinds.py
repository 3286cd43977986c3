"""The kinds of record, and the names of what is done to them."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.apps.agreements import queries
from linli.apps.agreements.models import Agreement, AgreementTemplate
from linli.kernel.audit import Amount, Keep, register_action
from linli.kernel.refs import Kind, register


class OfStreet(Kind):
    """Rows with their street."""

    def rows(self) -> Any:
        return super().rows().select_related("street")


def _page(row: Agreement) -> str:
    return reverse("agreements:agreement", args=[row.pk])


def _templates(row: AgreementTemplate) -> str:
    return reverse("agreements:templates")


def _street(row: Any) -> UUID:
    street: UUID = row.street_id
    return street


AMOUNT = Amount(_("amount"))
ACTIONS: tuple[tuple[str, Any, dict[str, Any]], ...] = (
    (
        "agreement.draw_up",
        _("drew the agreement up"),
        {"number": _("number"), "title": _("title"), "amount": AMOUNT, "grounds": _("grounds")},
    ),
    ("agreement.correct", _("changed the text of the agreement"), {"amount": AMOUNT}),
    ("agreement.archive", _("archived the agreement"), {"shelf": _("where it is kept")}),
    (
        "opinion.give",
        _("gave the opinion of an office"),
        {"office": _("office"), "view": _("opinion"), "text": _("in words")},
    ),
    ("template.add", _("added a template"), {"version": _("version"), "sha256": _("seal of the file")}),
)


def contribute() -> None:
    """Make the kinds and actions known."""
    register(
        OfStreet(
            "agreements.agreement",
            Agreement,
            _("Agreement"),
            lambda rows, actor: queries.visible_to(actor, rows),
            address=_page,
            street=_street,
        )
    )
    register(
        OfStreet(
            "agreements.template",
            AgreementTemplate,
            _("Template of agreements"),
            lambda rows, actor: queries.templates_visible_to(actor, rows),
            address=_templates,
            street=_street,
        )
    )
    for name, title, words in ACTIONS:
        register_action(f"agreements.{name}", title, keep=Keep.FOR_EVER, words=words)
