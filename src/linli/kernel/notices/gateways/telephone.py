"""What the ways through clouds of others have in common: whom they reach, and how little they say."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from linli.kernel.notices.kinds import notice_kind
from linli.kernel.notices.models import Delivery
from linli.kernel.notices.ways import Door, NeverArrives, addresses


class OutsideDoor(Door):
    """A way through somebody else's system. It says that there is something to read, never what it is."""

    def configured(self) -> dict[str, Any]:
        """This way's part of ``LINLI_MESSAGES``; empty where the house has not set it up."""
        found: dict[str, Any] = settings.LINLI_MESSAGES.get(self.name, {})
        return found

    def available(self) -> bool:
        return bool(self.configured())

    def carries(self, kind: str) -> bool:
        return bool(notice_kind(kind).doors)

    def reached(self, recipients: Collection[UUID]) -> set[UUID]:
        return set(addresses(self.name, recipients))

    def address_of(self, delivery: Delivery) -> str:
        """Where this message goes. Raises NeverArrives."""
        recipient = delivery.notice.recipient
        found = addresses(self.name, [recipient]).get(recipient)
        if not found:
            raise NeverArrives(_("The account has no address for this way."))
        return found

    def seconds(self) -> float:
        """How long this way may take."""
        return float(self.configured().get("seconds", 8))


def title_of(delivery: Delivery) -> str:
    """What kind of message waits, in the language of the house."""
    with override(settings.LANGUAGE_CODE):
        return " ".join(str(notice_kind(delivery.notice.kind).title).split())


def moment_of(delivery: Delivery) -> str:
    """When it was told, local, to the second: two messages are never the same text."""
    return timezone.localtime(delivery.notice.made_at).strftime("%Y-%m-%d %H:%M:%S")


def pointer(delivery: Delivery) -> str:
    """The short text of work messages: that there is one, of which kind, since when. No content, no link."""
    with override(settings.LANGUAGE_CODE):
        return _("%(title)s (%(moment)s). Sign in to read it under Messages.") % {
            "title": title_of(delivery),
            "moment": moment_of(delivery),
        }
