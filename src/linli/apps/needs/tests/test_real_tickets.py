"""Real hotline cases come in as tickets and go through the loop; answer times are reckoned a second time from the file.

Every twelfth here; all of them by ``make peers`` (tests/peers/test_tickets.py), as they take minutes.
"""

import csv
import io
import os
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from linli.apps.needs import queries, services
from linli.apps.needs.models import AttemptWay, FileState, Need, NeedState, Ticket, TicketFile, Verdict
from linli.apps.needs.tests.factories import make_category
from linli.apps.people.tests.factories import make_user
from linli.apps.places.models import Place
from linli.apps.places.tests.factories import make_district
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.sqlite_only]

DATA = Path(os.environ.get("LINLI_DATA", Path(__file__).resolve().parents[6] / "shared" / "data")) / "messages"
STEP = 12


def cases(name: str, step: int) -> list[dict[str, str]]:
    """Rows of a real file, every so many."""
    if not (DATA / name).exists():
        pytest.skip("no shared data here")
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))[::step]


def bring(street: Place, rows: list[dict[str, str]], **said: str) -> TicketFile:
    """What became of these rows as an export of the platform."""
    body = io.StringIO()
    writer = csv.DictWriter(body, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    upload = ContentFile(body.getvalue().encode(), name="导出.csv")
    file = services.upload_export(upload, street=street, purpose="tickets", actor=None)
    if file.state == FileState.ASKS:
        file = services.tell_columns(file, headings={title: said.get(title, "") for title in file.unknown}, actor=None)
    return services.take_over_export_now(file, actor=None)


def handle(need: Need, reply: str, **given: Any) -> None:
    """Carry a need from where it is to its answer."""
    if need.state == NeedState.RECEIVED:
        services.analyse(need, category=given["category"], route="forward", actor=given["actor"])
        services.dispatch(need, unit=given["community"], actor=given["actor"])
    services.record_contact(need, way=AttemptWay.PHONE, reached=True, actor=given["actor"])
    services.answer(need, text=reply[:4000], outcome="solved", ways=["running"], actor=given["actor"])


def moment(text: str) -> datetime:
    """A moment of the file."""
    return datetime.strptime(f"{text} +0800", "%Y/%m/%d %H:%M:%S %z")


def rates_by_hand(called: list[dict[str, str]]) -> tuple[str, ...]:
    """The three rates of rules §4 from the lines of the hotline: contacted ÷ called, solved ÷ (solved + not solved),
    satisfied ÷ rated; in per cent with one decimal, half up. Nothing of the product is used.
    """

    def share(part: int, whole: int) -> str:
        return str((Decimal(part) / Decimal(whole) * 100).quantize(Decimal("0.0"), "ROUND_HALF_UP"))

    solved = sum(row["是否解决"] == "已解决" for row in called)
    judged = solved + sum(row["是否解决"] == "未解决" for row in called)
    rated = [row["是否满意"] for row in called if row["是否满意"]]
    contacted = sum(row["是否联系"] == "是" for row in called)
    return share(contacted, len(called)), share(solved, judged), share(rated.count("满意"), len(rated))


def the_board_says_what_the_calls_say(street: Place, called: list[dict[str, str]]) -> None:
    """The board of the desk and the published figures of every month against the lines of the hotline."""
    days = dict(Need.objects.values_list("ticket__number", "received_at"))
    local = {number: timezone.localdate(at) for number, at in days.items()}
    services.recount(street, sorted(set(local.values())))
    client = Client()
    client.force_login(make_user(Role.LEADER, street))
    asked = {"source": "official", "since": str(min(local.values())), "until": str(max(local.values())), "by": "month"}
    board = client.get("/desk/needs/board/", asked).context
    assert rates(board["whole"]) == rates_by_hand(called)
    for line in board["lines"]:
        month = f"{line.key:%Y-%m}"
        lines = [row for row in called if f"{local[row['工单编号']]:%Y-%m}" == month]
        ((_title, published, _communities), _own) = client.get("/needs/figures/", {"month": month}).context["parts"]
        if line.counts.solved + line.counts.unsolved:
            assert rates(line.counts) == rates(published) == rates_by_hand(lines)


def rates(counts: Any) -> tuple[str, ...]:
    """The three rates as they are shown."""
    return str(counts.response), str(counts.solution), str(counts.satisfaction)


def test_it_takes_real_cases_through_the_loop_and_the_three_rates_are_those_of_the_calls() -> None:
    replay(STEP)


def replay(step: int) -> int:
    """Every so many of the real cases from import to call-back, and the rates compared; how many they were."""
    district = make_district()
    rows = cases("city_hotline_cases.csv", step)
    given = {
        "category": make_category(), "community": district.community,
        "actor": make_user(Role.STREET_OFFICER, district.street),
    }  # fmt: skip
    file = bring(district.street, rows, 河流="point")
    assert (file.new, file.bad, set(file.said)) == (
        len(rows),
        0,
        {"河流", "匿名(1)/实名(0)", "最终回复-投诉事件", "区"},
    )
    by_number = {row["id"]: row for row in rows}
    for ticket in Ticket.objects.select_related("need__street", "need__place", "need__category"):
        row = by_number[ticket.number]
        assert (ticket.source, ticket.nature, ticket.transfers) == (
            row["信息 来源"].strip(), row["性质"].strip(), int(row["转处理次数"]),
        )  # fmt: skip
        handle(ticket.need, row["回复1"], **given)
    heads = {"工单编号": "", "诉求内容": "", "是否联系": "是", "是否解决": "已解决", "是否满意": "满意"}
    called = [{**heads, "工单编号": row["id"], "诉求内容": row["投诉件内容"]} for row in rows]
    for row in called[::5]:
        row |= {"是否解决": "未解决", "是否满意": "不满意"}
    for row in called[3::5]:
        row |= {"是否满意": "基本满意"}
    for row in called[4::5]:
        row |= {"是否联系": "否", "是否解决": "", "是否满意": ""}
    bring(district.street, called)
    unhappy, unheard = ({row["工单编号"] for row in called[first::5]} for first in (0, 4))
    states = dict(Ticket.objects.values_list("number", "need__state"))
    assert {number for number, state in states.items() if state == NeedState.HANDLING} == unhappy
    assert {number for number, state in states.items() if state == NeedState.ANSWERED} == unheard
    assert {number for number, state in states.items() if state == NeedState.CLOSED} == set(states) - unhappy - unheard
    assert Verdict.objects.filter(is_official=True, solved=True).count() == len(rows) - len(unhappy | unheard)
    the_board_says_what_the_calls_say(district.street, called)
    return len(rows)


def test_it_reckons_answer_times_as_the_file_says() -> None:
    rows = cases("replies.csv", STEP * 7)
    file = bring(make_district().street, rows)
    days = [row for row in rows if ":" not in row["答复时间"]]
    hours = sorted(
        (moment(row["答复时间"]) - moment(row["留言时间"])).total_seconds() / 3600 for row in rows if row not in days
    )
    found = queries.answer_hours(Ticket.objects.exclude(number__in=[row["留言编号"] for row in days]))
    assert (file.new, file.bad, len(found)) == (len(rows), 0, len(hours))
    assert found == pytest.approx(hours)
    assert median(found) == pytest.approx(median(hours))
