"""Who somebody is, and how surely: four ways, none of them by text message; and what each action asks for."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from linli.apps.people import queries, services
from linli.apps.people.models import DocumentKind, How, IdentityProof, Person, User
from linli.apps.people.services.persons import PersonText
from linli.apps.people.tests.factories import PASSWORD, make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel import settings
from linli.kernel.errors import Conflict, Missing, NotAllowed, Refusal
from linli.kernel.jobs.worker import run_waiting
from linli.kernel.notices import mine
from linli.kernel.scope import IdentityGrade, Role, graded, graded_actions, graded_for
from linli.site.accounts.names import account_of

pytestmark = pytest.mark.django_db

PHONE = "13812340001"
ID = "11010519491231002X"


@pytest.fixture
def here() -> District:
    return make_district()


@pytest.fixture
def worker(here: District) -> User:
    return make_user(Role.COMMUNITY_WORKER, here.community)


def joined(here: District, phone: str = PHONE, name: str = "柳依依") -> User:
    return services.join(community=here.community, name=name, phone=phone, password=PASSWORD)


def again(user: User) -> User:
    return User.objects.get(pk=user.pk)


def roster_row(here: District, worker: User, **columns: Any) -> Person:
    text = PersonText(**({"name": "柳依依", "phone": PHONE} | columns))
    return services.enter_person(community=here.community, text=text, actor=worker)


def test_a_resident_opens_an_account_with_little_and_is_known_by_his_word_alone(here: District) -> None:
    user = again(joined(here))
    kept = {"name": user.name, "email": user.email, "person": user.person_id}
    assert (kept, user.grade, user.claims_phone, user.anchor.place, user.roles()) == (
        {"name": "柳依依", "email": "", "person": None},
        IdentityGrade.CLAIMED,
        True,
        here.community.pk,
        frozenset({Role.RESIDENT}),
    )


def test_no_telephone_is_needed(here: District) -> None:
    assert joined(here, phone="").claims_phone is False


def test_opening_an_account_tells_nobody_whose_number_is_known(here: District) -> None:
    answers = []
    for _time in range(2):
        form = {"community": str(here.community.pk), "name": "柳依依", "phone": PHONE, "password": PASSWORD}
        page = Client().post("/my/join/", form)
        answers.append((page.status_code, [template.name for template in page.templates][:1]))
    assert answers[0] == answers[1] == (200, ["people/joined.html"])


def test_a_claimed_number_never_stands_in_the_way_of_a_known_one(here: District) -> None:
    known = make_user(Role.COMMUNITY_WORKER, here.community)
    services.correct_account(known, name=None, email=None, phone=PHONE, actor=None)
    joined(here)
    assert account_of(PHONE) == known


def test_registration_can_be_closed_by_a_setting(here: District) -> None:
    admin = make_user(Role.SYSTEM_ADMINISTRATOR, here.district)
    settings.choose("people.self_registration", False, reason="由窗口代办", actor=admin)
    with pytest.raises(Refusal):
        joined(here)


def test_a_worker_rings_back(here: District, worker: User) -> None:
    user = joined(here)
    services.prove_by_call(user, actor=worker)
    fresh = again(user)
    assert (fresh.grade, fresh.claims_phone) == (IdentityGrade.PHONE, False)


def test_a_number_proved_for_one_is_not_proved_for_another(here: District, worker: User) -> None:
    first, second = joined(here), joined(here, name="柳二")
    services.prove_by_call(first, actor=worker)
    with pytest.raises(Refusal):
        services.prove_by_call(second, actor=worker)


@pytest.mark.parametrize(("days", "grade"), [(-1, 1), (0, 2), (365, 2), (366, 1)])
def test_a_call_counts_from_its_day_to_its_last(here: District, worker: User, days: int, grade: int) -> None:
    user = joined(here)
    services.prove_by_call(user, actor=worker)
    on = timezone.localdate() + timedelta(days=days)
    found = IdentityProof.objects.in_force(on).filter(user=user).values_list("grade", flat=True)
    assert max(found, default=1) == grade


def test_a_new_number_is_not_proved_by_the_call_to_the_old_one(here: District, worker: User) -> None:
    user = joined(here)
    services.prove_by_call(user, actor=worker)
    services.correct_own(user, name=user.name, email="", phone="13812340002", actor=user)
    assert (again(user).grade, again(user).claims_phone) == (IdentityGrade.CLAIMED, True)


def test_a_worker_sees_a_document_and_keeps_only_its_kind(here: District, worker: User) -> None:
    user = joined(here)
    proof = services.prove_in_person(user, document=DocumentKind.RESIDENT, actor=worker)
    assert (again(user).grade, proof.document, proof.witness) == (IdentityGrade.PROVED, "resident", worker)


def test_somebody_without_text_messages_types_a_slip_in(here: District, worker: User) -> None:
    user = joined(here, phone="")
    code, _expires = services.issue_slip(user, actor=worker)
    services.prove_by_slip(user, code=code.lower(), actor=user)
    assert again(user).grade == IdentityGrade.PROVED
    with pytest.raises(Conflict):
        services.prove_by_slip(user, code=code, actor=user)


def test_a_slip_of_somebody_else_stays_unused(here: District, worker: User) -> None:
    owner, other = joined(here, phone=""), joined(here, phone="", name="柳二")
    code, _expires = services.issue_slip(owner, actor=worker)
    with pytest.raises(Refusal):
        services.prove_by_slip(other, code=code, actor=other)
    services.prove_by_slip(owner, code=code, actor=owner)
    assert (again(owner).grade, again(other).grade) == (IdentityGrade.PROVED, IdentityGrade.CLAIMED)


def test_a_wrong_and_a_late_slip_are_refused(here: District, worker: User) -> None:
    user = joined(here, phone="")
    code, expires = services.issue_slip(user, actor=worker)
    with pytest.raises(Missing):
        services.prove_by_slip(user, code="AAAA-AAAA", actor=user)
    with pytest.raises(Refusal):
        services.prove_by_slip(user, code=code, actor=user, at=expires + timedelta(seconds=1))


def test_a_worker_matches_by_name_and_proved_telephone(here: District, worker: User) -> None:
    person, user = roster_row(here, worker), joined(here)
    services.prove_by_call(user, actor=worker)
    assert queries.likely_persons(again(user), actor=worker) == [person]
    services.match_to_roster(again(user), person, actor=worker)
    assert (again(user).grade, again(user).person) == (IdentityGrade.ROSTER, person)


def test_a_worker_matches_by_name_and_document(here: District, worker: User) -> None:
    person, user = roster_row(here, worker, id_kind="resident", id_number=ID), joined(here, phone="")
    services.match_to_roster(user, person, id_number=ID, actor=worker)
    assert again(user).grade == IdentityGrade.ROSTER


@pytest.mark.parametrize(
    ("name", "id_number"),
    [("柳依依", ""), ("柳依依", "110105194912310011"), ("柳一一", ID)],
    ids=["phone", "id", "name"],
)
def test_what_does_not_agree_is_not_matched(here: District, worker: User, name: str, id_number: str) -> None:
    person, user = roster_row(here, worker, id_kind="resident", id_number=ID), joined(here, name=name)
    with pytest.raises(Refusal):
        services.match_to_roster(user, person, id_number=id_number, actor=worker)
    assert again(user).person is None


def test_a_person_belongs_to_one_account(here: District, worker: User) -> None:
    person = roster_row(here, worker, id_kind="resident", id_number=ID)
    first, second = joined(here, phone=""), joined(here, phone="")
    services.match_to_roster(first, person, id_number=ID, actor=worker)
    with pytest.raises(Conflict):
        services.match_to_roster(second, person, id_number=ID, actor=worker)


def test_withdrawing_a_match_parts_account_and_person(here: District, worker: User) -> None:
    person, user = roster_row(here, worker, id_kind="resident", id_number=ID), joined(here)
    proof = services.match_to_roster(user, person, id_number=ID, actor=worker)
    with pytest.raises(Refusal):
        services.withdraw_proof(proof, reason=" ", actor=worker)
    services.withdraw_proof(proof, reason="认错了人", actor=worker)
    assert (again(user).grade, again(user).person) == (IdentityGrade.CLAIMED, None)


def test_nobody_proves_himself_and_nobody_from_elsewhere_does(here: District, worker: User) -> None:
    user = joined(here)
    for stranger in (user, make_user(Role.COMMUNITY_WORKER, here.other_community)):
        with pytest.raises(NotAllowed):
            services.prove_in_person(user, document=DocumentKind.RESIDENT, actor=stranger)


def test_whoever_holds_a_post_was_seen_by_the_office(worker: User) -> None:
    assert again(worker).grade == IdentityGrade.PROVED


def test_each_action_names_the_grade_it_needs() -> None:
    assert {one.name: one.grade for one in graded_actions()} == {
        "ui.feedback": None,
        "places.choose": None,
        "people.cards.read": None,
        "people.my_data.see": IdentityGrade.CLAIMED,
        "people.consent.give": IdentityGrade.CLAIMED,
        "people.my_data.export": IdentityGrade.PROVED,
        "people.my_data.erase": IdentityGrade.PROVED,
    }


def test_a_grade_lets_in_who_is_known_as_surely(here: District, worker: User) -> None:
    user = joined(here)
    asked = [graded(IdentityGrade.PHONE), graded_for("people.my_data.export"), graded_for("ui.feedback")]
    before = [ask(again(user), None) for ask in asked]
    services.prove_in_person(user, document=DocumentKind.RESIDENT, actor=worker)
    after = [ask(again(user), None) for ask in asked]
    assert (before, after, [ask(None, None) for ask in asked]) == (
        [False, False, True],
        [True, True, True],
        [False, False, True],
    )


def test_the_page_shows_the_table_to_everybody() -> None:
    page = Client().get("/grades/").content.decode()
    assert [words in page for words in ("意见建议", "无需表明身份", "当面或凭核实码确认")] == [True, True, True]


def test_the_worker_prints_a_slip_and_finds_the_resident(here: District, worker: User) -> None:
    user = joined(here)
    client = Client()
    client.force_login(worker, backend="django.contrib.auth.backends.ModelBackend")
    assert user.username in client.get("/desk/residents/").content.decode()
    paper = client.post(f"/desk/residents/{user.pk}/slip/")
    assert (paper["Content-Type"], paper.getvalue()[:5]) == ("application/pdf", b"%PDF-")


def test_residents_cost_the_same_queries_with_one_and_with_thirty(
    here: District, worker: User, django_assert_num_queries: Any
) -> None:
    client = Client()
    client.force_login(worker, backend="django.contrib.auth.backends.ModelBackend")
    joined(here)
    for more in (0, 29):
        for number in range(more):
            joined(here, phone="", name=f"邻居{chr(0x4E00 + number)}")
        client.get("/desk/residents/")
        with django_assert_num_queries(5):
            client.get("/desk/residents/")


def test_a_refused_match_is_told_in_words(here: District, worker: User) -> None:
    user = joined(here)
    with pytest.raises(Refusal):
        services.refuse_match(user, reason="", actor=worker)
    services.refuse_match(user, reason="名册上没有您，请带户口本来登记", actor=worker)
    run_waiting()
    assert [one.text for one in mine(user)] == ["没有与居民名册核对上：名册上没有您，请带户口本来登记"]


def test_one_way_has_one_proof_in_force(here: District, worker: User) -> None:
    user = joined(here)
    for _time in range(2):
        services.prove_in_person(user, document=DocumentKind.RESIDENT, actor=worker)
    assert IdentityProof.objects.filter(user=user, how=How.IN_PERSON, withdrawn_at=None).count() == 1
