"""Under which terms a commitment is spent: how it is paid, from when to when, who enters the spending."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.apps.ledger.models import Commitment, CommitmentState, Spender, SpendingMode
from linli.apps.ledger.permissions import commits
from linli.apps.ledger.services.keeping import require
from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.money import locked
from linli.kernel.scope import Actor


def set_terms(
    commitment: Commitment,
    *,
    actor: Actor | None,
    mode: str = "",
    begins_on: date | None = None,
    ends_on: date | None = None,
    spenders: Sequence[Organization | Place] = (),
    at: datetime | None = None,
) -> None:
    """How ``commitment`` is spent: ``mode`` ("" leaves it), the days, and who may enter spending (added, never taken).

    Refuses an end before the beginning and another mode once something is paid; Conflict for what is released.
    """
    require(commits, actor, commitment)
    if begins_on and ends_on and ends_on < begins_on:
        raise Refusal(_("The last day lies before the first."), field="ends_on")
    with locked(commitment.fund):
        commitment.refresh_from_db()
        if commitment.state != CommitmentState.OPEN:
            raise Conflict(_("This commitment is released. It is not changed any more."))
        wanted = SpendingMode(mode) if mode else SpendingMode(commitment.mode)
        if wanted != commitment.mode and commitment.expenditures.filter(paid_on__isnull=False).exists():
            raise Refusal(_("Spending is paid already. How it is paid is not changed any more."), field="mode")
        commitment.mode = wanted
        commitment.begins_on = begins_on or commitment.begins_on
        commitment.ends_on = ends_on or commitment.ends_on
        commitment.version += 1
        commitment.save(update_fields=["mode", "begins_on", "ends_on", "version"])
        names = [let_in(commitment, one) for one in spenders]
        facts = {
            "mode": wanted.label, "begins": commitment.begins_on, "ends": commitment.ends_on,
            "spenders": "、".join(names),
        }  # fmt: skip
        record("ledger.commitment.terms", commitment, actor=actor, facts=facts, at=at)


def let_in(commitment: Commitment, holder: Organization | Place) -> str:
    """Inside the fund's lock: ``holder`` may enter spending from now on; its name."""
    column: dict[str, Any] = {"place" if isinstance(holder, Place) else "organization": holder}
    Spender.objects.get_or_create(commitment=commitment, **column)
    return str(holder.name)
