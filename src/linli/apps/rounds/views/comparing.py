"""Plans as the workbench shows them: one with its reasons, several side by side with what differs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from linli.apps.rounds import queries
from linli.apps.rounds.models import AllocationPlan, PlanLine, PlanLot, Proposal
from linli.apps.rounds.services import Draft

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Sheet:
    """A plan with its lines: given = pot − left; how many get something; what part of the pot that is."""

    plan: AllocationPlan
    lines: Sequence[PlanLine]
    lots: Mapping[UUID, list[PlanLot]] = field(default_factory=dict)
    is_draft: bool = False

    @property
    def given(self) -> Decimal:
        return self.plan.pot - self.plan.left

    @property
    def count(self) -> int:
        return sum(1 for line in self.lines if line.amount)

    @property
    def mark(self) -> str:
        """What heads its column."""
        return _("Plan %(number)s") % {"number": self.plan.number}

    @property
    def caption(self) -> str:
        """Its title behind its number, which a title of its own does not say."""
        return self.plan.title if self.plan.title.startswith(self.mark) else f"{self.mark}：{self.plan.title}"

    @property
    def percent(self) -> int:
        return int(self.given * 100 / self.plan.pot) if self.plan.pot else 0


@dataclass(frozen=True)
class Told:
    """One line of a plan in words."""

    line: PlanLine
    why: str
    resources: str
    missing: str
    factors: str = ""
    """Grades and factors that earlier results gave whoever proposes, the smallest first."""

    @property
    def percent(self) -> int:
        """Which part of what was asked for it gets."""
        return int(self.line.amount * 100 / self.line.asked) if self.line.asked else 0


def told(sheet: Sheet, year: int) -> list[Told]:
    """Every line with its sentence, what it gives besides money, what was missing of that, and what earlier results
    of whoever proposes say for ``year``. Two queries.
    """
    factors = queries.factors_of([line.proposal for line in sheet.lines], year=year)
    found = []
    for line in sheet.lines:
        lots = sheet.lots.get(line.pk, [])
        short = "、".join(lot.resource.written(lot.asked - lot.amount) for lot in lots if lot.amount < lot.asked)
        earlier = "、".join(
            f"{one.source_title} {one.grade} ×{one.factor}" for one in factors.get(line.proposal_id, [])
        )
        found.append(Told(line, queries.sentence_of(line), queries.written_of(line, lots), short, earlier))
    return found


@dataclass(frozen=True)
class Cell:
    """What one plan gives a proposal; ``change`` beside the first plan, "" where it is the same."""

    amount: Decimal
    percent: int
    more: Decimal
    change: str


@dataclass(frozen=True)
class Row:
    """One proposal across the plans that stand side by side."""

    proposal: Proposal
    cells: tuple[Cell | None, ...]

    @property
    def differs(self) -> bool:
        return len({None if cell is None else cell.amount for cell in self.cells}) > 1


def side_by_side(sheets: Sequence[Sheet]) -> list[Row]:
    """Every proposal any of the plans names, in the order of the first; bars are parts of the largest amount."""
    names = {line.proposal_id: line.proposal for sheet in sheets for line in sheet.lines}
    amounts = [{line.proposal_id: line.amount for line in sheet.lines} for sheet in sheets]
    largest = max((amount for own in amounts for amount in own.values()), default=NOTHING) or Decimal(1)

    def cell(key: UUID, own: Mapping[UUID, Decimal]) -> Cell | None:
        if key not in own:
            return None
        more = own[key] - amounts[0].get(key, own[key])
        word = "" if not more else _("gains") if more > 0 else _("loses")
        return Cell(own[key], int(own[key] * 100 / largest), abs(more), word)

    return [Row(proposal, tuple(cell(key, own) for own in amounts)) for key, proposal in names.items()]


def sheets_of(plans: Iterable[AllocationPlan]) -> list[Sheet]:
    """Saved plans with their lines and lots. One query besides those of ``plans_of``."""
    rows = list(plans)
    lots = queries.lots_of([one.pk for one in rows]) if rows else {}
    return [Sheet(one, list(one.lines.all()), lots) for one in rows]


def drafted(draft: Draft) -> Sheet:
    """A plan that is not saved."""
    return Sheet(draft.plan, draft.lines, draft.lots, is_draft=True)
