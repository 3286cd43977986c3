"""What agreements show: the menu, what is found, what waits for an opinion."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.apps.agreements import queries
from linli.apps.agreements.models import Agreement, OpinionOffice
from linli.apps.agreements.permissions import reads_agreements
from linli.kernel.contributions import NavItem, PagePart, Searchable, Task, TaskSource, declare_slot
from linli.kernel.contributions import contribute as add
from linli.kernel.refs import Ref, ref_of
from linli.kernel.scope import Actor


def find_tasks(actor: Actor) -> Iterable[Task]:
    """Agreements that wait for the opinion of finance, or of the leader. Two queries."""
    for row, office in queries.waiting_for_opinion(actor):
        address = reverse("agreements:agreement", args=[row.pk])
        why = _("Waits for the opinion: %(office)s") % {"office": OpinionOffice(office).label}
        yield Task(ref_of(row), str(row), address, _("Read and give the opinion"), why=why, since=row.drawn_up_at)


def hand_over(giver: UUID, taker: UUID, refs: Sequence[Ref]) -> int:
    """The work belongs to the post, not to a person: nothing moves."""
    return 0


def text(row: Agreement) -> str:
    """What is searched of an agreement."""
    return f"{row.title}\n{row.number}"


def of_commitment(actor: Actor | None, commitment: Any) -> dict[str, Any] | None:
    """The agreements behind a commitment, for its page in the ledger. One query."""
    rows = list(queries.visible_to(actor).filter(commitment=commitment)[:5])
    return {"agreements": rows} if rows else None


PAGES = (
    NavItem(
        "agreements", gettext_lazy("Agreements"), "agreements:agreements", reads_agreements, icon="rubber-stamp",
        section="money", order=20,
    ),
    Searchable("agreements.agreement", text, where=lambda row: str(row.street)),
    TaskSource("agreements.opinions", find_tasks, hand_over),
    PagePart("ledger.commitment", "agreements.agreements", "agreements/part_agreements.html", of_commitment),
)  # fmt: skip


def contribute() -> None:
    """Declare the slot, enter the rest."""
    declare_slot("agreements.agreement", budget=2)
    add(*PAGES)
