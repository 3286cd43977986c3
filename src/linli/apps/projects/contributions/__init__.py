"""What projects add to pages they do not own."""

from linli.apps.projects.contributions import actions, burden, closing, figures, holds, kinds, pages, tasks, telling


def contribute() -> None:
    """Enter the subject's contributions; called once at start."""
    actions.contribute()
    holds.contribute()
    kinds.contribute()
    figures.contribute()
    pages.contribute()
    tasks.contribute()
    telling.contribute()
    closing.contribute()
    burden.contribute()
