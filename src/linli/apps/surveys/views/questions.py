"""Building the questionnaire: sections and questions, each on a small page, moved by buttons."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from linli.apps.surveys import queries, services
from linli.apps.surveys.forms.answering import AnswerForm
from linli.apps.surveys.forms.drafting import QuestionForm, SectionForm
from linli.apps.surveys.kinds import Question, Section
from linli.apps.surveys.models import Survey, SurveyState
from linli.apps.surveys.permissions import reads_surveys, sets_up_surveys
from linli.apps.surveys.views.finding import found, sent
from linli.kernel.scope import permission
from linli.kernel.ui.acting import act, me, press


def _back(row: Survey) -> str:
    return reverse("surveys:questions", args=[row.pk])


def _save(request: HttpRequest, row: Survey, sections: list[Section]) -> None:
    kept = [section for section in sections if section.questions or section.title]
    services.set_sections(row, sections=kept, actor=me(request))


@permission(sets_up_surveys)
@require_safe
def questions(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is asked, section by section."""
    row = found(request, pk, keep=True)
    sections = queries.sections_of(row)
    last = [(at, len(section.questions)) for at, section in enumerate(sections, 1)]
    context = {
        "survey": row, "sections": list(enumerate(sections, 1)), "last": dict(last), "next": len(sections) + 1,
        "is_draft": row.state == SurveyState.DRAFT,
    }  # fmt: skip
    return render(request, "surveys/questions.html", context)


@permission(reads_surveys)
@require_safe
def preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The page as residents see it; nothing can be sent."""
    row = found(request, pk)
    form = AnswerForm(survey=row)
    context = {"survey": row, "form": form, "groups": list(form.groups()), "preview": True}
    return render(request, "surveys/answer.html", context)


@permission(sets_up_surveys)
def section(request: HttpRequest, pk: UUID, at: int) -> HttpResponse:
    """A heading: a new one behind the last, or another word for one that stands."""
    row = found(request, pk, keep=True)
    sections = list(queries.sections_of(row))
    if not 1 <= at <= len(sections) + 1:
        raise Http404
    old = sections[at - 1] if at <= len(sections) else Section("")
    form = SectionForm(sent(request), initial={"title": old.title, "each": old.each})

    def do(_data: dict[str, Any]) -> str:
        sections[at - 1 :] = [form.section(old.questions), *sections[at:]]
        _save(request, row, sections)
        return _back(row) if old.questions else reverse("surveys:new_question", args=[row.pk, at])

    return act(
        request, form, do, back=_back(row), done=_("Saved."), title=_("Section"), lead="", press=_("Save"),
        crumb=_("Questions of the survey"),
    )  # fmt: skip


def _place_of(sections: list[Section], key: str) -> tuple[int, int]:
    for at, one in enumerate(sections):
        for number, question in enumerate(one.questions):
            if question.key == key:
                return at, number
    raise Http404


@permission(sets_up_surveys)
def question(request: HttpRequest, pk: UUID, at: int = 0, key: str = "") -> HttpResponse:
    """A new question at the end of section ``at``, or another wording of the question ``key``."""
    row = found(request, pk, keep=True)
    sections = list(queries.sections_of(row))
    where, number = _place_of(sections, key) if key else (at - 1, -1)
    if not 0 <= where < len(sections):
        raise Http404
    mine = sections[where]
    old = mine.questions[number] if key else None
    form = QuestionForm(sent(request), initial=_first(old) if old else None)

    def do(_data: dict[str, Any]) -> None:
        rows = list(mine.questions)
        if old:
            rows[number] = form.question(old.key)
        else:
            rows.append(form.question())
        sections[where] = replace(mine, questions=tuple(rows))
        _save(request, row, sections)

    return act(
        request, form, do, back=_back(row), done=_("Saved."), title=_("Question"), lead=mine.title, press=_("Save"),
        crumb=_("Questions of the survey"),
    )  # fmt: skip


def _first(old: Question) -> dict[str, Any]:
    return {"text": old.text, "kind": old.kind, "choices": "\n".join(old.choices), "required": old.required}


@permission(sets_up_surveys)
@require_POST
def move(request: HttpRequest, pk: UUID, key: str, verb: str) -> HttpResponse:
    """One question up, down, or away."""
    row = found(request, pk, keep=True)
    sections = list(queries.sections_of(row))
    where, number = _place_of(sections, key)
    rows = list(sections[where].questions)
    if verb == "remove":
        del rows[number]
    elif verb in ("up", "down"):
        other = number + (1 if verb == "down" else -1)
        if not 0 <= other < len(rows):
            return press(request, lambda: None, back=_back(row), done=_("Saved."))
        rows[number], rows[other] = rows[other], rows[number]
    else:
        raise Http404
    sections[where] = replace(sections[where], questions=tuple(rows))
    kept = [one for one in sections if one.questions]
    return press(request, lambda: _save(request, row, kept), back=_back(row), done=_("Saved."))
