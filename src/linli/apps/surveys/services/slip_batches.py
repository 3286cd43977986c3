"""Printing slips of a stratum: one-time codes that belong to nobody, never more than are asked by slip."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.surveys.models import AskedBy, SampledHousehold, Stratum, SurveyState
from linli.apps.surveys.services.keeping import hold, require_keeper
from linli.kernel import slips
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor

GRACE = timedelta(days=60)
"""How long slips outlive the last day: paper comes back late, and the last day may be put off."""


def issue_slips(stratum: Stratum, *, actor: Actor | None, at: datetime | None = None) -> list[str]:
    """Codes of all slips of a stratum that were not printed yet, to be printed now: they cannot be read back.

    Raises Refusal where none is left to print, Conflict once the survey is closed or somebody printed just now.
    """
    at = at or timezone.now()
    survey = stratum.survey
    require_keeper(actor, survey)
    with transaction.atomic():
        hold(survey, SurveyState.DRAFT if survey.state == SurveyState.DRAFT else SurveyState.OPEN)
        stratum.refresh_from_db()
        calls = SampledHousehold.objects.filter(stratum=stratum, by=AskedBy.CALL).count()
        left = stratum.asked - calls - stratum.issued
        if left < 1:
            raise Refusal(_("All slips of this group are printed."), code="all-printed")
        mine = Stratum.objects.filter(pk=stratum.pk, issued=stratum.issued)
        if not mine.update(issued=stratum.issued + left):
            raise Conflict(_("Somebody printed slips at the same moment. Press the button once more."))
        expires = timezone.make_aware(datetime.combine(survey.last_day, time.max)) + GRACE
        codes = slips.issue(stratum.purpose, count=left, expires=expires, secret=True, at=at)
        facts = {"name": stratum.name, "count": left}
        record("surveys.survey.issue_slips", survey, actor=actor, facts=facts, at=at)
    stratum.refresh_from_db()
    return codes
