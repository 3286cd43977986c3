"""Organizations and what is kept about them."""

from linli.apps.organizations.models.organization import Organization, OrganizationKind

__all__ = ["Organization", "OrganizationKind"]
