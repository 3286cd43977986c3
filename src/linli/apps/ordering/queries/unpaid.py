"""The board of what was accepted and is not paid yet, by its age."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.ordering.models import Acceptance, Settlement
from linli.apps.ordering.queries.delivery import acceptances_visible_to
from linli.kernel.scope import Actor

BANDS: tuple[tuple[int, str | Promise], ...] = (
    (30, _("up to 30 days")), (60, _("31 to 60 days")), (90, _("61 to 90 days")), (10**6, _("more than 90 days")),
)  # fmt: skip
MOST = 500
NOTHING = Decimal(0)


@dataclass(frozen=True)
class Waiting:
    """One acceptance nobody has paid: ``settlement`` None: nothing was drawn up yet."""

    acceptance: Acceptance
    settlement: Settlement | None
    days: int

    @property
    def amount(self) -> Decimal | None:
        """Yuan that wait; None where nothing is drawn up."""
        return self.settlement.amount if self.settlement else None


@dataclass
class Band:
    """What waits about as long."""

    title: str | Promise
    rows: list[Waiting] = field(default_factory=list)

    @property
    def amount(self) -> Decimal:
        """Yuan that wait here, in all."""
        return sum((one.amount or NOTHING for one in self.rows), NOTHING)


def unpaid(actor: Actor | None, on: date) -> Sequence[Band]:
    """Everything accepted and not paid, the oldest first in each band; one query, at most 500 rows."""
    rows = acceptances_visible_to(actor).filter(
        Q(settlement__isnull=True) | Q(settlement__expenditure__isnull=True)
        | Q(settlement__expenditure__paid_on__isnull=True)
    )  # fmt: skip
    rows = rows.select_related(
        "sheet__place", "contractor__organization", "contractor__sheet", "contractor__commitment__fund",
        "settlement__expenditure__commitment",
    )  # fmt: skip
    bands = [Band(title) for _most, title in BANDS]
    for row in rows.order_by("accepted_on", "pk")[:MOST]:
        days = (on - row.accepted_on).days
        waiting = Waiting(row, getattr(row, "settlement", None), days)
        bands[next(n for n, (most, _title) in enumerate(BANDS) if days <= most)].rows.append(waiting)
    return bands
