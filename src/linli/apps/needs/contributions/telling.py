"""The kinds of notices about needs."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.notices import NoticeKind, declare_kind
from linli.kernel.scope import nobody

KINDS = (NoticeKind("needs.need.receive", _("A need came in"), may_switch_off=nobody),)


def contribute() -> None:
    """Declare them."""
    for kind in KINDS:
        declare_kind(kind)
