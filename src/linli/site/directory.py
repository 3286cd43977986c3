"""Who is gone from the district's directory loses access here; a directory that answers nonsense closes nobody out.

LDAP says who is there, WeCom and DingTalk say it of one member after the other. OpenID Connect, CAS and an Official
Account cannot say it: whoever came by the first two is looked for in LDAP by the staff number on file.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_noop, override
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models import User
from linli.apps.people.queries import holders
from linli.apps.people.services import leave
from linli.apps.places.models import Level, Place
from linli.kernel.notices import notify
from linli.kernel.scope import Role
from linli.site.accounts.elsewhere import NotProved, Unanswered, clouds, directory
from linli.site.settings.identity import OWN

LEFT, DOUBTFUL = "site.directory.left", "site.directory.doubtful"
SHARE = 10
"""More than a tenth of the linked accounts gone at once is a trouble of the directory until a person says otherwise."""
BY_NUMBER = ("house", "cas")
log = logging.getLogger("linli.directory")


@dataclass(frozen=True)
class Link:
    """An open account and what the directory knows it by: ``subject``, or the staff number alone."""

    user: UUID
    subject: str = ""
    number: str = ""


@dataclass(frozen=True)
class Comparison:
    """Of one service: how many accounts were compared, who is gone, and why it is not believed ("" where it is)."""

    service: str
    compared: int = 0
    gone: tuple[UUID, ...] = ()
    trouble: str | Promise = ""


class Doubtful(Exception):
    """The answer cannot be true; its sentence is for the system administrator."""

    def __init__(self, sentence: Promise) -> None:
        super().__init__()
        self.sentence = sentence


def _by_subject(service: str) -> list[Link]:
    rows = SocialAccount.objects.filter(provider=service, user__is_active=True).order_by("pk")
    return [Link(user, subject) for user, subject in rows.values_list("user_id", "uid")]


def _by_number() -> list[Link]:
    """Who came by a service that cannot say who is gone, and is not linked to LDAP itself."""
    rows = User.objects.filter(is_active=True, socialaccount__provider__in=BY_NUMBER).exclude(staff_number="")
    rows = rows.exclude(pk__in=SocialAccount.objects.filter(provider="ldap").values("user")).distinct()
    return [Link(user, number=number) for user, number in rows.order_by("pk").values_list("pk", "staff_number")]


def _ldap(own: Mapping[str, Any]) -> tuple[list[Link], set[UUID]]:
    links = _by_subject("ldap") + (_by_number() if own["staff_number"] else [])
    if not links:
        return [], set()
    there = directory.everybody(own)
    if not there.subjects or (any(one.number for one in links) and not there.numbers):
        raise Doubtful(_("the directory named nobody at all"))
    gone = {one.user for one in links if one.subject and one.subject not in there.subjects}
    return links, gone | {one.user for one in links if one.number and one.number not in there.numbers}


def _cloud(service: str, is_gone: Callable[[str], bool]) -> Callable[[Mapping[str, Any]], tuple[list[Link], set[UUID]]]:
    def compared(own: Mapping[str, Any]) -> tuple[list[Link], set[UUID]]:
        links = [] if own["link_only"] else _by_subject(service)
        return links, {one.user for one in links if is_gone(one.subject)}

    return compared


ASKED = {
    "ldap": _ldap,
    "wecom": _cloud("wecom", clouds.is_gone_from_wecom),
    "dingtalk": _cloud("dingtalk", clouds.is_gone_from_dingtalk),
}


def compare() -> list[Comparison]:
    """Ask every configured service that can tell; nothing is changed."""
    apps = [app["settings"] for app in settings.SOCIALACCOUNT_PROVIDERS.get(OWN, {}).get("APPS", ())]
    return [_compared(own) for own in apps if own["protocol"] in ASKED]


def _compared(own: Mapping[str, Any]) -> Comparison:
    service = own["protocol"]
    try:
        links, gone = ASKED[service](own)
    except Unanswered as trouble:
        log.warning("%s does not answer: %s", service, trouble)
        return Comparison(service, trouble=_("it does not answer, or not to the end"))
    except NotProved as trouble:
        log.warning("%s answers nonsense: %s", service, trouble)
        return Comparison(service, trouble=_("its answer cannot be read"))
    except Doubtful as trouble:
        return Comparison(service, trouble=trouble.sentence)
    compared, away = len({one.user for one in links}), tuple(sorted(gone))
    return Comparison(service, compared, away, _doubt(compared, away))


def _doubt(compared: int, gone: tuple[UUID, ...]) -> str | Promise:
    """Why a whole answer is not believed."""
    if len(gone) > max(1, compared // SHARE):
        words = {"gone": len(gone), "compared": compared}
        return _("%(gone)s of %(compared)s linked accounts would be gone at once") % words
    keepers = _keepers() if gone else set()
    if keepers and keepers <= set(gone):
        return _("no system administrator would be left")
    return ""


def _keepers() -> set[UUID]:
    districts = Place.objects.filter(level=Level.DISTRICT)
    return {one for district in districts for one in holders((Role.SYSTEM_ADMINISTRATOR,), district)}


def close_out(comparison: Comparison) -> int:
    """Close out who is gone: the account, its sessions, the record, word to the system administrator. How many."""
    return sum(_closed_out(user) for user in User.objects.filter(pk__in=comparison.gone).order_by("pk"))


def _closed_out(user: User) -> bool:
    with transaction.atomic():
        if not leave(user, actor=None):
            return False
        for session in UserSession.objects.filter(user=user):
            session.end()
        words = {"name": user.name, "username": user.username}
        sentence = gettext_noop(
            "%(name)s (%(username)s) is no longer in the directory: signed out everywhere, and the account is closed. "
            "Posts and open work stay until they are handed over."
        )
        _tell(LEFT, sentence, words, dedupe=f"{user.pk} {timezone.now()}")
    return True


def follow_the_directory() -> int:
    """By the clock: close out who is gone by an answer that is believed; tell of one that is not. How many went."""
    gone = 0
    for found in compare():
        if not found.trouble:
            gone += close_out(found)
            continue
        sentence = gettext_noop("The directory (%(service)s) was not followed, and nobody was closed out: %(trouble)s.")
        words = {"service": _title(found.service), "trouble": found.trouble}
        _tell(DOUBTFUL, sentence, words, dedupe=f"{found.service} {timezone.localdate()}")
    return gone


def _title(service: str) -> str:
    apps = settings.SOCIALACCOUNT_PROVIDERS[OWN]["APPS"]
    return next(str(app["name"]) for app in apps if app["provider_id"] == service)


def _tell(kind: str, sentence: str, words: Mapping[str, Any], *, dedupe: str) -> None:
    """In the language of the house, whoever typed the command."""
    with override(settings.LANGUAGE_CODE):
        notify(sorted(_keepers()), kind=kind, text=gettext(sentence) % words, actor=None, dedupe=dedupe)
