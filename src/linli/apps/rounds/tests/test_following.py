"""What follows the check: plans that wait for the decision, the steps after it, and who is told of it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from linli.apps.agreements.tests.factories import make_agreement
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.publicity import services as publicity
from linli.apps.publicity.models import Consequence
from linli.apps.publicity.tests.factories import make_notice, make_three, show
from linli.apps.rounds import services
from linli.apps.rounds.contributions.tasks import (
    find_checks,
    find_next_steps,
    find_openings,
    find_own,
    find_plans,
)
from linli.apps.rounds.models import Decision, Phase
from linli.apps.rounds.services import Change
from linli.apps.rounds.tests.judged import DECIDING, Table, make_table, sitting
from linli.kernel.audit import timeline
from linli.kernel.jobs.worker import run_waiting
from linli.kernel.notices import mine
from linli.kernel.refs import ref_of
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]


def told(find: Callable[[Any], Any], user: User) -> list[tuple[str, str, str]]:
    """Title, verb and why of the tasks of a person."""
    return [(task.title, task.verb, task.why) for task in find(User.objects.get(pk=user.pk))]


@pytest.fixture(scope="module")
def table(module_db: None) -> Table:
    """Judged proposals in a round whose decision phase runs now."""
    made, now = make_table(), timezone.now()
    deciding = Phase.objects.filter(round=made.intake, code="decision")
    deciding.update(opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=9))
    return made


def decided(table: Table) -> Decision:
    """A decision of today by rank."""
    return services.decide(table.intake, plan=table.draw(), sitting=sitting(), actor=None)


@pytest.fixture(scope="module")
def head(table: Table) -> User:
    return make_user(Role.SECTION_HEAD, table.district.street, password=None)


def test_plans_wait_for_the_decision_until_one_is_binding(table: Table, head: User) -> None:
    assert told(find_plans, head) == []
    plan = table.draw()
    table.draw("score")
    assert told(find_plans, head) == [(table.intake.title, "作出决定", "2 个方案等待决定")]
    services.decide(table.intake, plan=plan, sitting=sitting(), actor=None)
    assert told(find_plans, head) == []


def shown(table: Table, decision: Decision) -> Any:
    """The notice of a decision, on display."""
    street = table.district.street
    return show(make_notice(street, subject=ref_of(decision), grounds=ref_of(decision)), make_three(street))


def test_agreements_follow_the_notice(table: Table, head: User) -> None:
    decision = decided(table)
    assert told(find_next_steps, head) == []
    notice = shown(table, decision)
    publicity.close(notice, actor=None, at=notice.closes + timedelta(minutes=1))
    run_waiting()
    assert told(find_next_steps, head) == [(table.intake.title, "起草协议", "3 项支持尚未起草协议")]
    last = timeline(ref_of(table.intake))[-1]
    assert dict(last.facts) == {
        "公示": notice.title, "异议件数": "0", "成立的异议": "0", "下一步": "起草并签订协议",
    }  # fmt: skip


def test_an_upheld_objection_waits_for_another_decision(table: Table, head: User) -> None:
    notice = shown(table, decided(table))
    objection = publicity.object_to(notice, text="与去年项目重复", actor=None, at=notice.opens + timedelta(hours=1))
    publicity.answer_objection(objection, consequence=Consequence.UPHELD, answer="属实，重新研究。", actor=None)
    run_waiting()
    publicity.close(notice, actor=None, at=notice.closes + timedelta(minutes=1))
    run_waiting()
    assert told(find_next_steps, head) == [(table.intake.title, "重新决定", "异议成立：属实，重新研究。")]
    assert dict(timeline(ref_of(table.intake))[-1].facts)["下一步"] == "另作决定，答复成立的异议"


def messages(person: User) -> list[str]:
    run_waiting()
    return [notice.text for notice in mine(person).order_by("id")]


def test_an_organization_is_told_of_its_award_and_why_it_is_gone(table: Table) -> None:
    speakers = {}
    for name in ("一", "二"):
        share = table.by_name[name].shares.get()
        speakers[name] = make_user(Role.ORGANIZATION_MANAGER, organization=share.organization, password=None)
    decided(table)
    table.amend(Change(table.by_name["一"], 0, "自愿放弃"))
    assert messages(speakers["一"]) == [
        "您的申报“一号项目”已受理，进入评审。",
        "您的申报“一号项目”获得支持，金额¥4,000.00。接下来进行公示。",
        "您的申报“一号项目”的支持已取消：自愿放弃",
    ]
    assert messages(speakers["二"])[1:] == ["您的申报“二号项目”未予采纳：第2名，但需要¥5,000.00时只剩¥4,000.00。"]


@pytest.mark.parametrize(
    ("find", "most"), [(find_own, 2), (find_openings, 2), (find_checks, 2), (find_plans, 2), (find_next_steps, 1)]
)
def test_every_source_asks_two_questions_at_most(table: Table, head: User, find: Any, most: int) -> None:
    table.draw()
    user = User.objects.get(pk=head.pk)
    assert user.roles() == {Role.SECTION_HEAD}
    list(find(user))
    with CaptureQueriesContext(connection) as asked:
        list(find(user))
    assert len(asked) <= most


def test_an_award_with_an_agreement_waits_no_more(table: Table, head: User) -> None:
    decision = decided(table)
    Decision.objects.filter(pk=decision.pk).update(shown_at=DECIDING)
    for award in decision.lines.filter(amount__gt=0):
        make_agreement(table.district.street, subject=ref_of(award.proposal), amount=award.amount)
    assert told(find_next_steps, head) == []
