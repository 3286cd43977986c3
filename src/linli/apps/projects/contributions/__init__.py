"""What projects adds to pages it does not own."""


def contribute() -> None:
    """Enter the subject's contributions; called once at start."""
