"""What the ledger tells people."""

from django.utils.translation import gettext_lazy as _

from linli.apps.ledger.services.checking import DIFFERS
from linli.kernel.notices import NoticeKind, declare_kind
from linli.kernel.scope import nobody


def contribute() -> None:
    """Declare it; nobody who answers for the money switches it off."""
    declare_kind(NoticeKind(DIFFERS, _("A ledger does not add up"), may_switch_off=nobody))
