"""Excel sheets of organizations."""

from linli.apps.organizations.tables.organization import HEADINGS, KINDS, ORGANIZATIONS, written

__all__ = ["HEADINGS", "KINDS", "ORGANIZATIONS", "written"]
