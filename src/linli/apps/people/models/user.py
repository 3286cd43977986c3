"""Who signs in."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models.acting import ActsByPosts
from linli.apps.people.models.person import Person
from linli.kernel.privacy import PHONE, Fingerprint, SealedText
from linli.kernel.refs.record import Record
from linli.kernel.scope import Role, holds


class UserRows(BaseUserManager["User"]):
    """Rows of users; the only place where a password is hashed on creation."""

    def create_user(self, username: str, password: str | None = None, **columns: Any) -> "User":
        user = self.model(username=username, **columns)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(ActsByPosts, AbstractBaseUser, Record):
    """An account. What it may do comes from Posts alone. ``phone`` is sealed, shown masked, opened with a reason."""

    username = models.CharField(_("user name"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=80)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = SealedText(_("telephone"), sort=PHONE, blank=True, may_reveal=holds(Role.SYSTEM_ADMINISTRATOR))
    phone_print = Fingerprint(of="phone", db_index=True)
    person = models.OneToOneField(
        Person, models.PROTECT, null=True, blank=True, related_name="user", verbose_name=_("person")
    )
    claims_phone = models.BooleanField(default=False)
    """The number was told by whoever opened the account himself; nobody has rung it yet."""
    is_active = models.BooleanField(default=True)
    left_at = models.DateTimeField(null=True, blank=True)
    """Since when the district's directory no longer knows the person: the account is not active, and not emptied."""
    staff_number = models.CharField(_("staff number"), max_length=40, blank=True, default="")
    """As the directory has it. By it an identity is linked to the account, and who left there is found here."""
    must_change_password = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserRows()

    class Meta:
        ordering = ["username"]
        constraints = [
            models.UniqueConstraint(
                fields=["staff_number"], condition=~models.Q(staff_number=""), name="people_user_one_staff_number"
            ),
            models.CheckConstraint(
                condition=models.Q(is_active=False) | models.Q(left_at__isnull=True), name="people_user_who_left_is_out"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name
