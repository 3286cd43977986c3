"""Who is rung today: old people at once, the others when nobody rated; and the sheet for those without a telephone."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from linli.apps.needs import services
from linli.apps.needs.models import AttemptWay, Need, NeedState, Outcome, Via, Way
from linli.apps.needs.queries.ringing import to_ring
from linli.apps.needs.tests.factories import NOW
from linli.apps.needs.tests.staff import HOUR, answer_it, make_handled, make_street
from linli.apps.people.tests.factories import make_user
from linli.kernel import slips
from linli.kernel.refs import ref_of
from linli.kernel.scope import Role
from linli.kernel.slips.models import Slip

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_the_list_names_whoever_is_to_be_rung_today() -> None:
    street = make_street()
    need = make_handled(street)
    answer_it(street, need)
    elsewhere = make_user(Role.COMMUNITY_WORKER, street.here.other_community)
    early = to_ring(street.worker, at=NOW + DAY)
    late = to_ring(street.worker, at=NOW + 5 * DAY)
    Need.objects.filter(pk=need.pk).update(call_back=True)
    at_once = to_ring(street.worker, at=NOW + DAY)
    services.rate(need, via=Via.PHONE, reached=False, actor=street.worker, at=NOW + 2 * DAY)

    assert [len(one) for one in (early, late, at_once)] == [0, 1, 1]
    assert to_ring(street.worker, at=NOW + 2 * DAY) == []
    assert [(ring.need, ring.tries) for ring in to_ring(street.worker, at=NOW + 3 * DAY)] == [(need, 1)]
    assert to_ring(elsewhere, at=NOW + 5 * DAY) == []


def test_a_sheet_asks_on_paper_and_what_comes_back_is_typed_in(client: Client) -> None:
    street = make_street()
    need = make_handled(street)
    answer_it(street, need)
    client.force_login(street.worker)
    before = Slip.objects.filter(purpose=services.FOLLOW, ref_id=need.pk).count()
    sheet = client.post(f"/desk/needs/{need.pk}/asking/")
    typed = client.post(
        f"/desk/needs/{need.pk}/do/rate/", {"reached": "yes", "solved": "yes", "satisfied": "satisfied", "via": "paper"}
    )
    need.refresh_from_db()

    assert b"".join(sheet.streaming_content)[:5] == b"%PDF-"  # type: ignore[attr-defined]  # a file answer streams
    assert Slip.objects.filter(purpose=services.FOLLOW, ref_id=need.pk).count() == before + 1
    assert (typed.status_code, need.state, need.verdicts.get().via) == (302, NeedState.CLOSED, Via.PAPER)
    assert client.post(f"/desk/needs/{need.pk}/asking/").status_code == 409


def test_the_page_shows_the_number_masked(client: Client) -> None:
    street = make_street()
    need = make_handled(street)
    answer_it(street, need)
    Need.objects.filter(pk=need.pk).update(call_back=True)
    client.force_login(street.worker)
    page = client.get("/desk/needs/ringing/").text
    assert (need.number in page, "13800010001" in page, "138****0001" in page) == (True, False, True)


def test_the_resident_reads_his_own_words_and_not_the_fixed_wording(client: Client) -> None:
    street = make_street()
    need = make_handled(street)
    client.force_login(street.worker)
    beside = client.get(f"/desk/needs/{need.pk}/answer/").text
    services.record_contact(need, way=AttemptWay.PHONE, reached=True, actor=street.worker, at=NOW + 3 * HOUR)
    services.answer(
        need, text="您家楼道的灯换好了。", official="您反映的问题收悉，经核查已整改。", outcome=Outcome.SOLVED,
        ways=[Way.AT_DOOR], actor=street.worker, at=NOW + 4 * HOUR,
    )  # fmt: skip
    client.logout()
    told = client.get(f"/needs/look/{services.pass_for(need)}/").text

    assert need.matter in beside
    assert ("您家楼道的灯换好了。" in told, "收悉" in told) == (True, False)


def test_a_resident_answers_the_sheet_with_its_own_code(client: Client) -> None:
    street = make_street()
    need = make_handled(street)
    answer_it(street, need)
    (code,) = slips.issue(services.FOLLOW, refs=[ref_of(need)], expires=timezone.now() + DAY)
    sent = client.post(f"/needs/f/{code}/", {"solved": "0", "satisfied": "dissatisfied", "reasons": "灯又灭了"})
    need.refresh_from_db()

    assert (sent.status_code, need.state, need.reopened) == (302, NeedState.HANDLING, 1)
