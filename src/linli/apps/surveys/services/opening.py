"""Opening a survey, and closing it: only then anything of the answers is known, counted by subject and stratum."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.surveys.kinds import GRADES, SATISFIED, Paper, rating_of, read_paper, read_sections, room_for
from linli.apps.surveys.lifecycle import LIFECYCLE
from linli.apps.surveys.models import RatingCount, RatingLabel, Stratum, Survey, SurveyState, SurveySubject
from linli.apps.surveys.queries.surveys import asked_in, waiting_papers
from linli.apps.surveys.services.keeping import hold, require_keeper
from linli.kernel import privacy, publication
from linli.kernel.errors import Refusal
from linli.kernel.privacy.boxes import contents
from linli.kernel.scope import Actor

COLUMNS = {5: "very_satisfied", 4: "satisfied", 3: "fair", 2: "dissatisfied", 1: "very_dissatisfied", 0: "unknown"}
assert set(COLUMNS) == {*GRADES, 0}


def open(survey: Survey, *, actor: Actor | None, at: datetime | None = None) -> None:  # noqa: A001  # the word of the field
    """Take answers from now until the last day. Questions and sample stay as they are from here on.

    Refuses a survey that asks nobody, a last day that has passed, texts that may not be public.
    """
    at = at or timezone.now()
    require_keeper(actor, survey)
    if survey.last_day < timezone.localdate(at):
        raise Refusal(_("Choose a last day from today on, within 200 days."), field="last_day")
    subjects = list(survey.subjects.all())
    texts = {survey.title: "\n".join(_texts(survey, subjects))}
    publication.refuse_findings(publication.scan_texts(texts, street=survey.place.street_id))
    with transaction.atomic():
        survey.refresh_from_db()
        box = privacy.open_box(room=room_for(read_sections(survey.sections), len(subjects)))
        facts = {"asked": asked_in(survey), "until": survey.last_day}
        LIFECYCLE.apply("open", survey, actor=actor, facts=facts, at=at, box=box, opened_at=at)


def _texts(survey: Survey, subjects: Iterable[SurveySubject]) -> Iterable[str]:
    yield from (survey.title, survey.lead, *(row.label for row in subjects))
    for section in read_sections(survey.sections):
        yield section.title
        yield from (text for one in section.questions for text in (one.text, *one.choices))


def close(survey: Survey, *, actor: Actor | None, at: datetime | None = None) -> None:
    """Close and count. Answers and codes are shuffled apart for ever.

    Refuses while papers wait for their second typing, or differ.
    """
    at = at or timezone.now()
    require_keeper(actor, survey)
    with transaction.atomic():
        hold(survey, SurveyState.OPEN)
        waiting = waiting_papers(survey)
        if waiting:
            raise Refusal(
                _("%(count)d papers wait for their second typing, or differ. Settle them first.") % {"count": waiting},
                code="papers-wait",
            )
        assert survey.box is not None  # an open survey has its box
        privacy.close_box(survey.box)
        papers = [read_paper(content) for content in contents(survey.box)]
        strata = list(survey.strata.all())
        returned = Counter(paper.stratum for paper in papers)
        for stratum in strata:
            stratum.returned = returned[stratum.number]
        Stratum.objects.bulk_update(strata, ["returned"], batch_size=200)
        RatingCount.objects.bulk_create(_counted(survey, strata, papers), batch_size=200)
        official = len(papers) - returned[0]
        facts = {"returned": official, "asked": sum(one.asked for one in strata), "openly": returned[0]}
        LIFECYCLE.apply("close", survey, actor=actor, facts=facts, at=at, closed_at=at, came_openly=returned[0])


def _counted(survey: Survey, strata: Sequence[Stratum], papers: Iterable[Paper]) -> list[RatingCount]:
    """Grades of every subject in every stratum, and of the open link where there is one."""
    question = rating_of(read_sections(survey.sections))
    if question is None:
        return []
    counts: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    subjects = list(survey.subjects.all())
    for paper in papers:
        for subject in subjects:
            grade = paper.answers.get(f"{subject.number}_{question.key}")
            if grade is not None:
                counts[subject.number, paper.stratum].update(_cells(grade, watched=paper.watched))
    piles: list[Stratum | None] = [*strata, *([None] if survey.openly else [])]
    return [
        RatingCount(
            subject=subject, stratum=stratum, label=RatingLabel.OFFICIAL if stratum else RatingLabel.SELF_SELECTED,
            **counts[subject.number, stratum.number if stratum else 0],
        )
        for subject in subjects
        for stratum in piles
    ]  # fmt: skip


def _cells(grade: int, *, watched: bool) -> list[str]:
    """The columns one grade counts in."""
    cells = [COLUMNS[grade]]
    if watched and grade:
        cells += ["watched", "watched_satisfied"] if grade >= SATISFIED else ["watched"]
    return cells
