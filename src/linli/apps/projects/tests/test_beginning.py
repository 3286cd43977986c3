"""Projects begin from awards, or are entered directly; both stand under the next number of street and year."""

from datetime import date
from decimal import Decimal

import pytest

from linli.apps.agreements import services as agreements
from linli.apps.agreements.tests.factories import CODE, a_scan, a_text, choose_party, review
from linli.apps.ledger.models import Commitment
from linli.apps.ledger.tests.factories import make_fund
from linli.apps.organizations.tests.factories import make_agency, make_organization
from linli.apps.people.tests.factories import make_user
from linli.apps.projects import queries, services
from linli.apps.projects.jobs import join_agreement
from linli.apps.projects.models import Evidence, Project, ProjectKind
from linli.apps.projects.tests.awarded import Awarded, make_awarded
from linli.apps.projects.tests.factories import LAST, make_project, project_text
from linli.apps.rounds.models import Award
from linli.apps.rounds.services import contest
from linli.apps.rounds.tests.judged import DECIDING
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.events import Event
from linli.kernel.refs import Ref, new_key, ref_of
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]


@pytest.fixture(scope="module")
def table(module_db: None) -> Awarded:
    return make_awarded()


@pytest.fixture
def award(table: Awarded) -> Award:
    return Award.objects.select_related("proposal__place", "proposal__round", "line__decision").get()


def test_a_project_begins_from_its_award_with_what_was_proposed(table: Awarded, award: Award) -> None:
    project = services.begin_from_award(award, actor=None, at=DECIDING)
    lead = award.proposal.shares.get().organization
    assert (project.title, project.bearer, project.amount) == (award.proposal.title, lead, award.amount)
    assert (project.number, project.kind, project.state) == ("清河里街道-2026-001", "professional", "running")
    assert (project.starts_on, project.ends_on) == (date(2026, 5, 1), date(2026, 11, 30))
    assert [(row.name, row.target) for row in project.indicators.all()] == [("议事会", Decimal(8))]
    assert [(row.name, row.count) for row in project.target_groups.all()] == [("全体居民", 600)]
    lines = Commitment.objects.get(pk=award.commitment_id).lines
    assert [(line.item, line.amount) for line in lines.all()] == [("桌椅", award.amount)]


def test_an_award_begins_one_project(award: Award) -> None:
    services.begin_from_award(award, actor=None, at=DECIDING)
    with pytest.raises(Conflict):
        services.begin_from_award(award, actor=None, at=DECIDING)
    assert Project.objects.count() == 1


def test_a_contested_award_begins_nothing(table: Awarded, award: Award) -> None:
    contest(award.line.decision, objection="列入异常名录", actor=None)
    with pytest.raises(Refusal) as no:
        services.begin_from_award(award, actor=None, at=DECIDING)
    assert (no.value.code, Project.objects.count()) == ("contested", 0)


def test_only_the_street_begins(table: Awarded, award: Award) -> None:
    worker = make_user(Role.COMMUNITY_WORKER, table.district.community, password=None)
    neighbour = make_user(Role.STREET_OFFICER, table.district.neighbour_street, password=None)
    for actor in (worker, neighbour):
        with pytest.raises(NotAllowed):
            services.begin_from_award(award, actor=actor, at=DECIDING)
    officer = make_user(Role.STREET_OFFICER, table.district.street, password=None)
    assert services.begin_from_award(award, actor=officer, at=DECIDING).award == award


def test_a_signed_agreement_joins_its_project_once(table: Awarded, award: Award) -> None:
    project = services.begin_from_award(award, actor=None, at=DECIDING)
    choose_party(table.district.street)
    lead = award.proposal.shares.get().organization
    assert lead is not None
    lead.credit_code = CODE
    row = agreements.draw_up(
        street=table.district.street, subject=ref_of(award.proposal), grounds=ref_of(award.line.decision),
        text=a_text(lead, amount=award.amount), commitment=award.commitment, actor=None,
    )  # fmt: skip
    agreements.sign(review(row), scan=a_scan(), signed_on=date(2026, 5, 9), actor=None, at=DECIDING)
    event = Event(new_key(), "agreements.agreement.sign", ref_of(row), None, DECIDING.isoformat(), {})
    join_agreement(event)
    join_agreement(event)
    project.refresh_from_db()
    assert project.agreement == row


def test_a_small_yearly_contract_is_entered_directly(table: Awarded) -> None:
    team = make_organization(table.district.community, "社区大管家服务社")
    fund, grounds = make_fund(table.district.street, 20_000), Ref("places.place", new_key())
    project = make_project(table.district.community, team, fund=fund, grounds=grounds, money_from="")
    promised = Commitment.objects.get(project=project)
    assert (promised.amount, promised.subject, promised.grounds) == (Decimal("5000.00"), ref_of(project), grounds)
    assert (project.award, project.proposal, project.year) == (None, None, 2026)
    refused = {"grounds": None, "fund": fund}
    with pytest.raises(Refusal) as no:
        make_project(table.district.community, team, **refused)
    assert (no.value.field, Project.objects.count()) == ("grounds", 1)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"money_from": ""}, "money_from"),
        ({"ends_on": date(2026, 3, 31)}, "ends_on"),
        ({"title": " "}, "title"),
        ({"amount": Decimal(-1)}, "amount"),
    ],
)
def test_it_refuses_what_does_not_fit_and_leaves_no_trace(table: Awarded, given: dict[str, object], field: str) -> None:
    with pytest.raises(Refusal) as no:
        make_project(table.district.community, **given)
    assert (no.value.field, Project.objects.count()) == (field, 0)


def test_one_carries_it_out(table: Awarded) -> None:
    with pytest.raises(Refusal) as no:
        services.enter_directly(place=table.district.community, text=project_text(), actor=None)
    assert no.value.field == "bearer"


@pytest.mark.parametrize("kind", ProjectKind.values)
def test_each_class_has_its_own_milestones_and_evidence(table: Awarded, kind: str) -> None:
    project = make_project(table.district.community, kind=ProjectKind(kind))
    titles = {"hardware": "施工前照片", "professional": "服务人员分工与资质", "resident_led": "居民议事记录"}
    evidence = Evidence.objects.filter(milestone__project=project, milestone__code="start")
    assert [name for name in titles if evidence.filter(title=titles[name]).exists()] == [kind]
    assert [row.due for row in queries.milestones_of(project)] == sorted(row.due for row in project.milestones.all())
    assert project.milestones.get(code="close").due == project.ends_on


def test_readers_bearers_and_agencies_see_a_project_and_strangers_do_not(table: Awarded) -> None:
    here = table.district
    bearer, agency = make_organization(here.community, "助老社"), make_agency(here.street)
    project = make_project(here.community, bearer, agency=agency)
    manager = make_user(Role.ORGANIZATION_MANAGER, organization=bearer, password=None)
    supporter = make_user(Role.ORGANIZATION_MANAGER, organization=agency, password=None)
    other = make_user(Role.ORGANIZATION_MANAGER, organization=make_organization(here.community, "别家"), password=None)
    auditor = make_user(Role.AUDITOR, here.street, password=None)
    neighbour = make_user(Role.COMMUNITY_WORKER, here.other_community, password=None)
    seen = [list(queries.visible_to(one)) for one in (manager, supporter, auditor, other, neighbour, None)]
    assert seen == [[project]] * 3 + [[]] * 3


def test_it_halts_and_resumes_for_a_reason(table: Awarded) -> None:
    project = make_project(table.district.community)
    with pytest.raises(Refusal):
        services.suspend(project, reason=" ", actor=None)
    services.suspend(project, reason="场地漏水", actor=None)
    services.resume(project, reason="已修好", ends_on=date(2026, 12, 31), actor=None)
    fresh = Project.objects.get(pk=project.pk)
    assert (fresh.state, fresh.ends_on, fresh.first_end) == ("running", date(2026, 12, 31), LAST)
