"""Stages and sub-tasks: each in its order, in words that tell nobody who the resident is; each refusal its sentence."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image
from tests.support.remembering import remembered

from linli.apps.needs import queries, services
from linli.apps.needs.contributions.parts import find_sub_tasks
from linli.apps.needs.models import Contact, Need, Sensitivity, StageKind, SubTask
from linli.apps.needs.queries.subtasks import sub_tasks_for
from linli.apps.needs.tables.stages import stage_sheet
from linli.apps.needs.tests.factories import CALLER, NOW, make_category, make_need
from linli.apps.needs.tests.staff import HOUR, Street, make_handled, make_street
from linli.apps.organizations.models import Organization, OrganizationKind
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.people.tests.factories import make_user
from linli.kernel import slips
from linli.kernel.audit.models import AuditRow
from linli.kernel.documents import print_paper
from linli.kernel.errors import Conflict, Missing, NotAllowed, Refusal
from linli.kernel.files import photos
from linli.kernel.refs import ref_of
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WORDS: dict[str, Any] = {
    "title": "换楼道灯", "matter": "楼道照明的灯头坏了，请更换。", "due": NOW + 3 * DAY, "outside": "明光电器维修部",
    "checked": True,
}  # fmt: skip


@remembered
def make_lamp() -> tuple[Street, Need, Organization]:
    """A need being handled by the community, and the power office."""
    street = make_street()
    office = make_organization(street.here.street, "和安区供电所", kind=OrganizationKind.DEPARTMENT)
    return street, make_handled(street), office


def give(street: Street, need: Need, **changed: Any) -> SubTask:
    return services.give_sub_task(need, services.Asked(**{**WORDS, **changed}), actor=street.worker, at=NOW + 3 * HOUR)


def picture() -> BytesIO:
    drawn = BytesIO()
    Image.effect_noise((64, 64), 60).convert("RGB").save(drawn, "JPEG")
    drawn.seek(0)
    drawn.name = "before.jpg"
    return drawn


def test_a_complex_need_goes_stage_after_stage_with_photos_before_and_after() -> None:
    street, need, _office = make_lamp()
    dues = {kind: NOW.date() + place * DAY for place, kind in enumerate(StageKind)}
    plan = services.plan_stages(need, dues=dues, actor=street.worker, at=NOW)
    visit, views, *_rest = stages = list(plan.stages.all())
    with pytest.raises(Refusal, match="现场踏勘"):
        services.finish_stage(views, note="十二户同意", actor=street.worker)
    with pytest.raises(Refusal, match="照片"):
        services.finish_stage(visit, note="积水二十厘米", actor=street.worker)
    for stage in stages:
        if stage.kind in ("visit", "check"):
            photos.take_in(picture(), owner=ref_of(stage), actor=street.worker)  # type: ignore[arg-type]  # a file is enough
        services.finish_stage(stage, note=f"{stage}已完成", actor=street.worker)
    with pytest.raises(Conflict):
        services.finish_stage(views, note="又一次", actor=street.worker)

    paper = stage_sheet(plan, day=NOW.date(), address="https://linli.example/n")
    rows = paper.blocks[1].rows  # type: ignore[union-attr]  # the second block is the table
    assert [row[4] for row in rows] == ["1", "", "", "", "1"]
    assert print_paper(paper)[:5] == b"%PDF-"


def test_who_holds_the_code_sees_the_place_before_and_after_and_nobody_else(client: Client) -> None:
    street, need, _office = make_lamp()
    dues = {kind: NOW.date() + place * DAY for place, kind in enumerate(StageKind)}
    visit = services.plan_stages(need, dues=dues, actor=street.worker, at=NOW).stages.all()[0]
    photo = photos.take_in(picture(), owner=ref_of(visit), actor=street.worker)  # type: ignore[arg-type]  # a file is enough
    (code,) = slips.issue(services.FOLLOW, refs=[ref_of(need)], expires=timezone.now() + DAY, at=timezone.now())
    address = f"/needs/f/{code}/photos/{photo.pk}/"
    early = client.get(address).status_code
    services.finish_stage(visit, note="灯头锈蚀", actor=street.worker)
    page, shown = client.get(f"/needs/f/{code}/").text, client.get(address)
    picture_bytes = b"".join(shown.streaming_content)  # type: ignore[attr-defined]  # a file answer streams
    made_up = client.get(f"/needs/f/AAAABBBB/photos/{photo.pk}/").status_code
    Need.objects.filter(pk=need.pk).update(sensitivity=Sensitivity.HARDSHIP)

    assert (early, page.count(address), shown["Content-Type"]) == (404, 2, "image/jpeg")
    assert picture_bytes.startswith(b"\xff\xd8")
    assert (made_up, client.get(address).status_code) == (404, 404)


def test_the_stages_keep_their_order_of_days() -> None:
    street, need, _office = make_lamp()
    dues = {kind: NOW.date() + place * DAY for place, kind in enumerate(StageKind)}
    with pytest.raises(Refusal):
        services.plan_stages(need, dues=dues | {StageKind.CHECK: NOW.date()}, actor=street.worker, at=NOW)
    plan = services.plan_stages(need, dues=dues, actor=street.worker, at=NOW)
    with pytest.raises(Conflict):
        services.plan_stages(need, dues=dues, actor=street.worker, at=NOW)
    work = plan.stages.get(kind=StageKind.WORK)
    with pytest.raises(Refusal):
        services.move_stage(work, due=NOW.date() + 9 * DAY, reason="等材料", actor=street.worker)
    services.move_stage(work, due=NOW.date() + 4 * DAY, reason="等材料", actor=street.worker)
    assert work.due == NOW.date() + 4 * DAY
    with pytest.raises(NotAllowed):
        services.move_stage(
            work, due=work.due, reason="不相干", actor=make_user(Role.COMMUNITY_WORKER, street.here.other_community)
        )


@pytest.mark.parametrize(
    "changed",
    [
        {"matter": f"请联系{CALLER.name}，灯头坏了。"},
        {"matter": "请联系 138-0001-0001，灯头坏了。"},
        {"matter": "到2号楼3单元502修灯。"},
        {"checked": False},
        {"shares_contact": True},
        {"due": NOW},
        {"outside": ""},
    ],
)
def test_words_that_tell_who_the_resident_is_go_to_nobody(changed: dict[str, Any]) -> None:
    street, need, _office = make_lamp()
    with pytest.raises(Refusal):
        give(street, need, **changed)
    assert SubTask.objects.count() == 0


def test_no_piece_of_a_sensitive_matter_is_given_away() -> None:
    street, need, _office = make_lamp()
    task = give(street, need)
    Need.objects.filter(pk=need.pk).update(sensitivity=Sensitivity.HARDSHIP)
    task = SubTask.objects.select_related("need").get(pk=task.pk)
    with pytest.raises((Refusal, NotAllowed)):
        give(street, task.need)
    assert "撤回" in services.dead_because(task, 1, at=NOW + 4 * HOUR)


def test_an_outside_party_answers_once_by_its_link_and_nothing_typed_is_lost(client: Client) -> None:
    street, need, _office = make_lamp()
    due = NOW.replace(year=NOW.year + 9)
    task = give(street, need, due=due)
    address = f"/needs/t/{services.link_of(task)}/"
    page = client.get(address).text
    empty = client.post(address, {"text": " "})
    sent = client.post(address, {"text": "灯头已更换"})
    again = client.post(address, {"text": "第二次写的话"})
    wrong = client.post("/needs/t/nothing/", {"text": "写错地址的话"})

    task.refresh_from_db()
    held = [one for one in (CALLER.name, CALLER.phone, CALLER.address, need.number, need.matter) if one in page]
    assert (held, "楼道照明的灯头坏了" in page) == ([], True)
    assert (empty.status_code, sent.status_code, again.status_code, wrong.status_code) == (422, 200, 410, 404)
    assert ("第二次写的话" in again.text, "写错地址的话" in wrong.text) == (True, True)
    assert (task.state, task.answer, task.by_link) == ("answered", "灯头已更换", True)
    assert "回复了子任务" in [str(entry.title) for entry in queries.story_of(need)]
    assert [one.title for one in find_sub_tasks(street.worker)] == ["换楼道灯"]


def test_a_link_ends_and_a_newer_one_kills_the_older() -> None:
    street, need, _office = make_lamp()
    task = give(street, need)
    old = services.by_link(services.link_of(task))
    assert "结束" in services.dead_because(*old, at=NOW + 11 * DAY)
    with pytest.raises(Conflict):
        services.answer_by_link(*old, text="晚了", at=NOW + 11 * DAY)
    services.renew_link(task, ends_at=NOW + 20 * DAY, actor=street.worker, at=NOW + 11 * DAY)
    fresh = services.by_link(services.link_of(task))
    assert services.dead_because(task, old[1], at=NOW + 12 * DAY)
    services.answer_by_link(*fresh, text="补上了", at=NOW + 12 * DAY)
    task.refresh_from_db()
    services.send_back(task, reason="只换了一层", actor=street.worker, at=NOW + 13 * DAY)
    assert (task.state, task.link) == ("open", 3)
    services.drop_sub_task(task, reason="居民自己换了", actor=street.worker, at=NOW + 14 * DAY)
    assert services.dead_because(task, 3, at=NOW + 14 * DAY)
    with pytest.raises(Missing):
        services.by_link("made-up")


def test_the_contact_goes_along_only_with_the_consent_and_opening_it_is_on_record(client: Client) -> None:
    street, need, _office = make_lamp()
    Contact.objects.filter(need=need).update(may_pass_on=True)
    need = Need.objects.get(pk=need.pk)
    task = give(street, need, shares_contact=True, due=NOW.replace(year=NOW.year + 9))
    address = f"/needs/t/{services.link_of(task)}/"
    with_consent = client.get(address).text
    Contact.objects.filter(need=need).update(may_pass_on=False)
    taken_back = client.get(address).text

    assert (CALLER.phone in with_consent, CALLER.phone in taken_back) == (True, False)
    assert AuditRow.objects.filter(action="privacy.value.reveal", ref_id=need.contact.pk).count() == 2


def test_a_unit_reads_its_sub_task_and_never_the_need(client: Client) -> None:
    street, need, office = make_lamp()
    task = give(street, need, outside="", unit=office)
    contact = make_user(Role.DEPARTMENT_CONTACT, organization=office)
    stranger = make_user(Role.COMMUNITY_WORKER, street.here.other_community)
    client.force_login(contact)
    page = client.get(f"/desk/needs/tasks/{task.pk}/").text
    waits = [one.title for one in find_sub_tasks(contact)]
    sent = client.post(f"/desk/needs/tasks/{task.pk}/answer/", {"text": "已送电"})

    assert (need.number in page, "灯头坏了" in page, waits) == (False, True, ["换楼道灯"])
    assert (sent.status_code, client.get(f"/desk/needs/{need.pk}/").status_code) == (302, 404)
    assert (sub_tasks_for(stranger).count(), sub_tasks_for(street.worker).count()) == (0, 1)


def test_the_pages_lead_from_a_need_to_its_parts(client: Client) -> None:
    street, need, _office = make_lamp()
    client.force_login(street.worker)
    days = {kind.value: (NOW.date() + place * DAY).isoformat() for place, kind in enumerate(StageKind)}
    planned = client.post(f"/desk/needs/{need.pk}/stages/", days)
    given = client.post(
        f"/desk/needs/{need.pk}/tasks/new/",
        {**WORDS, "due": "2099-01-01T09:00", "checked": "on", "unit_name": ""},
    )
    page = client.get(f"/desk/needs/{need.pk}/").text
    shown = client.get(given["Location"]).text
    again = client.get(f"/desk/needs/{need.pk}/stages/", follow=True)
    assert (again.redirect_chain[0][0], "阶段已经规划好" in again.content.decode()) == (f"/desk/needs/{need.pk}/", True)
    paper = client.get(f"/desk/needs/{need.pk}/stages/paper/")

    assert (planned.status_code, given.status_code) == (302, 302)
    assert ("现场踏勘" in page, "换楼道灯" in page, "/needs/t/" in shown) == (True, True, True)
    assert b"".join(paper.streaming_content)[:5] == b"%PDF-"  # type: ignore[attr-defined]  # a file answer streams


def test_a_need_of_another_kind_has_no_mediation() -> None:
    street, need, _office = make_lamp()
    with pytest.raises(Refusal):
        services.register_mediation(need, kind="property", parties=["业主", "物业公司"], actor=street.worker)
    assert make_category("0900", sensitivity=Sensitivity.DISPUTE).sensitivity == Sensitivity.DISPUTE
    assert make_need(street.here.community).pk != need.pk
