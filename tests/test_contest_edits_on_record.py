"""Every verb of the ledger, of notices and of rounds that edits a row leaves on record what it was and became."""

import pytest
from django.utils.translation import override

from linli.apps.rounds.tests.judged import make_table
from linli.kernel.audit import actions, entries
from linli.kernel.audit.models import AuditRow
from linli.kernel.lifecycle import lifecycles
from tests.support.contest_edits import edit_ledger, edit_notice, edit_round

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]

ADDS = frozenset(
    """
    publicity.notice.draw_up publicity.notice.close publicity.objection.receive publicity.objection.amend
    publicity.photo.add
    rounds.programme.found rounds.programme.add_word rounds.programme.end_word rounds.round.set_up
    rounds.round.skip_phase rounds.round.repeat_phase rounds.round.issue_late_codes rounds.round.begin_opening
    rounds.round.open_seals rounds.round.assign_agency rounds.round.end_notice rounds.choice.set_up
    rounds.choice.decide_share rounds.choice.issue_slips rounds.choice.keep_file rounds.choice.settle
    rounds.idea.hand_in rounds.plan.draw rounds.plan.drop rounds.decision.decide rounds.decision.amend
    rounds.decision.contest rounds.factor.write rounds.proposal.start
    rounds.proposal.begin_check rounds.proposal.give_view
    rounds.proposal.discuss rounds.proposal.coach rounds.proposal.edit_for rounds.proposal.confirm_edit
    ledger.fund.open ledger.fund.close ledger.commitment.commit ledger.commitment.plan ledger.instalment.meet
    ledger.payment.record ledger.payment.refund ledger.payment.strike_out
    """.split()  # noqa: SIM905  # a name a word is easier to keep than forty in quotes
)
"""Verbs that make, end or remove a whole row, or only say something: their facts are what was written.

A later decision keeps the earlier one beside it; what a proposal said before stands among its revisions.
"""
EDITS: dict[str, dict[str, str]] = {
    "ledger.fund.change": {"金额": "¥100,000.00 → ¥105,000.00"},
    "ledger.quota.set": {"金额": "¥20,000.00 → ¥30,000.00"},
    "ledger.commitment.adjust": {"金额": "¥10,000.00 → ¥8,000.00"},
    "publicity.notice.amend": {
        "监督电话": "010-62880011 → 010-62880099",
        "列表": "槐荫社区 银龄助餐 暖邻社会工作服务中心 80000.00 → 槐荫社区 银龄助餐 暖邻社会工作服务中心 70000.00",
    },
    "rounds.round.change": {"咨询联系人": "（空） → 党建办"},
    "rounds.round.date_phase": {"截止": "2026-07-07 09:00 → 2026-07-08 09:00"},
    "rounds.round.change_resources": {"支持资源": "多功能厅40小时 → 多功能厅60小时"},
    "rounds.proposal.change_demands": {"支持资源": "多功能厅10小时 → 多功能厅12小时"},
    "rounds.plan.set_amount": {"金额": "¥4,000.00 → ¥3,500.00"},
}
"""Verb -> the facts its row tells as before → after."""


@pytest.fixture(scope="module")
def told(module_db: None) -> dict[str, dict[str, str]]:
    """What the last row of each verb tells as before → after, done by somebody who reads English."""
    table = make_table()
    with override("en"):
        edit_ledger(table.district.street)
        edit_notice(table.district.street)
        edit_round(table)
    found = {}
    for action in EDITS:
        row = AuditRow.objects.filter(action=action).order_by("id").last()
        assert row is not None, action
        found[action] = {word: value for word, value in entries([row])[0].facts if " → " in value}
    return found


@pytest.mark.parametrize("action", sorted(EDITS))
def test_it_tells_what_each_value_was_and_what_it_became(action: str, told: dict[str, dict[str, str]]) -> None:
    assert told[action] == EDITS[action]


def test_it_knows_of_every_verb_of_notices_and_rounds_whether_it_edits() -> None:
    moves = {life.action(verb) for life in lifecycles() for verb in life.transitions}
    known = {action.name for action in actions() if action.name.split(".")[0] in ("publicity", "rounds")}
    ours = {name for name in {*EDITS, *ADDS} if name.split(".")[0] in ("publicity", "rounds")}
    assert known - moves == ours - moves
