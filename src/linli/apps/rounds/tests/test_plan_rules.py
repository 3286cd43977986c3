"""What every rule of division keeps: the quotas of the ledger, the classes, the pot; and what a plan never does."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Sum

from linli.apps.agreements.models import Agreement
from linli.apps.agreements.tests.factories import make_agreement
from linli.apps.ledger import services as ledger
from linli.apps.ledger.models import Commitment, Quota
from linli.apps.ledger.queries import standing_of
from linli.apps.publicity.models import PublicNotice
from linli.apps.publicity.tests.factories import make_notice
from linli.apps.rounds import queries, services
from linli.apps.rounds.models import AllocationPlan, Award, Decision, PlanLine, PlanRule, Proposal
from linli.apps.rounds.services import Knobs, Step
from linli.apps.rounds.tests.judged import Table, make_table
from linli.kernel.errors import Refusal

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
TIERS = (Step(1, Decimal(3000)), Step(4, percent=Decimal(80)))


@pytest.fixture(scope="module")
def table(module_db: None) -> Table:
    """Two projects of one community with a quota of 3,500 yuan, two of another one without."""
    made = make_table()
    elsewhere = [made.by_name[name].pk for name in "三四"]
    Proposal.objects.filter(pk__in=elsewhere).update(place=made.district.other_community)
    ledger.set_quota(made.fund, holder=made.district.community, amount=Decimal(3500), actor=None)
    return made


def drawn_from_quotas(plan: AllocationPlan) -> dict[str, Decimal]:
    """By hand, from the rows of the ledger: what the plan takes of each quota, and of the rest."""
    taken: dict[str, Decimal] = {}
    for line in PlanLine.objects.filter(plan=plan).select_related("proposal__place"):
        quota = Quota.objects.filter(fund=plan.fund, place=line.proposal.place).first()
        name = line.proposal.place.name if quota else ""
        taken[name] = taken.get(name, Decimal(0)) + line.amount
    return taken


@pytest.mark.parametrize(
    ("rule", "knobs", "amounts"),
    [
        (PlanRule.RANK, Knobs(), "0.00 0.00 3000.00 1000.00"),
        (PlanRule.RANK, Knobs(partly=True), "3500.00 0.00 3000.00 1000.00"),
        (PlanRule.TIERS, Knobs(tiers=TIERS), "3000.00 0.00 2400.00 800.00"),
        (PlanRule.SCORE, Knobs(), "1800.00 1700.00 3000.00 1000.00"),
        (PlanRule.RATE, Knobs(), "1555.56 1944.44 3000.00 1000.00"),
        (PlanRule.BEST, Knobs(cap=Decimal(3500)), "3500.00 0.00 3000.00 1000.00"),
    ],
)
def test_no_rule_passes_a_quota_of_the_ledger(table: Table, rule: str, knobs: Knobs, amounts: str) -> None:
    plan = table.draw(rule, knobs=knobs)
    assert " ".join(amount for amount, _why in table.given(plan).values()) == amounts
    assert sum((line.amount for line in plan.lines.all()), plan.left) == plan.pot == Decimal(8000)
    taken = drawn_from_quotas(plan)
    set_aside = Quota.objects.aggregate(total=Sum("amount"))["total"]
    assert taken[table.district.community.name] <= set_aside == Decimal(3500)
    assert taken[""] <= Decimal(8000) - set_aside


def test_the_sentence_names_the_quota_that_is_too_small(table: Table) -> None:
    lines = {line.proposal_id: queries.sentence_of(line) for line in table.draw().lines.all()}
    assert lines[table.by_name["一"].pk] == "第1名，但需要¥4,000.00时本社区额度只剩¥3,500.00。"
    shared = {line.proposal_id: queries.sentence_of(line) for line in table.draw(PlanRule.RATE).lines.all()}
    assert shared[table.by_name["二"].pk] == "按本社区额度，支持申请额的38.89%。"


def test_an_amount_by_hand_stays_within_the_quota(table: Table) -> None:
    line = table.draw(PlanRule.HAND).lines.select_related("plan__round__place").get(proposal=table.by_name["一"])
    with pytest.raises(Refusal, match="3,500") as no:
        services.set_amount(line, amount="3500.01", reason="民生急需", actor=None)
    assert no.value.code == "above-quota"
    assert services.set_amount(line, amount="3500", reason="民生急需", actor=None).left == Decimal(4500)


def test_what_is_decided_under_a_quota_is_promised_under_it(table: Table) -> None:
    table.decide(table.draw(knobs=Knobs(partly=True)))
    under = Commitment.objects.filter(quota__place=table.district.community)
    assert sum(one.binding for one in under) == Decimal(3500)
    assert standing_of(table.fund).free == Decimal(500)


def test_classes_and_quotas_hold_together(table: Table) -> None:
    word = table.by_name["一"].category
    assert word is not None
    plan = table.draw(PlanRule.SCORE, knobs=Knobs(classes={word.pk: Decimal(50)}))
    assert (plan.pot - plan.left, drawn_from_quotas(plan)[table.district.community.name]) == (
        Decimal(4000), Decimal("2333.34")
    )  # fmt: skip


def test_the_best_total_is_proven_and_says_what_a_choice_with_another_would_score(table: Table) -> None:
    plan = table.draw(PlanRule.BEST, knobs=Knobs(cap=Decimal(3500)))
    assert plan.facts == {"total": 215.0, "bound": 215.0, "proven": True}
    left_out = plan.lines.get(proposal=table.by_name["二"])
    assert queries.sentence_of(left_out) == "选入它的最优组合总分为210.00，现组合总分为215.00。"
    assert queries.knobs_in_words(plan, {}) == ["单个项目上限：¥3,500.00", "总分215.00，已证明没有更高的组合"]


def test_a_plan_without_a_decision_gives_nothing(table: Table) -> None:
    for rule in (PlanRule.RANK, PlanRule.BEST):
        table.draw(rule)
    assert (AllocationPlan.objects.count(), Decision.objects.count(), Award.objects.count()) == (2, 0, 0)
    assert (Commitment.objects.count(), set(table.states().values())) == (0, {"accepted"})
    assert standing_of(table.fund).committed == Decimal(0)


def test_neither_agreement_nor_notice_nor_commitment_stands_without_grounds(table: Table) -> None:
    table.decide(table.draw(knobs=Knobs(partly=True)))
    make_agreement(table.district.street)
    make_notice(table.district.street)
    for model in (Agreement, PublicNotice, Commitment):
        for empty in ({"grounds_id": None}, {"grounds_kind": ""}):
            with pytest.raises(IntegrityError), transaction.atomic():
                model.objects.update(**empty)


def test_only_a_plan_of_a_decision_carries_awards(table: Table) -> None:
    plan = table.draw(knobs=Knobs(partly=True))
    other = table.draw(PlanRule.SCORE)
    decision = table.decide(plan)
    assert set(Award.objects.values_list("line__decision", flat=True)) == {decision.pk}
    assert (AllocationPlan.objects.get(pk=other.pk).state, other.lines.count()) == ("saved", 4)
