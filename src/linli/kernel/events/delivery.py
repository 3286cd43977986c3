"""The job that brings one event to one subscriber."""

from typing import Any
from uuid import UUID

from django.utils.module_loading import import_string

from linli.kernel.events.hearing import Event
from linli.kernel.jobs.tasks import task
from linli.kernel.refs import Ref


@task(title="告知相关模块", max_attempts=8)
def deliver(path: str, told: dict[str, Any]) -> None:
    """Call the subscriber at ``path`` with the event. Its database work is done exactly once."""
    event = Event(
        row=UUID(told["row"]),
        action=told["action"],
        ref=Ref.parse(told["ref"]) if told["ref"] else None,
        actor_id=UUID(told["actor_id"]) if told["actor_id"] else None,
        at=told["at"],
        facts=told["facts"],
    )
    import_string(path)(event)
