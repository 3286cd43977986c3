"""An idea comes from the portal or from paper, is coached by the agency of its community, and becomes a proposal."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from linli.apps.organizations.models import Organization
from linli.apps.organizations.tests.factories import make_agency, make_organization
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.apps.rounds import queries, services
from linli.apps.rounds.models import CoachingVisit, Idea, Proposal, Round
from linli.apps.rounds.services import Proposer
from linli.apps.rounds.tests.factories import NOW, fill, make_programme, make_round, start, upload
from linli.kernel import files
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.refs import ref_of
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=40)
"""In the phase of proposals, when the phase of ideas runs at ``NOW``."""


@dataclass(frozen=True)
class Scene:
    """A co-creation round, the agency of one community and who speaks for it."""

    district: District
    intake: Round
    agency: Organization
    coach: User
    worker: User


@pytest.fixture
def scene() -> Scene:
    district = make_district()
    intake = make_round(make_programme(district.street), "co_creation", running="ideas")
    agency = make_agency(district.street)
    services.assign_agency(intake, agency=agency, communities=[district.community], actor=None)
    coach = make_user(Role.ORGANIZATION_MANAGER, organization=agency)
    return Scene(district, intake, agency, coach, make_user(Role.COMMUNITY_WORKER, district.community))


def idea(scene: Scene, **more: object) -> Idea:
    told = {"title": "楼下种花", "text": "想和邻居一起种花。", "actor": None, "at": NOW, **more}
    return services.hand_in_idea(scene.intake, place=scene.district.community, **told)  # type: ignore[arg-type]  # test


def test_it_takes_an_idea_without_name_and_account(scene: Scene) -> None:
    row = idea(scene)
    assert (row.state, row.source, str(row.name), row.user) == ("new", "portal", "", None)


def test_it_takes_an_idea_typed_in_from_paper_with_its_scan(scene: Scene) -> None:
    row = idea(scene, source="paper", name="钱秀英", phone="", paper=upload("金点子.pdf"), actor=scene.worker)
    assert (row.entered_by, str(row.name)) == (scene.worker, "钱*")
    assert files.files_of(ref_of(row)).count() == 1


def test_it_lets_only_the_community_type_its_paper(scene: Scene) -> None:
    stranger = make_user(Role.COMMUNITY_WORKER, scene.district.other_community)
    with pytest.raises(NotAllowed):
        idea(scene, source="paper", actor=stranger)


def test_it_refuses_an_idea_after_the_phase(scene: Scene) -> None:
    with pytest.raises(queries.DoorClosed):
        idea(scene, at=NOW + timedelta(days=19, hours=1))


def test_it_refuses_an_idea_from_outside_the_round(scene: Scene) -> None:
    with pytest.raises(Refusal) as refused:
        services.hand_in_idea(
            scene.intake, place=scene.district.neighbour_community, title="甲", text="乙", actor=None, at=NOW
        )
    assert refused.value.field == "place"


def test_it_coaches_an_idea_that_becomes_a_proposal_with_its_story(scene: Scene) -> None:
    row = idea(scene)
    visit = services.record_coaching(
        row, agency=scene.agency, held_on=date(2026, 3, 10), changed="明确了花坛位置", next_step="找五位邻居",
        actor=scene.coach, at=NOW,
    )  # fmt: skip
    assert row.state == "coached"
    proposal = services.take_up(row, proposers=[Proposer(place=scene.district.community)], actor=scene.worker, at=LATER)
    row.refresh_from_db()
    assert (row.state, row.proposal) == ("proposed", proposal)
    assert (proposal.title, proposal.background) == ("楼下种花", "想和邻居一起种花。")
    assert queries.visits_of(proposal) == [visit]


def test_it_sets_an_idea_aside_with_a_reason(scene: Scene) -> None:
    row = idea(scene)
    with pytest.raises(Refusal):
        services.set_aside(row, reason=" ", actor=scene.worker)
    services.set_aside(row, reason="此处为消防通道", actor=scene.worker)
    assert (row.state, row.reason) == ("set_aside", "此处为消防通道")


def test_it_lets_only_the_agency_of_the_community_coach(scene: Scene) -> None:
    row = idea(scene)
    other = make_agency(scene.district.street, "另一支持中心")
    manager = make_user(Role.ORGANIZATION_MANAGER, organization=other)
    with pytest.raises(NotAllowed):
        services.record_coaching(row, agency=other, held_on=date(2026, 3, 1), changed="甲", actor=manager, at=NOW)
    with pytest.raises(Refusal):
        services.record_coaching(row, agency=other, held_on=date(2026, 3, 1), changed="甲", actor=scene.coach, at=NOW)
    assert CoachingVisit.objects.count() == 0


def test_it_assigns_only_supporting_agencies(scene: Scene) -> None:
    with pytest.raises(Refusal):
        services.assign_agency(
            scene.intake,
            agency=make_organization(scene.district.street),
            communities=[scene.district.community],
            actor=None,
        )


def test_it_shows_ideas_to_their_community_and_its_agency(scene: Scene) -> None:
    row = idea(scene)
    elsewhere = make_user(Role.COMMUNITY_WORKER, scene.district.other_community)
    assert list(queries.ideas_visible_to(scene.worker)) == [row]
    assert list(queries.ideas_visible_to(scene.coach)) == [row]
    assert list(queries.ideas_visible_to(elsewhere)) == []


def test_it_hands_in_what_an_agency_changed_only_after_the_proposers_confirm(scene: Scene) -> None:
    proposal = fill(start(scene.intake, scene.district.community, at=LATER), at=LATER)
    services.save_section(proposal, seen=None, actor=scene.coach, goal="机构改过的目标", at=LATER)
    proposal.refresh_from_db()
    assert proposal.confirm_edit
    assert [one.content["目标"] for one in queries.revisions_of(proposal)] == ["建成一个议事角。"]
    with pytest.raises(Refusal):
        services.submit(proposal, actor=scene.worker, at=LATER)
    with pytest.raises(NotAllowed):
        services.confirm_edit(proposal, actor=scene.coach)
    services.confirm_edit(proposal, actor=scene.worker)
    services.submit(proposal, actor=scene.worker, at=LATER)
    assert Proposal.objects.get(pk=proposal.pk).state == "submitted"


def test_it_lets_no_agency_hand_in(scene: Scene) -> None:
    proposal = fill(start(scene.intake, scene.district.community, at=LATER), at=LATER)
    with pytest.raises(NotAllowed):
        services.submit(proposal, actor=scene.coach, at=LATER)
