"""Opening, correcting and closing accounts. An account alone may do nothing; what it may do comes from posts."""

import secrets
from datetime import datetime
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q, Value
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models import How, Substitute, User
from linli.apps.people.permissions import gives_posts
from linli.apps.people.services.persons import tidy_name
from linli.apps.people.services.posts import end_substitutions
from linli.kernel import audit
from linli.kernel.audit import Personal
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor
from linli.kernel.slips import ALPHABET

CORRECTED = ("name", "email", "phone", "staff_number")
TAKEN = _("The staff number %(number)s stands on another account. Compare both with the personnel list.")
CLOSED_NAME = "已注销"
"""The name of a closed account; data are Chinese."""


def open_account(
    *,
    username: str,
    name: str,
    password: str | None,
    actor: Actor | None,
    email: str = "",
    phone: str = "",
    staff_number: str = "",
    is_demo: bool = False,
    same_as: User | None = None,
    at: datetime | None = None,
) -> User:
    """A new account; ``password=None`` opens one that cannot sign in yet. Refuses a taken name, a weak password.

    ``phone`` is sealed; one that cannot be a telephone number is refused. ``same_as``: a demo account with the same
    password, whose slow hash is taken over by another demo account instead of being computed again.
    """
    if not gives_posts(actor, None):
        raise NotAllowed(_("Only the system administrator opens accounts."))
    username, name = username.strip(), name.strip()
    if not username or not name:
        raise Refusal(_("An account needs a user name and the person's name."), field="username")
    user = User(username=username, name=name, email=email, phone=phone, is_demo=is_demo)
    user.staff_number = free_number(staff_number)
    if password is not None:
        require_strong(password, user)
    if same_as is not None and same_as.is_demo and is_demo:
        user.password = same_as.password
    else:
        user.set_password(password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
            facts = {"username": Personal(user.pk, username), "name": Personal(user.pk, name)}
            record("people.user.open", user, actor=actor, facts=facts, at=at)
    except IntegrityError as error:
        raise Refusal(
            _("The user name %(username)s is taken. Choose another one.") % {"username": username}, field="username"
        ) from error
    return user


def issue_password(user: User, *, actor: Actor | None, at: datetime | None = None) -> str:
    """A random password to be handed over on paper, kept nowhere; at the first sign-in it must be changed."""
    groups = ("".join(secrets.choice(ALPHABET) for _sign in range(4)) for _group in range(4))
    password = "-".join(groups)
    give_password(user, password=password, actor=actor, at=at, first=True)
    return password


def require_strong(password: str, user: User) -> None:
    """Raises Refusal with the sentences of the password rules."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Refusal(" ".join(error.messages), field="password") from error


def give_password(
    user: User, *, password: str, actor: Actor | None, at: datetime | None = None, first: bool = False
) -> User:
    """A new password for somebody who forgot it; it ends every session of the account. Refuses a weak one.

    ``first``: whoever signs in with it is asked for one of his own before anything else.
    """
    if not gives_posts(actor, None):
        raise NotAllowed(_("Only the system administrator gives a new password."))
    if not user.is_active:
        raise Refusal(_("This account is closed for good. Open a new one."), field="username")
    require_strong(password, user)
    with transaction.atomic():
        user.set_password(password)
        user.must_change_password = first
        user.save(update_fields=["password", "must_change_password"])
        record("people.user.password", user, actor=actor, at=at)
    return user


def correct_account(
    user: User,
    *,
    name: str | None,
    email: str | None,
    actor: Actor | None,
    phone: str | None = None,
    staff_number: str | None = None,
    at: datetime | None = None,
) -> User:
    """Put name, e-mail address, telephone or staff number right; None leaves it.

    Refuses an empty name, no telephone number, a staff number that stands on another account.
    """
    if not gives_posts(actor, None):
        raise NotAllowed(_("Only the system administrator corrects accounts."))
    if name is not None and not name.strip():
        raise Refusal(_("An account needs a user name and the person's name."), field="name")
    before = audit.seen(user, CORRECTED)
    with transaction.atomic():
        if name is not None:
            user.name = name.strip()
        if email is not None:
            user.email = email.strip()
        if phone is not None and not user.phone.is_same_as(phone):
            user.phone = phone
            proofs = user.proofs.filter(how=How.CALL, withdrawn_at__isnull=True)
            proofs.update(withdrawn_at=at or timezone.now(), reason="电话号码已更改")
        if staff_number is not None:
            user.staff_number = free_number(staff_number, but=user)
        _saved(user, ["name", "email", "phone", "phone_print", "staff_number"])
        record("people.user.correct", user, actor=actor, facts=_edits(user, before), at=at)
    return user


def free_number(number: str, *, but: User | None = None) -> str:
    """A staff number without spaces around it. Refuses one that stands on an account other than ``but``."""
    number = number.strip()
    owners = User.objects.filter(staff_number=number) if number else User.objects.none()
    if (owners.exclude(pk=but.pk) if but else owners).exists():
        raise Refusal(TAKEN % {"number": number}, field="staff_number")
    return number


def _saved(user: User, columns: list[str]) -> None:
    """Raises Refusal where another account got the staff number in the same moment."""
    try:
        with transaction.atomic():
            user.save(update_fields=columns)
    except IntegrityError as error:
        raise Refusal(TAKEN % {"number": user.staff_number}, field="staff_number") from error


def _edits(user: User, before: dict[str, Any]) -> dict[str, Any]:
    """Whose account it is, and each column that changed as it was and is, sealed with the person's own key."""
    return {
        "name": Personal(user.pk, user.name), **audit.changes(before, audit.seen(user, CORRECTED), of=user.pk)
    }  # fmt: skip


def close_account(user: User, *, actor: Actor | None, at: datetime | None = None) -> User:
    """Empty the account for good: no name, address, telephone, sign-in or open post. The nameless row stays."""
    if not gives_posts(actor, None):
        raise NotAllowed(_("Only the system administrator closes accounts."))
    today = timezone.localdate(at)
    with transaction.atomic():
        user.posts.filter(ended_on__isnull=True).update(ended_on=Greatest("started_on", Value(today)))
        end_substitutions(Substitute.objects.filter(Q(holder=user) | Q(deputy=user)), today)
        user.username, user.name, user.is_active = f"closed-{user.pk}", CLOSED_NAME, False
        user.email, user.phone, user.staff_number, user.left_at = "", "", "", None
        user.set_unusable_password()
        user.save()
        record("people.user.close", user, actor=actor, at=at)
    return user


def correct_own(
    user: User, *, name: str, email: str, actor: Actor, phone: str | None = None, at: datetime | None = None
) -> User:
    """The person puts the own account right. A new number is his word alone until somebody rings it; a new name
    undoes a match to the roster. Raises Refusal for a wrong name or number.
    """
    if actor.actor_id != user.pk:
        raise NotAllowed(_("Everybody puts the own account right; others ask the system administrator."))
    at = at or timezone.now()
    before = audit.seen(user, CORRECTED)
    stale = user.proofs.filter(withdrawn_at__isnull=True)
    with transaction.atomic():
        if tidy_name(name) != user.name and stale.filter(how=How.ROSTER).update(withdrawn_at=at, reason="姓名已更改"):
            user.person = None
        if phone is not None and not user.phone.is_same_as(phone):
            user.phone, user.claims_phone = phone, bool(phone.strip())
            stale.filter(how=How.CALL).update(withdrawn_at=at, reason="电话号码已更改")
        user.name, user.email = tidy_name(name), email.strip()
        user.save(update_fields=["name", "email", "phone", "phone_print", "claims_phone", "person"])
        record("people.user.correct", user, actor=actor, facts=_edits(user, before), at=at)
    user.__dict__.pop("grade", None)
    return user


def chose_password(user: User) -> None:
    """The person has a password of his own now. Runs in the caller's transaction."""
    User.objects.filter(pk=user.pk, must_change_password=True).update(must_change_password=False)
    user.must_change_password = False
