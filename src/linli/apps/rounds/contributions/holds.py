"""What holds the agreement and the money of an award: an objection that was upheld, or is not answered yet."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from linli.apps.publicity.models import Objection, ObjectionState
from linli.apps.rounds.models import Award
from linli.kernel.contributions import Hold
from linli.kernel.contributions import contribute as add
from linli.kernel.refs import Ref


def why(subject: Ref, _grounds: Ref) -> str | Promise:
    """Why the award of a proposal is not signed or paid now; "" where nothing holds it. At most two queries."""
    if subject.kind != "rounds.proposal":
        return ""
    award = Award.objects.filter(proposal=subject.id, ended_by__isnull=True).select_related("line").first()
    if award is None:
        return ""
    if award.contested:
        told = {"objection": award.contested}
        return _("An objection was upheld: “%(objection)s”. A later decision answers it first.") % told
    notices = {"notice__subject_kind": "rounds.decision", "notice__subject_id": award.line.decision_id}
    if Objection.objects.filter(**notices, state=ObjectionState.OPEN).exists():
        return _("An objection to the public notice of this award is not answered yet.")
    return ""


def contribute() -> None:
    """Hold what is contested."""
    add(Hold("rounds.award", why))
