"""Doors of what waits for a decision: objections, requests for more time, requests to follow, parts; and answering."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.apps.needs import forms, services
from linli.apps.needs.models import AnswerTemplate, Assignment, DispatchObjection, ExtensionRequest, Need
from linli.apps.needs.permissions import decides_here, dispatches, handles, rescues
from linli.apps.needs.queries import offers_to_answer, unnamed_for
from linli.apps.needs.views.acting import found, page_of
from linli.kernel.errors import Refusal
from linli.kernel.scope import permission, signed_in
from linli.kernel.ui.acting import act, explain, me


@permission(signed_in)
def objection(request: HttpRequest, pk: UUID, item: UUID) -> HttpResponse:
    """Decide an objection to a dispatch."""
    row = found(request, pk, dispatches)
    one = get_object_or_404(DispatchObjection.objects.select_related("assignment"), pk=item, need=row)
    one.need = row
    return act(
        request, forms.DecideForm(request.POST or None, need=row),
        lambda data: services.decide_objection(one, actor=me(request), **data),
        back=page_of(row), done=_("The objection is decided."), title=_("Decide the objection"), press=_("Decide"),
        lead=f"{one}。{one.reason}", crumb=row.title,
    )  # fmt: skip


@permission(signed_in)
def extension(request: HttpRequest, pk: UUID, item: UUID) -> HttpResponse:
    """Answer a request for more time."""
    row = found(request, pk, decides_here)
    one = get_object_or_404(ExtensionRequest, pk=item, need=row)
    one.need = row
    return act(
        request, forms.ExtensionForm(request.POST or None, need=row),
        lambda data: services.answer_extension(one, actor=me(request), **data),
        back=page_of(row), done=_("Answered."), title=_("More time?"), press=_("Answer"),
        lead=one.reason, crumb=row.title,
    )  # fmt: skip


@permission(signed_in)
def end_part(request: HttpRequest, pk: UUID, item: UUID) -> HttpResponse:
    """End a unit's part, with why."""
    row = found(request, pk, dispatches)
    one = get_object_or_404(Assignment.objects.select_related("place", "organization"), pk=item, need=row)
    one.need = row
    return act(
        request, forms.ReasonForm(request.POST or None, need=row),
        lambda data: services.end_part(one, actor=me(request), **data),
        back=page_of(row), done=_("Saved."), title=_("End this part"), press=_("End this part"), lead=str(one),
        crumb=row.title, danger=True,
    )  # fmt: skip


@permission(signed_in)
def offer(request: HttpRequest, item: UUID) -> HttpResponse:
    """Accept or decline to follow a need; whoever was asked may not see the need itself yet."""
    one = get_object_or_404(offers_to_answer(me(request)), pk=item)
    return act(
        request, forms.OfferForm(request.POST or None, need=one.need),
        lambda data: services.answer_offer(one, actor=me(request), **data),
        back=reverse("needs:needs"), done=_("Answered."),
        title=_("Follow need %(number)s?") % {"number": one.need.number},
        press=_("Answer"), lead=one.reason, crumb=_("Needs"),
    )  # fmt: skip


@permission(rescues)
def name_handler(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Name who handles a sensitive need in which nobody is named any more; shown are number and kind alone."""
    row = get_object_or_404(unnamed_for(me(request)), pk=pk)
    return act(
        request, forms.NameForm(request.POST or None, need=row),
        lambda data: services.name_handler(row.pk, user=data["user"], actor=me(request)) and None,
        back=reverse("people:desk"), done=_("Named. Only this person sees it now."), title=_("Name who handles it"),
        press=_("Name this person"), lead=f"{row.number} · {row.get_sensitivity_display()}", crumb=row.number,
    )  # fmt: skip


@permission(signed_in)
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer a need: a template for what came of it fills the draft; the fixed wording stands beside it to copy."""
    row = found(request, pk, handles)
    if request.method == "GET":
        try:
            services.require_handling(row)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect(page_of(row))
    templates = _templates(row)
    form = forms.AnswerForm(request.POST or None, need=row, initial=_draft(request, row, templates))
    if request.method == "POST" and form.is_valid():
        outcome = _keep(request, row, form)
        if outcome is not None:
            return outcome
    context = {
        "need": row, "form": form, "templates": templates, "back": page_of(row),
        "copies": _copies(row, form),
    }  # fmt: skip
    return render(request, "needs/answer.html", context, status=422 if form.errors else 200)


def _keep(request: HttpRequest, row: Need, form: forms.AnswerForm) -> HttpResponse | None:
    """Keep the draft or give the answer; None where a refusal stands beside its field now."""

    data = form.cleaned_data
    try:
        if "keep" in request.POST:
            data.pop("solved_at")
            services.draft_answer(row, actor=me(request), **data)
            messages.success(request, _("The draft is kept."))
        else:
            services.answer(row, actor=me(request), **data)
            messages.success(request, _("The resident is answered."))
    except Refusal as refusal:
        explain(form, refusal)
        return None
    return redirect(page_of(row))


def _templates(row: Need) -> list[AnswerTemplate]:
    """The street's templates and the house's own, by what came of it."""
    rows = AnswerTemplate.objects.filter(is_active=True)
    return [one for one in rows if one.street_id in (None, row.street_id)]


def _draft(request: HttpRequest, row: Need, templates: list[AnswerTemplate]) -> dict[str, Any]:
    """The template asked for, else the draft that was kept."""
    wanted = request.GET.get("template", "")
    chosen = next((one for one in templates if str(one.pk) == wanted), None)
    if chosen is not None:
        text, official = services.filled(chosen, row)
        return {"outcome": chosen.outcome, "text": text, "official": official}
    kept = row.answers.filter(given_at__isnull=True).first()
    if kept is None:
        return {}
    return {"outcome": kept.outcome, "text": kept.text, "official": kept.official, "ways": kept.ways.split()}


def _copies(row: Need, form: forms.AnswerForm) -> list[tuple[Any, str, str]]:
    """One field per copy button, for whoever types the answer into another system: title, key, text."""
    given = form.initial
    texts = (
        (_("Number of the need"), "number", row.number),
        (_("Answer to the resident"), "text", str(given.get("text", ""))),
        (_("Answer in the fixed wording"), "official", str(given.get("official", ""))),
    )
    return [one for one in texts if one[2]]
