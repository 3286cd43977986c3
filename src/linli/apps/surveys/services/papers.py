"""Papers from slips: typed by two people who do not see each other's; differences settled by the paper."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.surveys.kinds import Paper, check_answers, read_sections, write_paper
from linli.apps.surveys.models import Survey, SurveyState, TypedPaper
from linli.apps.surveys.queries.papers import difference, print_of
from linli.apps.surveys.queries.surveys import purposes_of
from linli.apps.surveys.services.answering import cast_typed
from linli.apps.surveys.services.keeping import hold, require_keeper
from linli.kernel import slips
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor


def type_paper(
    survey: Survey,
    *,
    code: str,
    answers: Mapping[str, Any],
    actor: Actor,
    in_presence: bool = False,
    at: datetime | None = None,
) -> bool:
    """One of two typings of the paper with this code; True once the second says the same and it is counted.

    Papers may be typed after the last day, until the survey is closed. Where both differ nothing is counted, and
    ``settle_paper`` decides. Refuses the same person twice, a third typing, a code that was answered on a phone.
    """
    at = at or timezone.now()
    require_keeper(actor, survey)
    with transaction.atomic():
        hold(survey, SurveyState.OPEN)
        paper = _paper(survey, code, answers, in_presence=in_presence, at=at)
        content, key = write_paper(paper), print_of(survey, code)
        before = list(survey.typings.filter(code_print=key))
        if len(before) > 1:
            raise Conflict(_("This paper was typed twice already."), code="typed-twice")
        try:
            with transaction.atomic():
                TypedPaper.objects.create(
                    survey=survey, code_print=key, turn=len(before) + 1, content=content, typist_id=actor.actor_id
                )
        except IntegrityError:
            raise Refusal(
                _("You typed this paper yourself; a second person types it again."), code="same-typist"
            ) from None
        if not before or before[0].content != content:
            return False
        _count(survey, code, paper, at)
    return True


def settle_paper(
    survey: Survey,
    *,
    code: str,
    answers: Mapping[str, Any],
    actor: Actor,
    in_presence: bool = False,
    at: datetime | None = None,
) -> None:
    """What the paper really says, where two typings differ: read again from the paper. Refuses before both stand."""
    at = at or timezone.now()
    require_keeper(actor, survey)
    with transaction.atomic():
        hold(survey, SurveyState.OPEN)
        paper = _paper(survey, code, answers, in_presence=in_presence, at=at)
        if difference(survey, code) is None:
            raise Refusal(_("There is no difference to settle: type the paper twice first."), code="no-difference")
        _count(survey, code, paper, at)
        record("surveys.survey.settle", survey, actor=actor, facts={}, at=at)


def type_again(survey: Survey, *, key: str, actor: Actor | None, at: datetime | None = None) -> None:
    """Throw the typings of a paper away that is not counted: it was mistyped, or answered on a phone meanwhile.

    ``key`` as ``queries.waiting_of`` tells it. Raises Conflict for a counted or an unknown one.
    """
    require_keeper(actor, survey)
    with transaction.atomic():
        hold(survey, SurveyState.OPEN)
        if not survey.typings.filter(code_print=key, is_counted=False).delete()[0]:
            raise Conflict(_("This paper is counted, or was not typed yet."))
        record("surveys.survey.type_again", survey, actor=actor, facts={}, at=at)


def _paper(survey: Survey, code: str, answers: Mapping[str, Any], *, in_presence: bool, at: datetime) -> Paper:
    """The paper as it is kept. Raises Missing, Conflict for a used code, Refusal with the field."""
    purpose = slips.check(code, purposes_of(survey), at=at)
    kept = check_answers(read_sections(survey.sections), survey.subjects.count(), answers)
    return Paper(int(purpose.rpartition(":")[2]), in_presence, kept)


def _count(survey: Survey, code: str, paper: Paper, at: datetime) -> None:
    """Use the code up, put the paper into the box, forget what was typed."""
    slips.use(code, slips.purpose_of(code, purposes_of(survey)), at=at)
    cast_typed(survey, paper)
    survey.typings.filter(code_print=print_of(survey, code)).update(is_counted=True, content="")
