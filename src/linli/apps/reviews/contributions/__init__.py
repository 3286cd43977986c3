"""What reviews add to the rest of the house."""

from linli.apps.reviews.contributions import actions, kinds, personal


def contribute() -> None:
    """Called once, when the house starts."""
    kinds.contribute()
    actions.contribute()
    personal.contribute()
