"""What proposers are told about their proposals: the street's answers are duties, nobody switches them off."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.notices import NoticeKind, declare_kind
from linli.kernel.scope import nobody

KINDS = (
    NoticeKind("rounds.proposal.return_for_more", _("My proposal was sent back for more"), may_switch_off=nobody),
    NoticeKind("rounds.proposal.refuse", _("My proposal was refused"), may_switch_off=nobody),
    NoticeKind("rounds.proposal.accept", _("My proposal was accepted for review")),
    NoticeKind("rounds.proposal.award", _("My proposal is supported"), may_switch_off=nobody),
    NoticeKind("rounds.proposal.take_award_back", _("Support was taken back"), may_switch_off=nobody),
)


def contribute() -> None:
    """Make every kind known."""
    for kind in KINDS:
        declare_kind(kind)
