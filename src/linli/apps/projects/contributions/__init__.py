"""What projects add to pages they do not own."""

from linli.apps.projects.contributions import kinds, pages


def contribute() -> None:
    """Enter the subject's contributions; called once at start."""
    kinds.contribute()
    pages.contribute()
