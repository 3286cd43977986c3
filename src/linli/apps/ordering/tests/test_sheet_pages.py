"""Pages of work sheets: drawn up, published, offered for, given; the public list and an order out of a need."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from linli.apps.needs.tests.factories import make_need
from linli.apps.ordering.models import Claim, Contractor, Order, SheetState, WorkSheet
from linli.apps.ordering.tests.factories import make_item, make_sheet
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.pages]


@pytest.fixture
def here() -> District:
    return make_district()


def signed(role: Role, *at: Any, **where: Any) -> Client:
    client = Client()
    client.force_login(make_user(role, *at, **where))
    return client


def test_a_sheet_goes_through_the_four_stages(here: District, client: Client) -> None:
    secretary = signed(Role.COMMUNITY_SECRETARY, here.community)
    day = timezone.localdate().isoformat()
    sent = {
        "place": here.community.pk, "kind": "sharpening", "title": "磨剪子", "content": "每月一次", "starts": day,
        "ends": day, "quantity": "30", "criteria": "服务对象确认", "ceiling": "900", "places": "1", "no_selling": "on",
    }  # fmt: skip
    secretary.post("/desk/ordering/sheets/new/", sent)
    row = WorkSheet.objects.get()
    page = f"/desk/ordering/sheets/{row.pk}/"
    secretary.post(f"{page}publish/")
    assert "磨剪子" in client.get("/sheets/").content.decode()
    assert "直接认领" in client.get(f"/sheets/{row.pk}/").content.decode()
    organization = make_organization(here.community)
    manager = signed(Role.ORGANIZATION_MANAGER, organization=organization)
    dear = manager.post(f"{page}claim/", {"organization": organization.pk, "price": "901", "plan": "两人"})
    assert (dear.status_code, "高于最高限价" in dear.content.decode()) == (422, True)
    manager.post(f"{page}claim/", {"organization": organization.pk, "price": "800", "plan": "两人"})
    officer = signed(Role.STREET_OFFICER, here.street)
    assert "疑似拆分" not in officer.get(page).content.decode()
    half = officer.post(f"{page}award/", {f"share_{organization.pk}": "50", "reason": "唯一"})
    assert (half.status_code, "必须等于100" in half.content.decode()) == (422, True)
    officer.post(f"{page}award/", {f"share_{organization.pk}": "100", "reason": "唯一"})
    row.refresh_from_db()
    told = Contractor.objects.values_list("share", "amount").get()
    assert (row.state, told, Claim.objects.get().state) == (SheetState.CLAIMED, (100, Decimal(800)), "won")
    board = officer.get("/desk/ordering/sheets/").content.decode()
    assert [word in board for word in ("居民点单", "社区制单", "社会组织承单", "政府买单")] == [True] * 4


def test_a_manager_sees_published_sheets_and_no_offer_of_others(here: District) -> None:
    published = make_sheet(here.community)
    make_sheet(here.community, state=SheetState.DRAFT, title="还在起草")
    other = make_organization(here.community, "桥头义工协会")
    Claim.objects.create(sheet=published, organization=other, price=Decimal(777), plan="去", made_at=timezone.now())
    manager = signed(Role.ORGANIZATION_MANAGER, organization=make_organization(here.community))
    assert "还在起草" not in manager.get("/desk/ordering/sheets/").content.decode()
    page = manager.get(f"/desk/ordering/sheets/{published.pk}/").content.decode()
    assert ("桥头义工协会" in page, "777" in page) == (False, False)


def test_a_need_is_ordered_from_by_its_page(here: District) -> None:
    today: date = timezone.localdate()
    item = make_item(here.community, is_open=False, month=today.replace(day=1))
    from linli.apps.ordering import services

    services.open_items([item], actor=None)
    need, worker = make_need(here.community), signed(Role.COMMUNITY_WORKER, here.community)
    assert f"/desk/ordering/from-need/{need.pk}/" in worker.get(f"/desk/needs/{need.pk}/").content.decode()
    worker.post(f"/desk/ordering/from-need/{need.pk}/", {"item": item.pk})
    assert Order.objects.get().need == need


def test_the_service_list_is_printed(here: District) -> None:
    row = make_sheet(here.community)
    answer = signed(Role.STREET_OFFICER, here.street).get(f"/desk/ordering/sheets/{row.pk}/paper/")
    assert (answer.status_code, b"".join(answer.streaming_content)[:5]) == (200, b"%PDF-")  # type: ignore[attr-defined]  # a file
