"""``linli createadmin``: the first account of a real house."""

import getpass
import sys
from argparse import Namespace

from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

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


def run(options: Namespace) -> None:
    """Make the account with the post of system administrator. Raises Trouble."""
    from linli.apps.people import services

    password = _password(options)
    try:
        validate_password(password)
    except ValidationError as error:
        raise Trouble(" ".join(error.messages)) from error
    if get_user_model().objects.filter(username=options.username).exists():
        raise Trouble(_("There is an account named %(name)s already.") % {"name": options.username})
    services.make_first_administrator(
        username=options.username, name=options.name or options.username, password=password, actor=None
    )
    sys.stdout.write(_("Made %(name)s, system administrator.") % {"name": options.username} + "\n")
