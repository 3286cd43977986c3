"""The demo as it stands once it is built: who and what is in it, and the password of its own."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from django.contrib.auth import authenticate
from django.test import Client, override_settings
from django.utils import timezone
from django.utils.translation import override

from linli.apps.organizations.models import Organization
from linli.apps.people.models import CardState, ContactCard, Post, User
from linli.apps.places.models import Level, Place
from linli.demo.build import accounts, build, password
from linli.kernel import search
from linli.kernel.audit import seal_away, verify
from linli.kernel.audit.models import AuditRow
from linli.kernel.contributions import remarks
from linli.kernel.jobs.models import Job, State
from linli.kernel.notices import mine
from linli.kernel.scope import Role
from linli.kernel.scope.roles import STAFF

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LINE = "演示数据，纯属虚构"
PORTAL = ("/", "/accounts/login/", "/feedback/", "/nowhere/")


@pytest.fixture(scope="module", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A house of this module's own."""
    folder = tmp_path_factory.mktemp("demo")
    with override_settings(LINLI_HOME=folder):
        yield folder


@pytest.fixture(scope="module")
def lines(home: Path, module_db: None) -> tuple[str, ...]:
    """The demo, built once for the tests that only look at it; what was printed."""
    said: list[str] = []
    build(print=said.append)
    return tuple(said)


def test_its_main_street_has_26_units_of_which_15_communities(lines: tuple[str, ...]) -> None:
    units = Place.objects.filter(parent__name="临湖街道", valid_to__isnull=True).values_list("level", flat=True)
    assert Counter(units) == {Level.COMMUNITY: 15, Level.VILLAGE: 11}


def test_a_neighbour_street_stands_beside_it(lines: tuple[str, ...]) -> None:
    streets = Place.objects.filter(level=Level.STREET).order_by("code").values_list("name", flat=True)
    assert list(streets) == ["临湖街道", "望桥街道"]


def test_it_opens_accounts_in_every_role_and_names_each_of_them(lines: tuple[str, ...]) -> None:
    assert set(Post.objects.values_list("role", flat=True)) == set(Role.values)
    named = [line.split()[0] for line in lines[1:]]
    assert named == sorted(User.objects.values_list("username", flat=True))


def test_its_cards_stand_in_every_state(lines: tuple[str, ...]) -> None:
    states = Counter(ContactCard.objects.values_list("state", flat=True))
    assert (sum(states.values()), set(states)) == (12, set(CardState.values))


def test_every_community_has_something_public(lines: tuple[str, ...]) -> None:
    shown = ContactCard.objects.filter(state=CardState.PUBLIC).values_list("community__name", flat=True)
    assert set(shown) == {"银杏社区", "南里社区", "桥头社区", "泉北社区"}


def test_everything_is_marked_as_demo(lines: tuple[str, ...]) -> None:
    kept = [rows.filter(is_demo=False).count() for rows in (Place.objects, User.objects, Organization.objects)]
    assert kept == [0, 0, 0]


def test_a_second_call_keeps_what_changed_since(lines: tuple[str, ...]) -> None:
    User.objects.filter(username="jumin").update(name="周桂花")
    before = AuditRow.objects.count()
    again: list[str] = []
    build(print=again.append)
    assert (AuditRow.objects.count(), User.objects.get(username="jumin").name, again[0]) == (
        before,
        "周桂花",
        lines[0],
    )


def test_the_chain_holds_over_everything_it_did(lines: tuple[str, ...]) -> None:
    chains = sorted(set(AuditRow.objects.values_list("chain", flat=True)))
    assert [verify(chain).problems for chain in chains] == [[], [], []]


def test_the_password_is_made_for_this_house_and_opens_every_account(
    lines: tuple[str, ...], home: Path, settings: Any
) -> None:
    mine = password()
    assert authenticate(username="linhu.jiedao", password=mine) == User.objects.get(username="linhu.jiedao")
    settings.LINLI_HOME = home / "another"
    assert password() != mine


def test_the_password_file_is_for_its_owner_only(lines: tuple[str, ...], home: Path) -> None:
    assert (home / "demo-accounts.txt").stat().st_mode & 0o777 == 0o600


def test_nothing_in_it_is_old_enough_to_be_sealed_away(lines: tuple[str, ...]) -> None:
    assert seal_away(days=180) == []


def test_its_posts_are_held_already(lines: tuple[str, ...]) -> None:
    assert Post.objects.filter(started_on__gt=timezone.localdate() - timedelta(days=40)).count() == 0


def test_it_names_place_and_role_of_every_account_in_chinese(lines: tuple[str, ...]) -> None:
    assert [line for line in lines if "anquan" in line] == [f"  {'anquan':<20} 邱若水 · 和安区 安全保密管理员"]


def test_it_names_the_roles_in_the_language_of_the_terminal(lines: tuple[str, ...]) -> None:
    with override("en"):
        assert dict(accounts())["xitong"].endswith(" · 和安区 System administrator")


def test_its_people_have_messages_and_no_job_waits(lines: tuple[str, ...]) -> None:
    secretary, officer, author = (
        User.objects.get(username=name) for name in ("yinxing.shuji", "linhu.jiedao", "yinxing.shegong")
    )
    counts = [mine(person).count() for person in (secretary, officer, author)]
    assert (counts, Job.objects.exclude(state=State.DONE).count()) == ([4, 1, 3], 0)


def test_its_cards_and_places_can_be_found(lines: tuple[str, ...]) -> None:
    worker = User.objects.get(username="yinxing.shegong")
    found = [{one.label for one in search.find(text, actor=worker)} for text in ("养老", "yinxing")]
    grids = {f"银杏社区第{number}网格" for number in "一二三"}
    assert found == [
        {"居家养老服务咨询", "银杏养老照料中心"},
        {"银杏社区", "银杏社区卫生服务站", "银杏书画队", "银杏养老照料中心", "银杏市场管理所", "银杏里小区"} | grids,
    ]


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_every_page_a_stranger_sees_says_that_all_is_invented(lines: tuple[str, ...]) -> None:
    pages = {address: Client().get(address).content.decode() for address in PORTAL}
    assert {address: page.count(LINE) for address, page in pages.items()} == dict.fromkeys(PORTAL, 1)


def test_every_page_of_every_menu_says_so(lines: tuple[str, ...]) -> None:
    """Each role's menu is walked; a page that several share is read once."""
    seen: dict[str, int] = {}
    for user in User.objects.filter(is_demo=True):
        client = signed_in(user)
        menu = client.get("/desk/").context["nav"] if user.roles() & STAFF else []
        for address in {"/", *(entry.address for group in menu for entry in group.entries)} - seen.keys():
            seen[address] = client.get(address, follow=True).content.decode().count(LINE)
    assert (len(seen) > 10, {address for address, count in seen.items() if count != 1}) == (True, set())


def test_every_sheet_of_a_paper_says_so_in_chinese(lines: tuple[str, ...]) -> None:
    officer = signed_in(User.objects.get(username="linhu.jiedao"))
    with override("en"):
        answer: Any = officer.get("/desk/cards/print/", follow=True)
    paper = pdfium.PdfDocument(b"".join(answer.streaming_content))
    assert {page.get_textpage().get_text_bounded().count(LINE) for page in paper} == {1}


def test_a_house_without_demo_says_nothing_of_it(settings: Any, tmp_path: Path) -> None:
    settings.LINLI_HOME = tmp_path
    assert remarks() == []
