"""The desk's pages of cards and posts, the portal's part, tasks: what they show and what they cost."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from linli.apps.organizations.models import OrganizationKind
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.people import services
from linli.apps.people.models import ContactCard, User
from linli.apps.people.tests.factories import TEXT, make_card, make_user
from linli.apps.places.models import Level, Place
from linli.apps.places.tests.factories import District, make_district, make_place
from linli.kernel.contributions import TaskSource, contributions
from linli.kernel.publication import Publication, PublicationState, digest_of
from linli.kernel.refs import ref_of
from linli.kernel.scope import Role
from linli.kernel.search import find

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def thirty_cards(here: District) -> None:
    author = make_user(Role.COMMUNITY_WORKER, here.community, password=None)
    for _number in range(29):
        make_card(here.community, author=author)


def thirty_organizations(here: District) -> None:
    for number in range(29):
        make_organization(here.community, f"晨练{number}队", OrganizationKind.RESIDENT_TEAM)


def thirty_places(here: District) -> None:
    for number in range(3, 32):
        make_place(f"990101001{number:03}", f"新里{number}社区", Level.COMMUNITY, here.street)


def thirty_posts(here: District) -> None:
    for _number in range(29):
        make_user(Role.GRID_WORKER, here.grid, password=None)


@pytest.mark.parametrize(
    ("address", "role", "more", "cost"),
    [
        ("/desk/cards/", Role.STREET_OFFICER, thirty_cards, 5),
        ("/desk/organizations/", Role.STREET_OFFICER, thirty_organizations, 7),
        ("/desk/places/", Role.STREET_OFFICER, thirty_places, 5),
        ("/desk/posts/", Role.SYSTEM_ADMINISTRATOR, thirty_posts, 6),
    ],
)
def test_a_list_costs_the_same_with_one_row_and_with_thirty(
    address: str, role: Role, more: Any, cost: int, django_assert_num_queries: Any
) -> None:
    here = make_district()
    make_card(here.community)
    make_organization(here.community)
    client = signed_in(make_user(role, here.street))
    client.get(address)  # the first page of a session notes when it was last used
    with django_assert_num_queries(cost):
        few = client.get(address).context["page"].rows
    more(here)
    with django_assert_num_queries(cost):
        many = client.get(address).context["page"].rows
    assert (len(few) < 6, len(many)) == (True, 30)


def test_the_portal_shows_the_public_cards_of_the_community_and_no_others() -> None:
    here = make_district()
    public = make_card(here.community, PublicationState.PUBLIC)
    make_card(here.community, PublicationState.CHECKED)
    make_card(here.other_community, PublicationState.PUBLIC)
    page = Client().get(f"/communities/{here.community.pk}/")
    assert page.context["parts"][0]["context"]["cards"] == [public]


def test_the_portal_remembers_my_community() -> None:
    here = make_district()
    client = Client()
    client.post(f"/communities/{here.community.pk}/choose/")
    assert client.get("/").context["mine"] == here.community


def test_the_portal_forgets_a_community_that_no_longer_exists() -> None:
    here = make_district()
    client = Client()
    client.post(f"/communities/{here.community.pk}/choose/")
    Place.objects.filter(pk=here.community.pk).update(valid_to="2026-02-01")
    assert "mine" not in client.get("/").context


def source() -> TaskSource:
    (found,) = (one for one in contributions(TaskSource) if one.name == "people.contact_card.publication")
    return found


def tasks_of(user: User) -> list[str]:
    return [task.title for task in source().find(User.objects.get(pk=user.pk))]


def test_a_card_waits_for_its_author_then_its_checker_then_its_signer() -> None:
    here = make_district()
    worker = make_user(Role.COMMUNITY_WORKER, here.community)
    secretary = make_user(Role.COMMUNITY_SECRETARY, here.community)
    officer = make_user(Role.STREET_OFFICER, here.street)
    neighbour = make_user(Role.STREET_OFFICER, here.neighbour_street)
    everyone = (worker, secretary, officer, neighbour)
    card = make_card(here.community, author=worker)
    seen = [[len(tasks_of(user)) for user in everyone]]
    for verb, actor in ((services.submit, worker), (services.check, secretary), (services.sign_off, officer)):
        verb(card, actor=actor)
        seen.append([len(tasks_of(user)) for user in everyone])
    assert seen == [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0]]


def test_the_desk_says_what_a_card_waits_for_and_since_when() -> None:
    here = make_district()
    officer = make_user(Role.STREET_OFFICER, here.street)
    card = make_card(here.community, PublicationState.CHECKED)
    Publication.objects.filter(ref_id=card.pk).update(moved_at=timezone.now() - timedelta(days=3))
    assert "待您签发，已等3天" in signed_in(officer).get("/desk/").content.decode()


def test_tasks_are_found_in_two_queries(django_assert_num_queries: Any) -> None:
    here = make_district()
    secretary = make_user(Role.COMMUNITY_SECRETARY, here.community)
    make_card(here.community, PublicationState.SUBMITTED)
    fresh = User.objects.get(pk=secretary.pk)
    with django_assert_num_queries(2):
        assert len(list(source().find(fresh))) == 1


def test_handing_over_moves_drafts_and_leaves_decisions() -> None:
    here = make_district()
    giver, taker = (make_user(Role.COMMUNITY_WORKER, here.community) for _number in range(2))
    draft, submitted = (
        make_card(here.community, state, author=giver) for state in (PublicationState.DRAFT, PublicationState.SUBMITTED)
    )
    moved = source().hand_over(giver.pk, taker.pk, [ref_of(draft), ref_of(submitted)])
    authors = [ContactCard.objects.get(pk=card.pk).author for card in (draft, submitted)]
    assert (moved, authors) == (1, [taker, giver])


def test_two_tabs_are_shown_both_texts_and_the_choice_is_kept() -> None:
    here = make_district()
    worker = make_user(Role.COMMUNITY_WORKER, here.community)
    card = make_card(here.community, author=worker)
    client, address = signed_in(worker), f"/desk/cards/{card.pk}/edit/"
    form = {name: getattr(card, name) for name in ("title", "office", "phone", "hours", "body")} | {"version": 1}
    client.post(address, form | {"hours": "9:00—17:00"})
    second = client.post(address, form | {"hours": "8:30—17:30"})
    assert (second.status_code, [(one.mine, one.theirs) for one in second.context["differences"]]) == (
        409,
        [("8:30—17:30", "9:00—17:00")],
    )
    client.post(address, form | {"hours": "8:30—17:30", "version": second.context["version"], "_keep_hours": "mine"})
    assert ContactCard.objects.get(pk=card.pk).hours == "8:30—17:30"


def test_a_refusal_is_shown_beside_its_field_and_keeps_what_was_typed() -> None:
    here = make_district()
    worker = make_user(Role.COMMUNITY_WORKER, here.community)
    client = signed_in(worker)
    form = {"community": str(here.community.pk), "title": "法律咨询", "office": "窗口", "hours": "周六"}
    key = client.get("/desk/cards/new/").context["form"]["key"].value()
    page = client.post("/desk/cards/new/", form | {"phone": "13800001234", "key": str(key)})
    shown = page.context["form"]
    assert (page.status_code, list(shown.errors), shown["title"].value()) == (422, ["phone"], "法律咨询")


def test_script_in_a_card_stays_text() -> None:
    here = make_district()
    card = make_card(here.community, PublicationState.PUBLIC)
    ContactCard.objects.filter(pk=card.pk).update(body="<script>alert(1)</script>")
    card.refresh_from_db()
    Publication.objects.filter(ref_id=card.pk).update(digest=digest_of(card))
    page = Client().get(f"/communities/{here.community.pk}/").content.decode()
    assert ("<script>alert(1)" in page, "&lt;script&gt;alert(1)" in page) == (False, True)


def test_the_portal_shows_no_text_but_the_one_that_was_signed() -> None:
    here = make_district()
    card = make_card(here.community, PublicationState.PUBLIC)
    ContactCard.objects.filter(pk=card.pk).update(phone="13812341234")
    assert card.title not in Client().get(f"/communities/{here.community.pk}/").content.decode()


def test_it_offers_only_the_verbs_of_the_reader() -> None:
    here = make_district()
    secretary = make_user(Role.COMMUNITY_SECRETARY, here.community)
    officer = make_user(Role.STREET_OFFICER, here.street)
    card = make_card(here.community, PublicationState.CHECKED, checker=secretary)
    offered = [
        [
            verb["transition"].name
            for verb in signed_in(user).get(f"/desk/cards/{card.pk}/").context["standing"]["verbs"]
        ]
        for user in (card.author, secretary, officer)
    ]
    assert offered == [[], ["send_back"], ["sign_off", "send_back"]]


def test_a_card_is_found_by_its_words_and_by_pinyin_where_the_reader_works() -> None:
    here = make_district()
    card = make_card(here.community)
    officer, neighbour = (make_user(Role.STREET_OFFICER, place) for place in (here.street, here.neighbour_street))
    found = [[one.ref for one in find(words, actor=who)] for words in ("养老", "jujia") for who in (officer, neighbour)]
    assert found == [[ref_of(card)], [], [ref_of(card)], []]


def test_an_edited_card_is_found_by_its_new_words_only() -> None:
    here = make_district()
    card = make_card(here.community)
    services.edit(card, text=replace(TEXT, title="图书借阅"), version=1, actor=card.author)
    assert [len(list(find(words, actor=card.author))) for words in ("图书借阅", "居家")] == [1, 0]
