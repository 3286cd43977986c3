"""The pages on which residents answer: a code or the open link, one page, one button; works without scripts."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.surveys import queries, services
from linli.apps.surveys.forms.answering import AnswerForm, CodeForm
from linli.apps.surveys.models import Survey, SurveyState
from linli.kernel import slips
from linli.kernel.errors import Conflict, Missing, Refusal
from linli.kernel.scope import everyone, permission
from linli.kernel.ui.acting import explain
from linli.kernel.ui.rates import knock

TOO_OFTEN = _("Too many wrong codes came from your network. Wait ten minutes, or ask at the counter of your community.")
TOO_MANY = _("Many answers came from your network just now. Try again in an hour, or use the code on a slip.")
PRESENCE = _("Somebody of the rated team is beside me while I answer")
PRESENCE_PAPER = _("Somebody of the rated team was there when it was filled in")
FLAG_DAYS = 180


def _kept_nowhere(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """No browser and no proxy keeps these pages."""

    @wraps(view)
    def door(*args: Any, **options: Any) -> HttpResponse:
        response = view(*args, **options)
        response["Cache-Control"] = "private, no-store"
        return response

    return door


def _survey(pk: UUID) -> Survey:
    rows = Survey.objects.exclude(state=SurveyState.DRAFT).select_related("place", "box")
    row: Survey = get_object_or_404(rows, pk=pk)
    return row


def _runs(survey: Survey) -> bool:
    return queries.taking_answers(timezone.localdate(), Survey.objects.filter(pk=survey.pk)).exists()


@permission(everyone)
@_kept_nowhere
def enter(request: HttpRequest) -> HttpResponse:
    """Type the code of a slip; it leads to the survey it belongs to."""
    form = CodeForm(request.POST if request.method == "POST" else None, initial={"code": request.GET.get("code", "")})
    if form.is_valid():
        try:
            survey = queries.survey_of(form.cleaned_data["code"], timezone.localdate())
        except Missing as refusal:
            knock("surveys.code", request.META.get("REMOTE_ADDR", ""), limit=30, minutes=10, sentence=TOO_OFTEN)
            explain(form, refusal)
        else:
            code = slips.tidy(form.cleaned_data["code"])
            return redirect(f"{reverse('surveys:answer', args=[survey])}?code={code}")
    return render(request, "surveys/enter.html", {"form": form}, status=422 if form.errors else 200)


@permission(everyone)
@_kept_nowhere
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer by the code of a slip. A code that was used is told so, calmly: the button may be pressed twice."""
    survey = _survey(pk)
    if not _runs(survey):
        return render(request, "surveys/over.html", {"survey": survey})
    code = request.GET.get("code", "")[:20]
    if request.method != "POST":
        if code and _is_used(survey, code):
            return render(request, "surveys/received.html", {"survey": survey, "again": True})
        return _asked(request, survey, AnswerForm(survey=survey, code=code, presence=PRESENCE))
    form = AnswerForm(request.POST, survey=survey, code=code, presence=PRESENCE)
    return (_taken(request, survey, form) if form.is_valid() else None) or _asked(request, survey, form)


def _taken(request: HttpRequest, survey: Survey, form: AnswerForm) -> HttpResponse | None:
    """The answer is in the box, or its code was used before; None with the refusal on the form."""
    given = {"code": form.cleaned_data["code"], "in_presence": bool(form.cleaned_data.get("in_presence"))}
    try:
        services.answer(survey, answers=form.answers(), **given)
    except Conflict:
        return render(request, "surveys/received.html", {"survey": survey, "again": True})
    except Refusal as refusal:
        if isinstance(refusal, Missing):
            knock("surveys.code", request.META.get("REMOTE_ADDR", ""), limit=30, minutes=10, sentence=TOO_OFTEN)
        form.explain(refusal.field, str(refusal))
        return None
    return redirect("surveys:done", survey.pk)


def _is_used(survey: Survey, code: str) -> bool:
    try:
        slips.check(code, queries.purposes_of(survey))
    except Conflict:
        return True
    except Refusal:
        return False
    return False


def _asked(request: HttpRequest, survey: Survey, form: AnswerForm, **more: Any) -> HttpResponse:
    context = {"survey": survey, "form": form, "groups": list(form.groups()), **more}
    return render(request, "surveys/answer.html", context, status=422 if form.errors else 200)


@permission(everyone)
@_kept_nowhere
def answer_openly(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer by the open link, once a device as far as its own signed note tells; counted apart as self-selected."""
    survey = _survey(pk)
    if not survey.openly or not _runs(survey):
        return render(request, "surveys/over.html", {"survey": survey})
    flag = f"linli-answered-{survey.pk.hex}"
    if request.get_signed_cookie(flag, default=""):
        return render(request, "surveys/received.html", {"survey": survey, "again": True, "openly": True})
    form = AnswerForm(request.POST if request.method == "POST" else None, survey=survey, presence=PRESENCE)
    if form.is_valid():
        where = request.META.get("REMOTE_ADDR", "")
        knock(f"surveys.open:{survey.pk}", where, limit=30, minutes=60, sentence=TOO_MANY)
        try:
            services.answer_openly(
                survey, answers=form.answers(), in_presence=bool(form.cleaned_data.get("in_presence"))
            )
        except Refusal as refusal:
            form.explain(refusal.field, str(refusal))
        else:
            response = redirect("surveys:done", survey.pk)
            response.set_signed_cookie(
                flag, "1", max_age=FLAG_DAYS * 86400, httponly=True, samesite="Lax", secure=request.is_secure(),
                path=request.path,
            )  # fmt: skip
            return response
    return _asked(request, survey, form, openly=True)


@permission(everyone)
@_kept_nowhere
@require_safe
def done(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Thank you. Nothing here tells what was answered."""
    return render(request, "surveys/received.html", {"survey": _survey(pk)})
