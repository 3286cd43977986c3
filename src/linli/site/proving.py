"""The record is proved by reading it anew, every chain from its first row, and sent to a collector outside."""

import logging
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.people.queries import holders
from linli.apps.places.models import Level, Place
from linli.kernel.audit import forwarding, verify
from linli.kernel.audit.models import ChainHead
from linli.kernel.notices import notify
from linli.kernel.scope import Role

CHAINS = "site.audit.broken"
SILENT = "site.audit.silent"
PATIENCE = timedelta(hours=1)
"""So long rows may wait for a collector that is away before somebody is told."""
log = logging.getLogger("linli.audit")
TOLD = (Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR)
"""Who hears that a chain does not hold, or cannot be sent."""


def prove_chains() -> list[str]:
    """Read every chain; those responsible are told once a day where one does not hold. A line for each problem."""
    chains = ChainHead.objects.order_by("chain").values_list("chain", flat=True)
    reports = [verify(chain) for chain in chains]
    lines = [f"{report.chain} {one.number}: {one.sentence}" for report in reports for one in report.problems]
    if lines:
        text = _("The audit record is not whole in %(count)s places. The first: %(first)s. Run: linli audit verify")
        _tell(CHAINS, text % {"count": len(lines), "first": lines[0]})
    return lines


def send_record() -> int:
    """Send what waits; those responsible are told once a day where it has waited an hour. How many rows were taken."""
    done = forwarding.forward()
    if done.trouble:
        log.warning("the collector does not take the record: %s", done.trouble)
        since = forwarding.waiting_since()
        if since is not None and timezone.now() - since > PATIENCE:
            text = _("The record has not reached the collector %(host)s since %(since)s: %(trouble)s")
            moment = f"{timezone.localtime(since):%Y-%m-%d %H:%M}"
            _tell(SILENT, text % {"host": settings.LINLI_SYSLOG["host"], "since": moment, "trouble": done.trouble})
    return done.rows


def _tell(kind: str, said: str) -> None:
    now = timezone.now()
    for district in Place.objects.filter(level=Level.DISTRICT):
        people = list(holders(TOLD, district))
        notify(people, kind=kind, text=said, actor=None, dedupe=f"{timezone.localdate(now)}", at=now)
