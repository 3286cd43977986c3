"""A whistle from the draft to both sides' word; each refusal its sentence; who reads what."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client
from tests.support.remembering import remembered

from linli.apps.needs import services
from linli.apps.needs.models import Sensitivity, Whistle, WhistleCall, WhistleKind
from linli.apps.needs.queries.whistles import calls_to_answer, month_of, whistles_for
from linli.apps.needs.services import Called
from linli.apps.needs.tables.whistles import call_sheet, month_list, result_sheet
from linli.apps.needs.tests.factories import CALLER, NOW, make_category, make_need
from linli.apps.organizations.models import Organization, OrganizationKind
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.documents import print_paper
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.files import photos
from linli.kernel.files.tests.samples import photo, upload
from linli.kernel.notices.models import Notice
from linli.kernel.refs import Ref, ref_of
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@dataclass
class Gate:
    """A locked gate of an estate: the police and the property company are called."""

    here: District
    whistle: Whistle
    officer: User
    leader: User
    police: Organization
    property: Organization
    contact: User


@remembered
def make_gate() -> Gate:
    here = make_district()
    officer, leader = make_user(Role.STREET_OFFICER, here.street), make_user(Role.LEADER, here.street)
    police = make_organization(here.street, "和安区公安局", kind=OrganizationKind.DEPARTMENT)
    company = make_organization(here.street, "怡和物业公司", kind=OrganizationKind.PROPERTY_COMPANY)
    contact = make_user(Role.DEPARTMENT_CONTACT, organization=police)
    whistle = services.draft_whistle(
        place=here.community, kind=WhistleKind.RESIDENTS, title="东门长期锁闭", matter="消防通道被锁，救护车进不来。",
        point="怡和园东门", departments=[Called(police, leads=True), Called(company)], need=make_need(here.community),
        actor=officer, at=NOW,
    )  # fmt: skip
    return Gate(here, whistle, officer, leader, police, company, contact)


def call_of(gate: Gate, department: Organization) -> WhistleCall:
    return WhistleCall.objects.select_related("whistle", "organization").get(
        whistle=gate.whistle, organization=department
    )


def blow(gate: Gate) -> None:
    services.approve_whistle(gate.whistle, actor=gate.leader, instruction="两家一起到场", at=NOW + MINUTE)


def settle(gate: Gate) -> None:
    blow(gate)
    finish(gate)


def finish(gate: Gate) -> None:
    """Both departments come and answer; the result is recorded."""
    services.check_in(call_of(gate, gate.police), came="治安大队中队长", actor=gate.contact, at=NOW + 20 * MINUTE)
    services.answer_call(
        call_of(gate, gate.police), text="约谈物业，当场开锁", actor=gate.contact, at=NOW + 60 * MINUTE
    )
    services.check_in(
        call_of(gate, gate.property), came="项目经理", actor=gate.officer, by_paper=True, at=NOW + 200 * MINUTE
    )
    services.answer_call(
        call_of(gate, gate.property), text="改为推杆门", actor=gate.officer, by_paper=True, at=NOW + 201 * MINUTE
    )
    services.note_step(
        gate.whistle, kind="visit", text="现场踏勘", plan="物业三日内换门", actor=gate.officer, at=NOW + 70 * MINUTE
    )
    services.settle_whistle(gate.whistle, result="东门改装推杆门，常开", actor=gate.officer, at=NOW + 300 * MINUTE)


def test_a_whistle_goes_from_draft_to_the_word_of_both_sides() -> None:
    gate = make_gate()
    settle(gate)
    services.rate_call(
        call_of(gate, gate.police), side="street", prompt=True, helpful=True, actor=gate.officer, at=NOW + 301 * MINUTE
    )
    services.rate_call(
        call_of(gate, gate.police), side="department", prompt=True, helpful=True, actor=gate.contact,
        at=NOW + 302 * MINUTE,
    )  # fmt: skip
    services.close_whistle(gate.whistle, actor=gate.officer)

    gate.whistle.refresh_from_db()
    late = [call.is_late for call in gate.whistle.calls.order_by("checked_in_at")]
    assert (gate.whistle.state, gate.whistle.number, gate.whistle.minutes, late) == (
        "closed",
        "哨2026-001",
        120,
        [False, True],
    )


def test_the_departments_are_told_when_the_leader_approves_and_not_before() -> None:
    gate = make_gate()
    before = Notice.objects.filter(recipient=gate.contact.pk).count()
    blow(gate)

    found = Notice.objects.filter(recipient=gate.contact.pk)
    assert (before, found.count()) == (0, 1)
    assert CALLER.name not in found[0].text


def test_whoever_wrote_it_does_not_approve_it() -> None:
    gate = make_gate()
    with pytest.raises(NotAllowed):
        services.approve_whistle(gate.whistle, actor=gate.officer, at=NOW)
    Whistle.objects.filter(pk=gate.whistle.pk).update(drafted_by=gate.leader.pk)
    gate.whistle.refresh_from_db()
    with pytest.raises(Refusal, match="起草"):
        services.approve_whistle(gate.whistle, actor=gate.leader, at=NOW)


def test_how_soon_they_come_depends_on_the_kind() -> None:
    gate = make_gate()
    Whistle.objects.filter(pk=gate.whistle.pk).update(kind=WhistleKind.EMERGENCY)
    gate.whistle.refresh_from_db()
    blow(gate)

    assert call_of(gate, gate.police).due_at == NOW + MINUTE + 30 * MINUTE


def test_a_department_checks_in_once_and_before_it_answers() -> None:
    gate = make_gate()
    blow(gate)
    call = call_of(gate, gate.police)
    with pytest.raises(Refusal, match="到场"):
        services.answer_call(call, text="已处理", actor=gate.contact, at=NOW + 5 * MINUTE)
    services.check_in(call, came="中队长", actor=gate.contact, at=NOW + 5 * MINUTE)
    with pytest.raises(Conflict):
        services.check_in(call, came="中队长", actor=gate.contact, at=NOW + 6 * MINUTE)
    with pytest.raises(Refusal):
        services.check_in(call_of(gate, gate.property), came="经理", actor=gate.officer, by_paper=True, at=NOW)


def test_another_department_answers_for_nobody_else() -> None:
    gate = make_gate()
    blow(gate)
    with pytest.raises(NotAllowed):
        services.check_in(call_of(gate, gate.property), came="中队长", actor=gate.contact, at=NOW + 5 * MINUTE)


def test_nothing_is_settled_while_somebody_has_not_answered() -> None:
    gate = make_gate()
    blow(gate)
    with pytest.raises(Refusal, match="怡和物业公司"):
        services.settle_whistle(gate.whistle, result="好了", actor=gate.officer, at=NOW + 9 * MINUTE)


def test_what_came_back_is_answered_anew() -> None:
    gate = make_gate()
    settle(gate)
    services.call_again(gate.whistle, reason="又锁上了", actor=gate.officer, at=NOW + 400 * MINUTE)

    assert len(calls_to_answer(gate.contact)) == 1


def test_one_department_leads_and_each_is_called_once() -> None:
    gate = make_gate()
    text = {
        "place": gate.here.community, "kind": "residents", "title": "事", "matter": "情", "point": "门",
        "actor": gate.officer,
    }  # fmt: skip
    with pytest.raises(Refusal):
        services.draft_whistle(departments=[Called(gate.police)], **text)
    with pytest.raises(Refusal):
        services.draft_whistle(departments=[Called(gate.police, leads=True), Called(gate.police)], **text)


def test_no_whistle_is_blown_for_a_complaint_or_a_sensitive_matter() -> None:
    gate = make_gate()
    about = make_need(gate.here.community, about=Ref("people.user", gate.contact.pk))
    quarrel = make_need(gate.here.community, category=make_category("0900", sensitivity=Sensitivity.DISPUTE))
    for need in (about, quarrel):
        with pytest.raises(Refusal):
            services.draft_whistle(
                place=gate.here.community, kind="residents", title="事", matter="情", point="门", need=need, actor=None,
                departments=[Called(gate.police, leads=True)],
            )  # fmt: skip


def test_a_department_reads_only_what_it_is_called_to_and_only_once_called() -> None:
    gate = make_gate()
    elsewhere = make_organization(gate.here.street, "区水务局", OrganizationKind.DEPARTMENT)
    stranger = make_user(Role.DEPARTMENT_CONTACT, organization=elsewhere)
    before = whistles_for(gate.contact).count()
    blow(gate)

    assert (before, whistles_for(gate.contact).count(), whistles_for(stranger).count()) == (0, 1, 0)


def test_the_month_lists_whistles_and_departments() -> None:
    gate = make_gate()
    settle(gate)
    found, lines = month_of(whistles_for(gate.leader), NOW.date().replace(day=1), NOW.date().replace(day=30))

    counted = [(line.name, line.called, line.in_time, line.answered) for line in lines]
    assert (len(found), counted) == (1, [("和安区公安局", 1, 1, 1), ("怡和物业公司", 1, 0, 1)])
    papers = [
        month_list(found, lines, begins=NOW.date(), day=NOW.date()),
        call_sheet(found[0], day=NOW.date(), address="https://linli.example/w"),
        result_sheet(found[0], day=NOW.date(), address="https://linli.example/w"),
    ]
    assert [print_paper(paper)[:5] for paper in papers] == [b"%PDF-"] * 3


def test_the_pages_lead_from_a_need_to_the_result(client: Client) -> None:
    gate = make_gate()
    client.force_login(gate.officer)
    sent = {
        "kind": "residents", "place": str(gate.here.community.pk), "title": "路灯全灭", "point": "南路",
        "matter": "三天不亮", "lead": gate.police.name, "assists": "没有的单位",
    }  # fmt: skip
    refused = client.post("/desk/needs/whistles/new/", sent)
    page = client.post("/desk/needs/whistles/new/", {**sent, "assists": gate.property.name})["Location"]
    client.force_login(gate.leader)
    client.post(f"{page}do/approve/", {"instruction": "速办"})
    client.force_login(gate.contact)
    call = WhistleCall.objects.get(whistle__title="路灯全灭", organization=gate.police)
    client.post(f"{page}calls/{call.pk}/check_in/", {"came": "值班员"})

    shown = client.get(page).text
    assert (refused.status_code, "值班员" in shown, "治安" in shown) == (422, True, False)
    assert client.get("/desk/needs/whistles/").status_code == 200
    assert b"".join(client.get(f"{page}papers/call/").streaming_content)[:5] == b"%PDF-"


def test_work_at_the_point_is_shown_before_and_after_with_plan_and_result(client: Client) -> None:
    gate = make_gate()
    blow(gate)
    steps = [
        services.note_step(gate.whistle, kind=kind, text=text, plan=plan, actor=gate.officer, at=NOW + 70 * MINUTE)
        for kind, text, plan in (("visit", "门锁死，消防车进不来", "三日内换门"), ("work", "推杆门装好", ""))
    ]
    for step, width in zip(steps, (40, 60), strict=True):
        photos.take_in(upload(photo(size=(width, 20))), owner=ref_of(step), actor=gate.officer)
    client.force_login(gate.officer)
    page = client.get(f"/desk/needs/whistles/{gate.whistle.pk}/").text
    shown = [client.get(f"/desk/photos/needs.whistle_step/{step.pk}/").status_code for step in steps]
    assert [len(photos.of(ref_of(step))) for step in steps] == [1, 1]
    assert (page.index("门锁死") < page.index("推杆门装好"), "三日内换门" in page) == (True, True)
    assert shown == [200, 200]


def test_both_sides_rate_once_after_the_result_and_only_inside() -> None:
    gate = make_gate()
    blow(gate)
    call = call_of(gate, gate.police)
    said = {"prompt": True, "helpful": False, "note": "来得快，没带工具"}
    with pytest.raises(Conflict):
        services.rate_call(call, side="street", actor=gate.officer, at=NOW + 2 * MINUTE, **said)
    finish(gate)
    call = call_of(gate, gate.police)
    services.rate_call(call, side="street", actor=gate.officer, at=NOW + 301 * MINUTE, **said)
    services.rate_call(call, side="department", actor=gate.contact, at=NOW + 301 * MINUTE, **said)
    refused = []
    for side, actor in (("street", gate.officer), ("street", gate.contact), ("department", gate.officer)):
        with pytest.raises((Conflict, NotAllowed)) as no:
            services.rate_call(call, side=side, actor=actor, at=NOW + 302 * MINUTE, **said)
        refused.append(type(no.value).__name__)
    seen = []
    for user in (gate.contact, gate.officer):
        browser = Client()
        browser.force_login(user)
        seen.append("没带工具" in browser.get(f"/desk/needs/whistles/{gate.whistle.pk}/").text)
    assert (refused, call.marks.count(), seen) == (["Conflict", "NotAllowed", "NotAllowed"], 2, [False, True])
