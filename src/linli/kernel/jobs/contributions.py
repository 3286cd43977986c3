"""Jobs as records others may point at."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.kernel.jobs.models import Job
from linli.kernel.refs import Kind, register
from linli.kernel.scope.actors import holds_everywhere
from linli.kernel.scope.roles import Role


def visible_to(rows: QuerySet[Job], actor: Any) -> QuerySet[Job]:
    """Jobs an actor may know of: all for the system administrator, else those started by the actor."""
    if actor is None:
        return rows.none()
    return rows if holds_everywhere(actor, Role.SYSTEM_ADMINISTRATOR) else rows.filter(owner_id=actor.actor_id)


register(Kind("jobs.job", Job, _("Background job"), visible_to=visible_to))
