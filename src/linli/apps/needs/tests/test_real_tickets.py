"""Real hotline cases come in as tickets and go through the loop; answer times are reckoned a second time from the file.

``LINLI_ALL_CASES=1`` takes all of them, not every twelfth.
"""

import csv
import io
import os
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from django.core.files.base import ContentFile

from linli.apps.needs import queries, services
from linli.apps.needs.models import AttemptWay, FileState, Need, NeedState, Ticket, TicketFile, Verdict
from linli.apps.needs.tests.factories import make_category
from linli.apps.people.tests.factories import make_user
from linli.apps.places.models import Place
from linli.apps.places.tests.factories import make_district
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.sqlite_only]

DATA = Path(os.environ.get("LINLI_DATA", Path(__file__).resolve().parents[6] / "shared" / "data")) / "messages"
STEP = 1 if os.environ.get("LINLI_ALL_CASES") else 12


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


def test_it_takes_real_cases_through_the_loop() -> None:
    district = make_district()
    rows = cases("city_hotline_cases.csv", STEP)
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
    unhappy = {row["工单编号"] for row in called[::5]}
    for row in called[::5]:
        row |= {"是否解决": "未解决", "是否满意": "不满意"}
    bring(district.street, called)
    states = dict(Ticket.objects.values_list("number", "need__state"))
    assert {number for number, state in states.items() if state == NeedState.HANDLING} == unhappy
    assert {number for number, state in states.items() if state == NeedState.CLOSED} == set(states) - unhappy
    assert Verdict.objects.filter(is_official=True, solved=True).count() == len(rows) - len(unhappy)


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
