"""Drafting a survey: what it is about, what is asked, until when."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models import Place
from linli.apps.surveys.kinds import (
    MOST_SUBJECTS,
    Section,
    check_question,
    check_sections,
    rating_of,
    read_sections,
    templates,
    write_sections,
)
from linli.apps.surveys.models import Survey, SurveyState, SurveySubject
from linli.apps.surveys.services.keeping import NOT_YOURS, hold, require_keeper
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.refs import Ref, resolve
from linli.kernel.scope import Actor

USUAL = timedelta(days=14)
LONGEST = timedelta(days=200)


def draft_survey(
    *,
    title: str,
    place: Place,
    actor: Actor | None,
    subjects: Sequence[Ref] = (),
    template: str = "projects",
    sections: Sequence[Section] | None = None,
    lead: str | None = None,
    last_day: date | None = None,
    openly: bool = False,
    at: datetime | None = None,
) -> Survey:
    """A draft about ``subjects`` (none: about itself), from a template or with ``sections`` of its own.

    ``last_day``: in two weeks unless said. ``openly``: also a link anybody may answer, counted apart as self-selected.
    Refuses subjects the actor cannot see, more than fit on a slip, a last day that has passed, empty words.
    """
    at = at or timezone.now()
    start = templates()[template]
    survey = Survey(
        title=title.strip()[:80], place=place, lead=(start.lead if lead is None else lead).strip()[:300],
        sections=write_sections(start.sections if sections is None else sections), openly=openly, drafted_at=at,
        last_day=last_day or timezone.localdate(at) + USUAL,
    )  # fmt: skip
    require_keeper(actor, survey)
    _check(survey, at)
    rows = _subjects(survey, subjects, actor)
    check_sections(read_sections(survey.sections), len(rows))
    with transaction.atomic():
        survey.save(force_insert=True)
        SurveySubject.objects.bulk_create(rows)
        facts = {"title": survey.title, "subjects": "、".join(row.label for row in rows)[:200]}
        record("surveys.survey.draft", survey, actor=actor, facts=facts, at=at)
    return survey


def _check(survey: Survey, at: datetime) -> None:
    if not survey.title:
        raise Refusal(_("Give the survey a title."), field="title")
    today = timezone.localdate(at)
    if not today <= survey.last_day <= today + LONGEST:
        raise Refusal(_("Choose a last day from today on, within 200 days."), field="last_day")


def _subjects(survey: Survey, subjects: Sequence[Ref], actor: Actor | None) -> list[SurveySubject]:
    """Rows for the records under their numbers; without any the survey itself. Raises Refusal, NotAllowed."""
    wanted = list(dict.fromkeys(subjects))
    if len(wanted) > MOST_SUBJECTS:
        raise Refusal(_("One slip takes at most %(most)d projects.") % {"most": MOST_SUBJECTS}, field="subjects")
    if not wanted:
        return [SurveySubject(survey=survey, number=1, label=survey.title)]
    known = resolve(wanted, actor=actor, everything=actor is None)
    if len(known) < len(wanted):
        raise NotAllowed(NOT_YOURS, field="subjects")
    return [
        SurveySubject(survey=survey, number=number, kind=ref.kind, about=ref.id, label=known[ref].label[:120])
        for number, ref in enumerate(wanted, 1)
    ]


def edit_survey(
    survey: Survey, *, title: str, lead: str, last_day: date, openly: bool, actor: Actor | None,
    at: datetime | None = None,
) -> None:  # fmt: skip
    """Correct the words and the last day of a draft. Raises Refusal, Conflict once it was opened."""
    at = at or timezone.now()
    require_keeper(actor, survey)
    with transaction.atomic():
        hold(survey, SurveyState.DRAFT)
        survey.title, survey.lead, survey.last_day, survey.openly = title.strip(), lead.strip(), last_day, openly
        _check(survey, at)
        survey.save(update_fields=["title", "lead", "last_day", "openly"])
        record("surveys.survey.edit", survey, actor=actor, facts={"title": survey.title}, at=at)


def prolong(survey: Survey, *, last_day: date, actor: Actor | None, at: datetime | None = None) -> None:
    """Take answers longer (or less long), while it is open. Raises Refusal for a day that has passed, Conflict."""
    at = at or timezone.now()
    require_keeper(actor, survey)
    with transaction.atomic():
        hold(survey, SurveyState.OPEN)
        survey.last_day = last_day
        _check(survey, at)
        survey.save(update_fields=["last_day"])
        record("surveys.survey.prolong", survey, actor=actor, facts={"until": last_day}, at=at)


def set_sections(
    survey: Survey, *, sections: Sequence[Section], actor: Actor | None, at: datetime | None = None
) -> None:
    """Replace what a draft asks. Raises Refusal for questions nobody can answer, Conflict once it was opened."""
    at = at or timezone.now()
    require_keeper(actor, survey)
    with transaction.atomic():
        hold(survey, SurveyState.DRAFT)
        for section in sections:
            for question in section.questions:
                check_question(question)
        survey.sections = write_sections(sections)
        check_sections(read_sections(survey.sections), survey.subjects.count())
        survey.save(update_fields=["sections"])
        record("surveys.survey.ask", survey, actor=actor, facts={"questions": _told(survey)}, at=at)


def _told(survey: Survey) -> int:
    return sum(len(section.questions) for section in read_sections(survey.sections))


def drop(survey: Survey, *, actor: Actor | None, at: datetime | None = None) -> None:
    """Throw a draft away; the households it had drawn are free again. Raises Conflict once it was opened."""
    require_keeper(actor, survey)
    with transaction.atomic():
        hold(survey, SurveyState.DRAFT)
        if survey.strata.filter(issued__gt=0).exists():
            raise Refusal(_("Slips of this survey were printed. Open it, or keep the draft."), code="slips-printed")
        record("surveys.survey.drop", survey.place, actor=actor, facts={"title": survey.title}, at=at)
        survey.delete()


def grades(survey: Survey, given: dict[Ref, int] | int) -> dict[str, Any]:
    """Answers that only give grades (5 very satisfied … 1, 0 cannot say) to the question of the rate.

    ``given``: record → grade, or one grade for all. Raises KeyError for a record the survey does not rate.
    """
    question = rating_of(read_sections(survey.sections))
    if question is None:
        return {}
    rows = list(survey.subjects.all())
    if isinstance(given, int):
        return {f"{row.number}_{question.key}": given for row in rows}
    numbers = {row.ref: row.number for row in rows}
    return {f"{numbers[ref]}_{question.key}": grade for ref, grade in given.items()}
