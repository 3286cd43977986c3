"""From a round onwards: first choice of the community, entries of a review, filing and reply, who finds what."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from linli.apps.organizations.models import Organization
from linli.apps.organizations.tests.factories import make_agency
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.apps.reviews import services as reviews
from linli.apps.reviews.models import Entry, Mode, Panel, VoteKind
from linli.apps.rounds import queries, services
from linli.apps.rounds.models import COMMUNITY, OfficeView, Phase, Proposal, Round
from linli.apps.rounds.tests.factories import (
    fill,
    make_programme,
    make_round,
    start,
    upload,
)
from linli.apps.rounds.tests.judged import make_table
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.files import files_of
from linli.kernel.refs import ref_of
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]


@dataclass
class Scene:
    """A co-creation round in its proposals, with its officer, a worker and the agency of the community."""

    district: District
    intake: Round
    officer: User
    worker: User
    agency: Organization
    coach: User

    def run(self, code: str) -> None:
        """Let a phase run now."""
        now = timezone.now()
        Phase.objects.filter(round=self.intake, code=code).update(opens_at=now, closes_at=None)


@pytest.fixture
def scene() -> Scene:
    district, now = make_district(), timezone.now()
    intake = make_round(make_programme(district.street), "co_creation", at=now)
    agency = make_agency(district.street)
    services.assign_agency(intake, agency=agency, communities=[district.community], actor=None)
    return Scene(
        district, intake, make_user(Role.STREET_OFFICER, district.street),
        make_user(Role.COMMUNITY_WORKER, district.community), agency,
        make_user(Role.ORGANIZATION_MANAGER, organization=agency),
    )  # fmt: skip


def handed_in(scene: Scene) -> Proposal:
    now = timezone.now()
    proposal = fill(start(scene.intake, scene.district.community, at=now), at=now)
    services.submit(proposal, actor=None, at=now)
    return proposal


def client(user: User) -> Client:
    one = Client(headers={"accept-language": "en"})
    one.force_login(user)
    return one


def open_panel(scene: Scene, place: Any) -> Panel:
    session = reviews.open_session(
        title="决选", place=place, first_day=date(2026, 4, 1), mode=Mode.VOTE, vote_kind=VoteKind.PICKS, picks=1,
        winners=1, actor=None,
    )  # fmt: skip
    return reviews.add_panel(session, name="甲组", actor=None)


def test_it_lets_the_community_give_its_own_view_and_no_other(scene: Scene) -> None:
    proposal = handed_in(scene)
    scene.run("preliminary")
    services.begin_check(proposal, stage="first", actor=scene.officer)
    own, office = (OfficeView.objects.get(office=name) for name in (COMMUNITY, "社区建设办公室"))
    assert client(scene.worker).post(f"/desk/rounds/views/{own.pk}/", {"view": "pass"}).status_code == 302
    assert client(scene.worker).get(f"/desk/rounds/views/{office.pk}/").status_code == 403
    own.refresh_from_db()
    assert own.view == "pass"
    elsewhere = make_user(Role.COMMUNITY_WORKER, scene.district.other_community)
    with pytest.raises(NotAllowed):
        services.give_view(own, view="pass", actor=elsewhere)


def test_it_enters_what_is_ready_with_papers_and_ties(scene: Scene) -> None:
    proposal = handed_in(scene)
    services.return_for_more(proposal, reason="补充", actor=None)
    services.record_coaching(
        proposal, agency=scene.agency, held_on=timezone.localdate(), changed="目标",
        actor=scene.coach,
    )  # fmt: skip
    services.submit(proposal, actor=None)
    scene.run("preliminary")
    check = services.begin_check(proposal, stage="first", actor=None)
    for view in check.views.all():
        services.give_view(view, view="pass", actor=None)
    services.accept(proposal, actor=None)
    panel = open_panel(scene, scene.district.street)
    page = f"/desk/rounds/{scene.intake.pk}/review/"
    sent = {"panel": str(panel.pk), "proposals": [str(proposal.pk)]}
    answer = client(scene.officer).post(page, sent)
    entry = Entry.objects.get()
    assert answer.headers["location"] == f"/desk/reviews/{panel.session_id}/"
    assert (entry.panel, entry.title, entry.subject_id) == (panel, proposal.title, proposal.pk)
    assert sorted(one.name for one in files_of(ref_of(entry))) == ["楼门口的议事角项目申报书.pdf", "问卷.pdf"]
    assert sorted(one.ground for one in entry.ties.all()) == ["coaching", "coaching"]
    assert [one.label for one in entry.parties.all()] == [str(scene.district.community)]
    with pytest.raises(Conflict):
        services.enter_for_review(scene.intake, panel=panel, proposals=[proposal], actor=scene.officer)


def test_it_offers_a_street_only_what_was_accepted(scene: Scene) -> None:
    proposal = handed_in(scene)
    street, community = open_panel(scene, scene.district.street), open_panel(scene, scene.district.community)
    assert list(queries.ready_for(scene.intake, street.session)) == []
    assert list(queries.ready_for(scene.intake, community.session)) == [proposal]


def test_it_enters_nothing_while_the_review_is_closed(scene: Scene) -> None:
    panel = open_panel(scene, scene.district.community)
    with pytest.raises(Refusal):
        services.enter_for_review(scene.intake, panel=panel, proposals=[handed_in(scene)], actor=scene.officer)
    assert Entry.objects.count() == 0


def test_it_says_what_to_do_where_no_review_is_prepared(scene: Scene) -> None:
    answer = client(scene.officer).get(f"/desk/rounds/{scene.intake.pk}/review/")
    assert (answer.status_code, "No review is being prepared" in answer.text) == (200, True)


def test_it_makes_whoever_told_an_idea_its_proposer(scene: Scene) -> None:
    scene.run("ideas")
    resident = make_user(Role.RESIDENT, scene.district.community)
    idea = services.hand_in_idea(
        scene.intake, place=scene.district.community, title="种花", text="一起种花", name="周某某", actor=resident
    )
    mine = client(resident).get("/proposals/").text
    assert f"/ideas/{idea.pk}/" in mine
    client(scene.worker).post(f"/ideas/{idea.pk}/do/take_up/", {"proposer": "resident"})
    share = Proposal.objects.get().shares.get()
    assert (share.kind, share.resident_user) == ("resident", resident)
    assert "种花" in client(scene.coach).get("/proposals/").text


def test_it_records_the_filing_and_the_reply_of_a_decision() -> None:
    table = make_table()
    decision = table.decide()
    officer = make_user(Role.STREET_OFFICER, table.district.street)
    Phase.objects.filter(round=table.intake, code="agreement").update(
        opens=["file"], opens_at=timezone.now(), closes_at=None
    )
    page = f"/desk/rounds/decisions/{decision.pk}/papers/"
    sent = {"unit": "和安区民政局", "number": "和民备〔2026〕3号", "issued_on": timezone.localdate().isoformat()}
    assert client(officer).post(f"{page}filing/", {**sent, "scan": upload("备案.pdf")}).status_code == 302
    shown = client(officer).get(f"/desk/rounds/{table.intake.pk}/").text
    assert "和民备〔2026〕3号" in shown
    assert client(officer).post(f"{page}reply/", {**sent, "scan": upload("批复.pdf")}).status_code == 422
