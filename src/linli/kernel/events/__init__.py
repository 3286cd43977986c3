"""What happened, told once: an audit row and one queued job per subscriber, in the verb's own transaction."""

from typing import TYPE_CHECKING

from linli.kernel import lazily
from linli.kernel.events.hearing import Event, hears, subscribers, unknown_actions

if TYPE_CHECKING:
    from linli.kernel.events.telling import record
else:
    __getattr__ = lazily(__name__, telling="record")

__all__ = ["Event", "hears", "record", "subscribers", "unknown_actions"]
