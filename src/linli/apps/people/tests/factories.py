"""Accounts, posts and cards for tests, made through the verbs."""

from dataclasses import replace
from itertools import count

from tests.support.remembering import remembered

from linli.apps.organizations.models import Organization
from linli.apps.people import services
from linli.apps.people.models import ContactCard, Post, User
from linli.apps.people.services.cards import CardText
from linli.apps.places.models import Place
from linli.apps.places.tests.factories import FIRST_DAY
from linli.kernel.publication import PublicationState
from linli.kernel.scope import Role

PASSWORD = "a-long-enough-phrase"
TEXT = CardText(
    title="居家养老服务咨询",
    office="槐荫社区综合服务窗口",
    phone="010-62880011",
    hours="周一至周日 9:00—18:00",
    body="送餐、助浴、陪诊的登记和咨询。",
)

_numbers = count(1)


@remembered
def make_user(
    role: Role | None = None,
    place: Place | None = None,
    *,
    organization: Organization | None = None,
    name: str = "",
    username: str = "",
    password: str | None = PASSWORD,
) -> User:
    """A person with one post (none without a role)."""
    number = next(_numbers)
    user = services.open_account(
        username=username or f"user{number}", name=name or f"李某{number}", password=password, actor=None
    )
    if role is not None:
        services.give_post(
            user=user, role=role, place=place, organization=organization, started_on=FIRST_DAY, actor=None
        )
    return user


@remembered
def secretary_of(community: Place) -> User:
    """Who holds the one seat of secretary; somebody new where it is free."""
    held = Post.objects.filter(role=Role.COMMUNITY_SECRETARY, place=community, ended_on__isnull=True).first()
    return held.user if held else make_user(Role.COMMUNITY_SECRETARY, community)


@remembered
def make_card(
    community: Place,
    state: PublicationState = PublicationState.DRAFT,
    *,
    author: User | None = None,
    checker: User | None = None,
    signer: User | None = None,
    text: CardText | None = None,
) -> ContactCard:
    """A card taken as far as ``state`` by three people."""
    author = author or make_user(Role.COMMUNITY_WORKER, community)
    if text is None:
        taken = ContactCard.objects.filter(community=community, title=TEXT.title).exists()
        text = replace(TEXT, title=f"{TEXT.title}{next(_numbers)}") if taken else TEXT
    card = services.draw_up(community=community, text=text, actor=author)
    if state == PublicationState.DRAFT:
        return card
    services.submit(card, actor=author)
    if state == PublicationState.SUBMITTED:
        return card
    services.check(card, actor=checker or secretary_of(community))
    if state == PublicationState.CHECKED:
        return card
    services.sign_off(card, actor=signer or make_user(Role.STREET_OFFICER, community.street))
    if state == PublicationState.WITHDRAWN:
        services.withdraw(card, actor=author)
    return card
