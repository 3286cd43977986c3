"""The one-time code of the first page: printed for whoever runs the machine, so that nobody else takes the house."""

import secrets
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kernel import slips
from linli.kernel.audit import Keep, register_action
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.site.opening.models import FirstRun
from linli.site.opening.queries import is_empty

PURPOSE = "opening.first_run"
GOOD_FOR = timedelta(hours=24)
MARK = "first-run"
"""A file in the home while the first page waits: the doors of the house lead there, and no query is asked."""

register_action("opening.code", _("printed a code for the first page"), keep=Keep.FOR_EVER)
register_action("opening.enter", _("opened the first page with the code"), keep=Keep.FOR_EVER)


def mark() -> Path:
    """The file that says that the first page waits."""
    return Path(settings.LINLI_HOME) / MARK


def waits() -> bool:
    """Whether the first page waits. Asks the database only beside the mark, and takes a mark without a cause away:
    a copy was brought back here, or the house was moved from an empty database.
    """
    if not mark().exists():
        return False
    if FirstRun.objects.filter(finished_at__isnull=True).exists():
        return True
    mark().unlink(missing_ok=True)
    return False


def begin(*, at: datetime | None = None) -> str | None:
    """A new code for the first page of a house that is empty or half set up; None in any other. Older codes end."""
    moment = at or timezone.now()
    with transaction.atomic():
        run = _row()
        if run is None or run.finished_at is not None:
            return None
        slips.Slip.objects.filter(purpose=PURPOSE, is_used=False).delete()
        code = slips.issue(PURPOSE, expires=moment + GOOD_FOR, at=moment)[0]
        record("opening.code", None, actor=None, at=moment)
    mark().touch()
    return slips.show(code)


def _row() -> FirstRun | None:
    run = FirstRun.objects.first()
    if run is not None or not is_empty():
        return run
    try:
        with transaction.atomic():
            return FirstRun.objects.create()
    except IntegrityError:
        return FirstRun.objects.get()


def enter(code: str, *, at: datetime | None = None) -> str:
    """Use the code up; the claim by which this browser goes on. An earlier browser's claim ends.

    Raises Missing, Conflict or Refusal for a code that is wrong, used or expired; Refusal in a house that is set up.
    """
    claim = secrets.token_urlsafe(32)
    with transaction.atomic():
        slips.use(code, PURPOSE, at=at)
        if not FirstRun.objects.filter(finished_at__isnull=True).update(claim=claim):
            raise Refusal(_("This house is set up already. Sign in."), code="set-up")
        record("opening.enter", None, actor=None, at=at)
    return claim


def call_off() -> None:
    """The command line or the demo opens this house instead. Refuses where the first page has begun its work."""
    with transaction.atomic():
        run = FirstRun.objects.filter(finished_at__isnull=True).first()
        if run is not None and run.places_at is not None:
            raise Conflict(_("The first page is setting this house up. Finish there; linli setup prints a new code."))
        if run is not None:
            run.delete()
            slips.Slip.objects.filter(purpose=PURPOSE).delete()
    mark().unlink(missing_ok=True)
