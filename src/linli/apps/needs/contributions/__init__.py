"""What needs add to pages they do not own."""

from linli.apps.needs.contributions import (
    actions,
    boards,
    burden,
    figures,
    kinds,
    learning,
    likeness,
    pages,
    parts,
    personal,
    rescuing,
    telling,
    tickets,
    walking,
    watching,
    whistles,
)


def contribute() -> None:
    """Enter the subject's contributions; called once at start."""
    actions.contribute()
    boards.contribute()
    kinds.contribute()
    likeness.contribute()
    learning.contribute()
    figures.contribute()
    personal.contribute()
    rescuing.contribute()
    telling.contribute()
    tickets.contribute()
    walking.contribute()
    watching.contribute()
    pages.contribute()
    parts.contribute()
    whistles.contribute()
    burden.contribute()
