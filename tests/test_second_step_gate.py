"""Who must have a second step gets nothing on the desk before it; recovery codes are seen once; secrets are sealed."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from linli.apps.people.models import User
from linli.apps.people.tests.factories import PASSWORD, make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.audit import timeline
from linli.kernel.contributions import Person
from linli.kernel.jobs.worker import run_waiting
from linli.kernel.refs import ref_of
from linli.kernel.scope import Role
from linli.kernel.scope.roles import STAFF
from linli.site.accounts.leaving import PERSONAL
from linli.site.cli import main
from linli.site.commands.check import house_findings

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]

ASKED = "/accounts/second-step/"
SET_UP = "/accounts/2fa/totp/activate/"
NEW = "velvet-summit-42"
CODES = "/accounts/2fa/recovery-codes/"
OBLIGED = (
    Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR, Role.FINANCE_OFFICER,
    Role.AUDITOR,
)  # fmt: skip


@pytest.fixture(autouse=True)
def real_house(settings: Any) -> None:
    settings.LINLI_SECOND_STEP, settings.LINLI_DEMO_WITHOUT_SECOND_STEP = True, False


@pytest.fixture
def here() -> District:
    return make_district()


def sign_in(user: User) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": user.username, "password": PASSWORD})
    return client


def code_of(secret: str) -> str:
    code: str = totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
    return code


def set_up(client: Client) -> str:
    """Switch the second step on as a person does; the address that follows."""
    secret = client.get(SET_UP).context["form"].secret
    return client.post(SET_UP, {"code": code_of(secret)})["Location"]


@pytest.mark.parametrize("role", OBLIGED)
def test_it_leads_to_the_set_up_before_anything_on_the_desk(role: Role, here: District) -> None:
    client = sign_in(make_user(role, here.district))
    answers = [client.get(address)["Location"] for address in ("/desk/", "/desk/posts/", "/desk/audit/csv/")]
    assert [*answers, client.post("/desk/notices/read/")["Location"]] == [ASKED] * 4


@pytest.mark.parametrize("role", sorted(STAFF - {*OBLIGED}))
def test_it_asks_nobody_else(role: Role, here: District) -> None:
    assert sign_in(make_user(role, here.street)).get("/desk/").status_code == 200


def test_a_second_post_that_needs_it_is_enough(here: District) -> None:
    from linli.apps.people.services import give_post

    user = make_user(Role.STREET_OFFICER, here.street)
    give_post(user=user, role=Role.FINANCE_OFFICER, place=here.street, actor=None)
    assert sign_in(user).get("/desk/")["Location"] == ASKED


def test_the_public_pages_and_the_account_stay_open(here: District) -> None:
    client = sign_in(make_user(Role.FINANCE_OFFICER, here.street))
    open_pages = ("/", ASKED, SET_UP, "/accounts/password/change/", "/accounts/sessions/", "/accounts/logout/")
    assert [client.get(address).status_code for address in open_pages] == [200] * 6


def test_the_desk_opens_once_it_is_set_up(here: District) -> None:
    client = sign_in(make_user(Role.FINANCE_OFFICER, here.street))
    assert (set_up(client), client.get("/desk/").status_code, client.get(ASKED)["Location"]) == (
        CODES,
        200,
        "/accounts/",
    )


def test_switching_it_off_closes_the_desk_again(here: District) -> None:
    client = sign_in(make_user(Role.FINANCE_OFFICER, here.street))
    set_up(client)
    again = client.get("/accounts/2fa/totp/deactivate/")
    if again.status_code == 302:
        client.post(again["Location"], {"password": PASSWORD})
    client.post("/accounts/2fa/totp/deactivate/")
    assert (Authenticator.objects.count(), client.get("/desk/")["Location"]) == (0, ASKED)


def test_recovery_codes_are_seen_once(here: District) -> None:
    client = sign_in(make_user(Role.FINANCE_OFFICER, here.street))
    set_up(client)
    first, second = (client.get(CODES).content.decode() for _turn in range(2))
    shown = re.compile(r"<li><code>(\d{8})</code></li>")
    assert (len(shown.findall(first)), len(shown.findall(second))) == (10, 0)


def test_a_recovery_code_opens_once(here: District) -> None:
    user = make_user(Role.FINANCE_OFFICER, here.street)
    client = sign_in(user)
    set_up(client)
    code = re.findall(r"<li><code>(\d{8})</code></li>", client.get(CODES).content.decode())[0]
    answers = [sign_in(user).post("/accounts/2fa/authenticate/", {"code": code}).status_code for _turn in range(2)]
    assert answers == [302, 200]


def test_its_secrets_stand_sealed(here: District) -> None:
    client = sign_in(make_user(Role.FINANCE_OFFICER, here.street))
    secret = client.get(SET_UP).context["form"].secret
    client.post(SET_UP, {"code": code_of(secret)})
    kept = [row.data for row in Authenticator.objects.all()]
    assert (secret in str(kept), [next(iter(data.values())).startswith("1.") for data in kept]) == (False, [True, True])


def test_demo_accounts_do_without_in_a_demo_house_only(here: District, settings: Any) -> None:
    user = make_user(Role.FINANCE_OFFICER, here.street)
    User.objects.update(is_demo=True)
    client = sign_in(user)
    strict = client.get("/desk/").status_code
    settings.LINLI_DEMO_WITHOUT_SECOND_STEP = True
    assert (strict, client.get("/desk/").status_code) == (302, 200)


def test_a_real_account_in_a_demo_house_needs_it(here: District, settings: Any) -> None:
    settings.LINLI_DEMO_WITHOUT_SECOND_STEP = True
    assert sign_in(make_user(Role.FINANCE_OFFICER, here.street)).get("/desk/").status_code == 302


def test_what_was_changed_about_signing_in_is_on_record(
    here: District, django_capture_on_commit_callbacks: Any
) -> None:
    user = make_user(Role.FINANCE_OFFICER, here.street)
    client = sign_in(user)
    with django_capture_on_commit_callbacks(execute=True):
        set_up(client)
    client.post(
        "/accounts/password/change/", {"oldpassword": PASSWORD, **dict.fromkeys(("password1", "password2"), NEW)}
    )
    assert main(["dropsecondstep", user.username]) == 0
    told = [
        (row.row.action, row.row.actor_id) for row in timeline(ref_of(user)) if row.row.action.startswith("account.")
    ]
    assert told == [
        ("account.second_step.on", user.pk), ("account.password.change", user.pk), ("account.second_step.drop", None)
    ]  # fmt: skip


def test_the_operator_takes_it_off_for_whoever_lost_phone_and_codes(
    here: District, capsys: pytest.CaptureFixture[str]
) -> None:
    user = make_user(Role.FINANCE_OFFICER, here.street)
    set_up(sign_in(user))
    assert (main(["dropsecondstep", user.username]), Authenticator.objects.count()) == (0, 0)
    assert (main(["dropsecondstep", user.username]), main(["dropsecondstep", "nobody"])) == (1, 1)
    assert sign_in(user).get("/desk/")["Location"] == ASKED


def test_a_closed_account_keeps_nothing_that_signs_it_in(here: District) -> None:
    from linli.apps.people.services import close_account

    user = make_user(Role.FINANCE_OFFICER, here.street)
    set_up(sign_in(user))
    close_account(user, actor=None)
    run_waiting()
    assert PERSONAL.find(Person(user_id=user.pk)) == 0


def test_it_tells_its_owner_what_is_kept_and_forgets_it(here: District) -> None:
    user = make_user(Role.FINANCE_OFFICER, here.street)
    set_up(sign_in(user))
    person = Person(user_id=user.pk)
    kept = [sorted(row) for row in PERSONAL.export(person)]
    PERSONAL.erase(person)
    assert (kept, PERSONAL.find(person)) == ([["时间", "第二步验证"], ["时间", "登录设备"]], 0)


def test_the_check_of_a_real_house_refuses_to_go_without(settings: Any) -> None:
    settings.LINLI_DEMO_WITHOUT_SECOND_STEP = True
    assert [line for line in house_findings() if "second step" in line or "第二步" in line] != []
    settings.LINLI_DEMO_WITHOUT_SECOND_STEP = False
    assert [line for line in house_findings() if "second step" in line or "第二步" in line] == []
