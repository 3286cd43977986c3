"""The record is proved by reading it anew: every chain of the audit, from its first row."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.people.queries import holders
from linli.apps.places.models import Level, Place
from linli.kernel.audit import verify
from linli.kernel.audit.models import ChainHead
from linli.kernel.notices import notify
from linli.kernel.scope import Role

CHAINS = "site.audit.broken"
TOLD = (Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR)
"""Who hears that a chain does not hold."""


def prove_chains() -> list[str]:
    """Read every chain; those responsible are told once a day where one does not hold. A line for each problem."""
    chains = ChainHead.objects.order_by("chain").values_list("chain", flat=True)
    reports = [verify(chain) for chain in chains]
    lines = [f"{report.chain} {one.number}: {one.sentence}" for report in reports for one in report.problems]
    if lines:
        _tell(lines)
    return lines


def _tell(lines: list[str]) -> None:
    now = timezone.now()
    text = _("The audit record is not whole in %(count)s places. The first: %(first)s. Run: linli audit verify")
    said = text % {"count": len(lines), "first": lines[0]}
    for district in Place.objects.filter(level=Level.DISTRICT):
        people = list(holders(TOLD, district))
        notify(people, kind=CHAINS, text=said, actor=None, dedupe=f"{timezone.localdate(now)}", at=now)
