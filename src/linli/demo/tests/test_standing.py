"""The demo as it stands once it is built: who and what is in it, and the password of its own."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from django.contrib.auth import authenticate
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from linli.apps.activities.models import Attendance, Handout
from linli.apps.organizations.models import MemberCount, Organization, PartyKind, PartyOrganization
from linli.apps.organizations.queries import coverage
from linli.apps.people.models import (
    Absence,
    Consent,
    ContactCard,
    DataRequest,
    Merge,
    Person,
    Post,
    RollEntry,
    Skill,
    User,
)
from linli.apps.people.queries import public_only
from linli.apps.places.models import (
    Building,
    Estate,
    Figure,
    Household,
    Level,
    Outline,
    Place,
    Predecessor,
    Stairwell,
)
from linli.apps.projects.models import Project
from linli.apps.projects.queries import board
from linli.apps.reviews.models import PanelSlot, Timetable
from linli.demo.build import accounts, build, password
from linli.demo.figures import SOURCE
from linli.kernel import search
from linli.kernel.audit import seal_away, verify
from linli.kernel.audit.models import AuditRow
from linli.kernel.contributions import remarks
from linli.kernel.files.models import Photo
from linli.kernel.jobs.models import Job, State
from linli.kernel.notices import mine
from linli.kernel.publication import Publication, PublicationState
from linli.kernel.scope import Role
from linli.kernel.scope.roles import STAFF

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.sqlite_only]
LINE = "演示数据，纯属虚构"
PORTAL = ("/", "/accounts/login/", "/feedback/", "/nowhere/")


@pytest.fixture
def home(in_demo: Path) -> Path:
    """The house the demo stands in: a copy of the one all journeys begin with."""
    return in_demo


@pytest.fixture(scope="module", autouse=True)
def lines(in_demo: Path) -> tuple[str, ...]:
    """What is printed where the demo stands."""
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
    states = Counter(Publication.objects.filter(kind="people.contact_card").values_list("state", flat=True))
    assert (sum(states.values()), set(states)) == (12, set(PublicationState.values))


def test_every_community_has_something_public(lines: tuple[str, ...]) -> None:
    shown = public_only(ContactCard.objects.all()).values_list("community__name", flat=True)
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
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    assert authenticate(username="linhu.jiedao", password=mine) == User.objects.get(username="linhu.jiedao")
    settings.LINLI_HOME = home / "another"
    assert password() != mine


def test_the_password_file_is_for_its_owner_only(lines: tuple[str, ...], home: Path) -> None:
    assert (home / "demo-accounts.txt").stat().st_mode & 0o777 == 0o600


def test_only_what_the_reports_tell_is_old_enough_to_be_sealed_away(lines: tuple[str, ...]) -> None:
    years = {owner.rsplit(":", 1)[1][:4] for owner in seal_away(days=180)}
    assert years - {"2025", "2026"} == {"2017", "2018", "2019", "2023", "2024"}  # needs reach back a year


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
    assert (counts, Job.objects.exclude(state=State.DONE).count()) == ([34, 53, 34], 0)


def test_its_cards_and_places_can_be_found(lines: tuple[str, ...]) -> None:
    worker = User.objects.get(username="yinxing.shegong")
    found = [{one.label for one in search.find(text, actor=worker)} for text in ("养老", "yinxing")]
    below = {f"银杏社区第{number}{what}" for number in "一二三" for what in ("网格", "党支部")} | {"银杏社区党委"}
    below |= {"银杏暖邻驿站", "银杏里口袋花园"}  # its brand in the contest of 2017, its garden of this year
    assert found == [
        {"居家养老服务咨询", "银杏养老照料中心"},
        {"银杏社区", "银杏社区卫生服务站", "银杏书画队", "银杏养老照料中心", "银杏市场管理所", "银杏里小区"} | below,
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


def test_one_community_has_three_estates_with_1619_households() -> None:
    here = Household.objects.filter(building__community__name="银杏社区")
    assert (Estate.objects.filter(community__name="银杏社区").count(), here.count()) == (3, 1619)


def test_another_has_seven_estates_34_buildings_and_a_head_for_each_of_164_stairwells() -> None:
    here = Place.objects.get(name="柳塘二里社区")
    rolls = Counter(RollEntry.objects.filter(community=here).values_list("kind", flat=True))
    assert (
        Estate.objects.filter(community=here).count(),
        Building.objects.filter(community=here).count(),
        Stairwell.objects.filter(building__community=here).count(),
        rolls,
    ) == (7, 34, 164, {"stairwell_head": 164, "representative": 61})


def test_every_figure_names_its_source_and_its_day() -> None:
    assert set(Figure.objects.values_list("source", flat=True)) == {SOURCE}
    assert Figure.objects.filter(as_of__gte=timezone.localdate()).count() == 0


@pytest.mark.parametrize(
    ("place", "figures"),
    [
        ("银杏社区", {"area": 0.21, "households": 1619, "residents": 4500, "shops": 150, "members": 129}),
        ("和煦家园社区", {"residents": 3870, "members": 35, "committee_officers": 9}),
        ("临湖创意产业园", {"branches": 5, "enterprises": 9, "members": 80, "branch_officers": 5, "party_workers": 8}),
    ],
)
def test_the_figures_are_those_of_the_reports(place: str, figures: dict[str, float]) -> None:
    rows = Figure.objects.filter(place__name=place, kind__in=figures, as_of=date(2023, 12, 31))
    assert {row.kind: float(row.value) for row in rows} == figures


def test_fourteen_member_units_and_nine_enterprises_of_the_park_are_registered() -> None:
    units = Organization.objects.filter(kind="member_unit", place__name="银杏社区").count()
    assert (units, Organization.objects.filter(place__name="临湖创意产业园").count()) == (14, 9)


def test_members_are_counted_and_never_named() -> None:
    rows = MemberCount.objects.filter(party__name="银杏社区党委").values_list("kind", "count")
    assert dict(rows) == {"registered": 129, "reported": 605}


def test_a_general_branch_became_a_committee_with_six_branches() -> None:
    party = PartyOrganization.objects.get(name="柳塘二里社区党委")
    statuses = [(row.kind, row.valid_from.year) for row in party.statuses.order_by("valid_from")]
    assert statuses == [(PartyKind.GENERAL_BRANCH, 2010), (PartyKind.COMMITTEE, 2021)]
    assert party.children.filter(kind=PartyKind.BRANCH).count() == 6


def test_estates_are_of_the_types_in_the_shares_of_the_reports() -> None:
    kinds = Counter(Estate.objects.values_list("kind", flat=True))
    assert kinds == {"old": 15, "commercial": 60, "resettlement": 17, "other": 1}


def test_its_contest_was_held_by_a_timetable_that_is_proven() -> None:
    row = Timetable.objects.get(session__title__contains="创投大赛路演评审")
    slots = PanelSlot.objects.filter(panel__session=row.session_id)
    assert (slots.filter(entry__isnull=False).count(), slots.filter(title="午休").count(), row.is_proven) == (
        12,
        1,
        True,
    )


def test_nine_villages_became_one_community() -> None:
    rows = Predecessor.objects.filter(place__name="禾湾社区").select_related("predecessor")
    assert (len(rows), {row.predecessor.valid_to for row in rows}) == (9, {date(2016, 9, 1)})


def test_outlines_are_drawn() -> None:
    assert Outline.objects.count() == 4


def test_somebody_is_away_today_and_his_substitute_acts() -> None:
    today = timezone.localdate()
    away = Absence.objects.in_force(today).get().user
    acting = Post.objects.acted_in_by(User.objects.get(username="nanli.shegong").pk, today)
    assert (away.username, {post.role for post in acting}) == (
        "nanli.shuji",
        {Role.COMMUNITY_WORKER, Role.COMMUNITY_SECRETARY},
    )


def test_a_term_and_a_certificate_are_about_to_end() -> None:
    today = timezone.localdate()
    soon = (today, today + timedelta(days=60))
    counts = (Post.objects.filter(term_ends_on__range=soon).count(), Skill.objects.filter(valid_to__range=soon).count())
    assert counts == (1, 1)


def test_two_rows_of_one_person_were_merged() -> None:
    merge = Merge.objects.get()
    assert (merge.kept.name, merge.gone.merged_into) == (merge.gone.name, merge.kept)


def test_a_resident_is_proved_agreed_and_asks_for_his_data() -> None:
    user = User.objects.get(username="jumin")
    request = DataRequest.objects.get()
    person = Person.objects.get(name="周桂兰", phone_print=user.phone_print)
    assert (user.person, request.user, request.state) == (person, user, "in_work")
    assert [consent.user for consent in Consent.objects.all()] == [user]


def test_coverage_grew_from_less_than_a_tenth_to_half() -> None:
    rows = Organization.objects.filter(kind="social_organization", place__street__name="临湖街道")
    before, after = coverage(date(2020, 1, 1), rows), coverage(date(2023, 12, 31), rows)
    assert (before.organization_rate, after.organization_rate, after.cells) == (
        7.7,
        50.0,
        [("own", 9), ("joint", 4), ("instructor", 6), ("none", 7)],
    )


def test_projects_of_this_year_are_under_way_with_money_spent_and_people_counted(lines: tuple[str, ...]) -> None:
    officer, today = User.objects.get(username="linhu.jiedao"), timezone.localdate()
    rows = board(officer, today.year, day=today)
    assert Counter(row.project.state for row in rows) == {"running": 5, "suspended": 1}
    assert sorted(row.lamps["time"].colour for row in rows) == ["amber", "green", "green", "green", "green", "red"]
    assert sum(row.money.paid > 0 for row in rows) == 5
    assert (Attendance.objects.count(), Photo.objects.count() > 20, Handout.objects.exclude(receiver="").count()) == (
        64,
        True,
        18,
    )


def test_no_project_of_the_reports_runs_any_more(lines: tuple[str, ...]) -> None:
    assert set(Project.objects.filter(year=2017).values_list("state", flat=True)) == {"closed"}
