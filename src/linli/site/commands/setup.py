"""``linli setup``: folders, catalogues, database. Safe to run again, and after a kill at any moment."""

import os
import sys
import tempfile
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from linli.site.commands.binding import bind, grant
from linli.site.troubles import Trouble, cannot_write


def check_home() -> None:
    """Make the home folder and try to write there. Raises Trouble."""
    home = Path(settings.LINLI_HOME)
    try:
        home.mkdir(parents=True, exist_ok=True)
        Path(settings.LINLI_FILES).mkdir(parents=True, exist_ok=True)
        Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=home):
            pass
    except OSError as error:
        raise Trouble(cannot_write(home)) from error


def compile_catalogues() -> None:
    """Compile what is not compiled, where the code may be written; a wheel carries them compiled."""
    from linli.site.messages.catalogues import HOUSE, compile_all

    if os.access(HOUSE, os.W_OK):
        compile_all()


def migrate() -> None:
    """Bring the tables up to date. Raises Trouble where a newer release has been here.

    An empty database takes one migration after the other; one that holds a house takes all of them or none, so that an
    upgrade killed half-way leaves what the release before it knows.
    """
    from django.core.management import call_command
    from django.db import connection, transaction

    from linli.site.migrating import unknown_here

    names, applied = unknown_here(connection)
    if names:
        raise Trouble(
            _(
                "The database was made by a newer release (%(names)s). "
                "Start that release, or go back with its rollback.sh; nothing was changed."
            )
            % {"names": ", ".join(names)}
        )
    if not applied:
        call_command("migrate", interactive=False, verbosity=0)
        return
    with connection.constraint_checks_disabled(), transaction.atomic():
        call_command("migrate", interactive=False, verbosity=0)


def prepare() -> None:
    """All of it. Raises Trouble; database errors pass through."""
    check_home()
    compile_catalogues()
    bind()
    migrate()


def first_page_lines() -> Iterator[str]:
    """What whoever runs the machine needs for the first page; nothing in a house that is set up."""
    from linli.site.opening.services import begin

    code = begin()
    if code is not None:
        yield _("This house is not set up. Open its first page in a browser, /first-run/, with this one-time code:")
        yield f"  {code}"


def run(options: Namespace) -> None:
    """Prepare and say so; print the code of the first page where the house is not set up."""
    prepare()
    grant(options.grant)
    for line in (_("The database is up to date."), *first_page_lines()):
        sys.stdout.write(line + "\n")
