"""“My data”: seen, put right, copied, kept unused, deleted; every request answered in time or refused with reasons."""

import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from linli.apps.people import queries, services
from linli.apps.people.models import DataExport, DataRequest, DocumentKind, RequestKind, RequestState, User
from linli.apps.people.services.data_requests import ProofNeeded
from linli.apps.people.services.persons import PersonText
from linli.apps.people.tests.factories import PASSWORD, make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel import deadlines, files
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.jobs.worker import run_waiting
from linli.kernel.notices import mine
from linli.kernel.refs import ref_of
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> District:
    return make_district()


@pytest.fixture
def worker(here: District) -> User:
    return make_user(Role.COMMUNITY_WORKER, here.community)


@pytest.fixture
def keeper(here: District) -> User:
    return make_user(Role.SECURITY_ADMINISTRATOR, here.district)


@pytest.fixture
def resident(here: District, worker: User) -> User:
    """A resident proved in person."""
    user = services.join(community=here.community, name="柳依依", phone="13812340001", password=PASSWORD)
    services.prove_in_person(user, document=DocumentKind.RESIDENT, actor=worker)
    return User.objects.get(pk=user.pk)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_it_shows_what_is_kept_with_purpose_ground_and_term(resident: User) -> None:
    page = signed_in(resident).get("/my/").content.decode()
    wanted = (
        "13812340001",
        "履行法定职责或法定义务所必需",
        "身份核实记录",
        "没有提供给任何人。",
        "3年（自撤销之日起）",
    )
    assert [words in page for words in wanted] == [True] * 5


def test_the_roster_is_shown_only_after_a_match(here: District, worker: User, resident: User) -> None:
    text = PersonText(name="柳依依", phone="13812340001", gender="female")
    person = services.enter_person(community=here.community, text=text, actor=worker)
    before = [kept.part.name for kept in queries.kept_about(queries.subject_of(resident))]
    services.prove_by_call(resident, actor=worker)
    services.match_to_roster(User.objects.get(pk=resident.pk), person, actor=worker)
    after = [kept.part.name for kept in queries.kept_about(queries.subject_of(User.objects.get(pk=resident.pk)))]
    assert ("people.roster" in before, "people.roster" in after) == (False, True)


def test_a_copy_comes_as_json_and_as_a_table_and_is_the_readers_alone(
    resident: User, worker: User, keeper: User, tmp_path: Any
) -> None:
    request = services.ask(resident, kind=RequestKind.EXPORT, actor=resident)
    run_waiting()
    request.refresh_from_db()
    found = list(files.files_of(ref_of(request.export)))
    client = signed_in(resident)
    told = json.loads(b"".join(client.get(f"/files/{found[0].pk}/").streaming_content))
    assert (request.state, [one.name for one in found], told[0]["记录"][0]["姓名"]) == (
        RequestState.DONE,
        ["我的资料.json", "我的资料.xlsx"],
        "柳依依",
    )
    others = [signed_in(user).get(f"/files/{found[1].pk}/").status_code for user in (worker, keeper)]
    assert others == [404, 404]


@pytest.mark.parametrize(("days", "status"), [(6, 200), (8, 404)])
def test_a_copy_can_be_fetched_for_some_days(resident: User, days: int, status: int) -> None:
    request = services.ask(resident, kind=RequestKind.EXPORT, actor=resident)
    run_waiting()
    moved = timezone.now() + timedelta(days=7 - days)
    DataExport.objects.update(made_at=timezone.now() - timedelta(days=9), expires_at=moved)
    stored = files.files_of(ref_of(request.export)).first()
    assert stored is not None
    answer = signed_in(resident).get(f"/files/{stored.pk}/")
    read = len(b"".join(answer.streaming_content)) if answer.streaming else 0
    assert (answer.status_code, read > 0) == (status, status == 200)


def test_an_expired_copy_is_removed_with_its_files(resident: User) -> None:
    request = services.ask(resident, kind=RequestKind.EXPORT, actor=resident)
    run_waiting()
    export = ref_of(request.export)
    assert services.forget_exports(timezone.now() + timedelta(days=8)) == 1
    assert (DataExport.objects.count(), files.files_of(export).count()) == (0, 0)


@pytest.mark.parametrize("kind", [RequestKind.EXPORT, RequestKind.ERASE, RequestKind.FREEZE, RequestKind.UNFREEZE])
def test_who_is_not_proved_is_led_to_prove_first(here: District, kind: str) -> None:
    user = services.join(community=here.community, name="柳二", password=PASSWORD)
    with pytest.raises(ProofNeeded):
        services.ask(user, kind=kind, actor=user)
    answer = signed_in(user).post("/my/ask/", {"kind": kind})
    assert (answer.status_code, answer.headers["Location"], DataRequest.objects.count()) == (302, "/my/prove/", 0)


def test_a_request_has_a_day_by_which_it_is_answered(resident: User) -> None:
    at = timezone.now()
    request = services.ask(resident, kind=RequestKind.ERASE, actor=resident, at=at)
    assert [clock.due for clock in deadlines.of([ref_of(request)])[ref_of(request)]] == [at + timedelta(days=30)]


def test_the_same_is_asked_once(resident: User) -> None:
    services.ask(resident, kind=RequestKind.ERASE, actor=resident)
    with pytest.raises(Conflict):
        services.ask(resident, kind=RequestKind.ERASE, actor=resident)


def test_deleting_goes_through_all_apps_and_tells_what_stays(resident: User, keeper: User) -> None:
    request = services.ask(resident, kind=RequestKind.ERASE, actor=resident)
    services.take(request, actor=keeper)
    services.finish(request, answer="已删除。", actor=keeper)
    request.refresh_from_db()
    gone = User.objects.get(pk=resident.pk)
    met = [clock.met is not None for clock in deadlines.of([ref_of(request)])[ref_of(request)]]
    assert (request.state, gone.name, str(gone.phone), gone.is_active, gone.proofs.count(), met) == (
        RequestState.DONE,
        "已注销",
        "",
        False,
        0,
        [True],
    )
    assert {"title": "您提出的个人信息申请", "reason": "您的申请和我们的答复作为凭证保存三年。"} in request.kept


def test_an_account_with_a_post_is_not_deleted_before_the_post_ends(worker: User, keeper: User) -> None:
    request = services.ask(worker, kind=RequestKind.ERASE, actor=worker)
    with pytest.raises(Refusal):
        services.finish(request, answer="", actor=keeper)
    request.refresh_from_db()
    assert (request.state, User.objects.get(pk=worker.pk).is_active) == (RequestState.ASKED, True)


def test_a_refusal_gives_its_reasons_and_the_person_reads_them(resident: User, keeper: User) -> None:
    request = services.ask(resident, kind=RequestKind.ERASE, actor=resident)
    with pytest.raises(Refusal):
        services.refuse(request, answer=" ", actor=keeper)
    services.refuse(request, answer="协议尚未履行完，须保留到年底。", actor=keeper)
    run_waiting()
    page = signed_in(resident).get("/my/").content.decode()
    assert ("协议尚未履行完，须保留到年底。" in page, [one.kind for one in mine(resident)]) == (
        True,
        ["people.data_request.refuse"],
    )


def test_a_refusal_without_reasons_cannot_stand_in_the_database(resident: User) -> None:
    request = services.ask(resident, kind=RequestKind.ERASE, actor=resident)
    with pytest.raises(IntegrityError), transaction.atomic():
        DataRequest.objects.filter(pk=request.pk).update(state=RequestState.REFUSED, answer="")


def test_nobody_answers_his_own_request(keeper: User) -> None:
    request = services.ask(keeper, kind=RequestKind.EXPLAIN, text="有哪些", actor=keeper)
    with pytest.raises(NotAllowed):
        services.finish(request, answer="好", actor=keeper)


def test_only_the_security_administrator_answers(resident: User, worker: User) -> None:
    request = services.ask(resident, kind=RequestKind.ERASE, actor=resident)
    for verb in (services.take, services.finish, services.refuse):
        with pytest.raises(NotAllowed):
            verb(request, actor=worker, **({} if verb is services.take else {"answer": "好"}))


def test_frozen_data_are_kept_and_leave_the_lists(resident: User, worker: User, keeper: User) -> None:
    request = services.ask(resident, kind=RequestKind.FREEZE, actor=resident)
    services.finish(request, answer="已停止使用。", actor=keeper)
    hidden = queries.residents_visible_to(worker).count()
    parts = queries.kept_about(queries.subject_of(resident))
    still = [kept.frozen for kept in parts if kept.part.name == "people.account"]
    services.finish(services.ask(resident, kind=RequestKind.UNFREEZE, actor=resident), answer="", actor=keeper)
    assert (hidden, still, queries.residents_visible_to(worker).count()) == (0, [True], 1)


def test_a_worker_enters_a_request_for_somebody_without_a_telephone(here: District, worker: User, keeper: User) -> None:
    person = services.enter_person(community=here.community, text=PersonText(name="褚奶奶"), actor=worker)
    asked = {"person": person, "user": None, "kind": RequestKind.ERASE, "actor": worker}
    for relation, note in (("", "当面表示"), ("女儿代母亲", "")):
        with pytest.raises(Refusal):
            services.ask_for(**asked, relation=relation, consent_note=note)
    request = services.ask_for(**asked, relation="女儿代母亲", consent_note="纸质委托书存档")
    services.finish(request, answer="已删除", actor=keeper)
    person.refresh_from_db()
    assert (request.state, person.name) == (RequestState.DONE, "已删除")


def test_the_copy_of_somebody_without_an_account_is_handed_over_by_the_keeper(
    here: District, worker: User, keeper: User
) -> None:
    person = services.enter_person(community=here.community, text=PersonText(name="褚奶奶"), actor=worker)
    request = services.ask_for(
        person=person, user=None, kind=RequestKind.EXPORT, relation="本人", consent_note="当面", actor=worker
    )
    services.take(request, actor=keeper)
    run_waiting()
    export = DataExport.objects.get(request=request)
    assert (export.reader, export.ready_at is not None) == (keeper, True)


def test_a_worker_from_elsewhere_enters_nothing(here: District, resident: User) -> None:
    stranger = make_user(Role.COMMUNITY_WORKER, here.other_community)
    with pytest.raises(NotAllowed):
        services.ask_for(
            person=None, user=resident, kind=RequestKind.ERASE, relation="邻居", consent_note="口头", actor=stranger
        )


def test_the_keeper_finds_the_request_among_his_tasks_with_its_day(resident: User, keeper: User) -> None:
    services.ask(resident, kind=RequestKind.ERASE, actor=resident)
    page = signed_in(keeper).get("/desk/").content.decode()
    assert "删除我的信息 · 柳依依" in page


def test_a_person_puts_the_own_account_right_at_once(resident: User) -> None:
    answer = signed_in(resident).post("/my/correct/", {"name": "柳一一", "phone": str(resident.phone), "email": ""})
    fresh = User.objects.get(pk=resident.pk)
    assert (answer.status_code, fresh.name, fresh.phone.is_same_as("13812340001")) == (302, "柳一一", True)


def test_the_queue_costs_the_same_queries_with_one_and_with_thirty(
    here: District, worker: User, keeper: User, django_assert_num_queries: Any
) -> None:
    client = signed_in(keeper)
    client.get("/desk/data-requests/")  # what a session asks once
    for more in (1, 29):
        for name in [f"褚{'一二三'[more % 3]}{chr(0x4E00 + number)}" for number in range(more)]:
            person = services.enter_person(community=here.community, text=PersonText(name=name), actor=worker)
            services.ask_for(
                person=person, user=None, kind=RequestKind.ERASE, relation="本人", consent_note="当面", actor=worker
            )
        with django_assert_num_queries(6):
            client.get("/desk/data-requests/")


def test_the_table_of_a_copy_opens(resident: User) -> None:
    import openpyxl

    request = services.ask(resident, kind=RequestKind.EXPORT, actor=resident)
    run_waiting()
    stored = files.files_of(ref_of(request.export)).last()
    assert stored is not None
    with files.opened(stored) as body:
        rows = list(openpyxl.load_workbook(io.BytesIO(body.read())).active.values)
    assert rows[0] == ("类别", "用途", "依据", "保存期限", "第几条", "项目", "内容")
