"""What ordering adds to the rest of the house."""

from linli.apps.ordering.contributions import delivery, figures, kinds, pages, personal, retention, sheets


def contribute() -> None:
    """Called once, when the house starts."""
    figures.contribute()
    kinds.contribute()
    sheets.contribute()
    retention.contribute()
    personal.contribute()
    pages.contribute()
    delivery.contribute()
