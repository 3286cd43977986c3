"""What public notices add to the rest of the house."""

from linli.apps.publicity.contributions import figures, kinds, pages, personal, publishing


def contribute() -> None:
    """Called once, when the house starts."""
    kinds.contribute()
    publishing.contribute()
    figures.contribute()
    personal.contribute()
    pages.contribute()
