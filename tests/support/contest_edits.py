"""Every verb of the ledger, of notices and of rounds that edits a row, done once."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from linli.apps.ledger import services as ledger
from linli.apps.ledger.tests.factories import a_subject, make_commitment, make_fund
from linli.apps.places.models import Place
from linli.apps.publicity import services as publicity
from linli.apps.publicity.tests.factories import LINES, TEXT, make_notice, make_three
from linli.apps.rounds import services as rounds
from linli.apps.rounds.models import Phase
from linli.apps.rounds.services import Offer
from linli.apps.rounds.tests.judged import DECIDING, Table


def edit_ledger(street: Place) -> None:
    """A fund is raised, a quota set anew, a commitment adjusted."""
    fund = make_fund(street)
    ledger.raise_fund(fund, amount=Decimal(5000), document="清财〔2026〕9号", reason="追加", actor=None)
    for amount in (20_000, 30_000):
        ledger.set_quota(fund, holder=street, amount=Decimal(amount), actor=None)
    promised = make_commitment(fund)
    ledger.adjust(promised, amount=Decimal(8000), grounds=a_subject(), reason="核减", actor=None)


def edit_notice(street: Place) -> None:
    """A notice on its way is put right: its telephone, and one amount of its list."""
    three = make_three(street)
    notice = make_notice(street)
    lines = (replace(LINES[0], amount=Decimal("70000.00")), LINES[1])
    text = replace(TEXT, phones="010-62880099")
    publicity.amend(notice, text=text, lines=lines, version=notice.version, actor=three.author)


def edit_round(table: Table) -> None:
    """Each verb of rounds that edits, once or, where the first one only adds, twice."""
    intake = table.intake
    rounds.change_round(intake, seen=intake.version, contact="党建办", actor=None)
    phase = Phase.objects.filter(round=intake).order_by("order").last()
    assert phase is not None  # a round has phases
    assert phase.closes_at is not None  # all of this one are dated
    later = phase.closes_at + timedelta(days=1)
    rounds.date_phase(phase, opens_at=phase.opens_at, closes_at=later, actor=None)
    (hall,) = rounds.change_resources(intake, [Offer("多功能厅", "小时", 40)], actor=None)
    rounds.change_resources(intake, [Offer("多功能厅", "小时", 60, "", hall.pk)], actor=None)
    for many in (10, 12):
        rounds.change_demands(table.fresh("一"), {hall.pk: many}, actor=None, at=DECIDING)
    plan = table.draw()
    line = plan.lines.select_related("plan__round__place", "proposal").get(proposal=table.by_name["一"])
    rounds.set_amount(line, amount="3500", reason="场地由街道提供", actor=None)
