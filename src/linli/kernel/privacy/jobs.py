"""What comes round by the clock: removing what was kept long enough."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kernel.jobs import daily, periodic, report_progress, task
from linli.kernel.privacy.rotation import reseal
from linli.kernel.privacy.rounds import carry_out


@periodic(daily(3, 10))
@task(title=_("Remove what was kept long enough"), atomic=False)
def remove_what_ended() -> dict[str, int]:
    """Kind → how many rows were removed."""
    return carry_out(at=timezone.now())


@task(title=_("Write sealed values anew under the current keys"), atomic=False)
def write_anew() -> dict[str, int]:
    """How many were written, how many could not be opened; killed in the middle it goes on from what is left."""
    written, unreadable = reseal(progress=report_progress)
    return {"written": written, "unreadable": len(unreadable)}
