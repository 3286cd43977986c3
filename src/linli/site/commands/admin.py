"""``linli createadmin``: the first account of a real house. ``linli setpassword``: for whoever forgot his.

``linli dropsecondstep``: for whoever lost the phone and the recovery codes.
"""

import getpass
import sys
from argparse import Namespace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.apps.people.models import User
from linli.apps.people.services import give_password, give_post, open_account
from linli.apps.places.models import Level, Place
from linli.apps.places.services import found
from linli.kernel.scope import Role
from linli.site.accounts.leaving import drop_second_step
from linli.site.accounts.recording import note
from linli.site.opening.services import call_off
from linli.site.troubles import Trouble


def _password(options: Namespace) -> str:
    if options.password:
        return str(options.password)
    if not sys.stdin.isatty():
        return sys.stdin.readline().strip()
    first = getpass.getpass(_("Password: "))
    if getpass.getpass(_("Once more: ")) != first:
        raise Trouble(_("The two passwords differ. Nothing was made."))
    return first


def _district(options: Namespace) -> Place:
    """The district of this house, founded here where there is none yet. Raises Trouble, Refusal."""
    held = Place.objects.filter(level=Level.DISTRICT).first()
    if held is not None:
        return held
    if not options.district or not options.code:
        raise Trouble(_("There is no district yet. Name it: --district NAME --code its statistical code of 12 digits"))
    return found(
        code=options.code,
        name=options.district,
        level=Level.DISTRICT,
        actor=None,
        valid_from=timezone.localdate(),
    )


def run(options: Namespace) -> None:
    """Make the account and its post at the district, in one transaction. Raises Trouble, Refusal."""
    password = _password(options)
    with transaction.atomic():
        call_off()
        district = _district(options)
        user = open_account(
            username=options.username, name=options.name or options.username, password=password, actor=None
        )
        give_post(user=user, role=Role.SYSTEM_ADMINISTRATOR, place=district, actor=None)
    sys.stdout.write(_("Made %(name)s, system administrator.") % {"name": user.username} + "\n")


def set_password(options: Namespace) -> None:
    """Give the named account a new password; its sessions end. Raises Trouble, Refusal."""
    user = User.objects.filter(username__iexact=options.username, is_active=True).first()
    if user is None:
        raise Trouble(_("There is no account named %(name)s.") % {"name": options.username})
    give_password(user, password=_password(options), actor=None)
    sys.stdout.write(_("%(name)s has a new password.") % {"name": user.username} + "\n")


def drop_second_step_of(options: Namespace) -> None:
    """Take the second step off the named account; its post asks for a new one. Raises Trouble."""
    user = User.objects.filter(username__iexact=options.username, is_active=True).first()
    if user is None:
        raise Trouble(_("There is no account named %(name)s.") % {"name": options.username})
    if not drop_second_step(user.pk):
        raise Trouble(_("%(name)s has no second step.") % {"name": user.username})
    note("account.second_step.drop", user, None)
    sys.stdout.write(
        _("%(name)s signs in without the second step until a new one is set up.") % {"name": user.username}
    )
    sys.stdout.write("\n")
