"""What the ledger adds to the rest of the house."""

from linli.apps.ledger.contributions import actions, burden, figures, kinds, pages, personal, telling


def contribute() -> None:
    """Called once, when the house starts."""
    kinds.contribute()
    actions.contribute()
    figures.contribute()
    pages.contribute()
    personal.contribute()
    burden.contribute()
    telling.contribute()
