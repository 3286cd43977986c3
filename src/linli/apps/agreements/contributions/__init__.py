"""What agreements add to the rest of the house."""

from linli.apps.agreements.contributions import figures, kinds, pages


def contribute() -> None:
    """Called once, when the house starts."""
    kinds.contribute()
    figures.contribute()
    pages.contribute()
