"""Answering: by a slip's code, by telephone, by the open link. The record does not tell who answered or what."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.surveys.kinds import Paper, check_answers, read_sections, write_paper
from linli.apps.surveys.models import AskedBy, Call, SampledHousehold, Survey, SurveyState
from linli.apps.surveys.queries.surveys import purposes_of
from linli.apps.surveys.services.keeping import hold, require_keeper
from linli.kernel import privacy, slips
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.refs import random_key
from linli.kernel.scope import Actor

OPEN_CALLS = (Call.WAITING, Call.NOBODY)


def answer(
    survey: Survey,
    *,
    code: str,
    answers: Mapping[str, Any],
    in_presence: bool = False,
    actor: Actor | None = None,
    at: datetime | None = None,
) -> None:
    """Take the answers of one slip; its code is used up in the same transaction, once.

    ``answers``: name of the question (``kinds.asked``) → grade, number of the choice, numbers, words.
    ``in_presence``: the rated team was there. Raises Missing, Conflict for a used code, Refusal for answers that are
    none, when the last day has passed, or when the survey is not open.
    """
    at = at or timezone.now()
    kept = check(survey, answers, at)
    with transaction.atomic():
        purpose = slips.check(code, purposes_of(survey), at=at)
        slips.use(code, purpose, at=at)
        _cast(survey, Paper(int(purpose.rpartition(":")[2]), in_presence, kept))


def answer_openly(
    survey: Survey,
    *,
    answers: Mapping[str, Any],
    in_presence: bool = False,
    actor: Actor | None = None,
    at: datetime | None = None,
) -> None:
    """Take answers by the open link: counted apart, labelled self-selected. The door guards how often."""
    if not survey.openly:
        raise Refusal(_("This survey has no open link. Use the code on your slip."), code="no-open-link")
    kept = check(survey, answers, at or timezone.now())
    with transaction.atomic():
        _cast(survey, Paper(0, in_presence, kept))


def answer_call(
    row: SampledHousehold,
    *,
    answers: Mapping[str, Any],
    actor: Actor | None,
    at: datetime | None = None,
) -> None:
    """What a household said on the telephone, typed by whoever read the questions out. Who typed it is not kept.

    Raises Conflict where the household was reached already.
    """
    require_keeper(actor, row.survey)
    kept = check(row.survey, answers, at or timezone.now())
    with transaction.atomic():
        _settle(row, Call.REACHED)
        _cast(row.survey, Paper(row.stratum.number, False, kept))


def note_call(row: SampledHousehold, *, outcome: str, actor: Actor | None) -> None:
    """Nobody answered, or would rather not. It says nothing of when, and of nobody. Raises Conflict once reached."""
    require_keeper(actor, row.survey)
    if outcome not in (Call.NOBODY, Call.DECLINED):
        raise Refusal(_("Say how the call ended."), field="outcome")
    with transaction.atomic():
        hold(row.survey, SurveyState.OPEN)
        _settle(row, Call(outcome))


def _settle(row: SampledHousehold, outcome: Call) -> None:
    waiting = SampledHousehold.objects.filter(pk=row.pk, by=AskedBy.CALL, call__in=OPEN_CALLS)
    if not waiting.update(call=outcome):
        raise Conflict(_("This household was called already, or is asked by a slip."), code="called")
    row.call = outcome


def check(survey: Survey, answers: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """The answers as they are kept, while the survey takes any. Raises Refusal with the field, Conflict."""
    require_running(survey, at)
    return check_answers(read_sections(survey.sections), survey.subjects.count(), answers)


def require_running(survey: Survey, at: datetime) -> None:
    """Refuse before the opening, after the last day, after the closing."""
    if survey.state != SurveyState.OPEN or timezone.localdate(at) > survey.last_day:
        raise Refusal(_("This survey takes no answers now."), code="not-open")


def _cast(survey: Survey, paper: Paper) -> None:
    assert survey.box is not None  # an open survey has its box
    privacy.cast(survey.box, participant=random_key(), content=write_paper(paper))


def cast_typed(survey: Survey, paper: Paper) -> None:
    """Put a paper that two people typed alike into the box, inside the verb's transaction."""
    _cast(survey, paper)
