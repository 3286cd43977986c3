"""What rounds add to the rest of the house."""

from linli.apps.rounds.contributions import (
    actions,
    burden,
    choice_personal,
    figures,
    forms,
    holds,
    kinds,
    pages,
    personal,
    tasks,
    telling,
)


def contribute() -> None:
    """Called once, when the house starts."""
    kinds.contribute()
    actions.contribute()
    figures.contribute()
    pages.contribute()
    holds.contribute()
    forms.contribute()
    personal.contribute()
    tasks.contribute()
    telling.contribute()
    choice_personal.contribute()
    burden.contribute()
