"""The first check and the joint review: an opinion per office, then accepted, sent back for more, or refused."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

import pytest

from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.apps.rounds import queries, services
from linli.apps.rounds.models import Check, OfficeView, Proposal, Round
from linli.apps.rounds.tests.factories import NOW, accepted, make_programme, make_proposal, make_round
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db
CHECKING = NOW + timedelta(days=20)
JOINT = NOW + timedelta(days=40)


@dataclass(frozen=True)
class Scene:
    """A proposal handed in to a round of the approval template."""

    district: District
    intake: Round
    proposal: Proposal
    officer: User


@pytest.fixture
def scene() -> Scene:
    district = make_district()
    intake = make_round(make_programme(district.street))
    officer = make_user(Role.STREET_OFFICER, district.street)
    return Scene(district, intake, make_proposal(intake, district.community), officer)


def begin(scene: Scene) -> Check:
    return services.begin_check(
        scene.proposal, stage="first", actor=scene.officer, offices=["党建办", "财务科"], at=CHECKING
    )


def say(check: Check, office: str, view: str, scene: Scene, **more: object) -> OfficeView:
    row = check.views.get(office=office)
    return services.give_view(row, view=view, actor=scene.officer, at=CHECKING, **more)  # type: ignore[arg-type]  # test


def test_it_accepts_when_every_office_passes(scene: Scene) -> None:
    check = begin(scene)
    say(check, "党建办", "pass", scene)
    with pytest.raises(Refusal) as refused:
        services.accept(scene.proposal, actor=scene.officer, at=CHECKING)
    assert "财务科" in str(refused.value)
    say(check, "财务科", "pass", scene, approved="4800.00", clause="预算科目第3条")
    services.accept(scene.proposal, actor=scene.officer, at=CHECKING)
    assert list(queries.accepted_in(scene.intake)) == [scene.proposal]
    assert services.approved_amount(scene.proposal) == Decimal("4800.00")
    assert [one.office for one in queries.views_in([scene.proposal.pk], actor=scene.officer)] == ["党建办", "财务科"]


@pytest.mark.parametrize("view", ["change", "refuse"])
def test_it_accepts_nothing_an_office_does_not_pass(scene: Scene, view: str) -> None:
    check = begin(scene)
    say(check, "党建办", "pass", scene)
    with pytest.raises(Refusal) as refused:
        say(check, "财务科", view, scene)
    assert refused.value.field == "reason"
    say(check, "财务科", view, scene, reason="单价无依据")
    with pytest.raises(Refusal):
        services.accept(scene.proposal, actor=scene.officer, at=CHECKING)


def test_it_approves_no_more_than_was_asked_for(scene: Scene) -> None:
    with pytest.raises(Refusal) as refused:
        say(begin(scene), "财务科", "pass", scene, approved="5000.01")
    assert refused.value.field == "approved"


def test_it_sends_back_for_more_and_checks_anew(scene: Scene) -> None:
    check = begin(scene)
    services.return_for_more(scene.proposal, reason="补充报价单", actor=scene.officer, at=CHECKING)
    with pytest.raises(Conflict):
        say(check, "财务科", "pass", scene)
    services.submit(scene.proposal, actor=None, at=CHECKING)
    again = begin(scene)
    assert (again.revision.number, check.revision.number) == (2, 1)


def test_it_holds_the_joint_review_in_its_own_phase(scene: Scene) -> None:
    with pytest.raises(queries.DoorClosed):
        services.begin_check(scene.proposal, stage="joint", actor=scene.officer, at=CHECKING)
    check = services.begin_check(scene.proposal, stage="joint", actor=scene.officer, at=JOINT)
    assert [one.office for one in check.views.all()] == sorted(["党建工作办公室", "社区建设办公室", "财务科"])


def test_it_runs_one_check_of_a_stage_at_a_time(scene: Scene) -> None:
    begin(scene)
    with pytest.raises(Conflict):
        begin(scene)


def test_it_refuses_with_a_reason_the_proposers_read(scene: Scene) -> None:
    with pytest.raises(Refusal):
        services.refuse(scene.proposal, reason="", actor=scene.officer)
    services.refuse(scene.proposal, reason="与已立项项目重复", actor=scene.officer)
    assert (scene.proposal.state, scene.proposal.reason) == ("refused", "与已立项项目重复")


def test_it_lets_no_community_check(scene: Scene) -> None:
    worker = make_user(Role.COMMUNITY_WORKER, scene.district.community)
    with pytest.raises(NotAllowed):
        services.begin_check(scene.proposal, stage="first", actor=worker, at=CHECKING)
    with pytest.raises(NotAllowed):
        services.give_view(begin(scene).views.all()[0], view="pass", actor=worker, at=CHECKING)


def test_it_withdraws_what_was_accepted(scene: Scene) -> None:
    accepted(scene.proposal)
    services.withdraw(scene.proposal, actor=None)
    assert list(queries.accepted_in(scene.intake)) == []
