"""Doors of learned models: their list and report, publish, go back; one tap to confirm what is suggested."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from linli.apps.needs import queries, services
from linli.apps.needs.forms.learning import GoBackForm
from linli.apps.needs.jobs.learning import learn_categories
from linli.apps.needs.models import Category, Need, Route, TrainedModel
from linli.apps.needs.permissions import enters_pages, keeps_pages
from linli.kernel.audit import timeline
from linli.kernel.jobs import enqueue_once
from linli.kernel.refs import ref_of
from linli.kernel.scope import permission
from linli.kernel.ui.acting import act, me, press, story


@permission(keeps_pages)
@require_safe
def models(request: HttpRequest) -> HttpResponse:
    """The models, the latest first, with how good they are and how often people chose otherwise."""
    return render(request, "needs/models.html", {"rows": list(queries.models_of()[:50])})


@permission(keeps_pages)
@require_POST
def learn(request: HttpRequest) -> HttpResponse:
    """Learn anew in a job; pressed twice it runs once."""
    done = _("A new model is being learned. Its report stands here in a few minutes.")
    return press(
        request, lambda: enqueue_once(learn_categories, key="needs.learn"), back=reverse("needs:models"), done=done
    )


def _found(pk: UUID) -> TrainedModel:
    row: TrainedModel = get_object_or_404(queries.models_of(), pk=pk)
    return row


@permission(keeps_pages)
@require_safe
def model(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The report of one model, and the button that puts it to use."""
    row = _found(pk)
    context: dict[str, Any] = {"model": row, "story": story(timeline(ref_of(row))), **queries.report_of_model(row)}
    return render(request, "needs/model.html", context)


@permission(keeps_pages)
@require_POST
def publish_model(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put the model to use whose report was just read."""
    row = _found(pk)
    return press(
        request, lambda: services.publish_model(row, actor=me(request)), back=reverse("needs:model", args=[pk]),
        done=_("This model suggests categories from now on."),
    )  # fmt: skip


@permission(keeps_pages)
def go_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the model out of use; the one before suggests again."""
    row = _found(pk)
    return act(
        request, GoBackForm(request.POST or None),
        lambda data: services.go_back(row, actor=me(request), **data), back=reverse("needs:model", args=[pk]),
        done=_("The model before this one suggests again."), title=_("Go back to the model before"),
        press=_("Go back"), crumb=_("Models"), danger=True,
        lead=_("Where there was none before, no category is suggested."),
    )  # fmt: skip


@permission(enters_pages)
@require_POST
def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One tap: it is what was suggested."""
    actor = me(request)
    need: Need = get_object_or_404(queries.visible_to(actor), pk=pk)
    category = get_object_or_404(Category, code=request.POST.get("category", ""))
    return press(
        request,
        lambda: services.analyse(need, category=category, route=Route.AT_ONCE, actor=actor, at=timezone.now()),
        back=reverse("needs:need", args=[need.pk]),
        done=_("The need is analysed."),
    )


@permission(enters_pages)
@require_POST
def suggest(request: HttpRequest) -> HttpResponse:
    """What the words typed so far are probably about; nothing of it is kept."""
    found = services.suggest_category(request.POST.get("matter", "")[:20_000])
    return render(request, "needs/part_suggested.html", {"suggestion": found})
