"""What organizations add to the rest of the house."""

from linli.apps.organizations.contributions import organization


def contribute() -> None:
    """Called once, when the house starts."""
    organization.contribute()
