"""What incubation adds to pages it does not own."""

from linli.apps.incubation.contributions import actions, center_actions, figures, kinds, pages, telling


def contribute() -> None:
    """Enter the subject's contributions; called once at start."""
    actions.contribute()
    center_actions.contribute()
    figures.contribute()
    kinds.contribute()
    pages.contribute()
    telling.contribute()
