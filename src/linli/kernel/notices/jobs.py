"""The post round: after every notice, and every minute for what has to be tried again."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.jobs import every, periodic, task
from linli.kernel.notices.delivering import deliver_waiting, sweep


@task(title=_("Send messages"), atomic=False)
def deliver() -> int:
    """Send what waits; returns how many were sent."""
    return deliver_waiting()


@periodic(every(minutes=1))
@task(title=_("Send messages again that could not be sent"), atomic=False)
def post_round() -> int:
    """Call lost what is lost, send what is due; returns how many were sent."""
    sweep()
    return deliver_waiting()
