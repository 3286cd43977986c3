"""An open call: its panel, the order of its places, shares by rank or score, resources, the agreement that follows."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from linli.apps.agreements.models import Agreement, AgreementState
from linli.apps.ledger.tests.factories import make_fund
from linli.apps.ordering import queries, services
from linli.apps.ordering.models import Claim, Contractor, Method, SheetState, WorkSheet
from linli.apps.ordering.tests.factories import AT, judge, make_contractor, make_sheet
from linli.apps.organizations.models import Organization
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.apps.reviews.tests.factories import make_rubric
from linli.kernel import settings
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
NAMES = ("甲社会工作服务中心", "乙社会工作服务中心", "丙社会工作服务中心")


@pytest.fixture
def here() -> District:
    return make_district()


def called(here: District, *, many: int = 2, **columns: Any) -> tuple[WorkSheet, list[Organization]]:
    """An open call of ¥60,000 with offers of ¥50,000 before its panel; nothing is judged yet."""
    rubric = make_rubric()
    sheet = make_sheet(
        here.community, kind="sharpening", ceiling=Decimal(60_000), method=Method.OPEN, places=many, **columns
    )
    units = [make_organization(here.community, name) for name in NAMES[:many]]
    for one in units:
        services.claim(sheet, organization=one, price=Decimal(50_000), plan="两名师傅", actor=None, at=AT)
    services.call_openly(sheet, rubric=rubric, first_day=date(2026, 11, 22), actor=None, at=AT)
    return sheet, units


def given(sheet: WorkSheet, shares: dict[Organization, int], **more: Any) -> list[Contractor]:
    return services.award(sheet, shares=shares, reason="评审结果", actor=None, **more)


def test_it_is_given_to_the_first_of_the_panel_or_with_a_written_reason(here: District) -> None:
    sheet, (_first, second) = called(here)
    judge(sheet, 90, 80)
    found = queries.found_by_panel(sheet)
    claims = list(sheet.claims.all())
    assert [(found[row.pk].rank, found[row.pk].score) for row in claims] == [(1, Decimal(90)), (2, Decimal(80))]
    with pytest.raises(Refusal) as refused:
        given(sheet, {second: 100})
    assert (refused.value.code, refused.value.field) == ("ranking", "departure")
    assert str(refused.value).startswith("甲社会工作服务中心评审名次为第1名")
    given(sheet, {second: 100}, departure="甲社会工作服务中心书面放弃")
    assert (sheet.state, sheet.departure) == (SheetState.CLAIMED, "甲社会工作服务中心书面放弃")


def test_in_the_order_of_the_panel_no_reason_is_kept(here: District) -> None:
    sheet, (first, second) = called(here)
    judge(sheet, 80, 90)
    given(sheet, {second: 60, first: 40}, departure="不需要")
    assert sheet.departure == ""


def test_whom_the_panel_turned_down_is_not_given_the_sheet(here: District) -> None:
    sheet, (_first, second) = called(here)
    session = sheet.session
    assert session is not None
    type(session).objects.filter(pk=session.pk).update(pass_mark=Decimal(60))
    session.refresh_from_db()
    judge(sheet, 90, 50)
    with pytest.raises(Refusal) as refused:
        given(sheet, {second: 100}, departure="便宜")
    assert (refused.value.code, Contractor.objects.count()) == ("unranked", 0)


def test_money_is_shared_by_score_or_by_rank_and_resources_go_with_it(here: District) -> None:
    sheet, units = called(here, many=3)
    judge(sheet, 70, 90, 80)
    claims, found = list(sheet.claims.order_by("made_at", "pk")), queries.found_by_panel(sheet)
    named = {one.pk: one for one in units}
    told = {
        way: {named[key].name[0]: part for key, part in queries.shares_by(way, claims, found, places).items()}
        for way, places in (("score", 3), ("rank", 3), ("rank ", 1))
    }
    assert told["score"] == {"乙": 38, "丙": 33, "甲": 29}
    assert queries.shares_by("rank", claims, found, 3) == dict(
        zip((units[1].pk, units[2].pk, units[0].pk), (50, 33, 17), strict=True)
    )
    assert queries.shares_by("rank", claims, found, 1) == {units[1].pk: 100}
    assert queries.shares_by("score", claims, {}, 3) == {}
    made = given(sheet, {units[1]: 38, units[2]: 33, units[0]: 29}, resources={units[1]: "社区活动室每周两个半天"})
    assert [(row.amount, row.resources) for row in made] == [
        (Decimal(19_000), "社区活动室每周两个半天"), (Decimal(16_500), ""), (Decimal(14_500), ""),
    ]  # fmt: skip


@pytest.mark.pages
def test_a_panel_is_called_and_its_places_are_read_on_the_page(here: District) -> None:
    sheet = make_sheet(here.community, kind="sharpening", ceiling=Decimal(60_000), method=Method.OPEN)
    for name in NAMES[:2]:
        one = make_organization(here.community, name)
        Claim.objects.create(sheet=sheet, organization=one, price=Decimal(50_000), plan="去", made_at=timezone.now())
    officer = Client()
    officer.force_login(make_user(Role.STREET_OFFICER, here.street))
    page = f"/desk/ordering/sheets/{sheet.pk}/"
    assert f"{page}call/" in officer.get(page).content.decode()
    late = officer.post(f"{page}call/", {"rubric": "pitch_review", "first_day": "2026-01-01"})
    assert (late.status_code, "已经过去" in late.content.decode()) == (422, True)
    today = timezone.localdate().isoformat()
    led = officer.post(f"{page}call/", {"rubric": "pitch_review", "first_day": today})
    sheet.refresh_from_db()
    assert led["Location"] == f"/desk/reviews/{sheet.session_id}/"
    shown = officer.get(page).content.decode()
    assert (f"{page}call/" in shown, led["Location"] in shown) == (False, True)
    judge(sheet, 90, 80)
    form = officer.get(f"{page}award/").content.decode()
    assert ('value="100"' in form, "份额按评审结果给出建议" in form, "未按评审名次" in form) == (True, True, True)
    second = Organization.objects.get(name=NAMES[1])
    refused = officer.post(f"{page}award/", {f"share_{second.pk}": "100", "reason": "价低"})
    assert (refused.status_code, "在所选组织之前" in refused.content.decode()) == (422, True)


def test_the_agreement_is_drawn_up_from_the_sheet_once(here: District) -> None:
    settings.choose("agreements.first_party", "街道办事处", street=here.street.pk, actor=None)
    sheet = make_sheet(here.community, state=SheetState.CLAIMED, fund=make_fund(here.street))
    unit = make_organization(here.community, credit_code="52110105MJ0000001K")
    row = make_contractor(sheet, unit, resources="活动室")
    made = services.draw_agreement(row, actor=None, at=AT)
    row.refresh_from_db()
    assert (row.agreement, made.amount, made.begins_on, made.ends_on) == (
        made, Decimal(1200), sheet.starts, sheet.ends,
    )  # fmt: skip
    assert made.content.splitlines() == [
        "为老人理发", "地点：社区服务站", "验收标准：服务对象确认", "配套资源：活动室",
        "服务期间不得推销商品或者做广告。",
    ]  # fmt: skip
    assert [one.name for one in made.parties.filter(side="second")] == [row.organization.name]
    with pytest.raises(Conflict):
        services.draw_agreement(row, actor=None, at=AT)
    assert Agreement.objects.count() == 1
    Agreement.objects.update(state=AgreementState.ENDED, text_hash="x")
    assert services.draw_agreement(row, actor=None, at=AT) != made
    WorkSheet.objects.update(state=SheetState.ACCEPTED)
    with pytest.raises(Refusal) as refused:
        services.draw_agreement(Contractor.objects.get(), actor=None, at=AT)
    assert refused.value.code == "not-claimed"
