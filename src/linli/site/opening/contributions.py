"""What the opening adds to the house: its verbs' names in the record, and the page of what is left."""

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.kernel.contributions import NavItem, Remark
from linli.kernel.contributions import contribute as add
from linli.kernel.scope import Role, holds
from linli.site.opening import rehearsing, services  # noqa: F401  # register their actions


def rehearsed() -> str | Promise:
    """The line on every page and paper of a rehearsal."""
    return _("Rehearsal: nothing here has effect, and all of it will be wiped") if settings.LINLI_REHEARSAL else ""


add(
    NavItem(
        "opening", _("What is left to open"), "opening:left", holds(Role.SYSTEM_ADMINISTRATOR), icon="list-check",
        section="system", order=800,
    )
)  # fmt: skip
add(Remark("opening.rehearsal", rehearsed))
