"""Agreeing by version and by purpose, taking it back; passing data on; children; registers; terms carried out."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from linli.apps.people import queries, services
from linli.apps.people.models import ConsentPurpose, ConsentText, Disclosure, Given, Person, User
from linli.apps.people.services.consents import Asked
from linli.apps.people.services.guardians import name_guardian
from linli.apps.people.services.persons import PersonText
from linli.apps.people.tests.factories import PASSWORD, make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.privacy import carry_out, last_runs, retention_of, retentions
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db
ASKED = Asked(
    text="同意社区把姓名和电话提供给上门服务单位。",
    kinds="姓名、电话",
    retention="服务结束后30天",
    on_withdrawal="不再安排上门。",
)
TODAY = timezone.localdate


@pytest.fixture
def here() -> District:
    return make_district()


@pytest.fixture
def keeper(here: District) -> User:
    return make_user(Role.SECURITY_ADMINISTRATOR, here.district)


@pytest.fixture
def worker(here: District) -> User:
    return make_user(Role.COMMUNITY_WORKER, here.community)


@pytest.fixture
def resident(here: District) -> User:
    return services.join(community=here.community, name="柳依依", password=PASSWORD)


def text_of(keeper: User, purpose: str = ConsentPurpose.PASS_ON, day: date | None = None) -> ConsentText:
    return services.write_text(purpose=purpose, asked=ASKED, valid_from=day or TODAY(), actor=keeper)


def agreed(user: User) -> bool:
    return queries.agreed(ConsentPurpose.PASS_ON, TODAY(), user=user)


def test_somebody_agrees_and_takes_it_back_in_one_tap(keeper: User, resident: User) -> None:
    text, client = text_of(keeper), Client()
    client.force_login(resident, backend="django.contrib.auth.backends.ModelBackend")
    client.post(f"/my/consents/{text.pk}/agree/")
    before = agreed(resident)
    page = client.get("/my/consents/").content.decode()
    client.post(f"/my/consents/{resident.consents.get().pk}/take-back/")
    assert (before, "不再安排上门。" in page, agreed(resident)) == (True, True, False)


def test_a_new_version_is_asked_anew(keeper: User, resident: User) -> None:
    services.agree(text_of(keeper), user=resident, actor=resident)
    second = text_of(keeper)
    (question,) = queries.questions_for(resident, TODAY())
    assert (second.version, agreed(resident), question.changed) == (2, False, True)


@pytest.mark.parametrize(("days", "version"), [(-1, 1), (0, 2), (1, 2)])
def test_a_version_is_asked_from_its_day(keeper: User, days: int, version: int) -> None:
    text_of(keeper, day=TODAY() - timedelta(days=10))
    text_of(keeper, day=TODAY())
    on = TODAY() + timedelta(days=days)
    assert [row.version for row in ConsentText.objects.in_force(on)] == [version]


def test_an_old_version_is_not_agreed_to(keeper: User, resident: User) -> None:
    first = text_of(keeper)
    text_of(keeper)
    with pytest.raises(Refusal):
        services.agree(first, user=resident, actor=resident)


def test_nobody_agrees_for_another(keeper: User, resident: User, worker: User) -> None:
    with pytest.raises(NotAllowed):
        services.agree(text_of(keeper), user=resident, actor=worker)


def test_sensitive_data_are_asked_apart(keeper: User) -> None:
    with pytest.raises(Refusal):
        services.write_text(
            purpose=ConsentPurpose.CONTACT, asked=replace(ASKED, is_sensitive=True), valid_from=TODAY(), actor=keeper
        )


def test_nothing_is_passed_on_without_consent_or_law(keeper: User, resident: User, worker: User) -> None:
    asked = {"user": resident, "to_whom": "暖心服务中心", "what": "姓名、电话", "why": "上门送餐", "actor": worker}
    with pytest.raises(Refusal):
        services.pass_on(**asked)
    services.pass_on(**asked, law="传染病防治法第三十一条")
    services.agree(text_of(keeper), user=resident, actor=resident)
    services.pass_on(**asked)
    services.take_back(resident.consents.get(), actor=resident)
    with pytest.raises(Refusal):
        services.pass_on(**asked)
    assert Disclosure.objects.filter(user=resident).count() == 2


def test_the_person_sees_to_whom_data_were_passed_on(resident: User, worker: User) -> None:
    services.pass_on(user=resident, to_whom="暖心服务中心", what="姓名", why="送餐", law="法律", actor=worker)
    client = Client()
    client.force_login(resident, backend="django.contrib.auth.backends.ModelBackend")
    assert "暖心服务中心" in client.get("/my/").content.decode()


def child_of(here: District, worker: User) -> Person:
    born = TODAY().replace(year=TODAY().year - 9, day=1)
    return services.enter_person(community=here.community, text=PersonText(name="柳小小", born_on=born), actor=worker)


def test_for_a_child_its_guardian_agrees(here: District, keeper: User, worker: User) -> None:
    child, text = child_of(here, worker), text_of(keeper)
    with pytest.raises(Refusal):
        services.agree_on_paper(text, person=child, how=Given.PAPER, actor=worker)
    name_guardian(ward=child, name="柳妈妈", phone="13812340003", relation="parent", consent_on=TODAY(), actor=worker)
    consent = services.agree_on_paper(text, person=child, how=Given.PAPER, actor=worker)
    assert (str(consent.guardianship.ward) if consent.guardianship else "", consent.witness) == ("柳小小", worker)


def test_the_privacy_notice_is_drawn_from_what_is_declared_and_linked_on_every_page(keeper: User) -> None:
    text_of(keeper)
    page = Client().get("/privacy/").content.decode()
    assert [words in page for words in ("人员名册", "服务结束后30天", "30天内答复")] == [True] * 3
    assert [Client().get(where).content.decode().count('href="/privacy/"') for where in ("/", "/feedback/")] == [1, 2]


def test_every_kind_has_a_term_with_a_source() -> None:
    assert [kind.kind for kind in retentions() if not (kind.title and kind.source and kind.words())] == []


def test_every_term_that_ends_is_carried_out_by_somebody() -> None:
    ending = [kind for kind in retentions() if kind.setting or kind.days is not None]
    assert [kind.kind for kind in ending if kind.remove is None and not kind.carried_out] == []
    assert sum(kind.remove is not None for kind in ending) >= 12


def test_the_nightly_round_removes_what_ended_and_says_how_much(resident: User) -> None:
    at = timezone.now()
    (early, late) = (carry_out(at=at + timedelta(days=days)).get("people.account") for days in (364, 367))
    account = User.objects.get(pk=resident.pk)
    assert (early, late, account.is_active, last_runs()["people.account"].removed) == (0, 1, False, 1)


def test_the_page_of_terms_shows_what_last_night_removed(keeper: User, resident: User) -> None:
    carry_out(at=timezone.now() + timedelta(days=367))
    client = Client()
    client.force_login(keeper, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/desk/retention/").content.decode()
    assert ("清理1条" in page, "网络安全法第二十一条第三项" in page) == (True, True)


def test_a_proved_account_is_not_removed(here: District, resident: User, worker: User) -> None:
    services.prove_in_person(resident, document="resident", actor=worker)
    assert carry_out(at=timezone.now() + timedelta(days=4000))["people.account"] == 0


def test_registers_are_kept_by_the_security_administrator_and_never_removed(keeper: User, worker: User) -> None:
    asked = {"title": "上门慰问名单", "lawful": "合法", "effects": "小", "measures": "加密", "conclusion": "可行"}
    with pytest.raises(NotAllowed):
        services.assess(**asked, made_on=TODAY(), actor=worker)
    services.assess(**asked, made_on=TODAY(), actor=keeper)
    term = retention_of("people.protection")
    assert term is not None
    assert term.remove is None


def test_an_incident_tells_people_or_says_why_not(keeper: User) -> None:
    asked = {"title": "名单误发", "found_at": timezone.now(), "kinds": "姓名", "cause": "误发", "measures": "已撤回"}
    with pytest.raises(Refusal):
        services.report_incident(**asked, actor=keeper)
    row = services.report_incident(**asked, why_not_told="已避免危害（第五十七条第二款）", actor=keeper)
    assert row.people_told_at is None
