"""Plans by the residents' votes: each method, each completion, with its sentence; the residents' part of the score."""

from collections.abc import Callable
from decimal import Decimal
from itertools import product

import pytest
from django.urls import reverse

from linli.algorithms.allocation import (
    Completion,
    Election,
    Outcome,
    Utility,
    election,
    equal_shares,
    greedy,
    phragmen,
)
from linli.apps.people.tests.factories import make_user
from linli.apps.rounds import queries, services
from linli.apps.rounds.models import Filling, Method, PlanRule, Satisfaction
from linli.apps.rounds.services import Knobs, Terms
from linli.apps.rounds.tests.chosen import CLOSES, OPENS, SITTING, Held
from linli.apps.rounds.tests.factories import NOW
from linli.apps.rounds.tests.judged import ASKED, Table, make_table
from linli.apps.rounds.tests.test_deciding_pages import client_of
from linli.kernel.errors import Refusal
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
PICKS = [(1, 2)] * 4 + [(2, 3)] * 3 + [(4,)] * 2 + [(3, 4)]
NAMES = "一二三四"


@pytest.fixture(scope="module")
def table(module_db: None) -> Table:
    """The judged round, whose residents chose as PICKS say and have 30 per cent of the score."""
    made = make_table()
    choice = services.set_up_choice(
        made.intake, terms=Terms(most=2), opens_at=OPENS, closes_at=CLOSES, actor=None, at=NOW
    )
    services.decide_share(choice, share=Decimal(30), **SITTING, actor=None, at=NOW)
    held = Held(made.district, made.intake, choice, list(made.by_name.values())).open()
    for code, picks in zip(held.slips(len(PICKS)), PICKS, strict=True):
        held.cast(*picks, code=code)
    held.close()
    return made


def by_hand(rule: Callable[[Election], Outcome]) -> set[str]:
    """Who wins on the ballots as they were cast, over 8,000 yuan; ids in the order of the proposals."""
    ballots = [[NAMES[one - 1] for one in picks] for picks in PICKS]
    order = dict(zip(NAMES, "abcd", strict=True))
    found = election(
        budget=8000, costs={order[name]: asked for name, asked in ASKED.items()},
        ballots=[[order[name] for name in ballot] for ballot in ballots],
    )  # fmt: skip
    return {NAMES["abcd".index(one)] for one in rule(found).winners}


def rule_of(method: str, worth: str, filling: str) -> Callable[[Election], Outcome]:
    if method == Method.PHRAGMEN:
        return phragmen
    if method == Method.GREEDY:
        return lambda asked: greedy(asked, utility=Utility(worth))
    return lambda asked: equal_shares(asked, utility=Utility(worth), completion=Completion(filling))


@pytest.mark.parametrize(
    ("method", "worth", "filling"),
    [
        *product([Method.EQUAL_SHARES], [Satisfaction.COST, Satisfaction.CARDINALITY], Filling.values),
        *product([Method.GREEDY], [Satisfaction.COST, Satisfaction.CARDINALITY], [Filling.NONE]),
        (Method.PHRAGMEN, Satisfaction.COST, Filling.NONE),
    ],
)
def test_every_method_chooses_as_on_the_ballots(table: Table, method: str, worth: str, filling: str) -> None:
    plan = table.draw(PlanRule.VOTES, knobs=Knobs(method=method, worth=worth, filling=filling))
    given = table.given(plan)
    assert {name for name, (amount, _why) in given.items() if amount != "0.00"} == by_hand(
        rule_of(method, worth, filling)
    )
    assert sum((line.amount for line in plan.lines.all()), plan.left) == plan.pot == Decimal(8000)
    votes = {line.proposal_id: line.votes for line in plan.lines.all()}
    assert [votes[table.by_name[name].pk] for name in NAMES] == [4, 7, 4, 3]
    sentences = [queries.sentence_of(line) for line in plan.lines.all()]
    assert all("票" in sentence and "%(" not in sentence for sentence in sentences)


def test_the_knobs_of_a_vote_are_told_in_words(table: Table) -> None:
    plan = table.draw(PlanRule.VOTES)
    assert queries.knobs_in_words(plan, {}) == [
        "均等份额法：每位居民代表同等份额的资金", "所投项目的金额", "逐步提高每人份额，直到再放不下项目", "10张选票",
        "居民评选占总分的30%",
    ]  # fmt: skip


def test_points_need_ballots_with_points(table: Table) -> None:
    with pytest.raises(Refusal) as no:
        table.draw(PlanRule.VOTES, knobs=Knobs(worth=Satisfaction.POINTS))
    assert no.value.field == "worth"


def test_the_residents_have_their_part_of_the_score(table: Table) -> None:
    plan = table.draw()
    expected = {
        "一": 90 * 0.7 + 30 * 4 / 7,
        "二": 85 * 0.7 + 30,
        "三": 70 * 0.7 + 30 * 4 / 7,
        "四": 55 * 0.7 + 30 * 3 / 7,
    }
    found = {line.proposal_id: (line.score, line.rank) for line in plan.lines.all()}
    told = [found[table.by_name[name].pk] for name in NAMES]
    assert told == [
        (Decimal(f"{expected[name]:.2f}"), rank) for name, rank in zip(NAMES, (2, 1, 3, 4), strict=True)
    ]  # fmt: skip


def test_a_plan_by_votes_is_looked_at_and_saved_from_the_form(table: Table) -> None:
    client = client_of(make_user(Role.STREET_OFFICER, table.district.street, password=None))
    address = reverse("rounds:plans", args=[table.intake.pk])
    sent = {"rule": "votes", "fund": table.fund.pk, "method": "greedy", "worth": "cardinality"}
    shown = client.post(address, {**sent, "preview": "1"}).content.decode()
    assert ("得票多者优先（贪心法）" in shown, table.intake.plans.count()) == (True, 0)
    assert client.post(address, sent).status_code == 302
    plan = table.intake.plans.get()
    assert (plan.rule, plan.knobs["method"], plan.facts["ballots"]) == ("votes", "greedy", 10)
