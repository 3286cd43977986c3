"""A need that came in is laid beside the earlier ones; every night hot topics are looked for."""

from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models import Need
from linli.apps.needs.services.likely import propose_likely
from linli.apps.needs.services.topics import find_all_topics
from linli.kernel.events import Event, hears
from linli.kernel.jobs import daily, periodic, task


@hears("needs.need.receive")
def lay_beside(event: Event) -> None:
    """The pairs of one new need. Heard twice, proposed once."""
    need = Need.objects.select_related("street", "place").filter(pk=event.ref.id).first() if event.ref else None
    if need is not None:
        propose_likely(need)


@periodic(daily(4))
@task(title=_("Look for hot topics of needs"))
def look_for_topics() -> int:
    """Every night: the topics of the last seven days, street by street; how many."""
    return find_all_topics()
