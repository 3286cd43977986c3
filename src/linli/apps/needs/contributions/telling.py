"""The kinds of notices about needs."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.notices import NoticeKind, declare_kind
from linli.kernel.scope import nobody

KINDS = (
    NoticeKind("needs.need.receive", _("A need came in"), may_switch_off=nobody),
    NoticeKind("needs.need.dispatch", _("A need was given to me or my unit"), may_switch_off=nobody),
    NoticeKind("needs.need.decide_objection", _("An objection of my unit was decided")),
    NoticeKind("needs.need.pass_owner", _("I am asked to follow a need"), may_switch_off=nobody),
    NoticeKind("needs.need.visits", _("A resident had to come more than once")),
    NoticeKind("needs.need.answer_extension", _("A request for more time was answered")),
    NoticeKind("needs.need.answer", _("There is news of my need")),
    NoticeKind("needs.need.reopen", _("A need was opened again"), may_switch_off=nobody),
    NoticeKind("needs.need.raise", _("A need was raised to me"), may_switch_off=nobody),
    NoticeKind("needs.need.due", _("A need is due soon"), may_switch_off=nobody),
)


def contribute() -> None:
    """Declare them."""
    for kind in KINDS:
        declare_kind(kind)
