"""Who is gone from the district's directory signs in no more; posts and open work stay until handed over."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models import User
from linli.apps.people.permissions import gives_posts
from linli.kernel.errors import Conflict, NotAllowed
from linli.kernel.events import record
from linli.kernel.scope import Actor


def leave(user: User, *, actor: Actor | None, at: datetime | None = None) -> bool:
    """Close the door behind somebody the directory no longer knows; False where the account was closed already."""
    if not gives_posts(actor, None):
        raise NotAllowed(_("Only the system administrator closes accounts."))
    moment = at or timezone.now()
    with transaction.atomic():
        if not User.objects.filter(pk=user.pk, is_active=True).update(is_active=False, left_at=moment):
            return False
        user.is_active, user.left_at = False, moment
        record("people.user.leave", user, actor=actor, at=at)
    return True


def let_in_again(user: User, *, actor: Actor | None, at: datetime | None = None) -> User:
    """Open it again. Raises Conflict where the directory had not closed it, or somebody was quicker."""
    if not gives_posts(actor, None):
        raise NotAllowed(_("Only the system administrator lets somebody in again."))
    with transaction.atomic():
        gone = User.objects.filter(pk=user.pk, is_active=False, left_at__isnull=False)
        if not gone.update(is_active=True, left_at=None):
            raise Conflict(_("This account was not closed by the directory, or is open again already."))
        user.is_active, user.left_at = True, None
        record("people.user.return", user, actor=actor, at=at)
    return user
