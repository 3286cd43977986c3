"""What comes round by the clock: removing what was kept long enough."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kernel.jobs import daily, periodic, task
from linli.kernel.privacy.rounds import carry_out


@periodic(daily(3, 10))
@task(title=_("Remove what was kept long enough"), atomic=False)
def remove_what_ended() -> dict[str, int]:
    """Kind → how many rows were removed."""
    return carry_out(at=timezone.now())
