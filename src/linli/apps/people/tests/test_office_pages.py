"""Pages of accounts, posts, absences, handovers and skills, as their users press through them."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from linli.apps.organizations.models import OrganizationKind
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.people import services
from linli.apps.people.jobs import remind_of_terms
from linli.apps.people.models import Absence, Handover, HandoverState, Post, Skill, User
from linli.apps.people.tests.factories import PASSWORD, make_card, make_user
from linli.apps.places.tests.factories import make_district
from linli.kernel.jobs.worker import run_waiting
from linli.kernel.notices.models import Notice
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
SECRETARY, WORKER = Role.COMMUNITY_SECRETARY, Role.COMMUNITY_WORKER


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user.pk), backend=BACKEND)
    return client


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture
def here() -> Any:
    return make_district()


@pytest.fixture
def system(here: Any) -> User:
    return make_user(Role.SYSTEM_ADMINISTRATOR, here.district, name="沈某")


def test_an_account_is_opened_gets_a_post_and_a_password_shown_once(here: Any, system: User) -> None:
    desk = client_of(system)
    opened = desk.post("/desk/accounts/new/", {"username": "new.worker", "name": "马某某", "phone": "", "email": ""})
    user = User.objects.get(username="new.worker")
    assert opened.headers["Location"] == f"/desk/accounts/{user.pk}/"
    given = {"user": str(user.pk), "role": WORKER, "place": str(here.community.pk), "organization": ""}
    desk.post("/desk/posts/new/", {**given, "started_on": str(timezone.localdate()), "term_ends_on": ""})
    slip = text_of(desk.post(f"/desk/accounts/{user.pk}/password/"))
    password = slip.partition("data-secret>")[2].partition("<")[0]
    assert (len(password), password in text_of(desk.get(f"/desk/accounts/{user.pk}/"))) == (19, False)
    assert (authenticate(username="new.worker", password=password), user.posts.get().role) == (user, WORKER)


def test_a_password_handed_over_opens_only_the_page_that_replaces_it(here: Any, system: User) -> None:
    user = make_user(WORKER, here.community)
    secret = services.issue_password(user, actor=system)
    desk = client_of(user)
    assert [desk.get(path).headers.get("Location") for path in ("/desk/", "/desk/absences/", "/")] == [
        "/accounts/password/change/"
    ] * 3
    own = "my-own-long-phrase-7"
    desk.post("/accounts/password/change/", {"oldpassword": secret, "password1": own, "password2": own})
    assert (client_of(user).get("/desk/").status_code, User.objects.get(pk=user.pk).must_change_password) == (
        200,
        False,
    )


def test_accounts_are_found_by_a_part_of_the_name(here: Any, system: User) -> None:
    make_user(WORKER, here.community, name="欧阳某", username="ouyang")
    make_user(WORKER, here.community, name="钱某")
    for asked in ("欧阳", "OUYA"):
        page = text_of(client_of(system).get(f"/desk/accounts/?q={asked}"))
        assert ("欧阳某" in page, "钱某" in page) == (True, False)


def test_the_desk_tells_both_who_acts_for_whom(here: Any) -> None:
    holder, deputy = make_user(SECRETARY, here.community, name="方某"), make_user(WORKER, here.community, name="林某")
    services.name_substitute(holder.posts.get(), deputy=deputy, actor=None)
    day = timezone.localdate()
    client_of(holder).post(
        "/desk/absences/new/", {"user": str(holder.pk), "kind": "leave", "first_day": str(day), "last_day": str(day)}
    )
    assert "您正在代理 方某" in text_of(client_of(deputy).get("/desk/"))
    assert "期间由 林某 代理您" in text_of(client_of(holder).get("/desk/"))
    client_of(holder).post(f"/desk/absences/{Absence.objects.get().pk}/call-off/")
    assert "您正在代理" not in text_of(client_of(deputy).get("/desk/"))


def test_the_kind_of_an_absence_is_shown_to_the_person_alone(here: Any) -> None:
    worker, secretary = make_user(WORKER, here.community), make_user(SECRETARY, here.community)
    day = timezone.localdate()
    services.enter_absence(worker, first_day=day, last_day=day, kind="sick", actor=worker)
    pages = [text_of(client_of(user).get("/desk/absences/")) for user in (worker, secretary)]
    assert ["病假" in page for page in pages] == [True, False]


def test_a_slip_goes_from_hand_to_hand_and_prints(here: Any, system: User) -> None:
    giver, taker = make_user(WORKER, here.community), make_user(WORKER, here.other_community)
    witness, card = make_user(SECRETARY, here.community), make_card(here.community, author=giver)
    post = giver.posts.get()
    client_of(giver).post(f"/desk/handovers/new/{post.pk}/", {"taker": str(taker.pk), "witness": str(witness.pk)})
    slip = Handover.objects.get()
    client_of(giver).post(f"/desk/handovers/{slip.pk}/add/", {"kind": "seal", "title": "公章一枚"})
    for user, verb in ((taker, "confirm"), (witness, "witness"), (giver, "carry_out")):
        page = text_of(client_of(user).get(f"/desk/handovers/{slip.pk}/"))
        assert (card.title in page, f"/{verb}/" in page) == (True, True)
        slip.refresh_from_db()
        client_of(user).post(f"/desk/handovers/{slip.pk}/{verb}/", {"version": slip.version})
    slip.refresh_from_db()
    card.refresh_from_db()
    assert (slip.state, card.author) == (HandoverState.DONE, taker)
    paper = client_of(taker).get(f"/desk/handovers/{slip.pk}/print/")
    assert b"".join(paper.streaming_content)[:5] == b"%PDF-"


def test_signatures_and_ending_terms_are_tasks_and_notices(here: Any, system: User) -> None:
    giver, taker = make_user(WORKER, here.community), make_user(WORKER, here.community, name="林某")
    witness = make_user(SECRETARY, here.community, name="方某")
    services.set_term(witness.posts.get(), term_ends_on=timezone.localdate() + timedelta(days=30), actor=None)
    services.draw_up_handover(giver.posts.get(), taker=taker, witness=witness, actor=giver)
    assert "查看并确认接收" in text_of(client_of(taker).get("/desk/"))
    assert "查看并监交" not in text_of(client_of(witness).get("/desk/"))
    assert "续任、结束或移交" in text_of(client_of(system).get("/desk/"))
    assert (remind_of_terms.call(), remind_of_terms.call()) == (1, 1)
    run_waiting()
    told = Notice.objects.filter(kind="people.post.term").values_list("recipient", flat=True)
    assert set(told) == {witness.pk, system.pk}
    assert len(told) == 2


def test_a_refusal_is_told_on_the_form(here: Any, system: User) -> None:
    make_user(SECRETARY, here.community, name="方某")
    other = make_user(name="温某")
    given = {"user": str(other.pk), "role": SECRETARY, "place": str(here.community.pk)}
    answer = client_of(system).post("/desk/posts/new/", {**given, "started_on": str(timezone.localdate())})
    assert (answer.status_code, "现任" in text_of(answer), Post.objects.filter(user=other).exists()) == (
        422,
        True,
        False,
    )


def test_a_skill_is_entered_with_its_certificate_and_counted(here: Any) -> None:
    worker, officer = make_user(WORKER, here.community), make_user(Role.STREET_OFFICER, here.street)
    row = {"user": str(worker.pk), "skill": "social_work_middle", "certificate": "2024-7", "valid_from": "2026-01-05"}
    assert client_of(worker).post("/desk/skills/new/", row).status_code == 302
    page = text_of(client_of(officer).get("/desk/skills/"))
    assert ("占 100%（1 / 1 人）" in page, worker.name in page, Skill.objects.get().certificate) == (
        True,
        False,
        "2024-7",
    )


def test_the_leader_of_a_team_stands_on_its_page(here: Any) -> None:
    team = make_organization(here.community, "槐荫书画队", OrganizationKind.RESIDENT_TEAM)
    secretary, finance = make_user(SECRETARY, here.community), make_user(Role.FINANCE_OFFICER, here.street)
    address = f"/desk/organizations/{team.pk}/"
    assert "还没有负责人" in text_of(client_of(secretary).get(address))
    leader = make_user(Role.TEAM_LEADER, organization=team, name="柳某")
    pages = [text_of(client_of(user).get(address)) for user in (secretary, finance)]
    assert [leader.name in page for page in pages] == [True, False]


def test_lists_cost_the_same_for_one_row_and_for_many(here: Any) -> None:
    officer = make_user(Role.STREET_OFFICER, here.street, password=PASSWORD)
    day = timezone.localdate()
    for number in range(4):
        user = make_user(WORKER, here.community)
        services.enter_absence(user, first_day=day, last_day=day, kind="leave", actor=None)
        taker, witness = make_user(WORKER, here.community), make_user(WORKER, here.community)
        if number % 2:
            services.draw_up_handover(user.posts.get(), taker=taker, witness=witness, actor=user)
    found = {}
    for path in ("/desk/absences/", "/desk/handovers/", "/desk/skills/", "/desk/posts/"):
        desk = client_of(officer)
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(path).status_code == 200
        found[path] = len(asked)
    assert found == {"/desk/absences/": 9, "/desk/handovers/": 8, "/desk/skills/": 11, "/desk/posts/": 9}
