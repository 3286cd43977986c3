"""What incubation shows on pages it does not own: the menu, the door of those who speak for an organization."""

from django.utils.translation import gettext_lazy as _

from linli.apps.incubation.permissions import SPEAKERS, reads_center, reads_months
from linli.kernel.contributions import NavItem, PortalDoor
from linli.kernel.contributions import contribute as add
from linli.kernel.scope import holds

PAGES = (
    NavItem(
        "incubation", _("Ten-point months"), "incubation:months", reads_months, icon="list-check",
        section="organizations", order=60,
    ),
    NavItem(
        "incubation_stars", _("Stars of organizations"), "incubation:star_rounds", reads_months, icon="star",
        section="organizations", order=61,
    ),
    NavItem(
        "center", _("Service center"), "incubation:center", reads_center, icon="building", section="organizations",
        order=59,
    ),
    PortalDoor(
        "my_months", _("Our ten-point months"), "incubation:months", "list-check",
        _("What the organization I speak for has of ten points, month by month"), order=88, allowed=holds(*SPEAKERS),
    ),
)  # fmt: skip


def contribute() -> None:
    """Enter every line."""
    add(*PAGES)
