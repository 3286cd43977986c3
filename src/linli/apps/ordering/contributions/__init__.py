"""What ordering adds to the rest of the house."""

from linli.apps.ordering.contributions import kinds, pages, personal, retention


def contribute() -> None:
    """Called once, when the house starts."""
    kinds.contribute()
    retention.contribute()
    personal.contribute()
    pages.contribute()
