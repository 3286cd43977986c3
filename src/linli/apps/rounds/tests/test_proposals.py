"""A proposal is written in sections, complete before it is handed in, and refused where a rule says no."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from linli.apps.organizations.models import Organization, OrganizationKind
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.apps.rounds import queries, services
from linli.apps.rounds.models import Proposal, ProposalLine, Round
from linli.apps.rounds.services import Line, Proposer
from linli.apps.rounds.services.keeping import Overtaken
from linli.apps.rounds.tests.factories import NOW, discuss, fill, make_programme, make_proposal, make_round, start
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.scope import Role
from linli.kernel.settings import choose

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Scene:
    """A district with a running round of the approval template."""

    district: District
    intake: Round


@pytest.fixture
def scene() -> Scene:
    district = make_district()
    return Scene(district, make_round(make_programme(district.street)))


def team(scene: Scene, name: str = "曙光评剧队") -> Organization:
    return make_organization(scene.district.community, name, OrganizationKind.RESIDENT_TEAM)


def why(proposal: Proposal) -> str:
    """The code of the refusal when it is handed in."""
    with pytest.raises(Refusal) as refused:
        services.submit(proposal, actor=None, at=NOW)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.serial) == ("draft", "")
    return refused.value.code


def test_it_hands_in_a_complete_proposal_with_number_and_revision(scene: Scene) -> None:
    proposal = make_proposal(scene.intake, scene.district.community)
    assert (proposal.state, proposal.serial, proposal.submitted_at) == ("submitted", "2026-01-001", NOW)
    (revision,) = queries.revisions_of(proposal)
    assert revision.content["申请额"] == "¥5,000.00"
    assert revision.content["指标"] == ["议事会：0→8场（2026-11-30）"]


def _no_survey(proposal: Proposal) -> None:
    services.remove_survey(proposal.surveys.get(), actor=None)


def _few(proposal: Proposal) -> None:
    proposal.surveys.update(count=49)


def _no_file(proposal: Proposal) -> None:
    proposal.surveys.update(has_file=False)


def _no_indicator(proposal: Proposal) -> None:
    services.set_indicators(proposal, [], seen=None, actor=None)


def _no_promise(proposal: Proposal) -> None:
    proposal.discussions.filter(step="promise").delete()


def _wrong_order(proposal: Proposal) -> None:
    proposal.discussions.filter(step="motion").update(held_on=date(2026, 2, 28))


def _sum(proposal: Proposal) -> None:
    services.save_section(proposal, seen=None, actor=None, asked=Decimal("5000.01"))


def _cap(proposal: Proposal) -> None:
    fill(proposal, asked="80000.01")


def _office_costs(proposal: Proposal) -> None:
    lines = [Line("other", "办公用品", "5000", "1"), Line("printing", "海报", "20", "10", source="own")]
    services.set_lines(proposal, lines, seen=None, actor=None)


def _shares(proposal: Proposal) -> None:
    services.set_proposers(proposal, [Proposer(place=proposal.place, share=Decimal("99.99"))], seen=None, actor=None)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (_no_survey, "survey"),
        (_few, "survey-few"),
        (_no_file, "survey-file"),
        (_no_indicator, "indicators"),
        (_no_promise, "discussions"),
        (_wrong_order, "order"),
        (_sum, "sum"),
        (_cap, "cap"),
        (_office_costs, "prohibited"),
        (_shares, "shares"),
    ],
)
def test_it_refuses_what_is_missing_or_wrong(scene: Scene, spoil: Callable[[Proposal], None], code: str) -> None:
    proposal = discuss(fill(start(scene.intake, scene.district.community)))
    spoil(proposal)
    assert why(proposal) == code


def test_it_names_the_clause_of_a_prohibited_use(scene: Scene) -> None:
    proposal = discuss(fill(start(scene.intake, scene.district.community)))
    _office_costs(proposal)
    with pytest.raises(Refusal) as refused:
        services.submit(proposal, actor=None, at=NOW)
    assert "党组织服务群众经费负面清单" in str(refused.value)


def test_it_refuses_a_use_the_programme_itself_refuses(scene: Scene) -> None:
    services.add_word(scene.intake.programme, kind="ban", title="桌椅", clause="街道负面清单第3条", actor=None)
    proposal = discuss(fill(start(scene.intake, scene.district.community)))
    assert why(proposal) == "prohibited"


@pytest.mark.parametrize(
    ("price", "quantity", "amount", "code"),
    [
        ("1.005", "1", None, "inexact"),
        ("1.00", "1.005", None, "inexact"),
        ("0.01", "0.5", None, "inexact"),
        ("3.00", "2", "6.01", "sum"),
        ("3.00", "0", None, "refused"),
        ("3.00", "两", None, "refused"),
        ("3.00", "NaN", None, "refused"),
    ],
)
def test_it_refuses_a_line_that_is_not_exact_to_the_fen(
    scene: Scene, price: str, quantity: str, amount: str | None, code: str
) -> None:
    proposal = start(scene.intake, scene.district.community)
    with pytest.raises(Refusal) as refused:
        services.set_lines(proposal, [Line("materials", "桌", price, quantity, amount=amount)], seen=None, actor=None)
    assert refused.value.code == code
    assert ProposalLine.objects.count() == 0


def test_it_reckons_a_line_exactly(scene: Scene) -> None:
    proposal = start(scene.intake, scene.district.community)
    services.set_lines(proposal, [Line("teaching", "授课", "133.20", "2.5", "课时")], seen=None, actor=None)
    assert proposal.lines.get().amount == Decimal("333.00")


def test_it_refuses_three_decimals_in_the_sum_asked_for(scene: Scene) -> None:
    proposal = start(scene.intake, scene.district.community)
    with pytest.raises(Refusal) as refused:
        services.save_section(proposal, seen=None, actor=None, asked=Decimal("1.005"))
    assert refused.value.field == "asked"


def test_it_counts_votes_that_carry_a_resolution(scene: Scene) -> None:
    proposal = start(scene.intake, scene.district.community)
    told = {"step": "resolution", "held_on": date(2026, 2, 1), "people": "居民代表", "minutes": "表决", "actor": None}
    cases = [
        ((20, 21, 15, 3, 3), "present"), ((20, 10, 10, 0, 0), "present"), ((20, 12, 6, 6, 0), "in_favour"),
        ((20, 12, 8, 2, 1), "in_favour"),
    ]  # fmt: skip
    for votes, field in cases:
        with pytest.raises(Refusal) as refused:
            services.record_discussion(proposal, votes=services.Votes(*votes), **told)
        assert refused.value.field == field
    services.record_discussion(proposal, votes=services.Votes(20, 11, 6, 5, 0), **told)
    with pytest.raises(IntegrityError), transaction.atomic():
        proposal.discussions.update(against=6)


def test_it_asks_a_team_for_a_fund_holder(scene: Scene) -> None:
    proposal = discuss(fill(start(scene.intake, scene.district.community, team(scene))))
    assert why(proposal) == "fund-holder"
    with pytest.raises(Refusal):
        services.save_section(proposal, seen=None, actor=None, fund_holder=team(scene, "秋韵舞蹈队"))
    services.save_section(proposal, seen=None, actor=None, fund_holder=make_organization(scene.district.street))
    services.submit(proposal, actor=None, at=NOW)
    assert proposal.state == "submitted"


def test_it_takes_several_proposers_whose_shares_sum_to_a_hundred(scene: Scene) -> None:
    other = make_organization(scene.district.community)
    proposers = [
        Proposer(place=scene.district.community, share=Decimal("66.67")),
        Proposer(organization=other, share=Decimal("33.33"), is_lead=False),
    ]
    proposal = services.start_proposal(
        scene.intake, place=scene.district.community, title="共建", proposers=proposers, actor=None, at=NOW
    )
    discuss(fill(proposal))
    services.submit(proposal, actor=None, at=NOW)
    assert [(one.shown, one.share) for one in proposal.shares.all()] == [
        ("槐荫社区", Decimal("66.67")),
        ("暖邻社会工作服务中心", Decimal("33.33")),
    ]


@pytest.mark.parametrize("phone", ["13800000002", ""])
def test_it_takes_a_resident_with_only_a_telephone_or_none_through_a_worker(scene: Scene, phone: str) -> None:
    community = scene.district.community
    worker = make_user(Role.COMMUNITY_WORKER, community)
    proposal = services.start_proposal(
        scene.intake, place=community, title="楼道书架", proposers=[Proposer(name="赵桂兰", phone=phone)],
        entered_at=community, actor=worker, at=NOW,
    )  # fmt: skip
    fill(proposal)
    services.save_section(proposal, seen=None, actor=worker, holder_place=community)
    discuss(proposal)
    services.submit(proposal, actor=worker, at=NOW)
    share = proposal.shares.get()
    assert (proposal.state, share.shown, share.resident_user) == ("submitted", "赵*", None)
    stranger = make_user(Role.COMMUNITY_WORKER, scene.district.other_community)
    with pytest.raises(NotAllowed):
        services.withdraw(proposal, actor=stranger)


def test_it_lets_nobody_propose_for_others(scene: Scene) -> None:
    resident = make_user(Role.RESIDENT, scene.district.community)
    with pytest.raises(NotAllowed):
        services.start_proposal(
            scene.intake, place=scene.district.community, title="甲",
            proposers=[Proposer(place=scene.district.community)], actor=resident, at=NOW,
        )  # fmt: skip
    own = Proposer(name=resident.name, user=resident.pk)
    proposal = services.start_proposal(
        scene.intake, place=scene.district.community, title="乙", proposers=[own], actor=resident, at=NOW
    )
    assert list(queries.own_of(resident)) == [proposal]


def test_it_limits_proposals_of_one_proposer(scene: Scene) -> None:
    make_proposal(scene.intake, scene.district.community)
    second = discuss(fill(start(scene.intake, scene.district.community, title="第二个")))
    assert why(second) == "above-limit"
    first = Proposal.objects.get(serial="2026-01-001")
    services.withdraw(first, actor=None)
    services.submit(second, actor=None, at=NOW)
    assert second.serial == "2026-01-002"


def test_it_takes_one_brand_of_a_community(scene: Scene) -> None:
    choose("rounds.per_proposer", 0, street=scene.district.street.pk, record=scene.intake.pk, actor=None)
    for title in ("品牌一", "品牌二"):
        proposal = discuss(fill(start(scene.intake, scene.district.community, title=title)))
        services.save_section(proposal, seen=None, actor=None, is_brand=True)
        if title == "品牌一":
            services.submit(proposal, actor=None, at=NOW)
    assert why(proposal) == "above-limit"


def test_it_refuses_the_second_of_two_who_save_at_once(scene: Scene) -> None:
    proposal = start(scene.intake, scene.district.community)
    seen = proposal.version
    services.save_section(proposal, seen=seen, actor=None, goal="甲写的")
    with pytest.raises(Overtaken):
        services.save_section(proposal, seen=seen, actor=None, goal="乙写的")
    proposal.refresh_from_db()
    assert proposal.goal == "甲写的"


def test_it_keeps_what_is_typed_after_the_round_has_closed(scene: Scene) -> None:
    proposal = discuss(fill(start(scene.intake, scene.district.community)))
    services.close_round(scene.intake, reason="提前结束", actor=None)
    services.save_section(proposal, seen=None, actor=None, goal="结束后还在写的一句")
    proposal.round.refresh_from_db()
    with pytest.raises(queries.DoorClosed):
        services.submit(proposal, actor=None, at=NOW)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.goal) == ("draft", "结束后还在写的一句")


def test_it_writes_on_nothing_that_was_handed_in(scene: Scene) -> None:
    proposal = make_proposal(scene.intake, scene.district.community)
    with pytest.raises(Conflict):
        services.save_section(proposal, seen=None, actor=None, goal="改")


def test_it_compares_what_came_back_with_what_was_sent_back(scene: Scene) -> None:
    proposal = make_proposal(scene.intake, scene.district.community)
    services.return_for_more(proposal, reason="目标不具体", actor=None)
    assert (proposal.state, proposal.reason) == ("returned", "目标不具体")
    services.save_section(proposal, seen=None, actor=None, goal="每月议事一次，全年八次。")
    services.submit(proposal, actor=None, at=NOW + timedelta(days=20))
    first, second = queries.revisions_of(proposal)
    (change,) = queries.changes_between(first, second)
    assert (change.title, change.before, change.after) == ("目标", "建成一个议事角。", "每月议事一次，全年八次。")
    assert proposal.serial == "2026-01-001"


def test_it_counts_supporters(scene: Scene) -> None:
    proposal = start(scene.intake, scene.district.community)
    services.count_supporters(proposal, kind="neighbours", count=86, source="签名表", actor=None)
    services.count_supporters(proposal, kind="neighbours", count=90, source="签名表", actor=None)
    services.count_supporters(proposal, kind="volunteers", count=12, source="报名表", actor=None)
    assert queries.supporter_counts(proposal) == {"neighbours": 90, "volunteers": 12}
    worker = make_user(Role.COMMUNITY_WORKER, scene.district.community)
    services.support(proposal, actor=worker)
    with pytest.raises(Refusal):
        services.support(proposal, actor=worker)


def test_it_shows_similar_earlier_proposals(scene: Scene) -> None:
    old = make_proposal(scene.intake, scene.district.community, title="楼门文化墙改造")
    new = start(scene.intake, scene.district.other_community, title="南里楼门文化展")
    officer = make_user(Role.STREET_OFFICER, scene.district.street)
    assert [found.record for found in queries.similar_to(new, actor=officer)] == [old]


def test_it_asks_about_proposers_under_one_legal_person(scene: Scene) -> None:
    from linli.apps.organizations.services import set_legal_person

    choose("rounds.per_proposer", 0, street=scene.district.street.pk, record=scene.intake.pk, actor=None)
    proposals = []
    for name in ("暖邻中心", "暖心中心"):
        organization = make_organization(scene.district.community, name)
        set_legal_person(organization, name="周明远", on=date(2026, 1, 2), source="登记证书", actor=None)
        proposals.append(make_proposal(scene.intake, scene.district.community, organization, title=f"{name}的项目"))
    officer = make_user(Role.STREET_OFFICER, scene.district.street)
    assert queries.same_legal_person(proposals[0], actor=officer) == [("暖心中心", proposals[1])]
