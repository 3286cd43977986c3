"""What the interface forgets by the clock: answered forms after two days, counts of past windows."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kernel.jobs import daily, periodic, task
from linli.kernel.ui import rates
from linli.kernel.ui.models import SubmittedForm

KEPT = timedelta(days=2)


@periodic(daily(3, 40))
@task(title=_("Forget answered forms"))
def forget_answered_forms() -> None:
    """Nobody sends a form again after two days."""
    now = timezone.now()
    SubmittedForm.objects.filter(at__lt=now - KEPT).delete()
    rates.forget(at=now)
