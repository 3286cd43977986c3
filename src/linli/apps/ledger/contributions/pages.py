"""What the ledger shows: the menu, the tables, what is found, and what waits for the finance officer."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.apps.ledger.models import Commitment, Fund, Instalment, InstalmentState
from linli.apps.ledger.permissions import KEEPERS, keeps_pages, reads_ledger
from linli.apps.ledger.tables import PAYMENTS
from linli.kernel.contributions import (
    NavItem,
    NavSection,
    Searchable,
    SheetOffer,
    Task,
    TaskSource,
    declare_slot,
)
from linli.kernel.contributions import contribute as add
from linli.kernel.refs import Ref, ref_of
from linli.kernel.scope import Actor


def find_tasks(actor: Actor) -> Iterable[Task]:
    """Instalments whose condition is met: the payment is applied for, then its receipt entered. One query."""
    mine = Instalment.objects.filter(
        state=InstalmentState.READY, commitment__fund__street__in=actor.reach(*KEEPERS).places
    )
    for part in mine.select_related("commitment__fund").order_by("met_on", "id")[:200]:
        row = part.commitment
        title = _("%(number)s %(title)s, instalment %(part)s") % {
            "number": row.number,
            "title": row.title,
            "part": part.number,
        }
        why = _("The condition is met; enter the treasury's receipt once it is paid")
        address = reverse("ledger:commitment", args=[row.pk])
        yield Task(ref_of(row), title, address, _("Enter the payment"), due=part.due, why=why)


def hand_over(giver: UUID, taker: UUID, refs: Sequence[Ref]) -> int:
    """The work belongs to the post of the finance officer, not to a person: nothing moves."""
    return 0


def fund_text(fund: Fund) -> str:
    """What is searched of a fund."""
    return f"{fund.name}\n{fund.code}\n{fund.document}\n{fund.source_title}"


def commitment_text(row: Commitment) -> str:
    """What is searched of a commitment."""
    return f"{row.title}\n{row.number}\n{row.bearer}"


PAGES = (
    NavSection("money", gettext_lazy("Money"), order=45),
    NavItem("ledger", gettext_lazy("Ledger"), "ledger:funds", reads_ledger, icon="cash", section="money", order=10),
    SheetOffer(PAYMENTS.name, gettext_lazy("Payments of the treasury"), PAYMENTS, keeps_pages),
    Searchable("ledger.fund", fund_text, where=lambda fund: str(fund.street)),
    Searchable("ledger.commitment", commitment_text, where=lambda row: str(row.fund)),
    TaskSource("ledger.instalments", find_tasks, hand_over),
)


def contribute() -> None:
    """Declare the slots, enter the rest."""
    declare_slot("ledger.fund", budget=2)
    declare_slot("ledger.commitment", budget=2)
    add(*PAGES)
