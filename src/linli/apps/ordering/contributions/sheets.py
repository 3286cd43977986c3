"""The kinds of record around a work sheet, and the names of what is done to them."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.apps.ordering import queries
from linli.apps.ordering.models import Claim, Contractor, WorkSheet
from linli.kernel.audit import Amount, Keep, register_action, words_of
from linli.kernel.refs import Kind, register


class SheetRows(Kind):
    """Sheets with their place."""

    def rows(self) -> Any:
        return super().rows().select_related("place")


class OnSheetRows(Kind):
    """Claims and contractors with their sheet."""

    def rows(self) -> Any:
        return super().rows().select_related("sheet", "organization")


WRITTEN = (
    "title", "kind", "content", "venue", "starts", "ends", "term_reason", "quantity", "criteria", "unit", "ceiling",
    "fund", "method", "outside_notice", "places", "at_home", "no_selling",
)  # fmt: skip
COUNTS = {"orders": _("orders"), "needs": _("needs")}
ACTIONS: tuple[tuple[str, Any, dict[str, Any]], ...] = (
    ("sheet.draw_up", _("drew a work sheet up"),
     {"number": _("number"), "title": _("title of the sheet"), "ceiling": Amount(_("price ceiling")), **COUNTS}),
    ("sheet.change", _("wrote the sheet anew"), words_of(WorkSheet, *WRITTEN)),
    ("sheet.add", _("put orders and needs on the sheet"), COUNTS),
    ("sheet.take_off", _("took orders and needs off the sheet"), COUNTS),
    ("sheet.note_purchase", _("entered the purchase notice"), {"notice": _("number of the purchase notice")}),
    ("sheet.call", _("called a panel"), {"offers": _("offers")}),
    ("contractor.agree", _("drew up the agreement"), {"number": _("number")}),
    ("claim.make", _("offered to take the sheet on"),
     {"number": _("number"), "price": Amount(_("price in all")), "ties": _("ties to whoever decides")}),
)  # fmt: skip


def page_of(row: WorkSheet) -> str:
    """The page of a sheet."""
    return reverse("ordering:sheet", args=[row.pk])


def contribute() -> None:
    """Make them known."""
    register(
        SheetRows(
            "ordering.sheet", WorkSheet, _("Work sheet"), lambda rows, actor: queries.sheets_visible_to(actor, rows),
            address=page_of, street=lambda row: row.street_id,
        )
    )  # fmt: skip
    register(
        OnSheetRows(
            "ordering.claim", Claim, _("Claim of a work sheet"),
            lambda rows, actor: queries.claims_visible_to(actor, rows), address=lambda row: page_of(row.sheet),
            street=lambda row: row.sheet.street_id,
        )
    )  # fmt: skip
    register(
        OnSheetRows(
            "ordering.contractor", Contractor, _("Contractor"),
            lambda rows, actor: queries.contractors_visible_to(actor, rows), address=lambda row: page_of(row.sheet),
            street=lambda row: row.sheet.street_id,
        )
    )  # fmt: skip
    for name, told, words in ACTIONS:
        register_action(f"ordering.{name}", told, keep=Keep.FOR_EVER, words=words)
