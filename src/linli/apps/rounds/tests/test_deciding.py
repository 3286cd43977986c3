"""Plans side by side, a decision that binds one in one go, and changes that are lines of another decision."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from linli.apps.ledger.models import Commitment, CommitmentState
from linli.apps.ledger.queries import standing_of
from linli.apps.rounds import queries, services
from linli.apps.rounds.models import AllocationPlan, Award, Decision, PlanLine, PlanRule, Proposal, WordKind
from linli.apps.rounds.services import Change, Knobs, Step
from linli.apps.rounds.tests.factories import NOW, upload
from linli.apps.rounds.tests.judged import DECIDING, Table, make_table, sitting
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.files import files_of
from linli.kernel.refs import ref_of
from linli.kernel.settings import choose

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def table(module_db: None) -> Table:
    return make_table()


def test_it_gives_by_rank_what_fits_and_says_why(table: Table) -> None:
    plan = table.draw()
    assert table.given(plan) == {
        "一": ("4000.00", "rank"), "二": ("0.00", "no-room"), "三": ("3000.00", "rank"), "四": ("1000.00", "rank")
    }  # fmt: skip
    sentences = [queries.sentence_of(line) for line in PlanLine.objects.filter(plan=plan)]
    assert sentences == [
        "第1名，按申请额支持。",
        "第2名，但需要¥5,000.00时只剩¥4,000.00。",
        "第3名，按申请额支持。",
        "第4名，按申请额支持。",
    ]
    assert (plan.pot, plan.left, plan.title) == (Decimal(8000), Decimal(0), "方案1：按名次依申请额")


@pytest.mark.parametrize(
    ("rule", "knobs", "amounts", "left"),
    [
        (PlanRule.RANK, Knobs(partly=True), "4000.00 4000.00 0.00 0.00", "0.00"),
        (PlanRule.RANK, Knobs(line=Decimal(60)), "4000.00 0.00 3000.00 0.00", "1000.00"),
        (PlanRule.TIERS, Knobs(tiers=(Step(1, Decimal(3000)), Step(3, percent=Decimal(50)))),
         "3000.00 2500.00 1500.00 0.00", "1000.00"),
        (PlanRule.SCORE, Knobs(), "2571.43 2428.57 2000.00 1000.00", "0.00"),
        (PlanRule.BEST, Knobs(), "4000.00 0.00 3000.00 1000.00", "0.00"),
        (PlanRule.SCORE, Knobs(cap=Decimal(1500)), "1500.00 1500.00 1500.00 1000.00", "2500.00"),
    ],
)  # fmt: skip
def test_each_rule_sums_to_the_pot_to_the_fen(table: Table, rule: str, knobs: Knobs, amounts: str, left: str) -> None:
    plan = table.draw(rule, knobs=knobs)
    assert (" ".join(amount for amount, _why in table.given(plan).values()), f"{plan.left:.2f}") == (amounts, left)
    assert sum((line.amount for line in plan.lines.all()), plan.left) == plan.pot


def test_classes_have_parts_of_their_own(table: Table) -> None:
    word = table.by_name["一"].category
    assert word is not None
    plan = table.draw(knobs=Knobs(classes={word.pk: Decimal(50)}))
    assert [amount for amount, _why in table.given(plan).values()] == ["4000.00", "0.00", "0.00", "0.00"]
    other = table.intake.programme.words.filter(kind=WordKind.CLASS).exclude(pk=word.pk).first()
    assert other is not None
    with pytest.raises(Refusal, match="超过"):
        table.draw(knobs=Knobs(classes={word.pk: Decimal(60), other.pk: Decimal(41)}))


def test_it_divides_no_more_than_the_fund_has_free(table: Table) -> None:
    with pytest.raises(Refusal) as no:
        table.draw(pot=Decimal("8000.01"))
    assert no.value.code == "above-fund"


def test_an_amount_set_by_hand_has_its_reason_and_stays_within_the_pot(table: Table) -> None:
    plan = table.draw(PlanRule.HAND)
    first, second = PlanLine.objects.filter(plan=plan).select_related("plan__round__place", "proposal")[:2]
    services.set_amount(first, amount="4000", reason="民生急需", actor=None)
    changed = services.set_amount(second, amount="4000", reason="同上", actor=None)
    assert (changed.left, changed.version) == (Decimal(0), 2)
    with pytest.raises(Refusal) as no:
        services.set_amount(second, amount="4000.01", reason="再多一点", actor=None)
    assert no.value.code == "above-fund"
    with pytest.raises(Refusal, match="最多"):
        services.set_amount(first, amount="4000.01", reason="多一点", actor=None)


def test_a_decision_binds_a_plan_in_one_go(table: Table) -> None:
    decision = table.decide(table.draw(), reasons={table.by_name["二"].pk: "建议明年再报。"})
    assert table.states() == {"一": "awarded", "二": "refused", "三": "awarded", "四": "awarded"}
    lines = [(str(line.amount), line.kind, line.reason) for line in decision.lines.all()]
    assert lines[:2] == [("4000.00", "award", "第1名，按申请额支持。"), ("0.00", "refuse", "建议明年再报。")]
    assert Proposal.objects.get(pk=table.by_name["二"].pk).reason == "建议明年再报。"
    assert queries.given_in(table.intake) == Decimal(8000)
    assert standing_of(table.fund).free == Decimal(0)
    promised = Commitment.objects.order_by("serial").values_list("amount", "bearer", "grounds_id")
    assert list(promised) == [
        (Decimal(4000), "一号服务中心", decision.pk),
        (Decimal(3000), "三号服务中心", decision.pk),
        (Decimal(1000), "四号服务中心", decision.pk),
    ]


def test_no_award_stands_without_a_line_of_a_decision(table: Table) -> None:
    table.decide()
    award = Award.objects.first()
    assert award is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        Award.objects.filter(pk=award.pk).update(line=None)


def test_a_plan_is_decided_once(table: Table) -> None:
    plan = table.draw()
    table.decide(plan)
    with pytest.raises(Conflict):
        table.decide(plan)
    assert Decision.objects.count() == 1


def test_a_plan_that_does_not_fit_its_round_any_more_is_refused(table: Table) -> None:
    plan = table.draw()
    services.withdraw(table.fresh("四"), actor=None, at=DECIDING)
    with pytest.raises(Conflict, match="四号项目"):
        table.decide(plan)
    assert (Decision.objects.count(), Award.objects.count(), table.states()["一"]) == (0, 0, "accepted")


def test_a_plan_whose_sum_was_tampered_with_is_refused(table: Table) -> None:
    plan = table.draw()
    PlanLine.objects.filter(plan=plan, amount=Decimal(1000)).update(amount=Decimal(999))
    with pytest.raises(Refusal) as no:
        table.decide(plan)
    assert (no.value.code, AllocationPlan.objects.get(pk=plan.pk).state) == ("sum", "saved")


def test_an_award_above_the_cap_of_the_round_is_refused(table: Table) -> None:
    plan = table.draw()
    choose("rounds.project_cap", Decimal(3500), street=table.intake.place_id, record=table.intake.pk, actor=None)
    with pytest.raises(Refusal) as no:
        table.decide(plan)
    assert (no.value.code, "一号项目" in no.value.sentence) == ("above-cap", True)


@pytest.mark.parametrize("missing", ["body", "minutes_number", "present"])
def test_a_decision_says_who_by_which_minutes_and_with_whom(table: Table, missing: str) -> None:
    with pytest.raises(Refusal) as no:
        services.decide(table.intake, plan=table.draw(), sitting=sitting(**{missing: "  "}), actor=None, at=DECIDING)
    assert (no.value.field, AllocationPlan.objects.filter(state="saved").count()) == (missing, 1)


def test_a_decision_waits_for_its_phase(table: Table) -> None:
    with pytest.raises(queries.DoorClosed):
        services.decide(table.intake, plan=table.draw(), sitting=sitting(), actor=None, at=NOW)


def test_the_scan_of_the_minutes_hangs_on_the_decision(table: Table) -> None:
    said = sitting(scan=upload("会议纪要.pdf"))
    decision = services.decide(table.intake, plan=table.draw(), sitting=said, actor=None, at=DECIDING)
    assert ([one.name for one in files_of(ref_of(decision))], decision.has_scan) == (["会议纪要.pdf"], True)


def test_later_changes_are_lines_and_money_follows(table: Table) -> None:
    first = table.decide()
    one, two, four = (table.by_name[name] for name in "一二四")
    decision = table.amend(
        Change(one, "3000", "经研究调整"), Change(four, 0, "申报单位放弃"), Change(two, "2000", "递补支持")
    )
    told = [(line.kind, str(line.before), str(line.amount)) for line in decision.lines.all()]
    assert told == [("change", "4000.00", "3000.00"), ("take_back", "1000.00", "0.00"), ("award", "0.00", "2000.00")]
    assert table.states() == {"一": "awarded", "二": "awarded", "三": "awarded", "四": "accepted"}
    amounts = {award.proposal.title: str(award.amount) for award in queries.standing_awards(table.intake)}
    assert amounts == {"一号项目": "3000.00", "二号项目": "2000.00", "三号项目": "3000.00"}
    assert (queries.given_in(table.intake), standing_of(table.fund).free) == (Decimal(8000), Decimal(0))
    released = Commitment.objects.get(subject_id=four.pk)
    assert (released.state, Commitment.objects.get(subject_id=one.pk).grounds_id) == (
        CommitmentState.RELEASED, decision.pk
    )  # fmt: skip
    assert [line.decision_id for line in queries.story_of(one.pk)] == [first.pk, decision.pk]


def test_a_change_that_passes_the_fund_leaves_everything_as_it_was(table: Table) -> None:
    table.decide()
    with pytest.raises(Refusal):
        table.amend(Change(table.by_name["四"], 0, "放弃"), Change(table.by_name["二"], "1000.01", "递补支持"))
    assert (Decision.objects.count(), table.states()["四"], queries.given_in(table.intake)) == (
        1, "awarded", Decimal(8000)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "amount", "reason"),
    [("一", "4000.01", "多给"), ("一", "4000", "不变"), ("二", "0", "收回"), ("一", "3000", " ")],
)
def test_a_change_that_cannot_be_is_refused(table: Table, name: str, amount: str, reason: str) -> None:
    table.decide()
    with pytest.raises(Refusal):
        table.amend(Change(table.by_name[name], amount, reason))
    assert Decision.objects.count() == 1


def test_what_was_refused_before_the_decision_does_not_stand_in(table: Table) -> None:
    services.refuse(table.fresh("四"), reason="材料不实", actor=None, at=DECIDING)
    table.decide(table.draw(knobs=Knobs(line=Decimal(60))))
    with pytest.raises(Refusal) as no:
        table.amend(Change(table.by_name["四"], "500", "递补支持"))
    assert no.value.code == "was-refused"


def test_an_upheld_objection_is_answered_by_another_decision(table: Table) -> None:
    decision = table.decide()
    assert services.contest(decision, objection="申报单位被列入异常名录", actor=None) == 3
    with pytest.raises(Refusal):
        table.amend()
    later = sitting(minutes_number="〔2026〕12号", note="经核实不影响，维持原决定。")
    services.amend(table.intake, sitting=later, changes=(), actor=None, at=DECIDING)
    assert {award.contested for award in queries.standing_awards(table.intake)} == {""}
