"""A survey is drafted, takes answers, is counted.

draft ─open─► open ─close─► closed        nothing of an answer can be known before it is closed
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.apps.surveys import permissions as who
from linli.apps.surveys.models import Survey, SurveyState
from linli.kernel.audit import Keep
from linli.kernel.errors import Refusal
from linli.kernel.lifecycle import Lifecycle, Transition


def asks_somebody(survey: Survey, facts: Mapping[str, Any]) -> Refusal | None:
    """Somebody is asked: a sample, slips to hand out, or the open link."""
    if facts["asked"] or survey.openly:
        return None
    return Refusal(
        _("Nobody is asked yet. Draw a sample, add a group to hand slips to, or open the link to everybody."),
        code="nobody-asked",
    )


LIFECYCLE = Lifecycle(
    "surveys.survey",
    SurveyState,
    (
        Transition(
            "open", (SurveyState.DRAFT,), SurveyState.OPEN, who.keeps_surveys, title=_("Open the survey"),
            told=_("opened the survey"), guards=(asks_somebody,), keep=Keep.FOR_EVER,
            words={"asked": _("households asked"), "until": _("last day")},
        ),
        Transition(
            "close", (SurveyState.OPEN,), SurveyState.CLOSED, who.keeps_surveys, title=_("Close the survey and count"),
            told=_("closed and counted the survey"), keep=Keep.FOR_EVER, weighty=True,
            words={"returned": _("returned"), "asked": _("households asked"), "openly": _("came by the open link")},
        ),
    ),
    title=_("Survey"),
)  # fmt: skip
