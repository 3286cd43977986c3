"""The ways a notice can leave: one small interface, and what a door may answer."""

import smtplib
from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage, get_connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.kernel.notices.kinds import EMAIL, notice_kind
from linli.kernel.notices.models import Delivery

PATIENCE = 20
"""Seconds a mail server may take to answer."""


class TryLater(Exception):
    """It has certainly not been sent; another attempt may succeed."""


class Silent(TryLater):
    """It has certainly not been sent, because nobody answered: the door is left alone for this round."""


class NeverArrives(Exception):
    """It has certainly not been sent, and will not be."""


class Unclear(Exception):
    """It may have been sent: the other side fell silent after it had everything."""


class Door:
    """One way beside the house. ``send`` returns a receipt, or raises TryLater, NeverArrives, Unclear."""

    name: str
    title: str | Promise
    repeats = timedelta(0)
    """How long the other side takes a message it already has for the same one; so long it may be sent again."""

    def available(self) -> bool:
        """Whether this house has set the way up."""
        raise NotImplementedError

    def send(self, delivery: Delivery) -> str:
        """Hand one message over; called once an attempt, outside a transaction."""
        raise NotImplementedError

    def carries(self, kind: str) -> bool:
        """Whether notices of a kind go this way at all."""
        return self.name in notice_kind(kind).doors

    def reached(self, recipients: Collection[UUID]) -> set[UUID]:
        """Who of them can be told this way; at most one query."""
        return set(recipients)

    def opens_at(self, now: datetime) -> datetime | None:
        """When this way opens again; None while it is open."""
        return None


class EmailDoor(Door):
    """By e-mail, with Django's own mail settings; closed while the dummy back end is set."""

    name = EMAIL
    title = _("e-mail")

    def available(self) -> bool:
        return not settings.EMAIL_BACKEND.endswith(".dummy.EmailBackend")

    def _address(self, recipient: UUID) -> str:
        accounts = get_user_model()._default_manager
        found = accounts.filter(pk=recipient).values_list(get_user_model().get_email_field_name(), flat=True)
        return str(found.first() or "")

    def send(self, delivery: Delivery) -> str:
        """Hand one message to the mail server; the receipt is its Message-ID, the same for every attempt."""
        notice = delivery.notice
        address = self._address(notice.recipient)
        if not address:
            raise NeverArrives(_("The account has no e-mail address."))
        receipt = f"<{delivery.pk}@linli>"
        connection = get_connection(timeout=PATIENCE)
        subject = " ".join(str(notice_kind(notice.kind).title).split())
        message = EmailMessage(
            subject, notice.text, to=[address], connection=connection, headers={"Message-ID": receipt}
        )
        try:
            connection.open()
        except (OSError, smtplib.SMTPException) as error:
            raise Silent(_said(error)) from error
        try:
            _hand_over(message)
        finally:
            with suppress(OSError, smtplib.SMTPException):
                connection.close()
        return receipt


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:300]


def _hand_over(message: EmailMessage) -> None:
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        for_good = all(code >= 500 for code, _reason in error.recipients.values())
        raise (NeverArrives if for_good else TryLater)(_said(error)) from error
    except smtplib.SMTPResponseException as error:
        raise (NeverArrives if error.smtp_code >= 500 else TryLater)(_said(error)) from error
    except (OSError, smtplib.SMTPException) as error:
        raise Unclear(_said(error)) from error


AddressBook = Callable[[Collection[UUID]], dict[UUID, str]]

_doors: dict[str, Door] = {EMAIL: EmailDoor()}
_books: dict[str, AddressBook] = {}


def register_door(door: Door) -> Door:
    """Add a door, or put another in its place."""
    _doors[door.name] = door
    return door


def doors() -> dict[str, Door]:
    """The doors by name."""
    return dict(_doors)


def keep_addresses(door: str, book: AddressBook) -> None:
    """Say where a way finds people: ``book`` gives the address of each who has one, in at most one query."""
    _books[door] = book


def addresses(door: str, recipients: Collection[UUID]) -> dict[UUID, str]:
    """The address of each recipient this way knows."""
    book = _books.get(door)
    return book(recipients) if book is not None and recipients else {}


def ways_for(kind: str) -> list[Door]:
    """The doors a kind goes by: those it names, and of the others those that are set up and carry it."""
    named = notice_kind(kind).doors
    if not named:
        return []
    others = (door for name, door in _doors.items() if name not in named)
    return [_doors[name] for name in named] + [door for door in others if door.available() and door.carries(kind)]
