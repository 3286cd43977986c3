"""One number for the whole way: from a yuan to the orders it was for, and from an order to the yuan it cost."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from linli.apps.ledger.models import Expenditure, ExpenditureState, Fund
from linli.apps.needs.models import Need
from linli.apps.ordering.models import Acceptance, Contractor, Order, Settlement, SheetNeed, SheetOrder, WorkSheet
from linli.apps.ordering.permissions import READERS
from linli.apps.ordering.queries.delivery import Progress, progress_of
from linli.kernel.money import largest_remainder
from linli.kernel.scope import Actor

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Link:
    """One contractor of the chain: what is promised to it, what it did, what was accepted, settled and paid."""

    contractor: Contractor
    progress: Progress
    acceptances: Sequence[Acceptance]
    settlements: Sequence[Settlement]

    @property
    def settled(self) -> Decimal:
        """Yuan settled in all."""
        return sum((row.amount for row in self.settlements), NOTHING)

    @property
    def paid(self) -> Decimal:
        """Yuan the ledger knows as paid."""
        spent = [row.expenditure for row in self.settlements]
        return sum((one.spent for one in spent if one and one.state == ExpenditureState.PAID), NOTHING)


@dataclass(frozen=True)
class Weights:
    """By how much each order counts when yuan are shared; each need counts as one. ``needs``: id and number."""

    orders: Sequence[tuple[UUID, Decimal]]
    needs: Sequence[tuple[UUID, str]]

    def parts(self, amount: Decimal) -> dict[UUID, Decimal]:
        """Order or need → its part of ``amount`` to the fen; the parts sum to it exactly."""
        weights = [*self.orders, *((pk, Decimal(1)) for pk, _number in self.needs)]
        if not weights or not amount:
            return {pk: NOTHING for pk, _weight in weights}
        parts = largest_remainder(amount, [weight for _pk, weight in weights])
        return {pk: part for (pk, _weight), part in zip(weights, parts, strict=True)}


@dataclass(frozen=True)
class Chain:
    """A work sheet with everything before and after it."""

    sheet: WorkSheet
    orders: int
    needs: int
    links: Sequence[Link]
    weights: Weights = Weights((), ())

    @property
    def promised(self) -> Decimal:
        """Yuan promised to all contractors."""
        rows = [link.contractor.commitment for link in self.links]
        return sum((one.binding for one in rows if one is not None), NOTHING)

    @property
    def settled(self) -> Decimal:
        """Yuan settled."""
        return sum((link.settled for link in self.links), NOTHING)

    @property
    def paid(self) -> Decimal:
        """Yuan paid."""
        return sum((link.paid for link in self.links), NOTHING)

    @property
    def funds(self) -> list[Fund]:
        """Out of which funds."""
        found = {
            one.fund_id: one.fund for one in (link.contractor.commitment for link in self.links) if one is not None
        }
        return list(found.values())


def sheets_seen(actor: Actor | None) -> QuerySet[WorkSheet]:
    """Work sheets of the places where the actor's posts reach: whoever may follow their money."""
    rows = WorkSheet.objects.all()
    return rows.none() if actor is None else rows.filter(place__in=actor.reach(*READERS).places)


def sheets_by(number: str, actor: Actor | None) -> QuerySet[WorkSheet]:
    """Work sheets a number leads to: of a sheet, an order, a need, a commitment, an expenditure or a receipt.

    Numbers are given by street, so that one number may lead whoever reads several streets to several sheets.
    """
    number = number.strip()
    if not number:
        return WorkSheet.objects.none()
    bearing, _dash, serial = number.rpartition("-")
    money = Q(commitment__number=number) | Q(settlements__expenditure__receipt=number)
    if bearing and serial.isdigit() and len(serial) <= MOST_DIGITS:
        spent = Expenditure.objects.filter(commitment__number=bearing, serial=int(serial))
        money |= Q(settlements__expenditure__in=spent.order_by().values("pk"))
    ways = (
        Q(number=number)
        | Q(pk__in=SheetOrder.objects.filter(order__in=_orders(number)).order_by().values("sheet"))
        | Q(pk__in=SheetNeed.objects.filter(need__in=_needs(number)).order_by().values("sheet"))
        | Q(pk__in=Contractor.objects.filter(money).order_by().values("sheet"))
    )
    return sheets_seen(actor).filter(ways).select_related("place", "street").order_by("year", "number")


MOST_DIGITS = 9
"""Longer runs of digits are no serial of the house."""


def _orders(number: str) -> QuerySet[Any]:
    return Order.objects.filter(number=number).order_by().values("pk")


def _needs(number: str) -> QuerySet[Any]:
    return Need.objects.filter(number=number).order_by().values("pk")


def chain(sheet: WorkSheet) -> Chain:
    """The whole way of one sheet, with the weight of each order. Nine queries whatever its size."""
    weights = weights_of(sheet)
    links = _links([sheet]).get(sheet.pk, [])
    return Chain(sheet, len(weights.orders), len(weights.needs), links, weights)


def chains(sheets: Iterable[WorkSheet]) -> list[Chain]:
    """The ways of several sheets, in as many queries as one."""
    rows = list(sheets)
    keys = [row.pk for row in rows]
    links = _links(rows)
    orders, needs = _counts(SheetOrder, keys), _counts(SheetNeed, keys)
    return [Chain(row, orders.get(row.pk, 0), needs.get(row.pk, 0), links.get(row.pk, [])) for row in rows]


def _links(sheets: Iterable[WorkSheet]) -> dict[UUID, list[Link]]:
    """Sheet → its contractors. Six queries."""
    contractors = list(
        Contractor.objects.filter(sheet__in=[row.pk for row in sheets])
        .select_related("organization", "commitment__fund", "sheet")
        .order_by("-share", "pk")
    )
    done = progress_of(contractors)
    accepted = _grouped(Acceptance.objects.filter(contractor__in=contractors))
    settled = _grouped(
        Settlement.objects.filter(contractor__in=contractors).select_related(
            "acceptance", "expenditure__commitment__fund", "expenditure__payment", "contractor"
        )
    )
    links: dict[UUID, list[Link]] = {}
    for one in contractors:
        link = Link(one, done[one.pk], accepted.get(one.pk, []), settled.get(one.pk, []))
        links.setdefault(one.sheet_id, []).append(link)
    return links


def _counts(model: Any, keys: list[UUID]) -> dict[UUID, int]:
    return dict(model.objects.filter(sheet__in=keys).order_by().values_list("sheet").annotate(Count("pk")))


def _grouped(rows: QuerySet[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(row.contractor_id, []).append(row)
    return found


def weights_of(sheet: WorkSheet) -> Weights:
    """How a sheet's yuan are shared among what stands on it. Two queries.

    An order weighs its quantity times the price on the menu, or its quantity where something has no price or needs
    stand beside orders; a need weighs as one unit.
    """
    lines = list(
        SheetOrder.objects.filter(sheet=sheet).order_by("order__number")
        .values_list("order", "order__quantity", "order__item__price")
    )  # fmt: skip
    needs = list(SheetNeed.objects.filter(sheet=sheet).order_by("pk").values_list("need", "need__number"))
    priced = not needs and all(price > 0 for _pk, _quantity, price in lines)
    return Weights([(pk, quantity * price if priced else Decimal(quantity)) for pk, quantity, price in lines], needs)


HEADINGS = (
    "制单编号", "服务事项", "社区", "点单数", "诉求数", "承接方", "份额%", "承接金额（元）", "资金来源", "经费安排编号",
    "班次（已到/应到）", "验收起止", "完成量", "评价人数", "满意人数", "结算金额（元）",
    "支出编号", "支付状态", "支付日期", "回单号",
)  # fmt: skip


def ledger_rows(actor: Actor | None, year: int) -> list[list[Any]]:
    """The ledger of all chains of a year as rows of a sheet: one line an acceptance, or a contractor without one."""
    sheets = sheets_seen(actor).filter(year=year).select_related("place").order_by("number")[:MOST_SHEETS]
    return [line for one in chains(sheets) for line in _lines(one)]


MOST_SHEETS = 5_000


def _lines(one: Chain) -> Iterable[list[Any]]:
    sheet = one.sheet
    head = [sheet.number, sheet.title, str(sheet.place.name), one.orders, one.needs]
    if not one.links:
        yield [*head, *[""] * (len(HEADINGS) - len(head))]
    for link in one.links:
        row, commitment, done = link.contractor, link.contractor.commitment, link.progress
        due = done.planned + done.held + done.missed
        middle = [
            str(row.organization.name), row.share, row.amount, str(commitment.fund) if commitment else "",
            commitment.number if commitment else "", f"{done.held}/{due}",
        ]  # fmt: skip
        settled = {one.acceptance_id: one for one in link.settlements}
        rows: Sequence[Acceptance | None] = link.acceptances or (None,)
        for accepted in rows:
            yield [*head, *middle, *_tail(accepted, settled.get(accepted.pk) if accepted else None)]


def _tail(accepted: Acceptance | None, settled: Settlement | None) -> list[Any]:
    if accepted is None:
        return [""] * 9
    told = [f"{accepted.since}—{accepted.until}", accepted.delivered, accepted.asked, accepted.satisfied]
    if settled is None:
        return [*told, "", "", "未结算", "", ""]
    spent = settled.expenditure
    words = {"drawn": "已制单", "submitted": "已报送", "paid": "已支付"}
    return [
        *told, settled.amount, spent.number if spent else "", words[settled.state],
        str(spent.paid_on) if spent and spent.paid_on else "", spent.receipt if spent else "",
    ]  # fmt: skip
