"""The workbench and the page of decisions: who opens them, what they show, what they ask the database."""

import json
import os
import re
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jsonschema_rs
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from linli.algorithms.allocation import parse_pb
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.publicity import services as publicity
from linli.apps.publicity.models import PublicNotice
from linli.apps.rounds import queries, services
from linli.apps.rounds.models import AllocationPlan, Decision, Phase, PlanLine, PlanRule, YearFactor
from linli.apps.rounds.tests.judged import Table, make_table, sitting
from linli.kernel import publication
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.refs import Ref, ref_of
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
DATA = Path(os.environ.get("LINLI_DATA", Path(__file__).resolve().parents[6] / "shared" / "data"))
SCHEMA = DATA / "standards" / "360giving" / "360-giving-schema.json"
SITTING = {
    "body": "清河里街道党工委会议", "held_on": "2026-05-09", "minutes_number": "〔2026〕9号", "present": "主任等9人",
}  # fmt: skip


def client_of(user: User) -> Client:
    client = Client(headers={"accept-language": "zh-CN"})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture(scope="module")
def table(module_db: None) -> Table:
    made, now = make_table(), timezone.now()
    deciding = Phase.objects.filter(round=made.intake, code="decision")
    deciding.update(opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=9))
    return made


@pytest.fixture(scope="module")
def officer(table: Table) -> Client:
    return client_of(make_user(Role.STREET_OFFICER, table.district.street, password=None))


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_workbench_says_what_to_do_first(table: Table, officer: Client) -> None:
    text = text_of(officer, reverse("rounds:plans", args=[table.intake.pk]))
    assert ("4个已受理项目等待研究决定" in text, "还没有方案" in text) == (True, True)


def test_a_plan_is_drawn_from_the_form_and_shown_with_its_reasons(table: Table, officer: Client) -> None:
    address = reverse("rounds:plans", args=[table.intake.pk])
    sent = {"rule": "rank", "fund": table.fund.pk, "sessions": [table.session.pk], "tiers": "", "partly": ""}
    answer = officer.post(address, sent, follow=True)
    text = answer.content.decode()
    assert (AllocationPlan.objects.count(), "第2名，但需要¥5,000.00时只剩¥4,000.00。" in text) == (1, True)
    assert "合计 ¥8,000.00 = 资金总盘 ¥8,000.00 − 结余 ¥0.00" in text


@pytest.mark.parametrize(
    ("tiers", "said"), [("1 3000\n3 50%", ""), ("1", "第1行"), ("一 3000", "第1行"), ("1 3000\n\n2 许多", "第3行")]
)
def test_tiers_are_written_one_a_line(table: Table, officer: Client, tiers: str, said: str) -> None:
    address = reverse("rounds:plans", args=[table.intake.pk])
    sent = {"rule": "tiers", "fund": table.fund.pk, "sessions": [table.session.pk], "tiers": tiers}
    answer = officer.post(address, sent)
    assert answer.status_code == (422 if said else 302)
    assert said in answer.content.decode()
    amounts = PlanLine.objects.filter(plan__round=table.intake).values_list("amount", flat=True)
    assert [str(one) for one in amounts] == ([] if said else ["3000.00", "2500.00", "1500.00", "0.00"])


@pytest.mark.parametrize("rule", [one for one in PlanRule.values if one not in ("votes", "hand")])
def test_every_rule_is_looked_at_before_it_is_saved(table: Table, officer: Client, rule: str) -> None:
    address = reverse("rounds:plans", args=[table.intake.pk])
    sent = {"rule": rule, "fund": table.fund.pk, "sessions": [table.session.pk], "tiers": "4 1500", "preview": "1"}
    answer = officer.post(address, sent)
    text = answer.content.decode()
    assert (answer.status_code, AllocationPlan.objects.count(), "方案预览" in text) == (200, 0, True)
    assert f"方案1：{PlanRule(rule).label}" in text
    assert f'value="{rule}" required id="id_rule_{PlanRule.values.index(rule)}" checked' in text


def test_a_rule_over_votes_waits_for_the_residents(table: Table, officer: Client) -> None:
    sent = {"rule": "votes", "fund": table.fund.pk, "method": "phragmen"}
    answer = officer.post(reverse("rounds:plans", args=[table.intake.pk]), sent)
    assert (answer.status_code, "本轮居民评选尚未计票。" in answer.content.decode()) == (422, True)


def test_an_amount_is_set_by_hand_with_a_reason(table: Table, officer: Client) -> None:
    line = table.draw().lines.all()[0]
    address = reverse("rounds:set_amount", args=[line.pk])
    assert officer.post(address, {"amount": "3500", "reason": ""}).status_code == 422
    assert officer.post(address, {"amount": "3500", "reason": "压减宣传费"}).status_code == 302
    line.refresh_from_db()
    assert (str(line.amount), queries.sentence_of(line)) == ("3500.00", "手工确定：压减宣传费")


def test_plans_stand_side_by_side_in_few_questions(table: Table, officer: Client) -> None:
    table.draw()
    table.draw("score")
    table.draw("best")
    address = reverse("rounds:plans", args=[table.intake.pk])
    officer.get(address)
    with CaptureQueriesContext(connection) as few:
        text = text_of(officer, address)
    assert (text.count("有差异"), "方案对比" in text) == (3, True)
    assert len(few) == 23


def test_a_decision_is_entered_and_made_public(table: Table, officer: Client) -> None:
    plan = table.draw()
    address = reverse("rounds:decide", args=[plan.pk])
    asked = text_of(officer, address)
    assert "不支持“二号项目”的理由" in asked
    refused = officer.post(address, {**SITTING, "minutes_number": ""})
    assert (refused.status_code, Decision.objects.count()) == (422, 0)
    reason = f"reason_{table.by_name['二'].pk}"
    sent = officer.post(address, {**SITTING, reason: "建议明年再报。"}, follow=True)
    shown = sent.content.decode()
    assert ("建议明年再报。" in shown, "¥8,000.00" in shown, "发起公示" in shown) == (True, True, True)
    decision = Decision.objects.get()
    office = {"title": "关于2026年度拟立项项目的公示", "office": "党建工作办公室", "phones": "010-60000001"}
    officer.post(reverse("rounds:announce", args=[decision.pk]), office, follow=True)
    notice = PublicNotice.objects.get()
    assert (notice.kind, notice.subject_id, notice.grounds_id) == ("result", decision.pk, decision.pk)
    assert [(line.project, line.bearer, str(line.amount)) for line in notice.lines.order_by("number")] == [
        ("一号项目", "一号服务中心", "4000.00"),
        ("三号项目", "三号服务中心", "3000.00"),
        ("四号项目", "四号服务中心", "1000.00"),
    ]


def test_an_award_leads_to_its_agreement(table: Table, officer: Client) -> None:
    decision = services.decide(table.intake, plan=table.draw(), sitting=sitting(), actor=None)
    page = reverse("rounds:decisions", args=[table.intake.pk])
    link = re.search(r'href="([^"]*agreements/new/[^"]*)"', text_of(officer, page))
    assert link is not None
    asked = parse_qs(urlsplit(link[1].replace("&amp;", "&")).query)
    award = queries.standing_awards(table.intake)[0]
    assert {name: value[0] for name, value in asked.items()} == {
        "street": str(table.district.street.pk), "subject": f"rounds.proposal:{award.proposal_id}",
        "grounds": f"rounds.decision:{decision.pk}", "commitment": str(award.commitment_id), "title": "一号项目",
    }  # fmt: skip
    begun = text_of(officer, link[1].replace("&amp;", "&"))
    assert ("一号项目" in begun, "4,000.00" in begun or "4000.00" in begun) == (True, True)
    leader = client_of(make_user(Role.LEADER, table.district.street, password=None))
    assert "agreements/new/" not in text_of(leader, page)


def test_a_later_decision_is_entered_line_by_line(table: Table, officer: Client) -> None:
    services.decide(table.intake, plan=table.draw(), sitting=sitting(), actor=None)
    one, four = table.by_name["一"].pk, table.by_name["四"].pk
    address = reverse("rounds:amend", args=[table.intake.pk])
    changed = {f"amount_{one}": "3000", f"reason_{one}": "经研究调整", f"amount_{four}": "0", f"reason_{four}": "放弃"}
    answer = officer.post(address, {**SITTING, "minutes_number": "〔2026〕12号", **changed}, follow=True)
    text = answer.content.decode()
    assert (queries.given_in(table.intake), "经研究调整" in text, "取消支持" in text) == (Decimal(6000), True, True)


@pytest.mark.parametrize(
    ("role", "reads", "decides"),
    [(Role.LEADER, 200, 403), (Role.AUDITOR, 200, 403), (Role.SECTION_HEAD, 200, 200), (Role.GRID_WORKER, 403, 403)],
)
def test_only_the_keepers_of_a_round_decide(table: Table, role: Role, reads: int, decides: int) -> None:
    client = client_of(make_user(role, table.district.street, password=None))
    plan = table.draw()
    assert client.get(reverse("rounds:plans", args=[table.intake.pk])).status_code == reads
    assert client.get(reverse("rounds:decisions", args=[table.intake.pk])).status_code == reads
    assert client.get(reverse("rounds:decide", args=[plan.pk])).status_code == decides


def test_a_neighbouring_street_sees_nothing(table: Table) -> None:
    client = client_of(make_user(Role.STREET_OFFICER, table.district.neighbour_street, password=None))
    assert client.get(reverse("rounds:plans", args=[table.intake.pk])).status_code == 404


def test_awards_are_open_data_once_their_notice_is_public(table: Table) -> None:
    decision = services.decide(table.intake, plan=table.draw(), sitting=sitting(), actor=None)
    json_of, csv_of = (reverse(f"rounds:awards_{kind}", args=[table.intake.pk]) for kind in ("json", "csv"))
    assert Client().get(json_of).json()["grants"] == []
    officers = [make_user(Role.STREET_OFFICER, table.district.street, password=None) for _ in range(3)]
    text = publicity.NoticeText(title="关于2026年度拟立项项目的公示", office="党建工作办公室", phones="010-60000001")
    ref = ref_of(decision)
    notice = publicity.publish(
        subject=ref, grounds=ref, kind="standing", text=text, place=table.district.street, actor=officers[0]
    )
    publication.check(notice, actor=officers[1])
    publication.sign_off(notice, actor=officers[2])
    package = Client().get(json_of).json()
    assert [(one["title"], one["amountAwarded"]) for one in package["grants"]] == [
        ("一号项目", 4000.0), ("三号项目", 3000.0), ("四号项目", 1000.0)
    ]  # fmt: skip
    told = parse_pb(Client().get(reverse("rounds:awards_pb", args=[table.intake.pk])).content)
    assert (told.meta["budget"], [one["selected"] for one in told.projects.values()]) == ("8000.00", ["1", "1", "1"])
    lines = Client().get(csv_of).content.decode("utf-8-sig").splitlines()
    assert (len(lines), lines[1].split(",")[1:2]) == (4, ["一号项目"])
    if SCHEMA.exists():
        schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
        validator = jsonschema_rs.validator_for(schema, validate_formats=True)
        assert [list(validator.iter_errors(grant)) for grant in package["grants"]] == [[], [], []]
    shown = Client().get(reverse("rounds:call", args=[table.intake.pk])).content.decode()
    assert ("予以支持的项目" in shown, "一号服务中心" in shown) == (True, True)


def _factor(table: Table, name: str, factor: str, **given: Any) -> YearFactor:
    bearer = table.by_name[name].shares.get().organization
    assert bearer is not None
    said = {"source": Ref("rounds.proposal", table.by_name[name].pk), "source_title": "去年的议事角", "actor": None}
    return services.write_factor(
        bearer=bearer, place=table.district.street, year=2026, grade="A", factor=Decimal(factor), **{**said, **given}
    )


def test_it_shows_what_an_earlier_result_means_beside_proposal_and_plan(table: Table, officer: Client) -> None:
    _factor(table, "一", "1.0")
    _factor(table, "一", "1.1")
    table.draw(title="看往年结果")
    proposal = text_of(officer, reverse("rounds:desk_proposal", args=[table.by_name["一"].pk]))
    plan = text_of(officer, reverse("rounds:plans", args=[table.intake.pk]))
    assert (YearFactor.objects.count(), "×1.10" in proposal, plan.count("去年的议事角 A ×1.10")) == (1, True, 1)


def test_it_writes_no_factor_out_of_bounds_or_by_a_stranger(table: Table) -> None:
    with pytest.raises(Refusal):
        _factor(table, "二", "5.5")
    with pytest.raises(NotAllowed):
        _factor(table, "二", "1.1", actor=make_user(Role.COMMUNITY_WORKER, table.district.community, password=None))
    assert not YearFactor.objects.filter(source_id=table.by_name["二"].pk).exists()
