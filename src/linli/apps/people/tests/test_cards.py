"""Contact cards: written by one, checked by another, signed by a third, withdrawn at once."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from linli.apps.people import queries, services
from linli.apps.people.models import ContactCard
from linli.apps.people.services.cards import TextChanged
from linli.apps.people.tests.factories import TEXT, make_card, make_user
from linli.apps.places.tests.factories import make_district
from linli.kernel.audit import timeline
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.publication import Publication, PublicationState, publication_of
from linli.kernel.refs import new_key, ref_of
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db


def test_it_is_public_only_after_check_and_sign_off() -> None:
    here = make_district()
    seen = {state: list(queries.public_cards(make_card(here.community, state).community)) for state in PublicationState}
    assert [state for state, cards in seen.items() if cards] == [PublicationState.PUBLIC, PublicationState.WITHDRAWN]
    assert {publication_of(card).state for card in queries.public_cards(here.community)} == {PublicationState.PUBLIC}


def test_it_tells_its_way_in_the_timeline() -> None:
    here = make_district()
    card = make_card(here.community, PublicationState.WITHDRAWN)
    assert [entry.row.action.rsplit(".")[-1] for entry in timeline(ref_of(card))] == [
        "draw_up",
        "submit",
        "check",
        "sign_off",
        "withdraw",
    ]


def test_its_author_does_not_check_it_even_as_secretary() -> None:
    here = make_district()
    secretary = make_user(Role.COMMUNITY_SECRETARY, here.community)
    card = make_card(here.community, PublicationState.SUBMITTED, author=secretary)
    with pytest.raises(NotAllowed):
        services.check(card, actor=secretary)
    row = publication_of(card)
    assert (row.state, row.checker_id) == (PublicationState.SUBMITTED, None)


def test_its_checker_does_not_sign_it_off_even_as_officer() -> None:
    here = make_district()
    both = make_user(Role.COMMUNITY_SECRETARY, here.community)
    services.give_post(user=both, role=Role.STREET_OFFICER, place=here.street, actor=None)
    card = make_card(here.community, PublicationState.CHECKED, checker=both)
    with pytest.raises(NotAllowed):
        services.sign_off(card, actor=both)


@pytest.mark.parametrize("column", ["checker_id", "signer_id"])
def test_the_database_keeps_author_checker_and_signer_apart(column: str) -> None:
    card = make_card(make_district().community, PublicationState.PUBLIC)
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.filter(ref_id=card.pk).update(**{column: card.author_id})


def test_the_database_shows_nothing_that_was_not_signed() -> None:
    card = make_card(make_district().community, PublicationState.CHECKED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.filter(ref_id=card.pk).update(state=PublicationState.PUBLIC)


def test_sending_back_asks_a_reason_and_makes_it_a_draft() -> None:
    here = make_district()
    card, secretary = (
        make_card(here.community, PublicationState.SUBMITTED),
        make_user(Role.COMMUNITY_SECRETARY, here.community),
    )
    with pytest.raises(Refusal) as refusal:
        services.send_back(card, actor=secretary, reason=" ")
    assert refusal.value.field == "reason"
    services.send_back(card, actor=secretary, reason="电话少一位")
    assert (publication_of(card).state, timeline(ref_of(card))[-1].facts[-1][1]) == (
        PublicationState.DRAFT,
        "电话少一位",
    )


def test_a_withdrawn_card_starts_anew() -> None:
    card = make_card(make_district().community, PublicationState.WITHDRAWN)
    services.take_up_again(card, actor=card.author)
    row = publication_of(card)
    assert (row.state, row.checker_id, row.signer_id, row.public_at) == (PublicationState.DRAFT, None, None, None)


def test_two_tabs_show_both_texts_and_lose_neither() -> None:
    card = make_card(make_district().community)
    other_tab = ContactCard.objects.get(pk=card.pk)
    services.edit(card, text=replace(TEXT, hours="9:00—17:00"), version=1, actor=card.author)
    mine = replace(TEXT, hours="8:30—17:30")
    with pytest.raises(TextChanged) as conflict:
        services.edit(other_tab, text=mine, version=1, actor=card.author)
    assert (conflict.value.mine, conflict.value.card.hours, conflict.value.card.version) == (mine, "9:00—17:00", 2)


def test_nobody_passes_a_text_that_changed_since_he_read_it() -> None:
    here = make_district()
    card, secretary = (
        make_card(here.community, PublicationState.SUBMITTED),
        make_user(Role.COMMUNITY_SECRETARY, here.community),
    )
    read = card.version
    services.send_back(card, actor=secretary, reason="缺办公时间")
    services.edit(card, text=replace(TEXT, hours="全天"), version=card.version, actor=card.author)
    services.submit(card, actor=card.author)
    with pytest.raises(Conflict):
        services.check(card, actor=secretary, version=read)


def test_only_a_draft_is_changed() -> None:
    card = make_card(make_district().community, PublicationState.PUBLIC)
    with pytest.raises(Conflict):
        services.edit(card, text=TEXT, version=card.version, actor=card.author)


def test_whoever_changes_a_draft_answers_for_it() -> None:
    here = make_district()
    card = make_card(here.community)
    secretary = make_user(Role.COMMUNITY_SECRETARY, here.community)
    services.edit(card, text=TEXT, version=1, actor=secretary)
    services.submit(card, actor=secretary)
    with pytest.raises(NotAllowed):
        services.check(card, actor=secretary)


def test_a_form_sent_twice_makes_one_card() -> None:
    here = make_district()
    worker, key = make_user(Role.COMMUNITY_WORKER, here.community), new_key()
    made = [services.draw_up(community=here.community, text=TEXT, actor=worker, key=key) for _ in range(2)]
    assert (made[0], ContactCard.objects.count()) == (made[1], 1)


def test_the_same_verb_twice_is_refused_with_the_state_it_has_now() -> None:
    card = make_card(make_district().community)
    services.submit(card, actor=card.author)
    with pytest.raises(Conflict):
        services.submit(card, actor=card.author)
    assert len(timeline(ref_of(card))) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"phone": "13800001234"},
        {"phone": "六二八八"},
        {"title": " "},
        {"office": ""},
        {"hours": ""},
        {"body": "长" * 2001},
        {"body": "长" * 100_000},
        {"title": "题" * 61},
    ],
)
def test_it_refuses_a_text_that_is_no_card_and_keeps_nothing(change: dict[str, str]) -> None:
    here = make_district()
    worker = make_user(Role.COMMUNITY_WORKER, here.community)
    with pytest.raises(Refusal) as refusal:
        services.draw_up(community=here.community, text=replace(TEXT, **change), actor=worker)
    assert (refusal.value.field, ContactCard.objects.count()) == (next(iter(change)), 0)


@pytest.mark.parametrize(
    "phone", ["010-62880011", "62880011", "0512-6288001", "010-62880011-806", "400-810-0011", "12345"]
)
def test_it_takes_office_telephones_of_every_form(phone: str) -> None:
    here = make_district()
    card = make_card(here.community, text=replace(TEXT, phone=phone))
    assert card.phone == phone


def test_a_card_belongs_to_a_community() -> None:
    here = make_district()
    officer = make_user(Role.COMMUNITY_WORKER, here.street)
    with pytest.raises(Refusal):
        services.draw_up(community=here.street, text=TEXT, actor=officer)


def test_a_community_has_one_card_about_a_thing() -> None:
    here = make_district()
    card = make_card(here.community)
    with pytest.raises(Refusal) as refusal:
        services.draw_up(community=here.community, text=TEXT, actor=card.author)
    assert (refusal.value.code, ContactCard.objects.count()) == ("card-exists", 1)
    services.draw_up(community=here.other_community, text=TEXT, actor=make_user(Role.COMMUNITY_WORKER, here.street))


def test_an_edit_does_not_take_the_title_of_another_card() -> None:
    here = make_district()
    first = make_card(here.community)
    second = make_card(here.community, author=first.author)
    with pytest.raises(Refusal) as refusal:
        services.edit(second, text=TEXT, version=1, actor=first.author)
    assert refusal.value.code == "card-exists"


def test_a_withdrawn_card_makes_room_and_is_not_taken_up_beside_its_successor() -> None:
    here = make_district()
    old = make_card(here.community, PublicationState.WITHDRAWN)
    make_card(here.community, author=old.author, text=TEXT)
    with pytest.raises(Refusal) as refusal:
        services.take_up_again(old, actor=old.author)
    assert (refusal.value.code, publication_of(old).state) == ("card-exists", PublicationState.WITHDRAWN)
