"""While an objection to an award is open or upheld nothing is signed and nothing is paid."""

from datetime import date
from decimal import Decimal

import pytest

from linli.apps.agreements import services as agreements
from linli.apps.agreements.models import Agreement
from linli.apps.agreements.tests.factories import a_scan, a_text, choose_party, review
from linli.apps.ledger import services as ledger
from linli.apps.ledger.models import Commitment, Payment
from linli.apps.ledger.tests.factories import make_plan
from linli.apps.publicity import services as publicity
from linli.apps.publicity.models import Consequence, Objection, Way
from linli.apps.publicity.tests.factories import LINES, TEXT, make_three, show
from linli.apps.rounds import queries, services
from linli.apps.rounds.tests.judged import DECIDING, Table, make_table, sitting
from linli.kernel.contributions import held
from linli.kernel.errors import Refusal
from linli.kernel.refs import Ref, ref_of

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
UPHELD = "异议成立：“列入异常名录”。须先由后续决定作出答复。"


@pytest.fixture(scope="module")
def table(module_db: None) -> Table:
    made = make_table()
    made.decide()
    return made


def drawn_up(table: Table) -> Agreement:
    """The reviewed agreement of the first award."""
    award = queries.standing_awards(table.intake)[0]
    choose_party(table.district.street)
    contractor = award.proposal.shares.get().organization
    assert contractor is not None
    row = agreements.draw_up(
        street=table.district.street, subject=ref_of(award.proposal), grounds=ref_of(award.line.decision),
        text=a_text(contractor, amount=award.amount), commitment=award.commitment, actor=None,
    )  # fmt: skip
    return review(row)


def test_an_upheld_objection_holds_the_agreement_until_a_decision_answers_it(table: Table) -> None:
    agreement = drawn_up(table)
    services.contest(queries.decisions_of(table.intake)[0], objection="列入异常名录", actor=None)
    with pytest.raises(Refusal) as no:
        agreements.sign(agreement, scan=a_scan(), signed_on=date(2026, 5, 9), actor=None, at=DECIDING)
    assert (no.value.code, no.value.sentence, Agreement.objects.get().state) == ("held", UPHELD, "reviewed")
    later = sitting(minutes_number="〔2026〕12号", note="经核实不影响，维持原决定。")
    services.amend(table.intake, sitting=later, changes=(), actor=None, at=DECIDING)
    agreements.sign(agreement, scan=a_scan(), signed_on=date(2026, 5, 9), actor=None, at=DECIDING)
    assert Agreement.objects.get().state == "signed"


def test_an_upheld_objection_holds_the_money(table: Table) -> None:
    commitment = Commitment.objects.order_by("serial")[0]
    first = make_plan(commitment)[0]
    services.contest(queries.decisions_of(table.intake)[0], objection="列入异常名录", actor=None)
    for do in (
        lambda: ledger.mark_met(first, on=date(2026, 5, 20), actor=None),
        lambda: ledger.record_payment(
            first, receipt="国库-1", paid_on=date(2026, 5, 20), amount=Decimal(100), actor=None
        ),
    ):
        with pytest.raises(Refusal) as no:
            do()
        assert (no.value.code, no.value.sentence) == ("held", UPHELD)
    assert (Payment.objects.count(), commitment.instalments.filter(met_on__isnull=False).count()) == (0, 0)


def test_an_objection_that_is_not_answered_holds_it_too(table: Table) -> None:
    decision = queries.decisions_of(table.intake)[0]
    about = ref_of(decision)
    notice = publicity.draw_up(
        subject=about, grounds=about, kind="standing", text=TEXT, place=table.district.street, lines=LINES, actor=None
    )
    show(notice, make_three(table.district.street))
    objection = publicity.object_to(notice, text="请说明评分", actor=None, way=Way.PORTAL)
    award = queries.standing_awards(table.intake)[0]
    subject, grounds = ref_of(award.proposal), ref_of(decision)
    assert held(subject, grounds) == ["本项目立项公示收到的异议尚未答复。"]
    publicity.answer_objection(objection, consequence=Consequence.NONE, answer="已说明。", actor=None)
    assert (held(subject, grounds), Objection.objects.get().state) == ([], "answered")


def test_nothing_holds_what_no_round_decided(table: Table) -> None:
    decision = queries.decisions_of(table.intake)[0]
    services.contest(decision, objection="列入异常名录", actor=None)
    place, refused = ref_of(table.district.community), ref_of(table.by_name["二"])
    assert (held(place, ref_of(decision)), held(refused, ref_of(decision))) == ([], [])
    assert held(Ref("rounds.proposal", table.by_name["一"].pk), place) == [UPHELD]
