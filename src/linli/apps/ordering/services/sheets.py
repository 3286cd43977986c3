"""Work sheets are drawn up, filled with orders and needs, talked over, published or cancelled."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.activities.models import Activity, AgendaItem, Part
from linli.apps.ledger.models import Fund
from linli.apps.needs.models import Need
from linli.apps.ordering.kinds import LONGEST_YEARS, TERM_YEARS, prohibition_in, service_kinds
from linli.apps.ordering.lifecycle import SHEETS
from linli.apps.ordering.models import CatalogItem, Method, Order, SheetRun, WorkSheet
from linli.apps.ordering.permissions import draws_sheets
from linli.apps.ordering.queries.giving import methods_for
from linli.apps.ordering.services.filling import OPEN, counted_on, empty, fill
from linli.apps.ordering.services.keeping import require, said
from linli.apps.places.models import Place
from linli.kernel.audit import changes, seen
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.money import InexactAmount, locked, next_number, yuan
from linli.kernel.publication import refuse_findings, scan_texts
from linli.kernel.scope import Actor
from linli.kernel.settings import value_of

PROHIBITED = _("“%(title)s” may not be bought as a service (%(clause)s).")


@dataclass(frozen=True)
class SheetText:
    """A sheet as somebody writes it. ``quantity`` 0: as many as its orders and needs; ``method`` None: the simplest
    that amount and kind allow; ``starts`` and ``ends`` are both days of its term; ``ceiling`` in yuan for all of it;
    ``at_home``: in homes, where two go.
    """

    kind: str
    title: str
    content: str
    starts: date
    ends: date
    criteria: str
    ceiling: Decimal
    quantity: int = 0
    unit: str = ""
    venue: str = ""
    term_reason: str = ""
    fund: Fund | None = None
    method: Method | None = None
    outside_notice: str = ""
    places: int = 1
    at_home: bool = False
    no_selling: bool = True


def draw_up(
    *,
    place: Place,
    text: SheetText,
    actor: Actor | None,
    orders: Iterable[Order] = (),
    needs: Iterable[Need] = (),
    item: CatalogItem | None = None,
    month: date | None = None,
    is_demo: bool = False,
    at: datetime | None = None,
) -> WorkSheet:
    """A draft with its orders and needs. Raises Refusal for what may not be bought, a term or method not allowed."""
    when = at or timezone.now()
    orders, needs = list(orders), list(needs)
    counted = sum(row.quantity for row in orders) + len(needs)
    with transaction.atomic():
        sheet = begin_sheet(
            place=place, text=text, counted=counted, item=item, month=month, is_demo=is_demo, actor=actor, at=when,
            at_home=any(row.item.at_home for row in orders),
        )  # fmt: skip
        fill(sheet, orders, needs)
        record_drawn(sheet, orders=len(orders), needs=len(needs), actor=actor, at=when)
    return sheet


def begin_sheet(
    *,
    place: Place,
    text: SheetText,
    counted: int,
    actor: Actor | None,
    at: datetime,
    item: CatalogItem | None = None,
    month: date | None = None,
    at_home: bool = False,
    is_demo: bool = False,
) -> WorkSheet:
    """The row of a draft under its number, inside the caller's transaction.

    ``counted`` is how many go onto it, ``at_home`` whether one of these is given in a home. Raises as ``draw_up``.
    """
    if place.street is None:
        raise Refusal(_("A work sheet belongs to a community of a street."), field="place")
    sheet = WorkSheet(
        place=place, street=place.street, item=item, month=month, is_demo=is_demo, drawn_at=at,
        drawn_by=actor.actor_id if actor else None, **_columns(place.street, text, counted, at),
    )  # fmt: skip
    sheet.at_home |= at_home
    require(draws_sheets, actor, sheet)
    sheet.year = timezone.localdate(at).year
    sheet.serial = next_number(SheetRun, street=sheet.street, year=sheet.year)
    sheet.number = f"Z{sheet.year}-{sheet.serial:04d}"
    sheet.save(force_insert=True)
    return sheet


def record_drawn(sheet: WorkSheet, *, orders: int, needs: int, actor: Actor | None, at: datetime) -> None:
    """That it was drawn up with so many orders and needs, in the record of verbs."""
    facts = {"number": sheet.number, "title": sheet.title, "ceiling": sheet.ceiling, "orders": orders, "needs": needs}
    record("ordering.sheet.draw_up", sheet, actor=actor, facts=facts, at=at)


def change_sheet(
    sheet: WorkSheet, *, text: SheetText, version: int, actor: Actor | None, at: datetime | None = None
) -> None:
    """Write a sheet anew before it is published; ``version`` is the one that was read.

    Refuses what drawing up refuses, and fewer than stand on it; Conflict once it is published or somebody was quicker.
    """
    require(draws_sheets, actor, sheet)
    with locked(sheet):
        if sheet.state not in OPEN:
            raise Conflict(_("The sheet is published; its text stands."))
        if sheet.version != version + 1:
            raise Conflict(_("Somebody changed this sheet while you were writing. Load it again."), code="changed")
        counted = counted_on(sheet)
        columns = _columns(sheet.street, text, counted, at or timezone.now())
        if columns["quantity"] < counted:
            raise Refusal(_("%(many)d stand on the sheet already; it cannot be for fewer.") % {"many": counted},
                          field="quantity")  # fmt: skip
        columns["at_home"] |= sheet.lines.filter(order__item__at_home=True).exists()
        before = seen(sheet, columns)
        for name, value in columns.items():
            setattr(sheet, name, value)
        sheet.save(update_fields=list(columns))
        record("ordering.sheet.change", sheet, actor=actor, facts=changes(before, seen(sheet, columns)), at=at)


def _columns(street: Place, text: SheetText, counted: int, at: datetime) -> dict[str, Any]:
    """What the text says, checked; ``counted`` is how many stand on the sheet. Raises Refusal."""
    kind = service_kinds().get(text.kind)
    if kind is None:
        raise Refusal(_("There is no such kind of service."), field="kind")
    if text.fund is not None and text.fund.street_id != street.pk:
        raise Refusal(_("This fund belongs to another street."), field="fund")
    title = said(text.title, "title", _("Give the sheet a title."), most=80)
    content, criteria = text.content.strip(), text.criteria.strip()
    if not content:
        raise Refusal(_("Say what is done."), field="content")
    if not criteria:
        raise Refusal(_("Say by what it is accepted."), field="criteria")
    refuse_prohibited(f"{title} {content}")
    require_term(text.starts, text.ends, text.term_reason)
    ceiling = money(text.ceiling, "ceiling")
    quantity = text.quantity or counted
    if quantity < 1:
        raise Refusal(_("Say how many, or put orders on the sheet."), field="quantity")
    allowed = methods_for(kind.code, ceiling, street=street.pk, at=at)
    method = text.method or allowed[0]
    require_method(method, allowed)
    return {
        "title": title, "kind": kind.code, "content": content, "venue": text.venue.strip(), "starts": text.starts,
        "ends": text.ends, "term_reason": text.term_reason.strip(), "quantity": quantity, "criteria": criteria,
        "unit": text.unit.strip() or kind.unit, "ceiling": ceiling, "fund": text.fund, "method": method,
        "outside_notice": text.outside_notice.strip(), "places": max(text.places, 1),
        "at_home": text.at_home or kind.at_home, "no_selling": text.no_selling,
    }  # fmt: skip


def money(amount: Decimal, field: str) -> Decimal:
    """An amount in whole fen, not below zero. Raises Refusal."""
    try:
        value = yuan(amount)
    except InexactAmount:
        raise Refusal(_("Enter an amount in yuan with at most two decimals."), field=field, code="inexact") from None
    if value < 0:
        raise Refusal(_("The amount must not be below zero."), field=field)
    return value


def refuse_prohibited(text: str) -> None:
    """Raises Refusal, with the clause, for what may not be bought."""
    found = prohibition_in(text)
    if found is not None:
        raise Refusal(PROHIBITED % {"title": found.title, "clause": found.clause}, field="content", code="prohibited")


def _after(day: date, years: int) -> date:
    """The same day so many years on; 28 February for 29."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def require_term(starts: date, ends: date, reason: str) -> None:
    """At most one year, at most three with a reason. Raises Refusal."""
    if ends < starts:
        raise Refusal(_("It ends before it begins."), field="ends")
    if ends >= _after(starts, LONGEST_YEARS):
        raise Refusal(_("A term is at most three years."), field="ends", code="term")
    if ends >= _after(starts, TERM_YEARS) and not reason.strip():
        raise Refusal(
            _("A term is at most one year. Say why it is longer; three years are the most."), field="term_reason",
            code="term",
        )  # fmt: skip


def require_method(method: str, allowed: Sequence[Method]) -> None:
    """Raises Refusal where amount and kind do not allow the way a sheet is given."""
    if method not in allowed:
        words = {"method": Method(method).label, "allowed": "、".join(str(one.label) for one in allowed)}
        raise Refusal(
            _("Amount and kind do not allow “%(method)s”. Allowed: %(allowed)s.") % words, field="method", code="method"
        )


def discuss(
    sheet: WorkSheet, *, salon: Activity, outputs: str, actor: Actor | None, at: datetime | None = None
) -> None:
    """Write down what came out of the salon. It has a convener, kinds of participant and topics. Raises Refusal."""
    if salon.place.street_id != sheet.street_id:
        raise Refusal(_("This salon was held in another street."), field="salon")
    parts = set(salon.organizers.values_list("part", flat=True))
    if Part.HOST not in parts or not parts - {Part.HOST}:
        raise Refusal(_("A salon has somebody who convenes it, and kinds of participant."), field="salon")
    if not AgendaItem.objects.filter(occurrence__activity=salon).exists():
        raise Refusal(_("A salon has topics. Write its agenda first."), field="salon")
    text = said(outputs, "outputs", _("Write what came out of the salon."), most=300)
    facts = {"salon": salon.title, "outputs": text}
    SHEETS.apply("discuss", sheet, actor=actor, facts=facts, at=at, salon=salon, outputs=text)


def publish_sheet(sheet: WorkSheet, *, actor: Actor | None, at: datetime | None = None) -> None:
    """The community publishes the sheet; nothing of it names a resident. Raises Refusal for what the scan finds."""
    when = at or timezone.now()
    refuse_prohibited(f"{sheet.title} {sheet.content}")
    require_method(sheet.method, methods_for(sheet.kind, sheet.ceiling, street=sheet.street_id, at=when))
    if sheet.method == Method.OUTSIDE and not sheet.outside_notice:
        raise Refusal(_("Enter the number of the purchase notice first."), field="outside_notice", code="no-notice")
    texts = {
        "名称": sheet.title, "内容": sheet.content, "地点": sheet.venue, "验收标准": sheet.criteria,
        "沙龙意见": sheet.outputs,
    }  # fmt: skip
    refuse_findings(scan_texts(texts, street=sheet.street_id))
    source = value_of("ordering.method_document", street=sheet.street_id, at=when)
    facts = {"method": Method(sheet.method).label, "source": source}
    SHEETS.apply(
        "publish", sheet, actor=actor, facts=facts, at=when, published_on=timezone.localdate(when),
        method_source=source,
    )  # fmt: skip


def note_purchase(sheet: WorkSheet, *, notice: str, actor: Actor | None, at: datetime | None = None) -> None:
    """The number of the notice of a purchase outside this house, before the sheet is published."""
    require(draws_sheets, actor, sheet)
    text = said(notice, "notice", _("Enter the number of the purchase notice first."), most=60)
    if sheet.state not in OPEN:
        raise Refusal(_("The sheet is published; its notice stands."))
    with transaction.atomic():
        sheet.method, sheet.outside_notice = Method.OUTSIDE, text
        sheet.save(update_fields=["method", "outside_notice"])
        record("ordering.sheet.note_purchase", sheet, actor=actor, facts={"notice": text}, at=at)


def cancel_sheet(sheet: WorkSheet, *, reason: str, actor: Actor | None, at: datetime | None = None) -> None:
    """Nothing comes of it: its orders have their places again, its needs are free."""
    why = said(reason, "reason", _("Say why."), most=300)
    with transaction.atomic():
        SHEETS.apply("cancel", sheet, actor=actor, facts={"reason": why}, at=at)
        empty(sheet)
