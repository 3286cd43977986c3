"""What reviews add to the rest of the house."""

from linli.apps.reviews.contributions import actions, kinds, pages, personal


def contribute() -> None:
    """Called once, when the house starts."""
    kinds.contribute()
    actions.contribute()
    personal.contribute()
    pages.contribute()
