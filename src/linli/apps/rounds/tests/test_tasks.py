"""What rounds put among somebody's open work before the decision, and whom they tell what became of a proposal."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.apps.rounds import services
from linli.apps.rounds.contributions.tasks import find_checks, find_openings, find_own
from linli.apps.rounds.models import Phase, Proposal, Round
from linli.apps.rounds.tests.factories import accepted, make_programme, make_proposal, make_round, start
from linli.kernel.jobs.worker import run_waiting
from linli.kernel.notices import mine
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
Told = list[tuple[str, str, str]]


@pytest.fixture(scope="module")
def here(module_db: None) -> District:
    return make_district()


@pytest.fixture(scope="module")
def secretary(here: District) -> User:
    return make_user(Role.COMMUNITY_SECRETARY, here.community, password=None)


@pytest.fixture(scope="module")
def officer(here: District) -> User:
    return make_user(Role.STREET_OFFICER, here.street, password=None)


@pytest.fixture(scope="module")
def intake(here: District) -> Round:
    """An open round whose call runs now."""
    return make_round(make_programme(here.street), at=timezone.now(), title="创投2026")


def told(find: Callable[[Any], Any], user: User) -> Told:
    """Title, verb and why of the tasks of a person."""
    return [(task.title, task.verb, task.why) for task in find(User.objects.get(pk=user.pk))]


def shift(intake: Round, days: int) -> None:
    """The dates of every phase, as if ``days`` had passed."""
    for phase in Phase.objects.filter(round=intake).exclude(opens_at=None):
        phase.opens_at -= timedelta(days=days)
        phase.closes_at = phase.closes_at and phase.closes_at - timedelta(days=days)
        phase.save()


def test_a_draft_of_a_running_call_waits_for_its_unit(here: District, intake: Round, secretary: User) -> None:
    start(intake, here.community, title="议事角", at=timezone.now())
    assert told(find_own, secretary) == [("议事角", "写完并提交", "已开始填写，尚未提交")]
    (task,) = find_own(secretary)
    assert task.due == intake.phases.get(code="call").closes_at
    shift(intake, 30)
    assert told(find_own, secretary) == []


def test_a_draft_waits_for_nobody_else(here: District, intake: Round, officer: User) -> None:
    start(intake, here.community, at=timezone.now())
    elsewhere = make_user(Role.COMMUNITY_SECRETARY, here.other_community, password=None)
    assert (told(find_own, elsewhere), told(find_own, officer)) == ([], [])


def test_what_came_back_waits_for_its_proposers_with_the_reason(
    here: District, intake: Round, secretary: User, officer: User
) -> None:
    proposal = make_proposal(intake, here.community, title="议事角", at=timezone.now())
    services.return_for_more(proposal, reason="预算缺报价", actor=officer)
    assert told(find_own, secretary) == [("议事角", "修改后重新提交", "退回补充：预算缺报价")]


def test_an_agencys_change_waits_for_the_proposers_word(here: District, intake: Round, secretary: User) -> None:
    proposal = start(intake, here.community, title="议事角", at=timezone.now())
    Proposal.objects.filter(pk=proposal.pk).update(confirm_edit=True)
    assert told(find_own, secretary) == [("议事角", "核对并确认", "支持机构改过，等您确认")]


def test_an_opening_waits_for_two_people_once_the_call_is_over(here: District, officer: User) -> None:
    sealed = make_round(make_programme(here.street, "密封"), "contest", at=timezone.now(), title="密封轮次")
    auditor = make_user(Role.AUDITOR, here.street, password=None)
    make_proposal(sealed, here.community, at=timezone.now())
    assert told(find_openings, officer) == []
    shift(sealed, 21)
    begin = ("密封轮次", "开始开启", "密封的申报由两人开启")
    assert (told(find_openings, officer), told(find_openings, auditor)) == ([begin], [begin])
    services.begin_opening(sealed, actor=officer, where="三层会议室")
    confirm = ("密封轮次", "确认开启", f"{officer.name}已开始开启，等第二人确认")
    assert (told(find_openings, officer), told(find_openings, auditor)) == ([], [confirm])
    services.open_seals(sealed, actor=auditor)
    assert told(find_openings, auditor) == []


def test_a_check_waits_for_each_office_and_then_for_the_desk(here: District, intake: Round, officer: User) -> None:
    finance = make_user(Role.FINANCE_OFFICER, here.street, password=None)
    proposal = make_proposal(intake, here.community, title="议事角", at=timezone.now())
    shift(intake, 20)
    check = services.begin_check(proposal, stage="first", offices=["社区建设办公室", "财务科"], actor=officer)
    assert told(find_checks, officer) == [("议事角", "出具意见", "等社区建设办公室出具意见")]
    assert told(find_checks, finance) == [("议事角", "出具意见", "等财务科出具意见")]
    for view in check.views.all():
        services.give_view(view, view="pass", actor=officer)
    assert told(find_checks, officer) == [("议事角", "受理或退回", "各科室均已出具意见")]
    assert told(find_checks, finance) == []
    services.accept(proposal, actor=officer)
    assert told(find_checks, officer) == []


def test_several_checks_of_a_round_are_one_task(here: District, intake: Round, officer: User) -> None:
    places = here.community, here.other_community
    made = [make_proposal(intake, place, title="议事角", at=timezone.now()) for place in places]
    shift(intake, 20)
    for proposal in made:
        services.begin_check(proposal, stage="first", offices=["社区建设办公室"], actor=officer)
    assert told(find_checks, officer) == [("创投2026 · 2 个项目", "出具意见", "等社区建设办公室出具意见")]


def messages(person: User) -> list[str]:
    run_waiting()
    return [notice.text for notice in mine(person).order_by("id")]


def test_proposers_are_told_what_the_street_answered(
    here: District, intake: Round, secretary: User, officer: User
) -> None:
    proposal = make_proposal(intake, here.community, title="议事角", at=timezone.now())
    services.return_for_more(proposal, reason="预算缺报价", actor=officer)
    services.submit(proposal, actor=None, at=timezone.now())
    shift(intake, 20)
    accepted(proposal, at=timezone.now())
    services.refuse(proposal, reason="与去年重复", actor=officer)
    assert messages(secretary) == [
        "您的申报“议事角”被退回补充：预算缺报价",
        "您的申报“议事角”已受理，进入评审。",
        "您的申报“议事角”未予采纳：与去年重复",
    ]
    assert messages(officer) == []
