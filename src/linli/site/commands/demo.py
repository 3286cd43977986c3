"""``linli demo``: the demo street, built once; its accounts are printed whenever the site starts.

The password is made at random for each house and kept in its home.
"""

import sys
from argparse import Namespace
from collections.abc import Iterator

from django.utils.translation import gettext as _


def build_once() -> bool:
    """Build the demo street where there is none; whether it was built now."""
    from linli.demo import build

    if build.is_built():
        return False
    sys.stdout.write(_("Building the demo street …") + "\n")
    sys.stdout.flush()
    build.build(print=lambda _line: None)
    return True


def account_lines() -> Iterator[str]:
    """The demo accounts, one a line; none where there is no demo."""
    from linli.demo import build

    if not build.is_built():
        return
    yield _("Demo accounts (password of all: %(password)s):") % {"password": build.password()}
    for username, title in build.accounts():
        yield f"  {username:<18} {title}"


def run(options: Namespace) -> None:
    """Bring the database up to date, build, and print the accounts."""
    from linli.site.commands.setup import prepare

    prepare()
    if not build_once():
        sys.stdout.write(_("The demo street stands already; nothing was changed.") + "\n")
    for line in account_lines():
        sys.stdout.write(line + "\n")
