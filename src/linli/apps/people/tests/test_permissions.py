"""Who may do what with a contact card: one table of roles and actions."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from linli.apps.people import services
from linli.apps.people.models import ContactCard, Post, User
from linli.apps.people.tests.factories import TEXT, make_card, make_user
from linli.apps.places.tests.factories import make_district
from linli.kernel.errors import NotAllowed
from linli.kernel.publication import PublicationState, publication_of
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db

OTHER = replace(TEXT, title="另一件事")
ROLES = {
    "resident": (Role.RESIDENT, "community"),
    "worker": (Role.COMMUNITY_WORKER, "community"),
    "worker next door": (Role.COMMUNITY_WORKER, "other_community"),
    "secretary": (Role.COMMUNITY_SECRETARY, "community"),
    "officer": (Role.STREET_OFFICER, "street"),
    "neighbour officer": (Role.STREET_OFFICER, "neighbour_street"),
    "grid worker": (Role.GRID_WORKER, "community"),
    "section head": (Role.SECTION_HEAD, "street"),
    "leader": (Role.LEADER, "district"),
    "finance officer": (Role.FINANCE_OFFICER, "street"),
    "auditor": (Role.AUDITOR, "district"),
    "system administrator": (Role.SYSTEM_ADMINISTRATOR, "district"),
    "security administrator": (Role.SECURITY_ADMINISTRATOR, "district"),
    "audit administrator": (Role.AUDIT_ADMINISTRATOR, "district"),
}
ACTIONS: dict[str, tuple[PublicationState, Callable[[ContactCard, User], object]]] = {
    "draw up": (
        PublicationState.DRAFT,
        lambda card, actor: services.draw_up(community=card.community, text=OTHER, actor=actor),
    ),
    "edit": (
        PublicationState.DRAFT,
        lambda card, actor: services.edit(card, text=TEXT, version=card.version, actor=actor),
    ),
    "submit": (PublicationState.DRAFT, lambda card, actor: services.submit(card, actor=actor)),
    "check": (PublicationState.SUBMITTED, lambda card, actor: services.check(card, actor=actor)),
    "send back": (
        PublicationState.SUBMITTED,
        lambda card, actor: services.send_back(card, actor=actor, reason="缺电话"),
    ),
    "sign off": (PublicationState.CHECKED, lambda card, actor: services.sign_off(card, actor=actor)),
    "withdraw": (PublicationState.PUBLIC, lambda card, actor: services.withdraw(card, actor=actor)),
    "take up again": (PublicationState.WITHDRAWN, lambda card, actor: services.take_up_again(card, actor=actor)),
}
ALLOWED = {
    "worker": {"draw up", "edit", "submit", "withdraw", "take up again"},
    "secretary": {"draw up", "edit", "submit", "check", "send back", "withdraw", "take up again"},
    "officer": {"send back", "sign off", "withdraw"},
}


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("who", ROLES)
def test_it_lets_this_role_do_this(who: str, action: str) -> None:
    here = make_district()
    role, place = ROLES[who]
    state, verb = ACTIONS[action]
    card = make_card(here.community, state)
    seat = publication_of(card).checker_id
    Post.objects.filter(user=seat).delete()  # a community has one secretary: the seat is the actor's now
    actor = make_user(role, getattr(here, place), password=None)
    before = ContactCard.objects.values().get(pk=card.pk)
    try:
        verb(card, actor)
    except NotAllowed:
        done = False
        assert ContactCard.objects.values().get(pk=card.pk) == before
    else:
        done = True
    assert done == (action in ALLOWED.get(who, set()))
