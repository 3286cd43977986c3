"""A round with one proposal, awarded by hand: the least from which a project begins."""

from dataclasses import dataclass

from linli.apps.ledger.models import Fund
from linli.apps.ledger.tests.factories import make_fund
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.places.tests.factories import District, make_district
from linli.apps.rounds import services
from linli.apps.rounds.models import Award, PlanLine, PlanRule, Round
from linli.apps.rounds.tests.factories import NOW, accepted, fill, make_programme, make_round, start
from linli.apps.rounds.tests.judged import DECIDING, sitting


@dataclass
class Awarded:
    """What stands."""

    district: District
    intake: Round
    fund: Fund
    award: Award


def make_awarded() -> Awarded:
    """An organization of the community proposes 4,000 yuan and gets them."""
    district = make_district()
    intake = make_round(make_programme(district.street), "contest", sealed=False)
    body = make_organization(district.community, "暖心服务中心")
    proposal = fill(start(intake, district.community, body, title="楼门议事角"), asked="4000.00")
    services.submit(proposal, actor=None, at=NOW)
    accepted(proposal)
    fund = make_fund(district.street, 8000)
    plan = services.draw_plan(intake, fund=fund, rule=PlanRule.HAND, sessions=(), actor=None, at=DECIDING)
    line = PlanLine.objects.select_related("plan__round__place", "proposal").get(plan=plan)
    plan = services.set_amount(line, amount="4000", reason="民生急需", actor=None)
    services.decide(intake, plan=plan, sitting=sitting(), actor=None, at=DECIDING)
    return Awarded(district, intake, fund, Award.objects.get())
