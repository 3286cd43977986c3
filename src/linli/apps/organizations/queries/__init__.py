"""Reads of organizations and what is kept about them."""

from linli.apps.organizations.queries.organization import in_force, owners_of, reached, visible_to

__all__ = ["in_force", "owners_of", "reached", "visible_to"]
