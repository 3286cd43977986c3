"""The roles a post can give. A role is held at one place or organization and reaches everything below it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    RESIDENT = "resident", _("Resident")
    COMMUNITY_WORKER = "community_worker", _("Community worker")
    COMMUNITY_SECRETARY = "community_secretary", _("Community secretary")
    STREET_OFFICER = "street_officer", _("Street officer")
    SECTION_HEAD = "section_head", _("Section head")
    LEADER = "leader", _("Leader in charge")
    DEPARTMENT_CONTACT = "department_contact", _("Department contact")
    GRID_WORKER = "grid_worker", _("Grid worker")
    ORGANIZATION_MANAGER = "organization_manager", _("Organization manager")
    TEAM_LEADER = "team_leader", _("Team leader")
    FINANCE_OFFICER = "finance_officer", _("Finance officer")
    AUDITOR = "auditor", _("Auditor")
    SYSTEM_ADMINISTRATOR = "system_administrator", _("System administrator")
    SECURITY_ADMINISTRATOR = "security_administrator", _("Security administrator")
    AUDIT_ADMINISTRATOR = "audit_administrator", _("Audit administrator")


ADMINISTRATORS = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR})
"""The three administrators (三员): no person holds two of them."""

SINGLE_SEAT = frozenset({Role.COMMUNITY_SECRETARY, Role.TEAM_LEADER})
"""Roles of which a place or an organization has one seat. A street has several leaders in charge: no single seat."""

STAFF = frozenset(Role) - {Role.RESIDENT, Role.ORGANIZATION_MANAGER, Role.TEAM_LEADER}
"""Roles that open the desk."""
