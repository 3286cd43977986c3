"""What a worker enters for somebody: consent given on paper with its scan, taken back, and data passed on."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from linli.apps.people import services
from linli.apps.people.models import Consent, ConsentPurpose, ConsentText, Disclosure, Person, User
from linli.apps.people.services.consents import Asked
from linli.apps.people.services.guardians import name_guardian
from linli.apps.people.services.keeping import forget_consents
from linli.apps.people.services.persons import PersonText
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.files import StoredFile
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def here() -> District:
    return make_district()


@pytest.fixture
def worker(here: District) -> User:
    return make_user(Role.COMMUNITY_WORKER, here.community)


@pytest.fixture
def desk(client: Client, worker: User) -> Client:
    client.force_login(worker, BACKEND)
    return client


@pytest.fixture
def person(here: District) -> Person:
    return services.enter_person(community=here.community, text=PersonText(name="柳依依"), actor=None)


@pytest.fixture
def text(here: District) -> ConsentText:
    asked = Asked(text="同意把电话提供给上门服务单位。", kinds="电话", retention="30天", on_withdrawal="不再上门。")
    keeper = make_user(Role.SECURITY_ADMINISTRATOR, here.district)
    return services.write_text(
        purpose=ConsentPurpose.PASS_ON, asked=asked, valid_from=timezone.localdate(), actor=keeper
    )


def scan() -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (40, 40), "white").save(out, "PNG")
    return SimpleUploadedFile("同意书.png", out.getvalue(), "image/png")


def entered(desk: Client, person: Person, text: ConsentText) -> Consent:
    desk.post(f"/desk/roster/{person.pk}/consent/", {"text": text.pk, "how": "paper", "scan": scan()})
    return Consent.objects.get(person=person)


def page_of(client: Client, person: Person) -> str:
    return client.get(f"/desk/roster/{person.pk}/").content.decode()


def test_a_consent_on_paper_is_entered_with_its_scan(
    desk: Client, worker: User, person: Person, text: ConsentText
) -> None:
    consent = entered(desk, person, text)
    stored = StoredFile.objects.get(owner_kind="people.consent", owner_id=consent.pk)
    assert (consent.how, consent.witness, stored.name) == ("paper", worker, "同意书.png")
    assert f"/files/{stored.pk}/" in page_of(desk, person)


def test_a_stranger_to_the_community_opens_no_scan(
    here: District, desk: Client, person: Person, text: ConsentText
) -> None:
    entered(desk, person, text)
    stored = StoredFile.objects.get(owner_kind="people.consent")
    elsewhere = Client()
    elsewhere.force_login(make_user(Role.COMMUNITY_WORKER, here.other_community), BACKEND)
    answers = [one.get(f"/files/{stored.pk}/") for one in (desk, elsewhere)]
    answers[0].close()  # a file is handed out in pieces
    assert [answer.status_code for answer in answers] == [200, 404]


def test_a_worker_takes_it_back_on_the_persons_word(desk: Client, person: Person, text: ConsentText) -> None:
    consent = entered(desk, person, text)
    for _press in range(2):
        desk.post(f"/desk/roster/consents/{consent.pk}/take-back/")
    consent.refresh_from_db()
    assert (consent.withdrawn_at is None, "已撤回" in page_of(desk, person)) == (False, True)


def test_the_scan_goes_with_a_consent_no_longer_kept(
    desk: Client, worker: User, person: Person, text: ConsentText
) -> None:
    services.take_back(entered(desk, person, text), actor=worker)
    forget_consents(timezone.now() + timedelta(days=1))
    assert (Consent.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_data_go_out_with_a_consent_or_a_law_and_the_page_says_so(
    desk: Client, person: Person, text: ConsentText
) -> None:
    said = {"to_whom": "暖心服务中心 周主任", "what": "姓名、电话", "why": "上门送餐"}
    address = f"/desk/residents/{person.pk}/passed-on/"
    without = desk.post(address, said).status_code
    entered(desk, person, text)
    with_consent = desk.post(address, said).status_code
    desk.post(address, {**said, "to_whom": "区疾控中心", "law": "传染病防治法第三十一条"})
    assert (without, with_consent, Disclosure.objects.filter(person=person).count()) == (422, 302, 2)
    page = page_of(desk, person)
    assert [words in page for words in ("暖心服务中心", "经本人同意", "传染病防治法第三十一条")] == [True] * 3


def test_data_of_an_account_go_out_from_its_own_page(here: District, desk: Client) -> None:
    resident = services.join(community=here.community, name="柳依依", password="yunshan-4821-heliu")
    said = {"to_whom": "区疾控中心", "what": "电话", "why": "流调", "law": "传染病防治法第三十一条"}
    answer: Any = desk.post(f"/desk/residents/{resident.pk}/passed-on/", said)
    assert (answer["Location"], Disclosure.objects.get().user) == (f"/desk/residents/{resident.pk}/", resident)


def test_a_request_is_entered_from_the_page_of_a_person_and_knows_who_speaks_for_a_child(
    here: District, desk: Client, person: Person
) -> None:
    born = timezone.localdate() - timedelta(days=3000)
    child = services.enter_person(community=here.community, text=PersonText(name="王小明", born_on=born), actor=None)
    name_guardian(ward=child, guardian=person, relation="parent", consent_on=date(2026, 1, 5), actor=None)
    assert f'href="/desk/residents/{child.pk}/request/"' in page_of(desk, child)
    asked = [desk.get(f"/desk/residents/{one.pk}/request/").context["form"]["relation"] for one in (child, person)]
    assert [field.value() for field in asked] == ["柳依依（父母）", ""]
