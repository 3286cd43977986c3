"""The budget of a project: the lines of its commitment, kept by the ledger."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.apps.ledger import services as ledger
from linli.apps.ledger.models import CommitmentState
from linli.apps.ledger.services import Line
from linli.apps.projects.models import Project
from linli.apps.projects.permissions import keeps_projects
from linli.apps.projects.services.keeping import require, require_under_way
from linli.apps.rounds.models import LineSource, Proposal
from linli.kernel.errors import Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor


def lines_of_proposal(project: Project, proposal: Proposal, *, actor: Actor | None, at: datetime) -> None:
    """The lines asked for become the budget, where they still sum to what was given; else somebody sets it anew."""
    commitment = project.commitment
    if commitment is None or commitment.lines.exists():
        return
    asked = [row for row in proposal.lines.all() if row.source == LineSource.ASKED and row.amount > 0]
    if not asked or sum((row.amount for row in asked), Decimal(0)) != commitment.binding:
        return
    lines = [Line(row.item[:80], row.amount, row.grounds) for row in asked]
    _write(project, lines, reason="按申报预算执行", actor=actor, at=at)


def open_spending(project: Project, *, actor: Actor | None, at: datetime | None) -> None:
    """The ledger learns who enters spending, in which days, and how it is paid where an agreement says it."""
    commitment = project.commitment
    if commitment is None or commitment.state != CommitmentState.OPEN:
        return
    agreement = project.agreement
    started = commitment.expenditures.filter(paid_on__isnull=False).exists()
    mode = agreement.mode if agreement is not None and not started else ""
    ledger.set_terms(
        commitment, mode=mode, begins_on=project.starts_on, ends_on=project.ends_on, spenders=[project.carried_by],
        actor=actor, at=at,
    )  # fmt: skip


def set_budget(project: Project, lines: Sequence[Line], *, actor: Actor | None, at: datetime | None = None) -> None:
    """The first budget of a project whose commitment has none; later ones come by change requests.

    Refuses lines that do not sum to the commitment.
    """
    require(keeps_projects, actor, project)
    require_under_way(project)
    commitment = project.commitment
    if commitment is None:
        raise Refusal(_("No money is promised for this project. There is nothing to divide into lines."))
    if commitment.lines.exists():
        raise Refusal(_("This project has a budget. It changes by a change request."), code="has-budget")
    with transaction.atomic():
        _write(project, lines, reason="编制项目预算", actor=actor, at=at)
        record("projects.project.set_budget", project, actor=actor, facts={"count": len(lines)}, at=at)


def _write(project: Project, lines: Sequence[Line], *, reason: str, actor: Actor | None, at: datetime | None) -> None:
    commitment = project.commitment
    assert commitment is not None  # the callers looked
    ledger.adjust(
        commitment, amount=commitment.amount, grounds=commitment.grounds, reason=reason, lines=lines, actor=actor, at=at
    )
