"""The first page of a house: only with the code, one step after the other, each taken once."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from linli.apps.ledger.models import Fund
from linli.apps.needs.models import Category
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.people.models import Post, User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.models import Level, Place
from linli.apps.places.tests.factories import make_district
from linli.kernel.audit.models import AuditRow
from linli.kernel.errors import Conflict, Missing, Refusal
from linli.kernel.rubric.models import Rubric
from linli.kernel.scope import Role
from linli.kernel.ui import face
from linli.site.opening import queries, reading, services
from linli.site.opening.left import what_is_left
from linli.site.opening.models import FirstRun
from linli.site.opening.services import Administrator
from linli.site.opening.services.setting_up import ROLES

BACKEND = "django.contrib.auth.backends.ModelBackend"
LIST = "990101001 清河里街道\n990101001001\t槐荫社区\n990101002000,东岸街道"
PEOPLE = [Administrator(role, f"管理{n}号", f"admin-{n}") for n, role in enumerate(ROLES)]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: pytest.FixtureRequest) -> Iterator[Path]:
    """A home of this test's own, for the mark of the first page."""
    settings.LINLI_HOME = tmp_path  # type: ignore[attr-defined]  # pytest-django's settings
    settings.LINLI_FACE_SECONDS = 0  # type: ignore[attr-defined]  # read at every page
    yield tmp_path
    face.face._value, face.face._until = face.Face(), 0.0


def entered() -> str:
    """The claim of a browser that used the code."""
    code = services.begin()
    assert code is not None
    return services.enter(code)


def founded() -> str:
    """The claim, after the first step."""
    claim = entered()
    services.found_places(claim, entries=entries())
    return claim


def entries(text: str = LIST) -> list[reading.Entry]:
    return reading.entries_of(text, district="990101", name="清河区", region="", day=date(2026, 1, 1))


def test_it_gives_no_code_in_a_house_that_holds_places(home: Path) -> None:
    make_district()
    assert (services.begin(), queries.first_run(), list(home.iterdir())) == (None, None, [])


def test_it_takes_a_code_once_and_only_the_last_one() -> None:
    first, second = services.begin(), services.begin()
    assert first is not None
    assert second is not None
    with pytest.raises(Missing):
        services.enter(first)
    services.enter(second)
    with pytest.raises(Conflict):
        services.enter(second)


def test_it_refuses_a_code_after_a_day() -> None:
    code = services.begin(at=timezone.now() - timedelta(hours=25))
    assert code is not None
    with pytest.raises(Refusal, match="过期"):
        services.enter(code)


def test_it_founds_the_district_its_streets_and_communities_by_their_codes() -> None:
    founded()
    found = list(Place.objects.order_by("code").values_list("code", "name", "level", "parent__name"))
    assert found == [
        ("990101000000", "清河区", Level.DISTRICT, None),
        ("990101001000", "清河里街道", Level.STREET, "清河区"),
        ("990101001001", "槐荫社区", Level.COMMUNITY, "清河里街道"),
        ("990101002000", "东岸街道", Level.STREET, "清河区"),
    ]


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("99010100 清河里街道", "places"),
        ("990102001 别区街道", "places"),
        ("990101001001 槐荫社区", "places"),
        ("990101001 清河里街道\n990101001000 又一次", "places"),
    ],
)
def test_it_refuses_a_list_that_is_none_naming_the_field(text: str, field: str) -> None:
    with pytest.raises(Refusal) as refusal:
        entries(text)
    assert refusal.value.field == field


@pytest.mark.parametrize("code", ["99010", "9901010011", "abcdef", "990101001"])
def test_it_refuses_what_is_no_code_of_a_district(code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        reading.entries_of(LIST, district=code, name="清河区", region="", day=date(2026, 1, 1))
    assert refusal.value.field == "code"


def test_it_takes_the_lines_of_one_district_out_of_a_national_list() -> None:
    body = "code,name\n110101001,东华门街道\n990101001,清河里街道\n990101001001,槐荫社区\n".encode("gb18030")
    found = reading.lines_within(reading.text_of(body), "990101")
    assert found == ["990101001 清河里街道", "990101001001 槐荫社区"]


def test_a_second_window_loses_the_step_and_founds_nothing_twice() -> None:
    claim = founded()
    with pytest.raises(Conflict):
        services.found_places(claim, entries=entries("990101003 又一街道"))
    assert Place.objects.count() == 4


def test_an_older_browser_ends_with_the_next_code() -> None:
    older, newer = entered(), entered()
    with pytest.raises(Conflict):
        services.found_places(older, entries=entries())
    services.found_places(newer, entries=entries())


def test_it_refuses_an_unreadable_colour_and_names_the_nearest_that_can_be_read() -> None:
    claim = founded()
    with pytest.raises(Refusal, match="#8a6e00") as refusal:
        services.name_house(claim, name="清河里", colour="#ffcc00")
    assert (refusal.value.code, queries.step_of(FirstRun.objects.get())) == ("contrast", "face")
    services.name_house(claim, name="清河里", colour="#1f5a96")
    assert face.read() == face.Face("清河里", "#1f5a96")


def test_it_opens_three_accounts_with_first_passwords_at_the_district() -> None:
    claim = founded()
    made = services.appoint(claim, PEOPLE)
    posts = list(Post.objects.order_by("user__username").values_list("role", "place__level", "user__username"))
    assert posts == [(role, "district", f"admin-{n}") for n, role in enumerate(ROLES)]
    assert [User.objects.get(username=one.username).check_password(secret) for one, secret in made] == [True] * 3
    assert set(User.objects.values_list("must_change_password", flat=True)) == {True}


@pytest.mark.parametrize("column", ["name", "username"])
def test_it_refuses_one_person_for_two_of_the_three(column: str) -> None:
    claim = founded()
    twice = [
        Administrator(one.role, **{"name": one.name, "username": one.username, column: "同一人"}) for one in PEOPLE
    ]
    with pytest.raises(Refusal) as refusal:
        services.appoint(claim, twice)
    assert (refusal.value.field, User.objects.count()) == (f"{Role.SECURITY_ADMINISTRATOR}_{column}", 0)


def test_it_makes_another_first_password_until_the_person_chose_one() -> None:
    claim = founded()
    services.appoint(claim, PEOPLE)
    user = User.objects.get(username="admin-0")
    secret = services.new_first_password(claim, user)
    user.refresh_from_db()
    assert user.check_password(secret)
    User.objects.filter(pk=user.pk).update(must_change_password=False)
    with pytest.raises(Refusal):
        services.new_first_password(claim, user)


def test_it_finishes_only_what_is_whole(home: Path) -> None:
    claim = founded()
    with pytest.raises(Conflict):
        services.finish(claim)
    services.appoint(claim, PEOPLE)
    assert [path.name for path in home.iterdir()] == ["first-run"]
    services.finish(claim)
    assert (list(home.iterdir()), services.begin()) == ([], None)
    with pytest.raises(Conflict):
        services.finish("")


def test_the_command_line_opens_the_house_instead_until_the_first_page_began(home: Path) -> None:
    services.begin()
    services.call_off()
    assert (FirstRun.objects.count(), list(home.iterdir())) == (0, [])
    founded()
    with pytest.raises(Conflict):
        services.call_off()


def test_it_leads_everybody_to_the_first_page_while_it_waits(client: Client) -> None:
    assert client.get("/").status_code == 200
    services.begin()
    places = [client.get(path)["Location"] for path in ("/", "/desk/", "/accounts/login/")]
    assert places == ["/first-run/"] * 3
    assert client.get("/feedback/").status_code == 200


def test_a_mark_left_behind_by_another_database_leads_nowhere(home: Path, client: Client) -> None:
    (home / "first-run").touch()
    assert (client.get("/").status_code, list(home.iterdir())) == (200, [])


def test_it_shows_nothing_without_the_code_and_counts_wrong_ones(client: Client) -> None:
    services.begin()
    page = client.get("/first-run/").content.decode()
    assert ("一次性开通码" in page, 'name="places"' in page) == (True, False)
    client.post("/first-run/", {"step": "places", "code": "990101", "name": "清河区", "places": LIST})
    assert Place.objects.count() == 0
    tries = [client.post("/first-run/", {"code": "AAAA-BBBB"}).status_code for _try in range(10)]
    assert (tries[0], tries[-1]) == (200, 429)


def walked(client: Client) -> str:
    """The first page walked to the slips; their text."""
    client.post("/first-run/", {"code": services.begin()})
    client.post("/first-run/", {"step": "places", "code": "990101", "name": "清河区", "places": LIST})
    client.post("/first-run/", {"step": "face", "name": "清河里", "colour": "own", "own": "#0b5cad"})
    people = {f"{one.role}_{part}": getattr(one, part) for one in PEOPLE for part in ("name", "username")}
    return client.post("/first-run/", {"step": "administrators", **people}).content.decode()


def test_it_is_walked_page_by_page_and_ends_at_the_sign_in(client: Client) -> None:
    secrets = re.findall(r"data-secret>([A-Z2-9-]{19})<", walked(client))
    assert len(set(secrets)) == 3
    again = client.get("/first-run/")
    assert ("开通完成" in again.content.decode(), secrets[0] in again.content.decode()) == (True, False)
    end = client.post("/first-run/", {"step": "finish"})
    assert (end["Location"], client.get("/first-run/")["Location"]) == ("/accounts/login/",) * 2
    page = client.get("/").content.decode()
    assert ("清河里" in page, '/look/0b5cad.css"' in page) == (True, True)
    sheet = client.get("/look/0b5cad.css")
    assert (sheet["Content-Type"], "--ln-brand:#0b5cad" in sheet.content.decode()) == ("text/css; charset=utf-8", True)


def test_a_form_of_an_earlier_step_left_open_does_nothing(client: Client) -> None:
    walked(client)
    answer = client.post(
        "/first-run/", {"step": "places", "code": "990102", "name": "别区", "places": "990102001 别街道"}
    )
    assert (answer.status_code, Place.objects.filter(level=Level.DISTRICT).count()) == (200, 1)


def test_a_list_in_a_file_is_shown_before_anything_is_founded(client: Client) -> None:
    client.post("/first-run/", {"code": services.begin()})
    file = SimpleUploadedFile("codes.csv", "110101001,甲街道\n990101001,清河里街道\n".encode())
    page = client.post(
        "/first-run/", {"step": "places", "code": "990101", "name": "清河区", "places": "", "file": file}
    )
    assert ("990101001 清河里街道" in page.content.decode(), "甲街道" in page.content.decode()) == (True, False)
    assert Place.objects.count() == 0


def test_a_stranger_makes_no_password_and_sees_no_step(client: Client) -> None:
    walked(client)
    user = User.objects.get(username="admin-0")
    stranger = Client()
    assert stranger.post(f"/first-run/administrators/{user.pk}/password/")["Location"] == "/first-run/"
    assert "一次性开通码" in stranger.get("/first-run/").content.decode()
    assert User.objects.get(pk=user.pk).password == user.password


@pytest.mark.parametrize("address", ["/look/ffcc00.css", "/look/nothing.css"])
def test_it_serves_no_colour_that_cannot_be_read(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_what_is_left_is_counted_from_the_rows_and_led_to_where_the_reader_may_go() -> None:
    here = make_district()
    admin = make_user(Role.SYSTEM_ADMINISTRATOR, here.district, password=None)
    with CaptureQueriesContext(connection) as queries_made:
        first = what_is_left(admin)
    assert len(queries_made) == 13, [query["sql"][:80] for query in queries_made]
    found = {row.title: (row.count, row.done) for row in first}
    assert (found["社区"], found["三员管理员（三人分任）"], found["专家库"]) == ((3, True), (1, False), (0, False))
    assert {row.title for row in first if not row.address} == {
        "居民", "专家库", "诉求类别", "专项资金", "评分标准", "项目轮次",
    }  # fmt: skip
    make_organization(here.community, "暖邻社")
    for role in (Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR):
        make_user(role, here.district, password=None)
    then = {row.title: row.done for row in what_is_left(admin)}
    assert (then["组织"], then["三员管理员（三人分任）"], then["专家库"]) == (True, True, False)


def counted() -> tuple[int, int, int]:
    """Categories, score sheets, funds."""
    return Category.objects.count(), Rubric.objects.count(), Fund.objects.count()


def test_the_first_page_takes_categories_and_score_sheets_where_they_are_wished_and_never_a_fund(
    client: Client,
) -> None:
    walked(client)
    page = client.get("/first-run/").content.decode()
    assert ('name="shipped"' in page, 'id="id_shipped" checked' in page, "财务" in page) == (True, False, True)
    client.post("/first-run/", {"step": "finish", "shipped": "on"})
    assert counted() == (45, 3, 0)


def test_the_first_page_leaves_them_out_where_nobody_wished_them(client: Client) -> None:
    walked(client)
    client.post("/first-run/", {"step": "finish"})
    assert (queries.first_run().finished_at is None, counted()) == (False, (0, 0, 0))  # type: ignore[union-attr]  # it ran


def test_the_administrator_takes_what_the_house_lacks_in_one_tap_and_only_once(client: Client) -> None:
    here = make_district()
    admin = make_user(Role.SYSTEM_ADMINISTRATOR, here.district, password=None)
    Category.objects.create(code="own", name="自拟")
    client.force_login(admin, BACKEND)
    assert "/desk/opening/shipped/" in client.get("/desk/opening/").content.decode()
    assert client.post("/desk/opening/shipped/")["Location"] == "/desk/opening/"
    assert counted() == (1, 3, 0)
    page = client.get("/desk/opening/").content.decode()
    assert ("已采用" in page, "/desk/opening/shipped/" in page) == (True, False)
    with pytest.raises(Conflict, match="已有"):
        services.take_shipped(actor=admin)
    row = AuditRow.objects.get(action="opening.shipped")
    assert (row.actor_id, services.ships()) == (admin.pk, False)


def test_the_page_of_what_is_left_is_the_system_administrators(client: Client) -> None:
    here = make_district()
    client.force_login(make_user(Role.SYSTEM_ADMINISTRATOR, here.district, password=None), BACKEND)
    page = client.get("/desk/opening/").content.decode()
    assert ("还差什么" in page, 'href="/desk/places/"' in page, "还没有" in page) == (True, True, True)
    client.force_login(make_user(Role.STREET_OFFICER, here.street, password=None), BACKEND)
    assert client.get("/desk/opening/").status_code == 403
