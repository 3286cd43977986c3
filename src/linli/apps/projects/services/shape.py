"""What a project is begun with: its text, indicators, target groups and partners."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from linli.apps.ledger.services import Line
from linli.apps.organizations.models import Organization
from linli.apps.projects.models import Counted, PartnerKind, ProjectKind
from linli.apps.rounds.models import ProgrammeWord, ProviderKind


@dataclass(frozen=True)
class IndicatorText:
    """What is counted: from ``baseline`` to ``target`` in ``unit`` by ``due`` (None: the last day)."""

    name: str
    target: Decimal
    baseline: Decimal = Decimal(0)
    unit: str = ""
    due: date | None = None
    counted: Counted = Counted.TYPED


@dataclass(frozen=True)
class GroupText:
    """Whom the project is for; ages in years."""

    name: str
    count: int | None = None
    source: str = ""
    age_from: int | None = None
    age_to: int | None = None


@dataclass(frozen=True)
class PartnerText:
    """Who else takes part; an organization of the register gives its own name."""

    kind: PartnerKind
    name: str = ""
    organization: Organization | None = None
    gives: str = ""


@dataclass(frozen=True)
class ProjectText:
    """Everything a project that is entered directly says; ``year`` is that of its first day unless given."""

    title: str
    kind: ProjectKind
    provider: ProviderKind
    starts_on: date
    ends_on: date
    amount: Decimal
    own: Decimal = Decimal(0)
    money_from: str = ""
    year: int | None = None
    category: ProgrammeWord | None = None
    goal: str = ""
    content: str = ""
    indicators: Sequence[IndicatorText] = ()
    groups: Sequence[GroupText] = ()
    partners: Sequence[PartnerText] = ()
    lines: Sequence[Line] = ()
