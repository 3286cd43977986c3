"""The desk of surveys: the list, one survey with what is asked, whom, how it stands, what came out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.places.models import Level, Place
from linli.apps.surveys import queries, services
from linli.apps.surveys.forms.drafting import LastDayForm, NewForm, NothingForm, WordsForm
from linli.apps.surveys.kinds import rating_of
from linli.apps.surveys.models import Survey, SurveyState
from linli.apps.surveys.permissions import KEEPERS, keeps_surveys, reads_surveys, sets_up_surveys
from linli.apps.surveys.views.finding import found, page_of, sent
from linli.apps.surveys.views.results import shown
from linli.kernel.audit import timeline
from linli.kernel.refs import Ref, ref_of, resolve
from linli.kernel.scope import permission
from linli.kernel.ui.acting import act, me, story
from linli.kernel.ui.lists import Column, Filter, ListPage

COLUMNS = (
    Column("title", _("Title"), sort="title"),
    Column("place", _("Place")),
    Column("state", _("State")),
    Column("last_day", _("Last day"), sort="last_day"),
    Column("asked", _("Asked"), numeric=True),
    Column("drafted_at", _("Drafted on"), sort="drafted_at"),
)
LATEST = 12
"""Lines of the history on the page; the record keeps all."""


@permission(reads_surveys)
@require_safe
def surveys(request: HttpRequest) -> HttpResponse:
    """The surveys of the places where I work."""
    actor = me(request)
    rows = queries.with_progress(queries.visible_to(actor)).select_related("place")
    filters = (Filter("state", _("State"), SurveyState.choices),)
    page = ListPage(request, rows, columns=COLUMNS, filters=filters, first_sort="-drafted_at")
    return render(request, "surveys/surveys.html", {"page": page, "may_set_up": sets_up_surveys(actor, None)})


@permission(reads_surveys)
@require_safe
def survey(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One survey: its steps while it is prepared, the response board while it is open, then the result."""
    row, actor = found(request, pk), me(request)
    sections = queries.sections_of(row)
    context: dict[str, Any] = {
        "survey": row, "subjects": list(row.subjects.all()), "sections": sections,
        "board": queries.board_of(row), "may_keep": keeps_surveys(actor, row),
        "is_over": row.last_day < timezone.localdate(), "rates": rating_of(sections),
        "open_address": request.build_absolute_uri(reverse("surveys:answer_openly", args=[row.pk])),
        "story": story(timeline(ref_of(row)))[:LATEST],
    }  # fmt: skip
    if row.state == SurveyState.CLOSED:
        context |= {"lines": list(map(shown, queries.lines_of(row))), "small": queries.SMALL}
        context["answered"] = _others(row)
        context["openly"] = _others(row, openly=True) if row.came_openly else []
    elif row.state == SurveyState.OPEN:
        context |= {"calls": queries.counts_of_calls(row), "typed": queries.typed_in(row)}
    return render(request, "surveys/survey.html", context)


def _others(row: Survey, *, openly: bool = False) -> list[queries.Answered]:
    """All questions but the one that makes the rate, which stands above."""
    main = rating_of(queries.sections_of(row))
    rows = queries.answered_in(row, openly=openly)
    return [one for one in rows if main is None or one.asked.question.key != main.key or not one.asked.subject]


@permission(sets_up_surveys)
def new(request: HttpRequest) -> HttpResponse:
    """Draft a survey; pages of projects lead here with ``?subject=…`` once a project."""
    actor = me(request)
    asked = request.POST if request.method == "POST" else request.GET
    subjects = [ref for ref in map(_ref, asked.getlist("subject")[:50]) if ref is not None]
    known = resolve(subjects, actor=actor)
    subjects = [ref for ref in subjects if ref in known]
    places = Place.objects.filter(pk__in=actor.reach(*KEEPERS).places).exclude(level__in=[Level.GRID, Level.POINT])
    first = {"subject": [str(ref) for ref in subjects], "place": asked.get("place"), "title": asked.get("title", "")}
    form = NewForm(sent(request), places=places.order_by("code"), subjects=subjects, initial=first)

    def do(data: dict[str, Any]) -> str:
        data.pop("subject")
        return page_of(services.draft_survey(**data, subjects=subjects, actor=actor))

    told = "、".join(known[ref].label for ref in subjects)
    return act(
        request, form, do,
        back=reverse("surveys:surveys"),
        done=_("The survey is drafted. Look its questions over, then say whom it asks."),
        title=_("Draft a survey"),
        lead=_("About: %(subjects)s") % {"subjects": told} if told else
        _("To rate projects, begin from the page of a project; without one the survey stands for itself."),
        press=_("Draft it"),
        crumb=_("Surveys"),
    )  # fmt: skip


def _ref(text: str) -> Ref | None:
    try:
        return Ref.parse(text)
    except ValueError:
        return None


@permission(sets_up_surveys)
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct the words of a draft; of an open survey only the last day moves."""
    row = found(request, pk, keep=True)
    draft = row.state == SurveyState.DRAFT
    names = ("title", "lead", "last_day", "openly") if draft else ("last_day",)
    form = (WordsForm if draft else LastDayForm)(sent(request), initial={name: getattr(row, name) for name in names})
    verb = services.edit_survey if draft else services.prolong
    return act(
        request, form, lambda data: verb(row, **data, actor=me(request)),
        back=page_of(row),
        done=_("Saved."),
        title=_("Correct the words") if draft else _("Move the last day"),
        lead=row.title,
        press=_("Save"),
        crumb=row.title,
    )  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One verb: what is called, what the page says, where it leads."""

    verb: Callable[..., Any]
    title: Any
    lead: Any
    done: Any
    danger: bool = False
    gone: bool = False


CHANGES = {
    "open": Change(
        services.open, _("Open the survey"),
        _("From now on answers are taken. Questions and the sample stay as they are."), _("The survey is open."),
    ),
    "close": Change(
        services.close, _("Close the survey and count"),
        _("No answer is taken any more. Answers and codes are shuffled apart for ever, then counted."),
        _("The survey is counted."), danger=True,
    ),
    "drop": Change(
        services.drop, _("Throw the draft away"),
        _("Questions and sample are gone; the households drawn may be asked again."), _("The draft is gone."),
        danger=True, gone=True,
    ),
}  # fmt: skip


@permission(sets_up_surveys)
def change(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Open, close, throw away."""
    what = CHANGES.get(verb)
    if what is None:
        raise Http404
    row = found(request, pk, keep=True)
    form: forms.Form = NothingForm(sent(request))
    return act(
        request, form, lambda _data: what.verb(row, actor=me(request)),
        back=reverse("surveys:surveys") if what.gone else page_of(row),
        up=page_of(row),
        done=what.done,
        title=what.title,
        lead=what.lead,
        press=what.title,
        danger=what.danger,
        crumb=row.title,
    )  # fmt: skip
