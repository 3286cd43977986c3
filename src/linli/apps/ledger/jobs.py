"""What comes round by the clock for the ledger."""

from django.utils.translation import gettext_lazy as _

from linli.apps.ledger.services.checking import verify_and_tell
from linli.kernel.jobs import daily, periodic, task


@periodic(daily(2, 10))
@task(title=_("Sum the ledger anew"))
def verify_ledger() -> int:
    """How many sums do not agree; those who keep and audit the ledger are told."""
    return verify_and_tell()
