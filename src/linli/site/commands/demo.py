"""``linli demo``: the demo street, built once; its accounts are printed whenever the site starts.

The password is made at random for each house and kept in its home.
"""

import sys
from argparse import Namespace
from collections.abc import Iterator

from django.utils.translation import gettext as _


def build_once(*, residents: int = 0) -> bool:
    """Build the demo street where there is none, telling each step; whether it was built now."""
    from linli.demo import build
    from linli.site.opening.services import call_off

    if build.is_built():
        return False
    call_off()
    sys.stdout.write(_("Building the demo street …") + "\n")
    sys.stdout.flush()
    build.build(print=build.silence, progress=_say, residents=residents)
    return True


def _say(line: str) -> None:
    sys.stdout.write(f"  {line}\n")
    sys.stdout.flush()


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
    if not build_once(residents=options.residents):
        sys.stdout.write(_("The demo street stands already; nothing was changed.") + "\n")
    for line in account_lines():
        sys.stdout.write(line + "\n")
