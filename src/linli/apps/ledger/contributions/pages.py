"""What the ledger shows: the menu, the tables, what is found, and what waits for the finance officer."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.apps.ledger.models import (
    Commitment,
    Expenditure,
    ExpenditureState,
    Fund,
    Instalment,
    InstalmentState,
)
from linli.apps.ledger.permissions import (
    APPROVERS,
    CHECKERS,
    KEEPERS,
    SPENDERS,
    keeps_pages,
    reads_ledger,
    sees_spending,
)
from linli.apps.ledger.tables import PAYMENTS
from linli.kernel.contributions import (
    NavItem,
    NavSection,
    PortalDoor,
    Searchable,
    SheetOffer,
    Task,
    TaskSource,
    declare_slot,
)
from linli.kernel.contributions import contribute as add
from linli.kernel.refs import Ref, ref_of
from linli.kernel.scope import Actor, Role, holds


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


def find_spending(actor: Actor) -> Iterable[Task]:
    """Expenditures that wait for this actor: sent back to him, or to be checked, approved or paid. One query."""
    rows = Expenditure.objects.filter(_sent_back(actor) | _next_steps(actor)).select_related("commitment")
    for row in rows.order_by("drafted_at", "id")[:200]:
        verb, why = WAITS[ExpenditureState(row.state)]
        address = reverse("ledger:expenditure", args=[row.pk])
        since = row.approved_at or row.checked_at or row.submitted_at or row.drafted_at
        yield Task(ref_of(row), f"{row.number} {row.purpose}", address, str(verb), why=str(why), since=since)


def _sent_back(actor: Actor) -> Q:
    mine = actor.reach(*SPENDERS)
    theirs = Q(spender__organization__in=mine.organizations) | Q(spender__place__in=mine.places)
    return Q(state=ExpenditureState.RETURNED) & (theirs | Q(drafted_by=actor.actor_id))


def _next_steps(actor: Actor) -> Q:
    """To be checked or approved by another hand than entered or checked it; to be paid by the finance officer."""
    hand, street = actor.actor_id, "commitment__fund__street__in"
    check = Q(state=ExpenditureState.SUBMITTED, **{street: actor.reach(*CHECKERS).places})
    approve = Q(state=ExpenditureState.CHECKED, **{street: actor.reach(*APPROVERS).places})
    pay = Q(state=ExpenditureState.APPROVED, **{street: actor.reach(*KEEPERS).places})
    other = (Q(drafted_by__isnull=True) | ~Q(drafted_by=hand)) & (Q(checked_by__isnull=True) | ~Q(checked_by=hand))
    return other & (check | approve) | pay


def hand_over(giver: UUID, taker: UUID, refs: Sequence[Ref]) -> int:
    """The work belongs to the post of the finance officer, not to a person: nothing moves."""
    return 0


def fund_text(fund: Fund) -> str:
    """What is searched of a fund."""
    return f"{fund.name}\n{fund.code}\n{fund.document}\n{fund.source_title}"


def commitment_text(row: Commitment) -> str:
    """What is searched of a commitment."""
    return f"{row.title}\n{row.number}\n{row.bearer}"


WAITS = {
    ExpenditureState.RETURNED: (gettext_lazy("Put it right"), gettext_lazy("It was sent back to you")),
    ExpenditureState.SUBMITTED: (gettext_lazy("Check"), gettext_lazy("An expenditure waits to be checked")),
    ExpenditureState.CHECKED: (gettext_lazy("Approve"), gettext_lazy("An expenditure waits for approval")),
    ExpenditureState.APPROVED: (
        gettext_lazy("Enter the payment"),
        gettext_lazy("An expenditure is approved; enter the receipt once it is paid"),
    ),
}
PAGES = (
    NavSection("money", gettext_lazy("Money"), order=45),
    NavItem("ledger", gettext_lazy("Ledger"), "ledger:funds", reads_ledger, icon="cash", section="money", order=10),
    NavItem(
        "spending",
        gettext_lazy("Spending"),
        "ledger:spending",
        sees_spending,
        icon="receipt",
        section="money",
        order=12,
    ),
    PortalDoor(
        "spending",
        gettext_lazy("Spending of our projects"),
        "ledger:spending",
        "receipt",
        gettext_lazy("Enter what was spent with a photo of the invoice; read what became of it"),
        order=85,
        allowed=holds(Role.ORGANIZATION_MANAGER, Role.TEAM_LEADER),
    ),
    SheetOffer(PAYMENTS.name, gettext_lazy("Payments of the treasury"), PAYMENTS, keeps_pages),
    Searchable("ledger.fund", fund_text, where=lambda fund: str(fund.street)),
    Searchable("ledger.commitment", commitment_text, where=lambda row: str(row.fund)),
    TaskSource("ledger.instalments", find_tasks, hand_over),
    TaskSource("ledger.spending", find_spending, hand_over),
)


def contribute() -> None:
    """Declare the slots, enter the rest."""
    declare_slot("ledger.fund", budget=2)
    declare_slot("ledger.commitment", budget=2)
    add(*PAGES)
