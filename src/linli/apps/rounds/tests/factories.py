"""Rounds and proposals for tests, taken through the verbs."""

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from tests.support.remembering import remembered

from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place
from linli.apps.rounds import services
from linli.apps.rounds.models import Phase, Programme, Proposal, Round, WordKind
from linli.apps.rounds.services import IndicatorText, Line, Proposer

NOW = datetime(2026, 3, 10, 1, 0, tzinfo=UTC)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@remembered
def make_programme(
    place: Place, name: str = "清河里公益创投", sets: Sequence[str] = ("sanshui", "sources")
) -> Programme:
    return services.found_programme(name=name, place=place, sets=sets, started_on=date(2026, 1, 1), actor=None)


@remembered
def make_round(
    programme: Programme, template: str = "approval", *, running: str = "call", at: datetime = NOW, **columns: Any
) -> Round:
    """An open round in which the phase with the code ``running`` runs at ``at``; phases last 20 days each."""
    title = columns.pop("title", f"{programme.name}2026年度")
    intake = services.set_up_round(programme, template=template, title=title, year=2026, actor=None, at=at, **columns)
    phases = list(Phase.objects.filter(round=intake).order_by("order"))
    first = next(index for index, phase in enumerate(phases) if phase.code == running)
    for index, phase in enumerate(phases):
        opens = at + timedelta(days=20 * (index - first) - 1)
        Phase.objects.filter(pk=phase.pk).update(opens_at=opens, closes_at=opens + timedelta(days=20))
    services.open_round(intake, actor=None, at=min(at, NOW) - timedelta(days=1))
    return intake


def upload(name: str = "问卷.pdf") -> io.BytesIO:
    file = io.BytesIO(PDF)
    file.name = name
    return file


@remembered
def start(
    intake: Round,
    place: Place,
    organization: Organization | None = None,
    *,
    title: str = "楼门口的议事角",
    at: datetime = NOW,
) -> Proposal:
    """A draft of an organization, or of the community itself."""
    proposer = Proposer(organization=organization) if organization else Proposer(place=place)
    return services.start_proposal(intake, place=place, title=title, proposers=[proposer], actor=None, at=at)


@remembered
def fill(proposal: Proposal, *, asked: str = "5000.00", at: datetime = NOW) -> Proposal:
    """Everything a round may ask for."""
    word = proposal.round.programme.words.filter(kind=WordKind.CLASS).first()
    services.save_section(
        proposal, seen=None, actor=None, at=at, category=word, provider="community", site="槐荫社区2号院",
        starts_on=date(2026, 5, 1), ends_on=date(2026, 11, 30), background="老旧小区缺少议事场地。",
        goal="建成一个议事角。",
        beneficiaries="全体居民", beneficiary_count=600, steps="选址、布置、每月议事。", party_role="支部牵头。",
        asked=Decimal(asked), own=Decimal("200.00"), contact_name="王某某", contact_phone="13800000001",
    )  # fmt: skip
    services.set_lines(
        proposal,
        [Line("materials", "桌椅", asked, "1", "套"), Line("printing", "海报", "20.00", "10", "张", source="own")],
        seen=None, actor=None, at=at,
    )  # fmt: skip
    target = IndicatorText("议事会", Decimal(0), Decimal(8), "场", date(2026, 11, 30))
    services.set_indicators(proposal, [target], seen=None, actor=None, at=at)
    services.add_survey(
        proposal, method="questionnaire", count=60, held_on=date(2026, 2, 20), findings="八成希望有议事场地",
        upload=upload(),
        actor=None, at=at,
    )  # fmt: skip
    return proposal


@remembered
def discuss(proposal: Proposal, *, at: datetime = NOW) -> Proposal:
    """Four discussions and a promise."""
    for day, step in enumerate(("motion", "talk", "review", "resolution", "promise"), 1):
        votes = services.Votes(20, 15, 12, 2, 1) if step == "resolution" else None
        promised = date(2026, 11, 30) if step == "promise" else None
        services.record_discussion(
            proposal, step=step, held_on=date(2026, 2, day), people="居民代表15人", minutes="同意建议事角。",
            votes=votes,
            promised_by=promised, actor=None, at=at,
        )  # fmt: skip
    return proposal


@remembered
def make_proposal(
    intake: Round,
    place: Place,
    organization: Organization | None = None,
    *,
    title: str = "楼门口的议事角",
    at: datetime = NOW,
) -> Proposal:
    """A proposal handed in."""
    proposal = discuss(fill(start(intake, place, organization, title=title, at=at), at=at), at=at)
    if organization is not None and organization.is_team:
        services.save_section(proposal, seen=None, actor=None, at=at, holder_place=place)
    services.submit(proposal, actor=None, at=at)
    return proposal


@remembered
def accepted(proposal: Proposal, *, at: datetime = NOW + timedelta(days=20)) -> Proposal:
    """Checked by every office and accepted for review; ``at`` lies in the phase of the first check."""
    check = services.begin_check(proposal, stage="first", actor=None, at=at)
    for view in check.views.all():
        services.give_view(view, view="pass", actor=None, at=at)
    services.accept(proposal, actor=None, at=at)
    return proposal
