"""What incubation tells people: the kinds of its notices."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.notices import NoticeKind, declare_kind
from linli.kernel.scope import nobody


def contribute() -> None:
    """Declare them; whoever may lose its place in the center cannot switch the telling off."""
    declare_kind(NoticeKind("incubation.month", _("The points of a month"), may_switch_off=nobody))
    declare_kind(NoticeKind("incubation.exit", _("The exit from the center"), may_switch_off=nobody))
    declare_kind(NoticeKind("incubation.stars", _("The stars of a year"), may_switch_off=nobody))
