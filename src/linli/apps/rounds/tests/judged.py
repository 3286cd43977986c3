"""A round with judged proposals and a fund, ready to be divided and decided."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests.support.remembering import remembered

from linli.apps.ledger.models import Fund
from linli.apps.ledger.tests.factories import make_fund
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.places.tests.factories import District, make_district
from linli.apps.reviews import services as reviews
from linli.apps.reviews.models import ReviewSession
from linli.apps.reviews.tests.factories import make_review
from linli.apps.rounds import services
from linli.apps.rounds.models import AllocationPlan, Decision, PlanLine, PlanRule, Proposal, Round
from linli.apps.rounds.services import Change, Sitting
from linli.apps.rounds.tests.factories import NOW, accepted, fill, make_programme, make_round, start
from linli.kernel.refs import ref_of

DECIDING = NOW + timedelta(days=60)
"""In the phase of the decision."""
ASKED = {"一": "4000.00", "二": "5000.00", "三": "3000.00", "四": "1000.00"}
SCORES = {"一": 90, "二": 85, "三": 70, "四": 55}
Given = dict[str, tuple[str, str]]


@dataclass
class Table:
    """A round with four accepted proposals, judged, and a fund of 8,000 yuan."""

    district: District
    intake: Round
    fund: Fund
    by_name: dict[str, Proposal]
    session: ReviewSession

    def draw(self, rule: str = PlanRule.RANK, **given: Any) -> AllocationPlan:
        sessions = () if rule == PlanRule.HAND else (self.session,)
        return services.draw_plan(
            self.intake, fund=self.fund, rule=rule, sessions=sessions, actor=None, at=DECIDING, **given
        )

    def given(self, plan: AllocationPlan) -> Given:
        """Name → (amount, why)."""
        lines = {line.proposal_id: line for line in PlanLine.objects.filter(plan=plan)}
        return {name: (str(lines[one.pk].amount), lines[one.pk].why) for name, one in self.by_name.items()}

    def decide(self, plan: AllocationPlan | None = None, **given: Any) -> Decision:
        return services.decide(
            self.intake, plan=plan or self.draw(), sitting=sitting(), actor=None, at=DECIDING, **given
        )

    def amend(self, *changes: Change) -> Decision:
        later = sitting(minutes_number="〔2026〕12号")
        return services.amend(self.intake, sitting=later, changes=changes, actor=None, at=DECIDING)

    def fresh(self, name: str) -> Proposal:
        """A proposal as the database has it in this test."""
        return Proposal.objects.select_related("round__place", "place").get(pk=self.by_name[name].pk)

    def states(self) -> dict[str, str]:
        return {name: Proposal.objects.get(pk=one.pk).state for name, one in self.by_name.items()}


def sitting(**said: Any) -> Sitting:
    given = {"body": "清河里街道党工委会议", "held_on": date(2026, 5, 9), "minutes_number": "〔2026〕9号"}
    return Sitting(**{**given, "present": "书记、主任等9人", "recused": "赵某（亲属任职）", **said})


@remembered
def make_table() -> Table:
    """Four organizations propose; all are accepted, and judged by five."""
    district = make_district()
    intake = make_round(make_programme(district.street), "contest", sealed=False)
    by_name = {}
    for name, asked in ASKED.items():
        body = make_organization(district.community, f"{name}号服务中心")
        proposal = fill(start(intake, district.community, body, title=f"{name}号项目"), asked=asked)
        services.submit(proposal, actor=None, at=NOW)
        by_name[name] = accepted(proposal)
    review = make_review(district.street, entries=0)
    for name, one in by_name.items():
        reviews.enter(review.session, title=f"{name}号项目", subject=ref_of(one), panel=review.panel, actor=None)
    review.start()
    for number, name in enumerate(by_name):
        review.hand_in(number, dict.fromkeys(range(5), SCORES[name]))
        review.finish(number)
    return Table(district, intake, make_fund(district.street, 8000), by_name, review.session)
