"""What reviews add to the rest of the house."""

from linli.apps.reviews.contributions import actions, kinds, pages, personal
from linli.apps.reviews.queries import names_of_seats
from linli.kernel.audit.reading import name_actors_by


def contribute() -> None:
    """Called once, when the house starts."""
    kinds.contribute()
    actions.contribute()
    personal.contribute()
    pages.contribute()
    name_actors_by(names_of_seats)
