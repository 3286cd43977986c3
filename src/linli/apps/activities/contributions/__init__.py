"""What activities add to the rest of the house."""

from linli.apps.activities.contributions import burden, figures, kinds, pages, personal


def contribute() -> None:
    """Called once, when the house starts."""
    kinds.contribute()
    figures.contribute()
    personal.contribute()
    pages.contribute()
    burden.contribute()
