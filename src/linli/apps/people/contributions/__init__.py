"""What people add to the rest of the house: kinds, actions, names in the audit, tasks, notices."""

from dataclasses import fields
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.people import queries
from linli.apps.people.contributions import rights
from linli.apps.people.contributions.fronts import FRONTS, TODAY
from linli.apps.people.contributions.left import LEFT
from linli.apps.people.contributions.notices import KINDS
from linli.apps.people.contributions.office import register_office
from linli.apps.people.contributions.office_pages import OFFICE_PAGES
from linli.apps.people.contributions.own_rights import PARTS
from linli.apps.people.contributions.pages import PAGES
from linli.apps.people.contributions.personal import PERSONAL
from linli.apps.people.contributions.publishing import CARD
from linli.apps.people.contributions.roster import ROSTER
from linli.apps.people.models import ContactCard, Person, Post, RollEntry, User
from linli.apps.people.services.accounts import CORRECTED as ACCOUNT
from linli.apps.people.services.cards import TEXT
from linli.apps.people.services.persons import PersonText
from linli.kernel import publication
from linli.kernel.audit import Keep, register_action, words_of
from linli.kernel.audit.reading import name_actors_by
from linli.kernel.contributions import contribute as add
from linli.kernel.contributions import declare_slot
from linli.kernel.notices import declare_kind, keep_addresses
from linli.kernel.refs import Kind, register


class CardRows(Kind):
    """Cards with their community, which tells the street."""

    def rows(self) -> Any:
        return super().rows().select_related("community")


class PostRows(Kind):
    """Posts with what their label needs."""

    def rows(self) -> Any:
        return super().rows().select_related("user", "place", "organization__place")


class RollKinds(Kind):
    """Entries of rolls with what their label needs."""

    def rows(self) -> Any:
        return super().rows().select_related("person", "community", "building__estate", "stairwell")


class PersonRowsKind(Kind):
    """Persons with their community, which tells the street."""

    def rows(self) -> Any:
        return super().rows().select_related("community")


def _person_address(person: Person) -> str:
    return reverse("people:person", args=[person.pk])


def _person_street(person: Person) -> UUID | None:
    return person.community.street_id


def _card_address(card: ContactCard) -> str:
    return reverse("people:card", args=[card.pk])


def _card_street(card: ContactCard) -> UUID | None:
    return card.community.street_id


def _post_address(post: Post) -> str:
    return reverse("people:post", args=[post.pk])


def _user_address(user: User) -> str:
    return reverse("people:account", args=[user.pk])


def _post_street(post: Post) -> UUID | None:
    place = post.place or (post.organization.place if post.organization else None)
    return place.street_id if place else None


def contribute() -> None:
    """Called once, when the house starts."""
    declare_slot("people.person", budget=2)
    register(
        CardRows(
            "people.contact_card",
            ContactCard,
            _("Contact card"),
            lambda rows, actor: queries.visible_to(actor, rows),
            address=_card_address,
            street=_card_street,
        )
    )
    register(
        PostRows(
            "people.post",
            Post,
            _("Post"),
            lambda rows, actor: queries.posts_visible_to(actor, rows),
            address=_post_address,
            street=_post_street,
        )
    )
    register(
        Kind(
            "people.user",
            User,
            _("Account"),
            lambda rows, actor: queries.users_visible_to(actor, rows),
            address=_user_address,
        )
    )
    _persons()
    register_office()
    _actions()
    rights.declare_rights()
    declare_slot(TODAY, budget=2)
    add(PERSONAL, ROSTER, *LEFT, *PARTS, *PAGES, *FRONTS, *OFFICE_PAGES, *rights.PAGES)
    _telling()
    name_actors_by(queries.names_of)


def _telling() -> None:
    for kind in (*KINDS, *rights.KINDS):
        declare_kind(kind)
    keep_addresses("sms", queries.phones_of)


def _roll_address(entry: RollEntry) -> str:
    return reverse("people:person", args=[entry.person_id])


def _roll_street(entry: RollEntry) -> UUID | None:
    return entry.community.street_id


def _persons() -> None:
    register(
        PersonRowsKind(
            "people.person",
            Person,
            _("Person"),
            lambda rows, actor: queries.persons_visible_to(actor, rows),
            address=_person_address,
            street=_person_street,
        )
    )
    register(
        RollKinds(
            "people.roll_entry",
            RollEntry,
            _("Entry of a roll"),
            lambda rows, actor: queries.rolls_visible_to(actor, rows),
            address=_roll_address,
            street=_roll_street,
        )
    )


def _actions() -> None:
    publication.declare(CARD)
    register_action("people.user.open", _("opened the account"), words={"username": _("user name"), "name": _("name")})
    register_action("people.user.correct", _("corrected the account"), words=words_of(User, *ACCOUNT))
    register_action("people.user.password", _("gave the account a new password"))
    register_action("people.user.close", _("closed the account"))
    register_action("people.user.leave", _("closed the account: the directory no longer knows the person"))
    register_action("people.user.return", _("let the person in again"))
    register_action(
        "people.post.give",
        _("gave the post"),
        words={
            "person": _("person"),
            "role": _("role"),
            "where": _("place or organization"),
            "term": _("term runs until"),
        },
    )
    register_action("people.post.end", _("ended the post"), words={"day": _("ended on")})
    along: dict[str, str | Promise] = {"from": _("from"), "into": _("into"), "day": _("day"), "count": _("how many")}
    register_action("people.post.follow", _("accounts of residents went along with the place"), words=along)
    register_action("people.person.follow", _("the roster went along with the place"), words=along)
    register_action("people.contact_card.follow", _("went along with its place"), words=along)
    _roster_actions()
    register_action("people.contact_card.draw_up", _("drew up the card"), words={"title": _("what it is about")})
    register_action(
        "people.contact_card.edit",
        _("changed the text"),
        words={"version": _("version"), **words_of(ContactCard, *TEXT)},
    )


def _roster_actions() -> None:
    register_action("people.person.enter", _("entered the person"), words={"name": _("name")})
    register_action("people.person.enter_many", _("entered persons into the roster"), words={"count": _("how many")})
    written = words_of(Person, *(item.name for item in fields(PersonText)))
    register_action("people.person.correct", _("corrected the person"), words=written)
    register_action("people.person.empty", _("emptied the person's row"))
    joined: dict[str, str | Promise] = {"gone": _("joined to it"), "reason": _("reason"), **written}
    register_action("people.person.merge", _("merged another row into the person"), keep=Keep.FOR_EVER, words=joined)
    register_action("people.person.unmerge", _("undid a merge"), keep=Keep.FOR_EVER, words=joined)
    child: dict[str, str | Promise] = {"name": _("name"), "day": _("day")}
    register_action("people.guardian.name", _("named a guardian"), words=child)
    register_action("people.guardian.end", _("ended a guardianship"), words=child)
    register_action(
        "people.roll.put", _("put on the roll"), words={"name": _("name"), "roll": _("roll"), "where": _("where")}
    )
    register_action("people.roll.end", _("took off the roll"), words={"day": _("ended on")})
