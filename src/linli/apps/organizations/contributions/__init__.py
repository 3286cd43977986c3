"""What organizations add to the rest of the house."""

from linli.apps.organizations.contributions import actions, fronts, kinds, left, pages, party, personal
from linli.kernel.contributions import contribute as add


def contribute() -> None:
    """Called once, when the house starts."""
    kinds.contribute()
    actions.contribute()
    pages.contribute()
    fronts.contribute()
    party.contribute()
    add(*left.LEFT)
    personal.contribute()
