"""What organizations add to the rest of the house."""

from linli.apps.organizations.contributions import actions, fronts, kinds, pages, party, personal


def contribute() -> None:
    """Called once, when the house starts."""
    kinds.contribute()
    actions.contribute()
    pages.contribute()
    fronts.contribute()
    party.contribute()
    personal.contribute()
