"""A resident opens an account of his own: as little as will do, and nothing said about who else has one."""

import secrets
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models import Post, User
from linli.apps.people.services.accounts import require_strong
from linli.apps.people.services.persons import tidy_name
from linli.apps.places.models import Place
from linli.apps.places.queries import open_communities
from linli.kernel.audit import Personal
from linli.kernel.errors import Refusal, TooMany
from linli.kernel.events import record
from linli.kernel.privacy import tidy_phone
from linli.kernel.scope import Role
from linli.kernel.settings import value_of

TRIES = 8


def join(*, community: Place, name: str, password: str, phone: str = "", at: datetime | None = None) -> User:
    """A new account of a resident, grade "told by oneself". The house gives the sign-in name.

    A number that another account has is taken like any other: the answer tells nobody who is known here.
    Raises Refusal for a name or number that is none, a weak password, where residents do not open accounts.
    """
    at = at or timezone.now()
    if not value_of("people.self_registration", at=at):
        raise Refusal(_("Accounts are opened at the counter of your community. Go there or ring the hotline."))
    if not open_communities(timezone.localdate(at)).filter(pk=community.pk).exists():
        raise Refusal(_("Choose the community you live in."), field="community")
    user = User(name=tidy_name(name), claims_phone=bool(phone.strip()))
    user.phone = tidy_phone(phone) if phone.strip() else ""
    require_strong(password, user)
    user.set_password(password)
    for _try in range(TRIES):
        user.username = f"jm{secrets.randbelow(90_000_000) + 10_000_000}"
        try:
            return _written(user, community, at)
        except IntegrityError:
            continue
    raise TooMany(_("This did not work just now. Please try again."))


@transaction.atomic
def _written(user: User, community: Place, at: datetime) -> User:
    user.save(force_insert=True)
    Post.objects.create(user=user, role=Role.RESIDENT, place=community, started_on=timezone.localdate(at))
    facts = {"username": Personal(user.pk, user.username), "name": Personal(user.pk, user.name)}
    record("people.user.join", user, actor=user, facts=facts, at=at)
    return user
