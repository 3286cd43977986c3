"""Where WeCom, DingTalk and the Official Account find people: the identity each has linked to the own account."""

from collections.abc import Callable, Collection
from uuid import UUID

from allauth.socialaccount.models import SocialAccount

from linli.kernel.notices import keep_addresses

WAYS = ("wecom", "dingtalk", "official")
"""Ways whose address is the subject linked under the same name."""


def _book(way: str) -> Callable[[Collection[UUID]], dict[UUID, str]]:
    def subjects(recipients: Collection[UUID]) -> dict[UUID, str]:
        """One query."""
        rows = SocialAccount.objects.filter(provider=way, user_id__in=list(recipients), user__is_active=True)
        return dict(rows.values_list("user_id", "uid"))

    return subjects


def keep_books() -> None:
    """Called once, when the house starts."""
    for way in WAYS:
        keep_addresses(way, _book(way))
