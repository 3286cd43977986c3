"""What the opening adds to the house: its verbs' names in the record, and the page of what is left."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.contributions import NavItem
from linli.kernel.contributions import contribute as add
from linli.kernel.scope import Role, holds
from linli.site.opening import services  # noqa: F401  # registers its actions

add(
    NavItem(
        "opening", _("What is left to open"), "opening:left", holds(Role.SYSTEM_ADMINISTRATOR), icon="list-check",
        section="system", order=800,
    )
)  # fmt: skip
