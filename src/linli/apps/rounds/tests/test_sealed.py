"""Sealed proposals: seen by nobody but their proposers before two people opened them, through no door."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.translation import override

from linli.apps.organizations.tests.factories import make_agency
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.apps.rounds import queries, services
from linli.apps.rounds.models import Opening, Proposal, Round
from linli.apps.rounds.tests.factories import NOW, make_programme, make_proposal, make_round, start
from linli.kernel import files, search
from linli.kernel.api import issue
from linli.kernel.errors import Conflict, Missing, NotAllowed, Refusal
from linli.kernel.refs import ref_of, resolve
from linli.kernel.scope import Role
from linli.kernel.search.models import SearchRow

pytestmark = pytest.mark.django_db
AFTER = NOW + timedelta(days=20)


@dataclass(frozen=True)
class Scene:
    """A sealed round with one proposal of a community, and who might look at it."""

    district: District
    intake: Round
    proposal: Proposal
    proposer: User
    officer: User
    auditor: User
    worker_elsewhere: User
    agency: User

    @property
    def strangers(self) -> list[User]:
        return [self.officer, self.auditor, self.worker_elsewhere, self.agency]


@pytest.fixture
def scene() -> Scene:
    district = make_district()
    intake = make_round(make_programme(district.street), "contest")
    agency = make_agency(district.street)
    services.assign_agency(intake, agency=agency, communities=[district.community], actor=None)
    return Scene(
        district,
        intake,
        make_proposal(intake, district.community, title="银铃助浴"),
        make_user(Role.COMMUNITY_SECRETARY, district.community),
        make_user(Role.STREET_OFFICER, district.street),
        make_user(Role.AUDITOR, district.street),
        make_user(Role.COMMUNITY_WORKER, district.other_community),
        make_user(Role.ORGANIZATION_MANAGER, organization=agency),
    )


def client_of(user: User) -> Client:
    secret = issue(name="x", owner=user, scopes=["rounds:read"], actor=user).secret
    return Client(headers={"Authorization": f"Bearer {secret}"})


def opened(scene: Scene) -> None:
    services.begin_opening(scene.intake, actor=scene.officer, where="三层会议室", at=AFTER)
    services.open_seals(scene.intake, actor=scene.auditor, at=AFTER)


def test_it_shows_a_sealed_proposal_to_its_proposers_alone(scene: Scene) -> None:
    assert list(queries.visible_to(scene.proposer)) == [scene.proposal]
    assert [list(queries.visible_to(one)) for one in scene.strangers] == [[], [], [], []]


def test_an_agency_finds_what_it_helps_to_write_among_its_proposals(scene: Scene) -> None:
    new = start(scene.intake, scene.district.community, title="楼道里的书架")
    manager = scene.strangers[-1]
    assert (list(queries.tended_by(manager)), list(queries.own_of(manager))) == ([new], [])


def test_it_resolves_a_sealed_proposal_for_nobody_else(scene: Scene) -> None:
    ref = ref_of(scene.proposal)
    assert list(resolve([ref], actor=scene.proposer)) == [ref]
    assert [list(resolve([ref], actor=one)) for one in scene.strangers] == [[], [], [], []]


def test_it_names_a_sealed_proposal_by_its_number_where_records_are_only_named(scene: Scene) -> None:
    ref = ref_of(scene.proposal)
    with override("zh-hans"):
        assert resolve([ref], actor=None, everything=True)[ref].label == "未公开的申报 2026-01-001"


def test_it_keeps_sealed_texts_out_of_the_index(scene: Scene) -> None:
    assert SearchRow.objects.filter(kind="rounds.proposal").count() == 0
    search.rebuild()
    assert SearchRow.objects.filter(kind="rounds.proposal").count() == 0
    assert search.find("银铃助浴", actor=scene.officer) == []


def test_it_shows_sealed_proposals_in_no_likeness(scene: Scene) -> None:
    new = start(scene.intake, scene.district.other_community, title="银铃助浴点")
    assert [queries.similar_to(new, actor=one) for one in scene.strangers] == [[], [], [], []]
    assert [queries.same_legal_person(new, actor=one) for one in scene.strangers] == [[], [], [], []]


def test_it_hands_out_no_file_of_a_sealed_proposal(scene: Scene) -> None:
    stored = files.files_of(ref_of(scene.proposal.surveys.get())).get()
    assert files.file_for(stored.pk, actor=scene.proposer) == stored
    for one in scene.strangers:
        with pytest.raises(Missing):
            files.file_for(stored.pk, actor=one)


def test_it_answers_no_program_about_a_sealed_proposal(scene: Scene) -> None:
    def answered(user: User) -> list[str]:
        found = client_of(user).get("/api/v1/proposals").json()
        return [item["title"] for item in found["items"]]

    assert answered(scene.proposer) == ["银铃助浴"]
    assert [answered(one) for one in scene.strangers] == [[], [], [], []]
    assert client_of(scene.officer).get(f"/api/v1/proposals/{scene.proposal.pk}").status_code == 404
    opened(scene)
    assert answered(scene.officer) == ["银铃助浴"]


def test_it_counts_sealed_proposals_as_a_number(scene: Scene) -> None:
    assert queries.counts_of([scene.intake]) == {scene.intake.pk: 1}


def test_it_begins_no_check_and_gives_no_view_while_sealed(scene: Scene) -> None:
    with pytest.raises(NotAllowed):
        services.begin_check(scene.proposal, stage="first", actor=scene.officer, at=AFTER)
    with pytest.raises(NotAllowed):
        services.return_for_more(scene.proposal, reason="看一眼", actor=scene.officer)
    assert queries.views_in([scene.proposal.pk], actor=scene.officer) == []


def test_it_opens_by_two_people_and_writes_it_down(scene: Scene) -> None:
    opened(scene)
    opening = Opening.objects.get()
    assert (opening.opened_by, opening.witness, opening.counted) == (scene.officer, scene.auditor, 1)
    assert [list(queries.visible_to(one)) for one in (scene.officer, scene.auditor)] == [[scene.proposal]] * 2
    assert list(queries.visible_to(scene.worker_elsewhere)) == []
    assert [found.record for found in search.find("银铃助浴", actor=scene.officer)] == [scene.proposal]


def test_it_refuses_the_first_person_as_the_second(scene: Scene) -> None:
    services.begin_opening(scene.intake, actor=scene.officer, where="会议室", at=AFTER)
    with pytest.raises(Refusal) as refused:
        services.open_seals(scene.intake, actor=scene.officer, at=AFTER)
    assert refused.value.code == "two-people"
    assert list(queries.visible_to(scene.officer)) == []
    with pytest.raises(IntegrityError), transaction.atomic():
        Opening.objects.update(witness=scene.officer, opened_at=AFTER, counted=1)


def test_it_shows_nothing_while_only_one_person_began(scene: Scene) -> None:
    services.begin_opening(scene.intake, actor=scene.officer, where="会议室", at=AFTER)
    assert [list(queries.visible_to(one)) for one in scene.strangers] == [[], [], [], []]
    with pytest.raises(Conflict):
        services.begin_opening(scene.intake, actor=scene.auditor, where="会议室", at=AFTER)


def test_it_opens_nothing_while_the_call_runs(scene: Scene) -> None:
    with pytest.raises(Refusal):
        services.begin_opening(scene.intake, actor=scene.officer, where="会议室", at=NOW)
    with pytest.raises(NotAllowed):
        services.begin_opening(scene.intake, actor=scene.worker_elsewhere, where="会议室", at=AFTER)


def test_it_opens_once(scene: Scene) -> None:
    opened(scene)
    with pytest.raises(Conflict):
        services.open_seals(scene.intake, actor=scene.auditor, at=AFTER)


def test_it_takes_a_withdrawn_proposal_out_of_every_list_but_its_own(scene: Scene) -> None:
    opened(scene)
    scene.proposal.refresh_from_db()
    services.withdraw(Proposal.objects.get(), actor=scene.proposer)
    assert list(queries.visible_to(scene.officer)) == []
    assert list(queries.visible_to(scene.proposer)) == [scene.proposal]
    assert SearchRow.objects.filter(kind="rounds.proposal").count() == 0


def test_it_shows_a_draft_of_an_open_round_to_nobody_else() -> None:
    district = make_district()
    intake = make_round(make_programme(district.street), "approval")
    start(intake, district.community)
    officer = make_user(Role.STREET_OFFICER, district.street)
    assert list(queries.visible_to(officer)) == []
